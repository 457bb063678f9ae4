"""One text in four formats: deleted, inserted and hidden words, a comment, a footnote and a table, told alike."""

from __future__ import annotations

import pytest

from tests.formats.office.made import CORPUS, DOCX, ODT, OLE, RTF, pages, read_file, told

KINDS = {"made.docx": DOCX, "made.doc": OLE, "made.odt": ODT, "made.rtf": RTF}


@pytest.mark.parametrize("name", KINDS)
def test_the_text_reads_as_the_document_stands(name):
    """A quotation of deleted or hidden words would be a misquotation."""
    first = pages(read_file(CORPUS / name, kind=KINDS[name]))[0]
    assert first.split("\n") == ["The plan B stands[1].", "Seen end", "a\tb", "", "[Footnotes]", "[1] See annex."]


@pytest.mark.parametrize("name", KINDS)
def test_what_was_deleted_inserted_hidden_and_remarked_is_listed_with_who_did_it(name):
    """What an agency struck out is often what the suit is about."""
    reading = read_file(CORPUS / name, kind=KINDS[name])
    last = pages(reading)[-1]
    assert "[Comments]\n1. Eve" in last
    assert ": Why?" in last
    assert "Deleted by Ann, 2011-01-17T09:03" in last
    assert ": secret" in last
    assert "Inserted by Bob, 2011-01-18T09:03" in last
    assert last.endswith("[Hidden text]\nunseen")
    assert told(reading) == {
        "IN010": "Hidden: 1 stretch of text.",
        "IN011": "There are 1 comment, 2 tracked changes.",
    }
