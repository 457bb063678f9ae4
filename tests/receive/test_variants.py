"""A real volume with one fault seeded in each copy: every fault is named with its line, and nothing else is."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from vaughn.model import Case, Finding, Severity
from vaughn.receive import receive
from vaughn.receive.checks.steps import check_production
from vaughn.store import Actor, CaseFile, FindingQuery

CORPUS = Path(__file__).parent.parent / "corpus" / "loadfiles"
VARIANTS = CORPUS
VOLUME = CORPUS / "VOL00006.DAT"
EXPECTED = json.loads((VARIANTS / "expected.json").read_text("utf-8"))
# What a folder with nothing but load files brings with it.
ALWAYS = {"BN009", "FL001", "LF003"}
# The fault as expected.json calls it, and the findings that name it: code and line (`None`: its number instead).
CODES: dict[str, tuple[tuple[str, int | str], ...]] = {
    "bad-missing-column-line8.dat": (("LF009", 8),),
    "bad-extra-column-line8.dat": (("LF010", 8),),
    "bad-unclosed-quote-line5.dat": (("LF011", 5),),
    "bad-raw-newline-in-field-line7.dat": (("LF012", 7),),
    "bad-duplicate-begin-line6.dat": (("LF014", 6), ("BN003", "EFTA00008708"), ("FM002", 4)),
    "bad-gap.dat": (("BN003", "EFTA00008716"),),
    "bad-overlap-line8.dat": (("BN005", 8),),
    "bad-end-before-begin-line8.dat": (("BN002", 8),),
    "warn-dates.dat": (("DT001", 3), ("DT001", 4), ("DT005", 5)),
    "bad-duplicate-header.dat": (("LF007", 1),),
    "bad-invalid-bytes-line4.dat": (("LF002", 4),),
    "empty.dat": (("LF001", 1),),
    "opt-missing-break.opt": (("PL005", 57), ("PL002", 1)),
    "opt-wrong-pagecount.opt": (("PL002", 57),),
    "opt-missing-page.opt": (("PL004", "EFTA00008588"), ("PL002", 57)),
    "opt-duplicate-page.opt": (("PL003", 61), ("PL002", 57)),
    "opt-extra-column.opt": (("PL007", 59),),
}


def _findings(name: str, folder: Path) -> list[Finding]:
    """Return all findings of a production that holds the variant, and for a page list the real DAT beside it."""
    handed_over = folder / "VOL"
    handed_over.mkdir()
    shutil.copy(VARIANTS / name, handed_over / name)
    if name.endswith(".opt"):
        shutil.copy(VOLUME, handed_over / VOLUME.name)
    actor = Actor("test", lambda: datetime(2026, 1, 1, tzinfo=UTC))
    with CaseFile.create(folder / "case", Case("Doe v. Agency"), actor=actor) as case:
        production = receive(case, handed_over, agency="DOJ", released_on=date(2025, 12, 19)).production_id
        check_production(case, production)
        return [one.finding for one in case.findings(FindingQuery(limit=None)).rows]


def test_every_faulty_variant_has_its_codes():
    """A variant that nobody looks at proves nothing."""
    assert set(CODES) == {name for name, answer in EXPECTED.items() if not answer["ok"]}


@pytest.mark.parametrize("name", sorted(CODES))
def test_the_seeded_fault_is_named_with_its_line(name: str, tmp_path: Path):
    """The requester has to show the agency where it is."""
    found = {
        (one.code, wanted)
        for one in _findings(name, tmp_path)
        for _, wanted in CODES[name]
        if wanted in (one.place.line, one.place.bates)
    }
    assert set(CODES[name]) <= found
    line = EXPECTED[name].get("line")
    assert line is None or line in [wanted for _, wanted in CODES[name]]


@pytest.mark.parametrize("name", sorted(name for name, answer in EXPECTED.items() if answer["ok"]))
def test_a_variant_without_a_fault_has_no_finding_of_its_own(name: str, tmp_path: Path):
    """Another encoding or separator is no fault; only what is missing from every copy is said."""
    found = {one.code for one in _findings(name, tmp_path) if one.severity is not Severity.NOTE}
    assert found - ALWAYS <= ({"LF022"} if name == "header-only.dat" else set())


@pytest.mark.parametrize("name", sorted(CODES))
def test_a_faulty_variant_has_no_other_finding(name: str, tmp_path: Path):
    """One fault is one finding, or the few that follow from it."""
    named = {code for code, _ in CODES[name]}
    others = {one.code for one in _findings(name, tmp_path) if one.severity is not Severity.NOTE} - named - ALWAYS
    assert others <= ({"FL007"} if name == "empty.dat" else set())
