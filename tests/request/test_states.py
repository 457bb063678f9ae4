"""A request moves along the table."""

from __future__ import annotations

from pathlib import Path

import pytest

from vaughn.model import InputError, StateError
from vaughn.request import MOVES, require_move
from vaughn.request.kinds import REQUEST_STATES


def test_every_state_has_its_row_and_every_move_leads_to_a_state() -> None:
    """The table is complete."""
    assert tuple(MOVES) == REQUEST_STATES
    assert {after for moves in MOVES.values() for after in moves} <= set(REQUEST_STATES)


def test_a_move_of_the_table_is_allowed_and_another_refused() -> None:
    """The message lists the ways that are open."""
    require_move("sent", "acknowledged")
    require_move(None, "in court")
    require_move("sent", "sent")
    with pytest.raises(StateError, match="withdrawn cannot become sent"):
        require_move("withdrawn", "sent")
    with pytest.raises(InputError, match="no state 'lost'"):
        require_move("sent", "lost")


def test_the_reference_shows_the_table() -> None:
    """Word for word."""
    page = (Path(__file__).parents[2] / "docs" / "reference" / "request-states.md").read_text("utf-8")
    rows = [f"| {before} | {', '.join(after) or 'nothing'} |" for before, after in MOVES.items()]
    assert [line for line in page.splitlines() if line.startswith("| ")][1:] == rows
