"""HTML and plain text given back out of RTF."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vaughn.formats.mail.rtf import rtf_body


def test_html_inside_rtf_is_given_back():
    """[MS-OXRTFEX]: tags stand in destinations of their own, what only RTF needs between two marks."""
    rtf = (
        rb"{\rtf1\ansi\ansicpg1252\fromhtml1 \deff0{\fonttbl{\f0\fswiss Arial;}}{\*\htmltag19 <html>}{\*\htmltag64 <p>}"
        rb"\htmlrtf {\htmlrtf0 Caf\'e9 {\*\htmltag84 &lt;}"
        rb"\htmlrtf <\htmlrtf0 b{\*\htmltag84 <b>}\htmlrtf {\b \htmlrtf0 "
        rb"bold\htmlrtf }\htmlrtf0 {\*\htmltag92 </b>}\htmlrtf }\htmlrtf0 {\*\htmltag72 </p>}}"
    )
    assert rtf_body(rtf).html == "<html><p>Café &lt;b<b>bold</b></p>"


def test_plain_text_inside_rtf_is_given_back():
    """A plain message that Outlook kept as RTF."""
    rtf = rb"{\rtf1\ansi\ansicpg1252\fromtext {\fonttbl{\f0 Courier;}}\f0 Line 1\par \'93Line\'94 2\tab x\par\par End}"
    assert rtf_body(rtf).text == "Line 1\n“Line” 2\tx\n\nEnd"


@pytest.mark.parametrize(
    ("rtf", "text"),
    [
        (rb"{\rtf1\ansi\ansicpg1251 \'cf\'f0\'e8\'e2\'e5\'f2}", "Привет"),
        (rb"{\rtf1\ansi\uc1 \u26085?\u26412?}", "日本"),
        (rb"{\rtf1\ansi\uc0 \u-10179\u-8704}", "😀"),
        (rb"{\rtf1{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset136 B;}}\f1 \'a4\'a4\f0  a}", "中 a"),
        (rb"{\rtf1 a{\*\generator x;}{\pict 0102}b\line c\~d\_e\{f\}}", "ab\nc\xa0d-e{f}"),
        (b"{\\rtf1 un\r\nbroken}", "unbroken"),
    ],
    ids=["code page", "unicode", "pairs", "font's set", "silent groups", "line ends"],
)
def test_letters_come_out_of_every_way_to_write_them(rtf, text):
    """Each program writes them in its own way."""
    assert rtf_body(rtf).text == text


_PIECES = [rb"{", rb"}", rb"\'", rb"\'e4", rb"\u99999", rb"\uc9999 ", rb"\fromhtml1 ", rb"{\*\htmltag1 <p>", b"\\",
           rb"\htmlrtf ", rb"\htmlrtf0 ", rb"\fonttbl", rb"\f1 ", rb"\fcharset", rb"\ansicpg65001 ", rb"\ansicpg936 ",
           rb"\par", rb"\bin9 "]  # fmt: skip


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(_PIECES) | st.binary(max_size=5), max_size=40))
def test_any_bytes_give_some_text(pieces):
    """Braces may be open, numbers absurd."""
    body = rtf_body(b"{\\rtf1 " + b"".join(pieces))
    (body.html or body.text).encode("utf-8")
