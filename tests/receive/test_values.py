"""One row's values are read by what their columns mean."""

from __future__ import annotations

import pytest

from vaughn.receive.dates import DayOrder
from vaughn.receive.values import normalised_fields, read_count, read_flag, read_hash, read_many


def test_a_row_is_shown_field_by_field() -> None:
    """What the metadata tab shows beside the row as received."""
    columns = (
        "BEG_BATES",
        "Email To",
        "Date Sent",
        "Time Sent",
        "Time Zone",
        "File Size",
        "MD5 Hash",
        "Redacted",
        "Odd",
    )
    row = ("A1", "Ana; John", "04/27/2010", "3:04 PM", "EST", "12 KB", "D41D8CD98F00B204E9800998ECF8427E", "Y", "x")
    assert [(one.field, one.value) for one in normalised_fields(columns, row)] == [
        ("beg_bates", "A1"),
        ("to", "Ana; John"),
        ("sent_date", "2010-04-27T20:04:00Z"),
        ("sent_time", "3:04 PM"),
        ("time_zone", "EST"),
        ("file_size", "12288"),
        ("md5", "d41d8cd98f00b204e9800998ecf8427e"),
        ("redacted", "yes"),
    ]


def test_the_order_of_day_and_month_is_that_of_the_list() -> None:
    """One row alone cannot tell."""
    (field,) = normalised_fields(("Date",), ("03/04/2010",), order=DayOrder.DAY_FIRST)
    assert field.value == "2010-04-03"


def test_what_cannot_be_read_stays_as_received() -> None:
    """Nothing is dropped, nothing is invented."""
    (field,) = normalised_fields(("File Size",), ("large",))
    assert field.value == "large"


@pytest.mark.parametrize(
    ("text", "count"), [("1,234", 1234), ("12 KB", 12288), ("1.5 MB", 1572864), ("7", 7), ("-1", None)]
)
def test_a_count_may_have_marks_and_units(text: str, count: int | None) -> None:
    """FILESIZE is in bytes or in kilobytes, as it likes."""
    assert read_count(text) == count


def test_lists_flags_and_hashes() -> None:
    """Separators and spellings vary."""
    assert read_many("a; b;;c") == ("a", "b", "c")
    assert read_many("Smith, Ana\nChen, John") == ("Smith, Ana", "Chen, John")
    assert read_many("a|b") == ("a", "b")
    assert [read_flag(text) for text in ("Y", "false", "maybe")] == [True, False, None]
    assert read_hash("sha1", "zz") is None
