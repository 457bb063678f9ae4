"""Every word of two versions is in one run, and the runs tell the way from the first to the second."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from vaughn.collect.differences import Difference, RunKind, difference
from vaughn.fulltext import terms


def told(first: str, second: str) -> list[str]:
    marks = {RunKind.EQUAL: "=", RunKind.REMOVED: "-", RunKind.ADDED: "+"}
    found = []
    for run in difference(first, second).runs:
        text, span = (second, run.second) if run.first is None else (first, run.first)
        assert span is not None
        found.append(marks[run.kind] + text[span.start : span.end])
    return found


def sides(found: Difference, first: str, second: str) -> tuple[list[str], list[str]]:
    """Return the words of both texts, read off the runs."""
    one = [word for run in found.runs if run.first for word in terms(first[run.first.start : run.first.end])]
    other = [word for run in found.runs if run.second for word in terms(second[run.second.start : run.second.end])]
    return one, other


def test_changed_words_are_removed_and_added() -> None:
    """The places are those of the texts themselves, so that they can be shown there."""
    assert told("The county may opt out, now.", "The county CANNOT opt out now") == [
        "=The county",
        "-may",
        "+CANNOT",
        "=opt out, now",
    ]


def test_a_redaction_shows_what_was_taken_out() -> None:
    """What one production shows and the other does not is the point of comparing the two."""
    assert told("Call Mr. Palmer at noon", "Call (b)(6) at noon") == ["=Call", "-Mr. Palmer", "+b)(6", "=at noon"]


def test_layout_and_letter_case_are_no_difference() -> None:
    """Words are those of the text index."""
    assert difference("SECURE\n  Communities!", "secure communities").similarity == 1.0


def test_texts_without_words() -> None:
    """Blank pages are equal; a blank one and another share nothing."""
    assert difference("", " ").runs == ()
    assert difference("", " ").similarity == 1.0
    assert told("", "a b") == ["+a b"]
    assert difference("a", "").similarity == 0.0


def test_long_texts_are_cut_at_what_stands_once_in_each() -> None:
    """A memorandum of a hundred pages with a changed word on each is compared word by word."""
    chance = random.Random(1)
    words = [f"w{chance.randrange(3000)}" for _ in range(6_000)]
    changed = [f"new{place}" if place % 300 == 150 else word for place, word in enumerate(words)]
    found = difference(" ".join(words), " ".join(changed))
    assert not found.is_coarse
    assert found.count(RunKind.REMOVED) == found.count(RunKind.ADDED) == len(range(150, 6_000, 300))


def test_long_texts_with_nothing_to_hold_on_to_are_replaced_as_a_whole() -> None:
    """It ends soon, and says that it did not look closely."""
    found = difference("x " + "a b " * 2000, "y " + "b a a " * 2000)
    assert found.is_coarse
    assert sides(found, "x " + "a b " * 2000, "y " + "b a a " * 2000)[0][0] == "x"


WORDS = st.lists(st.sampled_from("abcde"), max_size=30).map(" ".join)


@settings(deadline=None)
@given(WORDS, WORDS)
def test_runs_hold_all_words_of_both_texts(first: str, second: str) -> None:
    """Nothing is left out and nothing stands twice; equal runs are equal."""
    found = difference(first, second)
    assert sides(found, first, second) == (terms(first), terms(second))
    for run in found.runs:
        if run.kind is RunKind.EQUAL:
            assert run.first is not None
            assert run.second is not None
            assert terms(first[run.first.start : run.first.end]) == terms(second[run.second.start : run.second.end])
    assert difference(first, first).similarity == 1.0


@settings(deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_any_two_texts_can_be_compared(first: str, second: str) -> None:
    """Whatever stands on a page."""
    assert 0 <= difference(first, second).similarity <= 1
