"""A case with a row in every table, and a clock that does not run by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from vaughn.model import (
    BatesNumber,
    Case,
    DocumentKind,
    FileOrigin,
    FileRole,
    Finding,
    Handover,
    LayerState,
    Ledger,
    LedgerLine,
    PageSize,
    PartRole,
    Place,
    RecordFacts,
    Severity,
    TextSource,
)
from vaughn.store import (
    Actor,
    CaseFile,
    DocumentColumns,
    JobState,
    NewCut,
    NewFile,
    NewLink,
    NewLoadFile,
    NewSource,
    NewStatement,
    NewTask,
    PageColumns,
    PageReading,
    RawRow,
    Writing,
)
from vaughn.store.schema import GROUP_MEMBER, GROUPING, OTHER_WORDS, RECORD, TASK


class Clock:
    """Gives moments a second apart; `forward` moves it."""

    def __init__(self) -> None:
        self.now = datetime(2011, 1, 17, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now

    def forward(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def actor(clock: Clock) -> Actor:
    return Actor("a paralegal", clock, "vaughn receive")


@pytest.fixture
def case(tmp_path: Path, actor: Actor) -> Iterator[CaseFile]:
    """An empty case, open for writing."""
    with CaseFile.create(tmp_path / "case", Case("NDLON v. ICE", "S.D.N.Y.", "1:10-cv-03488"), actor=actor) as made:
        yield made


@pytest.fixture
def production(case: CaseFile) -> int:
    """The id of an empty production in `case`."""
    with case.writing("production.received") as change:
        return change.add_production("ICE 2011-01-17", "ICE", released_on=date(2011, 1, 17), source="VOL001").id


def fill(case: CaseFile) -> None:
    """Put at least one row with a value in every column into every table."""
    with case.writing("production.received") as change:
        production = change.add_production(
            "ICE 2011-01-17",
            "ICE",
            released_on=date(2011, 1, 17),
            source="VOL001",
            replaces="ICE 2010",
            order="pdf-foia",
        )
        files = change.add_files(
            production.id,
            [
                NewFile("VOL001/a.dat", FileRole.LOAD_FILE, case.blobs.add_bytes(b"load file"), "text/plain"),
                NewFile("VOL001/a.pdf", FileRole.IMAGE, case.blobs.add_bytes(b"pages"), "application/pdf", "FL006"),
                NewFile("VOL001/b.pdf", FileRole.NATIVE, case.blobs.add_bytes(b"pages"), "application/pdf"),
            ],
        )
        load_file = change.add_load_file(
            production.id, NewLoadFile(files[0], "dat", "documents", '{"bom":true}', ("BEGBATES", "TITLE"), 3, 5)
        )
        change.add_raw_rows([RawRow(load_file, 2, ("ICE 0001", "a title"))])
        with change.bulk_load(production.id) as load:
            first = load.first_document_id
            load.documents(
                DocumentColumns(
                    page_count=[3, 0, 2],
                    control=["ICE 0001 B", None, None],
                    prefix=["ICE ", "ICE ", "ICE "],
                    begin_number=[1, 4, 5],
                    end_number=[3, 4, 6],
                    width=[4, 4, 4],
                    suffix=["B", None, None],
                    parent_id=[first, None, None],
                    family_id=[first, first, None],
                    kind=[DocumentKind.EMAIL, DocumentKind.ATTACHMENT, DocumentKind.PAPER],
                    custodian=["Palmer", "Palmer", None],
                    title=["a title", None, "another"],
                    sender=["someone", None, None],
                    recipients=["others", None, None],
                    date=["2010-03-01T10:00:00Z", "2010-03-01", None],
                    file_name=["a.msg", "b.doc", None],
                    native_file_id=[files[2], None, None],
                    text_file_id=[files[2], None, None],
                    load_file_id=load_file,
                    row_line=[2, 3, 4],
                    row_start=[10, 20, 30],
                    row_end=[20, 30, 40],
                    page_load_file_id=load_file,
                )
            )
            load.pages(
                PageColumns(
                    page_in_file=[1, 2, 3, 1, 2],
                    file_id=[files[1]] * 5,
                    label=[None, None, "ICE 0003.001", None, None],
                    list_start=[0, 10, 20, 30, 40],
                )
            )
        change.add_links([NewLink(first, FileRole.IMAGE, files[1], r"VOL001\A.PDF", "letter case")])
        change.add_tasks(production.id, "read", [NewTask("1", '{"file":1}'), NewTask("2")])
        (task,) = change.lease(1, seconds=60)
        change.fail(task.id, "the file is damaged")
        change.lease(1, seconds=60)
        change.update(TASK, ("code",), [(task.id, "FL006")])
    with case.writing("production.read") as change:
        change.save_pages(
            [
                PageReading(
                    page_id,
                    PageSize(612, 792.5),
                    TextSource.EMBEDDED,
                    f"ICE 000{page_id}",
                    b"packed words",
                    LayerState.POOR,
                    "rapidocr 3.10",
                )
                for page_id in range(1, 6)
            ]
        )
        change.set_page_languages([(1, "en"), (2, "es"), (3, "en")])
        change.renew_document_languages([first, first + 2])
        place = Place("VOL001/a.dat", 2, "ICE 0001", "TITLE", first, 1)
        run = change.add_check_run(
            production.id, "check", findings=[Finding("LF014", Severity.ERROR, place, "Twice.", 2)], order="pdf-foia"
        )
        change.add_findings(run, [Finding("LF003", Severity.NOTE, Place(), "Recognised.")])
        change.set_ledger(production.id, Ledger((LedgerLine("rows of a.dat", 3, (("documents", 3),)),)))
        job = change.add_job("receive", production_id=production.id, step="linking")
        running = change.save_job(replace(job, state=JobState.RUNNING, done=1, total=2, message="half"))
        change.save_job(replace(running, state=JobState.DONE))
        change.divide(3, [NewCut(1, "Bates number", "P-1", BatesNumber("P-", 1)), NewCut(2, "separator", "P-2")])
    with case.writing("entity.stated") as change:
        source = change.source_id(NewSource("ecf-41", "Opinion", "ECF 41", "court record", "https://example.org/41"))
        order = change.entity_id("order", "2011-02-07")
        change.state(order, [NewStatement("filed_on", "2011-02-07", source, note="reissued")])
        change.add_entity_file(order, "41.pdf", blob=case.blobs.add_bytes(b"an order"), media_type="application/pdf")
        fill_taken(change, production.id, files[1])


def fill_taken(change: Writing, production_id: int, file_id: int) -> None:
    """Put a row with a value in every column into the tables of taking in."""
    moment = datetime(2010, 3, 1, 10, tzinfo=UTC)
    given = ("Palmer", "laptop", "disk", "sealed", "/media/disk", 2, 14, "ab12", "ab12", "{}", moment)
    change.set_handover(Handover(production_id, "ICE", "a paralegal", date(2010, 3, 1), *given))
    origin = FileOrigin(file_id, file_id - 1, 1, PartRole.MEMBER, 2, "aa", "bb", moment.isoformat(), moment.isoformat())
    change.add_origins([origin])
    facts = RecordFacts(DocumentKind.EMAIL, "a title", message_id="<1@ice.gov>")
    change.insert(
        RECORD, ("document_id", "identity", "message_id", "facts"), [(2, "cd", "<1@ice.gov>", facts.to_json())]
    )
    change.set_other_words([PageReading(1, None, TextSource.EMBEDDED, words=b"other words")], engine="embedded")
    change.update(OTHER_WORDS, ("chosen_by",), [(1, "a paralegal")])
    change.keep_ocr("ef", "rapidocr", b"read words")
    names = ("id", "kind", "scope", "at", "state", "parameters")
    change.insert(GROUPING, names, [(1, 0, 0, moment.isoformat(), 0, "{}")])
    names = ("id", "grouping_id", "group_number", "document_id", "position", "role", "basis", "similarity")
    change.insert(GROUP_MEMBER, (*names, "parent_id", "page_id"), [(1, 1, 1, 2, 1, 0, "same bytes", 1.0, 1, 1)])
