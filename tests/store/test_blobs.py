"""Bytes are stored once, whole, under their hash, and never changed."""

from __future__ import annotations

import hashlib
import io
import os
import stat
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vaughn.model import Blob, FileRole, InputError, IntegrityError, StateError
from vaughn.store import CaseFile, NewFile
from vaughn.store.blobs import BlobStore


@pytest.fixture
def blobs(tmp_path: Path) -> BlobStore:
    for name in ("blobs", "incoming"):
        (tmp_path / name).mkdir()
    return BlobStore(tmp_path)


@settings(max_examples=30)
@given(contents=st.lists(st.binary(max_size=3000), max_size=6))
def test_what_is_stored_is_read_back(tmp_path_factory: pytest.TempPathFactory, contents: list[bytes]) -> None:
    """The hash is that of the bytes; the same bytes are stored once."""
    folder = tmp_path_factory.mktemp("blobs")
    for name in ("blobs", "incoming"):
        (folder / name).mkdir()
    blobs = BlobStore(folder)
    added = [blobs.add_bytes(content) for content in contents]
    for content, blob in zip(contents, added, strict=True):
        assert blob == Blob(hashlib.sha256(content).hexdigest(), len(content))
        assert blobs.path(blob.sha256).read_bytes() == content
    assert blobs.names() == {blob.sha256 for blob in added}
    assert not any((folder / "incoming").iterdir())


def test_a_stored_file_is_read_only_and_lies_where_its_hash_says(blobs: BlobStore, tmp_path: Path) -> None:
    """An original is never changed by accident."""
    blob = blobs.add_bytes(b"page")
    path = blobs.path(blob.sha256)
    assert path == tmp_path / "blobs" / blob.sha256[:2] / blob.sha256
    assert not path.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH)


def test_a_large_file_is_copied_in_pieces(blobs: BlobStore, tmp_path: Path) -> None:
    """Productions hold files larger than the memory."""

    class Counting(io.RawIOBase):
        def __init__(self) -> None:
            self.left = 5_000_000
            self.largest = 0

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
            self.largest = max(self.largest, len(buffer))
            size = min(len(buffer), self.left)
            buffer[:size] = bytes(size)
            self.left -= size
            return size

    source = Counting()
    blob = blobs.add_stream(source)  # type: ignore[arg-type]
    assert blob.size_bytes == 5_000_000
    assert source.largest <= 1 << 20


def test_a_file_gets_its_name_only_when_it_is_whole(blobs: BlobStore, tmp_path: Path) -> None:
    """A power cut in the middle must not leave half a file under a hash."""

    class Torn(io.RawIOBase):
        def __init__(self) -> None:
            self.calls = 0

        def read(self, size: int = -1) -> bytes:
            self.calls += 1
            if self.calls == 3:
                raise OSError(5, "Input/output error")
            return b"x" * 1000

    with pytest.raises(StateError, match="Input/output error"):
        blobs.add_stream(Torn())  # type: ignore[arg-type]
    assert blobs.names() == set()
    assert not any((tmp_path / "incoming").iterdir())


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes of POSIX")
def test_links_folders_and_pipes_are_not_taken_in(blobs: BlobStore, tmp_path: Path) -> None:
    """A link could lead anywhere; a pipe never ends."""
    (tmp_path / "secret").write_text("secret")
    (tmp_path / "link").symlink_to(tmp_path / "secret")
    os.mkfifo(tmp_path / "pipe")
    for name in ("link", "pipe", "blobs", "nothing"):
        with pytest.raises(InputError):
            blobs.add_file(tmp_path / name)
    assert blobs.names() == set()


def test_bytes_that_are_not_there_are_named(blobs: BlobStore) -> None:
    """Only the beginning of the hash: enough to find it."""
    assert not blobs.has("0" * 64)
    with pytest.raises(IntegrityError, match="000000000000… are missing"):
        blobs.path("0" * 64)


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "AB", "g" * 64])
def test_what_is_no_hash_is_never_a_path(blobs: BlobStore, name: str) -> None:
    """A tampered table must not lead out of the folder."""
    assert not blobs.has(name)
    with pytest.raises(IntegrityError):
        blobs.path(name)


def test_files_are_on_the_disk_before_their_rows(case: CaseFile, production: int) -> None:
    """A row never names bytes that a power cut could take."""
    blob = case.blobs.add_bytes(b"page")
    assert case.blobs.has(blob.sha256)
    assert case.blobs.names() == set()
    with case.writing("files.stored") as change:
        change.add_files(production, [NewFile("a", FileRole.IMAGE, blob, "image/tiff")])
    assert case.blobs.names() == {blob.sha256}
