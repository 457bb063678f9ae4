"""Dates of messages, as programs write them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vaughn.formats.mail.dates import moment_of


@pytest.mark.parametrize(
    ("text", "utc", "offset"),
    [
        ("Mon, 17 Jan 2011 09:03:00 -0500", "2011-01-17T14:03:00Z", -300),
        ("17 Jan 2011 9:03:00 -0500 (EST)", "2011-01-17T14:03:00Z", -300),
        ("Mon, 17 Jan 2011 09:03:00 -0000", "2011-01-17T09:03:00Z", None),
        ("Mon, 17 Jan 2011 09:03:60 +0530", "2011-01-17T03:33:59Z", 330),
        ("Mon, 17 Jan 2011 09:03:00 +9900", "2011-01-17T09:03:00Z", None),
        ("Mon, 17 Jan 11 09:03 EST", "2011-01-17T14:03:00Z", -300),
        ("17-Jan-2011 09:03:00 +00:00", "2011-01-17T09:03:00Z", 0),
        ("Mon Jan 17 09:03:00 2011", "2011-01-17T09:03:00Z", None),
        ("Mon Jan 17 09:03:00 PST 2011", "2011-01-17T17:03:00Z", -480),
        ("January 17, 2011 9:03 PM", "2011-01-17T21:03:00Z", None),
        ("2011-01-17T09:03:00-05:00", "2011-01-17T14:03:00Z", -300),
        ("Mon, 17 Jan 2011 09:03:00 Q", "2011-01-17T09:03:00Z", None),
        ("Mon, 17 Jan 2011", "2011-01-17T00:00:00Z", None),
    ],
)
def test_a_date_is_read_however_it_is_written(text, utc, offset):
    """The offset is kept: what the sender's clock showed is a fact of its own."""
    moment = moment_of(text)
    assert moment is not None
    assert (moment.text(), moment.offset_minutes) == (utc, offset)


@pytest.mark.parametrize(
    "text",
    ["", "tomorrow", "Thu, 31 Feb 2011 10:00:00 -0500", "1 Jan 1492 00:00:00 +0000", "1 Foo 2011 00:00:00 +0000",
     "Mon, 17 Jan 2011 25:03:00 -0500", "17 Jan 9999 00:00:00 +0000", "1 Jan 0001 00:00:00 +2300"],
)  # fmt: skip
def test_a_date_that_cannot_be_is_none(text):
    """It is told, not mended."""
    assert moment_of(text) is None


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.text(alphabet="0123456789JanFebMon:,+- ()TZ/", max_size=40))
def test_any_text_is_a_moment_or_none(text):
    """Dates of junk mail are junk."""
    moment = moment_of(text)
    assert moment is None or 1970 <= moment.at.year <= 2099
