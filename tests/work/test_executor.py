"""What every executor keeps, whatever stands behind it: the same outcomes, and nothing lost."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import threading
from pathlib import Path

import pytest

from tests.formats.made_pdf import write_pdf
from tests.work import jobs
from vaughn.formats.pages import read_packed
from vaughn.model import StateError, ToolMissing
from vaughn.work import DaskExecutor, Executor, FailureKind, InlineExecutor, Limits, Task, WorkerPool, cluster

NAMES = ("inline", "pool", "dask")
HAS_DASK = importlib.util.find_spec("distributed") is not None
POSIX = pytest.mark.skipif(os.name != "posix", reason="Windows has no limits on memory and processor time")


@pytest.fixture(scope="module")
def machines():
    """A Dask cluster of two workers, in this process."""
    if not HAS_DASK:
        pytest.skip("Dask is not installed")
    from distributed import LocalCluster

    # With no host and protocol given, Dask asks for the way to a public address to learn its own.
    here = {"host": "127.0.0.1", "protocol": "tcp://", "dashboard_address": "127.0.0.1:0"}
    with LocalCluster(n_workers=2, threads_per_worker=1, processes=False, **here) as cluster:
        yield cluster


def made(name: str, request: pytest.FixtureRequest) -> Executor:
    match name:
        case "inline":
            return InlineExecutor()
        case "pool":
            return WorkerPool(2)
        case _:
            return DaskExecutor(request.getfixturevalue("machines").scheduler_address)


@pytest.fixture(scope="module", params=NAMES)
def executor(request):
    """One for many tests: starting each costs more than they do."""
    one = made(request.param, request)
    yield one
    one.close()


@pytest.fixture(params=NAMES)
def own(request):
    """One for a test that ends it."""
    one = made(request.param, request)
    yield one
    one.close()


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """Pages of three files, as the store takes them."""
    folder = tmp_path_factory.mktemp("case") / "blobs" / "ab"
    folder.mkdir(parents=True)
    texts = [f"BT /F 40 Tf 72 400 Td (page of file {number}) Tj ET" for number in range(3)]
    return [write_pdf(folder / f"ab{number:062}", text, pages=number + 1) for number, text in enumerate(texts)]


def hashes(executor: Executor, paths: list[Path]) -> dict[object, str]:
    tasks = [Task(number, read_packed, (path, "application/pdf", 1, 9)) for number, path in enumerate(paths)]
    found = {}
    for done in executor.map_unordered(tasks):
        assert done.outcome.failure is None
        words = b"".join(page.packed for page in done.outcome.value)
        found[done.task.key] = hashlib.sha256(words).hexdigest()
    return found


def test_the_same_pages_come_from_each(executor, pages):
    """A case must not depend on the machine it was made on."""
    with InlineExecutor() as plain:
        assert hashes(executor, pages) == hashes(plain, pages)
    assert len(set(hashes(executor, pages).values())) == 3


def test_a_job_brings_its_value(executor):
    """The plain case."""
    done = executor.run(jobs.double, (21,))
    assert done.value == 42
    assert 0 <= done.cpu_seconds < 5


def test_a_refusal_keeps_its_code_and_words(executor):
    """It becomes the finding as it stands."""
    failure = executor.run(jobs.refuse).failure
    assert (failure.kind, failure.code, failure.reason) == (FailureKind.REFUSED, "FL007", "The file is empty.")


def test_what_an_unforeseen_exception_says_stays_secret(executor):
    """Its text may be what the document says."""
    failure = executor.run(jobs.fail_with_secret).failure
    assert "ValueError" in failure.reason
    assert "document says" not in failure.reason + (failure.hint or "")


def test_every_task_comes_back_once_with_its_own_outcome(executor):
    """None lost, none doubled, also among refusals."""
    tasks = [Task(n, jobs.refuse if n % 7 == 3 else jobs.double, () if n % 7 == 3 else (n,)) for n in range(30)]
    done = list(executor.map_unordered(iter(tasks)))
    assert sorted(one.task.key for one in done) == list(range(30))
    for one in done:
        refused = one.task.key % 7 == 3
        assert one.outcome.is_done is not refused
        assert refused or one.outcome.value == 2 * one.task.key


def test_tasks_are_read_only_a_few_ahead(executor):
    """A million tasks must not stand in memory; leaving the loop early is no fault."""
    taken = []

    def tasks():
        for number in range(500):
            taken.append(number)
            yield Task(number, jobs.double, (number,))

    results = executor.map_unordered(tasks())
    next(results)
    results.close()
    assert len(taken) < 20
    assert executor.run(jobs.double, (1,)).value == 2


def test_a_crash_costs_its_own_task_alone(executor):
    """One file must not take the others with it."""
    if not executor.holds_limits:
        pytest.skip("runs in this very process; its docstring says so")
    tasks = [Task("bad", jobs.crash), *(Task(n, jobs.double, (n,)) for n in range(6))]
    done = {one.task.key: one.outcome for one in executor.map_unordered(tasks)}
    assert done.pop("bad").failure.kind is FailureKind.CRASHED
    assert {key: outcome.value for key, outcome in done.items()} == {n: 2 * n for n in range(6)}


@POSIX
def test_a_loop_ends_with_its_processor_time(executor):
    """A file that never ends must not hold up the rest."""
    (done,) = executor.map_unordered([Task("loop", jobs.loop, limits=Limits(0.2))])
    assert done.outcome.failure.kind is FailureKind.TOO_SLOW


@POSIX
def test_too_much_memory_is_refused(executor):
    """The system would otherwise end some other program."""
    assert executor.run(jobs.swallow_memory).failure.kind is FailureKind.TOO_LARGE


def test_after_a_cancel_everything_ends_as_cancelled(own):
    """Nobody waits for what is no longer wanted."""
    own.cancel()
    assert own.run(jobs.double, (1,)).failure.kind is FailureKind.CANCELLED
    done = list(own.map_unordered([Task(n, jobs.double, (n,)) for n in range(3)]))
    assert {one.outcome.failure.kind for one in done} == {FailureKind.CANCELLED}


def test_a_cancel_ends_a_task_that_hangs(own):
    """It uses no processor time, and its wall clock may be an hour away."""
    if not own.holds_limits:
        pytest.skip("runs in this very thread; its docstring says so")
    started = threading.Timer(0.5, own.cancel)
    started.start()
    assert own.run(jobs.hang).failure.kind is FailureKind.CANCELLED
    started.join()


def test_a_lost_machine_loses_no_task(machines):
    """Dask gives its tasks to another; a task may be done twice, and brings the same."""
    with DaskExecutor(machines.scheduler_address) as own:
        results = own.map_unordered(Task(n, jobs.double, (n,)) for n in range(60))
        found = [next(results)]
        lost = machines.workers[1]
        machines.sync(lost.close, executor_wait=False, nanny=False)
        found += results
    assert lost.status.name == "closed"
    assert sorted(one.task.key for one in found) == list(range(60))
    assert all(one.outcome.value == 2 * one.task.key for one in found)


def test_without_dask_the_way_out_is_named(monkeypatch):
    """An extra that is missing is no traceback."""
    monkeypatch.setitem(__import__("sys").modules, "distributed", None)
    with pytest.raises(ToolMissing) as missing:
        DaskExecutor("tcp://127.0.0.1:9")
    assert "vaughn[dask]" in missing.value.hint


def test_a_cluster_that_does_not_answer_is_told(monkeypatch):
    """The address was mistyped, or nobody started it."""
    if not HAS_DASK:
        pytest.skip("Dask is not installed")
    monkeypatch.setattr(cluster, "_CONNECT_SECONDS", 0.2)
    with pytest.raises(StateError, match="No Dask scheduler"):
        DaskExecutor("tcp://127.0.0.1:9")
