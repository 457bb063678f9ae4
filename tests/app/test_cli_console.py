"""What a person sees while work goes on."""

from __future__ import annotations

from vaughn.app.cli.console import StepPace


def test_speed_and_time_left_are_told_as_far_as_they_are_known():
    """A bar alone does not say whether to wait or to go home."""
    moments = iter([0.0, 5.0, 60.0, 61.0, 100.0])
    pace = StepPace(lambda: next(moments))
    assert pace.words("reading pages", 0, 1000) == "time left: not known yet"
    assert pace.words("reading pages", 100, 1000) == "20 a second, time left: not known yet"
    assert pace.words("reading pages", 600, 1000) == "10 a second, time left: less than a minute"
    assert pace.words("opening containers", 3, 0) == "time left: not known yet"
    assert pace.words("opening containers", 16, 16) == "20 a minute"
