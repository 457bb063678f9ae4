"""A few words around a hit, and hits in documents of every shape."""

from __future__ import annotations

from datetime import date

import pytest

from vaughn.app.opening import actor
from vaughn.app.receiving import Handover, receive_handover
from vaughn.app.searching import count_hits, hits_on_pages, snippet
from vaughn.fulltext import TextIndex, hit_spans, read_query
from vaughn.model import Case
from vaughn.store import CaseFile


def shown(text, typed):
    return "".join(
        f"[{part.text}]" if part.is_hit else part.text for part in snippet(text, hit_spans(text, read_query(typed)))
    )


@pytest.mark.parametrize(
    ("text", "typed", "expected"),
    [
        ("one two three", "two", "one [two] three"),
        ("one\n\n  two\tthree", '"one two"', "[one two] three"),
        ("", "two", ""),
        ("a b a", "a", "[a] b [a]"),
        ("aa ab aa", '"aa ab" "ab aa"', "[aa ab] aa"),
    ],
)
def test_hits_are_marked_in_the_words_around_them(text, typed, expected):
    """The reader judges by the words around."""
    assert shown(text, typed) == expected


def test_the_place_with_the_most_hits_is_shown():
    """A phrase stamped at the head of every page says nothing about this page."""
    text = "ICE header " + "filler " * 200 + "the ICE office told ICE agents " + "more " * 100
    snippet_text = shown(text, "ice")
    assert "header" not in snippet_text
    assert snippet_text.count("[ICE]") == 2
    assert snippet_text.startswith("… ")
    assert snippet_text.endswith(" …")
    assert len(snippet_text) < 400


def test_a_native_without_pages_is_found_by_its_text(tmp_path):
    """A spreadsheet has no page, and what it says must be found all the same."""
    volume = tmp_path / "VOL"
    volume.mkdir()
    rows = [("BEGBATES", "TEXTLINK", "NATIVELINK"), ("N-1", r"\N-1.txt", r"\N-1.xlsx")]
    lines = ["\x14".join(f"þ{value}þ" for value in row) for row in rows]
    (volume / "a.dat").write_text("\r\n".join(lines) + "\r\n", encoding="utf-8-sig", newline="")
    (volume / "N-1.txt").write_text("cells about detainers and detainers", encoding="utf-8")
    (volume / "N-1.xlsx").write_bytes(b"PK\x03\x04")
    with CaseFile.create(tmp_path / "case", Case("A v. B"), actor=actor("test")) as case:
        receive_handover(case, Handover(volume, "ICE", date(2011, 1, 17)), lambda *_: None)
        query = read_query("detainers")
        (found,) = TextIndex(case.fulltext).search(query).documents()
        assert count_hits(case, [found], query) == 2
        (page,) = hits_on_pages(case, found, query, first=5)
        assert (page.page_id, page.number, page.label, len(page.spans)) in [(0, 0, None, 2), (1, 1, "N-1", 2)]
