"""The work ledger: everything is done once, and what cannot be done says why."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.store.conftest import Clock
from vaughn.model import StateError
from vaughn.store import CaseFile, JobState, NewTask, Task, TaskCounts, TaskState, WorkPaused


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


def test_the_higher_priority_comes_first(case: CaseFile, production: int) -> None:
    """What a person is looking at must not wait for a million pages that nobody asked for."""
    with case.writing("tasks.added") as change:
        change.add_tasks(production, "ocr", [NewTask("1"), NewTask("2", priority=5), NewTask("3", priority=-1)])
        change.add_tasks(production, "ocr", tasks("4", "5"))
        assert change.set_priority(production, "ocr", ["5", "2", "99"], priority=9) == 2
        assert change.set_priority(production, "ocr", ["5"], priority=9) == 0
    taken = []
    with case.writing("tasks.leased") as change:
        while one := change.lease(1, seconds=60, production_id=production, kind="ocr"):
            taken.append((one[0].key, one[0].priority))
    assert taken == [("2", 9), ("5", 9), ("1", 0), ("4", 0), ("3", -1)]


def test_taking_tasks_needs_no_sorting(case: CaseFile, production: int) -> None:
    """With a hundred thousand waiting, each lease would sort them all."""
    with case.writing("tasks.added") as change:
        change.add_tasks(production, "read", tasks("1"))
        plan = change.connection.exec_driver_sql(
            "EXPLAIN QUERY PLAN SELECT id FROM task WHERE state = 0 AND production_id = 1 AND kind = 'read'"
            " ORDER BY production_id, kind, priority DESC, id LIMIT 64"
        ).fetchall()
    assert [row[-1] for row in plan] == [
        "SEARCH task USING COVERING INDEX task_open (state=? AND production_id=? AND kind=?)"
    ]


def failed(case: CaseFile, production: int, **codes: str | None) -> None:
    """Let a task of each name fail for good with its code."""
    with case.writing("tasks.added") as change:
        change.add_tasks(production, "read", tasks(*codes))
        for task in change.lease(len(codes), seconds=60):
            change.fail(task.id, f"it is {task.key}", code=codes[task.key], final=True)


def test_tasks_are_tried_again_by_their_reason(case: CaseFile, production: int) -> None:
    """A password opens locked files; damaged ones stay damaged."""
    failed(case, production, locked="FL012", damaged="FL006", sealed="FL012", ours=None)
    counts = [(one.kind, one.code, one.count) for one in case.failure_counts(production)]
    assert counts == [("read", "FL012", 2), ("read", None, 1), ("read", "FL006", 1)]
    assert [task.key for task in case.failed_tasks(production, code="FL012")] == ["locked", "sealed"]
    with case.writing("tasks.retried") as change:
        again = change.retry(production, code="FL012")
    assert [(task.key, task.reason, task.code) for task in again] == [
        ("locked", "it is locked", "FL012"),
        ("sealed", "it is sealed", "FL012"),
    ]
    assert case.task_counts() == TaskCounts(waiting=2, failed=2)
    assert [(task.key, task.attempts, task.reason, task.code) for task in leased(case, 9)] == [
        ("locked", 1, None, None),
        ("sealed", 1, None, None),
    ]


def test_only_what_is_named_is_tried_again(case: CaseFile, production: int) -> None:
    """Trying everything again would read a mailbox of a year for one file."""
    failed(case, production, first="FL006", second="FL006", third="FL007")
    with case.writing("tasks.retried") as change:
        assert [task.key for task in change.retry(production, kind="read", keys=["second", "none"])] == ["second"]
        assert change.retry(production, kind="ocr") == ()
        assert change.retry(production, code="FL012") == ()
        assert len(change.retry(production)) == 2
    assert case.verify().is_clean


def test_a_worker_lost_twice_is_a_reason_too(case: CaseFile, production: int) -> None:
    """It can be asked for by its code as any other."""
    with case.writing("tasks.added") as change:
        change.add_tasks(production, "read", tasks("1"))
    for _ in range(2):
        assert len(leased(case, 1)) == 1
        with case.writing("tasks.returned") as change:
            change.return_leases(at_once=True)
    assert [task.code for task in case.failed_tasks(production)] == ["FL006"]


def test_who_only_reads_can_ask_for_a_pause(case: CaseFile, clock: Clock) -> None:
    """The one who watches cannot write: the worker holds the case."""
    with CaseFile.open(case.path) as watching:
        assert watching.pause_asked() is None
        watching.ask_to_pause(by="a paralegal", at=clock())
        watching.ask_to_pause(by="another", at=clock())
    asked = case.pause_asked()
    assert asked is not None
    assert asked.by == "a paralegal"
    assert asked.at is not None
    with pytest.raises(WorkPaused, match="paused by a paralegal") as paused:
        case.require_no_pause()
    assert "is kept" in str(paused.value.hint)
    assert case.go_on()
    assert not case.go_on()
    case.require_no_pause()


@pytest.mark.parametrize("content", ["", "{}", '{"by": 1, "at": "never"}', "\udcff"])
def test_a_pause_that_cannot_be_read_is_a_pause(case: CaseFile, content: str) -> None:
    """Going on against somebody's wish would be worse than stopping without one."""
    (case.path / "paused.json").write_bytes(content.encode("utf-8", "surrogateescape"))
    asked = case.pause_asked()
    assert asked is not None
    assert asked.by is None
    with pytest.raises(WorkPaused, match="somebody"):
        case.require_no_pause()
