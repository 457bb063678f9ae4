"""Messages packed as winmail.dat: what is in them, and that no bytes can hurt."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.formats.mail.mails import codes, multipart, read, text
from vaughn.formats.faults import FileRefused
from vaughn.formats.mail.faults import Faults
from vaughn.formats.mail.tnef import SIGNATURE, tnef_record

CORPUS = Path(__file__).parents[2] / "corpus" / "mail" / "outlook"
TNEF = "application/vnd.ms-tnef"


def attribute(level: int, number: int, content: bytes) -> bytes:
    """Return one attribute with its sum."""
    return struct.pack("<BHHI", level, number, 6, len(content)) + content + struct.pack("<H", sum(content) & 0xFFFF)


def test_an_attachment_comes_out_with_its_name(tmp_path):
    """The receiver saw a file winmail.dat and nothing else."""
    reading = read((CORPUS / "one-file.tnef").read_bytes(), tmp_path, kind=TNEF)
    assert [(one.name, len(one.data or b"")) for one in reading.parts] == [("AUTHORS", 244)]
    assert reading.facts.title == "one-file"


def test_a_body_in_html_or_in_packed_rtf_is_read(tmp_path):
    """The body of the message around it is often empty."""
    assert "Congress shall make no law" in text(read((CORPUS / "body.tnef").read_bytes(), tmp_path, kind=TNEF))
    assert text(read((CORPUS / "rtf.tnef").read_bytes(), tmp_path, kind=TNEF)).strip().endswith("978-318-6939 (Fax)")


def test_winmail_dat_is_opened_in_its_message(tmp_path):
    """Its files are the message's files; it is none itself."""
    data = multipart("Content-Type: text/plain\n\nHello", "Content-Type: application/ms-tnef; name=winmail.dat\n\n@@")
    reading = read(data.replace(b"@@", (CORPUS / "one-file.tnef").read_bytes()), tmp_path)
    assert [one.name for one in reading.parts] == ["AUTHORS"]
    assert "Attachments: AUTHORS" in text(reading)


def test_a_broken_winmail_dat_stays_a_file(tmp_path):
    """What cannot be opened is kept as it is, and told."""
    data = multipart("Content-Type: text/plain\n\nHello", "Content-Type: application/ms-tnef; name=winmail.dat\n\n@@")
    reading = read(data.replace(b"@@", SIGNATURE), tmp_path)
    assert [one.name for one in reading.parts] == ["winmail.dat"]
    assert codes(reading) == {"IN001"}


def test_a_cut_off_file_gives_what_is_there(tmp_path):
    """The first half of a message is better than none."""
    whole = (CORPUS / "body.tnef").read_bytes()
    reading = read(whole[: len(whole) // 2], tmp_path, kind=TNEF)
    assert "IN001" in codes(reading)


def test_what_is_no_tnef_is_refused(tmp_path):
    """The file gets a row among the exceptions."""
    with pytest.raises(FileRefused):
        read(b"plain", tmp_path, kind=TNEF)


_NUMBERS = [0x8000, 0x8004, 0x8005, 0x9002, 0x9003, 0x9004, 0x9005, 0x9007, 0x800F, 0x8010, 0x8012, 0x8020]
_PIECES = [struct.pack("<I", 1), struct.pack("<I", 0xFFFFFFFF), b"\x1f\x00\x37\x00", b"\x02\x11", b"\x1e\x10",
           b"\x03\x00\x05\x80", b"\x0d\x00\x01\x37", b"\x40\x00\x39\x00", b"abcd"]  # fmt: skip


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.lists(st.tuples(st.sampled_from([1, 2, 3]), st.sampled_from(_NUMBERS), st.binary(max_size=60)), max_size=8))
def test_any_attributes_are_read(attributes):
    """Counts and lengths inside are claims, not facts."""
    data = SIGNATURE + b"\x01\x00" + b"".join(attribute(*one) for one in attributes) + b"\x01\x02"
    assert tnef_record(data, Faults()).files is not None


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(_PIECES) | st.binary(max_size=8), max_size=24))
def test_any_properties_are_read(pieces):
    """A list that claims four thousand million properties holds what its bytes hold."""
    data = SIGNATURE + b"\x01\x00" + attribute(1, 0x9003, b"".join(pieces)) + attribute(2, 0x9005, b"".join(pieces))
    assert tnef_record(data, Faults()).files is not None
