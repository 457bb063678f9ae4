"""Compound files: what is written can be read, what is broken is refused, properties are read as far as they go."""

# ruff: noqa: E501 -- one row of values a line

from __future__ import annotations

import io
import random
import struct
from contextlib import suppress

import olefile
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.formats.office.made import CORPUS, OLE, read, read_file, text
from vaughn.formats.faults import FileRefused
from vaughn.formats.office.objects import unwrapped
from vaughn.formats.office.ole import OleFile, ole_bytes
from vaughn.formats.office.propertysets import properties

_NAMES = st.text(st.characters(codec="ascii", exclude_characters="/\\:!", min_codepoint=33), min_size=1, max_size=8)


@settings(max_examples=40, deadline=None)
@given(
    st.dictionaries(_NAMES.map(str.upper).map("S{}".format), st.binary(max_size=9000), min_size=1, max_size=6),
    _NAMES.map("f{}".format),
)
def test_streams_that_were_written_are_read_again(streams, folder):
    """An embedded document becomes a file of its own; other readers must open it too."""
    made = {(name,): data for name, data in streams.items()}
    made[(folder, "Inner")] = b"x" * 5000
    written = ole_bytes(made)
    file = OleFile(written)
    assert {path: file.read(*path) for path in file.streams} == made
    assert olefile.isOleFile(io.BytesIO(written))


def test_a_large_file_is_written_whole():
    """More than 109 tables of sectors are listed in sectors of their own."""
    data = random.Random(1).randbytes(8_000_000)
    assert OleFile(ole_bytes({("Big",): data})).read("Big") == data


def test_an_embedded_document_is_a_file_that_opens(tmp_path):
    """The storage of an object, taken out of its workbook, is a document like any other."""
    inner = OleFile(CORPUS / "hyperlink.doc")
    wrapped = ole_bytes({**inner.below(), ("\x01Ole",): b"x"})
    found = unwrapped(wrapped, "object.bin")
    assert found.name == "object.doc"
    assert "Hyperlink text" in text(read(found.data, tmp_path, kind=OLE))


def test_properties_are_facts():
    """Who wrote a letter, and when, stands beside its text."""
    facts = read_file(CORPUS / "basic_test_ppt_file.ppt", kind=OLE).facts
    assert (str(facts.author), facts.title) == ("Hogwarts", "This is a test title")
    assert facts.application == "Microsoft Office PowerPoint"
    assert facts.created is not None
    assert facts.created.text() == "2005-05-13T16:59:39Z"


def test_values_of_every_kind_are_read():
    """Numbers, days, truths and words of an office's own."""
    values = [
        (2, struct.pack("<II", 30, 4) + b"Pl\xe4n"), (3, struct.pack("<II", 31, 3) + "abc".encode("utf-16-le")),
        (4, struct.pack("<Ii", 3, -7)), (5, struct.pack("<IQ", 64, 129398616000000000)), (6, struct.pack("<IH", 11, 0xFFFF)),
        (7, struct.pack("<Id", 5, 1.5)), (8, struct.pack("<II", 30, 0xFFFFFFFF)), (9, b""),
    ]  # fmt: skip
    head, body = b"", b""
    for identity, value in values:
        head += struct.pack("<II", identity, 8 + 8 * len(values) + len(body))
        body += value + b"\0" * (-len(value) % 4)
    section = struct.pack("<II", 8 + len(head) + len(body), len(values)) + head + body
    data = b"\xfe\xff" + bytes(22) + struct.pack("<I", 1) + bytes(16) + struct.pack("<I", 48) + section
    found = dict(properties(data, {number: f"p{number}" for number in range(2, 10)}))
    assert {name: value if isinstance(value, str) else value.text() for name, value in found.items()} == {
        "p2": "Plän", "p3": "abc", "p4": "-7", "p5": "2011-01-18T22:00:00Z", "p6": "yes", "p7": "1.5",
    } | ({"p8": found["p8"]} if "p8" in found else {})  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200), st.integers(0, 2**32))
def test_any_properties_are_read_as_far_as_they_are_right(tail, seed):
    """Nothing is ever raised."""
    draw = random.Random(seed)
    head = b"\xfe\xff" + bytes(22) + struct.pack("<I", 1) + bytes(16) + struct.pack("<I", 48)
    section = struct.pack("<IIIIII", 99, 2, 1, draw.randrange(40), draw.randrange(4), draw.randrange(60))
    properties((head + section + tail)[: draw.randrange(300)], {2: "a", 3: "b"})


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 2**32))
def test_any_damage_is_read_or_refused(tmp_path_factory, seed):
    """A directory that leads in circles, sectors beyond the end."""
    draw = random.Random(seed)
    data = bytearray(ole_bytes({("A",): b"x" * 5000, ("B", "C"): b"y" * 100, ("\x05SummaryInformation",): b"z" * 90}))
    for _ in range(draw.randrange(1, 25)):
        data[draw.randrange(len(data))] = draw.choice((0, 1, 2, 3, 255, draw.randrange(256)))
    with suppress(FileRefused):
        read(bytes(data), tmp_path_factory.getbasetemp(), kind=OLE)


@pytest.mark.parametrize(
    "data", [b"", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3000)]
)
def test_what_is_no_compound_file_is_refused(data, tmp_path):
    """A refusal is a row in the list of exceptions."""
    with pytest.raises(FileRefused):
        read(data, tmp_path, kind=OLE)
