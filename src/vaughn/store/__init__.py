"""The case on disk: database, blobs by SHA-256, hash-chained event log, work ledger.

Comes in: what the stage rooms found out. Goes out: the same, fast, and the proof that nothing was changed since.
"""

from vaughn.store.bulk import BulkLoad
from vaughn.store.casefile import CaseFile
from vaughn.store.database import sqlite_version
from vaughn.store.filesystem import refuse_network
from vaughn.store.given import (
    Actor,
    Clock,
    DocumentColumns,
    NewCut,
    NewFile,
    NewLink,
    NewLoadFile,
    NewTask,
    PageColumns,
    PageReading,
    Progress,
    RawRow,
)
<<<<<<< HEAD
from vaughn.store.read_words import PackedWords, WordedPages
=======
from vaughn.store.read_columns import PageBatch
>>>>>>> check
from vaughn.store.stored import (
    BatesMatch,
    Checked,
    CheckRun,
    CodeCount,
    Cut,
    Division,
    DivisionState,
    DocumentLink,
    DocumentList,
    DocumentQuery,
    DocumentSort,
    Facets,
    FacetValue,
    FindingList,
    FindingQuery,
    FindingSort,
    Head,
    Job,
    JobState,
    ListedDocument,
    Neighbours,
    Problem,
    ProductionCounts,
    RowPlace,
    SeverityCounts,
    StoredFinding,
    StoredLoadFile,
    Task,
    TaskCounts,
    TaskState,
    VerifyReport,
)
from vaughn.store.writing import Writing

__all__ = [
    "Actor",
    "BatesMatch",
    "BulkLoad",
    "CaseFile",
    "CheckRun",
    "Checked",
    "Clock",
    "CodeCount",
    "Cut",
    "Division",
    "DivisionState",
    "DocumentColumns",
    "DocumentLink",
    "DocumentList",
    "DocumentQuery",
    "DocumentSort",
    "FacetValue",
    "Facets",
    "FindingList",
    "FindingQuery",
    "FindingSort",
    "Head",
    "Job",
    "JobState",
    "ListedDocument",
    "Neighbours",
    "NewCut",
    "NewFile",
    "NewLink",
    "NewLoadFile",
    "NewTask",
<<<<<<< HEAD
    "PackedWords",
=======
    "PageBatch",
>>>>>>> check
    "PageColumns",
    "PageReading",
    "Problem",
    "ProductionCounts",
    "Progress",
    "RawRow",
    "RowPlace",
    "SeverityCounts",
    "StoredFinding",
    "StoredLoadFile",
    "Task",
    "TaskCounts",
    "TaskState",
    "VerifyReport",
    "WordedPages",
    "Writing",
    "refuse_network",
    "sqlite_version",
]
