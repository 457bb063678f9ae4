from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest

from tests.formats.pdf.made_notes import page_with
from vaughn.formats.ocr_routing import needs_ocr
from vaughn.formats.pages import FileRefused, Refusal, attempt, render_page, unpack_text, unpack_words
from vaughn.formats.readers import ReadingRequest, reader_of
from vaughn.model import DocumentKind, PartRole, TextSource

PDF = "application/pdf"
CORPUS = Path(__file__).parents[2] / "corpus" / "pdf"
COMMENT = {"subtype": "Text", "contents": "Withhold this?", "author": "Reviewer 2"}
LOCKED = pikepdf.Encryption(owner="owner", user="secret")


def _read(path, *passwords, spool=None):
    return reader_of(PDF)(ReadingRequest(path, PDF, path.name, passwords, spool))


@pytest.fixture
def made(tmp_path):
    def write(*notes, **more):
        path = tmp_path / "a.pdf"
        path.write_bytes(page_with(*notes, **more))
        return path

    return write


def _text(reading, page=1):
    return unpack_text(reading.pages[page - 1].packed)


def test_what_stands_over_a_page_is_found_and_marked(made):
    """A comment that is not on the paper is a record all the same, and must not be taken for its words."""
    path = made(
        COMMENT,
        {"subtype": "FreeText", "contents": "see\rtab 4"},
        {"subtype": "Stamp", "contents": "DRAFT"},
        {"subtype": "Link"},
        {"subtype": "Popup", "contents": "twice"},
        fields=[
            {"name": "Name", "value": "J. Doe"},
            {"name": "Empty"},
            {"name": "Agree", "kind": "Btn", "state": "Yes"},
        ],
    )
    reading = _read(path)
    assert _text(reading).split("\n") == [
        "Paragraph one",
        "",
        "[comment by Reviewer 2] Withhold this?",
        "[free text] see",
        "tab 4",
        "[stamp] DRAFT",
        "[form field Name] J. Doe",
        "[form field Agree] Yes",
    ]
    assert [(one.code, one.message) for one in reading.findings] == [
        ("IN024", "The PDF has 3 form fields, 3 annotations.")
    ]


def test_a_note_is_where_its_annotation_is(made):
    """A hit in a comment is shown on the page."""
    page = unpack_words(_read(made(COMMENT)).pages[0].packed)
    named = {page.text[word.span.start : word.span.end]: word.box for word in page.words}
    box = named["Withhold"]
    assert (box.x0, box.y0, box.x1, box.y1) == pytest.approx((100, 72, 300, 92), abs=0.2)
    assert named["one"].y0 > 100


def test_a_hidden_note_says_so(made):
    """It is in the file, and whoever prints it does not see it."""
    assert "[hidden comment by A] secret" in _text(
        _read(made({"subtype": "Text", "contents": "secret", "author": "A", "flags": 2}))
    )


def test_a_note_does_not_keep_a_page_without_words_from_ocr(tmp_path):
    """A scan with a long comment is a scan all the same."""
    path = tmp_path / "a.pdf"
    long = {"subtype": "Text", "contents": "withhold this paragraph " * 20}
    with pikepdf.open(io.BytesIO(page_with(long))) as pdf:
        pdf.pages[0].Contents = pdf.make_stream(b"")
        pdf.save(path)
    page = _read(path).pages[0]
    assert page.source is TextSource.EMPTY
    assert needs_ocr(page).is_needed
    assert "withhold" in unpack_text(page.packed)


def test_redactions_that_were_only_marked_are_told(made):
    """The text below is still there."""
    reading = _read(made({"subtype": "Redact"}, {"subtype": "Redact"}))
    assert reading.findings[0].message.endswith("2 of the annotations mark redactions that were not applied.")


def test_attached_files_become_parts(made, tmp_path):
    """A portfolio is a cover for the files in it."""
    reading = _read(made(attached={"sub/letter.txt": b"Dear", "b.bin": bytes(5_000_000)}), spool=tmp_path)
    parts = {part.name: part for part in reading.parts}
    assert set(parts) == {"letter.txt", "b.bin"}
    assert (parts["letter.txt"].data, parts["letter.txt"].role) == (b"Dear", PartRole.ATTACHMENT)
    assert parts["b.bin"].data is None
    assert (tmp_path / parts["b.bin"].spooled).read_bytes() == bytes(5_000_000)
    assert reading.facts.attachment_names == ("sub/letter.txt", "b.bin") or set(reading.facts.attachment_names) == {
        "sub/letter.txt",
        "b.bin",
    }


def test_facts_come_from_the_document_information(made):
    """Dates keep the offset of the clock that wrote them."""
    info = {"/Title": "Memo", "/Author": "Agency", "/CreationDate": "D:20110117140300-05'00'", "/ModDate": "D:2012"}
    facts = _read(made(info=info)).facts
    assert (facts.title, str(facts.author), facts.kind) == ("Memo", "Agency", DocumentKind.TEXT_DOCUMENT)
    assert facts.created.at == datetime(2011, 1, 17, 19, 3, tzinfo=UTC)
    assert facts.created.offset_minutes == -300
    assert (facts.modified.at, facts.modified.offset_minutes) == (datetime(2012, 1, 1, tzinfo=UTC), None)


def test_layers_are_told(made):
    """What is switched off is not seen and not printed."""
    reading = _read(made(layers=("Text", "Notes")))
    assert reading.findings[0].message == "The PDF has 2 layers (1 not shown)."
    assert ("Hidden layer", "Notes") in [(one.name, one.value) for one in reading.facts.found]


def test_passwords_are_tried_in_order(made):
    """Pages, facts and pictures of a locked file are to be had with its password."""
    path = made(COMMENT, encryption=LOCKED, info={"/Title": "Memo"})
    reading = _read(path, "wrong", "secret")
    assert "Withhold this?" in _text(reading)
    assert reading.facts.title == "Memo"
    assert render_page(path, PDF, 1, width_px=100, passwords=("secret",)).startswith(b"\xff\xd8")


@pytest.mark.parametrize("passwords", [(), ("wrong",), ("wrong", "again")], ids=["none", "one", "two"])
def test_a_locked_file_asks_for_its_password(made, passwords):
    """Never guessed: told."""
    with pytest.raises(FileRefused) as refused:
        _read(made(encryption=LOCKED), *passwords)
    assert refused.value.refusal is Refusal.LOCKED


def test_a_file_locked_against_changes_opens(made):
    """An owner's password forbids printing; it does not hide the text."""
    reading = _read(made(COMMENT, encryption=pikepdf.Encryption(owner="owner", user="")))
    assert "Paragraph one" in _text(reading)
    assert ("Encrypted", "yes") in [(one.name, one.value) for one in reading.facts.found]


def test_pages_beyond_the_first_range_are_left_for_later(made):
    """A file of ten thousand pages is read in tasks of fifty."""
    reading = _read(made(pages=60))
    assert (reading.page_count, len(reading.pages)) == (60, 50)


def test_locked_attachments_do_not_lock_the_pages():
    """Some files encrypt nothing but what is attached to them."""
    reading = _read(CORPUS / "encrypted-attachment.pdf")
    assert [one.code for one in reading.findings] == ["FL012"]
    assert reading.page_count == 1


@pytest.mark.parametrize("path", sorted(CORPUS.iterdir()), ids=lambda path: path.name)
def test_every_hostile_file_is_read_or_refused(path):
    """Whatever is in a file, the others come in."""
    tried = attempt(_read, (path,), {})
    if tried.refusal is None:
        assert tried.value.page_count == len(tried.value.pages)
    else:
        assert tried.code in {"FL006", "FL012"}


def test_a_name_tree_that_loops_ends(tmp_path):
    """Trees are walked once, whoever refers to whom."""
    path = tmp_path / "a.pdf"
    with pikepdf.open(CORPUS / "toc_circular.pdf") as pdf:
        node = pdf.make_indirect(pikepdf.Dictionary())
        node.Kids = pikepdf.Array([node, node])
        pdf.Root.Names = pikepdf.Dictionary(EmbeddedFiles=node)
        pdf.save(path)
    assert _read(path).parts == ()


def test_an_attached_bomb_is_not_unpacked(made, monkeypatch):
    """A thousand to one is what deflate can do."""
    monkeypatch.setattr("vaughn.formats.pdf.structure.MAX_ATTACHED_BYTES", 1_000)
    reading = _read(made(attached={"zeros": bytes(100_000)}))
    assert reading.parts == ()
    assert [one.code for one in reading.findings] == ["IN024", "IN022"]
