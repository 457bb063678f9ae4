"""The agency's own search: what is handed over is taken in, and what stands together is found.

Comes in: files of any type, and the documents made of them. Goes out: documents with their facts and families,
copies of each other, similar ones, threads, and the account of every file.
"""

from vaughn.collect.account import Account, Counted, Fate
from vaughn.collect.custody import Receipt, receipt_lines, receipt_pdf, receipt_xlsx
from vaughn.collect.duplicates import Copies, copies_among
from vaughn.collect.exceptions import ExceptionRow
from vaughn.collect.near import Likeness
from vaughn.collect.steps import (
    Grouped,
    HandedOver,
    TakeInOptions,
    TakenIn,
    account,
    exceptions,
    group_documents,
    missing_messages,
    receipt,
    resume,
    retry,
    take_in,
    undo_groups,
)
from vaughn.collect.threads import MissingMessage, Thread, ThreadMember, Threads

__all__ = [
    "Account",
    "Copies",
    "Counted",
    "ExceptionRow",
    "Fate",
    "Grouped",
    "HandedOver",
    "Likeness",
    "MissingMessage",
    "Receipt",
    "TakeInOptions",
    "TakenIn",
    "Thread",
    "ThreadMember",
    "Threads",
    "account",
    "copies_among",
    "exceptions",
    "group_documents",
    "missing_messages",
    "receipt",
    "receipt_lines",
    "receipt_pdf",
    "receipt_xlsx",
    "resume",
    "retry",
    "take_in",
    "undo_groups",
]
