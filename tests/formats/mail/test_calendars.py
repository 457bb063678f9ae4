"""Calendars and cards: their fields can be read and searched."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.formats.mail.mails import codes, read, text
from vaughn.formats.faults import FileRefused
from vaughn.model import MailAddress, PartRole

ICS, VCF = "text/calendar", "text/vcard"
EVENT = (
    "BEGIN:VCALENDAR\r\nPRODID:-//X//EN\r\nVERSION:2.0\r\nBEGIN:VTIMEZONE\r\nTZID:E\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT\r\n"
    "SUMMARY:Plan\\, two\r\nDTSTART;TZID=America/New_York:20110117T090300\r\nDTEND:20110117T150000Z\r\n"
    'ORGANIZER;CN="Ann, A.":mailto:Ann@example.org\r\nATTENDEE;CN=Bob:MAILTO:bob@exam\r\n ple.org\r\n'
    "DESCRIPTION:One\\nTwo\r\nLAST-MODIFIED:20110116T000000Z\r\n"
    "ATTACH;ENCODING=BASE64;VALUE=BINARY;FMTTYPE=text/plain;X-FILENAME=a.txt:QQ==\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)
CARD = (
    "BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;=\n J=C3=B6rg\nFN:J\u00f6rg\n"
    "TEL;WORK;VOICE:1\nEMAIL;TYPE=INTERNET:j@example.org\nADR;TYPE=home:;;Way 1;Town;;1;Land\nEND:VCARD\n"
)


def test_an_event_can_be_read(tmp_path):
    """When, where, who: what an officer looks for in a calendar."""
    reading = read(EVENT.encode(), tmp_path, kind=ICS)
    assert text(reading).split("\n") == [
        "What: Plan, two",
        "Starts: 2011-01-17 09:03 (America/New_York)",
        "Ends: 2011-01-17 15:00 UTC",
        "Organizer: Ann, A. <ann@example.org>",
        "Attendee: Bob <bob@example.org>",
        "Description: One",
        "Two",
        "Changed: 2011-01-16 00:00 UTC",
        "Attach: (1 bytes)",
    ]
    assert reading.facts.title == "Plan, two"
    assert reading.facts.author == MailAddress("ann@example.org", "Ann, A.")
    assert [(one.name, one.role, one.data) for one in reading.parts] == [("a.txt", PartRole.ATTACHMENT, b"A")]
    assert reading.findings == ()


def test_a_card_of_the_old_kind_can_be_read(tmp_path):
    """Telephones still write vCard 2.1."""
    said = text(read(CARD.encode(), tmp_path, kind=VCF)).split("\n")
    assert said[0] == "Name in parts: Müller, Jörg"
    assert "Telephone (work, voice): 1" in said
    assert "Address (home): Way 1, Town, 1, Land" in said


def test_a_cut_off_calendar_says_so(tmp_path):
    """What is there is read."""
    reading = read(EVENT[:300].encode(), tmp_path, kind=ICS)
    assert codes(reading) == {"IN001"}
    assert "What: Plan, two" in text(reading)


def test_what_is_neither_is_refused(tmp_path):
    """A file named .ics may be anything."""
    with pytest.raises(FileRefused):
        read(b"hello", tmp_path, kind=ICS)


_PIECES = ["BEGIN:VEVENT", "END:VEVENT", "DTSTART:", "20119999T999999Z", ";ENCODING=BASE64:", ";QUOTED-PRINTABLE:=",
           "=\n", "\n ", "\n", "ATTENDEE;CN=", '"', ":", ";", "\\n", "PHOTO", "N", ";CHARSET=utf-7"]  # fmt: skip


@settings(max_examples=120, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(_PIECES) | st.text(max_size=4), max_size=24))
def test_any_lines_are_read_or_refused(tmp_path_factory, pieces):
    """Calendars come from strangers, too."""
    data = ("BEGIN:VCALENDAR\n" + "".join(pieces)).encode("utf-8", "replace")
    assert read(data, tmp_path_factory.mktemp("c"), kind=ICS).page_count >= 1
