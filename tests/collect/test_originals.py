"""The hash list can be made again by hand, and its hash compared."""

from __future__ import annotations

import hashlib
import io

import pytest

from vaughn.collect.originals import HashingStream, ListedFile, digest_of
from vaughn.model import InputError


def test_the_digest_is_the_hash_of_the_sorted_list():
    """As docs/how-to/take-records-in.md tells it."""
    files = [ListedFile("b\n.txt", 2, "bb"), ListedFile("a\\.txt", 1, "aa")]
    listed = b"aa  1  a\\\\.txt\nbb  2  b\\n.txt\n"
    assert digest_of(files) == digest_of(reversed(files)) == hashlib.sha256(listed).hexdigest()


def test_hashes_are_made_in_one_pass():
    """A disk of two terabytes is read once."""
    stream = HashingStream(io.BytesIO(b"Tuesday"), name="a.txt")
    while stream.read(3):
        pass
    made = stream.hashes("cc")
    assert (made.md5, made.sha1) == (hashlib.md5(b"Tuesday").hexdigest(), hashlib.sha1(b"Tuesday").hexdigest())


def test_a_disk_that_cannot_be_read_is_the_file_s_fault_and_not_the_case_s():
    """A bad sector makes one exception row; the rest comes in."""

    class Broken(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise OSError(5, "Input/output error")

    with pytest.raises(InputError, match=r"a\.txt cannot be read to its end"):
        HashingStream(Broken(), name="a.txt").read(3)
