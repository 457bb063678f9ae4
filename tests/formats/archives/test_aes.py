from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaughn.formats.archives.aes import decrypted, encrypted, round_keys

PLAIN = bytes.fromhex("00112233445566778899aabbccddeeff")


@pytest.mark.parametrize(
    ("length", "secret"),
    [
        (16, "69c4e0d86a7b0430d8cdb78070b4c55a"),
        (24, "dda97ca4864cdfe06eaf70a0ec0d7191"),
        (32, "8ea2b7ca516745bfeafc49904b496089"),
    ],
)
def test_the_examples_of_the_standard_come_out(length, secret):
    """FIPS 197, appendix C."""
    keys = round_keys(bytes(range(length)))
    block = np.frombuffer(PLAIN, np.uint8).reshape(1, 16)
    assert encrypted(block, keys).tobytes().hex() == secret
    assert decrypted(np.frombuffer(bytes.fromhex(secret), np.uint8).reshape(1, 16), keys).tobytes() == PLAIN


@given(st.binary(min_size=16, max_size=16), st.binary(min_size=64, max_size=64))
def test_decrypting_undoes_encrypting(key, data):
    """Many blocks at once are as many alone."""
    blocks = np.frombuffer(data, np.uint8).reshape(-1, 16)
    assert decrypted(encrypted(blocks, round_keys(key)), round_keys(key)).tobytes() == data
