"""Where days lie."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from vaughn.formats.timeline.scale import ListScale, StraightScale


@pytest.mark.parametrize(
    ("first", "last", "labels"),
    [
        (date(2011, 1, 1), date(2011, 3, 31), ["2011", "2011-02", "2011-03"]),
        (date(2009, 7, 1), date(2014, 9, 1), [f"{y}{m}" for y in range(2009, 2015) for m in ("", "-07")][1:]),
        (date(1900, 1, 1), date(2199, 12, 31), [str(year) for year in range(1900, 2200, 20)]),
    ],
    ids=["months", "half years", "three centuries"],
)
def test_ticks_are_as_fine_as_there_is_room(first, last, labels):
    """Labels that run into each other say nothing."""
    scale = StraightScale(first, last, 0, 850)
    ticks = scale.ticks(apart=46)
    assert [tick.label for tick in ticks] == labels
    places = [scale.at(tick.day) for tick in ticks]
    assert all(later - earlier >= 44 for earlier, later in pairwise(places))


def test_a_day_outside_the_straight_scale_lies_at_its_end():
    """A span that began before the part shown is cut there."""
    scale = StraightScale(date(2011, 1, 1), date(2011, 12, 31), 100, 200)
    assert (scale.at(date(2010, 1, 1)), scale.at(date(2012, 1, 1))) == (100, 200)


def test_a_span_reaches_from_the_first_row_of_its_day_to_the_last_row_of_its_last():
    """Several events may share both days."""
    one, two = date(2011, 1, 1), date(2011, 1, 11)
    scale = ListScale([one, one, two, two], [10, 20, 60, 70], 0, 80)
    assert (scale.begins_at(one), scale.ends_at(two)) == (10, 70)
    assert scale.begins_at(date(2011, 1, 6)) == 40  # halfway between the rows around it
    assert (scale.begins_at(date(2010, 1, 1)), scale.ends_at(date(2012, 1, 1))) == (0, 80)
