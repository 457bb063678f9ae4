"""A case made by an older version is brought up to date, and nothing that was changed in it is hidden by that."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from vaughn.model import IntegrityError, StateError
from vaughn.store import Actor, CaseFile, chain, database
from vaughn.store.seals import columns_found, seal


@pytest.fixture
def old(tmp_path: Path, actor: Actor) -> Path:
    """A case as version 0001 made it, with a job and a name."""
    path = tmp_path / "case"
    for name in ("blobs", "incoming", "derived", "fulltext"):
        (path / name).mkdir(parents=True)
    engine = database.writer_engine(path / "case.db")
    with engine.connect() as connection, connection.begin():
        connection.exec_driver_sql(f"PRAGMA application_id = {database.APPLICATION_ID}")
        database.migrate(connection, to="0001")
        connection.exec_driver_sql("INSERT INTO case_file VALUES (1, 'A v. B', NULL, NULL)")
        connection.exec_driver_sql("INSERT INTO job VALUES (1, 'receive', NULL, 2, 'done', 1, 1, NULL, NULL, NULL)")
        columns = columns_found(connection)
        for name in ("case_file", "job"):
            seal(connection, columns[name], stale={0})
        state = chain.state_now(connection, revision="0001", tables=columns)
        chain.append_event(connection, actor, verb="case.made", objects={}, state=state)
    engine.dispose()
    return path


def test_an_older_case_cannot_be_read_before_it_is_brought_up_to_date(old: Path) -> None:
    """The message says what to do."""
    with pytest.raises(StateError, match="older Vaughn") as raised:
        CaseFile.open(old)
    assert "Open it once for writing" in str(raised.value.hint)


def test_opening_for_writing_brings_it_up_to_date(old: Path, actor: Actor) -> None:
    """What was in it is still there; the log says what was done."""
    with CaseFile.open(old, write=True, actor=actor) as case:
        assert case.case().caption == "A v. B"
        job = case.job(1)
        assert job is not None
        assert not job.cancel
        assert [event.verb for event in case.events()] == ["case.made", "case.upgraded"]
        assert case.events()[1].objects == {"from": "0001", "to": database.REVISION}
        assert case.verify().problems == ()
    with CaseFile.open(old) as case:
        assert case.verify().problems == ()


def test_a_case_that_was_tampered_with_is_not_brought_up_to_date(old: Path, actor: Actor) -> None:
    """Sealing it again would make the change look right."""
    connection = sqlite3.connect(old / "case.db")
    connection.execute("UPDATE job SET kind = 'check'")
    connection.commit()
    connection.close()
    with pytest.raises(IntegrityError, match="job: Values were changed"):
        CaseFile.open(old, write=True, actor=actor)
    with pytest.raises(StateError, match="older Vaughn"):
        CaseFile.open(old)


def test_the_newest_step_is_the_version_of_the_program() -> None:
    """A step nobody counts would never be taken."""
    steps = {
        path.read_text().split('revision = "')[1][:4] for path in (database.MIGRATIONS / "versions").glob("[!_]*.py")
    }
    assert max(steps) == database.REVISION
    assert len(steps) == int(database.REVISION)
