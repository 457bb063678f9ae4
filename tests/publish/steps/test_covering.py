"""Pages with names to hide: text, picture, search and every file of the site."""

from __future__ import annotations

import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from tests.publish.sample import PAGE, built, case, document, documents, everything, page, picture, site, words
from vaughn.formats.pages import FileRefused, Refusal
from vaughn.model import Box, Span, Word
from vaughn.publish import PublishedPage, Text, Translation
from vaughn.publish.hiding import NamesToHide
from vaughn.publish.steps.covering import public_page

NAMES = NamesToHide(("Juan Zxqperez",))
SECRET = "Interview of Juan Zxqperez in Queens"


def black(webp, box):
    """Tell whether *box* is black in the picture."""
    image = np.asarray(Image.open(io.BytesIO(webp)).convert("L")).astype(int)
    scale = image.shape[1] / PAGE.width_pt
    return image[int(box.y0 * scale) : int(box.y1 * scale), int(box.x0 * scale) : int(box.x1 * scale)].max() <= 40


def test_a_name_is_covered_in_text_and_picture():
    """One without the other hides nothing."""
    public = public_page(page("A 1", SECRET, has_image=True), NAMES)
    assert public.text == "Interview of █████ in Queens"
    assert public.covered == 1
    boxes = [word.box for word in words(SECRET)]
    assert all(black(public.webp, box) for box in boxes[2:4])
    assert not any(black(public.webp, box) for box in (*boxes[:2], *boxes[4:]))


@pytest.mark.parametrize(
    "changed",
    [
        page("A 1", SECRET, has_image=True, has_words=False),
        replace(page("A 1", SECRET, has_image=True), words=lambda: words(SECRET)[:3]),
        replace(page("A 1", SECRET, has_image=True), words=lambda: (Word(Span(13, 26), Box(900, 10, 950, 20)),)),
        replace(page("A 1", SECRET, has_image=True), size=None),
        replace(page("A 1", SECRET, has_image=True), words=lambda: (Word(Span(0, 5), Box(1, 1, 50, 20)),)),
    ],
    ids=["no words", "half the name", "beside the page", "no size", "another word"],
)
def test_a_name_that_cannot_be_located_keeps_the_picture_away(changed):
    """In doubt, no output."""
    public = public_page(changed, NAMES)
    assert (public.webp, public.image_note) == (None, "image_withheld_hidden")
    assert public.text == "Interview of █████ in Queens"


def test_a_page_nobody_read_keeps_its_picture_while_there_are_names_to_hide():
    """Nobody knows who is on it."""
    unread = page("A 1", None, has_image=True)
    assert public_page(unread, NAMES).image_note == "image_withheld_unread"
    assert public_page(unread, NamesToHide(())).webp is not None


def test_a_name_that_can_still_be_read_in_the_picture_keeps_it_away():
    """Where OCR is installed it has the last word."""
    public = public_page(page("A 1", SECRET, has_image=True), NAMES, read_image=lambda _: "of JUAN ZXQPEREZ in")
    assert public.image_note == "image_withheld_hidden"
    assert public_page(page("A 1", SECRET, has_image=True), NAMES, read_image=lambda _: "in Queens").webp is not None


def test_a_picture_that_cannot_be_read_is_said_to_be_missing():
    """One bad file never stops a site."""

    def broken():
        raise FileRefused("broken", refusal=Refusal.UNREADABLE)

    for image in (broken, lambda: b"no picture"):
        assert public_page(PublishedPage("A 1", "text", image=image), NAMES).image_note == "image_withheld_broken"


def test_no_file_of_a_site_holds_a_hidden_name(tmp_path):
    """Text, search, lists, data, feed, PDF, names of files, downloads."""
    evil = document(
        "zxqperez, juan zxqperez",
        [page("Juan Zxqperez 0001", f"{SECRET}. juanzxqperez@example.org JUAN\nZXQ-\nPEREZ", has_image=True)],
        title=Text("Memo of Juan Zxqperez", "en", (Translation("es", "Memo de Juan Zxqperez"),)),
        agency="Juan Zxqperez",
        native=documents()[1].native,
    )
    whole = case(
        documents=(*documents(), evil),
        synopsis="About Juan **Zxqperez**.",
        caption="Juan Zxqperez v. ICE",
        draw_timeline=lambda events, _: "<svg xmlns='http://www.w3.org/2000/svg'><text>Juan Zxqperez</text></svg>",
    )
    result = built(tmp_path, site(whole, names_to_hide=("Juan Zxqperez", "zxqperez"), title="Juan Zxqperez"))
    assert [name for name, data in everything(tmp_path).items() if b"zxqperez" in (name.encode() + data).lower()] == []
    assert result.covered_names == 3
    assert result.withheld_images == 1
    html = next(
        data for name, data in everything(tmp_path).items() if name.startswith("ndlon/p/") and b"Interview" in data
    )
    assert "█████ in Queens".encode() in html
    assert b"Names of private people were covered" in html


def test_a_native_file_is_not_offered_while_there_are_names_to_hide(tmp_path):
    """Nobody can prove what a spreadsheet holds."""
    built(tmp_path, site(names_to_hide=("Nobody Atall",)))
    names = everything(tmp_path)
    assert not [name for name in names if "/native/" in name]
    assert b"is not offered" in names["ndlon/d/=TABLE=.html"]


def test_a_new_name_on_the_list_covers_what_was_published(tmp_path):
    """The list grows when somebody writes in; the old picture must not stay."""
    named = document("named", [page("NMD 0001", SECRET, has_image=True)])
    whole = site(case(documents=(*documents(), named)))
    built(tmp_path, whole)
    before = everything(tmp_path)
    assert b"Zxqperez" in before["ndlon/p/NMD~0001.html"]
    built(tmp_path, replace(whole, names_to_hide=("Juan Zxqperez",)))
    after = everything(tmp_path)
    assert [name for name, data in after.items() if b"zxqperez" in data.lower()] == []
    assert after["ndlon/img/NMD~0001.webp"] != before["ndlon/img/NMD~0001.webp"]


def test_active_files_are_offered_as_plain_bytes(tmp_path):
    """A produced web page must not run as a page of the site."""
    native = replace(documents()[1].native, name="page.html")
    built(tmp_path, site(case(documents=(*documents(), document("web", [page("WEB 1", "x")], native=native)))))
    assert "ndlon/native/=WEB=.bin" in everything(tmp_path)


def test_pictures_of_pages_are_made_by_us():
    """Whatever comes in, a bare WebP goes out."""
    public = public_page(PublishedPage("A 1", "x", image=lambda: picture("x")), NamesToHide(()))
    assert (public.width_px, public.height_px) == (612, 792)
    assert public.webp[:4] == b"RIFF"
