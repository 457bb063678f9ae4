"""What a job of the workbench does and tells, here without a process of its own."""

from __future__ import annotations

import io
import json

import pytest

from tests.app.volume import CANARY, small_volume
from vaughn.app.jobchild import Teller, run
from vaughn.app.opening import actor
from vaughn.model import Case, InputError
from vaughn.store import CaseFile, JobState


def told(case, **order):
    out = io.StringIO()
    run({"case": str(case), **order}, Teller(out))
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_receiving_tells_the_production_and_is_written_down(tmp_path):
    """The page shows the production as soon as it is in the case."""
    CaseFile.create(tmp_path / "case", Case("A v. B"), actor=actor("test")).close()
    volume = small_volume(tmp_path)
    order = {"kind": "receive", "path": str(volume), "agency": "ICE", "released_on": "2011-01-17"}
    reports = told(tmp_path / "case", **order)
    assert {"production_id": 1} in reports
    assert any(report.get("step") for report in reports)
    assert CANARY not in json.dumps(reports)
    with CaseFile.open(tmp_path / "case") as case:
        (job,) = case.jobs()
        assert (job.kind, job.state) == ("receive", JobState.DONE)
        assert case.counts().pages == 6
    assert "already loaded" in told(tmp_path / "case", **order)[-1]["message"]
    assert told(tmp_path / "case", kind="check", checked=1, order="pdf-foia")
    assert told(tmp_path / "case", kind="index") == []
    assert any("scans_left" in report for report in told(tmp_path / "case", kind="resume", resumed=1))
    assert "Nothing was changed" in told(tmp_path / "case", kind="verify")[-1]["message"]


def test_a_failed_job_is_written_down_as_failed(case_copy, tmp_path):
    """Whoever opens the case next week sees what did not work."""
    with pytest.raises(InputError):
        told(case_copy, kind="receive", path=str(tmp_path / "none"), agency="ICE", released_on="2011-01-17")
    with CaseFile.open(case_copy) as case:
        (job,) = case.jobs()
        assert (job.state, job.message) == (JobState.FAILED, "InputError")


def test_progress_is_told_no_oftener_than_people_can_see():
    """A line for each of a million files would be all the server does."""
    out = io.StringIO()
    teller = Teller(out)
    for done in range(10_000):
        teller.progress("copying", done, 10_000)
    teller.progress("copying", 10_000, 10_000)
    lines = out.getvalue().splitlines()
    assert len(lines) < 50
    assert json.loads(lines[-1])["done"] == 10_000
