"""Scans that loading left unread are read on: by a command, and by the workbench in the background."""

from __future__ import annotations

import json
from datetime import date

import pytest

from tests.app.conftest import signed_in
from tests.app.scans import needs_ocr, scanned_pile
from tests.app.test_cli import run
from vaughn.app.opening import actor
from vaughn.app.receiving import Handover, Scans, read_all_scans, receive_handover, scans_left
from vaughn.formats.pages import ocr_available
from vaughn.model import Case
from vaughn.store import CaseFile, JobState

SECONDS = 300


@pytest.fixture
def unread(tmp_path):
    """A case with two scanned pages that nobody read yet."""
    path = tmp_path / "case"
    with CaseFile.create(path, Case("A v. B"), actor=actor("test")) as case:
        pile = scanned_pile(tmp_path / "pile", pages=2)
        handover = Handover(pile, "ICE", date(2011, 1, 17), name="First", order="pdf-foia", scans=Scans.NEVER)
        receive_handover(case, handover, lambda *_: None)
    return path


@needs_ocr
def test_scans_are_read_on_by_command(unread):
    """Loading ended an hour ago; now there is time."""
    read, _ = run("scans", unread, "--json", check=0)
    assert json.loads(read.stdout) == [{"production_id": 1, "production": "First", "pages_read": 2, "pages_waiting": 0}]
    found, _ = run("search", unread, "detainer", "--json", check=0)
    assert json.loads(found.stdout)["total_pages"] == 2
    again, _ = run("scans", unread, "--release", "First", check=0)
    assert "0 pages were read by OCR." in again.stdout
    with CaseFile.open(unread) as case:
        assert case.check_runs(1)[0].order == "pdf-foia"
    assert run("scans", unread, "--release", "None")[1] == 3


@needs_ocr
def test_a_scan_that_cannot_be_read_holds_up_no_other(tmp_path):
    """Each scan is looked at once; the command ends."""
    pile = scanned_pile(tmp_path / "pile", pages=2)
    whole = (pile / "scan01.png").read_bytes()
    (pile / "scan01.png").write_bytes(whole[: len(whole) // 2])
    with CaseFile.create(tmp_path / "case", Case("A v. B"), actor=actor("test")) as case:
        receive_handover(case, Handover(pile, "ICE", date(2011, 1, 17), scans=Scans.NEVER), lambda *_: None)
        shown = []
        read_all_scans(case, 1, lambda _step, done, total: shown.append((done, total)), before=5)
        assert scans_left(case, 1) == 0
    assert shown[-1] == (5 + len(shown), 5 + len(shown))
    found, _ = run("search", tmp_path / "case", '"page 2"', "--json", check=0)
    assert json.loads(found.stdout)["total_pages"] == 1


@needs_ocr
def test_loading_says_how_many_scans_wait_and_how_to_go_on(tmp_path):
    """Nobody looks for a command he has not heard of."""
    pile = scanned_pile(tmp_path / "pile", pages=2)
    run("new", tmp_path / "case")
    arguments = ("receive", tmp_path / "case", pile, "--agency", "ICE", "--released", "2011-01-17", "--ocr", "never")
    told, _ = run(*arguments)
    lines = told.stdout.splitlines()
    assert lines[-1].startswith("2 scanned pages have no words yet.")
    assert lines[-1].endswith(f"vaughn scans {tmp_path / 'case'}")
    assert lines[-2].startswith("Findings: ")
    counted, _ = run(*arguments, "--json")
    assert json.loads(counted.stdout)["scans_waiting"] == 2


@needs_ocr
def test_the_workbench_reads_on_when_a_case_with_waiting_scans_is_opened(unread, workbench):
    """Whoever closed the lid yesterday finds the words today; the list of jobs tells of it."""
    workbench.open(unread)
    with workbench.using() as case, signed_in(workbench) as client:
        case.wait_until_opened()
        (job,) = client.get("/api/jobs").json()
        assert (job["kind"], job["production_id"]) == ("scans", 1)
        checked = client.post("/api/productions/1/check", json={}).json()["job_id"]
        assert case.jobs.wait_for(checked, lambda _: False, seconds=SECONDS).state is JobState.DONE
        # Nor is renaming the case held up by hours of work.
        assert client.patch("/api/case", json={"caption": "C v. D"}).status_code == 200
        ended = case.jobs.wait_for(job["id"], lambda _: False, seconds=SECONDS)
        assert (ended.state, ended.message) == (JobState.DONE, None)
        assert client.get("/api/search", params={"q": "detainer"}).json()["total_pages"] == 2
        assert client.get("/api/case").json()["index"] == {"pages": 2, "behind": 0}
        assert case.file.verify().is_clean
        assert client.get("/api/productions/1").json()["findings"] == client.get("/api/case").json()["findings"]


def test_a_hit_on_a_page_without_boxes_is_told_by_its_place_in_the_text(tmp_path, workbench):
    """The words of a scan come from a text file: it says what is on the page and not where."""
    pile = scanned_pile(tmp_path / "VOL001", pages=1)
    (pile / "scan01.txt").write_text("Memo on detainers: detainer policy", encoding="utf-8")
    with CaseFile.create(tmp_path / "case", Case("A v. B"), actor=actor("test")) as case:
        receive_handover(case, Handover(pile, "ICE", date(2011, 1, 17), scans=Scans.NEVER), lambda *_: None)
    workbench.open(tmp_path / "case")
    with signed_in(workbench) as client:
        found = client.get("/api/search", params={"q": "detainer"}).json()
        (page,) = found["rows"][0]["pages"]
        hits = client.get(f"/api/pages/{page['page_id']}/hits", params={"q": "detainer"}).json()
        assert hits == {"spans": [[19, 27]], "boxes": []}
        words = client.get(f"/api/pages/{page['page_id']}/words").json()
        assert words["text"][19:27] == "detainer"
        assert words["words"] == []


@pytest.mark.skipif(ocr_available(), reason="OCR is installed")
def test_without_ocr_the_cure_is_named(unread):
    """The extra is left out of small installations."""
    result, code = run("scans", unread)
    assert code == 6
    assert "vaughn[ocr]" in result.exception.hint
    assert (
        run("receive", unread, unread.parent / "pile", "--agency", "X", "--released", "2011-01-17", "--ocr", "all")[1]
        == 6
    )
