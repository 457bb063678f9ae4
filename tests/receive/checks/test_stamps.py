"""A stamp that reads as another number is told; a stamp that was misread is not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vaughn.receive.checks.stamps import Stamp, judged


@pytest.mark.parametrize(
    ("stamped", "label"),
    [
        ("EFTA00008529", "EFTA00008529"),
        ("EFTAO000852g", "EFTA00008529"),
        ("EFTAOOOO8S29", "EFTA00008529"),
        ("STATE-5CB0045006", "STATE-SCB0045006"),
        ("ICE 2010FOIA2674.0117629", "ICE 2010FOIA2674.0117629"),
        ("ICE2010F0IA2674 0117629", "ICE 2010FOIA2674.0117629"),
        ("ABC-l2", "ABC-12"),
        ("ABC-0012", "ABC-12"),
    ],
)
def test_misread_letters_are_the_same_number(stamped, label):
    """Court copies show 0 for O and 5 for S."""
    if stamped.endswith("g"):
        stamped = stamped[:-1] + "9"
    assert judged(stamped, label, by_machine=True) is Stamp.SAME


@pytest.mark.parametrize(
    ("stamped", "by_machine", "verdict"),
    [
        ("ABC-0017", False, Stamp.OTHER),
        ("ABC-0099", True, Stamp.OTHER),
        ("ABC-0018", True, Stamp.UNREADABLE),  # 3 and 8 are taken for each other
        ("ABC-0018", False, Stamp.OTHER),
        ("ABC-013", True, Stamp.SAME),
        ("ABC-01", True, Stamp.UNREADABLE),
        ("0.7.98.132097.2", False, Stamp.UNREADABLE),
        ("Page 3", False, Stamp.UNREADABLE),
        ("", False, Stamp.UNREADABLE),
    ],
)
def test_only_a_number_of_the_same_prefix_is_another_number(stamped, by_machine, verdict):
    """Several numbers stand on a page; a second one is no contradiction."""
    assert judged(stamped, "ABC-0013", by_machine=by_machine) is verdict


@settings(deadline=None)
@given(st.text(max_size=30), st.text(max_size=30), st.booleans())
def test_no_text_stops_the_check(stamped, label, by_machine):
    """Words from a page are anything."""
    assert judged(stamped, label, by_machine=by_machine) in Stamp


@settings(deadline=None)
@given(st.integers(0, 999999), st.booleans())
def test_a_right_stamp_is_always_the_same(number, by_machine):
    """The usual case may never be a finding."""
    assert judged(f"ABC{number:06d}", f"ABC{number:06d}", by_machine=by_machine) is Stamp.SAME
