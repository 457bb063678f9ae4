"""Writing jobs (long work people watch) and tasks (pieces of work done once, whatever is killed)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

import orjson

from vaughn.model import StateError
from vaughn.store.chain import moment_text
from vaughn.store.codes import CODE
from vaughn.store.given import NewTask
from vaughn.store.read_work import SELECT_TASK, task_of
from vaughn.store.schema import JOB, TASK
from vaughn.store.stored import Job, JobState, Task, TaskState
from vaughn.store.transaction import Transaction

MAX_ATTEMPTS = 2  # A file that killed its worker twice will do so again.
LOST = "The worker was lost twice while it had this task."
LOST_CODE = "FL006"


class WorkWrites(Transaction):
    """Jobs and tasks."""

    def add_job(self, kind: str, *, production_id: int | None = None, step: str = "") -> Job:
        """Add a job that waits."""
        (job_id,) = self.add(
            JOB,
            [
                {
                    "kind": kind,
                    "production_id": production_id,
                    "state": CODE[JobState.WAITING],
                    "step": step,
                    "done": 0,
                    "total": 0,
                    "message": None,
                    "started_at": None,
                    "ended_at": None,
                    "cancel": 0,
                }
            ],
        )
        return Job(job_id, kind, production_id, JobState.WAITING, step, 0, 0, None, None, None)

    def save_job(self, job: Job) -> Job:
        """Store how far *job* has come; a first RUNNING sets its start, DONE and FAILED its end. Returns it so."""
        now = self.actor.clock()
        if job.state is JobState.RUNNING and job.started_at is None:
            job = replace(job, started_at=now)
        if job.state in (JobState.DONE, JobState.FAILED) and job.ended_at is None:
            job = replace(job, ended_at=now)
        self.update(
            JOB,
            ("state", "step", "done", "total", "message", "started_at", "ended_at"),
            [
                (
                    job.id,
                    CODE[job.state],
                    job.step,
                    job.done,
                    job.total,
                    job.message,
                    moment_text(job.started_at) if job.started_at else None,
                    moment_text(job.ended_at) if job.ended_at else None,
                )
            ],
        )
        return job

    def cancel_job(self, job_id: int) -> None:
        """Ask a job to stop; whoever runs it looks at `Job.cancel`."""
        self.update(JOB, ("cancel",), [(job_id, 1)])

    def add_tasks(self, production_id: int, kind: str, tasks: Iterable[NewTask]) -> int:
        """Add tasks that are not there yet (same production, kind and key); return how many were new."""
        new = {task.key: task for task in tasks}
        known = self.connection.exec_driver_sql(
            "SELECT key FROM task WHERE production_id = ? AND kind = ? AND key IN (SELECT value FROM json_each(?))",
            (production_id, kind, orjson.dumps(list(new)).decode()),
        ).fetchall()
        for (key,) in known:
            del new[key]
        self.add(
            TASK,
            [
                {
                    "production_id": production_id,
                    "kind": kind,
                    "key": task.key,
                    "payload": task.payload,
                    "state": CODE[TaskState.WAITING],
                    "attempts": 0,
                    "leased_until": None,
                    "reason": None,
                    "priority": task.priority,
                    "code": None,
                }
                for task in new.values()
            ],
        )
        return len(new)

    def lease(
        self, count: int, *, seconds: float, production_id: int | None = None, kind: str | None = None
    ) -> tuple[Task, ...]:
        """Take up to *count* waiting tasks for *seconds*; of a production and kind the highest priority first.

        Tasks whose lease has run out count as waiting, or as failed after two attempts.
        """
        self.return_leases()
        wanted: dict[str, str | int | None] = {"production_id": production_id, "kind": kind}
        given = {name: value for name, value in wanted.items() if value is not None}
        rows = self.connection.exec_driver_sql(
            f"{SELECT_TASK} WHERE state = ?{''.join(f' AND {name} = ?' for name in given)}"
            " ORDER BY production_id, kind, priority DESC, id LIMIT ?",
            (CODE[TaskState.WAITING], *given.values(), count),
        ).fetchall()
        taken = [replace(task_of(row), state=TaskState.LEASED, attempts=row[6] + 1) for row in rows]
        until = moment_text(self.actor.clock() + timedelta(seconds=seconds))
        self.update(
            TASK,
            ("state", "attempts", "leased_until"),
            [(task.id, CODE[TaskState.LEASED], task.attempts, until) for task in taken],
        )
        return tuple(taken)

    def return_leases(self, *, at_once: bool = False, forgive: bool = False) -> int:
        """Make leased tasks waiting again (failed after two attempts); return how many.

        Args:
            at_once: Also those whose lease still runs: whoever had them is known to be gone.
            forgive: Do not count the attempt: the whole program was stopped, not one worker by its task.
        """
        now = moment_text(self.actor.clock())
        rows = self.connection.exec_driver_sql(
            "SELECT id, attempts FROM task WHERE state = ?1 AND (?2 OR leased_until <= ?3)",
            (CODE[TaskState.LEASED], at_once, now),
        ).fetchall()
        waiting, failed = CODE[TaskState.WAITING], CODE[TaskState.FAILED]
        if forgive:
            returned = [(task_id, waiting, None, None, max(0, attempts - 1)) for task_id, attempts in rows]
            self.update(TASK, ("state", "leased_until", "reason", "attempts"), returned)
            return len(rows)
        self.update(
            TASK,
            ("state", "leased_until", "reason", "code"),
            [
                (task_id, failed, None, LOST, LOST_CODE)
                if attempts >= MAX_ATTEMPTS
                else (task_id, waiting, None, None, None)
                for task_id, attempts in rows
            ],
        )
        return len(rows)

    def finish(self, *task_ids: int) -> None:
        """Count tasks as done; their results belong into the same change.

        Raises:
            StateError: If one is not leased, e.g. because another worker had it meanwhile.
        """
        leased = self.ids(
            "SELECT id FROM task WHERE state = ? AND id IN (SELECT value FROM json_each(?))",
            CODE[TaskState.LEASED],
            orjson.dumps(task_ids).decode(),
        )
        for task_id in set(task_ids) - set(leased):
            self._require_leased(task_id)
        done = CODE[TaskState.DONE]
        self.update(
            TASK, ("state", "leased_until", "reason", "code"), [(task_id, done, None, None, None) for task_id in leased]
        )

    def fail(self, task_id: int, reason: str, *, code: str | None = None, final: bool = False) -> TaskState:
        """Say that a task did not work; it waits for another attempt, or has failed for good after two.

        Args:
            code: Of the finding that the file becomes; `retry` asks for it.
            final: No other attempt: the same would happen again.

        Raises:
            StateError: If it is not leased.
        """
        attempts = self._require_leased(task_id)
        state = TaskState.FAILED if final or attempts >= MAX_ATTEMPTS else TaskState.WAITING
        self.update(TASK, ("state", "leased_until", "reason", "code"), [(task_id, CODE[state], None, reason, code)])
        return state

    def retry(
        self, production_id: int, *, code: str | None = None, kind: str | None = None, keys: Iterable[str] | None = None
    ) -> tuple[Task, ...]:
        """Let tasks that failed for good wait again, with all their attempts; return them as they had failed.

        What their failing left behind (findings, pages marked as failed) is the caller's to take back.

        Args:
            code: Those that failed for this reason, as FL012 after a password was given.
            kind: Those of this kind.
            keys: These alone.
        """
        wanted = None if keys is None else orjson.dumps(list(keys)).decode()
        rows = self.connection.exec_driver_sql(
            f"{SELECT_TASK} WHERE state = ?1 AND production_id = ?2 AND (?3 IS NULL OR code = ?3)"  # noqa: S608
            " AND (?4 IS NULL OR kind = ?4) AND (?5 IS NULL OR key IN (SELECT value FROM json_each(?5))) ORDER BY id",
            (CODE[TaskState.FAILED], production_id, code, kind, wanted),
        ).fetchall()
        failed = tuple(task_of(row) for row in rows)
        waiting = CODE[TaskState.WAITING]
        self.update(
            TASK, ("state", "attempts", "reason", "code"), [(task.id, waiting, 0, None, None) for task in failed]
        )
        return failed

    def set_priority(self, production_id: int, kind: str, keys: Iterable[str], *, priority: int) -> int:
        """Have waiting tasks of a kind taken earlier (higher) or later; return how many there were.

        What a person looks at comes before what nobody has asked for.
        """
        rows = self.connection.exec_driver_sql(
            "SELECT id FROM task WHERE state = ? AND production_id = ? AND kind = ? AND priority <> ?"
            " AND key IN (SELECT value FROM json_each(?))",
            (CODE[TaskState.WAITING], production_id, kind, priority, orjson.dumps(list(keys)).decode()),
        ).fetchall()
        self.update(TASK, ("priority",), [(task_id, priority) for (task_id,) in rows])
        return len(rows)

    def _require_leased(self, task_id: int) -> int:
        row = self.connection.exec_driver_sql("SELECT state, attempts FROM task WHERE id = ?", (task_id,)).fetchone()
        if row is None or row[0] != CODE[TaskState.LEASED]:
            raise StateError(
                f"Task {task_id} is not taken by anybody.", hint="Its results are already stored or due again."
            )
        return int(row[1])
