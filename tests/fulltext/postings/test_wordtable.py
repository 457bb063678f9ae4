"""Words get numbers in bulk as a dictionary would give them one by one."""

from __future__ import annotations

from random import Random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from vaughn.fulltext.postings.wordtable import EMPTY_PLACE, NO_WORD, WordTable

WORDS = st.text(st.sampled_from("abcdefgh0é京"), min_size=1, max_size=24).map(str.encode)
BUFFERS = st.lists(st.lists(st.one_of(WORDS, st.just(EMPTY_PLACE)), max_size=30), max_size=5)


@given(BUFFERS, st.sampled_from([b" ", b"   "]))
def test_each_word_has_one_number_and_each_number_one_word(buffers, blank):
    """Two words under one number would be found for each other."""
    table, known = WordTable(), {}
    for words in buffers:
        buffer = blank + blank.join(words)
        numbers, begins = table.numbers(buffer)
        assert [buffer[begin:].split(b" ")[0] for begin in begins.tolist()] == words
        for word, number in zip(words, numbers.tolist(), strict=True):
            assert known.setdefault(word, number) == number
    assert known.pop(EMPTY_PLACE, NO_WORD) == NO_WORD
    assert sorted(known.values()) == list(range(1, len(known) + 1))
    assert len(table) == len(known)
    entries, numbers = table.entries()
    assert entries == sorted(known)
    assert numbers.tolist() == [known[word] for word in entries]


def test_a_table_grows_with_its_words():
    """Tables are made anew, twice as large, while words are being looked up."""
    random = Random(1)
    words = [random.randbytes(random.randint(1, 12)).hex().encode() for _ in range(40_000)]
    table = WordTable()
    first, _ = table.numbers(b" ".join(words))
    again, _ = table.numbers(b" ".join(reversed(words)))
    assert np.array_equal(first, again[::-1])
    assert len(table) == len(set(words))
    assert table.entries()[0] == sorted(set(words))


def test_a_joined_word_is_an_entry_of_its_own():
    """It stands beside the printed word, not in its place."""
    table = WordTable()
    (number,), _ = table.numbers(b"deportation")
    joined = table.long_number(b"deportation\x02")
    assert joined == table.long_number(b"deportation\x02") != number
    assert table.entries()[0] == [b"deportation", b"deportation\x02"]
