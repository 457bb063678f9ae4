"""Load files of productions: recognised by content, read in flat memory, written back.

Comes in: the path of a file. Goes out: rows of documents and pages in batches, and findings for every fault.
Follows Concordance DAT, Opticon OPT, IPRO LFP, Summation DII, EDRM XML 1.2, and lists in CSV, TSV and XLSX.
"""

from vaughn.formats.loadfile.batches import LoadFile, LoadFileKind, PageRow, PageRowBatch, RowBatch
from vaughn.formats.loadfile.dialect import Dialect
from vaughn.formats.loadfile.recognise import open_table, recognise
from vaughn.formats.loadfile.table import read_row
from vaughn.formats.loadfile.write import write_dat, write_lfp, write_opt

__all__ = [
    "Dialect",
    "LoadFile",
    "LoadFileKind",
    "PageRow",
    "PageRowBatch",
    "RowBatch",
    "open_table",
    "read_row",
    "recognise",
    "write_dat",
    "write_lfp",
    "write_opt",
]
