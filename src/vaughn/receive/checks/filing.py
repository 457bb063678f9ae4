"""The files of a production as columns: a million of them are held at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from vaughn.model import FileRole
from vaughn.receive.checks.columns import Growing, TextBuilder
from vaughn.receive.facts import NONE, ROLES, FileFacts, Flags, Ints, TextColumn
from vaughn.receive.packed import PackedTexts
from vaughn.receive.survey import is_litter
from vaughn.store import FileBatch

# A text file this small may hold nothing but a byte order mark and line ends; a larger one holds words.
SMALL_TEXT_BYTES = 200
_DIGEST_BYTES = 32


@dataclass(frozen=True, slots=True, eq=False)
class CaseFiles:
    """All files as the case has them, one a row in the order of their ids.

    Args:
        digest: SHA-256 of each, zeros without bytes.
        size_bytes: -1 without bytes.
        is_settled: Refused (it has its own finding) or litter: no row need name it.
    """

    id: Ints
    path: PackedTexts
    role: Ints
    digest: np.ndarray[tuple[int, int], np.dtype[np.uint8]]
    size_bytes: Ints
    media_type: TextColumn
    is_settled: Flags

    def __len__(self) -> int:
        return len(self.id)

    def sha256(self, row: int) -> str | None:
        """Return the hash of one file's bytes, `None` without bytes."""
        return bytes(self.digest[row]).hex() if self.size_bytes[row] >= 0 else None


def case_files(batches: Iterable[FileBatch]) -> CaseFiles:
    """Return *batches* in one."""
    roles = {role: place for place, role in enumerate(ROLES)}
    path, media = PackedTexts(), TextBuilder(0)
    ids, role, size, kind = Growing(np.int64), Growing(np.int8), Growing(np.int64), Growing(np.int32)
    settled, digest = Growing(np.bool_), Growing(np.uint8, _DIGEST_BYTES)
    for batch in batches:
        path.extend(list(batch.path))
        ids.extend(batch.id)
        role.extend([roles[one] for one in batch.role])
        size.extend([NONE if one is None else one for one in batch.size_bytes])
        settled.extend([bool(no) or is_litter(name) for no, name in zip(batch.is_refused, batch.path, strict=True)])
        kind.extend(media.codes_of(batch.media_type))
        hexadecimal = "".join(one or "0" * 2 * _DIGEST_BYTES for one in batch.sha256)
        digest.extend(np.frombuffer(bytes.fromhex(hexadecimal), np.uint8).reshape(-1, _DIGEST_BYTES))
    return CaseFiles(
        id=ids.data,
        path=path,
        role=role.data,
        digest=digest.data,
        size_bytes=size.data,
        media_type=TextColumn(media.values, kind.data),
        is_settled=settled.data | (size.data < 0),
    )


def file_facts(files: CaseFiles, used: Ints, *, letters: Callable[[str], int] | None) -> FileFacts:
    """Return the columns of the files.

    Args:
        used: Rows of files that a document, a page or a load file refers to.
        letters: How many letters and digits a small text holds, by its hash; not counted if `None`.
    """
    size = len(files)
    is_used = files.is_settled.copy()
    is_used[used] = True
    chars = np.full(size, NONE, np.int32)
    is_text = files.role == ROLES.index(FileRole.TEXT)
    small = is_text & (files.size_bytes >= 0) & (files.size_bytes <= SMALL_TEXT_BYTES)
    for row in np.flatnonzero(small).tolist() if letters is not None else ():
        digest = files.sha256(row)
        if letters is not None and digest is not None:
            chars[row] = letters(digest)
    # 63 bits of a SHA-256 are the same for different files once in a million productions of a million files.
    content = np.ascontiguousarray(files.digest[:, :8]).view(np.int64).reshape(-1) & np.int64(2**63 - 1)
    return FileFacts(
        id=files.id,
        path=files.path,
        role=files.role,
        media_type=files.media_type,
        size_bytes=files.size_bytes,
        pages=np.broadcast_to(np.int64(NONE), size),
        encoding=TextColumn((), np.broadcast_to(np.int64(NONE), size)),
        text_chars=chars,  # type: ignore[arg-type]
        used=is_used,
        content=np.where(files.size_bytes >= 0, content, NONE),
    )
