"""Calendar feeds hold what RFC 5545 asks for, whatever stands in a title."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from vaughn.formats.ics import IcsEvent, event_uid, written_as_ics

MADE = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


def written(*events):
    return written_as_ics(events, name="Due dates", made_at=MADE)


def unfolded(content):
    """Return (name, value) of every line, folded lines joined."""
    lines = content.decode("utf-8").replace("\r\n ", "").split("\r\n")
    assert lines.pop() == ""
    return [tuple(line.split(":", 1)) for line in lines]


def unescaped(value):
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)


def test_a_day_is_a_whole_day_with_reminders():
    """The end is the day after; a calendar would show two days otherwise."""
    event = IcsEvent("x@vaughn", date(2010, 3, 4), "FOIA-20", "Why", "https://example.org/a;b")
    lines = unfolded(written(event))
    assert ("DTSTART;VALUE=DATE", "20100304") in lines
    assert ("DTEND;VALUE=DATE", "20100305") in lines
    assert ("DTSTAMP", "20261122T030000Z") in lines
    assert ("URL", "https://example.org/a;b") in lines
    assert [value for name, value in lines if name == "TRIGGER"] == ["-P6DT15H", "-PT15H"]
    assert lines[0] == ("BEGIN", "VCALENDAR")
    assert lines[-1] == ("END", "VCALENDAR")
    assert sum(name == "BEGIN" for name, _ in lines) == sum(name == "END" for name, _ in lines)


def test_a_reminder_on_the_day_itself_comes_at_nine():
    """Midnight wakes people up."""
    event = IcsEvent("x@vaughn", date(2010, 3, 4), "FOIA-20", reminders_days=(0, 15))
    assert [value for name, value in unfolded(written(event)) if name == "TRIGGER"] == ["PT9H", "-P14DT15H"]


def test_an_event_keeps_its_name_when_its_day_moves():
    """The calendar moves it instead of showing it twice."""
    assert event_uid("federal", "FOIA-20", "2010-02-03") == event_uid("federal", "FOIA-20", "2010-02-03")
    assert event_uid("a", "bc") != event_uid("ab", "c")


def test_lines_from_outside_cannot_become_lines_of_the_feed():
    """A caption comes from a docket."""
    hostile = "Doe v. ICE\r\nEND:VCALENDAR\x00\u2028, \\n; done"
    lines = unfolded(written(IcsEvent("x@vaughn", date(2010, 3, 4), hostile)))
    assert sum(pair == ("END", "VCALENDAR") for pair in lines) == 1
    assert ("SUMMARY", r"Doe v. ICE\nEND:VCALENDAR\, \\n\; done") in lines


@given(st.text(max_size=300))
def test_lines_are_short_and_give_the_title_back(title):
    """At most 75 octets a line, no character cut in two."""
    content = written(IcsEvent("x@vaughn", date(2010, 3, 4), title, title))
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    kept = title.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace").decode()
    kept = "".join(letter for letter in kept if letter.isprintable() or letter in "\n\u00a0")
    values = dict(unfolded(content))
    assert unescaped(values["SUMMARY"]) == kept


def test_an_empty_feed_is_a_calendar():
    """Nothing is due: the subscription must not break."""
    assert unfolded(written())[-1] == ("END", "VCALENDAR")
