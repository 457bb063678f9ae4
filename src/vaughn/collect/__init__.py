"""The agency's own search: what is handed over is taken in, and what stands together is found.

Comes in: files of any type, and the documents made of them. Goes out: documents with their facts and families,
copies of each other, similar ones, threads, and the account of every file.
"""

from vaughn.collect.account import Account, Counted, Fate
from vaughn.collect.custody import Receipt, receipt_lines, receipt_pdf, receipt_xlsx
from vaughn.collect.differences import Difference, Run, RunKind, difference
from vaughn.collect.duplicates import Copies, copies_among
from vaughn.collect.exceptions import ExceptionRow
from vaughn.collect.kinds import CORRESPONDENT, KINDS
from vaughn.collect.near import Likeness
from vaughn.collect.people import Aliases, Person, Seen, Suggestion, aliases_of, persons, resolved, suggestions
from vaughn.collect.steps import (
    Grouped,
    HandedOver,
    TakeInOptions,
    TakenIn,
    account,
    alias_table,
    copies_of,
    correspondents,
    exceptions,
    group_again,
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
    "CORRESPONDENT",
    "KINDS",
    "Account",
    "Aliases",
    "Copies",
    "Counted",
    "Difference",
    "ExceptionRow",
    "Fate",
    "Grouped",
    "HandedOver",
    "Likeness",
    "MissingMessage",
    "Person",
    "Receipt",
    "Run",
    "RunKind",
    "Seen",
    "Suggestion",
    "TakeInOptions",
    "TakenIn",
    "Thread",
    "ThreadMember",
    "Threads",
    "account",
    "alias_table",
    "aliases_of",
    "copies_among",
    "copies_of",
    "correspondents",
    "difference",
    "exceptions",
    "group_again",
    "group_documents",
    "missing_messages",
    "persons",
    "receipt",
    "receipt_lines",
    "receipt_pdf",
    "receipt_xlsx",
    "resolved",
    "resume",
    "retry",
    "suggestions",
    "take_in",
    "undo_groups",
]
