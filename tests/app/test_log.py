"""What is remembered between runs, and where."""

from __future__ import annotations

from datetime import UTC, datetime

from vaughn.app.log import failure_text, log_failure, state_folder
from vaughn.app.recent import MAX_CASES, recent_cases, remember_case

AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def failing(text):
    try:
        try:
            {}[text]
        except KeyError as error:
            raise RuntimeError(text) from error
    except RuntimeError as error:
        return error


def test_a_failure_is_written_down_by_its_places_alone(tmp_path, monkeypatch):
    """The words of an error may be those of a record."""
    told = failure_text(failing("Xylocanary"), at=AT)
    assert "2026-01-02T03:04:05+00:00" in told
    assert told.index("RuntimeError") < told.index("KeyError")
    assert "test_log.py" in told
    assert "Xylocanary" not in told


def test_the_log_does_not_grow_for_ever_and_never_fails(tmp_path, monkeypatch):
    """It is there for the day on which something goes wrong, perhaps a full disk."""
    monkeypatch.setenv("VAUGHN_STATE", str(tmp_path))
    (tmp_path / "vaughn.log").write_text("x" * 1_000_001)
    path = log_failure(failing("x"))
    assert path.stat().st_size < 5000
    assert (tmp_path / "vaughn.log.1").exists()
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("VAUGHN_STATE", str(tmp_path / "file" / "below"))
    log_failure(failing("x"))


def test_the_usual_folder_of_the_system_is_used(monkeypatch):
    """Nothing is strewn over the home folder."""
    monkeypatch.delenv("VAUGHN_STATE", raising=False)
    monkeypatch.delenv("XDG_STATE_HOME", raising=False)
    for system, part in (
        ("linux", ".local/state/vaughn"),
        ("darwin", "Application Support/Vaughn"),
        ("win32", "Vaughn"),
    ):
        monkeypatch.setattr("sys.platform", system)
        assert state_folder().as_posix().endswith(part)


def test_recent_cases_are_those_that_are_still_there(tmp_path, monkeypatch):
    """A case that was moved away is not offered."""
    monkeypatch.setenv("VAUGHN_STATE", str(tmp_path / "state"))
    assert recent_cases() == []
    for number in range(MAX_CASES + 3):
        (tmp_path / f"c{number}").mkdir()
        (tmp_path / f"c{number}" / "case.db").write_bytes(b"")
        remember_case(tmp_path / f"c{number}", f"Case {number}", at=AT)
    remember_case(tmp_path / "c5", "Case 5", at=AT)
    names = [case.caption for case in recent_cases()]
    assert names[:2] == ["Case 5", f"Case {MAX_CASES + 2}"]
    assert len(names) == len(set(names)) == MAX_CASES
    (tmp_path / "c5" / "case.db").unlink()
    assert "Case 5" not in [case.caption for case in recent_cases()]
    (tmp_path / "state" / "recent.json").write_text("{broken")
    assert recent_cases() == []
