"""The steps of taking in: the only part of this room that opens the case.

COPYING (originals are stored and hashed) > READING (containers are opened, every file becomes a document) > LOADED.
Each step can be stopped at any moment and is taken up again where it was. What stands together is found afterwards,
as often as one likes.
"""

from vaughn.collect.steps.finishing import account
from vaughn.collect.steps.grouping import (
    Grouped,
    copies_of,
    group_again,
    group_documents,
    missing_messages,
    undo_groups,
)
from vaughn.collect.steps.people import alias_table, correspondents
from vaughn.collect.steps.taking import HandedOver, TakeInOptions, TakenIn, resume, retry, take_in
from vaughn.collect.steps.telling import exceptions, receipt

__all__ = [
    "Grouped",
    "HandedOver",
    "TakeInOptions",
    "TakenIn",
    "account",
    "alias_table",
    "copies_of",
    "correspondents",
    "exceptions",
    "group_again",
    "group_documents",
    "missing_messages",
    "receipt",
    "resume",
    "retry",
    "take_in",
    "undo_groups",
]
