"""What is a stored file? Told by its bytes; packages (zip, Office) are opened in a child process."""

from __future__ import annotations

from pathlib import Path

from vaughn.formats.pages import is_package, media_type, package_type
from vaughn.work.pool import WorkerPool

_ZIP = "application/zip"


def file_type(path: Path, *, name: str, pool: WorkerPool) -> str:
    """Return the media type of the file at *path*, which is called *name*."""
    if not is_package(path):
        return media_type(path, name=name)
    kind = pool.run(package_type, (path,)).value
    return kind if isinstance(kind, str) else _ZIP
