"""What the workbench changes: cases, uploads, productions, divisions; and the jobs that do it."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from starlette.testclient import TestClient

from tests.app.conftest import signed_in
from tests.app.volume import CANARY, small_volume
from vaughn.app.api.workbench import Workbench
from vaughn.app.demo.typewriter import typed_page
from vaughn.app.opening import actor
from vaughn.formats.pdf import write_pdf
from vaughn.store import CaseFile

JOB_SECONDS = 60


def ended(workbench: Workbench, job_id: int):
    with workbench.using() as case:
        return case.jobs.wait_for(job_id, lambda job: False, seconds=JOB_SECONDS)


@pytest.fixture
def case(fresh, tmp_path):
    """A workbench with a new, empty case."""
    answer = fresh.post("/api/cases", json={"path": str(tmp_path / "new"), "caption": "A v. B"})
    assert answer.status_code == 200, answer.text
    return fresh


def test_a_case_is_made_opened_and_renamed(fresh, tmp_path):
    """All of it without a command."""
    assert fresh.get("/api/session").json()["case"] is None
    assert fresh.get("/api/case").status_code == 409
    form = {"path": str(tmp_path / "a"), "caption": " A v. B ", "docket_number": "10 Civ. 3488"}
    made = fresh.post("/api/cases", json=form).json()
    assert (made["caption"], made["docket_number"], made["documents"]) == ("A v. B", "1:10-cv-03488", 0)
    changed = fresh.patch("/api/case", json={"court": "S.D.N.Y.", "docket_number": ""}).json()
    assert (changed["caption"], changed["court"], changed["docket_number"]) == ("A v. B", "S.D.N.Y.", None)
    fresh.post("/api/cases", json={"path": str(tmp_path / "b"), "caption": "C v. D"})
    assert fresh.get("/api/case").json()["caption"] == "C v. D"
    assert fresh.post("/api/cases/open", json={"path": str(tmp_path / "a")}).json()["court"] == "S.D.N.Y."
    recent = [known["caption"] for known in fresh.get("/api/session").json()["recent_cases"]]
    assert recent[:2] == ["A v. B", "C v. D"]


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"path": "relative", "caption": "x"}, 422),
        ({"path": "/", "caption": "x"}, 422),
        ({"path": "/tmp/x\0y", "caption": "x"}, 422),
        ({"path": "/tmp/x", "caption": ""}, 400),
        ({"path": "/tmp/x", "caption": "x", "docket_number": "nonsense"}, 422),
        ({"path": "/tmp/x", "caption": "x", "more": 1}, 400),
    ],
    ids=["relative", "taken", "zero", "nameless", "docket", "unknown"],
)
def test_a_case_that_cannot_be_made_says_why(fresh, form, status):
    """Every refusal has a sentence for people."""
    answer = fresh.post("/api/cases", json=form)
    assert answer.status_code == status
    assert answer.json()["error"]["message"].endswith(".")


def test_folders_are_browsed_to_name_a_path(fresh, tmp_path):
    """Nobody types a path with backslashes right."""
    (tmp_path / "Folder").mkdir()
    (tmp_path / ".hidden").mkdir()
    (tmp_path / "b.zip").write_bytes(b"1234")
    listing = fresh.get("/api/folders", params={"path": str(tmp_path)}).json()
    assert [entry["name"] for entry in listing["folders"]] == ["Folder"]
    assert [(entry["name"], entry["size_bytes"]) for entry in listing["files"]] == [("b.zip", 4)]
    assert listing["parent"] == str(tmp_path.parent)
    assert fresh.get("/api/folders").json()["path"]
    for wrong in ("relative", str(tmp_path / "none"), str(tmp_path / "b.zip"), "/\0"):
        assert fresh.get("/api/folders", params={"path": wrong}).status_code == 422


def receive(client, workbench, **form):
    answer = client.post("/api/productions", json={"agency": "ICE", "released_on": "2011-01-17", **form})
    assert answer.status_code == 200, answer.text
    job = ended(workbench, answer.json()["job_id"])
    assert job.state.value == "done", job.message
    return answer.json()


def test_a_production_is_received_by_its_path(case, workbench, tmp_path):
    """The job runs in a process of its own and tells how far it is."""
    begun = receive(case, workbench, path=str(small_volume(tmp_path)), name="First", order="pdf-foia")
    assert begun["production_id"] == 1
    (job,) = case.get("/api/jobs").json()
    assert (job["kind"], job["state"], job["production_id"]) == ("receive", "done", 1)
    (row,) = case.get("/api/productions").json()
    assert (row["documents"], row["pages"], row["state"], row["order"]) == (3, 6, "loaded", "pdf-foia")
    assert case.get("/api/search", params={"q": "detainer"}).json()["total_documents"] == 2
    assert case.get("/api/case").json()["index"] == {"pages": 6, "behind": 0}
    checked = case.post("/api/productions/1/check", json={"order": "ndlon-2011-02-07"}).json()
    assert ended(workbench, checked["job_id"]).state.value == "done"
    codes = {code["code"] for code in case.get("/api/findings").json()["codes"]}
    assert any(code.startswith("OR") for code in codes)


def test_columns_of_a_load_file_are_shown_with_what_they_were_taken_for(client):
    """Whoever wonders why dates are missing looks here first."""
    files = client.get("/api/productions/1").json()["load_files"]
    (columns,) = [file["columns"] for file in files if file["path"].endswith(".dat")]
    assert columns[0] == {"name": "BEGBATES", "field": "beg_bates"}
    assert columns[4] == {"name": "CUSTODIAN", "field": "custodian"}


def test_findings_are_counted_alike_everywhere(client):
    """The badge on a production leads to a list that must be as long."""
    (row,) = client.get("/api/productions").json()
    listed = {
        severity: client.get("/api/findings", params={"severity": severity, "production": 1}).json()["total"]
        for severity in ("error", "warning", "note")
    }
    assert sum(listed.values()) > 0
    assert row["findings"] == listed == client.get("/api/case").json()["findings"]


def test_a_dropped_folder_is_received_and_then_removed(case, workbench, tmp_path):
    """Whoever never types a command drops a folder."""
    volume = small_volume(tmp_path)
    upload = case.post("/api/uploads").json()["upload_id"]
    for path in sorted(volume.rglob("*")):
        if path.is_file():
            name = path.relative_to(volume.parent).as_posix()
            answer = case.put(f"/api/uploads/{upload}/files", params={"path": name}, content=path.read_bytes())
            assert answer.json() == {"path": name, "size_bytes": path.stat().st_size}
    receive(case, workbench, upload_id=upload)
    assert case.get("/api/productions").json()[0]["documents"] == 3
    with workbench.using() as opened:
        assert not any((opened.file.incoming / "uploads").iterdir())


def test_a_dropped_zip_is_received(case, workbench, tmp_path):
    """Agencies send zips."""
    volume = small_volume(tmp_path)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for path in volume.rglob("*"):
            archive.write(path, path.relative_to(tmp_path))
    upload = case.post("/api/uploads").json()["upload_id"]
    case.put(f"/api/uploads/{upload}/files", params={"path": "VOL001.zip"}, content=packed.getvalue())
    receive(case, workbench, upload_id=upload)
    assert case.get("/api/productions").json()[0]["pages"] == 6


@pytest.mark.parametrize(
    "path",
    ["../x", "a/../../x", "/etc/x", "\\\\host\\x", "C:\\x", "a//b", "", "a/.", "x\0", "x\n", "nul.txt", "COM1", "a:b",
     "a" * 300, "a/" * 80 + "b", "trailing.", "trailing "],
)  # fmt: skip
def test_an_upload_never_leaves_its_folder(case, tmp_path, path):
    """File names come from a stranger's zip."""
    upload = case.post("/api/uploads").json()["upload_id"]
    before = sorted(tmp_path.rglob("*"))
    answer = case.put(f"/api/uploads/{upload}/files", params={"path": path}, content=b"x")
    assert answer.status_code == 422
    assert sorted(tmp_path.rglob("*")) == before


def test_uploads_that_are_not_there_are_refused_and_the_same_file_may_be_sent_again(case):
    """A browser sends a file a second time when the line broke before it heard the answer."""
    assert case.put("/api/uploads/..%2F..%2Fx/files", params={"path": "a"}, content=b"x").status_code >= 400
    assert case.put(f"/api/uploads/{'0' * 32}/files", params={"path": "a"}, content=b"x").status_code == 422
    upload = case.post("/api/uploads").json()["upload_id"]
    address = f"/api/uploads/{upload}/files"
    assert case.put(address, params={"path": "a"}, content=b"1").status_code == 200
    assert case.put(address, params={"path": "a"}, content=b"1").status_code == 200
    assert case.put(address, params={"path": "a/b"}, content=b"2").status_code == 422
    empty = case.post("/api/uploads").json()["upload_id"]
    form = {"agency": "ICE", "released_on": "2011-01-17", "upload_id": empty}
    assert case.post("/api/productions", json=form).status_code == 422
    assert case.delete(f"/api/uploads/{upload}").status_code == 204
    assert case.put(address, params={"path": "a"}, content=b"1").status_code == 422


@pytest.mark.parametrize(
    "form",
    [
        {"agency": "ICE", "released_on": "2011-01-17"},
        {"agency": "ICE", "released_on": "17.1.2011", "path": "/tmp"},
        {"agency": "", "released_on": "2011-01-17", "path": "/tmp"},
        {"agency": "ICE", "released_on": "2011-01-17", "path": "nowhere"},
        {"agency": "ICE", "released_on": "2011-01-17", "path": "/nowhere/at/all"},
        {"agency": "ICE", "released_on": "2011-01-17", "path": "/tmp", "order": "no such order"},
    ],
)
def test_a_production_that_cannot_be_received_is_refused_at_once(case, form):
    """Not after a minute in a job."""
    assert case.post("/api/productions", json=form).status_code in (400, 422)
    assert case.get("/api/jobs").json() == []


def test_a_job_that_fails_says_why(case, workbench, tmp_path):
    """And its message repeats nothing of a record."""
    (tmp_path / "empty").mkdir()
    form = {"agency": "ICE", "released_on": "2011-01-17", "path": str(tmp_path / "empty")}
    job = ended(workbench, case.post("/api/productions", json=form).json()["job_id"])
    assert job.state.value == "failed"
    assert "empty" in job.message
    assert CANARY not in job.message


def test_jobs_wait_in_line_and_can_be_taken_out(case, workbench, tmp_path):
    """Two volumes dropped one after the other are loaded one after the other."""
    path = str(small_volume(tmp_path))
    forms = [{"agency": "ICE", "released_on": "2011-01-17", "path": path, "name": name} for name in ("A", "B", "C")]
    begun = [case.post("/api/productions", json=form).json()["job_id"] for form in forms]
    assert case.post(f"/api/jobs/{begun[2]}/cancel").status_code == 204
    states = [ended(workbench, job_id).state.value for job_id in begun]
    assert states == ["done", "done", "failed"]
    assert [row["name"] for row in case.get("/api/productions").json()] == ["A", "B"]
    assert case.post("/api/jobs/99/cancel").status_code == 404


def test_a_stopped_production_is_taken_up_again_when_the_case_is_opened(case, workbench, tmp_path):
    """The laptop was closed in the middle."""
    path = str(small_volume(tmp_path))
    begun = case.post("/api/productions", json={"agency": "ICE", "released_on": "2011-01-17", "path": path}).json()
    case.post(f"/api/jobs/{begun['job_id']}/cancel")
    ended(workbench, begun["job_id"])
    opened = case.get("/api/case").json()["path"]
    case.post("/api/cases/open", json={"path": opened})
    for job in case.get("/api/jobs").json():
        ended(workbench, job["id"])
    rows = case.get("/api/productions").json()
    if not rows or rows[0]["state"] != "loaded":  # It was stopped while copying, or before.
        if rows:
            assert case.post("/api/productions/1/resume").status_code == 409
        receive(case, workbench, path=path)
    (row,) = case.get("/api/productions").json()
    assert (row["state"], row["documents"], row["pages"]) == ("loaded", 3, 6)


def test_a_divided_file_is_undone_and_divided_by_hand(case, workbench, tmp_path):
    """A proposal of the program is never the last word; page ids stay."""
    write_pdf(tmp_path / "all.pdf", [typed_page(f"Memo {number}\n\nwords") for number in range(1, 7)])
    receive(case, workbench, path=str(tmp_path / "all.pdf"))
    (document,) = case.get("/api/documents").json()["rows"]
    divided = case.post(f"/api/divisions/{document['id']}", json={"starts": [3, 5]}).json()
    assert ([cut["page"] for cut in divided["cuts"]], divided["state"]) == ([1, 3, 5], "applied")
    assert case.get("/api/documents").json()["total"] == 3
    ended(workbench, case.get("/api/jobs").json()[0]["id"])
    (row,) = case.get("/api/search", params={"q": '"memo 4"'}).json()["rows"]
    assert row["document"]["id"] == divided["cuts"][1]["document_id"]
    undone = case.post(f"/api/divisions/{document['id']}/undo").json()
    assert undone["state"] == "undone"
    assert case.get("/api/documents").json()["total"] == 1
    applied = case.post(f"/api/divisions/{document['id']}/apply").json()
    assert applied["state"] == "applied"
    assert case.post(f"/api/divisions/{document['id']}", json={"starts": [99]}).status_code == 422
    assert case.post("/api/divisions/99/undo").status_code == 404


def test_verify_names_what_was_tampered_with(fresh, workbench, case_copy):
    """A changed blob is found and named."""
    fresh.post("/api/cases/open", json={"path": str(case_copy)})
    clean = ended(workbench, fresh.post("/api/verify").json()["job_id"])
    assert clean.state.value == "done"
    assert "Nothing was changed" in clean.message
    blob = next(path for path in (case_copy / "blobs").rglob("*") if path.is_file())
    blob.chmod(0o600)
    blob.write_bytes(b"tampered")
    found = ended(workbench, fresh.post("/api/verify").json()["job_id"])
    assert found.state.value == "failed"
    assert blob.name[:8] in found.message


def test_another_writer_is_named(fresh, case_copy, monkeypatch):
    """The command line is loading into the case that the workbench shows."""
    monkeypatch.setattr("vaughn.app.api.workbench._WAIT_SECONDS", 0.0)
    fresh.post("/api/cases/open", json={"path": str(case_copy)})
    with CaseFile.open(case_copy, write=True, actor=actor("vaughn receive")):
        answer = fresh.patch("/api/case", json={"caption": "X"})
    assert answer.status_code == 409
    assert answer.json()["error"]["kind"] == "CaseInUse"
    assert "vaughn receive" in answer.json()["error"]["message"]


def test_the_stream_tells_of_jobs_until_the_case_is_closed(case: TestClient, workbench):
    """A page that is loaded again sees the job that is running."""
    job = case.post("/api/verify").json()["job_id"]
    ended(workbench, job)
    told = []
    with case.stream("GET", "/api/jobs/stream") as stream:
        for line in stream.iter_lines():
            if line.startswith("data: "):
                told.append(json.loads(line.removeprefix("data: ")))
                workbench.close()
    assert [(row["id"], row["state"]) for row in told] == [(job, "done")]


def test_a_second_workbench_reads_and_says_who_writes_only_when_it_wants_to(case_copy):
    """Two people have the case open; one of them is loading."""
    with Workbench() as first, Workbench() as second:
        first.open(case_copy)
        second.open(case_copy)
        with CaseFile.open(case_copy, write=True, actor=actor("vaughn receive")), signed_in(second) as client:
            assert client.get("/api/documents").json()["total"] == 3
            refused = client.patch("/api/case", json={"caption": "C v. D"})
            assert refused.status_code == 409
            assert "vaughn receive" in refused.json()["error"]["message"]
        with signed_in(second) as client:
            assert client.patch("/api/case", json={"caption": "C v. D"}).json()["caption"] == "C v. D"
        with signed_in(first) as client:
            assert client.get("/api/case").json()["caption"] == "C v. D"
