"""What is shown of a message as laid out can do nothing, whatever its sender put into it."""

from __future__ import annotations

import re
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.app.pile import HOSTILE_HTML
from vaughn.formats.faults import FileRefused
from vaughn.formats.readers import ReadingRequest
from vaughn.formats.views import MAX_HTML_BYTES, harmless, harmless_page, sheet_rows

PIXEL = b"\x89PNG\r\n\x1a\n" + b"0" * 40
_FORBIDDEN = re.compile(
    r"<\s*(script|iframe|form|input|object|embed|svg|math|link|meta|base|style|video|audio)|javascript:|https?:|//|"
    r"\bon\w+\s*=|url\(|href|srcset|position\s*:",
    re.IGNORECASE,
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


def _request(path: Path, media_type: str) -> ReadingRequest:
    return ReadingRequest(path, media_type, path.name)


@settings(max_examples=300, deadline=None)
@given(_TRICKS)
def test_nothing_that_acts_or_fetches_is_left(markup: str):
    """The frame and its policy are a second wall, not the first."""
    # Text may name addresses: it is the tags that must not.
    tags = "".join(re.findall(r"<[^>]*>", harmless(markup, {})))
    assert _FORBIDDEN.search(tags) is None


def test_the_words_and_plain_formatting_stay():
    """A table in a message reads as a table."""
    found = harmless(HOSTILE_HTML + "<table bgcolor=red><tr><td colspan=2>cell</table>", {})
    assert '<p style="color:red">Please see the <b>policy</b> below.</p>' in found
    assert '<td colspan="2">cell</td>' in found


def test_pictures_in_the_message_are_shown_and_no_others(tmp_path: Path):
    """What came with the message is part of it; a picture from elsewhere tells its owner who reads."""
    message = EmailMessage()
    message.set_content("plain")
    message.add_alternative("<p>hi<img src='cid:logo@x'><img src='http://x.example/p.png'></p>", subtype="html")
    html = message.get_payload()[1]
    html.add_related(PIXEL, maintype="image", subtype="png", cid="<logo@x>")
    path = tmp_path / "a.eml"
    path.write_bytes(message.as_bytes())
    page = harmless_page(_request(path, "message/rfc822")).html
    assert page.count("data:image/png;base64,") == 1
    assert "x.example" not in page


def test_a_message_without_html_is_its_text(tmp_path: Path):
    """Its signs are text, not markup."""
    path = tmp_path / "a.eml"
    path.write_bytes(b"From: a@b.example\nSubject: x\n\n1 < 2 <script>alert(1)</script>\n")
    assert "1 &lt; 2 &lt;script&gt;" in harmless_page(_request(path, "message/rfc822")).html


def test_a_web_page_is_cleaned_too(tmp_path: Path):
    """A saved page carries the scripts of its site."""
    path = tmp_path / "a.html"
    path.write_text(HOSTILE_HTML)
    page = harmless_page(_request(path, "text/html")).html
    assert "policy" in page
    assert _FORBIDDEN.search("".join(re.findall(r"<[^>]*>", page.split("<body>")[1]))) is None


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
