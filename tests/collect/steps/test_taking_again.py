"""What failed is told, and tried again; what came is kept; passwords are never kept."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest

from tests.collect.piles import HANDED, codes, message, new_case, taken, write_pile
from tests.receive.volumes import pdf_bytes
from vaughn.collect import Fate, TakeInOptions, account, exceptions, resume, retry
from vaughn.collect.steps import copying
from vaughn.formats.pages import unpack_text
from vaughn.model import InputError, ProductionState, StateError
from vaughn.store import CaseFile, WorkPaused
from vaughn.work import InlineExecutor

PASSWORD = "correct horse"


def locked_pdf(text: str) -> bytes:
    """Return a PDF that opens with `PASSWORD` alone."""
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf_bytes([[text]]))) as pdf:
        pdf.save(made, encryption=pikepdf.Encryption(owner=PASSWORD, user=PASSWORD))
    return made.getvalue()


@pytest.fixture
def case(tmp_path: Path):
    with new_case(tmp_path) as made:
        yield made


def again(case: CaseFile, *, passwords: tuple[str, ...] = (), reasons: tuple[str, ...] = ()):
    with InlineExecutor() as executor:
        return retry(case, 1, passwords=passwords, reasons=reasons, executor=executor)


def test_a_locked_file_is_an_exception_and_comes_in_with_its_password(case: CaseFile, tmp_path: Path):
    """The password often comes a week after the disk."""
    pile = write_pile(tmp_path / "pile", {"a.txt": b"Tuesday", "b.pdf": locked_pdf("Locked words")})
    taken(case, pile)
    (row,) = exceptions(case, 1)
    assert (row.path, row.code, row.fate, row.can_retry, row.attempts) == ("b.pdf", "FL012", Fate.FAILED, True, 1)
    before = {one.file_name: one.id for one in case.all_documents()}
    assert set(before) == {"a.txt", "b.pdf"}
    again(case, passwords=("wrong", PASSWORD))
    assert exceptions(case, 1) == ()
    assert {one.file_name: one.id for one in case.all_documents()} == before
    (locked,) = [one for one in case.all_documents() if one.file_name == "b.pdf"]
    assert locked.page_count == 1
    assert "Locked words" in unpack_text(case.packed_words(locked.first_page_id))
    assert account(case, 1).balances
    assert case.production(1).state is ProductionState.LOADED
    assert case.verify().problems == ()


def test_a_password_stands_nowhere_in_the_case(case: CaseFile, tmp_path: Path):
    """It may open more than this file."""
    pile = write_pile(tmp_path / "pile", {"b.pdf": locked_pdf("Locked words")})
    taken(case, pile, options=TakeInOptions(passwords=(PASSWORD,)))
    assert codes(case) == []
    written = (case.path / "case.db").read_bytes() + (case.path / "case.db-wal").read_bytes()
    assert PASSWORD.encode() not in written
    assert PASSWORD not in repr(TakeInOptions(passwords=(PASSWORD,)))


def test_trying_again_without_the_password_tells_it_once(case: CaseFile, tmp_path: Path):
    """Exceptions must not pile up with every attempt."""
    taken(case, write_pile(tmp_path / "pile", {"b.pdf": locked_pdf("Locked words")}))
    again(case)
    again(case)
    assert codes(case) == ["FL012"]
    (run,) = [run for run in case.check_runs(1) if run.kind == "taking in"]
    assert run.counts.error == 1


def test_only_what_failed_for_the_reason_is_tried_again(case: CaseFile, tmp_path: Path):
    """Ten thousand damaged files need not be read again for one password."""
    taken(case, write_pile(tmp_path / "pile", {"a.pdf": b"%PDF-1.4 broken", "b.pdf": locked_pdf("Locked words")}))
    assert sorted(row.code for row in exceptions(case, 1)) == ["FL006", "FL012"]
    again(case, passwords=(PASSWORD,), reasons=("FL012",))
    assert [row.code for row in exceptions(case, 1)] == ["FL006"]


def test_a_pause_stops_the_work_and_the_same_call_goes_on(case: CaseFile, tmp_path: Path):
    """The machine is needed for something else until the evening."""
    pile = write_pile(tmp_path / "pile", {f"{n}.eml": message(f"Report {n}") for n in range(5)})

    def progress(step: str, done: int, total: int) -> None:
        if step == "copying" and done == total:
            case.ask_to_pause(by="somebody", at=case.events()[0].at)

    from vaughn.collect import take_in

    with InlineExecutor() as executor, pytest.raises(WorkPaused):
        take_in(case, pile, handed=HANDED, progress=progress, executor=executor)
    assert case.production(1).state is ProductionState.READING
    assert taken(case, pile).documents == 5
    assert account(case, 1).balances


def test_what_was_stopped_is_resumed_by_its_number(case: CaseFile, tmp_path: Path):
    """The workbench goes on by itself when the case is opened."""
    pile = write_pile(tmp_path / "pile", {"a.txt": b"Tuesday"})
    taken(case, pile)
    with case.writing("test") as change:
        change.set_production_state(1, ProductionState.READING)
    assert resume(case, 1).documents == 1
    assert case.production(1).state is ProductionState.LOADED
    with pytest.raises(InputError, match="no taking in 99"):
        resume(case, 99)


def test_an_original_that_could_not_be_read_is_copied_now(case: CaseFile, tmp_path: Path, monkeypatch):
    """The permission was missing, and somebody has given it."""
    pile = write_pile(tmp_path / "pile", {"a.txt": b"Tuesday", "b.txt": b"Friday"})
    real = copying.open_regular

    def refusing(path: Path):
        if path.name == "b.txt":
            raise InputError("b.txt cannot be read: Permission denied.")
        return real(path)

    monkeypatch.setattr(copying, "open_regular", refusing)
    taken(case, pile)
    assert [(row.path, row.code, row.fate) for row in exceptions(case, 1)] == [("b.txt", "FL006", Fate.REFUSED)]
    again(case)
    assert [(row.path, row.fate) for row in exceptions(case, 1)] == [("b.txt", Fate.REFUSED)]
    monkeypatch.undo()
    assert again(case).documents == 2
    assert exceptions(case, 1) == ()
    given = case.handover(1)
    assert given.digest_before == given.digest_after
    assert account(case, 1).balances
    assert case.verify().problems == ()


def test_what_is_not_copied_to_its_end_is_not_tried_again(case: CaseFile, tmp_path: Path):
    """Half of the files would be called all of them."""
    pile = write_pile(tmp_path / "pile", {"a.txt": b"Tuesday"})
    taken(case, pile)
    with case.writing("test") as change:
        change.set_production_state(1, ProductionState.COPYING)
    with pytest.raises(StateError, match="stopped while its files were copied"):
        again(case)
