"""Complaint to judgment: docket, orders and what they oblige to, stays, contradictions, timeline.

Comes in: statements of the case file and docket files. Goes out: who owes what until when, and who says so.
"""

from vaughn.lawsuit.kinds import KINDS
from vaughn.lawsuit.names import MatchedBy, NameMatch
from vaughn.lawsuit.suit import SUIT_KINDS, Said, Suit, Unreadable, read_suit

__all__ = ["KINDS", "SUIT_KINDS", "MatchedBy", "NameMatch", "Said", "Suit", "Unreadable", "read_suit"]
