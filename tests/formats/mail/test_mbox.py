"""Mailboxes as containers: every message, byte by byte, and the count told apart."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.formats.mail.mails import mail
from vaughn.formats.archive_pieces import ArchiveEnd
from vaughn.formats.faults import FileRefused
from vaughn.formats.mail.mbox import PIECE_BYTES, message_bounds
from vaughn.formats.mail.separators import from_lines, separator_count
from vaughn.formats.readers import ReadingRequest, container_pieces, is_container

LINE = b"From ann@example.org Mon Jan 17 09:03:00 2011\n"


def unpacked(data: bytes, folder, known=frozenset()):
    """Return the members by path, and what stands at the end."""
    path = folder / "box"
    path.write_bytes(data)
    members, end = {}, None
    for piece in container_pieces(ReadingRequest(path, "application/mbox", "box.mbox"), known):
        if isinstance(piece, ArchiveEnd):
            end = piece
        else:
            members[piece.path] = members.get(piece.path, b"") + piece.data
    return members, end


def test_messages_come_with_their_bytes_and_their_number(tmp_path):
    """The hash of a message is the same in every mailbox."""
    members, end = unpacked(LINE + mail() + b"\n" + LINE + mail("X: 2\n"), tmp_path)
    assert members == {"000001.eml": mail(), "000002.eml": mail("X: 2\n")}
    assert end == ArchiveEnd((), expected=2)
    assert is_container("application/mbox")


def test_quoting_of_lines_stays_as_it_is(tmp_path):
    """What stood in the mailbox is the record; `>From` is taken back only for comparing messages."""
    body = "A\n\n>From the start\n>>From before\n"
    members, _ = unpacked(LINE + mail(body=body), tmp_path)
    assert members["000001.eml"].endswith(body.encode())


def test_prose_that_begins_with_from_is_text_and_is_told(tmp_path):
    """Such a line makes half of all readers invent a message."""
    data = LINE + mail(body="My favourite:\n\nFrom Russia with love\nYear: 1963\n")
    members, end = unpacked(data, tmp_path)
    assert list(members) == ["000001.eml"]
    assert end is not None
    assert [(one.code, one.count) for one in end.findings] == [("IN001", 1)]


def test_a_message_that_says_how_long_it_is_may_hold_separators(tmp_path):
    """A forwarded mailbox inside a message is no end of the message (mboxcl2)."""
    body = "Forwarded:\n\n" + LINE.decode() + "Subject: inner\n\nInner\n"
    first = mail(f"Content-Length: {len(body)}\n", body)
    members, end = unpacked(LINE + first + b"\n" + LINE + mail(), tmp_path)
    assert members == {"000001.eml": first, "000002.eml": mail()}
    assert end is not None
    assert end.expected == 2


@pytest.mark.parametrize("length", ["1", "999999", "7"])
def test_a_wrong_length_is_not_believed(length, tmp_path):
    """A mailbox that was converted keeps the old lengths."""
    first = mail(f"Content-Length: {length}\n")
    members, end = unpacked(LINE + first + b"\n" + LINE + mail(), tmp_path)
    assert members == {"000001.eml": first, "000002.eml": mail()}
    assert end is not None
    assert end.expected == 2


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_separators_are_found_without_an_empty_line_and_behind_a_mark(line_end, tmp_path):
    """Old programs forget the one and Windows adds the other."""
    box = "\ufeffFrom - \nSubject: 1\n\nA\nFrom - \nSubject: 2\n\nB\n".replace("\n", line_end).encode()
    members, end = unpacked(box, tmp_path)
    assert [one.count(b"Subject") for one in members.values()] == [1, 1]
    assert end is not None
    assert end.expected == 2


def test_members_that_are_known_are_passed_over(tmp_path):
    """A taking in that was cut off goes on where it was."""
    members, end = unpacked(LINE + mail() + b"\n" + LINE + mail("X: 2\n"), tmp_path, frozenset({"000001.eml"}))
    assert list(members) == ["000002.eml"]
    assert end is not None
    assert end.expected == 2


def test_a_long_message_comes_in_pieces(tmp_path):
    """No message is held in memory whole."""
    long = mail(body="x" * (PIECE_BYTES * 2) + "\n")
    path = tmp_path / "box"
    path.write_bytes(LINE + long)
    pieces = list(container_pieces(ReadingRequest(path, "application/mbox", "box")))
    assert [one.is_last for one in pieces[:-1]] == [False, False, True]
    assert b"".join(one.data for one in pieces[:-1]) == long


@pytest.mark.parametrize(("data", "code"), [(b"", "FL007"), (b"Subject: no separator\n\nA\n", "FL006")])
def test_what_is_no_mailbox_is_refused(data, code, tmp_path):
    """The file gets a row among the exceptions instead of an empty box."""
    with pytest.raises(FileRefused) as refused:
        unpacked(data, tmp_path)
    assert refused.value.code == code


_PIECES = [LINE, b"From - \n", b"\n", b"\r\n", b"Content-Length: 3\n", b"a: b\n", b"From ", b"x"]
_MESSAGES = st.lists(
    st.lists(st.sampled_from(["text", "From here on", ">From x", "", "Subject: x", "From: y"]), max_size=8), min_size=1,
    max_size=8,
)  # fmt: skip


@settings(max_examples=100, deadline=None, derandomize=True)
@given(_MESSAGES)
def test_writing_a_mailbox_and_reading_it_gives_every_message(bodies):
    """No number of messages and no text of theirs makes one disappear."""
    messages = [mail(body="\n".join(lines) + "\n") for lines in bodies]
    box = b"".join(LINE + one + b"\n" for one in messages)
    found = [box[one.start : one.end] for one in message_bounds(box)]
    assert [one.rstrip(b"\n") for one in found] == [one.rstrip(b"\n") for one in messages]
    assert separator_count(io.BytesIO(box)) == len(messages)


@pytest.mark.parametrize("window", [2_100, 2_500, 5_000])
def test_windows_cut_no_separator(window):
    """A file of fifty gigabytes is read in pieces; a separator may stand where two meet."""
    box = b"".join(LINE + mail(body="x" * (97 * place % 1700) + "\n") + b"\n" for place in range(60))
    assert [one.start for one in from_lines(io.BytesIO(box), window_bytes=window)] == [
        one.start for one in from_lines(io.BytesIO(box))
    ]


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(_PIECES) | st.binary(max_size=6), max_size=30))
def test_no_byte_of_a_mailbox_stands_in_two_messages(pieces):
    """Bounds rise, whatever the file holds."""
    data = b"".join(pieces)
    at = 0
    for one in message_bounds(data):
        assert at <= one.start <= one.end <= len(data)
        at = one.end
