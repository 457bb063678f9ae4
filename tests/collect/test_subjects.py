"""A subject is the same whatever mail programs put before it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vaughn.collect.subjects import BaseSubject, base_subject

REPLY, FORWARD = BaseSubject("secure communities", is_reply=True), BaseSubject("secure communities", is_forward=True)
SAME = BaseSubject("secure communities")


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ("Secure  Communities", SAME),
        ("Re: Secure Communities", REPLY),
        ("RE: re: Re[2]: Secure Communities", REPLY),
        ("AW: Secure Communities", REPLY),
        ("SV: Secure Communities", REPLY),
        ("Antw: Secure Communities", REPLY),
        ("回复：Secure Communities", REPLY),
        ("Re^3: Secure Communities", REPLY),
        ("RE Secure Communities", REPLY),
        ("Accepted: Secure Communities", REPLY),
        ("Automatic reply: Secure Communities", REPLY),
        ("Fwd: Secure Communities", FORWARD),
        ("WG: Secure Communities", FORWARD),
        ("TR : Secure Communities", FORWARD),
        ("Secure Communities (fwd)", SAME),
        ("[ice-foia] Secure Communities", SAME),
        ("[ice-foia] Re: Secure Communities", REPLY),
        ("Secure Communities (was: ACCESS)", SAME),
        ("Re: Fwd: Secure Communities", BaseSubject("secure communities", is_reply=True, is_forward=True)),
        ("Reform: Secure Communities", BaseSubject("reform: secure communities")),
        ("In re: Secure Communities", BaseSubject("in re: secure communities")),
        ("Refugees", BaseSubject("refugees")),
        ("[only a tag]", BaseSubject("[only a tag]")),
        ("Re:", BaseSubject("", is_reply=True)),
        ("", BaseSubject("")),
        (None, BaseSubject("")),
    ],
)
def test_marks_of_answering_and_passing_on_are_taken_off(subject: str | None, expected: BaseSubject) -> None:
    """In many languages, counted, repeated, and behind the tag of a list."""
    assert base_subject(subject) == expected


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_subject_has_a_base_and_that_is_its_own(subject: str) -> None:
    """A base has no marks left unless they never end."""
    base = base_subject(subject)
    assert base.text == base.text.strip()
    assert base_subject("Re: " + subject).text == base.text or subject.lstrip() == ""
