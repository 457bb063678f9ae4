"""Packed RTF out of Outlook."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vaughn.formats.faults import FileRefused
from vaughn.formats.mail.faults import Faults
from vaughn.formats.mail.lzfu import COMPRESSED, MAX_RATIO, UNCOMPRESSED, decompressed_rtf
from vaughn.formats.mail.tnef import tnef_record

CORPUS = Path(__file__).parents[2] / "corpus" / "mail" / "outlook"


def test_the_example_of_the_specification_is_unpacked():
    """[MS-OXRTFCP] 4.1.1 and 4.1.2: a simple text, and one whose copies run into what they write."""
    simple = bytes.fromhex(
        "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"
    )
    assert decompressed_rtf(simple) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
    crossing = bytes.fromhex("1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0")
    assert decompressed_rtf(crossing) == b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}"


def test_unpacked_bodies_come_as_they_are():
    """Small bodies are not packed."""
    data = struct.pack("<IIII", 16, 4, UNCOMPRESSED, 0) + b"{\\rt"
    assert decompressed_rtf(data) == b"{\\rt"


def test_what_another_reader_unpacked_is_the_same():
    """MimeKit's reading of the same file lies beside it."""
    faults = Faults()
    record = tnef_record((CORPUS / "rtf.tnef").read_bytes(), faults)
    assert faults.broken == []
    assert record.text.strip()
    assert (CORPUS / "rtf-message.rtf").read_bytes().startswith(b"{\\rtf1")


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.binary(max_size=120), st.integers(0, 2**32 - 1), st.sampled_from([COMPRESSED, UNCOMPRESSED, 0]))
def test_any_bytes_are_unpacked_within_bounds_or_refused(packed, claimed, kind):
    """A claim of four gigabytes costs nothing."""
    data = struct.pack("<IIII", len(packed) + 12, claimed, kind, 0) + packed
    try:
        unpacked = decompressed_rtf(data)
    except FileRefused:
        return
    assert len(unpacked) <= len(data) * MAX_RATIO


@pytest.mark.parametrize("data", [b"", b"\0" * 15, struct.pack("<IIII", 1, 1, 7, 0)])
def test_what_is_not_packed_so_is_refused(data):
    """It becomes a finding of its message."""
    with pytest.raises(FileRefused):
        decompressed_rtf(data)
