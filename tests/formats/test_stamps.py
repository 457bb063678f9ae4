from __future__ import annotations

import pytest

from vaughn.formats.pages import stamp_candidates
from vaughn.model import Box, PageSize, PageText, Span, Word

LETTER = PageSize(612.0, 792.0)


def _page(*lines):
    """Return a page; each line is (text, x, y) with words 6 pt a letter and 10 pt high."""
    text, words = "", []
    for line, x, y in lines:
        at = x
        for number, spelled in enumerate(line.split(" ")):
            text += " " if number else ("\n" if text else "")
            words.append(Word(Span(len(text), len(text) + len(spelled)), Box(at, y, at + 6 * len(spelled), y + 10)))
            text += spelled
            at += 6 * len(spelled) + 3
    return PageText(text, tuple(words))


def _texts(page):
    return [candidate.text for candidate in stamp_candidates(page, LETTER)]


@pytest.mark.parametrize(
    "stamp",
    ["EFTA00008529", "FBI-SC-FPL-458", "STIP-0919", "2015-ICFO-06247.000001", "HOUSE_OVERSIGHT_012345", "ABC-0001.0002",
     "ABC0001_R", "000123", "ICE.2010FOIA2674.0117629"],
)  # fmt: skip
def test_every_form_of_a_number_is_found_in_the_bottom_margin(stamp):
    """The forms of real productions."""
    assert _texts(_page(("The body speaks of EFTA99999999.", 72, 300), (stamp, 450, 770)))[0] == stamp


def test_a_prefix_set_apart_belongs_to_the_number():
    """ICE prints a blank inside its numbers."""
    found = _texts(_page(("ICE 2010FOIA2674.0117629", 400, 770)))
    assert found == ["ICE 2010FOIA2674.0117629", "2010FOIA2674.0117629"]


def test_the_body_is_not_looked_at():
    """A letter that quotes a number is not stamped with it."""
    assert _texts(_page(("see EFTA00008529", 72, 400))) == []


@pytest.mark.parametrize(
    "line",
    ["PAGE 0022", "Page 022", "p.0022", "Pg_00012", "No. 0012", "Sheet 0004", "EXHIBIT A-0012", "Frm 00012", "Tab 0012",
     "DEFENDANT EXHIBIT 0012", "Document 141", "FAX 0012345678", "Case 003488"],
)  # fmt: skip
def test_a_number_behind_an_ordinary_word_is_no_stamp(line):
    """Gazettes, fax machines and exhibits count their pages too."""
    assert _texts(_page((line, 72, 770))) == []


@pytest.mark.parametrize(
    "line",
    ["Page 3 of 12", "12", "01/17/2011", "2011-01-17", "(202) 555-0100", "202-555-0100", "14:03:00", "2011",
     "20530-0001", "1:10-cv-03488", "a.person@ice.dhs.gov", "https://www.ice.gov/123"],
)  # fmt: skip
def test_what_is_no_number_of_a_production_is_left_alone(line):
    """Margins are full of figures."""
    assert _texts(_page((line, 72, 770))) == []


def test_the_lower_right_number_with_letters_comes_first():
    """Court stamps stand above, Bates stamps below."""
    page = _page(("00516242060", 72, 20), ("EFTA00008529", 450, 770))
    assert _texts(page)[0] == "EFTA00008529"


def test_the_box_covers_the_prefix_too():
    """The viewer shows where the number stands."""
    first = stamp_candidates(_page(("ICE 0004521", 400, 770)), LETTER)[0]
    assert (first.box.x0, first.box.x1) == (400, 400 + 18 + 3 + 42)
