"""Whole outputs, kept in tests/golden/ and read line by line when they change (`make golden` rewrites them)."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from tests.house.source import ROOT
from vaughn.app.demo import build_demo

GOLDEN = ROOT / "tests" / "golden"


@pytest.mark.golden
@pytest.mark.slow
def test_the_ledger_of_the_demo(tmp_path):
    """What became of every row, page and file of a real release."""
    made = build_demo(tmp_path / "received")[1]
    path = os.pathsep.join([str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])

    def vaughn(*words):
        return subprocess.run(
            [sys.executable, "-m", "vaughn", *words], cwd=tmp_path, env={**os.environ, "PYTHONPATH": path},
            capture_output=True, encoding="utf-8", check=False,
        )  # fmt: skip

    assert vaughn("new", "case").returncode == 0
    loading = ["receive", "case", str(made.path), "--agency", made.agency, "--released", str(made.released_on)]
    said = json.loads(vaughn(*loading, "--json").stdout)
    kept = {name: said[name] for name in ("name", "documents", "pages", "files", "ledger")}
    text = json.dumps(kept, indent=1, ensure_ascii=False) + "\n"
    if os.environ.get("VAUGHN_WRITE_GOLDEN"):
        (GOLDEN / "demo-ledger.json").write_text(text, encoding="utf-8", newline="\n")
    assert text == (GOLDEN / "demo-ledger.json").read_text("utf-8")
