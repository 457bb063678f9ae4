"""What is shown of a message as laid out can do nothing, whatever its sender put into it."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.app.pile import HOSTILE_HTML
from vaughn.formats.faults import FileRefused
from vaughn.formats.readers import ReadingRequest
from vaughn.formats.views import MAX_HTML_BYTES, harmless_page, sheet_rows

# What may act or fetch, as tag or as attribute; `title` may say an address, `src` must be a picture in the page itself.
_ACTING_TAGS = frozenset(
    {
        "script",
        "iframe",
        "form",
        "input",
        "object",
        "embed",
        "svg",
        "math",
        "link",
        "meta",
        "base",
        "style",
        "video",
        "audio",
        "frame",
        "applet",
    }
)
_ACTING = frozenset(
    {
        "href",
        "srcset",
        "action",
        "background",
        "ping",
        "formaction",
        "poster",
        "srcdoc",
        "xlink:href",
        "data",
    }
)


_TRICKS = st.lists(
    st.sampled_from(
        [
            "<img src=http://x.example/a>", "<a href='javascript:alert(1)'>", "<svg onload=alert(1)>", "<!--", "-->",
            "<style>", "</style>", "<p style='background:url(//x.example)'>", "<math><mi xlink:href=//x>", "</p>",
            "<table background=http://x.example>", "<img srcset='//x.example 2x'>", "<script>", "</script>", "text",
            "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>", "<base href=//x>", "<iframe srcdoc='<p>'>",
            "<img src='data:text/html,x'>", "<img src='cid:unknown'>", "<div style='position:fixed;width:100%'>",
            "<meta http-equiv=refresh content='0;url=//x'>", "<a href=//x.example ping=//x>", "\x00", "<", "'", '"',
        ]
    ),
    max_size=12,
).map("".join)  # fmt: skip


class _Acting(HTMLParser):
    """Notes every tag and attribute of a page that could act or fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag in _ACTING_TAGS:
            self.found.append(tag)
        for name, value in attrs:
            fetches = (name == "src" and not value.startswith("data:image/")) or (name == "style" and "url" in value)
            if name in _ACTING or name.startswith("on") or fetches or ("javascript:" in value and name != "title"):
                self.found.append(f"{tag} {name}")


def _acting(page: str) -> list[str]:
    parser = _Acting()
    parser.feed(page.split("<body>")[1])
    return parser.found


def _request(path: Path, media_type: str) -> ReadingRequest:
    return ReadingRequest(path, media_type, path.name)


def _page(folder: Path, markup: str) -> str:
    path = folder / "a.html"
    path.write_text(markup)
    return harmless_page(_request(path, "text/html")).html


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("pages")


@settings(max_examples=150, deadline=None)
@given(markup=_TRICKS)
def test_nothing_that_acts_or_fetches_is_left(folder: Path, markup: str):
    """The frame and its policy are a second wall, not the first."""
    assert _acting(_page(folder, markup)) == []


def test_the_words_and_plain_formatting_of_a_web_page_stay(folder: Path):
    """A saved page carries the scripts of its site; a table in it reads as a table."""
    found = _page(folder, HOSTILE_HTML + "<table bgcolor=red><tr><td colspan=2>cell</table>")
    assert "Please see the <b>policy</b> below." in found
    assert '<td colspan="2">cell</td>' in found
    assert _acting(found) == []


def test_a_message_is_shown_by_the_same_rules(tmp_path: Path):
    """Its signs are text, not markup."""
    path = tmp_path / "a.eml"
    path.write_bytes(b"From: a@b.example\nSubject: x\n\n1 < 2 <script>alert(1)</script>\n")
    assert "1 &lt; 2 &lt;script&gt;" in harmless_page(_request(path, "message/rfc822")).html


@pytest.mark.parametrize("media_type", ["application/pdf", "text/plain", "image/svg+xml"])
def test_other_types_are_refused(tmp_path: Path, media_type: str):
    """Only what is laid out in HTML is shown so."""
    path = tmp_path / "a"
    path.write_text("x")
    with pytest.raises(FileRefused):
        harmless_page(_request(path, media_type))


def test_a_page_that_would_choke_the_browser_is_refused(tmp_path: Path):
    """Its pages show the text."""
    path = tmp_path / "a.html"
    path.write_text("<p>" * (MAX_HTML_BYTES // 3 + 1))
    with pytest.raises(FileRefused):
        harmless_page(_request(path, "text/html"))


def test_rows_of_a_table_come_by_position(tmp_path: Path):
    """A child is told where to begin and how many rows to bring."""
    path = tmp_path / "a.csv"
    path.write_text("".join(f"row {number},{number}\n" for number in range(1, 301)))
    window = sheet_rows(_request(path, "text/csv"), 1, 201, 50)
    assert (window.rows[0].number, window.rows[0].cells[0], len(window.rows)) == (201, "row 201", 50)
    assert window.has_more
