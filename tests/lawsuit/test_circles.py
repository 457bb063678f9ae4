"""Circles are found in one walk, however the arrows run."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vaughn.lawsuit.circles import circles


def test_what_leads_back_to_itself_is_a_circle():
    """Both the pair and the one that answers itself; the way into them is none."""
    arrows = {"a": ("b",), "b": ("c",), "c": ("b", "gone"), "d": ("d",), "e": ("a", "a")}
    assert list(circles(arrows)) == [("b", "c"), ("d",)]


def test_a_deep_row_needs_no_deep_stack():
    """A hostile docket must not end the program."""
    arrows = {str(number): (str(number + 1),) for number in range(50_000)}
    assert list(circles(arrows)) == []
    (found,) = circles({**arrows, "50000": ("0",)})
    assert len(found) == 50_001


@given(st.dictionaries(st.integers(0, 12).map(str), st.lists(st.integers(0, 12).map(str), max_size=4), max_size=13))
def test_circles_are_what_can_reach_itself(arrows):
    """Held against following every arrow from every node."""

    def reached(start):
        seen, rest = set(), list(arrows[start])
        while rest:
            node = rest.pop()
            if node in arrows and node not in seen:
                seen.add(node)
                rest += arrows[node]
        return seen

    ahead = {node: reached(node) for node in arrows}
    groups = {frozenset(other for other in arrows if other in ahead[node] and node in ahead[other]) for node in arrows}
    assert {frozenset(group) for group in circles(arrows)} == groups - {frozenset()}
