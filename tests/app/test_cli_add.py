"""`vaughn add`, `exceptions` and `custody` as people run them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.app.test_cli import run


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    """A folder with a text, a copy of it, and a PDF that nobody can read."""
    folder = tmp_path / "pile"
    folder.mkdir()
    (folder / "a.txt").write_text("The field office asked to opt out")
    (folder / "b.txt").write_text("The field office asked to opt out")
    (folder / "c.pdf").write_bytes(b"%PDF-1.4 broken")
    (folder / "d.tmp").write_bytes(b"x")
    return folder


def test_records_are_added_excepted_and_receipted(tmp_path: Path, pile: Path):
    """The way through: in, what did not come in, and the paper for it."""
    case = tmp_path / "case"
    run("new", case, "--caption", "A v. B", check=0)
    result, _ = run("add", case, pile, "--custodian", "Palmer", "--exclude", "*.tmp", "--json", check=1)
    told = json.loads(result.stdout)
    assert (told["documents"], told["files"], told["findings"]["error"]) == (2, 4, 1)
    assert told["ledger"][0] == {
        "subject": "files handed over",
        "expected": 4,
        "parts": [
            {"name": "taken in", "count": 1},
            {"name": "duplicate", "count": 1},
            {"name": "failed", "count": 1},
            {"name": "left out by rule", "count": 1},
        ],
        "balances": True,
    }
    result, _ = run("exceptions", case, "--json", check=1)
    (row,) = json.loads(result.stdout)["exceptions"]
    assert (row["path"], row["code"], row["fate"], row["can_retry"]) == ("c.pdf", "FL006", "failed", True)
    result, _ = run("exceptions", case, "--xlsx", tmp_path / "e.xlsx", check=1)
    assert "c.pdf" in result.stdout
    result, _ = run("custody", case, "--pdf", tmp_path / "r.pdf", check=0)
    assert "The stored files are the originals" in result.stdout
    assert (tmp_path / "e.xlsx").read_bytes().startswith(b"PK")
    assert (tmp_path / "r.pdf").read_bytes().startswith(b"%PDF")
    result, _ = run("search", case, "field office", check=0)
    assert "a.txt" in result.stdout


def test_adding_again_says_so_and_adds_nothing(tmp_path: Path, pile: Path):
    """Nobody remembers after a week."""
    case = tmp_path / "case"
    run("new", case, "--caption", "A v. B", check=0)
    run("add", case, pile / "a.txt", check=0)
    result, _ = run("add", case, pile / "a.txt", check=0)
    assert "already taken in" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("add", "{case}", "{pile}/nothing"), 3),
        (("exceptions", "{case}", "--name", "x"), 3),
        (("custody", "{pile}"), 3),
    ],
    ids=["no folder", "no such name", "no case"],
)
def test_what_cannot_be_done_is_refused_in_words(tmp_path: Path, pile: Path, arguments: tuple[str, ...], code: int):
    """With the exit code of the manual."""
    case = tmp_path / "case"
    run("new", case, "--caption", "A v. B", check=0)
    run(*(one.format(case=case, pile=pile) for one in arguments), check=code)
