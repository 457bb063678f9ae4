"""Files that were dropped on the workbench, on their way to a production: where they may be written, and where not.

They are streamed to `<case>/incoming/uploads/<upload>/`; receiving stores them as blobs, and the
folder is then removed.
"""

from __future__ import annotations

import re
import secrets
import shutil
from collections.abc import AsyncIterator
from pathlib import Path, PurePosixPath

from vaughn.model import InputError, StateError

MAX_NAME_BYTES = 255
MAX_PATH_LENGTH = 1000
MAX_DEPTH = 64
# Left free on the disk, so that the case's own database can still be written.
SPARE_BYTES = 500_000_000
_UPLOAD_ID = re.compile(r"[0-9a-f]{32}")
# Names that Windows takes for devices, in every folder and with every ending.
_DEVICES = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?", re.IGNORECASE)
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f:*?"<>|\ud800-\udfff]')


def upload_path(text: str) -> PurePosixPath:
    """Return the path inside the upload that *text* names.

    Raises:
        InputError: If it would lead out of the upload, or no file system of ours could keep the name.
    """
    if not text or len(text) > MAX_PATH_LENGTH:
        raise InputError("The file's path is empty or too long.", hint="Load the folder by its path instead.")
    parts = text.replace("\\", "/").split("/")
    if len(parts) > MAX_DEPTH or not all(_is_plain_name(part) for part in parts):
        raise InputError(
            "A file has a name that cannot be kept here, or a path that leads out of the folder.",
            hint="Load the folder by its path instead, or drop it as a zip.",
        )
    return PurePosixPath(*parts)


def _is_plain_name(name: str) -> bool:
    return (
        name not in ("", ".", "..")
        and _FORBIDDEN.search(name) is None
        and _DEVICES.fullmatch(name) is None
        and not name.endswith((".", " "))
        and len(name.encode("utf-8")) <= MAX_NAME_BYTES
    )


class Incoming:
    """The uploads of one case."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def begin(self) -> str:
        """Make room for one upload and return its id."""
        upload_id = secrets.token_hex(16)
        (self._folder / upload_id).mkdir(parents=True)
        return upload_id

    def folder(self, upload_id: str) -> Path:
        """Return the folder of an upload.

        Raises:
            InputError: If there is no such upload.
        """
        folder = self._folder / upload_id if _UPLOAD_ID.fullmatch(upload_id) else None
        if folder is None or not folder.is_dir():
            raise InputError("There is no such upload.", hint="Drop the folder or zip again.")
        return folder

    def source(self, upload_id: str) -> Path:
        """Return what was dropped: the one folder or file of the upload, or all of it."""
        folder = self.folder(upload_id)
        entries = list(folder.iterdir())
        if not entries:
            raise InputError("Nothing was uploaded.", hint="Drop a folder or a zip with files in it.")
        return entries[0] if len(entries) == 1 else folder

    async def save(self, upload_id: str, path: str, chunks: AsyncIterator[bytes]) -> int:
        """Write *chunks* under *path* in the upload and return how many bytes came.

        Raises:
            InputError: If the path cannot be used, or stands for something else already.
            StateError: If the disk is nearly full.
        """
        root = self.folder(upload_id)
        target = root.joinpath(*upload_path(path).parts)
        part = self._folder / f"{upload_id}.{secrets.token_hex(8)}.part"
        try:
            size = await _write(part, chunks)
            try:
                target.parent.mkdir(parents=True, exist_ok=True)
                # The same path again is the same file, sent again after a broken line; another spelling is not.
                names = {entry.name for entry in target.parent.iterdir()} if target.exists() else {target.name}
                if target.is_dir() or target.name not in names:
                    raise InputError("Two names differ in upper and lower case only.", hint="Drop it as a zip.")
                part.replace(target)
            except OSError as error:
                raise InputError("A file and a folder have the same name.", hint="Drop it as a zip.") from error
        finally:
            part.unlink(missing_ok=True)
        return size

    def remove(self, upload_id: str) -> None:
        """Delete an upload; nothing happens if it is gone already."""
        if _UPLOAD_ID.fullmatch(upload_id):
            shutil.rmtree(self._folder / upload_id, ignore_errors=True)

    def remove_all(self) -> None:
        """Delete what earlier runs left behind."""
        shutil.rmtree(self._folder, ignore_errors=True)


async def _write(path: Path, chunks: AsyncIterator[bytes]) -> int:
    size = 0
    checked = 0
    with path.open("xb") as file:
        async for chunk in chunks:
            if size >= checked:
                _require_room(path.parent)
                checked = size + SPARE_BYTES // 10
            file.write(chunk)
            size += len(chunk)
    return size


def _require_room(folder: Path) -> None:
    if shutil.disk_usage(folder).free < SPARE_BYTES:
        raise StateError(
            "The disk is nearly full; the upload was stopped.",
            hint="Make room, or load the folder by its path: that way it is copied once.",
        )
