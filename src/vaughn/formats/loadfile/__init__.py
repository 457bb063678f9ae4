"""Load files of productions: recognised by content, read in flat memory, written back.

Comes in: the path of a file. Goes out: rows of documents and pages in batches, and findings for every fault.
Follows Concordance DAT, Opticon OPT, IPRO LFP, Summation DII, EDRM XML 1.2, and lists in CSV, TSV and XLSX.
"""

from vaughn.formats.loadfile.batches import (
    LoadFile,
    LoadFileKind,
    PageRow,
    PageRowBatch,
    RowBatch,
    TextPages,
    TextRows,
)
from vaughn.formats.loadfile.dialect import Dialect
from vaughn.formats.loadfile.pieces import (
    FindingPiece,
    PagePiece,
    Recognised,
    RowPiece,
    document_pieces,
    page_pieces,
    recognised,
)
from vaughn.formats.loadfile.recognise import needs_child, open_table, recognise
from vaughn.formats.loadfile.table import read_row
from vaughn.formats.loadfile.write import write_dat, write_lfp, write_opt

__all__ = [
    "Dialect",
    "FindingPiece",
    "LoadFile",
    "LoadFileKind",
    "PagePiece",
    "PageRow",
    "PageRowBatch",
    "Recognised",
    "RowBatch",
    "RowPiece",
    "TextPages",
    "TextRows",
    "document_pieces",
    "needs_child",
    "open_table",
    "page_pieces",
    "read_row",
    "recognise",
    "recognised",
    "write_dat",
    "write_lfp",
    "write_opt",
]
