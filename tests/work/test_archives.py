"""Archives are unpacked in a child: their members arrive whole, or with the reason why not."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from tests.work import jobs
from vaughn.formats.pages import FileRefused
from vaughn.work import ArchiveReader, WorkerPool


@pytest.fixture(scope="module")
def pool():
    with WorkerPool(1) as shared:
        yield shared


def packed(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def whole(member) -> bytes:
    return b"".join(iter(member.stream.read, b""))


@pytest.mark.parametrize("size", [0, 1, 1024 * 1024, 1024 * 1024 + 1, 3_500_000])
def test_members_of_any_size_arrive_whole(pool, tmp_path, size):
    """A member may end with a piece, within one, or be empty."""
    data = bytes(range(256)) * (size // 256 + 1)
    path = packed(tmp_path / "a.zip", {"first": data[:size], "second": b"after it"})
    reader = ArchiveReader(path, name="a.zip", pool=pool)
    assert [(one.path, whole(one)) for one in reader.members()] == [("first", data[:size]), ("second", b"after it")]
    assert reader.findings == []


def test_a_member_that_nobody_reads_does_not_hold_up_the_next(pool, tmp_path):
    """Its bytes are passed over."""
    path = packed(tmp_path / "a.zip", {"large": b"x" * 5_000_000, "small": b"y"})
    assert [one.path for one in ArchiveReader(path, name="a.zip", pool=pool).members()] == ["large", "small"]


def test_members_that_are_known_are_not_unpacked_again(pool, tmp_path):
    """Copying that was stopped goes on where it was, in nested archives too."""
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("a", b"1")
        archive.writestr("b", b"2")
    path = packed(tmp_path / "a.zip", {"in.zip": inner.getvalue(), "c": b"3"})
    reader = ArchiveReader(path, name="a.zip", pool=pool)
    found = {one.path: whole(one) for one in reader.members(frozenset({"in.zip", "in.zip/a"}))}
    assert found == {"in.zip/b": b"2", "c": b"3"}


def test_a_crash_costs_the_member_it_came_in_and_what_follows(pool, tmp_path):
    """The members before it are whole, and the archive is named."""
    path = packed(tmp_path / "a.zip", {"any": b""})
    reader = ArchiveReader(path, name="V.zip", pool=pool, read=jobs.first_member_then_crash)
    members = reader.members()
    assert whole(next(members)) == b"all of it"
    with pytest.raises(FileRefused, match="break down"):
        whole(next(members))
    assert list(members) == []
    (told,) = reader.findings
    assert (told.code, told.place.path) == ("FL006", "V.zip")
    assert "not unpacked" in told.message
