"""Versions of one text stand together; what only looks alike from afar does not."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vaughn.collect.near import CONTAINED, SAME_WORDS, SIMILAR, Likeness, near_groups, shared_count
from vaughn.collect.shingles import Shingler, ShingleSets, as_sets


def sets_of(texts: list[str]) -> ShingleSets:
    shingler = Shingler()
    made = shingler.shingled(texts)
    numbers, sizes = as_sets(made.numbers, made.counts, owners=np.arange(len(texts)), common=shingler.common())
    return ShingleSets(numbers, np.concatenate([[0], np.cumsum(sizes)]), made.digests, made.words)


def grouped(*texts: str) -> list[tuple[int, list[tuple[int, str]]]]:
    """Return pivots with their members and why."""
    return [
        (group.pivot, [(member.text, member.basis) for member in group.members])
        for group in near_groups(sets_of(list(texts)))
    ]


def prose(seed: int, words: int = 120) -> str:
    chance = random.Random(seed)
    return " ".join(f"w{chance.randrange(5000)}" for _ in range(words))


def with_change(text: str, *, at: int, words: str) -> str:
    parts = text.split()
    parts[at : at + 1] = words.split()
    return " ".join(parts)


def test_a_changed_word_makes_a_version_and_another_text_does_not() -> None:
    """The longest version is the pivot."""
    memo = prose(1)
    longer = with_change(memo, at=40, words="a few more words here")
    assert grouped(memo, prose(2), longer, prose(3)) == [(2, [(0, SIMILAR)])]


def test_the_same_words_in_another_layout_are_the_same_words() -> None:
    """The first of them is the pivot."""
    memo = prose(1)
    assert grouped(prose(2), memo, memo.upper(), memo.replace(" ", "\n")) == [(1, [(2, SAME_WORDS), (3, SAME_WORDS)])]


def test_copies_of_a_version_are_as_similar_as_the_version() -> None:
    """Their number says how they stand to the pivot, not to each other."""
    memo = prose(1)
    shorter = " ".join(memo.split()[:110])
    (group,) = near_groups(sets_of([memo, shorter, shorter]))
    assert group.pivot == 0
    assert [(member.text, member.basis) for member in group.members] == [(1, SIMILAR), (2, SIMILAR)]
    assert group.members[0].similarity == group.members[1].similarity == pytest.approx(106 / 116)


def test_a_text_inside_a_longer_one_is_contained() -> None:
    """A message that was passed on with a page above it."""
    assert grouped(prose(1), prose(9, 220) + " " + prose(1)) == [(1, [(0, CONTAINED)])]


def test_a_short_notice_in_a_long_document_is_not() -> None:
    """A slip sheet must not tie all documents together that have one."""
    notice = prose(1, 40)
    assert grouped(notice, f"{prose(2, 300)} {notice}", f"{prose(3, 300)} {notice}") == []


def test_short_texts_are_alike_only_if_their_words_are_the_same() -> None:
    """Of few words one changed word changes everything."""
    short = "withheld in full pursuant to exemption five"
    assert grouped(short, short.title(), short + " and six", "page 2", "page 2", "", "") == [(0, [(1, SAME_WORDS)])]


def test_blank_pages_are_in_no_group() -> None:
    """Nothing is not like nothing."""
    assert grouped("", "", " \n", "- 3 -", "- 3 -") == []


def test_pages_under_one_stamp_are_not_alike_by_the_stamp() -> None:
    """Many short pages share more words of stamps than of their own."""
    stamp = prose(99, 50)
    assert grouped(*(f"{stamp} {prose(number, 25)}" for number in range(60))) == []


def test_a_text_that_is_like_a_member_joins_it_and_says_so() -> None:
    """It would be odd not to show what is four fifths alike because the longest version is less so."""
    parts = [prose(number, 40) for number in range(6)]
    longest, middle, short = " ".join(parts[:5]), " ".join(parts[1:5]), " ".join(parts[2:5]) + " " + parts[5]
    (group,) = near_groups(sets_of([short, longest, middle]), Likeness(0.55, 1.0, 1.0))
    assert (group.pivot, [(member.text, member.like) for member in group.members]) == (1, [(2, 1), (0, 2)])


def test_groups_do_not_grow_from_likeness_to_likeness() -> None:
    """Nobody joins through somebody who joined through somebody."""
    parts = [prose(number, 40) for number in range(9)]
    chain = [" ".join(parts[number : number + 4]) + " x" * number for number in range(6)]
    found = near_groups(sets_of(chain), Likeness(0.5, 1.0, 1.0))
    for group in found:
        direct = {member.text for member in group.members if member.like == group.pivot}
        assert all(member.like == group.pivot or member.like in direct for member in group.members)


def test_thousands_of_versions_cost_one_comparison_each() -> None:
    """Ten thousand filled-in forms must not be compared with each other."""
    form = prose(1, 400)
    texts = [with_change(form, at=100 + number % 30, words=f"name{number}") for number in range(1500)]
    groups = near_groups(sets_of(texts))
    assert sum(len(group.members) for group in groups) == len(texts) - 1
    assert len(groups) == 1


def test_a_short_form_that_stands_everywhere_is_taken_for_a_notice() -> None:
    """The price of not tying short messages together by the notice below them."""
    form = prose(1, 100)
    assert grouped(*(with_change(form, at=50, words=f"name{number}") for number in range(60))) == []


def test_likeness_is_a_share() -> None:
    """A limit of nothing would put everything together."""
    with pytest.raises(ValueError, match="share"):
        Likeness(similarity=0)


def test_no_texts_make_no_groups() -> None:
    """An empty case is looked through like any other."""
    assert near_groups(sets_of([])) == ()


def test_progress_is_told() -> None:
    """Whoever waits sees how far it is."""
    told: list[tuple[int, int]] = []
    near_groups(sets_of([prose(1)]), progress=lambda done, total: told.append((done, total)))
    assert told == [(0, 1)]


@settings(deadline=None)
@given(st.sets(st.integers(0, 200)), st.sets(st.integers(0, 200)))
def test_shared_numbers_are_counted_exactly(one: set[int], other: set[int]) -> None:
    """Similarity is exact, the sketch only proposes."""
    short, long = sorted((np.array(sorted(some), np.uint32) for some in (one, other)), key=len)
    assert shared_count(short, long) == len(one & other)


@settings(deadline=None, max_examples=30)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 4)), max_size=8))
def test_every_text_is_in_one_group_at_most_and_as_similar_as_said(made: list[tuple[int, int]]) -> None:
    """Groups part the texts; the numbers hold."""
    texts = [with_change(prose(seed), at=20 * change, words=f"changed {change}") for seed, change in made]
    sets = sets_of(texts)
    groups = near_groups(sets)
    everyone = [text for group in groups for text in (group.pivot, *(member.text for member in group.members))]
    assert len(everyone) == len(set(everyone))
    for group in groups:
        for member in group.members:
            one, other = set(sets.of(member.like).tolist()), set(sets.of(member.text).tolist())
            assert member.similarity == pytest.approx(len(one & other) / len(one | other))
