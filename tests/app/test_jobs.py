"""Jobs run one after the other, in processes whose end, however it comes, leaves a sentence."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

import pytest

from vaughn.app.jobs import JobRunner, JobState

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
