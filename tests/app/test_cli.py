"""The commands as people run them: output, exit codes, help."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx2
import pytest
from typer.testing import CliRunner

from tests.app.volume import CANARY, small_volume
from vaughn import __version__
from vaughn.app import main as program
from vaughn.app.cli.console import printable
from vaughn.app.demo.typewriter import typed_page
from vaughn.app.opening import actor
from vaughn.formats.pages import ocr_engines
from vaughn.formats.pdf import write_pdf
from vaughn.model import VaughnError
from vaughn.receive import divide
from vaughn.store import CaseFile

SOURCE = Path(__file__).parents[2] / "src"
HEAVY = ("numpy", "sqlalchemy", "fastapi", "pydantic", "rich", "tantivy", "uvicorn", "pypdfium2", "PIL")


def run(*arguments, check=None):
    """Run a command in this process; errors end in the exit code as they do for people."""
    result = CliRunner().invoke(program.app, [str(argument) for argument in arguments], catch_exceptions=True)
    error = result.exception
    code = error.exit_code if isinstance(error, VaughnError) else result.exit_code
    if check is not None:
        assert code == check, (result.output, error)
    return result, code


def run_process(*arguments, **options):
    """Run a command as a process of its own."""
    environment = {**os.environ, "PYTHONPATH": str(SOURCE), **options.pop("environment", {})}
    command = [sys.executable, *options.pop("flags", ()), "-m", "vaughn", *(str(argument) for argument in arguments)]
    return subprocess.run(command, capture_output=True, env=environment, check=False, timeout=120, **options)


def test_the_version_is_printed_without_importing_anything_heavy():
    """It is what scripts and people ask first, and it must not take a second."""
    code = (
        "import sys; sys.argv = ['vaughn', '--version']\n"
        "from vaughn.app.main import main\n"
        "try:\n    main()\nexcept SystemExit as end:\n    print(end.code, sorted(sys.modules))"
    )
    told = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
    ).stdout
    assert told.startswith(f"vaughn {__version__}\n0 ")
    assert [name for name in HEAVY if f"'{name}'" in told] == []


@pytest.mark.parametrize("name", [name for name, _ in program.COMMANDS])
def test_every_command_has_help_with_an_example(name):
    """Nobody reads a manual first."""
    result, _ = run(name, "--help", check=0)
    assert f"Example: vaughn {name}" in re.sub(r"\s+", " ", result.output)


def test_a_production_is_received_checked_searched_and_exported(tmp_path):
    """The whole way by commands alone."""
    case = tmp_path / "case"
    run("new", case, "--caption", "A v. B", "--docket", "10 Civ. 3488", check=0)
    volume = small_volume(tmp_path)
    _, code = run("receive", case, volume, "--agency", "ICE", "--released", "2011-01-17")
    assert code in (0, 1)
    listed, _ = run("productions", case, "--json", check=0)
    (production,) = json.loads(listed.stdout)
    assert (production["name"], production["documents"], production["pages"]) == ("ICE 2011-01-17", 3, 6)
    assert code == (1 if production["findings"]["error"] else 0)
    again, _ = run("receive", case, volume, "--agency", "ICE", "--released", "2011-01-17")
    assert "nothing was added" in again.output
    found, _ = run("search", case, "detainer", "--json", check=0)
    assert (json.loads(found.stdout)["total_documents"], json.loads(found.stdout)["pages_behind"]) == (2, 0)
    table, _ = run("search", case, '"second memo"', check=0)
    assert "ABC0000004" in table.stdout
    assert "1 documents, 1 pages" in table.stdout
    run("export", case, tmp_path / "documents.csv", check=0)
    assert (tmp_path / "documents.csv").read_text(encoding="utf-8-sig").count("ABC000000") >= 3
    run("export", case, tmp_path / "findings.xlsx", "--findings", check=0)
    run("verify", case, check=0)


def test_receiving_prints_the_ledger_and_counts_findings_last(tmp_path):
    """What came in and what became of it, on one screen."""
    run("new", tmp_path / "case")
    arguments = ("receive", tmp_path / "case", small_volume(tmp_path), "--agency", "ICE", "--released", "2011-01-17")
    ended = run_process(*arguments)
    assert ended.returncode in (0, 1)
    lines = ended.stdout.decode().splitlines()
    assert any("rows of DATA/VOL001.dat" in line and "3 documents" in line for line in lines)
    assert re.fullmatch(r"Findings: \d+ errors, \d+ warnings, \d+ notes\.", lines[-1])
    assert b"\x1b" not in ended.stdout + ended.stderr
    assert len(ended.stderr.splitlines()) < 20


@pytest.mark.parametrize("kind", ["pdf", "html", "xlsx", "json"])
def test_checking_writes_the_report_and_never_over_a_file(case_copy, tmp_path, kind):
    """The report is attached to a letter; last week's must stay."""
    report = tmp_path / f"report.{kind}"
    _, code = run("check", case_copy, "--order", "ndlon-2011-02-07", "--report", report, "--json")
    assert code == 1  # Ordered fields are missing.
    assert report.stat().st_size > 500
    assert run("check", case_copy, "--report", report)[1] == 3


def test_checking_prints_what_is_wrong_and_what_was_ordered(case_copy):
    """The banner of a withdrawn order stands wherever it is used."""
    result, code = run("check", case_copy, "--order", "ndlon-2011-02-07")
    assert code == 1
    assert "withdrawn" in result.stdout
    assert "Ordered fields" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("frobnicate",), 2),
        (("search", "{case}", "a AND b"), 2),
        (("search", "{none}", "a"), 3),
        (("search", "{case}", "a", "--release", "none"), 3),
        (("new", "{case}"), 3),
        (("new", "{none}", "--docket", "nonsense"), 3),
        (("receive", "{case}", "{none}", "--agency", "ICE", "--released", "2011-01-17"), 3),
        (("receive", "{case}", "{none}", "--agency", "ICE", "--released", "17.1.2011"), 2),
        (("check", "{case}", "--order", "none"), 3),
        (("check", "{case}", "--report", "x.doc"), 2),
        (("export", "{case}", "x.doc"), 2),
        (("export", "{case}", "{none}.csv", "--columns", "nonsense"), 2),
        (("divide", "{case}", "undo"), 2),
        (("open", "{case}", "--host", "0.0.0.0"), 2),
    ],
)
def test_exit_codes_are_those_of_the_manual(case_copy, tmp_path, arguments, code):
    """Scripts decide by them."""
    places = {"case": case_copy, "none": tmp_path / "none"}
    assert run(*(argument.format(**places) for argument in arguments))[1] == code


def test_a_case_in_use_is_refused_and_the_holder_named(case_copy, tmp_path):
    """Two people load at once."""
    with CaseFile.open(case_copy, write=True, actor=actor("vaughn receive")):
        ended = run_process("receive", case_copy, small_volume(tmp_path), "--agency", "X", "--released", "2011-01-17")
    assert ended.returncode == 4
    assert b"vaughn receive" in ended.stderr
    assert b"What to do: " in ended.stderr


def test_tampering_ends_with_the_exit_code_of_integrity(case_copy):
    """`verify` in a nightly script."""
    blob = next(path for path in (case_copy / "blobs").rglob("*") if path.is_file())
    blob.chmod(0o600)
    blob.write_bytes(b"tampered")
    result, code = run("verify", case_copy, "--json")
    assert code == 5
    assert json.loads(result.stdout)["problems"][0]["where"] == "blob"


def test_letters_that_the_terminal_lacks_do_not_end_the_program(case_copy):
    """Windows consoles speak cp437 or cp1252."""
    for page in ("cp437", "ascii"):
        ended = run_process("search", case_copy, "resume", environment={"PYTHONIOENCODING": page, "COLUMNS": "80"})
        assert ended.returncode == 0, ended.stderr
        assert b"ABC0000005" in ended.stdout


def test_control_characters_of_a_record_do_not_reach_the_terminal():
    """A file name could otherwise clear the screen or set the window's title."""
    assert printable("a\x1b[2Jb\x07\u202ec") == "a\ufffd[2Jb\ufffd\ufffdc"


def test_an_unknown_failure_is_told_without_what_records_say(state_folder):
    """The text of a foreign exception may quote a page."""

    def fail():
        raise RuntimeError(CANARY)

    said = []
    assert program.guarded(fail, lambda message, hint: said.append(f"{message} {hint}")) == program.EXIT_FAILURE
    log = (state_folder / "vaughn.log").read_text(encoding="utf-8")
    assert "RuntimeError" in said[0]
    assert str(state_folder) in said[0]
    assert "RuntimeError" in log
    assert "test_cli.py" in log
    assert CANARY not in said[0] + log


@pytest.mark.skipif(os.name == "nt", reason="signals are a POSIX word")
def test_the_workbench_opens_by_its_link_and_ends_when_asked(case_copy):
    """Ctrl+C in the terminal."""
    command = [sys.executable, "-m", "vaughn", "open", str(case_copy), "--no-browser"]
    environment = {**os.environ, "PYTHONPATH": str(SOURCE)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment) as server:
        link = re.search(rb"http://\S+", server.stdout.readline()).group().decode()
        base = link.split("/?")[0]
        with httpx2.Client() as client:
            assert client.get(link).status_code == 303
            assert client.get(f"{base}/api/case").json()["documents"] == 3
            with client.stream("GET", f"{base}/api/jobs/stream") as news:
                assert next(news.iter_lines()) == "retry: 1000"
                children = _children_of(server.pid)
                server.send_signal(signal.SIGINT)
                _, told = server.communicate(timeout=30)
        assert server.returncode == program.EXIT_STOPPED
        assert link.split("token=")[1].encode() not in told
        assert b"Traceback" not in told
        assert [child for child in children if Path(f"/proc/{child}").exists()] == []


def _children_of(process_id):
    """Return the child processes of all threads of a process; none where the system does not tell."""
    lists = Path(f"/proc/{process_id}/task").glob("*/children")
    return [int(child) for path in lists for child in path.read_text().split()]


def test_a_port_that_is_taken_is_told_with_the_cure(case_copy):
    """The workbench of yesterday is still open in another terminal."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ended = run_process("open", case_copy, "--no-browser", "--port", port)
    assert ended.returncode == 4
    assert f"Port {port} cannot be used".encode() in ended.stderr
    assert b"What to do: Choose another with --port" in ended.stderr


def test_the_demo_is_made_once(tmp_path):
    """A second `vaughn demo` opens what the first one made."""
    result, _ = run("demo", tmp_path / "demo", "--only-make", check=0)
    assert "848 pages" in result.output
    again, _ = run("demo", tmp_path / "demo", "--only-make", check=0)
    assert "848 pages" not in again.output
    listed, _ = run("productions", tmp_path / "demo", "--json", check=0)
    assert [(row["documents"], row["pages"]) for row in json.loads(listed.stdout)] == [(296, 848), (110, 318), (2, 15)]
    named, _ = run("demo", "--case", tmp_path / "demo", "--no-open", check=0)
    assert f"vaughn open {tmp_path / 'demo'}" in named.output
    assert run("demo", tmp_path / "demo", "--case", tmp_path / "other")[1] == 2


def test_the_doctor_says_what_the_machine_offers(tmp_path):
    """The first question of whoever helps somebody from afar."""
    result, _ = run("doctor", tmp_path / "not" / "yet", "--json", check=0)
    offers = {offer["name"]: offer["works"] for offer in json.loads(result.stdout)}
    assert offers["Python"]
    assert offers["SQLite"]
    assert {"OCR", "Room on the disk", "Screens of the workbench"} <= set(offers)
    ocr = next(offer for offer in json.loads(result.stdout) if offer["name"] == "OCR")
    first = next(iter(ocr_engines()), "no engine")
    assert ocr["found"].startswith(first)
    assert ocr["works"] is (first != "no engine")
    table, _ = run("doctor", check=0)
    assert "File system for a case" in table.stdout


def test_tables_of_productions_and_of_verifying(case_copy):
    """What a person reads when a script is not asking."""
    listed, _ = run("productions", case_copy, "--ledger", check=0)
    assert re.search(r"First.*ICE.*2011-01-17.*loaded", listed.stdout)
    assert "rows of DATA/VOL001.dat" in listed.stdout
    verified, _ = run("verify", case_copy, check=0)
    assert "Nothing was changed." in verified.stdout
    blob = next(path for path in (case_copy / "blobs").rglob("*") if path.is_file())
    blob.chmod(0o600)
    blob.write_bytes(b"tampered")
    tampered, code = run("verify", case_copy)
    assert code == 5
    assert "1 places were changed." in tampered.stdout


def test_a_division_is_shown_undone_and_applied(tmp_path):
    """What the program proposed can be taken back without the screens."""
    case = tmp_path / "case"
    run("new", case, check=0)
    write_pdf(tmp_path / "all.pdf", [typed_page(f"Memo {number}\n\nwords") for number in range(1, 5)])
    run("receive", case, tmp_path / "all.pdf", "--agency", "ICE", "--released", "2011-01-17")
    assert "Divided files: none" in run("divide", case, check=0)[0].stdout
    with CaseFile.open(case, write=True, actor=actor("test")) as opened:
        divide(opened, 1, [3])
    shown, _ = run("divide", case, "show", "--document", 1, check=0)
    assert "by hand" in shown.stdout
    undone, _ = run("divide", case, "undo", "--document", 1, "--json", check=0)
    assert json.loads(undone.stdout)[0]["state"] == "undone"
    applied, _ = run("divide", case, "apply", "--document", 1, check=0)
    assert "applied" in applied.stdout
    found, _ = run("search", case, '"memo 4"', "--json", check=0)
    assert [row["pages"][0]["number"] for row in json.loads(found.stdout)["documents"]] == [2]


def test_results_are_printed_as_json_for_scripts(tmp_path):
    """Standard output holds the JSON and nothing else."""
    made, _ = run("new", tmp_path / "case", "--json", check=0)
    assert json.loads(made.stdout)["caption"] == "case"
    result, _ = run(
        "receive", tmp_path / "case", small_volume(tmp_path), "--agency", "X", "--released", "2011-01-17",
        "--release", "One", "--ocr", "never", "--json",
    )  # fmt: skip
    told = json.loads(result.stdout)
    assert (told["name"], told["pages"]) == ("One", 6)
    assert all(line["balances"] for line in told["ledger"])
