"""Texts become sets of five words; running heads do not count; the same text gives the same numbers everywhere."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from vaughn.collect.shingles import COMMON_PAGES, Shingler, as_sets, joined_digests

NOTHING_COMMON = Shingler().common()
PROSE = "the judge complained of haphazard redactions over hundreds of pages that were versions of two memos"


def sets_of(*texts: str) -> list[set[int]]:
    shingled = Shingler().shingled(texts)
    numbers, sizes = as_sets(shingled.numbers, shingled.counts, owners=np.arange(len(texts)), common=NOTHING_COMMON)
    return [set(some.tolist()) for some in np.split(numbers, np.cumsum(sizes)[:-1])]


def test_a_text_of_n_words_has_n_less_four_shingles() -> None:
    """Five words that follow each other; fewer words make none."""
    assert [len(found) for found in sets_of(PROSE, "one two three four", "one two three four five", "")] == [
        len(PROSE.split()) - 4,
        0,
        1,
        0,
    ]


def test_texts_do_not_run_into_each_other() -> None:
    """The last words of one text and the first of the next are no shingle."""
    alone = [sets_of(text)[0] for text in (PROSE, "a b c d e f g")]
    assert sets_of(PROSE, "a b c d e f g") == alone


def test_letter_case_accents_and_layout_make_no_difference() -> None:
    """Words are those of the text index."""
    assert sets_of(PROSE) == sets_of(PROSE.upper().replace(" ", "\n  ").replace("JUDGE", "JUDGÉ"))


def test_the_numbers_of_a_text_never_change() -> None:
    """Stored similarities can be made again on another machine."""
    shingled = Shingler().shingled(["one two three four five"])
    assert (shingled.numbers.tolist(), shingled.digests.tolist()) == ([NUMBER], [DIGEST])


NUMBER, DIGEST = 3932356235, 5148125392948601419


def test_what_stands_at_the_head_of_very_many_texts_is_left_out() -> None:
    """A stamp on every page says nothing of one page."""
    head = "produced to the house select committee subject to agreement on sensitive information"
    texts = [f"{head} {' '.join(f'word{n}x{k}' for k in range(300))}" for n in range(COMMON_PAGES)]
    shingler = Shingler()
    shingled = shingler.shingled(texts)
    common = shingler.common()
    _, sizes = as_sets(shingled.numbers, shingled.counts, owners=np.arange(len(texts)), common=common)
    whole = len(texts[0].split()) - 4
    assert set(sizes.tolist()) == {whole - (len(head.split()) - 4)}


def test_fewer_copies_than_that_are_versions_and_count() -> None:
    """Forty versions of one letter are what is looked for."""
    shingler = Shingler()
    shingled = shingler.shingled([PROSE] * (COMMON_PAGES - 1))
    assert not shingler.common().any()
    assert shingled.counts.sum() > 0


def test_pages_of_one_document_have_one_set() -> None:
    """A document is what stands on all its pages."""
    shingled = Shingler().shingled([PROSE, PROSE, "a b c d e f"])
    numbers, sizes = as_sets(shingled.numbers, shingled.counts, owners=np.array([0, 0, 1]), common=NOTHING_COMMON)
    assert sizes.tolist() == [len(PROSE.split()) - 4, 2]
    assert len(numbers) == sizes.sum()


def test_joined_digests_are_equal_for_the_same_pages_in_the_same_order() -> None:
    """Documents of the same words are the same words."""
    one = Shingler().shingled(["a b c", "d e f", "a b c", "d e f", "d e f", "a b c"]).digests
    first, second, third = joined_digests(one, np.array([0, 0, 1, 1, 2, 2])).tolist()
    assert first == second
    assert first != third
    assert joined_digests(one[:0], np.array([], np.int64)).tolist() == []


@settings(deadline=None)
@given(st.lists(st.text(max_size=80), max_size=6))
def test_any_text_can_be_shingled_and_twice_the_same(texts: list[str]) -> None:
    """Whatever stands on a page, also half a surrogate pair."""
    one, other = Shingler().shingled(texts), Shingler().shingled(texts)
    assert one.numbers.tolist() == other.numbers.tolist()
    assert one.digests.tolist() == other.digests.tolist()
    assert len(one.numbers) == one.counts.sum()
    assert len(one) == len(texts)


@settings(deadline=None)
@given(st.lists(st.text("ab ", max_size=40), min_size=1, max_size=5))
def test_texts_shingled_together_are_as_shingled_alone(texts: list[str]) -> None:
    """In which batch a page was read makes no difference."""
    assert sets_of(*texts) == [sets_of(text)[0] for text in texts]
