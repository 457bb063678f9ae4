"""Intervals, held against their definitions and published figures."""

from __future__ import annotations

import random
from decimal import Decimal, localcontext
from fractions import Fraction
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vaughn.model import InputError
from vaughn.model.intervals import Looked, clopper_pearson, finite, finite_of_strata, sample_size, wilson


def binomial_at_least(found, drawn, share):
    """Return P(X >= found) by the definition, with 60 digits."""
    with localcontext(prec=60):
        share = Decimal(share)
        return sum(
            (comb(drawn, k) * share**k * (1 - share) ** (drawn - k) for k in range(found, drawn + 1)), Decimal(0)
        )


def finite_by_definition(found, drawn, population, tail):
    """Return every number that neither tail rules out, counted one by one."""
    ways = comb(population, drawn)
    held = []
    for marked in range(found, population - drawn + found + 1):
        chances = [comb(marked, k) * comb(population - marked, drawn - k) for k in range(drawn + 1)]
        if Fraction(sum(chances[found:]), ways) >= tail and Fraction(sum(chances[: found + 1]), ways) >= tail:
            held.append(marked)
    return min(held), max(held)


@pytest.mark.parametrize(
    ("found", "drawn", "low", "high"),
    [
        # Newcombe, Statistics in Medicine 17 (1998) 857, table I, methods 3 and 5.
        pytest.param(81, 263, 0.2553, 0.3662, id="81 of 263"),
        pytest.param(15, 148, 0.0624, 0.1605, id="15 of 148"),
        pytest.param(0, 20, 0.0, 0.1611, id="none of 20"),
        pytest.param(1, 29, 0.0061, 0.1718, id="1 of 29"),
    ],
)
def test_wilson_gives_the_published_limits(found, drawn, low, high):
    """The figures are those of a paper that compared eleven methods."""
    limits = wilson(found, drawn)
    assert (round(limits.low, 4), round(limits.high, 4)) == (low, high)


@pytest.mark.parametrize(
    ("found", "drawn", "low", "high"),
    [
        pytest.param(81, 263, 0.2527, 0.3676, id="81 of 263"),
        pytest.param(15, 148, 0.0578, 0.1617, id="15 of 148"),
        pytest.param(0, 20, 0.0, 0.1684, id="none of 20"),
        pytest.param(1, 29, 0.0009, 0.1776, id="1 of 29"),
    ],
)
def test_clopper_pearson_gives_the_published_limits(found, drawn, low, high):
    """Same paper, method 5."""
    limits = clopper_pearson(found, drawn)
    assert (round(limits.low, 4), round(limits.high, 4)) == (low, high)


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 60), st.data())
def test_clopper_pearson_limits_leave_exactly_the_tails(drawn, data):
    """At each limit the tail beyond what was found weighs 2.5 in a hundred, reckoned with 60 digits."""
    found = data.draw(st.integers(0, drawn))
    limits = clopper_pearson(found, drawn)
    if found:
        assert float(binomial_at_least(found, drawn, limits.low)) == pytest.approx(0.025, abs=1e-10)
    if found < drawn:
        assert float(1 - binomial_at_least(found + 1, drawn, limits.high)) == pytest.approx(0.025, abs=1e-10)


def test_none_found_has_a_limit_in_one_line():
    """If none of n is found the upper limit is 1 - (tail)^(1/n), also for large n."""
    for drawn in (1, 59, 1_500, 200_000):
        assert clopper_pearson(0, drawn).high == pytest.approx(1 - 0.025 ** (1 / drawn), rel=1e-9)
        assert clopper_pearson(drawn, drawn).low == pytest.approx(0.025 ** (1 / drawn), rel=1e-9)


def test_large_numbers_agree_with_the_definition():
    """30 of 500: the whole tail summed with 60 digits."""
    limits = clopper_pearson(30, 500, confidence=0.99)
    assert float(binomial_at_least(30, 500, limits.low)) == pytest.approx(0.005, rel=1e-8)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 40), st.data())
def test_finite_limits_are_those_of_the_definition(population, data):
    """Every possible number of marked members tried, in whole numbers."""
    drawn = data.draw(st.integers(1, population))
    found = data.draw(st.integers(0, drawn))
    limits = finite(Looked(found, drawn, population))
    assert (limits.low, limits.high) == finite_by_definition(found, drawn, population, Fraction(1, 40))


def test_a_whole_population_leaves_nothing_open():
    """Who looked at everything knows the number."""
    limits = finite(Looked(3, 10, 10))
    assert (limits.low, limits.high) == (3, 3)
    assert wilson(3, 10, population=10).low == wilson(3, 10, population=10).high == 0.3
    assert wilson(0, 10, population=10).high == 0


def test_a_finite_population_narrows_the_limits():
    """Half of 200 read tells more than 100 of a million."""
    wide, narrow = wilson(10, 100), wilson(10, 100, population=200)
    assert wide.low < narrow.low < 0.1 < narrow.high < wide.high
    assert wilson(10, 100, population=10**9).high == pytest.approx(wide.high, abs=1e-6)
    assert finite(Looked(10, 100, 10**6)).high / 10**6 == pytest.approx(clopper_pearson(10, 100).high, abs=2e-4)


@pytest.mark.parametrize("marked", [0, 3, 40, 200, 399])
def test_finite_limits_cover_as_often_as_they_say(marked):
    """1,000 samples of 60 from 400: at least 95 of 100 intervals hold the truth (three sigma below are 92.9)."""
    chance = random.Random(marked)
    population = [True] * marked + [False] * (400 - marked)
    by_found = [finite(Looked(found, 60, 400)) for found in range(61)]
    covered = sum(by_found[sum(chance.sample(population, 60))].covers(marked) for _ in range(1_000))
    assert covered >= 929


def test_wilson_covers_about_as_often_as_it_says():
    """Over all outcomes of 100 draws, weighed exactly: the mean over shares is close to 95 of 100."""
    intervals = [wilson(found, 100) for found in range(101)]
    means = [
        sum(comb(100, k) * share**k * (1 - share) ** (100 - k) for k in range(101) if intervals[k].covers(share))
        for share in (step / 50 for step in range(1, 50))
    ]
    assert sum(means) / len(means) == pytest.approx(0.95, abs=0.01)


def test_strata_are_summed_on_the_safe_side():
    """Two strata at 97.5 each; one nobody looked into may hold none or all."""
    parts = [Looked(2, 50, 300), Looked(0, 20, 100)]
    each = [finite(part, confidence=0.975) for part in parts]
    summed = finite_of_strata(parts)
    assert (summed.low, summed.high) == (sum(one.low for one in each), sum(one.high for one in each))
    assert finite_of_strata([Looked(0, 0, 7)]).high == 7
    assert finite_of_strata([Looked(1, 4, 4)]).covers(1)


@pytest.mark.parametrize(
    ("margin", "population", "size"),
    [
        pytest.param(0.05, None, 385, id="five points"),
        pytest.param(0.02, None, 2401, id="two points"),
        pytest.param(0.05, 1_000, 278, id="five points of a thousand"),
        pytest.param(0.05, 1, 1, id="of one"),
    ],
)
def test_sample_sizes_are_the_textbook_ones(margin, population, size):
    """Cochran's formula, with the finite-population correction."""
    assert sample_size(margin, population=population) == size


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(lambda: wilson(2, 1), id="more found than drawn"),
        pytest.param(lambda: wilson(1, 10, population=5), id="more drawn than there are"),
        pytest.param(lambda: clopper_pearson(0, 0), id="none drawn"),
        pytest.param(lambda: clopper_pearson(0, 1, confidence=1), id="certainty"),
        pytest.param(lambda: finite(Looked(0, 0, 5)), id="finite, none drawn"),
        pytest.param(lambda: finite_of_strata([]), id="no strata"),
        pytest.param(lambda: sample_size(0), id="no margin"),
        pytest.param(lambda: sample_size(0.1, population=0), id="nobody to draw from"),
    ],
)
def test_numbers_that_cannot_be_are_refused(wrong):
    """A figure from impossible numbers would look like any other."""
    with pytest.raises(InputError):
        wrong()
