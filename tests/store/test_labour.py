"""The work ledger: everything is done once, and what cannot be done says why."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.store.conftest import Clock
from vaughn.model import StateError
from vaughn.store import CaseFile, JobState, NewTask, Task, TaskCounts, TaskState


def tasks(*keys: str) -> list[NewTask]:
    return [NewTask(key, f'{{"file":{key}}}') for key in keys]


def leased(case: CaseFile, count: int, seconds: float = 60) -> tuple[Task, ...]:
    with case.writing("tasks.leased") as change:
        return change.lease(count, seconds=seconds)


def test_tasks_are_added_once(case: CaseFile, production: int) -> None:
    """A resumed load adds them again."""
    with case.writing("tasks.added") as change:
        assert change.add_tasks(production, "read", tasks("1", "2", "2")) == 2
    with case.writing("tasks.added") as change:
        assert change.add_tasks(production, "read", tasks("2", "3")) == 1
        assert change.add_tasks(production, "ocr", tasks("2")) == 1
    assert case.task_counts() == TaskCounts(waiting=4)
    assert case.task_counts(production, "ocr") == TaskCounts(waiting=1)


def test_a_task_goes_to_one_worker_at_a_time(case: CaseFile, production: int) -> None:
    """Oldest first; what is taken is not given again."""
    with case.writing("tasks.added") as change:
        change.add_tasks(production, "read", tasks("1", "2", "3"))
    first = leased(case, 2)
    assert [(task.key, task.payload, task.attempts) for task in first] == [
        ("1", '{"file":1}', 1),
        ("2", '{"file":2}', 1),
    ]
    assert [task.key for task in leased(case, 5)] == ["3"]
    assert leased(case, 5) == ()
    assert case.task_counts() == TaskCounts(leased=3)


def test_only_tasks_of_the_kind_asked_for_are_given(case: CaseFile, production: int) -> None:
    """OCR has workers of its own."""
    with case.writing("tasks.added") as change:
        change.add_tasks(production, "read", tasks("1"))
        change.add_tasks(production, "ocr", tasks("1"))
        assert [task.kind for task in change.lease(5, seconds=60, kind="ocr", production_id=production)] == ["ocr"]
        assert change.lease(5, seconds=60, production_id=99) == ()


def test_a_finished_task_is_done(case: CaseFile, production: int) -> None:
    """It is never given again, and cannot be finished twice."""
    with case.writing("tasks.added") as change:
        change.add_tasks(production, "read", tasks("1"))
    (task,) = leased(case, 1)
    with case.writing("pages.read") as change:
        change.finish(task.id)
    assert case.task_counts() == TaskCounts(done=1)
    with pytest.raises(StateError, match="not taken"), case.writing("pages.read") as change:
        change.finish(task.id)
    with pytest.raises(StateError, match="not taken"), case.writing("pages.read") as change:
        change.fail(99, "x")


def test_a_failed_task_has_a_second_attempt_and_then_a_reason(case: CaseFile, production: int) -> None:
    """A damaged file must not be tried for ever."""
    with case.writing("tasks.added") as change:
        change.add_tasks(production, "read", tasks("1"))
    for expected in (TaskState.WAITING, TaskState.FAILED):
        (task,) = leased(case, 1)
        with case.writing("task.failed") as change:
            assert change.fail(task.id, "the file is damaged") is expected
    assert leased(case, 1) == ()
    (failed,) = case.failed_tasks(production)
    assert (failed.reason, failed.attempts) == ("the file is damaged", 2)


def test_a_failure_that_would_repeat_is_final(case: CaseFile, production: int) -> None:
    """A password does not appear by trying again."""
    with case.writing("tasks.added") as change:
        change.add_tasks(production, "read", tasks("1"))
        (task,) = change.lease(1, seconds=60)
        assert change.fail(task.id, "needs a password", final=True) is TaskState.FAILED
    assert len(case.failed_tasks(production, "read")) == 1


def test_an_expired_lease_gives_the_task_back_once(case: CaseFile, production: int, clock: Clock) -> None:
    """A worker that was killed twice with the same task is killed by it."""
    with case.writing("tasks.added") as change:
        change.add_tasks(production, "read", tasks("1"))
    assert len(leased(case, 1)) == 1
    assert leased(case, 1) == ()
    clock.forward(61)
    (again,) = leased(case, 1)
    assert again.attempts == 2
    clock.forward(61)
    assert leased(case, 1) == ()
    (failed,) = case.failed_tasks(production)
    assert "lost twice" in str(failed.reason)


def test_after_a_crash_leases_come_back_at_once(case: CaseFile, production: int) -> None:
    """There is one writer: if it is new, the old one's workers are gone."""
    with case.writing("tasks.added") as change:
        change.add_tasks(production, "read", tasks("1", "2"))
        change.lease(2, seconds=3600)
    with case.writing("reading.resumed") as change:
        assert change.return_leases() == 0
        assert change.return_leases(at_once=True) == 2
    assert case.task_counts() == TaskCounts(waiting=2)


def test_results_and_the_end_of_a_task_are_one_change(case: CaseFile, production: int) -> None:
    """Otherwise a kill between them would do the work twice."""
    with case.writing("tasks.added") as change:
        change.add_tasks(production, "read", tasks("1"))
    (task,) = leased(case, 1)
    with pytest.raises(StateError), case.writing("pages.read") as change:  # noqa: PT012 - the second has to fail
        change.finish(task.id)
        change.finish(task.id)
    assert case.task_counts() == TaskCounts(leased=1)


def test_a_job_tells_how_far_it_is(case: CaseFile, production: int) -> None:
    """People watch it, also after they reload the page."""
    with case.writing("job.added") as change:
        job = change.add_job("receive", production_id=production, step="copying")
    assert case.job(job.id) == job
    assert (job.state, job.started_at) == (JobState.WAITING, None)
    with case.writing("job.moved") as change:
        running = change.save_job(replace(job, state=JobState.RUNNING, done=5, total=10))
    assert case.job(job.id) == running
    assert running.started_at is not None
    with case.writing("job.moved") as change:
        change.cancel_job(job.id)
        change.save_job(replace(running, done=6))
        ended = change.save_job(replace(running, state=JobState.FAILED, message="cancelled"))
    found = case.job(job.id)
    assert found == replace(ended, cancel=True)
    assert found is not None
    assert found.ended_at is not None
    assert found.started_at == running.started_at
    assert case.jobs(limit=1) == (found,)
    assert case.job(99) is None


def test_a_stopped_program_does_not_count_against_its_tasks(case: CaseFile, production: int) -> None:
    """Whoever presses Ctrl-C ten times must not lose the pages that were being read."""
    with case.writing("tasks.added") as change:
        change.add_tasks(production, "read", tasks("1"))
    for _ in range(10):
        assert [task.attempts for task in leased(case, 1)] == [1]
        with case.writing("tasks.returned") as change:
            assert change.return_leases(at_once=True, forgive=True) == 1
    assert case.task_counts() == TaskCounts(waiting=1)
