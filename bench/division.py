"""How well a large PDF is divided into its documents, against known borders.

Material: 406 released e-mail documents (1,166 pages) of the State Department with their text as released, rendered
one page a page into two PDFs: documents of even place were looked at while the weights were set, those of odd place
were held out. Each is measured as released (every page prints its document's number) and with all marks of the
release cut out, so that only the records themselves tell.

Baselines, in the same run: cut at every bookmark and "Page 1 of"; cut at every page with a line "From:" at its top.

    python bench/division.py [--json FILE]        (needs VAUGHN_SHARED, default ../shared)
"""

from __future__ import annotations

import argparse
import json
import os
import re
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from vaughn.formats.pages import read_outline, read_packed, unpack_text
from vaughn.formats.pdf import TextPage, TextRun, write_pdf
from vaughn.model import PageSize
from vaughn.receive.division import names_a_record, propose
from vaughn.receive.signs import PageSigns, SeenPage, page_signs
from vaughn.receive.stamps import growing_prefixes, stamped_number

SHARED = Path(os.environ.get("VAUGHN_SHARED", "../shared"))
LETTER = PageSize(612, 792)
# Everything the release printed on a page: with it, the borders are easy.
MARKS = re.compile(
    r"(?m)^.*(?:Doc No|Case No|^Date: \d\d/\d\d/\d{4}|UNCLASSIFIED|U\.S\. Department of State"
    r"|STATE DEPT|RELEASE|STATE-).*$"
)
FONT_PT, LINE_PT = 7.0, 8.2


@dataclass(frozen=True)
class Score:
    """Borders found of those that are there; the first page of the file does not count."""

    pages: int
    borders: int
    cuts: int
    right: int
    precision: float
    recall: float
    f1: float
    applied: bool


def documents() -> list[list[str]]:
    """Return the pages' text of every document, in the order of the releases."""
    folder = SHARED / "corpus/release/state-clinton-email"
    found = []
    for path in sorted(folder.rglob("C*.txt")):
        pages = path.read_text("utf-8", errors="replace").split("\f")
        found.append(pages[:-1] if not pages[-1].strip() else pages)
    return found


def rendered(pages: Sequence[str], path: Path) -> None:
    """Write the pages as typewritten PDF pages, blank lines and places kept."""
    made = []
    for text in pages:
        lines = [line for line in text.split("\n") if line.strip()]
        step = min(LINE_PT, 750 / max(1, len(lines)))
        runs = tuple(
            TextRun(24 + 2.2 * (len(line) - len(line.lstrip())), 24 + step * place, _plain(line.strip())[:170])
            for place, line in enumerate(lines)
        )
        made.append(TextPage(LETTER, FONT_PT, runs))
    write_pdf(path, made)


def _plain(text: str) -> str:
    return text.encode("cp1252", "replace").decode("cp1252")


def read(path: Path) -> list[PageSigns]:
    """Read the PDF as receiving does."""
    pages = read_packed(path, "application/pdf")
    growing = growing_prefixes({page.number: [stamp.text for stamp in page.stamps] for page in pages})
    return [
        page_signs(
            SeenPage(
                page.number,
                unpack_text(page.packed),
                stamped_number([stamp.text for stamp in page.stamps], None, growing),
                page.image_coverage,
                LETTER.width_pt,
                LETTER.height_pt,
            )
        )
        for page in pages
    ]


def scored(cuts: set[int], borders: set[int], *, pages: int, applied: bool) -> Score:
    """Compare cuts with borders, the first page aside."""
    cuts, borders = cuts - {1}, borders - {1}
    right = len(cuts & borders)
    precision = right / len(cuts) if cuts else 0.0
    recall = right / len(borders) if borders else 0.0
    f1 = 2 * precision * recall / (precision + recall) if right else 0.0
    return Score(pages, len(borders), len(cuts), right, round(precision, 3), round(recall, 3), round(f1, 3), applied)


def measured(chosen: Sequence[Sequence[str]], *, marks: bool, folder: Path) -> dict[str, Score]:
    """Return the scores of ours and of the baselines on one concatenation."""
    borders, pages = set(), []
    for document in chosen:
        borders.add(len(pages) + 1)
        pages += [text if marks else MARKS.sub("", text) for text in document]
    path = folder / "pile.pdf"
    rendered(pages, path)
    signs = read(path)
    outline = {mark.page: mark.title for mark in reversed(read_outline(path)) if names_a_record(mark.title)}
    proposal = propose(signs, bookmarks=outline)
    counted = {sign.number for sign in signs if sign.page_of is not None and sign.page_of[0] == 1} | set(outline)
    heads = {sign.number for sign in signs if sign.mail_head}
    size = len(pages)
    return {
        "evidence added up": scored({c.page for c in proposal.cuts}, borders, pages=size, applied=proposal.good),
        "bookmarks and Page 1 of": scored(counted, borders, pages=size, applied=True),
        "every From: at the top": scored(heads, borders, pages=size, applied=True),
    }


def main() -> None:
    """Run everything and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    began = time.perf_counter()
    found = documents()
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for half, name in ((0, "looked at while tuning"), (1, "held out")):
            for marks in (True, False):
                scores = measured(found[half::2], marks=marks, folder=Path(folder))
                for method, score in scores.items():
                    shown = "as released" if marks else "release marks cut out"
                    rows.append({"half": name, "pages as": shown, "method": method, **asdict(score)})
    columns = list(rows[0])
    print("  ".join(columns))
    for row in rows:
        print("  ".join(str(row[column]) for column in columns))
    print(f"{len(found)} documents, {time.perf_counter() - began:.1f} s")
    if args.json:
        args.json.write_text(json.dumps({"documents": len(found), "borders": rows}, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
