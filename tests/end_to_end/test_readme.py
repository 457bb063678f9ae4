"""What README and the tutorial tell people to type must work as written."""

from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source import ROOT
from vaughn.app.main import main

# These set up or serve; `make` itself runs in CI, and serving has its own test below.
NOT_RUN = ("make ", "pip ", "vaughn open")
# Findings of severity error end with 1 by design.
FINE = {0, 1}


def commands(page):
    """Return the lines of the shell blocks of a page."""
    blocks = re.findall(r"^```sh\n(.*?)^```", (ROOT / page).read_text("utf-8"), re.M | re.S)
    return [line for block in blocks for line in block.splitlines() if line and not line.startswith("#")]


def run(command, folder):
    """Run one line as written, with the program under test in the place of `vaughn`, and *folder* for a home."""
    words = shlex.split(command)
    assert words[0] == "vaughn", command
    path = os.pathsep.join([str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])
    return subprocess.run(
        [sys.executable, "-m", "vaughn", *words[1:]],
        cwd=folder, env={**os.environ, "PYTHONPATH": path, "HOME": str(folder), "USERPROFILE": str(folder)},
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip


@pytest.fixture
def run_here(monkeypatch, capsys):
    """Return what runs one line as `run` does, in this process: loading the program takes longer than most commands."""

    def here(command, folder):
        words = shlex.split(command)
        assert words[0] == "vaughn", command
        monkeypatch.chdir(folder)
        monkeypatch.setenv("HOME", str(folder))
        monkeypatch.setenv("USERPROFILE", str(folder))
        monkeypatch.setattr(sys, "argv", words)
        kept = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            with pytest.raises(SystemExit) as ended:
                main()
        finally:
            for number, before in kept.items():
                signal.signal(number, before)
        said = capsys.readouterr()
        return subprocess.CompletedProcess(words, ended.value.code, said.out, said.err)

    return here


@pytest.mark.slow
@pytest.mark.parametrize("page", ["README.md", "docs/tutorial/first-production.md"])
def test_the_commands_of(page, tmp_path, run_here):
    """A reader types them one after another in one folder; those of README run as processes of their own."""
    lines = [line for line in commands(page) if not line.startswith(NOT_RUN)]
    assert len(lines) >= 5
    own = tmp_path / "Documents" / "some-folder"
    own.mkdir(parents=True)
    (own / "note.txt").write_text("A folder of one's own, as the tutorial says.", "utf-8")
    for line in lines:
        done = run(line, tmp_path) if page == "README.md" else run_here(line, tmp_path)
        assert done.returncode in FINE, f"{line}\n{done.stdout}\n{done.stderr}"
        assert "Traceback" not in done.stderr
    made = {path.name for path in Path(tmp_path).iterdir()}
    assert {"received", "clinton", "deficiencies.pdf"} <= made


def test_what_is_not_run_here_is_known():
    """A new kind of command in README must not go untested unseen."""
    left = {line for page in ("README.md", "docs/tutorial/first-production.md") for line in commands(page)}
    left = {line for line in left if not line.startswith("vaughn ") or line.startswith("vaughn open")}
    assert left == {"make demo", 'pip install ".[ocr]"', "vaughn open clinton"}


def test_open_prints_a_link_that_works_once(tmp_path):
    """`vaughn open` is the door of the workbench."""
    path = os.pathsep.join([str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])
    environment = {**os.environ, "PYTHONPATH": path, "PYTHONUNBUFFERED": "1", "VAUGHN_NO_BROWSER": "1"}
    assert run("vaughn new clinton", tmp_path).returncode == 0
    opened = subprocess.Popen(
        [sys.executable, "-m", "vaughn", "open", "clinton"],
        cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    try:
        assert re.search(r"http://127\.0\.0\.1:\d+/\S*token=\S+", opened.stdout.readline())
    finally:
        opened.terminate()
        opened.communicate()
