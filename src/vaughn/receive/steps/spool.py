"""Bytes put aside on the disk of the case while a production is joined; nothing of them is left when it is done."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryFile
from types import TracebackType

from vaughn.model import StateError


class Spool:
    """A temporary file in *folder*, which is emptied when the case is opened; use as a context manager."""

    def __init__(self, folder: Path) -> None:
        self._file = TemporaryFile(dir=folder, suffix=".part")  # noqa: SIM115 - closed by `__exit__`
        self._ends = [0]

    def __enter__(self) -> Spool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def put(self, content: bytes) -> int:
        """Put bytes aside; return their number.

        Raises:
            StateError: If the disk is full.
        """
        try:
            self._file.seek(self._ends[-1])
            self._file.write(content)
        except OSError as error:
            raise StateError(
                f"The case cannot be written to: {error.strerror or 'the disk gave an error'}.",
                hint="Make room on the disk and run the same command again; nothing that was stored is lost.",
            ) from error
        self._ends.append(self._ends[-1] + len(content))
        return len(self._ends) - 2

    def get(self, number: int) -> bytes:
        """Return what was put aside."""
        start, end = self._ends[number : number + 2]
        self._file.seek(start)
        return self._file.read(end - start)
