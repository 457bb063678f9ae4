"""Links between messages never close a circle, and a node has one parent at most."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from vaughn.collect.forest import Forest


def test_a_node_keeps_its_first_parent() -> None:
    """What was found with better reason comes first."""
    forest = Forest()
    assert forest.link("b", "a", "references")
    assert not forest.link("b", "c", "subject")
    assert (list(forest.above("b")), forest.basis("b"), forest.basis("a")) == (["a"], "references", None)


def test_trees_are_told_apart() -> None:
    """Two answers to one message are in one tree; another message is in its own."""
    forest = Forest()
    forest.link("b", "a", "")
    forest.link("c", "a", "")
    assert forest.tree("b") == forest.tree("c") == forest.tree("a")
    assert forest.tree("d") == "d"
    assert not forest.has_parent("a")


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=30))
def test_whatever_is_linked_there_is_no_circle(pairs: list[tuple[int, int]]) -> None:
    """Ids in messages are what senders wrote."""
    forest = Forest()
    for child, parent in pairs:
        forest.link(str(child), str(parent), "")
    for node in map(str, range(8)):
        above = list(forest.above(node))
        assert len(above) == len(set(above))
        assert node not in above
        assert all(forest.tree(one) == forest.tree(node) for one in above)
