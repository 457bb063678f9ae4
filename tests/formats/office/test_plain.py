"""Text, XML and web pages as records: as they stand, bounded, what is guessed is told."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.formats.office.made import pages, read, told
from vaughn.formats.faults import FileRefused
from vaughn.formats.office import plain


@pytest.mark.parametrize(
    ("data", "text", "guessed"),
    [
        (b"plain\r\nlines\r", "plain\nlines", False),
        ("\ufeffmarked é".encode(), "marked é", False),
        ("wide é".encode("utf-16"), "wide é", False),
        ("wider é".encode("utf-32"), "wider é", False),
        ("wide without mark".encode("utf-16-le"), "wide without mark", False),
        ("direcci\u00f3n de la se\u00f1ora".encode("cp1252"), "dirección de la señora", True),
        ("Согласно закону".encode("koi8_r"), "Согласно закону", True),
        (b'{"a": 1}', '{"a": 1}', False),
    ],
)
def test_text_is_read_whatever_its_encoding(data, text, guessed, tmp_path):
    """A guess is told, so that nobody quotes it for certain."""
    reading = read(data, tmp_path, kind="text/plain")
    assert pages(reading) == [text]
    assert ("IN008" in told(reading)) == guessed


def test_form_feeds_are_ends_of_pages(tmp_path):
    """OCR programs and printers write them."""
    assert pages(read(b"one\ftwo\f", tmp_path, kind="text/plain")) == ["one", "two"]


@pytest.mark.parametrize(("data", "code"), [(b"", "FL007"), (b" \r\n\0", "FL007"), (bytes(range(256)) * 4, "FL006")])
def test_what_is_no_text_is_refused(data, code, tmp_path):
    """An empty file and a broken one need different letters to the agency."""
    with pytest.raises(FileRefused) as refused:
        read(data, tmp_path, kind="text/plain")
    assert refused.value.code == code


def test_a_line_without_end_is_read_to_a_limit_and_told(tmp_path, monkeypatch):
    """A gigabyte in one line must neither stop the rest nor be silently cut."""
    monkeypatch.setattr(plain, "MAX_READ_BYTES", 100_000)
    reading = read(b"word " * 30_000, tmp_path, kind="text/plain")
    assert sum(page.characters for page in reading.pages) == 80_000
    assert told(reading)["IN014"] == "Of 150,000 bytes the first 100,000 were read."


def test_xml_stands_as_it_is_with_its_entities_unexpanded(tmp_path):
    """Whoever quotes it quotes the file."""
    data = "<?xml version='1.0' encoding='iso-8859-1'?><!DOCTYPE a [<!ENTITY x 'y'>]><a>\u00e9&x;</a>".encode("latin-1")
    reading = read(data, tmp_path, kind="application/xml")
    assert pages(reading)[0].endswith("<a>é&x;</a>")
    assert set(told(reading)) == {"IN014"}


def test_a_web_page_is_read_with_what_it_hides_and_refers_to(tmp_path):
    """Hidden words and addresses stand below, apart from what the page shows."""
    page = (
        "<title>Plan</title><meta name=author content='Ann'><p>Seen</p><p hidden>unseen</p>"
        "<img src='http://a.example/x.gif'><a href='http://b.example/'>more</a>"
    )
    reading = read(page.encode(), tmp_path, kind="text/html")
    assert pages(reading) == ["Seen\n\nmore\n\n[Hidden text]\nunseen\n\n[Links]\nhttp://b.example/"]
    assert (reading.facts.title, str(reading.facts.author)) == ("Plan", "Ann")
    assert told(reading)["IN010"] == "Hidden: 1 stretch of text."
    assert told(reading)["IN013"].startswith("It refers to others: 1 file on the network, 1 link.")


@settings(max_examples=60, deadline=None)
@given(st.binary(min_size=1, max_size=120), st.sampled_from(["text/plain", "text/html", "application/xml", "text/csv"]))
def test_any_bytes_are_read_or_refused(tmp_path_factory, data, kind):
    """Nothing else is ever raised."""
    try:
        reading = read(data, tmp_path_factory.getbasetemp(), kind=kind)
    except FileRefused:
        return
    assert reading.page_count == len(reading.pages)
