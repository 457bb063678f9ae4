"""How fast it goes and how long it takes, said only when it can be known."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaughn.work import Amount, Estimate, Pace


def at(pace: Pace, seconds: float, **done: tuple[int, int | None]) -> Pace:
    return pace.after(seconds, *(Amount(kind, *counts) for kind, counts in done.items()))


def steady(per_second: float, total: int, *, until: int, every: int = 5) -> Pace:
    pace = Pace()
    for second in range(0, until + 1, every):
        pace = at(pace, second, reading=(int(second * per_second), total))
    return pace


def test_nothing_is_said_before_anything_is_seen():
    """The first guess would be the one that people remember."""
    assert Pace().estimate() == Estimate(None, {}, None, None)
    early = steady(100, 100_000, until=5)
    assert early.estimate().remaining == "not known yet"
    assert early.estimate().share == pytest.approx(0.005)


def test_a_steady_pace_says_how_long_it_takes():
    """The plain case."""
    estimate = steady(100, 100_000, until=100).estimate()
    assert estimate.per_second == {"reading": 100.0}
    assert estimate.share == pytest.approx(0.1)
    assert estimate.remaining == "about 15 minutes"
    assert estimate.least_seconds == pytest.approx(900)


def test_while_containers_are_opened_the_end_is_not_known():
    """An archive may hold more than everything before it."""
    pace = at(at(Pace(), 0, reading=(0, None)), 60, reading=(6_000, None))
    estimate = pace.estimate()
    assert (estimate.share, estimate.remaining) == (None, "not known yet")
    assert estimate.per_second == {"reading": 100.0}


def test_scans_weigh_more_than_text():
    """By count nine tenths are done; by work almost nothing."""
    pace = Pace()
    for second in range(0, 61, 5):
        pace = at(pace, second, reading=(int(second * 150), 9_000), ocr=(0, 1_000))
    estimate = pace.estimate()
    assert estimate.share < 0.05
    assert estimate.least_seconds > 40 * 60


def test_a_kind_that_has_not_begun_widens_the_range():
    """Its cost on this machine is a guess."""
    pace = Pace()
    for second in range(0, 121, 5):
        pace = at(pace, second, reading=(second * 100, 12_000), ocr=(0, 300))
    estimate = pace.estimate()
    assert estimate.most_seconds == pytest.approx(2 * estimate.least_seconds)
    assert " to " in estimate.remaining


def test_what_units_cost_here_outweighs_what_was_known():
    """A machine may recognise text ten times as fast as ours."""
    slow = Pace().after(0, Amount("ocr", 0, 1000), Amount("reading", 0, 1000))
    known = slow.after(100, Amount("ocr", 500, 1000), Amount("reading", 0, 1000))
    measured = slow.after(100, Amount("ocr", 500, 1000, 100.0), Amount("reading", 0, 1000))
    assert measured.estimate().share < known.estimate().share


def test_a_machine_that_became_busy_shows_in_the_range():
    """The speed of the first hour is no promise for the second."""
    pace = steady(100, 1_000_000, until=3600, every=30)
    for second in range(3630, 4201, 30):
        pace = at(pace, second, reading=(360_000 + (second - 3600) * 20, 1_000_000))
    estimate = pace.estimate()
    assert estimate.most_seconds > 3 * estimate.least_seconds
    assert estimate.per_second["reading"] == pytest.approx(20)


def test_when_nothing_moves_nothing_is_promised():
    """A bar that counts down while all stands still is a lie."""
    pace = steady(100, 100_000, until=100)
    for second in range(130, 400, 30):
        pace = at(pace, second, reading=(10_000, 100_000))
    assert pace.estimate().remaining == "not known yet"


def test_the_end_is_the_end():
    """Nothing is left, so nothing is guessed."""
    estimate = at(at(Pace(), 0, reading=(0, 10)), 1, reading=(10, 10)).estimate()
    assert (estimate.share, estimate.remaining) == (1.0, "less than a minute")


@pytest.mark.parametrize(
    ("least", "most", "words"),
    [
        (10, 50, "less than a minute"),
        (20, 200, "1 to 3 minutes"),
        (61, 64, "about 1 minute"),
        (200, 1000, "3 to 15 minutes"),
        (1500, 9000, "25 minutes to 2.5 hours"),
        (3600, 3700, "about 1 hour"),
        (3600, 7300, "1 to 2 hours"),
        (30_000, 200_000, "8.5 hours to 2 days"),
        (400_000, 410_000, "about 5 days"),
    ],
)
def test_times_are_told_as_exactly_as_they_are_known(least, most, words):
    """Seconds after an hour would claim more than anybody knows."""
    assert replace(Estimate(0.5, {}, None, None), least_seconds=least, most_seconds=most).remaining == words


counts = st.integers(0, 10_000)


@given(st.lists(st.tuples(st.floats(0.1, 1000), counts, counts, st.booleans()), min_size=1, max_size=20))
def test_the_range_is_never_upside_down(steps):
    """Whatever comes, in whatever order, also totals that shrink and counts that fall."""
    pace, now = Pace(), 0.0
    for seconds, done, total, unknown in steps:
        now += seconds
        pace = at(pace, now, reading=(done, None if unknown else total), other=(total, done))
        estimate = pace.estimate()
        assert estimate.share is None or 0 <= estimate.share <= 1
        if estimate.is_known:
            assert 0 <= estimate.least_seconds <= estimate.most_seconds
        assert estimate.remaining
        assert all(rate > 0 for rate in estimate.per_second.values())


def test_a_long_run_keeps_few_moments():
    """A week of work is told every second."""
    pace = Pace()
    for second in range(5000):
        pace = at(pace, second, reading=(second, 100_000))
    assert len(pace._recent) <= 65
    assert pace.estimate().per_second["reading"] == pytest.approx(1, rel=0.05)
