"""Where the text of the publishing benchmarks comes from: pages of real records, put together anew.

Not a benchmark itself. The pool is every page with text of the court and government PDF files and of the released
e-mails of ``$VAUGHN_SHARED/corpus`` (default ``../shared``), or else of ``tests/corpus/pdf``. A made page is three
runs of lines of three real pages, so its words, line ends and odd letters are those of records, and no two are equal.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("VAUGHN_SHARED", ROOT.parent / "shared"))
FEWEST_LETTERS = 400
LETTERS_A_PAGE = 2_000
SEED = 3488


@dataclass(frozen=True, slots=True)
class MadePage:
    """One made page."""

    document: int
    number: str
    text: str


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


def made_pages(documents: int, pages_each: int, *, seed: int = SEED) -> Iterator[MadePage]:
    """Yield ``documents * pages_each`` pages; the same numbers give the same pages."""
    real, chance = pool(), random.Random(seed)
    for place in range(documents * pages_each):
        yield MadePage(place // pages_each, f"ICE {place + 1:07d}", _made(real, chance))


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
    return "\n\n".join(parts)
