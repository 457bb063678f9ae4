from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.work import jobs
from vaughn.work import FailureKind, Limits, Task, WorkerPool

POSIX = pytest.mark.skipif(os.name != "posix", reason="Windows has no limits on memory and processor time")
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def pool():
    with WorkerPool(2) as shared:
        yield shared


def test_a_job_brings_its_value(pool):
    """The plain case."""
    assert pool.run(jobs.double, (21,)).value == 42


def test_a_refused_file_keeps_its_code_and_words(pool):
    """The refusal becomes a finding as it stands."""
    failure = pool.run(jobs.refuse).failure
    assert (failure.kind, failure.code, failure.reason) == (FailureKind.REFUSED, "FL007", "The file is empty.")


def test_an_unforeseen_exception_is_told_by_its_class_alone(pool):
    """Its text may hold what a document says."""
    failure = pool.run(jobs.fail_with_secret).failure
    assert failure.code == "FL006"
    assert "ValueError" in failure.reason
    assert "document says" not in failure.reason + (failure.hint or "")


def test_a_crash_is_an_outcome_and_the_pool_goes_on(pool):
    """One file must not take the program down."""
    assert pool.run(jobs.crash).failure.kind is FailureKind.CRASHED
    assert pool.run(jobs.double, (1,)).value == 2


@POSIX
def test_a_loop_ends_when_its_processor_time_is_spent(pool):
    """Waiting for a wall clock would hold up the batch on a busy machine."""
    assert pool.run(jobs.loop, cpu_seconds=0.2).failure.kind is FailureKind.TOO_SLOW


@POSIX
def test_a_task_that_wants_too_much_memory_is_refused(pool):
    """The system would otherwise end some other program."""
    assert pool.run(jobs.swallow_memory).failure.kind is FailureKind.TOO_LARGE


def test_what_libraries_print_does_not_disturb_the_answers(pool):
    """Answers come over what was standard output."""
    assert pool.run(jobs.print_noise).value == 7


def test_an_answer_that_is_no_plain_value_is_not_opened(pool):
    """A child taken over by a hostile file must not reach into its parent."""
    failure = pool.run(jobs.answer_with_code).failure
    assert failure.kind is FailureKind.CRASHED
    assert pool.run(jobs.double, (3,)).value == 6


def test_children_are_kept_between_tasks():
    """Starting Python for every file would cost more than reading it."""
    with WorkerPool(1) as one:
        assert one.run(jobs.own_token).value == one.run(jobs.own_token).value


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the memory of a child is known on Linux only")
def test_a_child_that_has_grown_is_replaced():
    """Memory that one file leaves behind must not add up over a million."""
    with WorkerPool(1) as one:
        first = one.run(jobs.own_token).value
        assert one.run(jobs.grow, (300,)).value == first
        assert one.run(jobs.own_token).value != first


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is a POSIX matter")
def test_a_child_that_the_system_ended_costs_an_attempt_and_no_file(tmp_path):
    """The system ends whatever is large when memory is short; the file was perhaps only in the way."""
    with WorkerPool(1, spool=tmp_path) as one:
        assert one.run(jobs.be_killed_once, (str(tmp_path),)).value == "alive"
        failure = one.run(jobs.be_killed).failure
    assert failure.kind is FailureKind.TOO_LARGE
    assert "twice" in failure.reason


def test_streams_one_after_the_other_share_a_child():
    """A pile with a thousand small archives must not start a thousand Pythons."""
    with WorkerPool(1) as one:
        first = one.run(jobs.own_token).value
        for _ in range(3):
            assert {piece.value for piece in one.stream(jobs.tokens, (3,), limits=Limits())} == {first}
        assert one.run(jobs.own_token).value == first


def test_while_a_stream_is_read_other_jobs_and_streams_run():
    """What comes out of an archive is looked at before the next member is asked for."""
    with WorkerPool(1) as one:
        outer = one.stream(jobs.tokens, (2,), limits=Limits())
        inner = one.stream(jobs.tokens, (2,), limits=Limits())
        seen = [next(outer).value, next(inner).value, one.run(jobs.own_token).value]
        assert len(set(seen)) == 3
        assert next(outer).value == seen[0]
        assert next(inner).value == seen[1]
        assert list(outer) == list(inner) == []


def test_a_stream_that_is_left_ends_its_child_and_the_next_gets_another():
    """The child would go on sending what nobody reads."""
    with WorkerPool(1) as one:
        first = one.run(jobs.own_token).value
        stream = one.stream(jobs.tokens, (1000,), limits=Limits())
        assert next(stream).value == first
        stream.close()
        assert one.run(jobs.own_token).value != first


def test_a_stream_that_breaks_a_used_child_is_tried_in_a_fresh_one():
    """The files before may be to blame; this one must not pay for them."""
    with WorkerPool(1) as one:
        one.run(jobs.double, (1,))
        pieces = list(one.stream(jobs.crash_if_used, limits=Limits()))
        assert [piece.value for piece in pieces] == ["whole"]
        one.run(jobs.double, (1,))
        (failed,) = one.stream(jobs.numbers_then_crash, (0,), limits=Limits())
        assert failed.failure.kind is FailureKind.CRASHED


def test_every_task_comes_back_once():
    """None lost, none doubled, whatever fails among them."""
    tasks = [Task(n, jobs.crash if n % 10 == 3 else jobs.double, () if n % 10 == 3 else (n,)) for n in range(40)]
    with WorkerPool(2) as two:
        done = list(two.map_unordered(tasks))
    assert sorted(one.task.key for one in done) == list(range(40))
    for one in done:
        crashed = one.task.key % 10 == 3
        assert one.outcome.is_done is not crashed
        assert crashed or one.outcome.value == 2 * one.task.key


def test_tasks_are_taken_only_a_few_ahead():
    """A million tasks must not stand in memory, nor be forgotten on a cancel."""
    taken = []

    def tasks():
        for number in range(1000):
            taken.append(number)
            yield Task(number, jobs.double, (number,))

    with WorkerPool(2) as two:
        results = two.map_unordered(tasks())
        for _ in range(3):
            next(results)
        results.close()
    assert len(taken) < 20


def test_cancelling_ends_a_task_that_hangs():
    """The user need not wait for a file that never ends."""
    with WorkerPool(1) as one:
        outcomes = []
        thread = threading.Thread(target=lambda: outcomes.append(one.run(jobs.hang)))
        started = threading.Timer(0.3, one.cancel)
        thread.start()
        started.start()
        thread.join(20)
        assert outcomes[0].failure.kind is FailureKind.CANCELLED
        assert one.run(jobs.double, (1,)).failure.kind is FailureKind.CANCELLED


def test_a_task_that_waits_for_ever_meets_the_wall_clock():
    """It uses no processor time, so only the parent's clock can end it."""
    from vaughn.work import children

    watch = children.Job(jobs.hang.__module__, jobs.hang.__qualname__, (), 1.0, 2**31)
    child = children.ChildProcess(children.Reach(), watch)
    try:
        timer = threading.Timer(0.2, child.late)
        timer.start()
        assert child.run(watch).failure.kind is FailureKind.TOO_SLOW
    finally:
        child.close()


def test_the_wall_clock_follows_the_processor_time():
    """A machine under load is slow, not stuck."""
    assert Limits(cpu_seconds=60).wall_seconds == 720
    assert Limits(cpu_seconds=0.1).wall_seconds == 30


_PARENT = """
import sys
sys.path[:0] = {path!r}
from tests.work import jobs
from vaughn.work import WorkerPool
from pathlib import Path
WorkerPool(1, spool=Path({note!r}).parent).run(jobs.pid_then_wait, ({note!r}, 60.0))
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")
def test_no_child_outlives_a_parent_that_was_killed(tmp_path):
    """`kill -9` of the program must not leave readers behind."""
    note = tmp_path / "pid"
    script = _PARENT.format(path=[str(ROOT), str(ROOT / "src")], note=str(note))
    with subprocess.Popen([sys.executable, "-c", script]) as parent:
        waiting = threading.Event()
        while not (note.exists() and note.read_text()):
            waiting.wait(0.02)
        started = _started_by(parent.pid)
        assert started
        parent.kill()
    for _ in range(500):
        if not any(map(_is_alive, started)):
            break
        waiting.wait(0.02)
    assert not any(map(_is_alive, started))


def _started_by(pid):
    """Return the processes that *pid* started, and theirs (bubblewrap stands between)."""
    found = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in map(int, (task / "children").read_text().split()):
            found += [child, *_started_by(child)]
    return found


def _is_alive(pid):
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False


def test_the_parent_carries_no_pdf_or_image_library():
    """What parses hostile bytes stays in the children."""
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); import vaughn.work, vaughn.formats.pages;"
        "print([m for m in ('pypdfium2', 'pikepdf', 'PIL', 'cv2', 'openvino') if m in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", code, str(ROOT / "src")], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
