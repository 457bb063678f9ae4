"""Records that are no paper, opened as pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from vaughn.formats.pages import FileRefused, has_pages, page_count, read_packed, render_page, render_words, unpack_text


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "letter.txt"
    path.write_text("".join(f"Line {number} of the letter\n" for number in range(130)), encoding="utf-8")
    return path


def test_a_text_file_has_letter_pages_with_words_and_pictures(letter: Path):
    """A text record is read, searched and looked at like any other."""
    assert page_count(letter, "text/plain") == 2
    first, second = read_packed(letter, "text/plain")
    assert unpack_text(second.packed).startswith("Line 65 of")
    assert first.size is not None
    picture = render_page(letter, "text/plain", 2, width_px=300)
    assert picture == render_words(second.packed, first.size, width_px=300)


def test_a_range_of_pages_is_that_range(letter: Path):
    """Long records are read in ranges; none may come twice."""
    assert [page.number for page in read_packed(letter, "text/plain", 2, 5)] == [2]


def test_pages_that_are_not_there_are_refused(letter: Path):
    """A page number from an address is data."""
    with pytest.raises(FileRefused):
        render_page(letter, "text/plain", 3, width_px=300)


@pytest.mark.parametrize(
    ("media_type", "expected"), [("text/csv", True), ("application/pdf", True), ("video/x", False)]
)
def test_it_is_known_beforehand_which_types_have_pages(media_type: str, expected: bool):
    """Files of other types are not sent to a child in vain."""
    assert has_pages(media_type) is expected
