"""Numbers that are too many for memory, in a file without a name that is gone when it is closed."""

from __future__ import annotations

import tempfile
from pathlib import Path
from types import TracebackType

import numpy as np

from vaughn.collect.shingles import Numbers


class NumberSpool:
    """Takes arrays one after the other and gives them back as one, which the system keeps in memory as it can."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._file = tempfile.TemporaryFile(dir=folder, prefix="groups-")  # noqa: SIM115 - closed with the spool
        self._count = 0

    def __enter__(self) -> NumberSpool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def __len__(self) -> int:
        return self._count

    def append(self, numbers: Numbers) -> None:
        """Add *numbers* to the end."""
        self._file.write(numbers.tobytes())
        self._count += len(numbers)

    def numbers(self) -> Numbers:
        """Return all that was added; nothing may be added afterwards."""
        self._file.flush()
        if not self._count:
            return np.zeros(0, np.uint32)
        return np.asarray(np.memmap(self._file, np.uint32, mode="r", shape=(self._count,)))
