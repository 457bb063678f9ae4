"""A case made once, and the workbench open on it."""

from __future__ import annotations

import shutil
from datetime import date

import pytest
from starlette.testclient import TestClient

from tests.app.volume import small_volume
from vaughn.app.api.application import application
from vaughn.app.api.sessions import Sessions
from vaughn.app.api.workbench import Workbench
from vaughn.app.opening import actor
from vaughn.app.receiving import Handover, receive_handover
from vaughn.model import Case
from vaughn.store import CaseFile

PORT = 8124


@pytest.fixture(autouse=True, scope="session")
def state_folder(tmp_path_factory):
    """Nothing of a test ends up in the user's own folders."""
    folder = tmp_path_factory.mktemp("state")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VAUGHN_STATE", str(folder))
        yield folder


@pytest.fixture(scope="session")
def volume(tmp_path_factory):
    return small_volume(tmp_path_factory.mktemp("production"))


@pytest.fixture(scope="session")
def loaded(volume, tmp_path_factory):
    """The folder of a case with the small production in it."""
    path = tmp_path_factory.mktemp("cases") / "case"
    with CaseFile.create(path, Case("A v. B"), actor=actor("test")) as case:
        handover = Handover(volume, "ICE", date(2011, 1, 17), name="First")
        receive_handover(case, handover, lambda *_: None)
    return path


@pytest.fixture
def case_copy(loaded, tmp_path):
    """A copy of the case that a test may change."""
    return shutil.copytree(loaded, tmp_path / "case")


def signed_in(workbench):
    sessions = Sessions(lambda: 0.0)
    gate = application(workbench, sessions=sessions, port=PORT)
    client = TestClient(gate, base_url=f"http://127.0.0.1:{PORT}", headers={"X-Vaughn": "1"})
    client.get(f"/?token={sessions.new_token()}", follow_redirects=False)
    return client


@pytest.fixture(scope="session")
def client(loaded):
    """The workbench on the shared case: for reading only."""
    with Workbench() as workbench:
        workbench.open(loaded)
        with signed_in(workbench) as client:
            yield client


@pytest.fixture
def workbench():
    """A workbench whose children start when a page is drawn: most tests draw none."""
    with Workbench(draws_soon=False) as held:
        yield held


@pytest.fixture
def fresh(workbench):
    """A workbench without a case."""
    with signed_in(workbench) as client:
        yield client
