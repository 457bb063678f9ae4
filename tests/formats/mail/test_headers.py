"""Header fields: split off as columns, in the usual way and line by line where something is odd."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaughn.formats.mail.headers import header_block

_FIELD = re.compile(rb"([!-9;-~]+)[ \t]*:[ \t]*([^\n]*(?:\n[ \t][^\n]*)*)")
_LINES = st.lists(
    st.sampled_from(
        ["To: a", "X-y :b", "Cc:", " folded", "\tby a tab", "Subject: =?utf-8?q?a?=", "É: ü", "no field", " "]
    )
    | st.text("ab: \té", max_size=6),
    min_size=1,
    max_size=6,
)


def _fields(data: bytes) -> list[tuple[str, str]]:
    block = header_block(data, 0, len(data))
    return list(zip(block.names, block.values, strict=True))


@given(_LINES, st.sampled_from(["\n", "\r\n"]))
def test_fields_are_those_of_the_plain_rule(lines, line_end):
    """Splitting by lines is three times as fast as the rule of RFC 5322 as a search, and must find the same."""
    data = line_end.join([*lines, "", "body"]).encode("utf-8")
    block = header_block(data, 0, len(data))
    if not block.is_broken and not lines[0].startswith((" ", "\t")) and "" not in lines:
        found = _FIELD.findall(data[: block.end].replace(b"\r\n", b"\n"))
        said = [
            (name.encode(), value.encode("latin-1").replace(b"\r\n", b"\n").rstrip(b"\r"))
            for name, value in _fields(data)
        ]
        assert said == found


def test_a_value_keeps_its_folds_and_says_one_line():
    """The fold belongs to the transport, not to what was written."""
    data = b"Subject: one\r\n two\r\n\r\nbody"
    block = header_block(data, 0, len(data))
    assert block.text("subject") == "one two"
    assert block.texts() == ["one two"]
    assert data[block.end :] == b"body"


def test_encoded_and_foreign_values_are_left_to_be_decoded():
    """Only what is plain may be taken as it stands."""
    data = "A: plain\nB: =?utf-8?q?=C3=A9?=\nC: é\n\n".encode()
    block = header_block(data, 0, len(data))
    assert block.texts() == ["plain", None, None]
    assert [block.text(name) for name in ("a", "b", "c", "d")] == ["plain", "é", "é", None]
    assert block.get("c") == "é".encode()


def test_the_first_of_several_fields_counts():
    """What stands first is what mail programs show."""
    data = b"To: a\nTO: b\n\n"
    assert header_block(data, 0, len(data)).text("to") == "a"


@pytest.mark.parametrize("begin", [b"   A title\n", b" From: a@b.org\n"], ids=["title", "field"])
def test_an_indented_first_line_is_no_field_and_is_not_lost(begin):
    """A part without header fields may begin with an indented line of its text."""
    data = begin + b"more text\n\nlast\n"
    block = header_block(data, 0, len(data))
    assert block.is_broken
    assert block.names == ()
    assert data[block.end :] == data


def test_fields_that_are_left_out_leave_the_others_in_order():
    """Outlook writes a line of its own before the fields."""
    data = b"X-Own-Version: 2.0\nTo: a\nCc: b\n\n"
    assert header_block(data, 0, len(data)).without("x-own").names == ("To", "Cc")
    assert header_block(data, 0, len(data)).without("y").names == ("X-Own-Version", "To", "Cc")
