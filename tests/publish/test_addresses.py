"""File names from numbers and keys: safe everywhere, and always the same."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaughn.publish.addresses import file_name, is_slug, key_name, safe_url

SAFE = re.compile(r"[A-Z0-9=~_-](?:[A-Z0-9=~_.-]*[A-Z0-9=~_-])?")
HOSTILE = st.text(alphabet=st.sampled_from('aAbBIC0189 ._-/\\:*?"<>|~=,%é漢\x00\n'), max_size=40)


@pytest.mark.parametrize(
    ("number", "name"),
    [
        ("ICE 0004521", "ICE~0004521"),
        ("ICE 2010FOIA2674.0117629", "ICE~2010FOIA2674.0117629"),
        ("FBI-SC-FPL-458", "FBI-SC-FPL-458"),
        ("HOUSE_OVERSIGHT_012345", "HOUSE_OVERSIGHT_012345"),
        ("Doc1", "D=OC=1"),
        ("../../etc/x", "=02E==02E==02F=.=02E==02F==ETC==02F==X="),
        ("A/B", "A=02F=B"),
        ("CON", "=043=ON"),
        ("LPT1.2", "=04C=PT1.2"),
        (".hidden", "=02E==HIDDEN="),
    ],
)
def test_a_number_has_one_readable_file_name(number, name):
    """The name is in every link that was ever handed around."""
    assert file_name(number) == name


@given(HOSTILE)
def test_a_file_name_is_safe_on_every_system(text):
    """A record's number decides what it is called, not where it lies."""
    name = file_name(text)
    assert SAFE.fullmatch(name)
    assert not re.match(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)", name)
    assert len(name) <= 100


@given(HOSTILE, HOSTILE)
def test_two_numbers_never_share_a_file(one, other):
    """Not even on a system that takes large and small letters for the same."""
    if one != other:
        assert file_name(one).lower() != file_name(other).lower()


@given(st.text(alphabet="AB ", min_size=101, max_size=160), st.text(alphabet="AB ", min_size=101, max_size=160))
def test_long_numbers_stay_apart(one, other):
    """They are cut, and told apart by their hash."""
    assert (file_name(one) == file_name(other)) == (one == other)
    assert len(file_name(one)) <= 100


def test_a_key_keeps_its_small_letters():
    """Keys of productions and of what was asked for are written small."""
    assert (key_name("ice-2010-08-02"), key_name("con"), key_name("Ab")) == ("ice-2010-08-02", "=043=on", "=a=b")


@pytest.mark.parametrize("slug", ["ndlon", "ndlon-v-ice", "a1c"])
def test_a_slug_stands_in_a_link_as_it_is(slug):
    """It is the first part of every permanent link."""
    assert is_slug(slug)


@pytest.mark.parametrize("slug", ["", "..", "a/b", "ES", "es", "assets", "-a", "a b", "con", "x" * 63, "é"])
def test_what_is_no_slug_is_refused(slug):
    """Folders of languages and of the site itself are taken."""
    assert not is_slug(slug)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "//example.org",
        "file:///etc/passwd",
        "http:",
        'https://a"onclick=x',
        "https://[",
        "mailto:",
        None,
    ],
)
def test_a_reader_is_not_sent_anywhere_else(url):
    """Links come from what people typed and from load files."""
    assert safe_url(url) is None


def test_the_web_and_mail_are_fine():
    """That is where resources are."""
    assert safe_url("https://example.org/a?b=c#d") == "https://example.org/a?b=c#d"
    assert safe_url("mailto:a@example.org") == "mailto:a@example.org"
