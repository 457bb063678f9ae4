from __future__ import annotations

import pytest

from vaughn.work.children import child_environment


@pytest.mark.parametrize(
    ("own", "given"),
    [(None, "glibc.malloc.hugetlb=1"), ("glibc.malloc.check=3", "glibc.malloc.check=3:glibc.malloc.hugetlb=1")],
    ids=["nothing set", "something set"],
)
def test_children_ask_for_large_pages_beside_what_was_set(monkeypatch, own, given):
    """Who has tuned the C library keeps what was set."""
    monkeypatch.delenv("GLIBC_TUNABLES", raising=False)
    if own:
        monkeypatch.setenv("GLIBC_TUNABLES", own)
    assert child_environment()["GLIBC_TUNABLES"] == given


def test_children_start_one_thread_for_each_library():
    """Two processors times eight libraries would be sixteen threads a file."""
    assert {child_environment()[f"{name}_NUM_THREADS"] for name in ("OMP", "OPENBLAS", "MKL")} == {"1"}
