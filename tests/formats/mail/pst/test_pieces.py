"""Outlook mailboxes: every item comes out, or is counted as lost."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.formats.mail.mails import read, text
from vaughn.formats.archive_pieces import ArchiveEnd
from vaughn.formats.faults import FileRefused
from vaughn.formats.readers import ReadingRequest, container_pieces
from vaughn.model import DocumentKind

PST = "application/vnd.ms-outlook-pst"
MAILBOX = gzip.decompress((Path(__file__).parents[3] / "corpus/mail/outlook/dist-list.pst.gz").read_bytes())


def unpacked(data: bytes, folder, known=frozenset()):
    path = folder / "box"
    path.write_bytes(data)
    members: dict[str, bytes] = {}
    for piece in container_pieces(ReadingRequest(path, PST, "box.pst"), known):
        if isinstance(piece, ArchiveEnd):
            return members, piece
        members[piece.path] = members.get(piece.path, b"") + piece.data
    raise AssertionError("no end")


def test_every_item_comes_with_its_folder(tmp_path):
    """Appointments and contacts are records as much as messages are."""
    members, end = unpacked(MAILBOX, tmp_path)
    assert list(members) == ["Calendar/000001.eml", "Contacts/000002.eml", "Contacts/000003.eml"]
    assert end == ArchiveEnd((), expected=3)
    reading = read(members["Contacts/000002.eml"], tmp_path)
    assert reading.facts.mail_folder == "Contacts"
    assert reading.facts.kind is DocumentKind.OTHER
    assert "E-mail: contact1@rjohnson.id.au" in text(reading)
    assert ("GivenName", "contact") in [(one.name, one.value) for one in reading.facts.found]
    assert reading.findings == ()


def test_an_appointment_says_when_and_brings_what_is_inside_it(tmp_path):
    """Its exceptions are messages of their own inside it."""
    members, _ = unpacked(MAILBOX, tmp_path)
    reading = read(members["Calendar/000001.eml"], tmp_path)
    assert "Recurrence: every Tuesday from 8:00 AM to 8:30 AM" in text(reading)
    assert [one.media_type for one in reading.parts] == ["message/rfc822"] * 2
    inner = read(reading.parts[0].data or b"", tmp_path)
    assert "Starts: 2016-08-" in text(inner)


def test_items_that_are_known_are_passed_over(tmp_path):
    """A taking in that was cut off goes on where it was."""
    members, end = unpacked(MAILBOX, tmp_path, frozenset({"Calendar/000001.eml"}))
    assert list(members) == ["Contacts/000002.eml", "Contacts/000003.eml"]
    assert end.expected == 3


@pytest.mark.parametrize("share", [0.95, 0.8, 0.6, 0.4])
def test_a_cut_off_mailbox_gives_what_is_there_and_says_that_it_is_damaged(share, tmp_path):
    """The end of the file is gone; the trees are mended from the pages that are left."""
    try:
        members, end = unpacked(MAILBOX[: int(len(MAILBOX) * share)], tmp_path)
    except FileRefused:
        pytest.fail("the whole mailbox was refused")
    lost = (end.expected or 0) - len(members)
    assert "IN022" in {one.code for one in end.findings}
    assert end.refused == lost


def test_items_that_no_folder_lists_are_recovered(tmp_path):
    """Deleting takes an item off its folder's list; what it said may still be there."""
    # The contents table of Contacts (node 0x812E for folder 0x8142 & ~0x1F | 0x0E) is taken for another kind of node.
    table = (33090 & ~0x1F | 0x0E).to_bytes(8, "little")
    assert MAILBOX.count(table) >= 1
    members, end = unpacked(MAILBOX.replace(table, (33090 & ~0x1F | 0x1D).to_bytes(8, "little")), tmp_path)
    assert len(members) == 3
    assert end.expected == len(members) + end.refused


def test_what_is_no_mailbox_is_refused(tmp_path):
    """The file gets a row among the exceptions."""
    with pytest.raises(FileRefused):
        unpacked(b"!BDN", tmp_path)


_WOUNDS = st.tuples(st.integers(0, len(MAILBOX) - 1), st.binary(min_size=1, max_size=16))


@settings(max_examples=40, deadline=None, derandomize=True)
@given(
    st.lists(st.tuples(st.integers(0, len(MAILBOX) - 1), st.binary(min_size=1, max_size=16)), min_size=1, max_size=6)
)
def test_a_damaged_mailbox_is_read_or_refused_and_adds_up(tmp_path_factory, wounds):
    """Whatever bytes are wrong: expected is what came out and what was refused."""
    data = bytearray(MAILBOX)
    for place, noise in wounds:
        data[place : place + len(noise)] = noise
    try:
        members, end = unpacked(bytes(data), tmp_path_factory.mktemp("pst"))
    except FileRefused:
        return
    assert end.expected == len(members) + end.refused
