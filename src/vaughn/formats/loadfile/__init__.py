"""Load files of productions: recognised by content, read in flat memory, written back.

Comes in: the path of a file. Goes out: rows of documents and pages in batches, and findings for every fault.
Follows Concordance DAT, Opticon OPT, IPRO LFP, Summation DII, EDRM XML 1.2, and lists in CSV, TSV and XLSX.
"""

from vaughn.formats.loadfile.batches import LoadFile, LoadFileKind, PageRow, PageRowBatch, RowBatch
from vaughn.formats.loadfile.dialect import Dialect
from vaughn.formats.loadfile.recognise import recognise
from vaughn.formats.loadfile.table import read_row

__all__ = [
    "Dialect",
    "LoadFile",
    "LoadFileKind",
    "PageRow",
    "PageRowBatch",
    "RowBatch",
    "read_row",
    "recognise",
]
