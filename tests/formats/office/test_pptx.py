"""Presentations: a page a slide, with notes and comments; hidden ones marked; old versions of a slide left out."""

from __future__ import annotations

# ruff: noqa: E501 -- markup reads better in one line
import random
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.formats.office.made import CORPUS, ODP, OLE, PPTX, R, arrows, pages, read, read_file, told, zipped
from vaughn.formats.faults import FileRefused

P = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'


def _shape(words: str, properties: str = "") -> str:
    return f"<p:sp><p:nvSpPr><p:cNvPr id='1' {properties}/></p:nvSpPr><p:txBody><a:p><a:r><a:t>{words}</a:t></a:r></a:p></p:txBody></p:sp>"


def _slide(shapes: str, attributes: str = "") -> str:
    return f"<p:sld {P} {R} {attributes}><p:cSld><p:spTree>{shapes}</p:spTree></p:cSld></p:sld>"


def _show(*slides: str, **parts: str) -> bytes:
    numbers = "".join(f'<p:sldId id="{255 + number}" r:id="r{number}"/>' for number in range(1, len(slides) + 1))
    made: dict[str, str | bytes] = {
        "ppt/presentation.xml": f"<p:presentation {P} {R}><p:sldIdLst>{numbers}</p:sldIdLst></p:presentation>",
        "ppt/_rels/presentation.xml.rels": arrows(
            *[("slide", f"s{number}.xml") for number in range(1, len(slides) + 1)], ("commentAuthors", "authors.xml")
        ),
    }
    made.update({f"ppt/s{number}.xml": slide for number, slide in enumerate(slides, start=1)})
    made.update(
        {
            f"ppt/{name.replace('_rels_', '_rels/').replace('_xml', '.xml').replace('_dot_rels', '.rels')}": part
            for name, part in parts.items()
        }
    )
    return zipped(made)


def test_slides_come_in_their_order_with_notes_and_comments(tmp_path):
    """What was said beside a slide is often more than stands on it."""
    table = "<p:graphicFrame><a:graphic><a:graphicData><a:tbl><a:tr><a:tc><a:txBody><a:p><a:r><a:t>x</a:t></a:r></a:p></a:txBody></a:tc><a:tc><a:txBody><a:p><a:r><a:t>y</a:t></a:r></a:p></a:txBody></a:tc></a:tr></a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
    data = _show(
        _slide(_shape("Title", "descr='The seal'") + f"<p:grpSp>{_shape('grouped')}</p:grpSp>" + table + _shape("unseen", "hidden='1'")),
        _slide(_shape("Second"), "show='0'"),
        _rels_s1_xml_dot_rels=arrows(("notesSlide", "n.xml"), ("comments", "c.xml")),
        n_xml=f"<p:notes {P}><p:cSld><p:spTree>{_shape('spoken')}</p:spTree></p:cSld></p:notes>",
        c_xml=f"<p:cmLst {P}><p:cm authorId='0' dt='2011-01-17T09:03:00'><p:text>Why?</p:text></p:cm></p:cmLst>",
        authors_xml=f"<p:cmAuthorLst {P}><p:cmAuthor id='0' name='Ann'/></p:cmAuthorLst>",
    )  # fmt: skip
    reading = read(data, tmp_path, kind=PPTX)
    assert pages(reading) == [
        "[Slide 1]\n\nTitle\ngrouped\nx\ty\n\n[Hidden text]\nunseen\n\n[Notes]\nspoken\n\n[Comments]\nAnn, 2011-01-17T09:03:00: Why?\n\n[Descriptions of pictures]\nThe seal",
        "[Slide 2 (hidden)]\n\nSecond",
    ]
    assert told(reading)["IN010"] == "Hidden: 1 shape, 1 slide."


@pytest.mark.parametrize(
    ("name", "passwords", "start"),
    [
        ("with_textbox.ppt", (), "[Slide 1]\n\nHello, World!!!"),
        ("Password_Protected-hello.ppt", ("hello",), "[Slide 1]\n\n"),
        ("basic_test_ppt_file.ppt", (), "[Slide 1]\n\nThis is a test title"),
    ],
)
def test_old_presentations_are_read(name, passwords, start):
    """Real files, one of them locked."""
    reading = read_file(CORPUS / name, kind=OLE, passwords=passwords)
    assert pages(reading)[0].startswith(start)
    assert not told(reading)


def test_a_locked_presentation_is_refused_without_its_password():
    """And it says what would help."""
    with pytest.raises(FileRefused) as refused:
        read_file(CORPUS / "Password_Protected-hello.ppt", kind=OLE)
    assert refused.value.code == "FL012"
    assert refused.value.hint


def test_slides_of_an_open_document_are_read(tmp_path):
    """A page for each, notes below."""
    names = 'xmlns:d="d" xmlns:x="x" xmlns:o="o" xmlns:p="p"'
    content = f"<o:document-content {names}><o:body><o:presentation><d:page><d:frame><d:text-box><x:p>One</x:p></d:text-box></d:frame><p:notes><d:frame><d:text-box><x:p>spoken</x:p></d:text-box></d:frame></p:notes></d:page><d:page><x:p>Two</x:p></d:page></o:presentation></o:body></o:document-content>"
    reading = read(zipped({"mimetype": ODP, "content.xml": content}), tmp_path, kind=ODP)
    assert pages(reading) == ["[Slide 1]\n\nOne\n\n[Notes]\nspoken", "[Slide 2]\n\nTwo"]


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(["with_textbox.ppt", "Password_Protected-hello.ppt", "hyperlink.doc", "made.doc"]),
    st.integers(0, 2**32),
)
def test_damaged_old_files_are_read_or_refused(tmp_path_factory, name, seed):
    """Nothing else is ever raised, whatever byte is wrong."""
    draw, data = random.Random(seed), bytearray((CORPUS / name).read_bytes())
    for _ in range(draw.randrange(1, 40)):
        data[draw.randrange(len(data))] = draw.choice((0, 255, draw.randrange(256)))
    with suppress(FileRefused):
        read(
            bytes(data[: draw.randrange(512, len(data) + 1)]),
            tmp_path_factory.getbasetemp(),
            kind=OLE,
            passwords=("hello",),
        )
