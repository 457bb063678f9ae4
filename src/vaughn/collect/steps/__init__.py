"""The steps of taking in: the only part of this room that opens the case."""

from vaughn.collect.steps.grouping import Grouped, group_documents, missing_messages, undo_groups

__all__ = ["Grouped", "group_documents", "missing_messages", "undo_groups"]
