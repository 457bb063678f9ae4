"""A full disk is told in words and costs nothing that was stored (how errors of the database are told)."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from vaughn.model import Case, FileRole, StateError
from vaughn.store import Actor, CaseFile, DocumentColumns, DocumentQuery, NewFile, PageColumns

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX stand for the full disk")


@contextmanager
def no_file_larger_than(limit_bytes: int) -> Iterator[None]:
    """What a full disk does to a growing file."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit_bytes, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def load(case: CaseFile, production: int, count: int) -> None:
    with case.bulk_load(production) as load:
        load.documents(DocumentColumns(page_count=[1] * count, title=["a long title " * 20] * count))
        load.pages(PageColumns(page_in_file=[1] * count))


@pytest.mark.parametrize("count", [200, 20_000], ids=["small", "spilling into the log"])
def test_a_change_that_does_not_fit_is_told_and_undone(case: CaseFile, production: int, count: int) -> None:
    """The person makes room and goes on."""
    load(case, production, 50)
    before = case.head()
    with no_file_larger_than(400_000), pytest.raises(StateError, match="disk is full") as raised:
        load(case, production, count * 10)
    assert "Make room" in str(raised.value.hint)
    assert case.head() == before
    assert case.documents(DocumentQuery()).total == 50
    assert case.verify().problems == ()
    load(case, production, count)
    assert case.documents(DocumentQuery()).total == 50 + count
    assert case.verify().problems == ()


def test_a_file_that_does_not_fit_is_told_and_leaves_nothing(case: CaseFile, production: int) -> None:
    """Not even half a copy."""
    with no_file_larger_than(100_000), pytest.raises(StateError, match="cannot be written to"):
        case.blobs.add_bytes(bytes(200_000))
    assert not any(case.incoming.iterdir())
    blob = case.blobs.add_bytes(bytes(200_000))
    with case.writing("files.stored") as change:
        change.add_files(production, [NewFile("a", FileRole.IMAGE, blob, "image/tiff")])
    assert case.verify().problems == ()


def test_a_case_that_does_not_fit_can_be_made_later(tmp_path: Path, actor: Actor) -> None:
    """Nothing half-made stays in the way."""
    path = tmp_path / "later"
    with no_file_larger_than(20_000), pytest.raises(StateError):
        CaseFile.create(path, Case("A v. B"), actor=actor)
    with CaseFile.create(path, Case("A v. B"), actor=actor) as made:
        assert made.verify().is_clean
