"""What the reference says of how well types are read is what the benchmarks measured."""

from __future__ import annotations

import importlib

from tests.house.source import ROOT


def test_the_table_of_types_is_made_from_the_results(monkeypatch):
    """A figure copied by hand outlives the run it came from: `python bench/tables.py` makes it anew."""
    monkeypatch.syspath_prepend(str(ROOT / "bench"))
    how_well = importlib.import_module("how_well")
    text = how_well.PAGE.read_text("utf-8")
    assert how_well.page(text) == text
