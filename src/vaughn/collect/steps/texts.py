"""All texts of a case, read once: as shingles of pages, and as messages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType

import numpy as np

from vaughn.collect.messages import Message, MessageReader
from vaughn.collect.shingles import Counts, Digests, Numbers, Shingler, ShingleSets, as_sets, joined_digests
from vaughn.collect.steps.spool import NumberSpool
from vaughn.formats.pages import FileRefused, unpack_text
from vaughn.store import CaseFile, HeldMessage, PagesOf, Progress

_PAGES_AT_ONCE = 2000
_STEP = "Reading texts to compare them"


@dataclass(frozen=True, slots=True, eq=False)
class PageTable:
    """The pages that were read, in the order of their documents: one place a page in each array."""

    page_ids: Counts
    documents: Counts
    counts: Counts
    digests: Digests
    words: Counts


class TextsOfCase:
    """Reads every text once; what is too much for memory lies in files of `folder`."""

    def __init__(self, folder: Path) -> None:
        self._raw, self._words = NumberSpool(folder), NumberSpool(folder)
        self._folder = folder
        self._shingler = Shingler()
        self._reader = MessageReader()
        self._messages: list[Message] = []
        self._places: list[tuple[int, int]] = []
        self._parts: list[PageTable] = []
        self._spools = [self._raw, self._words]

    def __enter__(self) -> TextsOfCase:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for spool in self._spools:
            spool.__exit__(kind, error, trace)

    def read(self, case: CaseFile, *, shingled: bool, progress: Progress | None) -> None:
        """Read all pages of documents that count.

        Args:
            shingled: Whether pages will be compared; otherwise only messages are read.
        """
        coming = _Coming(case.held_messages())
        attachments = _attachments(case)
        documents = list(case.pages_of_documents(messages_only=not shingled))
        total = sum(one.page_count for one in documents)
        done = 0
        said: defaultdict[int, list[str]] = defaultdict(list)
        for batch in _batches(documents):
            if progress is not None:
                progress(_STEP, done, total)
            texts = _texts(case, batch)
            for (document, _), text in zip(batch, texts, strict=True):
                said[document].append(text)
            if shingled:
                self._shingle(batch, texts)
            # The last document may go on in the next batch.
            for message in coming.before(batch[-1][0]):
                self._take(message, said.pop(message.id, []), attachments)
            for document in [one for one in said if one != batch[-1][0]]:
                del said[document]
            done += len(batch)
        for message in coming.before(None):
            self._take(message, said.pop(message.id, []), attachments)

    def _shingle(self, batch: Sequence[tuple[int, int]], texts: Sequence[str]) -> None:
        made = self._shingler.shingled(texts)
        self._raw.append(made.numbers)
        table = np.array(batch, np.int64).reshape(-1, 2)
        self._parts.append(PageTable(table[:, 1], table[:, 0], made.counts, made.digests, made.words))

    def _take(self, held: HeldMessage, texts: Sequence[str], attachments: Mapping[int, Sequence[str]]) -> None:
        made = self._reader.message(held, "\n".join(texts), attachments=attachments.get(held.id, ()))
        start = len(self._words)
        self._words.append(made.words)
        self._places.append((start, len(self._words)))
        self._messages.append(replace(made, words=made.words[:0]))

    def messages(self) -> list[Message]:
        """Return every message that was read."""
        words = self._words.numbers()
        return [
            replace(message, words=words[start:end])
            for message, (start, end) in zip(self._messages, self._places, strict=True)
        ]

    def pages(self) -> PageTable:
        """Return the pages that were read."""
        none = np.zeros(0, np.int64)
        empty = PageTable(none, none, none, np.zeros(0, np.uint64), none)
        parts = [empty, *self._parts]
        return PageTable(
            np.concatenate([part.page_ids for part in parts]),
            np.concatenate([part.documents for part in parts]),
            np.concatenate([part.counts for part in parts]),
            np.concatenate([part.digests for part in parts]),
            np.concatenate([part.words for part in parts]),
        )

    def page_sets(self, table: PageTable) -> ShingleSets:
        """Return pages as sets."""
        numbers, starts = self._sets(table, np.arange(len(table.counts)))
        return ShingleSets(numbers, starts, table.digests, table.words)

    def document_sets(self, table: PageTable) -> ShingleSets:
        """Return documents as sets, in the order in which they come in *table*."""
        owners = _owners(table.documents)
        numbers, starts = self._sets(table, owners)
        words = np.bincount(owners, weights=table.words).astype(np.int64)
        return ShingleSets(numbers, starts, joined_digests(table.digests, owners), words)

    def _sets(self, table: PageTable, owners: Counts) -> tuple[Numbers, Counts]:
        spool = NumberSpool(self._folder)
        self._spools.append(spool)
        raw, common = self._raw.numbers(), self._shingler.common()
        ends = np.concatenate([[0], np.cumsum(table.counts)])
        sizes = [np.zeros(1, np.int64)]
        for first, last in _whole_documents(table.documents):
            numbers, some = as_sets(
                raw[ends[first] : ends[last]],
                table.counts[first:last],
                owners=owners[first:last] - owners[first],
                common=common,
            )
            spool.append(numbers)
            sizes.append(some)
        return spool.numbers(), np.cumsum(np.concatenate(sizes))


class _Coming:
    """Messages in the order of their ids, as far as they are wanted: their facts are too much for memory."""

    def __init__(self, messages: Iterator[HeldMessage]) -> None:
        self._messages = messages
        self._next = next(messages, None)

    def before(self, document_id: int | None) -> Iterator[HeldMessage]:
        """Return the messages up to a document, that one not included; all that are left if none is named."""
        while self._next is not None and (document_id is None or self._next.id < document_id):
            yield self._next
            self._next = next(self._messages, None)


def _batches(documents: Sequence[PagesOf]) -> Iterator[list[tuple[int, int]]]:
    """Return pages as (document, page), some thousands at once."""
    batch: list[tuple[int, int]] = []
    for one in documents:
        for page_id in range(one.first_page_id, one.first_page_id + one.page_count):
            batch.append((one.document_id, page_id))
            if len(batch) == _PAGES_AT_ONCE:
                yield batch
                batch = []
    if batch:
        yield batch


def _texts(case: CaseFile, batch: Sequence[tuple[int, int]]) -> list[str]:
    packed = {words.page_id: words.packed for words in case.packed_words_of([page_id for _, page_id in batch])}
    return [_text_of(packed.get(page_id)) for _, page_id in batch]


def _text_of(packed: bytes | None) -> str:
    try:
        return "" if packed is None else unpack_text(packed)
    except FileRefused:
        return ""  # `vaughn verify` names it.


def _attachments(case: CaseFile) -> dict[int, list[str]]:
    found: defaultdict[int, list[str]] = defaultdict(list)
    for attachment in case.attachments():
        found[attachment.parent_id].append(attachment.sha256 or f"document {attachment.document_id}")
    return found


def _owners(documents: Counts) -> Counts:
    """Return for each page the place of its document among all."""
    if not len(documents):
        return documents
    new: Counts = np.concatenate([[0], np.cumsum(documents[1:] != documents[:-1])]).astype(np.int64)
    return new


def _whole_documents(documents: Counts) -> Iterator[tuple[int, int]]:
    """Return stretches of pages, some thousands at once, that end where documents end."""
    borders = [*(np.flatnonzero(documents[1:] != documents[:-1]) + 1).tolist(), len(documents)]
    first = 0
    for border in borders:
        if border - first >= _PAGES_AT_ONCE:
            yield first, border
            first = border
    if first < len(documents):
        yield first, len(documents)
