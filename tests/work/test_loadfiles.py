"""Workbooks and XML are read in a child: what they do to it reaches nobody else, and no row is lost on the way."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
import xlsxwriter

from tests.work import jobs
from vaughn.formats.loadfile import needs_child, recognise
from vaughn.formats.pages import FileRefused
from vaughn.work import FailureKind, Limits, WorkerPool, open_load_file

POSIX = pytest.mark.skipif(os.name != "posix", reason="Windows has no limits on memory and processor time")
EDRM = """<?xml version="1.0"?>
<Root MajorVersion="1" MinorVersion="2"><Batch><Documents>
 <Document DocID="ABC0001"><Tags><Tag TagName="#Subject" TagValue="Opting out"/></Tags>
  <Files><File FileType="Image"><ExternalFile FilePath="IMG" FileName="ABC0001.tif"/></File></Files></Document>
 <Document DocID="ABC0002"><Tags><Tag TagName="#Subject" TagValue="Budget"/></Tags></Document>
</Documents><Relationships>
 <Relationship Type="Attachment" ParentDocId="ABC0001" ChildDocId="ABC0002"/></Relationships></Batch></Root>
"""


@pytest.fixture(scope="module")
def pool():
    with WorkerPool(1) as shared:
        yield shared


def workbook(path: Path, rows: int) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Begin Bates", "End Bates", "Custodian"])
        for row in range(rows):
            sheet.write_row(row + 1, 0, [f"ABC{row:06d}", f"ABC{row:06d}", "Unit 1"])
    return path


def edrm(path: Path, text: str = EDRM) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("make", [lambda path: workbook(path, 25_000), edrm], ids=["workbook", "XML"])
def test_a_child_tells_what_a_load_file_says_word_for_word(pool, tmp_path, make):
    """Reading elsewhere must not change what was received."""
    path = make(tmp_path / "list")
    here, there = recognise(path, name="list"), open_load_file(path, name="list", pool=pool)
    assert type(there) is not type(here)
    assert (there.format, there.kind, there.columns) == (here.format, here.kind, here.columns)
    rows = [[(batch.lines.tolist(), batch.rows()) for batch in one.documents()] for one in (here, there)]
    assert rows[0] == rows[1]
    pages = [[(batch.keys, batch.paths, batch.breaks.tolist()) for batch in one.pages()] for one in (here, there)]
    assert pages[0] == pages[1]
    assert there.findings == here.findings


def test_a_text_list_needs_no_child(pool, tmp_path):
    """A DAT is read by our own code, in blocks; a process for it would only cost time."""
    path = tmp_path / "list.csv"
    path.write_text("Begin Bates,End Bates\nABC0001,ABC0002\n", encoding="utf-8")
    assert not needs_child(path, name="list.csv")
    assert open_load_file(path, name="list.csv", pool=pool).format == "csv"


@POSIX
@pytest.mark.parametrize(
    ("look", "code"),
    [(jobs.look_and_crash, "FL006"), (jobs.look_and_swallow, "FL006"), (jobs.look_and_loop, "FL006")],
    ids=["crash", "memory", "loop"],
)
def test_a_workbook_that_breaks_its_reader_is_refused_with_a_code(pool, tmp_path, look, code):
    """It becomes a finding; the pool goes on."""
    path = workbook(tmp_path / "list.xlsx", 3)
    with pytest.raises(FileRefused) as refused:
        open_load_file(path, name="list.xlsx", pool=pool, look=look, limits=Limits(0.3))
    assert refused.value.code == code
    assert open_load_file(path, name="list.xlsx", pool=pool).format == "xlsx"


@POSIX
def test_rows_before_a_failure_count_and_the_failure_is_told(pool, tmp_path):
    """Never drop a row silently."""
    path = workbook(tmp_path / "list.xlsx", 60_000)
    load_file = open_load_file(path, name="list.xlsx", pool=pool)
    batches = load_file.documents()
    read = len(next(batches))
    (child,) = pool._busy
    os.kill(child.pid, signal.SIGSEGV)
    read += sum(len(batch) for batch in batches)
    (told,) = [found for found in load_file.findings if found.code == "FL006"]
    assert f"{read:,} rows before that were read" in told.message
    assert 0 < read < 60_000


def test_an_xml_entity_bomb_expands_to_nothing(pool, tmp_path):
    """A billion laughs: ten levels of ten."""
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 11))
    bomb = f'<!DOCTYPE Root [<!ENTITY l0 "ha">{levels}]>' + EDRM.split("\n", 1)[1].replace("Budget", "&l10;")
    load_file = open_load_file(edrm(tmp_path / "list.xml", bomb), name="list.xml", pool=pool)
    rows = [row for batch in load_file.documents() for row in batch.rows()] if load_file else []
    assert sum(len(value) for row in rows for value in row) < 1000


def test_a_piece_is_one_outcome_and_a_crash_the_last(pool):
    """What came before a crash is not lost."""
    outcomes = list(pool.stream(jobs.numbers_then_crash, (5,), limits=Limits()))
    assert [one.value for one in outcomes[:-1]] == [0, 1, 2, 3, 4]
    assert outcomes[-1].failure.kind is FailureKind.CRASHED


def test_a_stream_does_not_wait_for_a_worker_of_its_caller(pool):
    """Copying an archive asks for the media types of its members meanwhile; one processor must do."""
    pieces = pool.stream(jobs.numbers_then_crash, (2,), limits=Limits())
    next(pieces)
    assert pool.run(jobs.double, (4,)).value == 8
    pieces.close()
