"""Hostile load files: real DOJ volumes and 32 variants with one fault each, against what is known of them.

For every file: does the number of documents and pages agree, are all fields and pages equal to the truth, is the
seeded fault named with its line, and did anything crash. Beside it the usual way: Python's ``csv`` with thorn and
DC4, UTF-8, and a strict count of columns. Faults that no file shows by itself (gaps, overlaps, doubled begin
numbers, reversed ranges, dates, a page list against its DAT) are named by the receiving checks: such a file is
received into a case (a page list beside the real DAT) and checked.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import shutil
import sys
import tempfile
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from vaughn.formats.loadfile import LoadFile, recognise
from vaughn.model import Case
from vaughn.receive import check_production, receive
from vaughn.store import Actor, CaseFile, FindingQuery

ROOT = Path(os.environ.get("VAUGHN_SHARED", Path(__file__).resolve().parents[1].parent / "shared"))
CORPUS = ROOT / "corpus" / "loadfiles"
# What names each seeded fault: code (or its beginning) and line, `None` for any line. A code that reading alone
# can give must come from reading; the others are given by the receiving checks.
FAULTS: dict[str, tuple[tuple[str, int | None], ...]] = {
    "bad-missing-column-line8.dat": (("LF009", 8),),
    "bad-extra-column-line8.dat": (("LF010", 8),),
    "bad-unclosed-quote-line5.dat": (("LF011", 5),),
    "bad-raw-newline-in-field-line7.dat": (("LF012", 7),),
    "bad-duplicate-begin-line6.dat": (("LF014", 6),),
    "bad-gap.dat": (("BN003", None),),
    "bad-overlap-line8.dat": (("BN005", 8),),
    "bad-end-before-begin-line8.dat": (("BN002", 8),),
    "warn-dates.dat": (("DT", 3), ("DT", 4), ("DT", 5)),
    "bad-duplicate-header.dat": (("LF007", 1),),
    "bad-invalid-bytes-line4.dat": (("LF002", 4),),
    "empty.dat": (("LF001", 1),),
    "header-only.dat": (("LF022", 1),),
    "opt-missing-break.opt": (("PL005", 57),),
    "opt-wrong-pagecount.opt": (("PL002", 57),),
    "opt-missing-page.opt": (("PL004", None),),
    "opt-duplicate-page.opt": (("PL003", 61),),
    "opt-extra-column.opt": (("PL007", 59),),
}
READING_ALONE = {
    "LF001", "LF002", "LF003", "LF004", "LF005", "LF006", "LF007", "LF008", "LF009", "LF010", "LF011", "LF012",
    "LF013", "LF016", "LF017", "LF018", "LF019", "LF020", "LF021", "LF022", "LF023", "LF024", "LF025", "PL001",
    "PL002", "PL003", "PL007", "PL008",
}  # fmt: skip
# Codes that are no fault of the file: what the program decided, said openly.
NOTES = {"LF003", "LF008", "LF013", "LF020", "PL008"}


@dataclass
class Outcome:
    """What became of one file."""

    name: str
    documents: int = 0
    pages: int = 0
    equal: bool = False
    named: list[str] = field(default_factory=list)
    named_by_checks: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    false_alarms: list[str] = field(default_factory=list)
    crashed: str = ""
    usual_way: str = ""


def truth_rows(name: str) -> list[list[str]]:
    """Return the rows that a file holds, from the volume it was made of and the one change its name says."""
    eight = [line.split("\x14") for line in text_of("variants-made/fields-8.dat").replace("þ", "").splitlines()]
    eight = [[value.replace("®", "\n") for value in row] for row in eight]
    two = [row[:2] for row in eight]
    changed = {
        "bad-missing-column-line8.dat": eight[7].pop,
        "bad-extra-column-line8.dat": lambda: eight[7].append("x"),
        "bad-raw-newline-in-field-line7.dat": lambda: eight[6].__setitem__(5, "line one\r\nline two"),
        "bad-duplicate-begin-line6.dat": lambda: eight[5].__setitem__(0, eight[4][0]),
        "bad-gap.dat": lambda: eight.pop(6),
        "bad-overlap-line8.dat": lambda: eight[7].__setitem__(0, "EFTA00008743"),
        "bad-end-before-begin-line8.dat": lambda: eight[7].__setitem__(slice(0, 2), ["EFTA00008862", "EFTA00008744"]),
        "bad-duplicate-header.dat": lambda: None,
        "bad-invalid-bytes-line4.dat": lambda: eight[3].__setitem__(5, "Subj\ufffd\ufffd 2"),
        "header-only.dat": lambda: eight.__delitem__(slice(1, None)),
        "empty.dat": lambda: eight.__delitem__(slice(0, None)),
        "fields-8.dat": lambda: None,
        "bad-unclosed-quote-line5.dat": lambda: None,
        "warn-dates.dat": lambda: [eight[line].__setitem__(6, day) for line, day in
                                   ((2, "31/12/2010"), (3, "00/00/0000"), (4, "2010-04-27T10:00:00Z"))],
    }  # fmt: skip
    if name in changed:
        changed[name]()
        return eight[1:]
    return two[1:]


def text_of(path: str) -> str:
    """Return a UTF-8 file of the corpus, line ends as they are."""
    return (CORPUS / path).read_bytes().decode("utf-8")


def truth_pages(name: str) -> list[tuple[str, ...]]:
    """Return (key, volume, path, mark, count, page in file) of every row, from the volume and the one change."""
    rows = [line.split(",") for line in text_of("doj-efta/VOL00006/DATA/VOL00006.OPT").splitlines()]
    changed = {
        "opt-missing-break.opt": lambda: rows[56].__setitem__(slice(3, 7), ["", "", "", ""]),
        "opt-wrong-pagecount.opt": lambda: rows[56].__setitem__(6, "15"),
        "opt-missing-page.opt": lambda: rows.pop(59),
        "opt-duplicate-page.opt": lambda: rows.insert(60, list(rows[59])),
        "opt-abs-path.opt": lambda: [row.__setitem__(2, "D:\\PROD\\VOL00006\\" + row[2]) for row in rows],
        "opt-tif-singlepage.opt": lambda: [row.__setitem__(2, f"IMAGES\\0001\\{row[0]}.tif") for row in rows],
        "first3.lfp": lambda: [row.__setitem__(2, f"IMAGES\\0001\\{row[0]}.tif") for row in rows],
        "first3.dii": lambda: [row.__setitem__(slice(1, 3), ["", f"\\IMAGES\\0001\\{row[0]}.tif"]) for row in rows],
    }  # fmt: skip
    if name in changed:
        changed[name]()
    if name.startswith("first3"):
        rows = rows[:102]
    pages, page, last = [], 0, ""
    for row in rows:
        page = page + 1 if not row[3] and row[2] == last else 1
        last = row[2]
        pages.append((row[0], row[1], row[2], row[3], row[6] if name != "first3.lfp" else "", str(page)))
    return pages


def truth_of_volume(path: Path) -> list[list[str]] | list[tuple[str, ...]]:
    """Return what a real volume's file holds, read in the plainest way there is."""
    text = path.read_bytes().decode("utf-8")
    if path.suffix == ".DAT":
        return [line.replace("þ", "").split("\x14") for line in text.splitlines()][1:]
    pages, page, last = [], 0, ""
    for row in (line.split(",") for line in text.splitlines()):
        page = page + 1 if not row[3] and row[2] == last else 1
        last = row[2]
        pages.append((row[0], row[1], row[2], row[3], row[6], str(page)))
    return pages


def pages_of(load_file: LoadFile) -> list[tuple[str, ...]]:
    """Return the page rows as text."""
    return [
        (key, volume, path, "Y" if mark else "", str(count) if count >= 0 else "", str(page))
        for batch in load_file.pages()
        for key, volume, path, mark, count, page in zip(
            batch.keys, batch.volumes, batch.paths, batch.breaks, batch.declared, batch.page_in_file, strict=True
        )
    ]


def checked(path: Path) -> list[tuple[str, int | None]]:
    """Return code and line of what receiving and checking say of the file (a page list beside its real DAT)."""
    with tempfile.TemporaryDirectory() as folder:
        volume = Path(folder) / "VOL"
        volume.mkdir()
        shutil.copy(path, volume / path.name)
        if path.suffix == ".opt":
            shutil.copy(CORPUS / "doj-efta/VOL00006/DATA/VOL00006.DAT", volume)
        actor = Actor("bench", lambda: datetime(2026, 1, 1, tzinfo=UTC))
        with CaseFile.create(Path(folder) / "case", Case("Doe v. Agency"), actor=actor) as case:
            production = receive(case, volume, agency="DOJ", released_on=date(2025, 12, 19)).production_id
            check_production(case, production)
            rows = case.findings(FindingQuery(limit=None)).rows
            return [(one.finding.code, one.finding.place.line) for one in rows]


def examined(path: Path, expected: dict[str, object]) -> Outcome:
    """Read one file and compare."""
    outcome = Outcome(path.name, usual_way=usual_way(path))
    try:
        load_file = recognise(path, name=path.name)
        if load_file is None:
            outcome.crashed = "not recognised"
            return outcome
        rows = [list(row) for batch in load_file.documents() for row in batch.rows()]
        pages = pages_of(load_file)
    except Exception as error:  # noqa: BLE001  (a crash is a figure here)
        outcome.crashed = type(error).__name__
        return outcome
    outcome.documents, outcome.pages = len(rows), len(pages)
    width = len(load_file.columns)
    real = path.parent.name == "DATA"
    if load_file.kind.value == "documents":
        truth = truth_of_volume(path) if real else truth_rows(path.name)
        outcome.equal = rows == [list(row) + [""] * (width - len(row)) for row in truth]
    else:
        outcome.equal = pages == (truth_of_volume(path) if real else truth_pages(path.name))
    for count, name in ((outcome.documents, "docs"), (outcome.pages, "pages")):
        if name in expected and expected[name] != count and (name == "pages" or not outcome.pages):
            outcome.equal = False
    found = [(finding.code, finding.place.line) for finding in load_file.findings]
    wanted = FAULTS.get(path.name, ())
    between_rows = checked(path) if any(code not in READING_ALONE for code, _ in wanted) else []
    for code, line in wanted:
        alone = code in READING_ALONE
        named = any(got.startswith(code) and line in {None, at} for got, at in (found if alone else between_rows))
        target = outcome.missed if not named else outcome.named if alone else outcome.named_by_checks
        target.append(f"{code}:{line or '-'}")
    explained = {code for code, _ in wanted} | NOTES | ({"PL002"} if path.suffix == ".opt" and wanted else set())
    outcome.false_alarms = sorted({code for code, _ in found if code not in explained})
    return outcome


def usual_way(path: Path) -> str:
    """Say how Python's csv module fares: ``right``, ``wrong`` (silently) or the exception."""
    is_list = path.suffix.lower() in {".dat", ".csv"}
    truth = truth_of_volume(path) if path.parent.name == "DATA" else truth_rows(path.name) if is_list else None
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.reader(stream, delimiter="\x14", quotechar="þ")) if is_list else list(csv.reader(stream))
        width = len(rows[0]) if is_list else 7
        if any(len(row) != width for row in rows):
            return "refused"
    except Exception as error:  # noqa: BLE001  (a crash is a figure here)
        return type(error).__name__
    if path.name in FAULTS:
        return "nothing said"
    if is_list:
        return "right" if rows[1:] == truth else "wrong"
    wanted = truth_of_volume(path) if path.parent.name == "DATA" else truth_pages(path.name)
    return "right" if [(row[0], row[2]) for row in rows] == [(page[0], page[2]) for page in wanted] else "wrong"


def main() -> int:
    """Print the table; exit 1 if anything is missing."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    expected = json.loads(text_of("variants-made/expected.json"))
    paths = sorted((CORPUS / "doj-efta").glob("*/DATA/*")) + [CORPUS / "variants-made" / name for name in expected]
    outcomes = [examined(path, expected.get(path.name, {})) for path in paths]
    print(f"{'file':38} {'docs':>5} {'pages':>6} equal  fault named by reading / by the checks     false  usual way")
    for one in outcomes:
        faults = " ".join(
            [*one.named, *(f"MISSED {code}" for code in one.missed), *(f"({code})" for code in one.named_by_checks)]
        )
        print(
            f"{one.name:38} {one.documents:5} {one.pages:6} {one.crashed or ('yes' if one.equal else 'NO'):6} "
            f"{faults:42} {','.join(one.false_alarms) or '-':6} {one.usual_way}"
        )
    total = len(outcomes)
    figures = {
        "files": total,
        "equal": sum(one.equal for one in outcomes),
        "crashed": sum(bool(one.crashed) for one in outcomes),
        "faults_named_by_reading": sum(len(one.named) for one in outcomes),
        "faults_named_by_checks": sum(len(one.named_by_checks) for one in outcomes),
        "faults_missed": sum(len(one.missed) for one in outcomes),
        "false_alarms": sum(len(one.false_alarms) for one in outcomes),
        "usual_way_right": sum(one.usual_way == "right" for one in outcomes),
        "usual_way_silent": sum(one.usual_way in {"wrong", "nothing said"} for one in outcomes),
    }
    print("\n" + "\n".join(f"{name:24} {value}" for name, value in figures.items()))
    if options.json:
        options.json.write_text(json.dumps({"figures": figures, "files": [asdict(one) for one in outcomes]}, indent=1))
    return 0 if figures["equal"] == total and not figures["crashed"] and not figures["faults_missed"] else 1


if __name__ == "__main__":
    sys.exit(main())
