"""Markdown with citations; hostile Markdown."""

from __future__ import annotations

import time

import pytest

from vaughn.model import InputError
from vaughn.publish.guides import Citations, rendered

PATHS = {f"ICE {n:07d}": f"p/ICE~{n:07d}.html" for n in range(1, 9)} | {
    "ICE 0000003@again": "p/x.html",
    "FBI-SC-FPL-458": "p/FBI-SC-FPL-458.html",
}
CITATIONS = Citations(PATHS)


def shown(markdown, **options):
    return rendered(markdown, CITATIONS, file="guide.md", up="../", **options)


@pytest.mark.parametrize(
    ("markdown", "path"),
    [
        ("See [ICE 0000003].", "p/ICE~0000003.html"),
        ("See [[ICE 0000003]].", "p/ICE~0000003.html"),
        ("See [ice 3].", "p/ICE~0000003.html"),
        ("See [ICE  0000003].", "p/ICE~0000003.html"),
        ("See [FBI-SC-FPL-458].", "p/FBI-SC-FPL-458.html"),
        ("See [ICE 0000003@again].", "p/x.html"),
        ("| a |\n|---|\n| [ICE 0000003] |", "p/ICE~0000003.html"),
    ],
)
def test_a_cited_number_becomes_a_link(markdown, path):
    """Readers go from the guide to the page."""
    result = shown(markdown)
    assert f'href="../{path}"' in result.html
    assert result.dead == ()


@pytest.mark.parametrize("dash", ["–", " - ", " – ", "—"])
def test_a_range_links_both_ends(dash):
    """The second number may lack its prefix."""
    html = shown(f"[ICE 0000003{dash}0000005]").html
    assert "ICE~0000003.html" in html
    assert "ICE~0000005.html" in html


def test_dead_citations_are_all_named_with_their_line():
    """Who mends them needs to find them."""
    text = "# Title\n\nFine: [ICE 0000001].\nDead: [ICE 0000099]\nand [[Doc 7]]\n\n"
    text += "- [ICE 0000001 – ICE 0000055]\n- [STIP-0919]\n"
    dead = [(one.file, one.line, one.cited) for one in shown(text).dead]
    assert dead == [
        ("guide.md", 4, "ICE 0000099"),
        ("guide.md", 5, "Doc 7"),
        ("guide.md", 7, "ICE 0000055"),
        ("guide.md", 8, "STIP-0919"),
    ]


@pytest.mark.parametrize("text", ["[note 3]", "[1]", "[sic]", "[FY 2010]", r"\[ICE 0000099\]", "`[ICE 0000099]`"])
def test_other_brackets_are_no_citations(text):
    """Not every bracket cites a page."""
    assert shown(text).dead == ()


def test_a_link_with_text_stays_a_link():
    """``[text](address)`` is Markdown's own."""
    html = shown("[ICE 0000003](https://example.org/x)").html
    assert 'href="https://example.org/x"' in html
    assert 'rel="noopener noreferrer"' in html


@pytest.mark.parametrize(
    "markdown",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](&#106;avascript:alert(1))",
        "[x]: javascript:alert(1)\n\n[x]",
        "<javascript:alert(1)>",
        "![x](https://example.org/pixel.png)",
        '[x](https://example.org "on<b>")',
        "[[ICE 0000003]<b>]",
        "```html\n<script>\n```",
    ],
)
def test_hostile_markdown_is_shown_as_text(markdown):
    """Guides are written by many hands."""
    html = shown(markdown).html.lower()
    assert "<script" not in html
    assert "<img" not in html
    assert "<b>" not in html
    assert 'href="javascript' not in html
    assert 'href="data' not in html


@pytest.mark.parametrize(
    "markdown",
    [">" * 50_000 + " x", "[" * 50_000, "*" * 50_000 + "a", "- " * 20_000 + "x", "[[" * 25_000, "`" * 30_000 + "a"],
    ids=["quotes", "brackets", "stars", "lists", "citations", "ticks"],
)
def test_huge_nesting_ends(markdown):
    """One text must not stop a build."""
    began = time.process_time()
    shown(markdown)
    assert time.process_time() - began < 20


def test_a_text_longer_than_any_guide_is_refused():
    """With its name and a way out."""
    with pytest.raises(InputError, match=r"guide\.md"):
        shown("a" * 1_000_001)


def test_headings_stand_below_that_of_the_page():
    """One page, one first heading."""
    assert "<h3>A</h3>" in shown("# A", heading_shift=2).html
