"""HTML as text: what a reader of the page reads, in order, and beside it what the page hides."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vaughn.formats.markup import decoded_markup, html_text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Dear  <b>Sir</b>,\n please</p><p>Best</p>", "Dear Sir, please\n\nBest"),
        ("one<br>two<br><br>three", "one\ntwo\n\nthree"),
        ("<table><tr><td>a</td><td><p>b</p></td></tr><tr><td>c</td><td>d</td></tr></table>", "a\tb\nc\td"),
        ("<ul><li>x<li>y<ol start=3><li>z</ol></ul>", "- x\n- y\n  3. z"),
        ("<pre>a  b\n   c</pre>", "a  b\n   c"),
        ("I agree<blockquote type=cite>Do you?<blockquote type=cite>Yes</blockquote></blockquote>",
         "I agree\n>\n> Do you?\n> >\n> > Yes"),
        ("<script>alert(1)</script><style>p{}</style>seen", "seen"),
        ("a&nbsp;b &lt;c&gt; &#x80;", "a b <c> €"),
        ("<o:p>Word</o:p> wraps", "Word wraps"),
        ("<img src=x.png alt='Seal'>", "[Seal]"),
        ("", ""),
        ("<", "<"),
    ],
)  # fmt: skip
def test_html_reads_as_the_page_does(html, text):
    """What is quoted from the text must stand on the page."""
    assert html_text(html).text == text


def test_hidden_text_is_counted_and_kept_beside_the_text():
    """A preview line nobody sees must neither be quoted as the message nor be lost."""
    read = html_text(
        "<style>.pre, #x { display : none }</style><div class='pre a'>Preview <b>line</b></div>"
        "<p style='visibility:hidden'>second</p><p hidden>third</p><i style='font-size:0px'>fourth</i><p>Seen</p>"
    )
    assert read.text == "Seen"
    assert read.hidden_text_count == 4
    assert read.hidden_text.split("\n") == ["Preview line", "second", "third", "fourth"]


def test_ordinary_styles_hide_nothing():
    """A neighbour: sizes and colours that look alike are no hiding."""
    assert html_text("<p style='font-size:0.9em;display:inline'>a</p>").hidden_text_count == 0


def test_what_a_browser_would_fetch_and_where_links_lead_is_told():
    """A remote picture tells the sender who read the message; a link's text may name another place than it leads to."""
    read = html_text(
        "<img src='http://t.example/1.gif'><img src='cid:1'><link rel=stylesheet href='//c.example/a.css'>"
        "<div style='background:url(https://b.example/x)'></div><style>@import 'http://s.example/s.css'</style>"
        "<a href='https://a.example/'>here</a> <a href='mailto:a@b.example'>a@b.example</a>"
    )
    assert read.remote_references == (
        "http://t.example/1.gif", "//c.example/a.css", "https://b.example/x", "http://s.example/s.css",
    )  # fmt: skip
    assert read.links == ("https://a.example/",)


@pytest.mark.parametrize(
    ("data", "declared", "text", "guessed"),
    [
        (b"\xff\xfe" + "<p>é".encode("utf-16-le"), None, "<p>é", False),
        (b"<meta charset=shift_jis>\x82\xa0", None, "<meta charset=shift_jis>あ", False),
        (b"<p>\xe9", "iso-8859-1", "<p>é", False),
        (b"<p>\xe9", None, "<p>é", True),
        ("<p>é".encode(), None, "<p>é", False),
        ("<p>é".encode(), "no-such-charset", "<p>é", False),
        (b"<meta charset=utf-16><p>plain", None, "<meta charset=utf-16><p>plain", False),
    ],
)
def test_the_encoding_is_what_the_file_says_if_that_can_be_true(data, declared, text, guessed):
    """Declarations are wrong often enough to be checked."""
    read = decoded_markup(data, declared=declared)
    assert (read.text.removeprefix("\ufeff"), read.guessed) == (text, guessed)


def test_elements_in_elements_a_hundred_thousand_deep_are_read():
    """Depth is how HTML breaks programs that build trees."""
    assert html_text("<div>" * 100_000 + "deep").text == "deep"


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(
    ["<p>", "</p>", "<td>", "</td>", "<table>", "</table>", "<ol start=-1>", "</ol>", "<li>",
     "<blockquote class=gmail_quote>",
     "</blockquote>", "<pre>", "</pre>", "<br>", "x", " ", "\n", "<style>", "</style>", "<!--", "-->", "\0",
     "\ud800", "&#0;",
     "<a href=http://a>", "<p hidden>", "<title>", "<", "<?xml version='1.0' encoding='utf-16'?>", "]]>", "<svg>", "é"]
), max_size=40).map("".join) | st.text(max_size=60))  # fmt: skip
def test_any_html_gives_text(html):
    """There is no HTML that is refused."""
    read = html_text(html)
    assert "\r" not in read.text
    assert read.hidden_text_count == (read.hidden_text.count("\n") + 1 if read.hidden_text else 0)
