"""Complaint to judgment: docket, orders and what they oblige to, stays, contradictions, timeline.

Comes in: statements of the case file and docket files. Goes out: who owes what until when, and who says so.
"""

from vaughn.lawsuit.kinds import KINDS

__all__ = ["KINDS"]
