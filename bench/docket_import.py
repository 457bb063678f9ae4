"""Whether every file of the docket corpus is read as expected, how fast, and how well entries are understood.

    python bench/docket_import.py [--peer PYTHON] [--json FILE]

Reads ``../shared/corpus/dockets`` (or ``$VAUGHN_SHARED/corpus/dockets``). Each file has an expected JSON, made by
juriscraper, the parser behind CourtListener; our values are brought to its shape (docket_shapes.py) and compared
leaf by leaf. Two texts are equal if they differ in white space alone. What else is not equal is a difference we
chose, each named in CHOSEN, or a fault.

Speed: every file is read as often as fits in two processor seconds, and a docket of 5,000 entries made of real rows.
Peer: juriscraper itself, if --peer names a Python that has it (``pip install juriscraper`` in an environment of
its own); it reads the same files from memory.

Understanding: docket_labels.json has types, references, days and filers of entries, labelled by hand by the one who
wrote the patterns; its two samples say what was changed after each was looked at.
"""

from __future__ import annotations

import argparse
import html
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from docket_shapes import shaped

from vaughn.formats.docket import DocketFile, read_docket, read_entry_text

HERE = Path(__file__).parent
GOAL_ENTRIES_PER_SECOND = 1_000
SECONDS_EACH = 1.0
ENTRIES_OF_LARGE = 5_000
# Where we say something else on purpose: file, leaf, why.
CHOSEN: tuple[tuple[str, str, str], ...] = (
    ("caed_3", r"\.parties\[(7|9)\]\.extra_info", "the words in bold inside the capacity are kept"),
    ("nysd_1", r"\.parties\[50\]\.type", "a role is kept as printed: ADR Provider, not Adr Provider"),
    ("cand_2", r"\[10\]\.federal_dn_judge_initials_assigned", "an empty case cell: the case above, its judge too"),
    ("almd_3_plain", r"\.court_id", "the notice is of dcd; juriscraper is told the court by the file's name"),
    ("azd_318008", r"\.attachments\[\d+\]\.description", "an attachment without a short text takes the long one"),
)
PEER = r"""
import io, json, logging, sys, time
logging.disable(logging.CRITICAL)
from juriscraper.pacer import (AppellateDocketReport, AttachmentPage, DocketHistoryReport, DocketReport,
                               InternetArchive, S3NotificationEmail, PacerRssFeed)
kinds = {"DISTRICT": DocketReport, "HISTORY": DocketHistoryReport, "APPELLATE": AppellateDocketReport,
         "ATTACHMENTS": AttachmentPage, "RECAP_XML": InternetArchive, "FEED": PacerRssFeed,
         "NOTICE": S3NotificationEmail}
for line in sys.stdin:
    path, kind, court = json.loads(line)
    maker = kinds.get(kind)
    if maker is None:
        print(json.dumps(None), flush=True); continue
    text = open(path, encoding="utf-8", errors="replace").read()
    def once():
        report = maker(court)
        report._parse_text(text)
        return report.data
    try:
        once()
        times, spent = 0, 0.0
        while spent < 1.0:
            start = time.process_time(); once(); spent += time.process_time() - start; times += 1
        print(json.dumps(spent / times), flush=True)
    except Exception as error:
        print(json.dumps(None), flush=True)
"""


def corpus() -> Path:
    """Return the folder of the corpus."""
    shared = Path(os.environ.get("VAUGHN_SHARED", HERE.parent.parent / "shared"))
    return shared / "corpus" / "dockets" / "juriscraper"


def leaves(expected: Any, got: Any, where: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Yield every leaf of *expected* with what stands there in *got*; of lists also the length."""
    missing = "(missing)"
    if isinstance(expected, dict) and expected:
        for key, value in expected.items():
            yield from leaves(value, got.get(key, missing) if isinstance(got, dict) else missing, f"{where}.{key}")
    elif isinstance(expected, list):
        known = got if isinstance(got, list) else []
        yield f"{where}.length", len(expected), len(known)
        for place, value in enumerate(expected):
            yield from leaves(value, known[place] if place < len(known) else missing, f"{where}[{place}]")
    else:
        yield where, expected, got


def compared(value: Any, kind: str, *, leaf: str, is_ours: bool) -> Any:
    """Return a leaf as it is compared: texts without white space; the two habits of the expected files undone."""
    if not isinstance(value, str):
        return value
    if kind == "RECAP_XML" and not is_ours:
        # The XML is escaped twice, the expected texts are still so once; ids there keep their fourth digit.
        value = html.unescape(value)
        value = value[:3] + "0" + value[4:] if leaf.endswith("pacer_doc_id") else value
    if kind == "NOTICE" and is_ours:
        value = re.sub(r"# (?=[(\[]\d)", "", value)  # the expected texts lack the number signs of attachments
    return "".join(value.split())


def fields(read: DocketFile, expected: Any, name: str) -> dict[str, Any]:
    """Return how many leaves are equal, chosen otherwise, or wrong."""
    kind = read.kind.name
    total = equal = chosen = 0
    wrong: list[str] = []
    for leaf, want, got in leaves(expected, shaped(read)):
        total += 1
        if compared(want, kind, leaf=leaf, is_ours=False) == compared(got, kind, leaf=leaf, is_ours=True):
            equal += 1
        elif any(file == name and re.search(f"{pattern}$", leaf) for file, pattern, _ in CHOSEN):
            chosen += 1
        else:
            wrong.append(leaf)
    return {"fields": total, "equal": equal, "chosen otherwise": chosen, "wrong": wrong}


def seconds_each(work: Callable[[], object]) -> float:
    """Return the processor seconds of one call."""
    work()
    calls, spent = 0, 0.0
    while spent < SECONDS_EACH:
        start = time.process_time()
        work()
        spent += time.process_time() - start
        calls += 1
    return spent / calls


def large_docket(source: Path, folder: Path) -> Path:
    """Write a docket of 5,000 entries made of the rows of a real one; return its path."""
    text = source.read_text("utf-8", "replace")
    rows = re.findall(r"<tr><td[^>]*width=[^>]*>\d\d/\d\d/\d{4}</td>.*?</tr>", text, re.S)
    first = text.index(rows[0])
    last = text.index(rows[-1]) + len(rows[-1])
    many = [rows[number % len(rows)] for number in range(ENTRIES_OF_LARGE)]
    path = folder / "large.html"
    path.write_text(text[:first] + "\n".join(many) + text[last:], encoding="utf-8")
    return path


def entries_in(read: DocketFile) -> int:
    """Return how many entries a file told of."""
    return sum(len(case.entries) for case in read.cases())


def understanding() -> list[dict[str, Any]]:
    """Return how well the labelled entries are understood, by sample."""
    labels = json.loads((HERE / "docket_labels.json").read_text("utf-8"))
    rows = []
    for sample in labels["samples"]:
        count = dict.fromkeys(
            ("entries", "types", "owed", "said", "both", "days owed", "days", "filers owed", "filers"), 0
        )
        for part in sample["files"]:
            read = read_docket(corpus() / part["file"], name=part["file"])
            parties = [party.name for party in read.parties]
            for place, label in part["entries"].items():
                entry = read.entries[int(place)]
                text = (entry.description or entry.short_description)[: labels["letters"]]
                understood = read_entry_text(text, parties=parties)
                numbers = {reference.number for reference in understood.references}
                days = {day.day.isoformat() for day in understood.days}
                count["entries"] += 1
                count["types"] += understood.type.value == label["type"]
                count["owed"] += len(set(label["references"]))
                count["said"] += len(numbers)
                count["both"] += len(numbers & set(label["references"]))
                count["days owed"] += len(set(label["days"]))
                count["days"] += len(days & set(label["days"]))
                if label["filed_by"] is not None:
                    count["filers owed"] += 1
                    count["filers"] += set(understood.filed_by) == set(label["filed_by"])
        rows.append(
            {
                "sample": sample["name"],
                "what it is": sample["about"],
                "entries": count["entries"],
                "type right": f"{count['types']} of {count['entries']}",
                "references found": f"{count['both']} of {count['owed']}",
                "references wrong": count["said"] - count["both"],
                "days found": f"{count['days']} of {count['days owed']}",
                "filers right": f"{count['filers']} of {count['filers owed']}",
            }
        )
    return rows


def files() -> list[Path]:
    """Return the files with an expected JSON."""
    return sorted(path for path in corpus().rglob("*") if path.suffix in {".html", ".xml", ".txt"})


def measured(paths: list[Path], peer: str | None) -> list[dict[str, Any]]:
    """Return one row a file."""
    process = None
    if peer:
        process = subprocess.Popen([peer, "-c", PEER], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                   stderr=subprocess.DEVNULL, text=True, cwd=tempfile.gettempdir())  # fmt: skip
    rows = []
    for path in paths:
        read = read_docket(path, name=path.name)
        row: dict[str, Any] = {"file": path.stem, "kind": read.kind.value}
        expected = path.with_suffix(".json")
        if expected.exists():
            row |= fields(read, json.loads(expected.read_text("utf-8")), path.stem)
            row["wrong"] = len(row["wrong"]) if not row["wrong"] else row["wrong"]
        seconds = seconds_each(lambda path=path: read_docket(path, name=path.name))
        row["entries"] = entries_in(read)
        row["entries/s"] = round(entries_in(read) / seconds)
        if process is not None and process.stdin and process.stdout:
            process.stdin.write(json.dumps([str(path), read.kind.name, read.court_id]) + "\n")
            process.stdin.flush()
            theirs = json.loads(process.stdout.readline())
            row["juriscraper entries/s"] = round(entries_in(read) / theirs) if theirs else None
            row["times as fast"] = round(theirs / seconds, 1) if theirs else None
        rows.append(row)
    if process is not None and process.stdin:
        process.stdin.close()
        process.wait()
    return rows


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peer", help="a Python that has juriscraper")
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    if not corpus().is_dir():
        print(f"no corpus at {corpus()}: set VAUGHN_SHARED")
        return 2
    rows = measured(files(), arguments.peer)
    with tempfile.TemporaryDirectory() as folder:
        large = measured([large_docket(corpus() / "dockets" / "district" / "txed.html", Path(folder))], arguments.peer)[
            0
        ]
    understood = understanding()
    total = {key: sum(row[key] for row in rows) for key in ("fields", "equal", "chosen otherwise")}
    for row in rows:
        print(f"{row['file']:<22}{row['kind']:<30}{row['equal']:>6} of {row['fields']:<6}"
              f"{row['chosen otherwise']:>3} chosen  wrong {row['wrong']}  {row['entries/s']:>8,} entries/s"
              f"  peer {row.get('juriscraper entries/s')}")  # fmt: skip
    print(f"all: {total['equal']} of {total['fields']} fields equal, {total['chosen otherwise']} otherwise on purpose")
    print(f"5,000 entries: {large['entries/s']:,} entries/s (goal {GOAL_ENTRIES_PER_SECOND:,}), peer "
          f"{large.get('juriscraper entries/s')}")  # fmt: skip
    for row in understood:
        print(row)
    if arguments.json:
        result = {
            "all files": total | {"wrong": total["fields"] - total["equal"] - total["chosen otherwise"]},
            "files": rows,
            "docket of 5,000 entries": {key: value for key, value in large.items() if key not in {"file", "kind"}},
            "understanding of entries": understood,
        }
        arguments.json.write_text(json.dumps(result, indent=2, ensure_ascii=False) + "\n", "utf-8")
    return 0 if total["fields"] == total["equal"] + total["chosen otherwise"] else 1


if __name__ == "__main__":
    sys.exit(main())
