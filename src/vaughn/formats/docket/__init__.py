"""Court dockets: a saved page, file or mail comes in, the case with its parties and entries goes out as values.

Read are CM/ECF docket reports, history reports, appellate dockets, attachment pages and reports of opinions
(HTML), notices of electronic filing (HTML, plain, ``.eml``), feeds (RSS), RECAP dockets (XML, JSON), and tables
of entries (CSV, TSV, XLSX). `read_entry_text` tells what the text of an entry says: its type, the entries it
names, who filed it, what is due when. Files are data: nothing in them is run, fetched or expanded.
"""

from vaughn.formats.docket.columns import ColumnUse, EntryField
from vaughn.formats.docket.deadlines import SaidDay
from vaughn.formats.docket.reading import docket_columns, read_docket
from vaughn.formats.docket.references import EntryReference, Outcome, Ruling
from vaughn.formats.docket.task import DocketTask, docket_of
from vaughn.formats.docket.typing import EntryReading, EntryType, Topic, read_entry_text
from vaughn.formats.docket.values import (
    DocketAttachment,
    DocketAttorney,
    DocketEntryRead,
    DocketFact,
    DocketFile,
    DocketKind,
    DocketParty,
    LowerCourt,
    NoticeRecipient,
)

__all__ = [
    "ColumnUse",
    "DocketAttachment",
    "DocketAttorney",
    "DocketEntryRead",
    "DocketFact",
    "DocketFile",
    "DocketKind",
    "DocketParty",
    "DocketTask",
    "EntryField",
    "EntryReading",
    "EntryReference",
    "EntryType",
    "LowerCourt",
    "NoticeRecipient",
    "Outcome",
    "Ruling",
    "SaidDay",
    "Topic",
    "docket_columns",
    "docket_of",
    "read_docket",
    "read_entry_text",
]
