"""HTML mail as it is shown: nothing in it can act, and nothing is fetched."""

from __future__ import annotations

import base64
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.formats.mail.mails import mail, multipart
from vaughn.formats.faults import FileRefused
from vaughn.formats.mail.view import SafeHtml, html_for_view
from vaughn.formats.readers import ReadingRequest

PNG = b"\x89PNG\r\n\x1a\nrest"
OUTLOOK = Path(__file__).parents[2] / "corpus" / "mail" / "outlook"


def shown(body: str, folder: Path) -> SafeHtml:
    path = folder / "m"
    path.write_bytes(mail("Content-Type: text/html; charset=utf-8\n", body))
    return html_for_view(ReadingRequest(path, "message/rfc822", "m.eml"))


FORBIDDEN = {"script", "style", "iframe", "object", "embed", "form", "link", "base", "svg", "math", "video", "input"}
LEADING = {"href", "action", "background", "srcset", "srcdoc", "xlink:href", "poster", "formaction"}


class Loads(HTMLParser):
    """Gathers what a page would run, fetch or lead to."""

    def __init__(self):
        super().__init__()
        self.bad: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.bad += [tag] if tag in FORBIDDEN else []
        for name, said in attrs:
            value = said or ""
            leads = name.startswith("on") or name in LEADING
            loads = name == "src" and not value.startswith("data:image/")
            styles = name == "style" and ("url" in value or "expression" in value)
            if leads or loads or styles:
                self.bad.append(f"{tag} {name}={value}")


def loads(page: SafeHtml) -> list[str]:
    parser = Loads()
    parser.feed(page.html.partition("<body>")[2])
    parser.close()
    return parser.bad


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script><p onclick=x>A</p>",
        "<img src=http://t.example/p.gif><img src='//t.example/p'><img src=p.gif>",
        "<a href=http://x.example>A</a><a title='<' href='http://y.example'>B</a><a\nhref=x>C</a>",
        "<table background=http://t.example/b><td style='background:url(http://t.example/c)'>A</table>",
        "<style>@import 'http://t.example'</style><link rel=stylesheet href=http://t.example/s>",
        "<p style='width:expression(alert(1))'>A<p style='color:\\75 rl(x)'>B",
        "<iframe src=http://t.example></iframe><object data=x></object><form action=x><input></form>",
        "<svg><image href=http://t.example/x /></svg><math><mi xlink:href=x></math>",
        "<base href=http://t.example/><meta http-equiv=refresh content='0;url=http://t.example'>A",
        "<video poster=http://t.example/x src=y></video><img srcset='http://t.example/x 2x' src=data:text/html,x>",
        "<div title='<a href=\"http://x.example\">'>A</div>",
    ],
)  # fmt: skip
def test_nothing_runs_and_nothing_is_fetched(body, tmp_path):
    """Opening a message must not tell its sender that it was opened."""
    assert loads(shown(body, tmp_path)) == []


def test_what_was_taken_out_is_counted(tmp_path):
    """The reader sees that something is missing."""
    page = shown("<img src=http://t.example/a><img src=http://t.example/b><a href=https://x.example/y>A</a>", tmp_path)
    assert (page.remote, page.links, page.pictures) == (2, 1, 0)
    assert '<a title="https://x.example/y">A</a>' in page.html


def test_pictures_of_the_message_are_shown_in_their_place(tmp_path):
    """They came with the message, so nothing is fetched."""
    data = multipart(
        "Content-Type: text/html\n\n<p>A<img src='cid:one@x'><img src='cid:none'></p>",
        f"Content-Type: image/png\nContent-ID: <one@x>\nContent-Transfer-Encoding: base64\n\n"
        f"{base64.b64encode(PNG).decode()}",
        kind="related",
    )
    path = tmp_path / "m"
    path.write_bytes(data)
    page = html_for_view(ReadingRequest(path, "message/rfc822", "m.eml"))
    assert f'<img src="data:image/png;base64,{base64.b64encode(PNG).decode()}">' in page.html
    assert page.pictures == 1


def test_plain_text_is_shown_as_it_is(tmp_path):
    """A message without HTML has a view too, and its letters are no tags."""
    path = tmp_path / "m"
    path.write_bytes(mail(body="1 < 2 <script>"))
    page = html_for_view(ReadingRequest(path, "message/rfc822", "m.eml"))
    assert not page.has_html
    assert "1 &lt; 2 &lt;script&gt;" in page.html


def test_outlook_files_are_shown_too():
    """HTML out of MSG and TNEF is as strange as that of any mail."""
    page = html_for_view(ReadingRequest(OUTLOOK / "body.tnef", "application/vnd.ms-tnef", "winmail.dat"))
    assert page.has_html
    assert "Congress" in page.html
    assert loads(page) == []


def test_other_files_have_no_view(tmp_path):
    """A PDF is shown by its pages."""
    with pytest.raises(FileRefused):
        html_for_view(ReadingRequest(tmp_path / "x", "application/pdf", "x.pdf"))


def test_thirty_thousand_levels_are_shown_or_cut(tmp_path):
    """Deep nesting stops parsers that call themselves."""
    assert shown("<div>" * 30_000 + "A", tmp_path).has_html


_PIECES = ["<", ">", "<a href=", "<img src=", "'", '"', "http://t.example", "javascript:x", " onload=x ", "<style>",
           "</style>", "<svg>", "<math>", "<!--", "-->", "<title>", "cid:x", "&quot;", "&#x", "<p style=", "url(x)",
           "\0", "<template>", "<table><td>", "</td>"]  # fmt: skip


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(_PIECES) | st.text(max_size=4), max_size=24))
def test_no_html_can_act(tmp_path_factory, pieces):
    """Whatever stands in a body, the page it becomes fetches and runs nothing."""
    assert loads(shown("".join(pieces), tmp_path_factory.mktemp("v"))) == []
