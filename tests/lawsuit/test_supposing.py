"""What-if is read as typed, and refused with what to write."""

from __future__ import annotations

from datetime import date

import pytest

from tests.lawsuit.facts import told
from vaughn.lawsuit import obligation_lines, supposing
from vaughn.model import InputError, federal


@pytest.fixture
def suit():
    facts = told("order/form", title="Form", entered_on="2011-02-07")
    return facts.told("obligation/form", order="order/form", due_on="2011-03-01").suit()


@pytest.mark.parametrize(
    ("texts", "state", "due"),
    [
        ((), "missed", "2011-03-01"),
        (("order/form stayed 2011-02-25..2011-04-21",), "stayed", "2011-04-21"),
        (("order/form stayed 2011-02-25..",), "stayed", "None"),
        (("obligation/form met 2011-03-05",), "late", "2011-03-01"),
        (("order/form withdrawn 2011-03-02",), "lifted", "2011-03-01"),
        (("order/form stayed 2011-02-25..2011-03-06", "obligation/form met 2011-03-05"), "met", "2011-03-06"),
    ],
)
def test_dates_move_as_supposed(suit, texts, state, due):
    """A motion for a stay is argued with the dates it would move."""
    (line,) = obligation_lines(supposing(suit, texts), on=date(2011, 3, 10 if state == "met" else 5), law=federal())
    assert (line.state.value, str(line.due)) == (state, due)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("if they answer", "cannot be supposed"),
        ("order/form stayed 2011-02-30", "is no day"),
        ("order/form stayed 2011-03-05..2011-03-01", "ends before it begins"),
        ("order/gone stayed 2011-03-05", "no order or obligation 'order/gone'"),
        ("order/form met 2011-03-05", "order/form cannot be 'met'"),
        ("obligation/form stayed 2011-03-05", "obligation/form cannot be 'stayed'"),
    ],
)
def test_what_cannot_be_supposed_is_refused(suit, text, message):
    """A slip of the pen must not be computed with."""
    with pytest.raises(InputError, match=message):
        supposing(suit, [text])
