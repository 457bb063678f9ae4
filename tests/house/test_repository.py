"""What may lie in the repository, and what must not."""

from __future__ import annotations

import hashlib
import re
import subprocess
from collections import Counter
from functools import cache

import pytest

from tests.house.source import ROOT

TEXT = {".py", ".md", ".toml", ".txt", ".in", ".json", ".ts", ".svelte", ".css", ".html", ".yml", ".mjs", ".js", ""}
# Written in pieces so that this file does not hold what it forbids.
FORBIDDEN = {
    "a path of somebody's machine": re.compile(r"(?<![\w.])/(?:wo" + "rk|opt" + "/vv)/"),
    "a package registry": re.compile("(?:py" + r"pi\.org|registry\.np" + r"mjs|pythonhos" + "ted)"),
    "a machine's address": re.compile(r"\b(?:10|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.\d{1,3}\.\d{1,3}\.\d{1,3}\b"),
}


@cache
def tracked():
    """Return every file that git knows, or would take in."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout: there is no list of files")
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_text_names(what):
    """Such an address tells where the code was written, and breaks everywhere else."""
    found = []
    for path in tracked():
        if path.suffix not in TEXT or path.is_relative_to(ROOT / "tests" / "corpus"):
            continue
        for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), start=1):
            if FORBIDDEN[what].search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}")
    assert not found, "\n".join(found)


def test_no_large_file_is_kept():
    """History keeps it for ever."""
    assert [str(path.relative_to(ROOT)) for path in tracked() if path.stat().st_size > 1_500_000] == []


def corpus_rows():
    """Return (file, SHA-256) of every row of the corpus README."""
    path = ROOT / "tests" / "corpus" / "README.md"
    readme = path.read_text("utf-8") if path.exists() else ""
    return re.findall(r"^\| `?([^|`]+?)`? \|.*?\b([0-9a-f]{64})\b", readme, re.M)


def test_every_corpus_file_has_one_row_with_its_hash():
    """Source, licence and purpose of a record are asked for before it comes in."""
    corpus = ROOT / "tests" / "corpus"
    rows = corpus_rows()
    assert [name for name, count in Counter(name for name, _ in rows).items() if count > 1] == []
    files = {path.relative_to(corpus).as_posix() for path in tracked() if path.is_relative_to(corpus)} - {"README.md"}
    assert files - {name for name, _ in rows} == set(), "without a row"
    assert {name for name, _ in rows} - files == set(), "row without a file"
    wrong = [name for name, digest in rows if hashlib.sha256((corpus / name).read_bytes()).hexdigest() != digest]
    assert wrong == []


def test_no_record_is_kept_twice():
    """Two copies of one file are two rows to keep true; the row can name both purposes."""
    corpus = ROOT / "tests" / "corpus"
    named = {}
    for path in tracked():
        if path.is_relative_to(corpus) and path.stat().st_size:
            named.setdefault(hashlib.sha256(path.read_bytes()).hexdigest(), []).append(
                path.relative_to(corpus).as_posix()
            )
    assert [names for names in named.values() if len(names) > 1] == []


def test_change_notes_have_the_right_names():
    """`make check` renders them; a wrong name would be left out silently."""
    kinds = "added|changed|fixed|removed|security"
    bad = [
        path.name
        for path in (ROOT / "changelog.d").iterdir()
        if not re.fullmatch(rf"\d+\.({kinds})(\.\d+)?\.md", path.name)
    ]
    assert bad == []


def test_ci_runs_the_tests_and_the_checks():
    """What lands was tested."""
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    assert re.findall(r"^make (\w+)$", script, re.M) == ["test", "check"]
