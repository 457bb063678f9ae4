"""Bates numbers: read as printed, printed as read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaughn.model import BatesNumber, BatesRange, read_bates


@pytest.mark.parametrize(
    ("text", "prefix", "number", "suffix", "width"),
    [
        ("ICE 2010FOIA2674.0117629", "ICE 2010FOIA2674.", 117629, "", 7),
        ("FBI-SC-FPL-458", "FBI-SC-FPL-", 458, "", 3),
        ("STIP-0919", "STIP-", 919, "", 4),
        ("2015-ICFO-06247.000001", "2015-ICFO-06247.", 1, "", 6),
        ("EFTA00008529", "EFTA", 8529, "", 8),
        ("HOUSE_OVERSIGHT_012345", "HOUSE_OVERSIGHT_", 12345, "", 6),
        ("0.7.98.132097.2", "0.7.98.132097.", 2, "", 1),
        ("ABC0001_R", "ABC", 1, "_R", 4),
        ("ABC-0001.0002", "ABC-0001.", 2, "", 4),
        ("ABC0001-CONF", "ABC", 1, "-CONF", 4),
        ("000123", "", 123, "", 6),
        ("  DOJ 12a ", "DOJ ", 12, "a", 2),
    ],
)
def test_a_printed_number_is_taken_apart(text, prefix, number, suffix, width):
    """Productions of one lawsuit already print numbers in all these forms."""
    assert read_bates(text) == BatesNumber(prefix, number, suffix, width)


@pytest.mark.parametrize("text", ["", "no number", "Page 1 of", "ABC1\n2x", "12345678901234567890" * 5])
def test_what_is_no_number_is_not_read_as_one(text):
    """A wrong number is worse than none: it is cited in a brief."""
    read = read_bates(text)
    assert read is None or str(read) == text


@given(
    st.from_regex(r"[A-Z][A-Z _.-]{0,10}", fullmatch=True).filter(lambda prefix: prefix == prefix.strip()),
    st.integers(0, 10**8),
    st.integers(1, 12),
    st.sampled_from(["", "_R", "-A", "a"]),
)
def test_reading_what_was_printed_gives_it_back(prefix, number, width, suffix):
    """Width and suffix are part of the number: citations must match the page."""
    printed = str(BatesNumber(prefix, number, suffix, max(width, len(str(number)))))
    read = read_bates(printed)
    assert read is not None
    assert (read.number, read.prefix, str(read)) == (number, prefix, printed)


def test_order_inside_a_prefix_is_numeric():
    """ABC-2 comes before ABC-10, whatever the alphabet says."""
    numbers = [read_bates(text) for text in ("ABC-10", "ABC-2", "ABC-0001")]
    assert [str(number) for number in sorted(n for n in numbers if n)] == ["ABC-0001", "ABC-2", "ABC-10"]


def test_both_ends_belong_to_a_range():
    """A Bates range in a letter includes both numbers named."""
    begin, end = BatesNumber("ICE ", 8, width=4), BatesNumber("ICE ", 10, width=4)
    both = BatesRange(begin, end)
    assert len(both) == 3
    assert both.covers(begin)
    assert both.covers(end)
    assert not both.covers(end.shifted(1))
    assert not both.covers(BatesNumber("FBI ", 9, width=4))
    assert str(both) == "ICE 0008 – ICE 0010"
    assert str(BatesRange(begin, begin)) == "ICE 0008"


@pytest.mark.parametrize("end", [BatesNumber("ICE ", 7, width=4), BatesNumber("FBI ", 9, width=4)])
def test_a_reversed_or_mixed_range_cannot_be_made(end):
    """Such a range in a load file is a finding; inside the program it is a mistake."""
    with pytest.raises(ValueError, match="not a range"):
        BatesRange(BatesNumber("ICE ", 8, width=4), end)


@pytest.mark.parametrize(("number", "width"), [(-1, 1), (1, 0), (10**19, 1)])
def test_a_number_needs_digits(number, width):
    """A negative number or one without digits was never printed on a page."""
    with pytest.raises(ValueError, match="at least one digit"):
        BatesNumber("A", number, width=width)
