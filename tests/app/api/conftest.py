"""The small pile, taken in once for all tests that look at it."""

from __future__ import annotations

import pytest

from tests.app.api.taken import SECONDS, Taken, taking_of
from tests.app.conftest import signed_in
from tests.app.pile import small_pile
from vaughn.app.api.workbench import Workbench
from vaughn.app.opening import actor
from vaughn.collect import group_documents
from vaughn.model import Case
from vaughn.store import CaseFile, JobState


@pytest.fixture(scope="session")
def taken(tmp_path_factory):
    """The workbench on a case with the small pile in it, its groups found."""
    folder = tmp_path_factory.mktemp("taken")
    CaseFile.create(folder / "case", Case("A v. B"), actor=actor("test")).close()
    with Workbench() as workbench:
        workbench.open(folder / "case")
        with signed_in(workbench) as client:
            begun = client.post("/api/takings", json=taking_of(small_pile(folder))).json()
            with workbench.using() as case:
                job = case.jobs.wait_for(begun["job_id"], lambda _: False, seconds=SECONDS)
                assert job.state is JobState.DONE, job.message
                with case.writing() as writable:
                    group_documents(writable)
            yield Taken(client, workbench, folder / "case", begun["production_id"])
