"""Reading jobs and tasks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from vaughn.store.codes import decoded
from vaughn.store.stored import FailureCount, Job, JobState, Task, TaskCounts, TaskState

_JOB = "SELECT id, kind, production_id, state, step, done, total, message, started_at, ended_at, cancel FROM job"
SELECT_TASK = "SELECT id, production_id, kind, key, payload, state, attempts, reason, priority, code FROM task"


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def job_of(row: Sequence[Any]) -> Job:
    """Return the job a row stands for."""
    job_id, kind, production_id, state, step, done, total, message, started, ended, cancel = row
    return Job(
        job_id,
        kind,
        production_id,
        decoded(JobState, state),
        step,
        done,
        total,
        message,
        _moment(started),
        _moment(ended),
        bool(cancel),
    )


def task_of(row: Sequence[Any]) -> Task:
    """Return the task a row stands for."""
    task_id, production_id, kind, key, payload, state, attempts, reason, priority, code = row
    return Task(task_id, production_id, kind, key, payload, decoded(TaskState, state), attempts, reason, priority, code)


def jobs(connection: Connection, *, limit: int) -> tuple[Job, ...]:
    """Return the newest jobs, newest first."""
    return tuple(job_of(row) for row in connection.exec_driver_sql(f"{_JOB} ORDER BY id DESC LIMIT ?", (limit,)))


def job(connection: Connection, job_id: int) -> Job | None:
    """Return one job."""
    row = connection.exec_driver_sql(f"{_JOB} WHERE id = ?", (job_id,)).fetchone()
    return None if row is None else job_of(row)


def task_counts(connection: Connection, *, production_id: int | None, kind: str | None) -> TaskCounts:
    """Return how many tasks stand where."""
    rows = connection.exec_driver_sql(
        "SELECT state, count(*) FROM task WHERE (?1 IS NULL OR production_id = ?1) AND (?2 IS NULL OR kind = ?2)"
        " GROUP BY state",
        (production_id, kind),
    )
    found = {decoded(TaskState, state): count for state, count in rows}
    return TaskCounts(*(found.get(state, 0) for state in TaskState))


def failed_tasks(connection: Connection, *, production_id: int, kind: str | None, code: str | None) -> tuple[Task, ...]:
    """Return the tasks that failed for good, with their reasons."""
    rows = connection.exec_driver_sql(
        f"{SELECT_TASK} WHERE state = 3 AND production_id = ?1 AND (?2 IS NULL OR kind = ?2)"
        " AND (?3 IS NULL OR code = ?3) ORDER BY id",
        (production_id, kind, code),
    )
    return tuple(task_of(row) for row in rows)


def failure_counts(connection: Connection, *, production_id: int) -> tuple[FailureCount, ...]:
    """Return how many tasks failed for good, by kind and reason, the most frequent first."""
    rows = connection.exec_driver_sql(
        "SELECT kind, code, count(*) FROM task WHERE state = 3 AND production_id = ?"
        " GROUP BY kind, code ORDER BY count(*) DESC, kind, code",
        (production_id,),
    )
    return tuple(FailureCount(*row) for row in rows)
