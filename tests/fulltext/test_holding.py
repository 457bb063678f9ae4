from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from vaughn.fulltext.holding import is_among, of_numbers, those_in_all, those_in_any, those_without
from vaughn.fulltext.segment import Holders

SIZE = 40
SETS = st.tuples(st.sets(st.integers(0, SIZE - 1)), st.booleans())


def held(drawn: tuple[set[int], bool]) -> Holders:
    numbers, as_mask = drawn
    if as_mask:
        return Holders(SIZE, mask=np.isin(np.arange(SIZE), list(numbers)))
    return of_numbers(SIZE, np.array(sorted(numbers), np.int64))


@settings(deadline=None)
@given(st.lists(SETS, min_size=1, max_size=4))
def test_sets_of_both_kinds_are_put_together_as_sets_are(drawn):
    """Numbers or one yes or no each: the kind is for speed and must not show."""
    sets, expected = [held(one) for one in drawn], [one for one, _ in drawn]
    assert those_in_all(sets).sorted_numbers().tolist() == sorted(set.intersection(*expected))
    assert those_in_any(sets, size=SIZE).sorted_numbers().tolist() == sorted(set.union(*expected))
    assert those_without(sets[0], sets[-1]).sorted_numbers().tolist() == sorted(expected[0] - expected[-1])
    numbers = sets[0].sorted_numbers()
    assert numbers[is_among(numbers, sets[-1])].tolist() == sorted(expected[0] & expected[-1])
    assert [len(one) for one in sets] == [len(one) for one in expected]


def test_what_was_put_in_is_not_written_to():
    """An index hands out its own memory."""
    one = held(({1, 2, 3}, True))
    before = one.as_mask().copy()
    those_without(one, held(({2}, False)))
    those_in_any([one, held(({9}, False))], size=SIZE)
    assert one.as_mask().tolist() == before.tolist()
