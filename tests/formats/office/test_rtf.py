r"""RTF: letters of all code pages, what is hidden or deleted, what stands inside, and the HTML a mail wraps in it."""

# ruff: noqa: E501 -- RTF reads better in one line

from __future__ import annotations

import re
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.formats.office.made import RTF, pages, read, told
from vaughn.formats.faults import FileRefused
from vaughn.formats.office import deencapsulated, rtf_text


@pytest.mark.parametrize(
    ("rtf", "text"),
    [
        (rb"{\rtf1\ansi Hello\par World}", "Hello\nWorld"),
        (rb"{\rtf1\ansi\ansicpg1251 \'cf\'f0}", "Пр"),
        (rb"{\rtf1\ansi{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset128 B;}}\f1\'82\'a0\f0 x}", "あx"),
        (rb"{\rtf1\ansi\uc1 caf\u233?\u8217'\uc0\u8364}", "café’€"),
        (rb"{\rtf1 a\u-10179?\u-8704?b}", "a\U0001f600b"),
        (rb"{\rtf1 {\*\unknown nothing}seen{\v  unseen\v0}}", "seen"),
        (rb"{\rtf1 \trowd a\cell b\cell\row c}", "a\tb\nc"),
        (rb"{\rtf1 x{\pict\bin4 a}b{}y}", "xy"),
        (rb"{\rtf1 1\~2\_3\-4 \{\\\} \emdash}", "1\xa02\u20113" + "4 {\\} —"),
        (rb"{\rtf1 {\field{\*\fldinst HYPERLINK \"http://a\"}{\fldrslt here}}}", "here"),
        (rb"{\rtf1 no end", "no end"),
    ],
)
def test_rtf_reads_as_it_is_shown(rtf, text):
    """Each of these is met in mail and old letters."""
    assert rtf_text(rtf) == text


def test_pictures_and_objects_come_out(tmp_path):
    """A file in a letter is a record of its own."""
    body = (
        b"\x02\x00note.txt\0C:\\note.txt\0\0\0\3\0"
        + (2).to_bytes(4, "little")
        + b"t\0"
        + (2).to_bytes(4, "little")
        + b"hi"
    )
    ole1 = (
        (0x501).to_bytes(4, "little") + (2).to_bytes(4, "little") + (8).to_bytes(4, "little") + b"Package\0" + bytes(8)
    )
    data = (ole1 + len(body).to_bytes(4, "little") + body).hex().encode()
    rtf = rb"{\rtf1 a{\object{\*\objdata " + data + rb"}{\result seen}}{\pict\pngblip 89504e47}}"
    reading = read(rtf, tmp_path, kind=RTF)
    assert pages(reading) == ["aseen"]
    assert [(part.name, part.data) for part in reading.parts] == [("note.txt", b"hi"), ("picture-1.png", b"\x89PNG")]


def test_facts_and_addresses_are_told(tmp_path):
    """Who wrote it, and when, stands in a group that is no text."""
    rtf = rb"{\rtf1{\info{\title Plan}{\author Ann}{\creatim\yr2011\mo1\dy17\hr9\min3}}{\field{\*\fldinst HYPERLINK http://a}{\fldrslt b}}}"
    reading = read(rtf, tmp_path, kind=RTF)
    assert (reading.facts.title, str(reading.facts.author)) == ("Plan", "Ann")
    assert reading.facts.created is not None
    assert reading.facts.created.text() == "2011-01-17T09:03:00Z"
    assert "IN013" in told(reading)


def test_html_wrapped_into_rtf_comes_out_as_it_was():
    """Exchange stores HTML mail so; nothing but the HTML was ever seen."""
    rtf = (
        rb"{\rtf1\ansi\ansicpg1252\fromhtml1 {\fonttbl{\f0 Arial;}}{\*\htmltag64 <p>}\htmlrtf {\f0\htmlrtf0 Dear \u8220?you\u8221?"
        rb"{\*\htmltag84 &nbsp;}\htmlrtf \'a0\htmlrtf0 caf\'e9\htmlrtf }\htmlrtf0 {\*\htmltag72 </p>}\par{\*\mhtmltag x}}"
    )
    found = deencapsulated(rtf)
    assert found is not None
    assert found.html == "<p>Dear “you”&nbsp;café</p>\r\n"


def test_plain_text_wrapped_into_rtf_comes_out_and_real_rtf_does_not():
    """Only what was wrapped is unwrapped."""
    found = deencapsulated(rb"{\rtf1\ansi\fromtext a\par b}")
    assert found is not None
    assert found.text == "a\nb"
    assert deencapsulated(rb"{\rtf1\ansi a}") is None


def test_groups_without_end_are_bounded(tmp_path):
    """A million open braces are no document."""
    reading = read(b"{\\rtf1 a" + b"{" * 200_000 + b"b", tmp_path, kind=RTF)
    assert pages(reading) == ["a"]
    assert "IN014" in told(reading)


_WORDS = [rb"{", rb"}", rb"\par", rb"\'e9", rb"\u233?", rb"\u-10179", rb"\bin9", rb"\bin-1", rb"{\pict", rb"\pngblip", rb"{\*\htmltag", rb"\htmlrtf",
          rb"\htmlrtf0", rb"{\fonttbl{\f1\fcharset128 x;}}", rb"\f1", rb"\ansicpg99999", rb"\ansicpg65001", rb"{\footnote", rb"{\annotation", rb"{\*\annotation",
          rb"{\info{\creatim\yr99999}}", rb"{\*\revtbl{a;}}", rb"\revised\revauth7", rb"\deleted", rb"\v", rb"\plain", rb"\cell", rb"\row", rb"{\*\objdata 0", b"x", b"\xff",
          b"\\", b"\0", rb"\uc999999999", rb"\ftnalt", rb"\page", rb"{\shptxt"]  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(_WORDS), max_size=40).map(b" ".join) | st.binary(max_size=80), st.booleans())
def test_any_rtf_is_read_or_refused(tmp_path_factory, body, from_html):
    """Nothing else is ever raised."""
    data = (rb"{\rtf1\fromhtml1 " if from_html else rb"{\rtf1 ") + body
    found = deencapsulated(data)
    assert (found is not None) == from_html or re.search(rb"fromtext|fromhtml", body)
    with suppress(FileRefused):
        read(data, tmp_path_factory.getbasetemp(), kind=RTF)
