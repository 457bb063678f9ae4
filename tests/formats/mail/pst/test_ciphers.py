"""The scrambling of Outlook's blocks."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vaughn.formats.mail.pst.ciphers import CYCLIC, NO_CIPHER, PERMUTE, unscrambled


@given(st.binary(max_size=64), st.integers(0, 2**64 - 1))
def test_the_cyclic_cipher_is_its_own_inverse(data, key):
    """[MS-PST] 5.2: one routine scrambles and unscrambles."""
    assert unscrambled(unscrambled(data, CYCLIC, key), CYCLIC, key) == data


def test_every_byte_has_one_meaning():
    """A table with a misprint would give two bytes the same meaning."""
    every = bytes(range(256))
    assert sorted(unscrambled(every, PERMUTE, 0)) == list(every)
    assert unscrambled(every, NO_CIPHER, 0) == every
