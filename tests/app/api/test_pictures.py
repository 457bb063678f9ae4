"""Pictures are kept within their memory."""

from __future__ import annotations

from vaughn.app.api.pictures import PictureCache


def test_the_picture_unused_for_longest_goes_first():
    """A reader goes back one page, not a hundred."""
    cache = PictureCache(max_bytes=30)
    for name in "abc":
        cache.put(name, b"x" * 10)
    assert cache.get("a") == b"x" * 10
    cache.put("d", b"x" * 10)
    assert [cache.get(name) is not None for name in "abcd"] == [True, False, True, True]
    cache.put("d", b"y" * 25)
    assert [cache.get(name) is not None for name in "acd"] == [False, False, True]


def test_a_picture_larger_than_the_memory_is_not_kept():
    """One giant map must not hold the memory for ever."""
    cache = PictureCache(max_bytes=5)
    cache.put("a", b"x" * 10)
    assert cache.get("a") is None
    cache.put("b", b"xx")
    assert cache.get("b") == b"xx"
