"""Complaint to judgment: docket, orders and what they oblige to, stays, contradictions, timeline.

Comes in: statements of the case file and docket files. Goes out: who owes what until when, and who says so.
"""

from vaughn.lawsuit.chains import Chain, Chains, ChainStep, ReliefLine, chains, decided_by
from vaughn.lawsuit.contradiction import Contradiction, Rule, Weight
from vaughn.lawsuit.contradictions import contradictions
from vaughn.lawsuit.kinds import KINDS, LANES
from vaughn.lawsuit.names import MatchedBy, NameMatch
from vaughn.lawsuit.obligations import ObligationLine, ObligationState, due_entries, obligation_lines, supposed_met
from vaughn.lawsuit.orders import (
    OrderHistory,
    StandingOrder,
    StateSpan,
    order_findings,
    order_histories,
    order_history,
    supposed_change,
    what_stands,
)
from vaughn.lawsuit.spans import SpanKind, TimelineSpan
from vaughn.lawsuit.suit import SUIT_KINDS, Said, Suit, Unreadable, read_suit
from vaughn.lawsuit.timeline import OtherDate, Timeline, TimelineEvent, TimelineFilter, filtered, timeline
from vaughn.lawsuit.timeline_chart import docket_numbers, doubts, reach_in_words, timeline_chart, timeline_report

__all__ = [
    "KINDS",
    "LANES",
    "SUIT_KINDS",
    "Chain",
    "ChainStep",
    "Chains",
    "Contradiction",
    "MatchedBy",
    "NameMatch",
    "ObligationLine",
    "ObligationState",
    "OrderHistory",
    "OtherDate",
    "ReliefLine",
    "Rule",
    "Said",
    "SpanKind",
    "StandingOrder",
    "StateSpan",
    "Suit",
    "Timeline",
    "TimelineEvent",
    "TimelineFilter",
    "TimelineSpan",
    "Unreadable",
    "Weight",
    "chains",
    "contradictions",
    "decided_by",
    "docket_numbers",
    "doubts",
    "due_entries",
    "filtered",
    "obligation_lines",
    "order_findings",
    "order_histories",
    "order_history",
    "reach_in_words",
    "read_suit",
    "supposed_change",
    "supposed_met",
    "timeline",
    "timeline_chart",
    "timeline_report",
    "what_stands",
]
