"""Breaking and writing text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vaughn.formats.timeline.lettering import text_width, wrapped, written


@given(st.text(max_size=300), st.integers(40, 400))
def test_no_line_is_wider_than_asked_and_no_letter_is_lost(text, width):
    """A label that leaves the drawing is not read."""
    lines = wrapped(text, 13, width=width)
    assert all(text_width(line, 13) <= width or len(line) == 1 for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_what_xml_forbids_is_replaced_and_the_rest_escaped():
    """One vertical tab in a docket text would make the whole drawing unreadable."""
    assert written('a\x0b<b> & "c"') == "a\ufffd&lt;b&gt; &amp; &quot;c&quot;"
