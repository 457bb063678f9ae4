"""What a reader of an Office file gathers, made into a `Reading`: pages, facts, the files inside, findings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from vaughn.formats.grid import lay_out
from vaughn.formats.office.told import Told
from vaughn.formats.readers.content import Part, Reading, ReadingRequest
from vaughn.formats.readers.parts import handed_on
from vaughn.model import Moment, PartRole, RecordFacts

# One document holds no more files than this; what is beyond it is told.
MAX_PARTS = 5000
# All texts of one document together. A sheet of a million rows with ten short cells has about 80 million letters.
MAX_LETTERS = 150_000_000
# All of them are handed over at once: reading a sheet again for every fifty pages would take hours. A sheet of a
# million rows with ten short cells has about 16,000.
MAX_PAGES = 30_000


@dataclass(slots=True)
class Gathered:
    """What was gathered so far; `texts` are logical pages: a sheet, a slide, the pages of a letter."""

    request: ReadingRequest
    told: Told = field(default_factory=Told)
    texts: list[str] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)

    def add_part(
        self, name: str, data: bytes, *, media_type: str | None = None, modified: Moment | None = None
    ) -> None:
        """Add a file that stands inside the document."""
        if len(self.parts) >= MAX_PARTS:
            self.told.part_left_out(f"There are more than {MAX_PARTS} files inside; the rest was left out.")
            return
        name = _plain_name(name) or f"embedded-{len(self.parts) + 1}"
        part = Part(name, PartRole.EMBEDDED, data, media_type=media_type, modified=modified)
        self.parts.append(handed_on(self.request, part))

    def reading(self, facts: RecordFacts) -> Reading:
        """Return all of it."""
        laid_out = lay_out(self.texts, max_pages=MAX_PAGES)
        if laid_out.left_out:
            self.told.part_left_out(
                f"The text is longer than {MAX_PAGES:,} pages; {laid_out.left_out:,} letters of its end were left out."
            )
        return Reading(facts, len(laid_out.pages), laid_out.pages, tuple(self.parts), self.told.findings())


def section(title: str, lines: Iterable[str]) -> str:
    """Return *lines* under a title (ours, in brackets: it is not in the document); else nothing."""
    body = "\n".join(lines).strip("\n")
    return f"[{title}]\n{body}" if body.strip() else ""


def joined(*texts: str) -> str:
    """Return those of *texts* that say something, with a blank line between them."""
    return "\n\n".join(text for text in (one.strip("\n") for one in texts) if text.strip())


def _plain_name(name: str) -> str:
    """Return the last step of *name* without what no file name should have."""
    last = PurePosixPath(name.replace("\\", "/")).name
    return "".join(letter for letter in last if letter.isprintable()).strip()[:200]
