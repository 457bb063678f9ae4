"""Whatever is changed behind the program's back is found and named."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.store.conftest import fill
from vaughn.model import Case, IntegrityError, StateError
from vaughn.store import Actor, CaseFile, Problem, VerifyReport
from vaughn.store.schema import METADATA, SEALED

DATA_TABLES = [table for table in SEALED if table.name != "event"]
COLUMNS = [(table.name, column.name) for table in SEALED for column in table.columns if not column.primary_key]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed case with a row in every table."""
    from tests.store.conftest import Clock

    path = tmp_path_factory.mktemp("verify") / "case"
    with CaseFile.create(path, Case("A v. B", "S.D.N.Y.", "1:10-cv-03488"), actor=Actor("a", Clock())) as case:
        fill(case)
    return path


@pytest.fixture
def copied(filled: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(filled, tmp_path / "case"))


def verified(path: Path) -> VerifyReport:
    with CaseFile.open(path) as case:
        return case.verify()


@contextmanager
def tampering(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection as another program would open it."""
    connection = sqlite3.connect(path / "case.db")
    try:
        with connection:
            yield connection
    finally:
        connection.close()


def named(report: VerifyReport, where: str, column: str | None) -> list[Problem]:
    return [problem for problem in report.problems if problem.where == where and problem.column == column]


def test_the_case_of_these_tests_has_a_value_in_every_column(filled: Path) -> None:
    """Otherwise a column could go unwatched and no test would say so."""
    with tampering(filled) as connection:
        empty = [
            (table.name, column.name)
            for table in METADATA.sorted_tables
            for column in table.columns
            if not connection.execute(f'SELECT count("{column.name}") FROM "{table.name}"').fetchone()[0]
        ]
    assert empty == []


def test_an_untouched_case_verifies(filled: Path) -> None:
    """No false alarm; the counts say how much was looked at."""
    report = verified(filled)
    assert report.problems == ()
    assert report.notes == ()
    counts = {checked.name: checked.count for checked in report.checked}
    assert (counts["document"], counts["page"], counts["page_words"], counts["event"], counts["blob"]) == (
        5,
        5,
        5,
        4,
        3,
    )
    assert str(report.head).startswith("4:")


@pytest.mark.parametrize(("table", "column"), COLUMNS, ids=[f"{table}.{column}" for table, column in COLUMNS])
def test_a_changed_value_is_named_by_table_and_column(copied: Path, table: str, column: str) -> None:
    """One value in one row is enough, in any column of any table."""
    with tampering(copied) as connection:
        kind = next(row[2] for row in connection.execute(f'PRAGMA table_info("{table}")') if row[1] == column)
        changed = {"TEXT": f"\"{column}\" || ' '", "INTEGER": f'"{column}" + 1', "REAL": f'"{column}" + 0.5'}
        value = changed.get(kind, "x'00'")
        key = next(row[1] for row in connection.execute(f'PRAGMA table_info("{table}")') if row[5])
        connection.execute(
            f'UPDATE "{table}" SET "{column}" = {value} WHERE "{key}" ='
            f' (SELECT max("{key}") FROM "{table}" WHERE "{column}" IS NOT NULL)'
        )
    found = named(verified(copied), table, column)
    assert any(problem.first_id == 0 and problem.last_id == 255 for problem in found)


@pytest.mark.parametrize("column", ["node_table", "level", "node", "digests"])
def test_a_changed_seal_is_named_as_a_seal(copied: Path, column: str) -> None:
    """The rows are as they were written: the log vouches for them."""
    with tampering(copied) as connection:
        value = "zeroblob(length(digests))" if column == "digests" else f"{column} + 77"
        connection.execute(f"UPDATE seal SET {column} = {value} WHERE node_table = 6 AND level = 0")
    problems = verified(copied).problems
    assert {problem.where for problem in problems} == {"seal"}


@pytest.mark.parametrize("level", [1, 2, 3])
def test_a_changed_seal_above_the_leaves_is_named_as_a_seal(copied: Path, level: int) -> None:
    """No node of the tree is unwatched."""
    with tampering(copied) as connection:
        connection.execute("UPDATE seal SET digests = zeroblob(32) WHERE node_table = 7 AND level = ?", (level,))
    problems = verified(copied).problems
    assert {problem.where for problem in problems} == {"seal"}
    assert any("page" in problem.message for problem in problems)


@pytest.mark.parametrize("table", [table.name for table in SEALED])
def test_a_deleted_row_is_named_by_its_table(copied: Path, table: str) -> None:
    """Something that is gone is harder to notice than something changed."""
    with tampering(copied) as connection:
        key = next(row[1] for row in connection.execute(f'PRAGMA table_info("{table}")') if row[5])
        connection.execute(f'DELETE FROM "{table}" WHERE "{key}" = (SELECT min("{key}") FROM "{table}")')
    assert named(verified(copied), table, None)


@pytest.mark.parametrize("table", [table.name for table in DATA_TABLES])
def test_an_added_row_is_named_by_its_table(copied: Path, table: str) -> None:
    """Also far away from the others, where no seal is yet."""
    with tampering(copied) as connection:
        names = [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')]
        # Uniqueness would refuse an exact copy.
        unique = ("name", "path", "prefix", "key", "digest")
        values = [f"\"{name}\" || 'x'" if name in unique else f'"{name}"' for name in names]
        values = ["5000", *values[1:]]
        if table in ("raw_row", "division"):
            at = names.index("line" if table == "raw_row" else "document_id")
            values[at] += " + 1"
        connection.execute(f'INSERT INTO "{table}" SELECT {", ".join(values)} FROM "{table}" LIMIT 1')
    assert named(verified(copied), table, None)


def test_a_row_moved_to_another_id_is_named(copied: Path) -> None:
    """Page ids are what permanent links point to."""
    with tampering(copied) as connection:
        connection.execute("UPDATE page_words SET page_id = page_id + 100 WHERE page_id = 5")
    assert named(verified(copied), "page_words", None)


def test_two_values_swapped_are_named(copied: Path) -> None:
    """The digests depend on the order of the rows."""
    with tampering(copied) as connection:
        connection.execute(
            "UPDATE page SET stamped = CASE id WHEN 1 THEN 'ICE 0002' ELSE 'ICE 0001' END WHERE id IN (1, 2)"
        )
    assert named(verified(copied), "page", "stamped")


def test_text_that_is_no_text_is_named(copied: Path) -> None:
    """A value that cannot even be read must not stop the check."""
    with tampering(copied) as connection:
        connection.execute("UPDATE document SET title = CAST(x'ff00fe' AS TEXT) WHERE id = 1")
    assert named(verified(copied), "document", "title")


def test_removing_the_last_entries_of_the_log_is_found(copied: Path) -> None:
    """A chain alone would not notice that its end is gone."""
    with tampering(copied) as connection:
        connection.execute("DELETE FROM event WHERE sequence = 3")
    assert named(verified(copied), "event", None)


def test_rewriting_the_seals_with_the_rows_is_found(copied: Path) -> None:
    """Whoever knows how seals are made still cannot make the log agree."""
    with CaseFile.open(copied) as case:
        honest = case.head()
    from sqlalchemy import create_engine

    from vaughn.store.seals import COLUMNS as SEALED_COLUMNS
    from vaughn.store.seals import seal

    engine = create_engine(f"sqlite:///{copied / 'case.db'}")
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE document SET custodian = 'somebody else' WHERE id = 1")
        seal(connection, SEALED_COLUMNS["document"], stale={0})
    engine.dispose()
    report = verified(copied)
    assert named(report, "event", "state")
    assert report.head == honest


def test_a_changed_stored_file_is_named_with_its_source_file(copied: Path) -> None:
    """The bytes are the evidence."""
    blob = next(path for path in (copied / "blobs").rglob("*") if path.is_file() and path.read_bytes() == b"pages")
    blob.chmod(0o600)
    blob.write_bytes(b"PAGES")
    (problem,) = verified(copied).problems
    assert problem.where == "blob"
    assert blob.name in problem.message
    assert problem.first_id == 2


def test_a_missing_stored_file_is_named(copied: Path) -> None:
    """Deleting is tampering too."""
    blob = next(path for path in (copied / "blobs").rglob("*") if path.is_file())
    blob.unlink()
    (problem,) = verified(copied).problems
    assert problem.where == "blob"
    assert "missing" in problem.message


def test_a_stored_file_of_nobody_is_a_note_and_no_problem(copied: Path) -> None:
    """A load that was killed leaves such files; they change nothing."""
    (copied / "blobs" / "00").mkdir(exist_ok=True)
    (copied / "blobs" / "00" / ("0" * 64)).write_bytes(b"left over")
    report = verified(copied)
    assert report.is_clean
    assert len(report.notes) == 1


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TRIGGER quiet AFTER INSERT ON page BEGIN DELETE FROM finding; END",
        "CREATE TABLE extra (id INTEGER)",
        "DROP INDEX document_date",
        "CREATE VIEW documents AS SELECT * FROM document",
        "ALTER TABLE job ADD COLUMN more TEXT",
    ],
    ids=["trigger", "table", "index", "view", "column"],
)
def test_a_changed_schema_is_found(copied: Path, sql: str) -> None:
    """A trigger could change what is written later."""
    with tampering(copied) as connection:
        connection.execute(sql)
    assert named(verified(copied), "database", None)


def test_bytes_flipped_inside_the_database_are_found(copied: Path) -> None:
    """Damage of the disk is not always noticed by SQLite when it reads."""
    path = copied / "case.db"
    content = bytearray(path.read_bytes())
    at = content.index(b"someone")
    content[at] ^= 1
    path.write_bytes(bytes(content))
    assert named(verified(copied), "document", "sender")


def test_a_page_torn_out_of_the_database_is_found_without_a_crash(copied: Path) -> None:
    """The check goes on with what can still be read."""
    path = copied / "case.db"
    content = bytearray(path.read_bytes())
    at = content.index(b"packed words") // 8192 * 8192
    content[at : at + 8192] = bytes(8192)
    path.write_bytes(bytes(content))
    report = verified(copied)
    assert {problem.where for problem in report.problems} & {"database", "page_words", "seal"}


def test_progress_is_told(copied: Path) -> None:
    """Verifying a large case takes minutes."""
    told: list[tuple[str, int, int]] = []
    with CaseFile.open(copied) as case:
        case.verify(lambda step, done, total: told.append((step, done, total)))
    assert {"document", "page", "stored files"} <= {step for step, _, _ in told}
    assert all(done <= total for _, done, total in told)


def test_a_changed_version_of_the_tables_is_found(copied: Path, actor: Actor) -> None:
    """It would make the program change the tables as if they were old."""
    with tampering(copied) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
    with pytest.raises(StateError, match="older Vaughn"):
        CaseFile.open(copied)
    with pytest.raises(IntegrityError, match="was changed by something else"):
        CaseFile.open(copied, write=True, actor=actor)
