"""A case with records taken in, made without reading a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from vaughn.formats.pages import pack_words
from vaughn.model import (
    Case,
    DocumentKind,
    FileRole,
    Handover,
    MailAddress,
    Moment,
    PageText,
    RecordFacts,
    TextSource,
)
from vaughn.store import Actor, CaseFile, NewFile, NewRecord, RecordPage

MONDAY = datetime(2011, 1, 17, 9, tzinfo=UTC)
Take = Callable[..., list[int]]


class Clock:
    """Gives moments a second apart."""

    def __init__(self) -> None:
        self._now = MONDAY

    def __call__(self) -> datetime:
        self._now += timedelta(seconds=1)
        return self._now


@pytest.fixture
def case(tmp_path: Path) -> Iterator[CaseFile]:
    """An empty case, open for writing."""
    actor = Actor("an officer", Clock(), "vaughn add")
    with CaseFile.create(tmp_path / "case", Case("A v. B", None, None), actor=actor) as made:
        yield made


def mail(title: str, *, hours: float = 0, by: str = "palmer@ice.example", **known: object) -> RecordFacts:
    """Return the facts of a message to Venturella."""
    return RecordFacts(
        DocumentKind.EMAIL,
        title,
        MailAddress(by, "Jon Palmer" if by.startswith("palmer") else ""),
        (MailAddress("venturella@ice.example", "David Venturella"),),
        sent=Moment(MONDAY + timedelta(hours=hours), 0),
        **known,  # type: ignore[arg-type]
    )


@pytest.fixture
def take(case: CaseFile) -> Take:
    """Take records in under one handing over: (path, bytes, facts, texts of its pages, number of its parent)."""

    def taken(
        name: str,
        *records: tuple[str, bytes, RecordFacts, Sequence[str], int | None],
        day: int = 17,
        custodian: str = "Palmer",
    ) -> list[int]:
        with case.writing("records.taken") as change:
            production = change.add_production(name, "ICE", released_on=date(2011, 1, day), source=name)
            change.set_handover(Handover(production.id, custodian, "an officer", date(2011, 1, day)))
            blobs = [case.blobs.add_bytes(data) for _, data, *_ in records]
            files = change.add_files(
                production.id,
                [
                    NewFile(path, FileRole.NATIVE, blob, "message/rfc822")
                    for (path, *_), blob in zip(records, blobs, strict=True)
                ],
            )
            ids: list[int] = []
            for file_id, (path, _, facts, texts, parent) in zip(files, records, strict=True):
                pages = tuple(RecordPage(None, TextSource.EMBEDDED, pack_words(PageText(text, ()))) for text in texts)
                identity = facts.message_id
                record = NewRecord(
                    file_id,
                    path,
                    facts,
                    path,
                    custodian,
                    None if parent is None else ids[parent],
                    len(pages),
                    pages,
                    identity,
                )
                ids.append(change.take_in(production.id, [record])[0].document_id)
            change.set_ordinals(enumerate_ordinals(ids))
        return ids

    return taken


def enumerate_ordinals(ids: Sequence[int]) -> list[tuple[int, int]]:
    return [(document, place) for place, document in enumerate(ids, start=1)]
