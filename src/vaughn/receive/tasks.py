"""Which files must be read for which pages? One task a file, long files in stretches; as text for the work ledger."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from vaughn.receive.assemble import PageTable

# A task reads at most this many pages: a long file is shared by all workers, and little is lost when one is killed.
PAGES_PER_TASK = 50
# One line that is a number may be quoted; two in order part pages.
_LEAST_LABELS = 2


@dataclass(frozen=True, slots=True)
class PageRun:
    """Pages of a file in a row: file pages from `first` on are the pages of the case from `page_id` on."""

    first: int
    page_id: int
    count: int


@dataclass(frozen=True, slots=True)
class ReadingTask:
    """Reads pages `first` to `last` of one file."""

    file_id: int
    first: int
    last: int
    runs: tuple[PageRun, ...]

    @property
    def key(self) -> str:
        """What makes it this task."""
        return f"{self.file_id}:{self.first}"

    def payload(self) -> str:
        """Return the task as it is kept in the work ledger."""
        runs = [[run.first, run.page_id, run.count] for run in self.runs]
        return json.dumps({"file": self.file_id, "first": self.first, "last": self.last, "runs": runs})

    @classmethod
    def from_payload(cls, text: str) -> ReadingTask:
        """Return the task that `payload` wrote."""
        read = json.loads(text)
        return cls(read["file"], read["first"], read["last"], tuple(PageRun(*run) for run in read["runs"]))

    def page_ids(self) -> dict[int, list[int]]:
        """Return the pages of the case that each page of the file stands on."""
        found: dict[int, list[int]] = {}
        for run in self.runs:
            for offset in range(run.count):
                found.setdefault(run.first + offset, []).append(run.page_id + offset)
        return found


def reading_tasks(pages: PageTable, file_ids: Sequence[int], *, first_page_id: int) -> Iterator[ReadingTask]:
    """Yield the tasks that read all pages with a file, in the order of the pages.

    Args:
        file_ids: Id of each file that `PageTable.file` counts.
    """
    has = np.flatnonzero(pages.file >= 0)
    if not len(has):
        return
    files, numbers = pages.file[has], pages.page_in_file[has]
    breaks = np.ones(len(has), dtype=bool)
    breaks[1:] = (files[1:] != files[:-1]) | (numbers[1:] != numbers[:-1] + 1) | (np.diff(has) != 1)
    starts = np.flatnonzero(breaks)
    lengths = np.diff(np.append(starts, len(has)))
    by_file: dict[int, list[PageRun]] = {}
    for start, length in zip(starts.tolist(), lengths.tolist(), strict=True):
        run = PageRun(int(numbers[start]), first_page_id + int(has[start]), length)
        by_file.setdefault(int(files[start]), []).append(run)
    for file, runs in by_file.items():
        yield from _stretches(file_ids[file], runs)


def _stretches(file_id: int, runs: Sequence[PageRun]) -> Iterator[ReadingTask]:
    pieces: dict[int, list[PageRun]] = {}
    for run in runs:
        first, left, page_id = run.first, run.count, run.page_id
        while left:
            stretch = (first - 1) // PAGES_PER_TASK
            count = min(left, (stretch + 1) * PAGES_PER_TASK - first + 1)
            pieces.setdefault(stretch, []).append(PageRun(first, page_id, count))
            first, left, page_id = first + count, left - count, page_id + count
    for _, own in sorted(pieces.items()):
        yield ReadingTask(
            file_id, min(run.first for run in own), max(run.first + run.count - 1 for run in own), tuple(own)
        )


@dataclass(frozen=True, slots=True)
class TextTask:
    """Puts the text of one file onto the pages of a document.

    Args:
        page: Page that the text is of, 0 for the whole document.
    """

    file_id: int
    first_page_id: int
    page_count: int
    page: int = 0

    @property
    def key(self) -> str:
        """What makes it this task."""
        return f"{self.file_id}:{self.first_page_id}:{self.page}"

    def payload(self) -> str:
        """Return the task as it is kept in the work ledger."""
        return json.dumps([self.file_id, self.first_page_id, self.page_count, self.page])

    @classmethod
    def from_payload(cls, text: str) -> TextTask:
        """Return the task that `payload` wrote."""
        return cls(*json.loads(text))


@dataclass(frozen=True, slots=True)
class RowTextTask:
    """Puts the text that stands in a document's own row onto its pages.

    Args:
        start, end: Byte offsets of the row in the load file.
        column: Place of the text column, from 0.
    """

    load_file_id: int
    start: int
    end: int
    column: int
    first_page_id: int
    page_count: int

    @property
    def key(self) -> str:
        """What makes it this task."""
        return f"{self.load_file_id}:{self.start}"

    def payload(self) -> str:
        """Return the task as it is kept in the work ledger."""
        numbers = [self.load_file_id, self.start, self.end, self.column, self.first_page_id, self.page_count]
        return json.dumps(numbers)

    @classmethod
    def from_payload(cls, text: str) -> RowTextTask:
        """Return the task that `payload` wrote."""
        return cls(*json.loads(text))


def shared_out(page_texts: Sequence[str], pages: int) -> list[str]:
    """Return one text a page: the file's pages in order, what is left over on the last page."""
    if pages <= 0:
        return []
    texts = list(page_texts[:pages])
    if len(page_texts) > pages:
        texts[-1] = "\n".join(page_texts[pages - 1 :])
    return texts + [""] * (pages - len(texts))


def cut_at_labels(text: str, labels: Sequence[str | None]) -> list[str] | None:
    """Return the text of each page where lines that are nothing but its number part them, else `None`.

    The numbers must stand in order, each once, and either begin the text of every page or end it. A page whose
    number does not show goes with its neighbour.

    Args:
        labels: Number of each page.
    """
    lines = text.splitlines(keepends=True)
    wanted = {_bare(label): page for page, label in enumerate(labels) if label}
    shown = [(at, wanted[bare]) for at, line in enumerate(lines) if (bare := _bare(line)) in wanted]
    inked = [at for at, line in enumerate(lines) if line.strip()]
    in_order = all(one[1] < other[1] for one, other in pairwise(shown))
    if len(shown) < _LEAST_LABELS or not in_order or len(wanted) < len(labels):
        return None
    pages = [""] * len(labels)
    if shown[0] == (inked[0], 0):
        ends = [at for at, _ in shown[1:]] + [len(lines)]
        for (at, page), end in zip(shown, ends, strict=True):
            pages[page] = "".join(lines[at:end])
        return pages
    if shown[-1] != (inked[-1], len(labels) - 1):
        return None
    begin, first = 0, 0
    for at, page in shown:
        # The text before the number of a page is also that of the pages before it whose number does not show.
        pages[first] = "".join(lines[begin : at + 1])
        begin, first = at + 1, page + 1
    return pages


def _bare(line: str) -> str:
    return "".join(line.split()).casefold()


def first_pages(document: npt.NDArray[np.int64], *, size: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return for each document where its pages begin in the page table, and how many there are."""
    counts = np.bincount(document, minlength=size) if len(document) else np.zeros(size, np.int64)
    starts = np.concatenate([[0], np.cumsum(counts)[:-1]]) if size else np.zeros(0, np.int64)
    return starts.astype(np.int64), counts.astype(np.int64)
