"""What a reader of an Office file gathers, made into a `Reading`: pages, facts, the files inside, findings."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from vaughn.formats.grid import lay_out
from vaughn.formats.office.told import Told
from vaughn.formats.readers.content import Part, Reading, ReadingRequest
from vaughn.model import Moment, PartRole, RecordFacts

# Parts below this size travel with the reading; larger ones lie in the spool folder.
MAX_SENT_BYTES = 4 << 20
# One document holds no more files than this; what is beyond it is told.
MAX_PARTS = 5000
# All texts of one document together. A sheet of a million rows with ten short cells has about 80 million letters.
MAX_LETTERS = 150_000_000


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
        spooled = None
        if len(data) > MAX_SENT_BYTES and self.request.spool is not None:
            spooled = f"part-{len(self.parts) + 1}-{hashlib.sha256(data).hexdigest()[:16]}"
            (self.request.spool / spooled).write_bytes(data)
        self.parts.append(
            Part(
                name,
                PartRole.EMBEDDED,
                None if spooled else data,
                spooled=spooled,
                media_type=media_type,
                modified=modified,
            )
        )

    def reading(self, facts: RecordFacts) -> Reading:
        """Return all of it."""
        texts, letters = [], 0
        for text in self.texts:
            if letters + len(text) > MAX_LETTERS:
                self.told.part_left_out("The text is longer than can be kept; its end was left out.")
                texts.append(text[: MAX_LETTERS - letters])
                break
            letters += len(text)
            texts.append(text)
        laid_out = lay_out(texts)
        pages = laid_out.pages
        if laid_out.left_out:
            self.told.part_left_out(
                f"The text makes more pages than are kept; {laid_out.left_out} letters were left out."
            )
        return Reading(facts, len(pages), pages, tuple(self.parts), self.told.findings())


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
