"""DOCX: what Word shows is the text; what it keeps besides is listed; what is hostile is bounded."""

# ruff: noqa: E501 -- markup reads better in one line

from __future__ import annotations

import random
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.formats.office.made import (
    CORPUS,
    DOCX,
    R,
    W,
    arrows,
    docx,
    pages,
    paragraph,
    read,
    read_file,
    text,
    told,
    zipped,
)
from vaughn.formats.faults import FileRefused
from vaughn.formats.office.ole import ole_bytes


def test_tables_lists_and_breaks_read_in_their_order(tmp_path):
    """Automatic numbers stand in no run, and people cite them."""
    numbering = (
        f"<w:numbering {W}><w:abstractNum w:abstractNumId='7'><w:lvl w:ilvl='0'><w:start w:val='3'/>"
        "<w:numFmt w:val='decimal'/><w:lvlText w:val='%1.'/></w:lvl><w:lvl w:ilvl='1'><w:numFmt w:val='lowerLetter'/>"
        "<w:lvlText w:val='(%2)'/></w:lvl></w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='7'/></w:num>"
        "</w:numbering>"
    )
    listed = "<w:pPr><w:numPr><w:ilvl w:val='{}'/><w:numId w:val='1'/></w:numPr></w:pPr>"
    body = (
        paragraph(listed.format(0), "First") + paragraph(listed.format(1), "inner") + paragraph(listed.format(0), "Next")
        + f"<w:tbl><w:tr><w:tc>{paragraph('a')}</w:tc><w:tc>{paragraph('b')}</w:tc></w:tr></w:tbl>"
        + paragraph("one", "<w:r><w:tab/><w:t>two</w:t><w:br/><w:t>three</w:t></w:r>")
        + paragraph("<w:r><w:br w:type='page'/></w:r>", "second page")
    )  # fmt: skip
    reading = read(docx(body, ("numbering", "numbering.xml"), numbering_xml=numbering), tmp_path, kind=DOCX)
    assert pages(reading) == ["3. First\n(a) inner\n4. Next\na\tb\none\ttwo\nthree", "second page"]


def test_a_comment_is_told_with_the_words_it_stands_on(tmp_path):
    """Which words were remarked on is half of the remark."""
    body = paragraph(
        "It is ", '<w:commentRangeStart w:id="4"/>', "secret", '<w:commentRangeEnd w:id="4"/>',
        '<w:r><w:commentReference w:id="4"/></w:r>', " here",
    )  # fmt: skip
    comments = f'<w:comments {W}><w:comment w:id="4" w:author="Ann" w:date="2011-01-17T09:03:00Z">{paragraph("Why?")}</w:comment></w:comments>'
    reading = read(docx(body, ("comments", "comments.xml"), comments_xml=comments), tmp_path, kind=DOCX)
    assert pages(reading)[0] == "It is secret here"
    assert '1. Ann, 2011-01-17T09:03:00Z, on "secret": Why?' in pages(reading)[1]


def test_text_hidden_by_a_style_is_hidden(tmp_path):
    """Word hides by style as well as by hand."""
    styles = f"<w:styles {W}><w:style w:styleId='H'><w:rPr><w:vanish/></w:rPr></w:style><w:style w:styleId='K'><w:basedOn w:val='H'/></w:style></w:styles>"
    body = paragraph("seen ", '<w:r><w:rPr><w:rStyle w:val="K"/></w:rPr><w:t>unseen</w:t></w:r>')
    reading = read(docx(body, ("styles", "styles.xml"), styles_xml=styles), tmp_path, kind=DOCX)
    assert pages(reading) == ["seen", "[Hidden text]\nunseen"]
    assert told(reading)["IN010"] == "Hidden: 1 stretch of text."


def test_fields_show_their_result_and_their_addresses_are_told(tmp_path):
    """The code of a field is nothing a reader of the document sees."""
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "http://a.example/"</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>here</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    linked = docx(paragraph("Look ", field), ("attachedTemplate", "http://b.example/t.dotm"))
    reading = read(linked, tmp_path, kind=DOCX)
    assert pages(reading)[0] == "Look here"
    assert pages(reading)[1].split("\n") == [
        "[Refers to]", "template: http://b.example/t.dotm", "link: http://a.example/",
    ]  # fmt: skip
    assert told(reading)["IN013"].startswith("It refers to others: 1 template, 1 link.")


def test_text_boxes_are_read_once(tmp_path):
    """Word writes a box twice, for itself and for older programs."""
    box = "<w:txbxContent>{}</w:txbxContent>"
    body = paragraph(
        "Anchor",
        f'<mc:AlternateContent xmlns:mc="m"><mc:Choice><w:drawing>{box.format(paragraph("boxed"))}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict>{box.format(paragraph('boxed'))}</w:pict></mc:Fallback></mc:AlternateContent>",
    )
    assert text(read(docx(body), tmp_path, kind=DOCX)) == "Anchor\nboxed"


def test_a_file_inside_comes_out_under_its_own_name(tmp_path):
    """The object's wrapping is of no use to a reader; the sheet in it may be the record."""
    native = (
        b"\x02\x00label.txt\0C:\\x\\label.txt\0\0\0\3\0"
        + (5).to_bytes(4, "little")
        + b"temp\0"
        + (3).to_bytes(4, "little")
        + b"abc"
    )
    wrapped = ole_bytes({("\x01Ole10Native",): len(native).to_bytes(4, "little") + native})
    reading = read(docx(paragraph("x"), ("oleObject", "o.bin"), o_bin=wrapped), tmp_path, kind=DOCX)
    assert [(part.name, part.data) for part in reading.parts] == [("label.txt", b"abc")]


def test_macros_and_entities_are_told_and_harmless(tmp_path):
    """Neither is ever run or expanded."""
    bomb = "<!DOCTYPE a [<!ENTITY x 'lol'><!ENTITY y '&x;&x;&x;'>]>"
    data = docx(paragraph("a ", "<w:r><w:t>&y;b</w:t></w:r>"), vbaProject_bin=b"x")
    data = zipped({"word/document.xml": bomb + f"<w:document {W}><w:body>{paragraph('a', '<w:r><w:t>&y;b</w:t></w:r>')}</w:body></w:document>",
                   "word/vbaProject.bin": b"x"})  # fmt: skip
    reading = read(data, tmp_path, kind=DOCX)
    assert "lol" not in text(reading)
    assert set(told(reading)) == {"IN012", "IN014"}


def test_strict_files_are_read_like_others(tmp_path):
    """Word can save so; only the names in the file differ."""
    data = docx(paragraph("plain"), strict=True)
    assert b"purl.oclc.org" in data
    assert text(read(data, tmp_path, kind=DOCX)) == "plain"


def test_tables_in_tables_without_end_do_not_break_the_reader(tmp_path):
    """Depth is bounded, and words beyond it are still there."""
    deep = "<w:tbl><w:tr><w:tc>" * 400 + paragraph("deep") + "</w:tc></w:tr></w:tbl>" * 400
    assert "deep" in text(read(docx(deep), tmp_path, kind=DOCX))


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", zipped({"a": "b"}), zipped({"word/document.xml": "no markup"})])
def test_what_is_no_document_is_refused(data, tmp_path):
    """A refusal is a row in the list of exceptions."""
    with pytest.raises(FileRefused):
        read(data, tmp_path, kind=DOCX)


def test_a_wrong_password_is_told_and_the_right_one_opens(tmp_path):
    """The file is locked with SHA-1 and a key of 256 bits, which few readers open."""
    data = (CORPUS / "bug53475-password-is-pass.docx").read_bytes()
    with pytest.raises(FileRefused) as refused:
        read(data, tmp_path, kind="application/x-ole-storage", passwords=("wrong",))
    assert refused.value.code == "FL012"
    reading = read(data, tmp_path, kind="application/x-ole-storage", passwords=("wrong", "pass"))
    assert text(reading).strip()
    assert ("Locked", "yes; opened with a password that was given, or with Office's own") in [
        (one.name, one.value) for one in reading.facts.found
    ]


_PIECES = ["<w:p>", "</w:p>", "<w:r>", "</w:r>", "<w:t>x</w:t>", "<w:tbl>", "<w:tr>", "<w:tc>", "</w:tc>", "<w:ins>", "</w:ins>",
           "<w:del w:author='a'>", "</w:del>", "<w:fldChar w:fldCharType='begin'/>", "<w:fldChar w:fldCharType='end'/>",
           "<w:footnoteReference w:id='1'/>", "<w:commentRangeStart/>", "<w:txbxContent>", "<w:pict>", "<w:sym w:char='F0FE'/>",
           "<w:br w:type='page'/>", "<w:numPr>", "<w:numId w:val='99999999999'/>", "<w:sdt>", "&z;", "<", "\0"]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(_PIECES), max_size=30).map("".join), st.integers(0, 2**32))
def test_any_package_is_read_or_refused(tmp_path_factory, body, seed):
    """Nothing else is ever raised, whatever stands in the file."""
    data = bytearray(docx(body))
    draw = random.Random(seed)
    for _ in range(draw.randrange(4)):
        data[draw.randrange(len(data))] = draw.randrange(256)
    with suppress(FileRefused):
        read(bytes(data), tmp_path_factory.getbasetemp(), kind=DOCX)


def test_a_locked_file_under_the_type_of_its_package_is_opened_all_the_same():
    """Its name says DOCX, and so does the type that is told by the name."""
    path = CORPUS / "bug53475-password-is-pass.docx"
    assert text(read_file(path, kind=DOCX, passwords=("pass",))).strip()
    assert text(read_file(CORPUS / "hyperlink.doc", kind=DOCX)).startswith("Before text")


def test_the_words_of_a_visio_drawing_are_read(tmp_path):
    """Plans and charts of offices are often drawn with it."""
    data = zipped({
        "visio/document.xml": "<VisioDocument/>", "visio/_rels/document.xml.rels": arrows(("pages", "pages/pages.xml")),
        "visio/pages/pages.xml": f"<Pages {R}><Page Name='Plan'><Rel r:id='r1'/></Page></Pages>",
        "visio/pages/_rels/pages.xml.rels": arrows(("page", "page1.xml")),
        "visio/pages/page1.xml": "<PageContents><Shapes><Shape><Text>North <cp/>gate</Text></Shape></Shapes></PageContents>",
    })  # fmt: skip
    assert pages(read(data, tmp_path, kind="application/vnd.ms-visio.drawing")) == ["[Drawing 1: Plan]\n\nNorth gate"]
