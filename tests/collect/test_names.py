"""Names inside records are shown and never opened; no two files of a case share one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vaughn.collect.names import MOST_LETTERS, last_name, name_once, part_name


@given(st.text(max_size=2000))
def test_a_part_stands_one_level_below_its_document(name: str):
    """An attachment called ``../../etc/passwd`` stays an attachment."""
    shown = part_name(name)
    assert shown
    assert "/" not in shown
    assert "\\" not in shown
    assert len(shown) <= MOST_LETTERS


def test_a_long_name_keeps_its_suffix():
    """The suffix helps to tell what the file is."""
    assert part_name("n" * 3000 + ".docx").endswith("….docx")


@given(st.lists(st.sampled_from(["a.txt", "a", ".txt", "b/a.txt", "a~2.txt"]), max_size=12))
def test_no_name_is_given_twice(names: list[str]):
    """Two attachments of one name are two files."""
    taken: set[str] = set()
    for name in names:
        found = name_once(name, taken)
        assert found not in taken
        taken.add(found)
    assert len(taken) == len(names)


def test_a_second_name_gets_a_number_before_its_suffix():
    """As people number copies."""
    assert name_once("x/note.txt", {"x/note.txt", "x/note~2.txt"}) == "x/note~3.txt"
    assert name_once("x/note", {"x/note"}) == "x/note~2"


def test_the_last_part_of_a_path_is_its_name():
    """Also of a path that is nothing else."""
    assert (last_name("a/b/c.txt"), last_name("c.txt")) == ("c.txt", "c.txt")
