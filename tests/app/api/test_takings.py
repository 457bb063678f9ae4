"""Records taken in through the interface: every file accounted for, what failed said, nothing secret kept."""

from __future__ import annotations

import io
import json
import subprocess
import sys

import openpyxl
import pytest

from tests.app.api.taken import SECONDS, taking_of
from tests.app.pile import CANARY, PASSWORD, small_pile
from vaughn.store import JobState


def test_every_file_that_was_handed_over_is_accounted_for(taken):
    """The top trust problem of the field is silent loss."""
    found = taken.client.get(f"/api/takings/{taken.id}").json()
    assert found["balances"] is True
    whole = found["containers"][0]
    assert whole["expected"] == sum(whole["fates"].values()) == 9
    assert whole["fates"]["left out by rule"] == 1
    assert all(one["balances"] for one in found["containers"])
    assert {"opt out.eml", "copies/again.eml"} <= {one["name"] for one in found["containers"]}
    assert found["exclude"] == ["*.tmp"]


def test_the_handover_is_told_with_hashes_before_and_after(taken):
    """Who handed over what when is the head of the chain of custody."""
    (row,) = taken.client.get("/api/takings").json()
    handed = row["handover"]
    assert (handed["from_whom"], handed["handed_on"], handed["custodian"]) == ("ICE CIO", "2026-01-05", "Palmer, Jon")
    assert handed["digest_before"] == handed["digest_after"] is not None


def test_what_failed_says_why_and_what_to_try(taken):
    """A paralegal must know what to ask for."""
    found = taken.client.get(f"/api/takings/{taken.id}/exceptions").json()
    broken = next(row for row in found["rows"] if row["path"] == "broken.pdf")
    assert (broken["fate"], broken["can_retry"], bool(broken["cure"])) == ("failed", True, True)
    assert broken["code"] in {reason["code"] for reason in found["reasons"] if reason["can_retry"]}


def test_exceptions_are_filtered_by_reason_and_words(taken):
    """A pile of a million files has thousands."""
    address = f"/api/takings/{taken.id}/exceptions"
    every = taken.client.get(address).json()
    one = taken.client.get(address, params={"text": "broken"}).json()
    assert [row["path"] for row in one["rows"]] == ["broken.pdf"]
    assert one["reasons"] == every["reasons"]
    none = taken.client.get(address, params={"code": "FL010"}).json()
    assert none["total"] == 0


@pytest.mark.parametrize("part", ["exceptions", "ledger"])
def test_ledger_and_exceptions_are_workbooks(taken, part):
    """They are handed to the other side."""
    answer = taken.client.get(f"/api/takings/{taken.id}/{part}/export")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    assert sheet.max_row > 1
    assert "attachment" in answer.headers["content-disposition"]


def test_passwords_are_kept_nowhere(taken):
    """They are used for one run, and whoever gets the case must not get them too."""
    # In another process: closing a file of the database in this one would drop SQLite's locks on it.
    code = (
        "import pathlib, sys\n"
        "files = [path for path in pathlib.Path(sys.argv[1]).rglob('*') if path.is_file()]\n"
        "print(len(files), [path.name for path in files if sys.argv[2].encode() in path.read_bytes()])"
    )
    told = subprocess.run([sys.executable, "-IS", "-c", code, taken.case, PASSWORD], capture_output=True, check=True)
    count, found = told.stdout.decode().split(maxsplit=1)
    assert (int(count) > 5, found.strip()) == (True, "[]")
    assert PASSWORD not in taken.client.get("/api/jobs").text
    with taken.workbench.using() as case:
        assert PASSWORD not in repr(case.jobs.all())


def test_reading_again_reads_only_what_failed(taken):
    """Everything else is done, and stays as it is."""
    before = taken.client.get(f"/api/takings/{taken.id}").json()
    answer = taken.client.post(f"/api/takings/{taken.id}/retry", json={"reasons": ["FL006"], "passwords": [PASSWORD]})
    with taken.workbench.using() as case:
        job = case.jobs.wait_for(answer.json()["job_id"], lambda _: False, seconds=SECONDS)
    assert job.state is JobState.DONE
    after = taken.client.get(f"/api/takings/{taken.id}").json()
    assert (after["documents"], after["pages"], after["balances"]) == (before["documents"], before["pages"], True)


def test_a_name_that_is_taken_is_refused_before_anything_is_copied(taken, tmp_path):
    """Two piles under one name could not be told apart."""
    answer = taken.client.post("/api/takings", json=taking_of(small_pile(tmp_path)))
    assert answer.status_code == 409
    assert answer.json()["error"]["hint"]


@pytest.mark.parametrize(
    "change",
    [{"path": None}, {"upload_id": "0" * 32}, {"path": "relative/pile"}, {"name": ""}, {"hash_lists": ["/nowhere"]}],
    ids=["nothing", "both", "relative", "no name", "no list"],
)
def test_a_taking_in_that_cannot_begin_says_why(taken, tmp_path, change):
    """No job is begun that can only fail."""
    jobs = len(taken.client.get("/api/jobs").json())
    answer = taken.client.post("/api/takings", json={**taking_of(small_pile(tmp_path)), "name": "Other", **change})
    assert 400 <= answer.status_code < 500
    assert CANARY not in answer.text
    assert len(taken.client.get("/api/jobs").json()) == jobs


def test_unknown_takings_are_not_found(taken):
    """Ids in addresses are data."""
    for address in ("/api/takings/999", "/api/takings/999/exceptions", "/api/takings/999/ledger/export"):
        assert taken.client.get(address).status_code == 404
    assert taken.client.post("/api/takings/999/retry", json={}).status_code == 404


def test_groups_are_found_and_taken_back_without_loss(taken):
    """Undoing shows every copy again; what was found before stays as history."""
    documents = taken.client.get("/api/documents").json()["total"]
    begun = taken.client.get("/api/groupings").json()
    kinds = {run["kind"] for run in begun if run["state"] == "current"}
    assert {"duplicate", "thread"} <= kinds
    undone = taken.client.post("/api/groupings/undo", json={"kind": "duplicate"}).json()
    assert next(run for run in undone if run["kind"] == "duplicate")["state"] == "undone"
    assert taken.client.get("/api/documents").json()["total"] > documents
    again = taken.client.post("/api/groupings", json={"near": True}).json()
    with taken.workbench.using() as case:
        assert case.jobs.wait_for(again["job_id"], lambda _: False, seconds=SECONDS).state is JobState.DONE
    assert taken.client.get("/api/documents").json()["total"] == documents
    assert json.dumps(taken.client.get("/api/groupings").json()).count('"undone"') >= 1
