from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaughn.formats.pages import FileRefused, read_text
from vaughn.formats.text import encoding_of

SPANISH = "Señor, la decisión está aquí – “sí”.\r\nFin.\r\n" * 3


@pytest.fixture
def file(tmp_path):
    def write(data: bytes):
        path = tmp_path / "a.txt"
        path.write_bytes(data)
        return path

    return write


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (SPANISH.encode(), "utf-8"),
        (codecs.BOM_UTF8 + SPANISH.encode(), "utf-8"),
        (SPANISH.encode("utf-16"), "utf-16"),
        (codecs.BOM_UTF16_BE + SPANISH.encode("utf-16-be"), "utf-16"),
        (SPANISH.encode("utf-16-le"), "utf-16-le"),
        (SPANISH.encode("utf-16-be"), "utf-16-be"),
        (SPANISH.encode("cp1252"), "cp1252"),
        (b"", "utf-8"),
    ],
    ids=["utf-8", "utf-8 mark", "utf-16 mark", "utf-16 be mark", "utf-16-le", "utf-16-be", "cp1252", "empty"],
)
def test_text_reads_the_same_in_every_encoding(file, data, encoding):
    """Agencies write all of these, mostly without saying which."""
    read = read_text(file(data))
    assert read.encoding == encoding
    assert read.text == (SPANISH.replace("\r\n", "\n") if data else "")


def test_pages_end_at_form_feeds(file):
    """OCR programs end each page with one, the last too."""
    assert read_text(file(b"one\f\ftwo\fthree\f\n")).page_texts == ("one", "", "two", "three")
    assert read_text(file(b"one")).page_texts == ("one",)


def test_a_letter_that_is_no_utf8_far_down_does_not_lose_the_file(file):
    """The beginning is plain ASCII; the name on page 90 is not."""
    read = read_text(file(b"plain " * 20_000 + b"Mu\xf1oz"))
    assert read.encoding == "cp1252"
    assert read.text.endswith("Muñoz")


@pytest.mark.parametrize("data", [bytes(range(256)) * 8, b"\x00\x01\x02\x03" * 50, b"\x7fELF\x01\x01\x01\x00" * 30])
def test_binary_is_no_text(file, data):
    """A picture shown as letters helps nobody."""
    with pytest.raises(FileRefused) as refused:
        read_text(file(data))
    assert refused.value.code == "FL006"


def test_stray_zeros_in_text_are_dropped(file):
    """Old exports pad lines with them."""
    assert read_text(file(b"a line of text, quite long\n" * 100 + b"\0")).text.count("\0") == 0


@given(st.binary(max_size=300))
def test_recognising_never_fails(data):
    """Whatever the bytes, there is an answer."""
    assert encoding_of(data) is None or codecs.lookup(encoding_of(data))


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_utf8_is_never_taken_for_anything_else(text):
    """UTF-8 is what orders ask for."""
    assert encoding_of(text.encode()) in {"utf-8", "utf-8-sig"}
