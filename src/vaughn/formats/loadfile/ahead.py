"""Blocks of a load file, looked through ahead of time by threads while the rows before them are being used.

The whole-array operations of the scan let other threads run, so two processors share the work (measured: 1.6
times as fast). Small files are read without any thread.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Generic, TypeVar

from vaughn.formats.loadfile.lines import LineBlock, LineReader, LongLine

Seen = TypeVar("Seen")
WORKERS = 2
BLOCKS_AHEAD = 4


@dataclass(frozen=True, slots=True)
class ScannedBlock(Generic[Seen]):
    """A block and what the scan saw in it."""

    block: LineBlock
    seen: Seen


class ScannedBlocks(Generic[Seen]):
    """Reads blocks and scans them ahead.

    Args:
        scan: Looks through one block; runs in a thread, so it must not change anything.
    """

    def __init__(self, reader: LineReader, scan: Callable[[LineBlock], Seen]) -> None:
        self._reader = reader
        self._scan = scan
        self._source: Iterator[LineBlock | LongLine] = reader.blocks()
        self._waiting: deque[tuple[LineBlock | LongLine, Future[Seen] | None]] = deque()

    def __iter__(self) -> Iterator[ScannedBlock[Seen] | LongLine]:
        first = next(self._source, None)
        if isinstance(first, LineBlock) and first.is_last:
            yield ScannedBlock(first, self._scan(first))
            return
        with ThreadPoolExecutor(WORKERS, thread_name_prefix="loadfile") as pool:
            try:
                self._submit(first, pool)
                self._fill(pool)
                while self._waiting:
                    block, future = self._waiting.popleft()
                    if isinstance(block, LongLine):
                        yield block
                    elif future is not None:
                        yield ScannedBlock(block, future.result())
                    self._fill(pool)
            finally:
                self._drop()

    def keep_from(self, block: LineBlock, index: int) -> None:
        """Say that lines of *block* from *index* on were not used: they come again at the head of the next block."""
        self._drop()
        self._reader.keep_from(block, index)
        self._source = self._reader.blocks()

    def _submit(self, block: LineBlock | LongLine | None, pool: ThreadPoolExecutor) -> None:
        if block is not None:
            future = pool.submit(self._scan, block) if isinstance(block, LineBlock) else None
            self._waiting.append((block, future))

    def _fill(self, pool: ThreadPoolExecutor) -> None:
        while len(self._waiting) < BLOCKS_AHEAD:
            block = next(self._source, None)
            if block is None:
                return
            self._submit(block, pool)

    def _drop(self) -> None:
        for _, future in self._waiting:
            if future is not None:
                future.cancel()
        self._waiting.clear()
