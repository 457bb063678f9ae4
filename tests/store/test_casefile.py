"""A case is made, opened, read and written as other rooms need it."""

from __future__ import annotations

import os
import sqlite3
import threading
from datetime import date
from pathlib import Path

import pytest

from tests.store.conftest import Clock, fill
from vaughn.model import (
    Case,
    CaseInUse,
    FileRole,
    InputError,
    IntegrityError,
    ProductionState,
    StateError,
    TextSource,
    UsageError,
)
from vaughn.store import Actor, CaseFile, DocumentQuery, FindingQuery, NewFile, PageReading
from vaughn.store.database import APPLICATION_ID, REVISION


def test_a_new_case_says_what_it_is_called(case: CaseFile) -> None:
    """What was written is read back, also after it was changed."""
    assert case.case() == Case("NDLON v. ICE", "S.D.N.Y.", "1:10-cv-03488")
    with case.writing("case.renamed") as change:
        change.set_case(Case("NDLON v. ICE II"))
    assert case.case() == Case("NDLON v. ICE II", None, None)


def test_the_folder_has_what_the_design_says(case: CaseFile) -> None:
    """Other rooms put their files there."""
    assert {"case.db", "blobs", "derived", "fulltext", "incoming"} <= {entry.name for entry in case.path.iterdir()}
    assert case.derived.is_dir()
    assert case.fulltext.is_dir()
    assert case.incoming.is_dir()


def test_a_case_is_not_made_over_something_else(case: CaseFile, tmp_path: Path, actor: Actor) -> None:
    """Nothing of the user's is ever overwritten."""
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("dear")
    (tmp_path / "file").write_text("dear")
    for path in (case.path, tmp_path / "full", tmp_path / "file"):
        with pytest.raises(InputError, match="already exists"):
            CaseFile.create(path, Case("A v. B"), actor=actor)


def test_a_half_made_case_is_told_and_made_again(tmp_path: Path, actor: Actor) -> None:
    """Making it was interrupted; nothing of value is in it."""
    path = tmp_path / "case"
    (path / "blobs").mkdir(parents=True)
    (path / "case.db.new").write_bytes(b"SQLite format 3\0")
    (path / "case.db.new-journal").write_bytes(b"")
    with pytest.raises(InputError, match="never finished"):
        CaseFile.open(path)
    with CaseFile.create(path, Case("A v. B"), actor=actor) as case:
        assert case.verify().is_clean
    assert not list(path.glob("case.db.new*"))


@pytest.mark.parametrize(
    ("content", "error", "words"),
    [
        (None, InputError, "is not the folder of a case"),
        (b"", InputError, "not the database of a case"),
        (b"not a database at all, only text" * 100, IntegrityError, "damaged"),
        (b"SQLite format 3\0" + b"\xff" * 5000, IntegrityError, "damaged"),
    ],
    ids=["no case.db", "empty", "text", "torn"],
)
def test_what_is_no_case_is_refused_clearly(
    tmp_path: Path, content: bytes | None, error: type[Exception], words: str
) -> None:
    """The person has named the wrong folder, or the disk is damaged."""
    if content is not None:
        (tmp_path / "case.db").write_bytes(content)
    with pytest.raises(error, match=words):
        CaseFile.open(tmp_path)


def test_a_folder_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    """Opening never makes anything."""
    with pytest.raises(InputError, match="no case at"):
        CaseFile.open(tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()


def test_the_database_of_another_program_is_refused(tmp_path: Path) -> None:
    """It must not be changed by accident."""
    connection = sqlite3.connect(tmp_path / "case.db")
    connection.execute("CREATE TABLE alembic_version (version_num TEXT)")
    connection.execute("INSERT INTO alembic_version VALUES ('0001')")
    connection.commit()
    connection.close()
    with pytest.raises(InputError, match="another program"):
        CaseFile.open(tmp_path)


def test_a_case_of_a_newer_version_is_refused(case: CaseFile, actor: Actor) -> None:
    """An older program would damage it."""
    case.close()
    connection = sqlite3.connect(case.path / "case.db")
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    for write in (False, True):
        with pytest.raises(StateError, match=f"newer Vaughn .tables 9999, this one knows {REVISION}."):
            CaseFile.open(case.path, write=write, actor=actor)


def test_a_reader_cannot_write(case: CaseFile) -> None:
    """Only who holds the lock may."""
    with CaseFile.open(case.path) as reader:
        with pytest.raises(StateError, match="opened for reading"), reader.writing("case.renamed"):
            pass
        assert not reader.is_writable
    assert case.is_writable


def test_a_writer_has_to_be_named(case: CaseFile) -> None:
    """Every event says who did it."""
    case.close()
    with pytest.raises(UsageError):
        CaseFile.open(case.path, write=True)


def test_a_second_writer_is_told_who_holds_the_case(case: CaseFile, actor: Actor) -> None:
    """They can wait, or end the other."""
    with pytest.raises(
        CaseInUse, match=rf"process {os.getpid()} on .* since 2011-01-17T12:00:\d\d\+00:00 .vaughn receive"
    ):
        CaseFile.open(case.path, write=True, actor=actor)


@pytest.mark.parametrize("said", [None, "", "{}", "[1]", '{"pid": "x"}'])
def test_who_writes_may_be_unknown(case: CaseFile, actor: Actor, said: str | None) -> None:
    """The file that names the holder is only a courtesy."""
    holder = case.path / "writer.json"
    holder.unlink()
    if said is not None:
        holder.write_text(said)
    with pytest.raises(CaseInUse, match="another process"):
        CaseFile.open(case.path, write=True, actor=actor)


def test_the_next_writer_gets_the_case_when_it_is_closed(case: CaseFile, actor: Actor) -> None:
    """Waiting ends as soon as it can."""
    threading.Timer(0.2, case.close).start()
    with CaseFile.open(case.path, write=True, actor=actor, wait_seconds=20) as second:
        assert second.is_writable


def test_what_a_dead_writer_left_never_blocks(case: CaseFile, actor: Actor) -> None:
    """Only the operating system's lock counts."""
    case.close()
    (case.path / "writer.json").write_text('{"pid": 1, "host": "elsewhere", "since": "2001", "command": ""}')
    with CaseFile.open(case.path, write=True, actor=actor) as again:
        assert again.is_writable


def test_readers_go_on_while_somebody_writes(case: CaseFile, production: int) -> None:
    """They see what was stored before, wholly."""
    with CaseFile.open(case.path) as reader:
        with case.writing("files.stored") as change:
            change.add_files(production, [NewFile("a", FileRole.OTHER, None, "text/plain")])
            assert reader.counts().files == 0
        assert reader.counts().files == 1


def test_many_threads_read_at_once(case: CaseFile) -> None:
    """The web server answers from a pool of threads."""
    fill(case)
    wrong: list[object] = []

    def look() -> None:
        for _ in range(10):
            seen = (case.documents(DocumentQuery()).total, len(case.pages(1)), case.findings(FindingQuery()).total)
            if seen != (4, 3, 2):
                wrong.append(seen)

    threads = [threading.Thread(target=look) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_writers_in_several_threads_take_turns(case: CaseFile, production: int) -> None:
    """A job and a request can want to write at the same moment."""

    def add(name: str) -> None:
        for number in range(5):
            with case.writing("files.stored") as change:
                change.add_files(production, [NewFile(f"{name}{number}", FileRole.OTHER, None, "text/plain")])

    threads = [threading.Thread(target=add, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert case.counts(production).files == 20
    assert case.verify().is_clean


def test_a_change_that_fails_leaves_nothing(case: CaseFile, production: int) -> None:
    """All of it or none of it, and no event."""
    before = case.head()
    with pytest.raises(InputError), case.writing("files.stored") as change:  # noqa: PT012 - the first has to work
        change.add_files(production, [NewFile("a", FileRole.OTHER, None, "text/plain")])
        change.require_production(99)
    assert case.head() == before
    assert case.counts().files == 0
    assert case.verify().is_clean


def test_a_change_of_nothing_leaves_no_event(case: CaseFile) -> None:
    """The log tells what happened."""
    before = case.head()
    with case.writing("nothing"):
        pass
    assert case.head() == before


def test_every_change_is_one_event_with_its_actor_and_moment(case: CaseFile, production: int) -> None:
    """Who did what when, to which ids."""
    with case.writing("files.stored", production=production) as change:
        change.add_files(production, [NewFile("a", FileRole.OTHER, None, "text/plain")])
        change.note(files=1)
    made, received, stored = case.events()
    assert [event.verb for event in (made, received, stored)] == ["case.made", "production.received", "files.stored"]
    assert stored.actor == "a paralegal"
    assert stored.objects == {"production": production, "files": 1}
    assert stored.at.isoformat().startswith("2011-01-17T12:00:0")
    assert stored.previous == received.hash
    assert case.events(after=2) == (stored,)
    assert case.events(limit=1) == (made,)


def test_production_names_are_used_once(case: CaseFile, production: int) -> None:
    """People cite productions by their names."""
    with pytest.raises(InputError, match="already has a production"), case.writing("production.received") as change:
        change.add_production("ICE 2011-01-17", "ICE", released_on=date(2011, 1, 17), source="x")
    found = case.production(production)
    assert found == case.production(name="ICE 2011-01-17")
    assert found in case.productions()
    assert case.production(99) is None


def test_a_production_moves_through_its_states(case: CaseFile, production: int) -> None:
    """A resumed load begins where it stopped."""
    with case.writing("production.copied") as change:
        change.set_production_state(production, ProductionState.LINKING)
        change.set_production_order(production, "doj-atr")
    found = case.production(production)
    assert found is not None
    assert (found.state, found.order) == (ProductionState.LINKING, "doj-atr")
    with pytest.raises(InputError, match="no production 99"), case.writing("production.copied") as change:
        change.set_production_state(99, ProductionState.LINKING)


def test_one_path_twice_in_a_production_is_refused_in_words(case: CaseFile, production: int) -> None:
    """An archive can name two members alike; whoever adds them has to tell them apart."""
    twice = [NewFile("a.tif", FileRole.IMAGE, None, "image/tiff")] * 2
    with pytest.raises(InputError, match="already has that"), case.writing("files.stored") as change:
        change.add_files(production, twice)
    assert case.counts().files == 0


@pytest.mark.parametrize(
    ("path", "kept"),
    [("half \ud800 a pair", r"half \ud800 a pair"), ("caf\udce9.txt", r"caf\xe9.txt"), ("café\n.txt", "café\n.txt")],
    ids=["half a pair", "no UTF-8", "line break"],
)
def test_a_name_that_is_no_unicode_is_kept_spelled_out(case: CaseFile, production: int, path: str, kept: str) -> None:
    """Names of files on a disk can be any bytes, and each file must come in."""
    with case.writing("files.stored") as change:
        change.add_files(production, [NewFile(path, FileRole.OTHER, None, "text/plain")])
    assert [file.path for file in case.source_files(production)] == [kept]


def test_files_keep_their_role_and_refusal(case: CaseFile, production: int) -> None:
    """What was not taken in is still counted."""
    blob = case.blobs.add_bytes(b"MZ")
    with case.writing("files.stored") as change:
        ids = change.add_files(
            production,
            [
                NewFile("a", FileRole.OTHER, blob, "text/plain"),
                NewFile("b", FileRole.OTHER, None, "inode/symlink", "FL009"),
            ],
        )
        change.set_file_roles(ids[:1], FileRole.LOAD_FILE)
    first, second = case.source_files(production)
    assert (first.role, first.blob, first.refused) == (FileRole.LOAD_FILE, blob, None)
    assert (second.blob, second.refused) == (None, "FL009")
    assert case.source_file(second.id) == second
    assert case.source_file(99) is None


def test_reading_a_page_again_replaces_what_was_read(case: CaseFile) -> None:
    """OCR comes after the text layer."""
    fill(case)
    with case.writing("pages.read") as change:
        change.save_pages(
            [PageReading(1, None, TextSource.OCR, "ICE 7", b"new words"), PageReading(2, None, TextSource.EMPTY)]
        )
    page = case.page(1)
    assert page is not None
    assert (page.size, page.text_source, page.stamped) == (None, TextSource.OCR, "ICE 7")
    assert case.packed_words(1) == b"new words"
    assert case.packed_words(2) is None
    assert case.verify().is_clean


def test_the_log_on_disk_does_not_grow_for_ever(case: CaseFile) -> None:
    """A day of reading pages makes hundreds of thousands of changes."""
    fill(case)
    for number in range(60):
        with case.writing("pages.read") as change:
            readings = [PageReading(at, None, TextSource.OCR, None, bytes([number]) * 300_000) for at in range(1, 6)]
            change.save_pages(readings)
    assert (case.path / "case.db-wal").stat().st_size < 30_000_000
    case.close()
    assert not (case.path / "case.db-wal").exists()


def test_the_mark_in_the_file_tells_what_it_is(case: CaseFile) -> None:
    """file(1) and forensic tools can name it."""
    assert case.path.joinpath("case.db").read_bytes()[68:72] == APPLICATION_ID.to_bytes(4, "big")


def test_a_clock_without_time_zone_is_refused(tmp_path: Path) -> None:
    """A moment without its zone is not a moment."""
    naive = Actor("a", lambda: Clock()().replace(tzinfo=None))
    with pytest.raises(ValueError, match="time zone"):
        CaseFile.create(tmp_path / "case", Case("A v. B"), actor=naive)
