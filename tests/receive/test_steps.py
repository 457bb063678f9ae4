"""A whole receiving: what comes in is all there, hostile input is refused, and a kill at any moment costs nothing."""

from __future__ import annotations

import io
import os
import random
import shutil
import signal
import stat
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.receive.killed_receive import Receiver
from tests.receive.volumes import ACTOR, RELEASED_ON, dat, new_case, opt, pdf_bytes, small_volume, write_tree
from vaughn.formats.pages import unpack_text
from vaughn.model import (
    DocumentKind,
    FileRole,
    Finding,
    InputError,
    ProducedDocument,
    ProductionState,
    StateError,
    TextSource,
)
from vaughn.receive import (
    Ocr,
    ReceiveResult,
    apply_division,
    divide,
    document_metadata,
    receive,
    resume,
    undo_division,
)
from vaughn.store import CaseFile, DivisionState, FindingQuery, WorkPaused


@pytest.fixture
def case(tmp_path: Path) -> Iterator[CaseFile]:
    with new_case(tmp_path / "case") as opened:
        yield opened


def load(case: CaseFile, source: Path, name: str | None = None) -> ReceiveResult:
    return receive(case, source, agency="ICE", released_on=RELEASED_ON, name=name, ocr=Ocr.NEVER)


def documents(case: CaseFile) -> list[ProducedDocument]:
    return list(case.all_documents())


def findings(case: CaseFile, code: str) -> list[Finding]:
    rows = case.findings(FindingQuery(codes=(code,), limit=None)).rows
    return [row.finding for row in rows]


def balanced(result: ReceiveResult) -> bool:
    return result.ledger.balances and bool(result.ledger.lines)


KILLS = 50


def _volume(root: Path) -> Path:
    small_volume(root)
    files = {f"VOL002/X{n:04d}.pdf": pdf_bytes([[f"page {p}", f"X{n:04d}"] for p in range(3)]) for n in range(40)}
    rows = [(f"X{n:04d}.{p}", f"X{n:04d}.pdf", p == 0, None) for n in range(40) for p in range(3)]
    return write_tree(root, {**files, "VOL002/VOL002.OPT": opt(rows)})


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is a POSIX matter")
def test_fifty_kills_leave_a_case_that_verifies_and_resumes_without_doubles(tmp_path: Path) -> None:
    """Power cuts and impatient people come at any moment."""
    source = _volume(tmp_path / "handed over")
    with new_case(tmp_path / "whole") as whole:
        expected = receive(whole, source, agency="ICE", released_on=RELEASED_ON)
    chance = random.Random(20110117)
    path = tmp_path / "case"
    serial = killed = 0
    new_case(path).close()
    new_case(tmp_path / "timed").close()
    with Receiver() as receiver:
        assert receiver.receive(tmp_path / "timed", source) == 0
        new_case(tmp_path / "timed again").close()
        began = time.monotonic()
        assert receiver.receive(tmp_path / "timed again", source) == 0
        needed = time.monotonic() - began
        for _ in range(KILLS):
            code = receiver.receive(path, source, kill_after=chance.uniform(0.05, 0.95) * needed)
            assert code in {0, -signal.SIGKILL}
            killed += code != 0
            with CaseFile.open(path) as case:
                assert case.verify().problems == ()
                loaded = [production.state for production in case.productions()] == [ProductionState.LOADED]
            if loaded:  # Begin anew, so that every kill meets unfinished work.
                serial += 1
                path = tmp_path / f"case {serial}"
                new_case(path).close()
    assert killed >= KILLS // 5  # what is left of a case is often done before its moment comes
    with CaseFile.open(path, write=True, actor=ACTOR, wait_seconds=5) as case:
        result = receive(case, source, agency="ICE", released_on=RELEASED_ON)
        assert (result.documents, result.pages, result.files) == (expected.documents, expected.pages, expected.files)
        assert result.ledger == expected.ledger
        assert result.findings == expected.findings
        assert case.verify().problems == ()
        assert case.task_counts().failed == 0
        pages = [page for one in case.all_documents() for page in case.pages(one.id)]
        assert {page.text_source for page in pages} == {TextSource.EMBEDDED, TextSource.TEXT_FILE}


# -- what comes in is all there -----------------------------------------------------------------------------------


def test_a_volume_becomes_documents_pages_families_and_texts(case: CaseFile, tmp_path: Path) -> None:
    """The main job, end to end."""
    result = load(case, small_volume(tmp_path / "in"))
    mail, budget, scan = documents(case)
    assert [str(one.begin) for one in (mail, budget, scan)] == ["ABC0000001", "ABC0000003", "ABC0000006"]
    assert (mail.kind, budget.kind, scan.kind) == (DocumentKind.EMAIL, DocumentKind.SPREADSHEET, DocumentKind.PAPER)
    assert (mail.title, mail.sender, mail.date) == ("Opting out", "a@agency.example", "2010-04-27T20:04:00Z")
    assert (budget.parent_id, budget.family_id, scan.family_id) == (mail.id, mail.id, scan.id)
    assert budget.native_file_id is not None
    pages = [page for one in documents(case) for page in case.pages(one.id)]
    assert [page.label for page in pages] == [f"ABC000000{n}" for n in range(1, 7)]
    assert [page.stamped for page in pages[:5]] == [f"ABC000000{n}" for n in range(1, 6)]
    assert [page.text_source for page in pages] == [TextSource.EMBEDDED] * 5 + [TextSource.TEXT_FILE]
    assert balanced(result)
    assert case.production(result.production_id).state is ProductionState.LOADED
    assert case.verify().problems == ()


def test_the_same_production_again_adds_nothing(case: CaseFile, tmp_path: Path) -> None:
    """People press the button twice."""
    source = small_volume(tmp_path / "in")
    first = load(case, source)
    again = load(case, source)
    assert again.already
    assert (again.documents, again.pages, again.files) == (first.documents, first.pages, first.files)


def test_a_pause_stops_between_batches_and_keeps_what_is_done(case: CaseFile, tmp_path: Path) -> None:
    """Whoever needs the computer for an hour must not lose the night's work."""
    source = small_volume(tmp_path / "in")
    case.ask_to_pause(by="a paralegal", at=ACTOR.clock())
    with pytest.raises(WorkPaused, match="paused by a paralegal"):
        load(case, source)
    (production,) = case.productions()
    assert production.state is ProductionState.READING
    assert case.task_counts().leased == 0
    assert case.go_on()
    assert load(case, source).pages == 6
    assert case.task_counts().waiting == 0


def test_other_files_under_the_same_name_are_refused(case: CaseFile, tmp_path: Path) -> None:
    """Two releases of one day must not be mixed up."""
    source = small_volume(tmp_path / "in")
    load(case, source)
    (source / "VOL001/TEXT/ABC0000001.txt").write_text("another text", encoding="utf-8")
    with pytest.raises(StateError, match="made from other files"):
        load(case, source)


def test_a_copying_that_was_stopped_is_not_gone_on_with_from_elsewhere(case: CaseFile, tmp_path: Path) -> None:
    """The wrong folder, stopped at once, must not be mixed with the right one."""
    wrong = write_tree(tmp_path / "wrong", {f"{n:04d}.pdf": pdf_bytes([[str(n)]]) for n in range(600)})

    def stop(step: str, done: int, total: int) -> None:
        if done >= 550:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        receive(case, wrong, agency="ICE", released_on=RELEASED_ON, progress=stop)
    assert case.productions()[0].state is ProductionState.COPYING
    with pytest.raises(StateError, match="copied before"):
        load(case, small_volume(tmp_path / "right"))
    assert load(case, wrong).documents == 600


def test_a_zip_holds_the_same_production_as_its_folder(case: CaseFile, tmp_path: Path) -> None:
    """Agencies send zips."""
    source = small_volume(tmp_path / "in")
    packed = shutil.make_archive(str(tmp_path / "VOL"), "zip", source)
    folder, archive = load(case, source), load(case, Path(packed), name="zipped")
    assert (folder.documents, folder.pages) == (archive.documents, archive.pages)
    assert balanced(archive)


def test_texts_and_natives_that_no_row_names_are_matched_by_number(case: CaseFile, tmp_path: Path) -> None:
    """A volume may have natives in NATIVES/0001 and two columns of numbers only."""
    source = write_tree(
        tmp_path / "in",
        {
            "DATA/V.DAT": dat(("Begin Bates", "End Bates"), [("EF0001", "EF0002"), ("EF0003", "EF0003")]),
            "IMAGES/EF0001.pdf": pdf_bytes([["one"], ["two"]]),
            "IMAGES/EF0003.pdf": pdf_bytes([["slip"]]),
            "TEXT/EF0001.txt": "one\ftwo",
            "NATIVES/0001/EF0003.xlsx": b"PK\x05\x06" + b"\0" * 18,
        },
    )
    result = load(case, source)
    first, second = documents(case)
    assert [page.file_id is not None for page in case.pages(first.id)] == [True, True]
    assert first.text_file_id is not None
    assert second.native_file_id is not None
    assert {link.matched_by for link in case.links(second.id)} == {"begin number"}
    assert sum(found.count for found in findings(case, "FL005")) == 4
    assert balanced(result)


def test_a_page_list_alone_makes_documents_at_its_breaks(case: CaseFile, tmp_path: Path) -> None:
    """Some productions come with an OPT and nothing else."""
    rows = [("P0001", "P0001.pdf", True, 2), ("P0002", "P0001.pdf", False, None), ("P0003", "P0003.pdf", True, 1)]
    files = {"V.opt": opt(rows), "P0001.pdf": pdf_bytes([["a"], ["b"]]), "P0003.pdf": pdf_bytes([["c"]])}
    result = load(case, write_tree(tmp_path / "in", files))
    assert [(str(one.begin), str(one.end), one.page_count) for one in documents(case)] == [
        ("P0001", "P0002", 2),
        ("P0003", "P0003", 1),
    ]
    assert findings(case, "PL006") == []
    assert balanced(result)


def test_a_second_list_of_the_same_documents_adds_columns_and_no_documents(case: CaseFile, tmp_path: Path) -> None:
    """DAT and spreadsheet of one volume name the same documents."""
    files = {
        "V.dat": dat(("BEGBATES", "ENDBATES"), [("Q0001", "Q0001"), ("Q0002", "Q0002")]),
        "list.csv": "BEGBATES,CUSTODIAN,SUBJECT\r\nQ0001,Unit 1,First\r\nQ0002,Unit 2,Second\r\n",
    }
    result = load(case, write_tree(tmp_path / "in", files))
    assert [one.title for one in documents(case)] == ["First", "Second"]
    told = document_metadata(case, documents(case)[0].id)
    assert [row.path for row in told.rows] == ["V.dat", "list.csv"]
    assert ("custodian", "Unit 1") in [(field.field, field.value) for field in told.normalised]
    assert balanced(result)


def test_metadata_shows_the_row_as_received_beside_what_was_made_of_it(case: CaseFile, tmp_path: Path) -> None:
    """Nobody has to take our word for a date."""
    load(case, small_volume(tmp_path / "in"))
    told = document_metadata(case, documents(case)[0].id)
    assert ("Date Sent", "04/27/2010") in [(value.column, value.value) for value in told.rows[0].values]
    assert ("sent_date", "2010-04-27T20:04:00Z") in [(field.field, field.value) for field in told.normalised]
    assert {link.role for link in told.links} == {FileRole.IMAGE, FileRole.TEXT}


def test_files_of_one_name_are_one_document_where_there_is_no_load_file(case: CaseFile, tmp_path: Path) -> None:
    """The commonest release is a folder of PDFs."""
    files = {
        "ABC00001.pdf": pdf_bytes([["one"], ["two"]]),
        "TEXT/ABC00001.txt": "one\ftwo",
        "ABC00001.xlsx": b"PK\x05\x06" + b"\0" * 18,
        "letter.pdf": pdf_bytes([["Dear requester"]]),
        "Thumbs.db": b"x",
    }
    result = load(case, write_tree(tmp_path / "in", files))
    assert [(one.control, one.page_count) for one in documents(case)] == [("ABC00001", 2), ("letter", 1)]
    first = documents(case)[0]
    assert (str(first.begin), first.native_file_id is not None, first.text_file_id is not None) == (
        "ABC00001",
        True,
        True,
    )
    assert balanced(result)


def test_a_single_pdf_and_a_single_load_file_can_be_received(case: CaseFile, tmp_path: Path) -> None:
    """Not everything comes in a folder."""
    write_tree(tmp_path, {"one.pdf": pdf_bytes([["text"]]), "one.dat": dat(("BEGBATES", "ENDBATES"), [("Z1", "Z2")])})
    assert load(case, tmp_path / "one.pdf", name="a").pages == 1
    assert load(case, tmp_path / "one.dat", name="b").pages == 2


def test_text_that_stands_in_the_row_becomes_the_pages_words(case: CaseFile, tmp_path: Path) -> None:
    """Some DATs hold the text itself where others have a path."""
    text = "A long letter about the programme.®It goes on for several lines.®" * 8
    rows = [("T0001", "T0001", text), ("T0002", "T0002", "Another letter.®With two lines.")]
    files = {"T.dat": dat(("BEGBATES", "ENDBATES", "EXTRACTEDTEXT"), rows)}
    load(case, write_tree(tmp_path / "in", files))
    assert findings(case, "FL001") == []
    packed = case.packed_words(2)
    assert packed is not None
    assert unpack_text(packed) == "Another letter.\nWith two lines."


def test_documents_of_a_pile_get_the_numbers_stamped_on_them(case: CaseFile, tmp_path: Path) -> None:
    """Without a load file the page is the only one who knows."""
    files = {
        "letter.pdf": pdf_bytes([["Dear all", "FBI 000007"], ["Yours", "FBI 000008"]]),
        "memo.pdf": pdf_bytes([["x"]]),
    }
    load(case, write_tree(tmp_path / "in", files))
    letter, memo = documents(case)
    assert (letter.control, str(letter.begin), str(letter.end)) == ("letter", "FBI 000007", "FBI 000008")
    assert memo.begin is None
    assert [match.page_number for match in case.at_bates("FBI 000008")] == [2]


def test_a_header_alone_makes_no_document(case: CaseFile, tmp_path: Path) -> None:
    """A load file without rows is a fault, not a record."""
    result = load(case, write_tree(tmp_path / "in", {"E.dat": dat(("BEGBATES", "ENDBATES"), []), "empty.opt": b""}))
    assert result.documents == 0
    assert balanced(result)


def test_text_and_image_lists_of_two_volumes_join_into_one_production(case: CaseFile, tmp_path: Path) -> None:
    """Names of single pages begin anew in every volume."""
    files: dict[str, bytes | str] = {}
    for volume, first in (("VOL001", 1), ("VOL002", 3)):
        labels = [f"M{first:04d}", f"M{first + 1:04d}"]
        files[f"{volume}/DATA/{volume}.dat"] = dat(("BEGBATES", "ENDBATES"), [(labels[0], labels[1])])
        rows = [(label, rf"IMAGES\0000000{n}.pdf", n == 1, None) for n, label in enumerate(labels, start=1)]
        files[f"{volume}/DATA/{volume}.opt"] = opt(rows)
        for n, label in enumerate(labels, start=1):
            files[f"{volume}/IMAGES/0000000{n}.pdf"] = pdf_bytes([["page", label]])
    result = load(case, write_tree(tmp_path / "in", files))
    assert [page.stamped for one in documents(case) for page in case.pages(one.id)] == [
        "M0001",
        "M0002",
        "M0003",
        "M0004",
    ]
    assert balanced(result)


# -- hostile and broken input ----------------------------------------------------------------------------------------


def test_paths_that_leave_the_volume_are_refused_and_the_rest_loads(case: CaseFile, tmp_path: Path) -> None:
    """A load file is written by the other side."""
    secret = tmp_path / "secret.txt"
    secret.write_text("not handed over", encoding="utf-8")
    rows = [
        ("H0001", "H0001", r"..\..\secret.txt"),
        ("H0002", "H0002", str(secret)),
        ("H0003", "H0003", r"TEXT\H0003.txt"),
        ("H0004", "H0004", r"TEXT\missing.txt"),
    ]
    files = {"DATA/H.dat": dat(("BEGBATES", "ENDBATES", "TEXTPATH"), rows), "TEXT/H0003.txt": "fine"}
    result = load(case, write_tree(tmp_path / "in", files))
    assert [one.text_file_id is not None for one in documents(case)] == [False, False, True, False]
    assert [found.place.line for found in findings(case, "FL002")] == [2]
    assert [found.place.line for found in findings(case, "FL001")] == [3, 5]
    assert not any("secret" in file.path for file in case.source_files(result.production_id))
    assert balanced(result)


@pytest.mark.skipif(os.name != "posix", reason="links and pipes are made the POSIX way")
def test_links_pipes_and_broken_files_are_told_and_the_rest_loads(case: CaseFile, tmp_path: Path) -> None:
    """A link could lead to any file of the reader's machine, and a pipe would hold the program for ever."""
    source = write_tree(
        tmp_path / "in",
        {
            "good.pdf": pdf_bytes([["text"]]),
            "cut.pdf": pdf_bytes([["text"]])[:200],
            "empty.pdf": b"",
            "real/x.txt": "x",
        },
    )
    (source / "link.pdf").symlink_to("/etc/passwd")
    (source / "loop").symlink_to(source)
    os.mkfifo(source / "pipe.pdf")
    result = load(case, source)
    assert sorted(found.place.path or "" for found in findings(case, "FL009")) == ["link.pdf", "loop", "pipe.pdf"]
    assert [found.place.path for found in findings(case, "FL007")] == ["empty.pdf"]
    assert "cut.pdf" in [found.place.path for found in findings(case, "FL006")]
    assert "good" in [one.control for one in documents(case)]
    assert balanced(result)


def test_an_archive_that_climbs_out_links_or_bursts_is_refused_by_member(case: CaseFile, tmp_path: Path) -> None:
    """Zip slip, links in zips and bombs."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../escaped.pdf", pdf_bytes([["no"]]))
        archive.writestr("good.pdf", pdf_bytes([["yes"]]))
        link = zipfile.ZipInfo("link.pdf")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("bomb.pdf", b"\0" * 40_000_000)
    result = load(case, write_tree(tmp_path / "in", {"V.zip": packed.getvalue()}))
    codes = {code: len(findings(case, code)) for code in ("FL009", "FL010", "FL011")}
    assert codes == {"FL009": 1, "FL010": 1, "FL011": 1}
    assert [one.control for one in documents(case)] == ["good"]
    assert not (tmp_path / "escaped.pdf").exists()
    assert balanced(result)


def test_a_page_that_the_file_does_not_have_is_told(case: CaseFile, tmp_path: Path) -> None:
    """The list names three pages, the PDF has one."""
    rows = [("N0001", "N0001.pdf", True, 3), ("N0002", "N0001.pdf", False, None), ("N0003", "N0001.pdf", False, None)]
    load(case, write_tree(tmp_path / "in", {"N.opt": opt(rows), "N0001.pdf": pdf_bytes([["a"]])}))
    assert [found.count for found in findings(case, "FL013")] == [2]
    sources = [page.text_source for page in case.pages(documents(case)[0].id)]
    assert sources == [TextSource.EMBEDDED, TextSource.FAILED, TextSource.FAILED]


def test_a_range_without_end_makes_no_million_pages(case: CaseFile, tmp_path: Path) -> None:
    """One row could fill the disk."""
    rows = [("R0000000001", "R9999999999"), ("R0000000002", "R0000000003")]
    result = load(case, write_tree(tmp_path / "in", {"R.dat": dat(("BEGBATES", "ENDBATES"), rows)}))
    assert [one.page_count for one in documents(case)] == [0, 2]
    assert balanced(result)


@pytest.mark.parametrize("name", ["nothing", "empty"])
def test_nothing_to_receive_is_said_before_the_case_is_touched(case: CaseFile, tmp_path: Path, name: str) -> None:
    """A wrong path is the commonest mistake."""
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError):
        load(case, tmp_path / name)
    assert case.productions() == ()


# -- large files ----------------------------------------------------------------------------------------------------


def _pile(tmp_path: Path) -> Path:
    pages = []
    for n in range(40):
        head = ["From: a", "Sent: today", "To: b", "Subject: c"] if n % 4 == 0 else ["and so on."]
        pages.append([*head, "words of the page.", f"DOJ {n + 1:06d}"])
    return write_tree(tmp_path / "in", {"release.pdf": pdf_bytes(pages)}) / "release.pdf"


def test_a_large_file_is_divided_and_its_pages_keep_their_ids(case: CaseFile, tmp_path: Path) -> None:
    """Links to pages must survive whatever is decided about documents."""
    load(case, _pile(tmp_path))
    parts = documents(case)
    assert [one.page_count for one in parts] == [4] * 10
    assert [one.first_page_id for one in parts] == list(range(1, 41, 4))
    assert (str(parts[1].begin), str(parts[1].end)) == ("DOJ 000005", "DOJ 000008")
    assert [found.code for found in findings(case, "SP001")] == ["SP001"]


def test_a_division_can_be_undone_applied_again_and_made_by_hand(case: CaseFile, tmp_path: Path) -> None:
    """The program proposes; a person decides."""
    result = load(case, _pile(tmp_path))
    whole = case.divisions(result.production_id)[0].document_id
    assert undo_division(case, whole).state is DivisionState.UNDONE
    assert [one.page_count for one in documents(case)] == [40]
    assert apply_division(case, whole).state is DivisionState.APPLIED
    assert len(documents(case)) == 10
    assert [cut.page for cut in divide(case, whole, [11]).cuts] == [1, 11]
    assert sorted(one.page_count for one in documents(case)) == [10, 30]
    with pytest.raises(InputError):
        divide(case, whole, [41])
    assert resume(case, result.production_id).documents == 2


def test_words_of_a_page_stand_in_the_case(case: CaseFile, tmp_path: Path) -> None:
    """Search and viewer read them from there."""
    load(case, small_volume(tmp_path / "in"))
    packed = case.packed_words(1)
    assert packed is not None
    assert unpack_text(packed).startswith("The field office asked to opt out")
