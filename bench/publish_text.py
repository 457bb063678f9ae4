"""Where the text of the publishing benchmarks comes from: pages of real records, put together anew.

Not a benchmark itself. The pool is every page with text of the court and government PDF files and of the released
e-mails of ``$VAUGHN_SHARED/corpus`` (default ``../shared``), or else of ``tests/corpus/pdf``. A made page is three
runs of lines of three real pages, so its words, line ends and odd letters are those of records, and no two are equal.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pypdfium2

from vaughn.publish import CasePage, ProductionEntry, PublishedDocument, PublishedPage, RequestedItem, Site

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("VAUGHN_SHARED", ROOT.parent / "shared"))
FEWEST_LETTERS = 400
LETTERS_A_PAGE = 2_000
SEED = 3488
CHANGED = 4_321  # the document that changes before the second build
NEEDLE = "zebrafish"  # a word that only the changed document holds


def pool() -> list[list[str]]:
    """Return the lines of every real page that has enough of them."""
    corpus = SHARED / "corpus"
    files = sorted(path for folder in ("court", "gov") for path in (corpus / "pdf" / folder).glob("*.pdf"))
    files = files or sorted((ROOT / "tests" / "corpus" / "pdf").rglob("*.pdf"))
    pages = [text for path in files for text in _texts(path)]
    pages += [path.read_text("utf-8", "replace") for path in sorted((corpus / "release").rglob("*.txt"))]
    lines = [[line.strip() for line in page.splitlines() if line.strip()] for page in pages]
    return [page for page in lines if sum(map(len, page)) >= FEWEST_LETTERS]


def _texts(path: Path) -> list[str]:
    try:
        with pypdfium2.PdfDocument(path) as document:
            return [page.get_textpage().get_text_range() for page in document]
    except pypdfium2.PdfiumError:
        return []


def write_texts(folder: Path, documents: int, pages_each: int) -> None:
    """Write the text of every document into *folder*, pages parted by form feeds."""
    folder.mkdir(parents=True, exist_ok=True)
    real, chance = pool(), random.Random(SEED)
    for place in range(documents):
        text = "\f".join(_made(real, chance) for _ in range(pages_each))
        (folder / f"{place:05d}.txt").write_text(text, encoding="utf-8")


def _made(real: list[list[str]], chance: random.Random) -> str:
    parts = []
    for _ in range(3):
        page = chance.choice(real)
        start = chance.randrange(max(1, len(page) - 5))
        run, letters = [], 0
        for line in page[start:]:
            run.append(line[:LETTERS_A_PAGE])
            letters += len(line)
            if letters > LETTERS_A_PAGE / 3:
                break
        parts.append("\n".join(run))
    return "\n\n".join(parts).replace("\f", " ")


def number(place: int) -> str:
    """Return the Bates number of the page at *place*."""
    return f"ICE {place + 1:07d}"


def made_site(folder: Path, documents: int, pages_each: int, *, is_changed: bool = False) -> Site:
    """Return a site of what `write_texts` wrote; pages are read from disk when they are asked for."""
    made = []
    for place in range(documents):
        numbers = tuple(number(place * pages_each + page) for page in range(pages_each))
        changes = is_changed and place == CHANGED % documents
        made.append(
            PublishedDocument(
                id=numbers[0],
                version="2" if changes else "1",
                title=f"Record {place + 1}",
                agency=("ICE", "DHS", "FBI", "EOIR")[place % 4],
                production=f"production-{place % 20}",
                items=(f"item-{place % 6}",),
                numbers=numbers,
                pages=_reader(folder / f"{place:05d}.txt", numbers, f"\n{NEEDLE}" if changes else ""),
                begin=numbers[0],
                end=numbers[-1],
                day="2010-08-02",
            )
        )
    case = CasePage(
        slug="case",
        caption="Network v. Agency",
        court="S.D.N.Y.",
        docket_number="1:10-cv-03488",
        asked=tuple(RequestedItem(f"item-{n}", f"What was asked for, part {n + 1}") for n in range(6)),
        productions=tuple(
            ProductionEntry(f"production-{n}", f"ICE 2010-08-{n + 1:02d}", "ICE", date(2010, 8, n + 1))
            for n in range(20)
        ),
        documents=tuple(made),
    )
    return Site("Records", (case,), datetime(2026, 1, 1, tzinfo=UTC), languages=("en",))


def _reader(path: Path, numbers: tuple[str, ...], more: str) -> Callable[[], Iterator[PublishedPage]]:
    def pages() -> Iterator[PublishedPage]:
        for own, text in zip(numbers, path.read_text("utf-8").split("\f"), strict=True):
            yield PublishedPage(own, text + more)

    return pages
