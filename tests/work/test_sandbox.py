"""What a file that has taken over its reader can still do, at each level this machine holds."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from pathlib import Path

import pytest
from PIL import Image

from tests.formats.made_pdf import write_pdf
from tests.work import escapes, jobs
from vaughn.formats.pages import ocr_available, ocr_packed, page_count, read_packed, unpack_text
from vaughn.model import UsageError
from vaughn.work import OCR_LIMITS, FailureKind, FenceReport, Level, WorkerPool, best_level, fence_report, levels_here
from vaughn.work.sandbox import Fence, Trial, blob_folder_or_self, program_places, raise_fence, told_to_children
from vaughn.work.sandbox.bubblewrap import start_in
from vaughn.work.sandbox.calls import REFUSED
from vaughn.work.sandbox.seccomp import call_filter

CORPUS = Path(__file__).parents[1] / "corpus"
FENCED = [level for level in levels_here() if level.hides_network]
HIDING = [level for level in levels_here() if level.hides_files]
LINUX = pytest.mark.skipif(not FENCED, reason="this machine offers no fence")
PDF = "application/pdf"


@pytest.fixture(scope="module", params=levels_here(), ids=lambda level: level.value)
def any_pool(request, tmp_path_factory):
    """One child at each level."""
    with _pool(request.param, tmp_path_factory) as shared:
        yield shared


@pytest.fixture(scope="module", params=FENCED or [Level.LIMITS], ids=lambda level: level.value)
def fenced(request, tmp_path_factory):
    """One child at each level without network."""
    with _pool(request.param, tmp_path_factory) as shared:
        yield shared


@pytest.fixture(scope="module", params=HIDING or [Level.LIMITS], ids=lambda level: level.value)
def hiding(request, tmp_path_factory):
    """One child at each level without other files."""
    with _pool(request.param, tmp_path_factory) as shared:
        yield shared


def _pool(level, factory):
    records = factory.mktemp("records")
    (records / "own.txt").write_text("a record", "utf-8")
    pool = WorkerPool(1, readable=[records], spool=factory.mktemp("spool"), level=level)
    pool.records, pool.level = records, level
    return pool


def outcome(pool, what, place=""):
    return pool.run(escapes.tried, (what, str(place))).value


@LINUX
@pytest.mark.parametrize(
    "what",
    ["connect", "datagram", "unix socket", "run", "exec", "fork", "io_uring", "ptrace", "signal", "mount"],
)
def test_nothing_outside_the_process_is_reached(fenced, what):
    """A hostile file must not call home, start a program or take over another."""
    place = {"ptrace": os.getpid(), "signal": os.getpid(), "mount": fenced.records}.get(what, "")
    assert outcome(fenced, what, place) in {"PermissionError", "ProcessLookupError"}


@LINUX
def test_without_a_fence_the_same_attempts_succeed(tmp_path):
    """Otherwise the tests above would pass for reasons of their own."""
    with WorkerPool(1, spool=tmp_path, level=Level.LIMITS) as pool:
        own = str(tmp_path / "own.txt")
        (tmp_path / "own.txt").write_text("a record", "utf-8")
        trials = [("read", "/etc/passwd"), ("list", "/"), ("write", own), ("mode", own), ("link", own + "2")]
        trials += [("datagram", ""), ("run", ""), ("fork", ""), ("signal", str(os.getpid()))]
        answers = {what: outcome(pool, what, place) for what, place in trials}
        assert outcome(pool, "connect") == "ConnectionRefusedError"
    assert set(answers.values()) == {"done"}


@LINUX
@pytest.mark.parametrize("what", ["link", "mode"])
def test_names_and_modes_of_files_stay(fenced, what):
    """A link left in the spool would lead its reader astray; originals are to keep their modes."""
    spool = fenced._reach.spool
    place = spool / "link" if what == "link" else fenced.records / "own.txt"
    assert outcome(fenced, what, place) == "PermissionError"


@LINUX
@pytest.mark.parametrize("place", ["/etc/passwd", "/etc/shadow", str(Path.home()), __file__, "/proc/1/environ"])
def test_other_files_cannot_be_read(hiding, place):
    """Keys, mail, other cases: what lies beside the record is no business of its reader."""
    if place == __file__:  # the tests' own folder counts as program
        place = str(hiding.records.parent / "beside.txt")
        Path(place).write_text("another's", "utf-8")
    if place != str(Path.home()):
        assert outcome(hiding, "read", place) in {"PermissionError", "FileNotFoundError"}
    assert outcome(hiding, "list", place) in {"PermissionError", "FileNotFoundError", "NotADirectoryError"}


@LINUX
def test_the_environment_of_the_program_cannot_be_read(hiding):
    """Passwords are handed over that way."""
    answer = outcome(hiding, "environment of the parent", os.getpid())
    assert answer in {"PermissionError", "FileNotFoundError"}


def test_a_reader_is_told_no_secrets_of_the_environment(monkeypatch, tmp_path):
    """It could not read the program's own environment, and was handed a copy of it."""
    monkeypatch.setenv("CLOUD_SECRET_KEY", "hunter2")
    monkeypatch.setenv("LC_TIME", "C.UTF-8")
    with WorkerPool(1, spool=tmp_path) as pool:
        told = pool.run(escapes.environment_names).value
    assert {"PATH", "LC_TIME"} <= set(told)
    assert not [name for name in told if "SECRET" in name or name.startswith("COVERAGE")]


def test_windows_names_are_told_in_any_case():
    """`SystemRoot` is how Windows itself writes it, and nothing starts without it."""
    environment = {"SystemRoot": r"C:\Windows", "Path": r"C:\bin", "Api_Token": "hunter2"}
    assert set(told_to_children(environment)) == {"SystemRoot", "Path"}


@LINUX
@pytest.mark.parametrize("where", ["beside the record", "over the record", "program", "temporary files of others"])
def test_nothing_is_written_outside_the_spool(hiding, where):
    """Originals are never changed, and the program must not be either."""
    place = {
        "beside the record": hiding.records / "new.txt",
        "over the record": hiding.records / "own.txt",
        "program": Path(escapes.__file__).with_suffix(".bak"),
        "temporary files of others": hiding.records.parent / "new.txt",
    }[where]
    assert outcome(hiding, "write", place) in {"PermissionError", "OSError", "FileNotFoundError"}
    assert (hiding.records / "own.txt").read_text("utf-8") == "a record"
    if where == "over the record":
        assert outcome(hiding, "remove", place) in {"PermissionError", "OSError"}


def test_the_record_is_read_and_the_spool_written(any_pool):
    """The fence must leave room for the work."""
    spool = any_pool._reach.spool
    assert any_pool.run(escapes.read_it, (str(any_pool.records / "own.txt"),)).value == b"a record"
    assert outcome(any_pool, "write", spool / "out.bin") == "done"
    assert (spool / "out.bin").read_bytes() == b"x"


def test_temporary_files_threads_and_pairs_of_sockets_work(any_pool):
    """Libraries use them without asking."""
    folder, kept = any_pool.run(escapes.wrote_and_read_back).value
    assert kept == b"kept"
    assert Path(folder).parent.parent == any_pool._reach.spool
    assert any_pool.run(escapes.threads_work).value == 6
    assert any_pool.run(escapes.a_pair_of_sockets_works).value == b"inside"


@pytest.mark.skipif(os.name != "posix", reason="Windows has no limits on memory and processor time")
def test_limits_hold_behind_the_strongest_fence():
    """Bubblewrap stands between, and must not turn slow files into broken ones."""
    with WorkerPool(1) as pool:
        assert pool.run(jobs.swallow_memory).failure.kind is FailureKind.TOO_LARGE
        assert pool.run(jobs.loop, cpu_seconds=0.1).failure.kind is FailureKind.TOO_SLOW
        assert pool.run(jobs.crash).failure.kind is FailureKind.CRASHED


def test_records_are_read_behind_each_fence(any_pool):
    """PDFium, Pillow and qpdf ask the system for more than Python does."""
    path = write_pdf(any_pool.records / "a.pdf", "BT /F 40 Tf 72 400 Td (fenced) Tj ET")
    (page,) = any_pool.run(read_packed, (path, PDF, 1, 1)).value
    assert unpack_text(page.packed).strip() == "fenced"
    tiff = Path(shutil.copy(CORPUS / "images" / "g4-multi.tiff", any_pool.records))
    assert any_pool.run(page_count, (tiff, "image/tiff")).value > 1
    broken = any_pool.records / "broken.pdf"
    broken.write_bytes(path.read_bytes().replace(b"startxref", b"startxxxx").replace(b"trailer", b"trailxx"))
    assert any_pool.run(page_count, (broken, PDF)).failure is None


@pytest.mark.skipif(not ocr_available(), reason="OCR is not installed")
def test_ocr_works_behind_the_fence(tmp_path):
    """OpenVINO looks at the processor, maps its models and starts threads."""
    path = tmp_path / "a.png"
    scan = Image.new("L", (900, 200), 255)
    from PIL import ImageDraw, ImageFont

    ImageDraw.Draw(scan).text((40, 60), "WITHHELD IN FULL", fill=0, font=ImageFont.load_default(70))
    scan.save(path, dpi=(200, 200))
    with WorkerPool(1, level=HIDING[-1] if HIDING else None) as pool:
        limits = OCR_LIMITS
        done = pool.run(
            ocr_packed,
            (path, "image/png", 1),
            cpu_seconds=limits.cpu_seconds,
            memory_bytes=limits.memory_bytes,
        )
    assert done.failure is None
    assert "WITHHELD" in unpack_text(done.value.packed)


@LINUX
def test_a_path_among_the_arguments_may_be_read_and_its_neighbour_not(tmp_path):
    """Callers need not say twice what a job is about."""
    (tmp_path / "a.txt").write_text("a", "utf-8")
    (tmp_path / "b.txt").write_text("b", "utf-8")
    with WorkerPool(1, level=HIDING[-1]) as pool:
        assert pool.run(escapes.read_it, (tmp_path / "a.txt",)).value == b"a"
        assert pool.run(escapes.read_it, (str(tmp_path / "b.txt"),)).failure is not None
        assert pool.run(escapes.read_it, (tmp_path / "b.txt",)).value == b"b"


def test_one_child_reads_all_blobs_of_a_case(tmp_path):
    """A child a file would cost more than the reading."""
    paths = []
    for number in range(3):
        name = f"{number:02}".ljust(64, "f")
        paths.append(tmp_path / "blobs" / name[:2] / name)
        paths[-1].parent.mkdir(parents=True)
        paths[-1].write_bytes(str(number).encode())
    with WorkerPool(1) as pool:
        tokens = set()
        for number, path in enumerate(paths):
            assert pool.run(escapes.read_it, (path,)).value == str(number).encode()
            tokens.add(pool.run(jobs.own_token).value)
    assert len(tokens) == 1
    assert blob_folder_or_self(paths[0]) == str(tmp_path / "blobs")
    assert blob_folder_or_self(tmp_path / "x.pdf") == str(tmp_path / "x.pdf")


def test_a_child_leaves_no_temporary_file(tmp_path):
    """It may hold what a document says."""
    with WorkerPool(1, spool=tmp_path) as pool:
        folder = Path(pool.run(escapes.leave_a_file).value)
        assert (folder / "left.txt").exists()
    assert not folder.exists()


def test_what_a_killed_program_left_is_removed(tmp_path):
    """Nobody else would."""
    left = tmp_path / "vaughn-work-999999999-abc"
    own = tmp_path / f"vaughn-work-{os.getpid()}-abc"
    for folder in (left, own):
        (folder / "child").mkdir(parents=True)
    with WorkerPool(1, spool=tmp_path) as pool:
        pool.run(jobs.double, (1,))
        assert not left.exists()
        assert own.exists()


@pytest.mark.parametrize("level", levels_here(), ids=lambda level: level.value)
def test_the_doctor_tries_the_fence_and_tells_the_truth(monkeypatch, level):
    """What a level should do is no proof that it does."""
    monkeypatch.setenv("VAUGHN_SANDBOX", level.value)
    report = fence_report()
    assert report.level is level
    assert report.trial == Trial(not level.hides_files, not level.hides_network, not level.hides_network)
    assert report.holds is level.hides_network
    assert not FenceReport(level, None).holds
    assert not FenceReport(Level.LANDLOCK, Trial(True, False, False)).holds


def test_the_setting_chooses_a_weaker_level(monkeypatch):
    """A fence that is in the way of somebody's system must not stop their work."""
    monkeypatch.setenv("VAUGHN_SANDBOX", "limits")
    assert best_level() is Level.LIMITS
    monkeypatch.setenv("VAUGHN_SANDBOX", "moat")
    with pytest.raises(UsageError, match="does not offer") as refused:
        best_level()
    assert "limits" in refused.value.hint
    monkeypatch.delenv("VAUGHN_SANDBOX")
    assert best_level() is levels_here()[0]


def test_a_folder_python_could_load_from_is_no_part_of_the_program(monkeypatch, tmp_path):
    """Python looks for modules where the user stands, which may be the folder of all their files."""
    monkeypatch.syspath_prepend(str(tmp_path))
    assert str(tmp_path) not in program_places()
    assert str(Path(importlib.util.find_spec("vaughn").origin).parents[1]) in program_places()


def test_every_refused_call_is_in_the_filter_of_each_machine():
    """A number that is missing is a hole that no other test sees on this machine."""
    for code, column in ((0xC000003E, 0), (0xC00000B7, 1)):
        program = call_filter(code, column, own_process=1)
        compared = {int.from_bytes(program[at + 4 : at + 8], sys.byteorder) for at in range(0, len(program), 8)}
        assert {numbers[column] for numbers in REFUSED.values() if numbers[column] is not None} <= compared
        assert len(program) % 8 == 0


def test_a_longer_path_is_laid_out_after_the_shorter():
    """A folder that is laid out later would hide what lies in it."""
    words = start_in(["/usr/lib/x", "/usr"], ["/tmp/spool"], folder="/tmp/spool")
    assert words.index("/usr") < words.index("/usr/lib/x") < words.index("/tmp/spool")
    assert "--unshare-net" in words


def test_no_fence_is_raised_where_limits_were_asked_for():
    """The tests run in this very process."""
    raise_fence(Fence(Level.LIMITS, (), ("/nowhere",)), ())
    assert Path(__file__).read_bytes()


@pytest.mark.skipif(shutil.which("bwrap") is None, reason="bubblewrap is not installed")
def test_bubblewrap_is_the_first_choice_where_it_works():
    """It also hides that there are other processes."""
    assert levels_here()[0] in {Level.BUBBLEWRAP, Level.LANDLOCK, Level.SECCOMP}
