"""Jobs run one after the other, in processes whose end, however it comes, leaves a sentence."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

import pytest

from vaughn.app.jobs import JobRunner
from vaughn.store import JobState

SECONDS = 30
BEGUN = "print(json.dumps({'step': 'x', 'done': 0, 'total': 0}), flush=True)"


@pytest.fixture
def runner():
    """Make runners whose children are a few lines of Python; all are closed at the end."""
    made = []

    def make(code, ended=lambda job, said: None):
        preamble = "import json, os, signal, sys, time\norder = json.load(sys.stdin)\n"
        clock = lambda: datetime(2026, 1, 2, tzinfo=UTC)  # noqa: E731
        made.append(JobRunner(clock=clock, ended=ended, command=(sys.executable, "-c", preamble + code)))
        return made[-1]

    yield make
    for one in made:
        one.close()


def outcome(runner, job):
    return runner.wait_for(job.id, lambda _: False, seconds=SECONDS)


def test_progress_and_message_are_heard(runner):
    """What is printed by libraries in between is not ours and is not shown."""
    said = []
    jobs = runner(
        "print('{\"step\": \"reading\", \"done\": 3, \"total\": 9}')\nprint('noise', 'x' * 10)\nprint('[1]')\n"
        "print(json.dumps({'production_id': order['n']}))\nprint('{\"message\": \"fine\", \"scans_left\": 2}')",
        ended=lambda job, report: said.append((job.production_id, report)),
    )
    job = outcome(jobs, jobs.add("receive", {"n": 7}))
    assert (job.state, job.message, job.production_id, job.done, job.total) == (JobState.DONE, "fine", 7, 3, 9)
    assert said == [(7, {"message": "fine", "scans_left": 2})]
    assert job.started_at == job.ended_at == datetime(2026, 1, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ('print(\'{"error": "No room on the disk."}\'); sys.exit(4)', "No room on the disk."),
        ("os.kill(os.getpid(), signal.SIGKILL)", "The work was stopped; it can be resumed."),
        ("sys.exit(130)", "The work was stopped; it can be resumed."),
        ('print(\'{"error": "Changed."}\')', "Changed."),
    ],
    ids=["told", "killed", "stopped", "found"],
)
def test_a_failed_job_has_a_sentence(runner, code, message):
    """Also when the child was killed and could say nothing."""
    jobs = runner(code)
    job = outcome(jobs, jobs.add("receive", {}))
    assert (job.state, job.message) == (JobState.FAILED, message)


def test_a_running_job_is_stopped_and_the_next_one_runs(runner):
    """The wrong folder was dropped."""
    jobs = runner(f"{BEGUN}\nif order['long']: signal.pause()")
    long, short = jobs.add("receive", {"long": True}), jobs.add("receive", {"long": False})
    jobs.wait_for(long.id, lambda job: job.step == "x", seconds=SECONDS)
    assert not jobs.is_idle
    jobs.cancel(long.id)
    assert outcome(jobs, long).state is JobState.FAILED
    assert outcome(jobs, short).state is JobState.DONE
    assert jobs.is_idle
    jobs.cancel(short.id)
    jobs.cancel(99)
    assert jobs.one(short.id).state is JobState.DONE


def test_closing_ends_the_child(runner):
    """Nothing of ours runs on after the workbench was closed."""
    jobs = runner(f"{BEGUN}\nsignal.pause()")
    job = jobs.add("receive", {})
    jobs.wait_for(job.id, lambda one: one.step == "x", seconds=SECONDS)
    jobs.close()
    assert jobs.one(job.id).state is JobState.FAILED


def test_a_program_that_cannot_be_started_is_a_failure():
    """A broken installation."""
    jobs = JobRunner(clock=lambda: datetime(2026, 1, 2, tzinfo=UTC), ended=lambda *_: None, command=("/nowhere",))
    assert outcome(jobs, jobs.add("verify", {})).state is JobState.FAILED
    jobs.close()


WAITS_UNLESS_CALLED_AGAIN = (
    f"{BEGUN}\n"
    "print(json.dumps({'step': 'scans', 'done': 3 + order.get('done_before', 0), 'total': 9}), flush=True)\n"
    "if order['kind'] == 'scans' and 'done_before' not in order: signal.pause()"
)


def test_work_in_the_background_makes_way_and_counts_on_afterwards(runner):
    """Reading scans takes hours; checking a production must not wait for them."""
    jobs = runner(WAITS_UNLESS_CALLED_AGAIN)
    scans = jobs.add("scans", {}, in_background=True)
    jobs.wait_for(scans.id, lambda job: job.done == 3, seconds=SECONDS)
    check = outcome(jobs, jobs.add("check", {}))
    scans = outcome(jobs, scans)
    assert (check.state, scans.state, scans.done) == (JobState.DONE, JobState.DONE, 6)
    assert check.ended_at <= scans.ended_at
    assert check.version < scans.version


def test_work_in_the_background_waits_for_everything_before_it(runner):
    """It was asked for first, and still comes last."""
    ends = []
    jobs = runner("", ended=lambda job, _: ends.append(job.kind))
    with jobs.background_held():
        scans = jobs.add("scans", {}, in_background=True)
        checks = [jobs.add("check", {}) for _ in range(2)]
        assert [outcome(jobs, check).state for check in checks] == [JobState.DONE] * 2
        assert jobs.one(scans.id).state is JobState.WAITING
    outcome(jobs, scans)
    assert ends == ["check", "check", "scans"]


def test_a_change_by_hand_stops_the_background_for_a_moment(runner):
    """Only one process writes to a case, and a person is waiting."""
    jobs = runner(WAITS_UNLESS_CALLED_AGAIN)
    scans = jobs.add("scans", {}, in_background=True)
    jobs.wait_for(scans.id, lambda job: job.done == 3, seconds=SECONDS)
    with jobs.background_held(seconds=SECONDS):
        assert jobs.one(scans.id).state is JobState.WAITING
    assert outcome(jobs, scans).state is JobState.DONE


@pytest.mark.parametrize("is_running", [True, False], ids=["running", "waiting"])
def test_work_in_the_background_can_be_cancelled(runner, is_running):
    """The fan is loud and the battery low."""
    jobs = runner(WAITS_UNLESS_CALLED_AGAIN)
    with jobs.background_held():
        scans = jobs.add("scans", {}, in_background=True)
        if not is_running:
            jobs.cancel(scans.id)
    if is_running:
        jobs.wait_for(scans.id, lambda job: job.done == 3, seconds=SECONDS)
        jobs.cancel(scans.id)
    assert outcome(jobs, scans).state is JobState.FAILED
    assert jobs.is_idle
