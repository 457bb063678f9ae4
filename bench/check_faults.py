"""Which faults of a production the checks find, beside the free manual checklist; and how fast the number checks are.

    python bench/check_faults.py [--documents 1000000] [--json FILE]

A production of two volumes and 36 documents is generated with 31 faults, each seeded once, and received as a user
would. "Found" means the right code at the right place; a finding of severity error or warning that no seeded fault
explains is a false alarm. Peer: what a paralegal does for free with a spreadsheet, as a script on Python's `csv`
module: rows and columns counted, begin numbers looked through for duplicates, every path looked up.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import io
import json
import sys
import tempfile
import time
import tracemalloc
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
from PIL import Image

from vaughn.formats.pdf.write import TextPage, TextRun, pdf_bytes
from vaughn.model import CATALOGUE, Case, DocumentKind, Finding, Ledger, PageSize, Severity
from vaughn.receive import receive
from vaughn.receive.checks import check
from vaughn.receive.checks.numbers import check_numbers
from vaughn.receive.checks.steps import check_production
from vaughn.receive.facts import (
    KINDS,
    DocumentFacts,
    FileFacts,
    LoadFileFacts,
    MissingFiles,
    NumberBook,
    NumberColumn,
    PageFacts,
    ProductionFacts,
    TextColumn,
)
from vaughn.store import Actor, CaseFile, FindingQuery

COLUMNS = (
    "Begin Bates", "End Bates", "Begin Attach", "End Attach", "Parent ID", "Page Count", "Custodian", "From",
    "Date Sent", "Attachment Names", "File Name", "MD5 Hash", "Text Link", "Native Link",
)  # fmt: skip
ORDER = """
title = "Order of the benchmark"
source = "bench/check_faults.py"
load_files = ["documents", "pages"]
native_kinds = ["spreadsheet"]
custodians = ["Unit 1", "Unit 2", "Unit 4"]
date_order = "MDY"
[images]
requirement = "required"
file_types = ["tiff", "pdf"]
compression = "CCITT Group IV"
min_dpi = 300
bits_per_pixel = 1
[text]
requirement = "required"
[[fields]]
name = "Custodian"
field = "custodian"
cites = "1"
[[fields]]
name = "Time Zone"
field = "time_zone"
cites = "2"
"""
PAGES_EACH = 2
LETTER = PageSize(612, 792)


@dataclass(slots=True)
class Made:
    """One document to be written: its row, its page rows (number, path, break, count), its files."""

    number: int
    row: dict[str, str]
    pages: list[list[str]]
    files: dict[str, bytes]


@dataclass(slots=True)
class Volume:
    """A volume before it is written."""

    name: str
    documents: list[Made]
    extra: dict[str, bytes] = field(default_factory=dict)
    broken_bytes_in: int | None = None


@dataclass(frozen=True, slots=True)
class Seed:
    """One fault: how it is made, and the finding that names it.

    Args:
        bates: Number the finding must name; `None` if it names a path or nothing.
        path: Part of the path the finding must name.
        follows: Codes that are rightly said of the same thing.
        baseline: Whether the manual checklist can see it.
    """

    code: str
    make: Callable[[list[Volume]], None]
    bates: str | None = None
    path: str | None = None
    follows: tuple[str, ...] = ()
    baseline: bool = False


def label(number: int) -> str:
    """Return the number as printed."""
    return f"ICE{number:06d}"


def shown(numbers: Sequence[int]) -> bytes:
    """Return a PDF with a page for each number, which is printed on it."""
    return pdf_bytes(
        [
            TextPage(LETTER, 11, (TextRun(72, 90, "Memorandum on opting out"), TextRun(480, 770, label(number))))
            for number in numbers
        ]
    )


def scanned(*, compression: str = "group4", dpi: int = 300, mode: str = "1") -> bytes:
    """Return a one-page TIFF."""
    buffer = io.BytesIO()
    size = (dpi * 17 // 2, dpi * 11)
    Image.new(mode, size, 1 if mode == "1" else 255).save(buffer, "TIFF", compression=compression, dpi=(dpi, dpi))
    return buffer.getvalue()


def good_document(number: int, place: int) -> Made:
    """Return a document of two pages without a fault; every sixth is a spreadsheet with a slip sheet and native."""
    last = number + PAGES_EACH - 1
    begin, end = label(number), label(last)
    row = dict.fromkeys(COLUMNS, "")
    text = f"TEXT/{begin}.txt"
    row |= {"Begin Bates": begin, "End Bates": end, "Page Count": str(PAGES_EACH), "Custodian": f"Unit {place % 2 + 1}"}
    row |= {"Date Sent": f"04/{place % 27 + 1:02d}/2010", "Text Link": text, "File Name": f"{begin}.docx"}
    files = {f"IMAGES/{begin}.pdf": shown(range(number, last + 1)), text: f"Text of {begin}".encode()}
    pages = [
        [label(one), f"IMAGES/{begin}.pdf", "Y" if one == number else "", str(PAGES_EACH) if one == number else ""]
        for one in range(number, last + 1)
    ]
    if place % 6 == 5:
        native = f"NATIVES/{begin}.xlsx"
        content = f"cells {begin}".encode()
        files[native] = content
        row |= {"Native Link": native, "File Name": f"{begin}.xlsx"}
        row["MD5 Hash"] = hashlib.md5(content, usedforsecurity=False).hexdigest()
    return Made(number, row, pages, files)


def good_volumes() -> list[Volume]:
    """Return two volumes of 18 documents that go on without a gap."""
    documents = [good_document(1 + PAGES_EACH * place, place) for place in range(36)]
    return [Volume("VOL001", documents[:18]), Volume("VOL002", documents[18:])]


def document(volumes: list[Volume], place: int) -> Made:
    """Return document *place* of all volumes, as they were before any was taken out."""
    number = 1 + PAGES_EACH * place
    return next(one for volume in volumes for one in volume.documents if one.number == number)


def setting(place: int, **values: str) -> Callable[[list[Volume]], None]:
    """Return a fault that changes values of one row; ``_`` in a name stands for a blank."""

    def make(volumes: list[Volume]) -> None:
        document(volumes, place).row.update({name.replace("_", " "): value for name, value in values.items()})

    return make


def changing(place: int, change: Callable[[Made], object]) -> Callable[[list[Volume]], None]:
    """Return a fault that does *change* to one document."""
    return lambda volumes: (change(document(volumes, place)), None)[1]


def without(place: int) -> Callable[[list[Volume]], None]:
    """Return the fault of a document that is left out with its pages."""

    def make(volumes: list[Volume]) -> None:
        gone = document(volumes, place)
        for volume in volumes:
            volume.documents = [one for one in volume.documents if one is not gone]

    return make


def of(place: int, page: int = 0) -> str:
    """Return the number of a page of document *place*."""
    return label(1 + PAGES_EACH * place + page)


def _broken(volumes: list[Volume]) -> None:
    volumes[0].broken_bytes_in = 1
    document(volumes, 1).row["File Name"] = "caf@.docx"


def _scan(made: Made, image: bytes) -> None:
    """Make the pages of a document single TIFFs, the first of them *image*."""
    made.files = {name: content for name, content in made.files.items() if not name.startswith("IMAGES/")}
    for place, page in enumerate(made.pages):
        page[1] = f"IMAGES/{page[0]}.tif"
        made.files[page[1]] = image if place == 0 else scanned()


def _swap(volumes: list[Volume]) -> None:
    documents = volumes[0].documents
    first = next(place for place, one in enumerate(documents) if one.number == document(volumes, 9).number)
    documents[first], documents[first + 1] = documents[first + 1], documents[first]


def _short_file(made: Made) -> None:
    made.files[made.pages[0][1]] = shown([made.number])


def _drop(made: Made, kind: str) -> None:
    made.files = {name: content for name, content in made.files.items() if not name.startswith(kind)}


def _printed(made: Made) -> None:
    made.files[made.pages[0][1]] = shown([made.number, made.number + 500])


def _no_text(made: Made) -> None:
    _drop(made, "TEXT/")
    made.row["Text Link"] = ""


def _bare_native(made: Made) -> None:
    _drop(made, "IMAGES/")
    made.pages = []


SEEDS = (
    Seed("LF002", _broken, path="VOL001.DAT"),
    Seed("LF009", setting(2, Native_Link="\0short"), path="VOL001.DAT", baseline=True),
    Seed("LF014", setting(3, Begin_Bates=of(4), End_Bates=of(4, 1)), path="VOL001.DAT", baseline=True,
         follows=("BN003", "PL006", "OR002", "TX001")),
    Seed("BN005", setting(6, End_Bates=of(7)), bates=of(7), follows=("BN008", "BN009", "PL004")),
    Seed("BN007", _swap, bates=of(9)),
    Seed("BN003", without(12), bates=of(12)),
    Seed("BN008", setting(13, Page_Count="9"), bates=of(13)),
    Seed("PL004", changing(14, lambda made: made.pages.pop()), bates=of(14, 1), follows=("PL002",)),
    Seed("PL005", changing(15, lambda made: made.pages[0].__setitem__(2, "")), bates=of(15), follows=("PL002",)),
    Seed("BN004", without(18), bates=of(18)),
    Seed("FM001", setting(19, Parent_ID="ICE900000"), bates=of(19)),
    Seed("FM002", setting(16, Begin_Attach=of(16), End_Attach=of(18, 1)), bates=of(16), follows=("FM003",)),
    Seed("FM003", setting(20, Begin_Attach=of(21), End_Attach=of(21, 1)), bates=of(20)),
    Seed("FL001", changing(22, lambda made: _drop(made, "IMAGES/")), bates=of(22), baseline=True,
         follows=("BN009", "OR005")),
    Seed("FL003", lambda volumes: volumes[1].extra.update({"IMAGES/scan.tif": scanned()}), path="scan.tif",
         follows=("IM005",)),
    Seed("NT001", changing(23, lambda made: made.files.update({f"NATIVES/{of(23)}.xlsx": b"other"})), bates=of(23)),
    Seed("NT002", changing(29, _bare_native), bates=of(29), follows=("PL010",)),
    Seed("OR004", setting(24, File_Name="sheet.xlsx"), bates=of(24)),
    Seed("TX001", changing(25, _no_text), bates=of(25)),
    Seed("TX002", changing(26, lambda made: made.files.update({f"TEXT/{of(26)}.txt": b"\x0c\r\n"})), path=of(26)),
    Seed("IM001", changing(27, lambda made: _scan(made, scanned(compression="tiff_lzw"))), bates=of(27)),
    Seed("IM002", changing(28, lambda made: _scan(made, scanned(dpi=200))), bates=of(28)),
    Seed("IM003", changing(30, lambda made: _scan(made, scanned(compression="tiff_lzw", mode="L"))), bates=of(30),
         follows=("IM001",)),
    Seed("BN010", changing(31, _printed), bates=of(31, 1)),
    Seed("FM004", setting(32, File_Name="mail.msg", Attachment_Names="plan.doc; map.pdf"), bates=of(32)),
    Seed("DT001", setting(33, Date_Sent="13/45/2010"), bates=of(33)),
    Seed("CU001", setting(34, Custodian="Unit 9"), bates=of(34)),
    Seed("CU002", lambda volumes: None),
    Seed("OR001", lambda volumes: None),
    Seed("FL013", changing(35, _short_file), path=of(35)),
    Seed("RP001", lambda volumes: None, bates="ICE000900"),
)  # fmt: skip


def written(volumes: Sequence[Volume], root: Path) -> Path:
    """Write the volumes under *root* and return it."""
    for volume in volumes:
        folder = root / volume.name
        (folder / "DATA").mkdir(parents=True)
        for made in volume.documents:
            _write_files(folder, made.files)
        _write_files(folder, volume.extra)
        (folder / "DATA" / f"{volume.name}.DAT").write_bytes(_dat(volume))
        lines = [
            ",".join((page[0], volume.name, page[1].replace("/", "\\"), page[2], "", "", page[3]))
            for made in volume.documents
            for page in made.pages
        ]
        (folder / "DATA" / f"{volume.name}.OPT").write_text("\r\n".join(lines) + "\r\n", "utf-8")
    return root


def _write_files(folder: Path, files: dict[str, bytes]) -> None:
    for name, content in files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def _dat(volume: Volume) -> bytes:
    rows = [COLUMNS, *(tuple(made.row[name] for name in COLUMNS) for made in volume.documents)]
    lines = ["\x14".join(f"þ{value}þ" for value in row) for row in rows]
    text = "\r\n".join(line.replace("\x14þ\0shortþ", "") for line in lines) + "\r\n"
    encoded = text.encode()
    return encoded.replace(b"caf@", b"caf\xff\xfe") if volume.broken_bytes_in is not None else encoded


def checked(volumes: Sequence[Volume], folder: Path, *, replaces: bool) -> list[Finding]:
    """Return what Vaughn says of *volumes*, received after an earlier production of one document."""
    (folder / "order.toml").write_text(ORDER, "utf-8")
    root = written(volumes, folder / "production")
    actor = Actor("bench", lambda: datetime(2011, 1, 20, tzinfo=UTC))
    with CaseFile.create(folder / "case", Case("Doe v. Agency"), actor=actor) as case:
        if replaces:
            first = written([Volume("OLD", [good_document(900, 0)])], folder / "earlier")
            receive(case, first, agency="ICE", released_on=date(2010, 8, 2), name="first")
        production = receive(
            case, root, agency="ICE", released_on=date(2011, 1, 17), replaces="first" if replaces else None
        ).production_id
        check_production(case, production, str(folder / "order.toml"))
        rows = case.findings(FindingQuery(productions=(production,), limit=None)).rows
        return [one.finding for one in rows]


def is_named(seed: Seed, one: Finding) -> bool:
    """Tell whether a finding names the seeded fault at its place."""
    if one.code != seed.code:
        return False
    if seed.path is not None:
        return seed.path in (one.place.path or "")
    return seed.bates is None or one.place.bates == seed.bates


def false_alarms(found: Sequence[Finding], before: Counter[str]) -> list[Finding]:
    """Return errors and warnings that no seeded fault explains.

    Args:
        before: Codes of the production without faults and how often each stands.
    """
    expected = {seed.code for seed in SEEDS} | {code for seed in SEEDS for code in seed.follows}
    grave = [one for one in found if one.severity is not Severity.NOTE]
    named = [one for one in grave if any(is_named(seed, one) for seed in SEEDS)]
    rest = [one for one in grave if one not in named]
    follows = Counter(code for seed in SEEDS for code in seed.follows)
    alarms: list[Finding] = []
    for one in rest:
        if one.code not in expected or follows[one.code] <= 0:
            alarms.append(one)
        follows[one.code] -= 1
    return [one for one in alarms if before[one.code] == 0]


def by_hand(folder: Path) -> set[str]:
    """Return the codes the manual checklist would name: rows, columns, duplicates, missing files."""
    found: set[str] = set()
    for load_file in sorted(folder.rglob("*.DAT")):
        text = load_file.read_text("utf-8", "replace")
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter="\x14", quotechar="þ"))
        head, body = rows[0], rows[1:]
        if any(len(row) != len(head) for row in body):
            found.add("LF009")
        if max(Counter(row[0] for row in body).values()) > 1:
            found.add("LF014")
        page_rows = list(csv.reader(load_file.with_suffix(".OPT").read_text("utf-8").splitlines()))
        root = load_file.parent.parent
        if any(not (root / row[2].replace("\\", "/")).is_file() for row in page_rows):
            found.add("FL001")
    return found


def million(documents: int) -> tuple[float, float, float]:
    """Return seconds of the number checks and of all checks on generated columns, and the peak of new memory in MB."""
    facts = generated(documents)
    start = time.perf_counter()
    found = check_numbers(facts)
    numbers = time.perf_counter() - start
    assert Counter(one.code for one in found) == {"BN003": 3, "BN005": 1, "BN002": 1, "BN006": 1}, found
    start = time.perf_counter()
    check(facts)
    whole = time.perf_counter() - start
    tracemalloc.start()
    check_numbers(facts)
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    return numbers, whole, peak


def generated(documents: int) -> ProductionFacts:
    """Return the facts of a production of *documents* with three pages each; six numbers are wrong."""
    book = NumberBook()
    prefix, plain = book.prefix_code("ICE"), book.suffix_code("")
    first = 1 + 3 * np.arange(documents)
    last = first + 2
    width = np.full(documents, 8)
    last[documents // 2] += 1  # an overlap
    first[documents // 3] += 1  # gaps
    first[documents // 4] += 2
    last[documents // 5] -= 5  # backwards, and a gap before and after
    width[documents // 6] = 9

    def numbers(values: np.ndarray[tuple[int], np.dtype[np.int64]]) -> NumberColumn:
        size = len(values)
        return NumberColumn(np.full(size, prefix), values, width if size == documents else np.full(size, 8),
                            np.full(size, plain))  # fmt: skip

    none, empty = np.full(documents, -1), TextColumn.empty(documents)
    unknown = NumberColumn(none, none, none, none)
    pages = documents * 3
    owner, nothing = np.repeat(np.arange(documents), 3), np.full(pages, -1)
    label = numbers(1 + np.arange(pages))
    facts = DocumentFacts(
        id=np.arange(documents), control=range(documents), begin=numbers(first), end=numbers(last),  # type: ignore[arg-type]
        begin_text=empty, end_text=empty, page_count=none, volume=TextColumn(("V",), np.zeros(documents, np.int64)),
        load_file=np.zeros(documents, np.int64), line=np.arange(documents) + 2,
        kind=np.full(documents, KINDS.index(DocumentKind.OTHER)), parent=none, parent_text=empty, family_begin=unknown,
        family_end=unknown, native=none, text=none, attachments_named=none, custodian=empty, all_custodians=empty,
        prior=unknown,
    )  # fmt: skip
    object.__setattr__(facts, "control", [f"ICE{number:08d}" for number in first.tolist()])
    page_facts = PageFacts(
        id=np.arange(pages), document=owner, number=np.tile(np.arange(3), documents) + 1, label=label, stamped=label,
        stamp_read=np.ones(pages, np.bool_), text_source=nothing + 2, listed=np.ones(pages, np.bool_),
        is_break=np.tile([True, False, False], documents), file=np.repeat(np.arange(documents), 3),
        page_in_file=np.tile(np.arange(3), documents) + 1, load_file=nothing + 1, line=np.arange(pages) + 1,
        declared=nothing, width_pt=np.full(pages, 612, np.float32), height_pt=np.full(pages, 792, np.float32),
        compression=TextColumn.empty(pages), dpi=nothing, bits=nothing,
    )  # fmt: skip
    files = FileFacts(
        id=np.arange(documents), path=[""] * documents, role=np.ones(documents, np.int64),
        media_type=TextColumn(("application/pdf",), np.zeros(documents, np.int64)),
        size_bytes=np.ones(documents, np.int64), pages=none,
        encoding=empty, text_chars=none, used=np.ones(documents, np.bool_), content=np.arange(documents),
    )  # fmt: skip
    return ProductionFacts(
        name="", agency="", released_on=date(2011, 1, 17), book=book, documents=facts, pages=page_facts, files=files,
        missing=MissingFiles(none[:0], none[:0], (), none[:0], none[:0]),
        load_files=(LoadFileFacts(1, "A.DAT", "dat", "documents", (), documents, ""),
                    LoadFileFacts(2, "A.OPT", "opt", "pages", (), pages, "")),
        columns=(), reported=(), earlier=(), ledger=Ledger(()),
    )  # fmt: skip


def main(arguments: Sequence[str]) -> int:
    """Print both tables; exit 1 if a fault is missed or there is a false alarm."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=1_000_000)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        before = Counter(
            one.code
            for one in checked(good_volumes(), _made(Path(folder) / "good"), replaces=False)
            if one.severity is not Severity.NOTE
        )
        volumes = good_volumes()
        for seed in (
            *(s for s in SEEDS if s.code not in ("BN003", "BN004")),
            *(s for s in SEEDS if s.code in ("BN003", "BN004")),
        ):
            seed.make(volumes)
        found = checked(volumes, _made(Path(folder) / "bad"), replaces=True)
        manual = by_hand(Path(folder) / "bad" / "production")
    rows = [(seed.code, any(is_named(seed, one) for one in found), seed.code in manual) for seed in SEEDS]
    alarms = false_alarms(found, before)
    numbers, whole, peak = million(options.documents)
    for code, ours, theirs in rows:
        print(f"{code}  {'found' if ours else 'MISSED':8s}{'found' if theirs else '-'}")
    ours, theirs = sum(row[1] for row in rows), sum(row[2] for row in rows)
    print(f"\nseeded {len(rows)}; found by Vaughn {ours}, by the manual checklist {theirs}")
    print(
        f"false alarms of Vaughn: {len(alarms)}; errors and warnings on the production without faults: {dict(before)}"
    )
    for one in alarms:
        print("   ", one.code, one.place.path, one.place.line, one.place.bates, one.message)
    print(f"{options.documents:,} documents, {3 * options.documents:,} pages: number checks {numbers:.2f} s, ", end="")
    print(f"all checks {whole:.2f} s, peak memory of the number checks {peak:.0f} MB")
    if options.json is not None:
        totals = {"faults_seeded": len(rows), "found_by_vaughn": ours, "found_by_the_manual_checklist": theirs}
        totals |= {"false_alarms": len(alarms), "documents_in_the_speed_test": options.documents}
        totals |= {"seconds_number_checks": numbers, "seconds_all_checks": whole, "peak_megabytes_number_checks": peak}
        faults = [
            {"code": code, "fault": CATALOGUE[code].title, "vaughn": ours, "manual_checklist": theirs}
            for code, ours, theirs in rows
        ]
        options.json.write_text(json.dumps({"totals": totals, "faults": faults}, indent=1), "utf-8")
    return 0 if ours == len(rows) and not alarms else 1


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
