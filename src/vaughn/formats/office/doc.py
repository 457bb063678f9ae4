"""DOC (Word 97-2003, [MS-DOC]) as records: the text as it stands, then what it holds besides; Word 6 and 95 in part.

Fields show their results. What is marked as deleted, or hidden, is not in the text; both are listed at the end.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from vaughn.formats.office.blips import pictures_in
from vaughn.formats.office.doc_fib import (
    CHANGE_AUTHORS,
    COMMENT_AUTHORS,
    COMMENT_PLACES,
    COMMENT_TEXTS,
    ENDNOTE_PLACES,
    ENDNOTE_TEXTS,
    FOOTNOTE_PLACES,
    FOOTNOTE_TEXTS,
    HEADER_TEXTS,
    MarkedRun,
    WordHead,
    borders_of,
    old_text,
    owners_of,
    packed_date,
    strings_of,
    word_text,
)
from vaughn.formats.office.docx_story import ENDNOTE_MARK, PAGE_BREAK, Change, in_one_line
from vaughn.formats.office.gathered import Gathered, joined, section
from vaughn.formats.office.locked import opened_ole
from vaughn.formats.office.objects import add_objects
from vaughn.formats.office.ole import OleFile
from vaughn.formats.office.propertysets import ole_facts
from vaughn.formats.readers.content import Reading, ReadingRequest
from vaughn.model import DocumentKind

# Header stories come in sixes a section; the first six are lines above footnotes and the like.
_HEADER_SIX, _HEADERS_IN_SIX, _FOOTERS_IN_SIX = 6, (0, 1, 4), (2, 3, 5)
_COMMENT_BYTES = 30
_ROW_TAIL = re.compile(r"\t+\n")
_SIGNS = {"\x0b": "\n", "\x0e": "\n", "\x1e": "\u2011", "\x1f": "", "\xad": "", "\x0d": "\n", "\x0c": PAGE_BREAK}


def read_doc(request: ReadingRequest) -> Reading:
    """Return the document of *request*.

    Raises:
        FileRefused: If it is locked, or damaged beyond reading.
    """
    gathered = Gathered(request)
    file = opened_ole(request, lambda one: WordHead(one.read("WordDocument")).is_encrypted)
    if isinstance(file, Reading):
        return file
    main = file.read("WordDocument")
    head = WordHead(main)
    table = (file.read_if_any(head.table) or b"") if not head.is_old else b""
    document = _Document(head, main, table, gathered)
    document.read()
    add_objects(file, ("ObjectPool",), gathered)
    # Pictures in the text lie in a stream of their own, those that float over it behind the text.
    for name, data in pictures_in((file.read_if_any("Data") or b"") + main):
        gathered.add_part(name, data)
    note_ole_macros(file, gathered)
    return gathered.reading(ole_facts(file, DocumentKind.TEXT_DOCUMENT))


def note_ole_macros(file: OleFile, gathered: Gathered) -> None:
    """Tell of macros."""
    gathered.told.macros += any(
        step.casefold() in {"vba", "_vba_project_cur"} for path in file.streams for step in path
    )


class _Document:
    def __init__(self, head: WordHead, main: bytes, table: bytes, gathered: Gathered) -> None:
        self._head, self._table, self._gathered, self._told = head, table, gathered, gathered.told
        if head.is_old:
            self._told.part_left_out("The document was made by Word 6 or 95; its text was read, its marks were not.")
            self._words = old_text(head, main)
        else:
            self._words = word_text(head, main, table, gathered.told)
        self._starts = [run.start for run in self._words.runs]
        self._authors = strings_of(self._part(CHANGE_AUTHORS))
        self._changes: list[Change] = []
        self._change_end = 0
        self._hidden: list[str] = []
        self._links: dict[str, None] = {}

    def _part(self, number: int) -> bytes:
        return b"" if self._head.is_old else self._head.part(self._table, number)

    def read(self) -> None:
        marks = {
            place: f"[{number}]" for number, place in enumerate(borders_of(self._part(FOOTNOTE_PLACES), 2)[:-1], 1)
        }
        ends = enumerate(borders_of(self._part(ENDNOTE_PLACES), 2)[:-1], 1)
        marks |= {place: ENDNOTE_MARK.format(number) for number, place in ends}
        body = self._shown(*self._words.stories.get("main", (0, 0)), marks)
        pages = [page for page in body.split(PAGE_BREAK) if page.strip()] or [""]
        headers, footers = self._around()
        boxes = "\n".join(self._shown(*self._words.stories.get("boxes", (0, 0))).split(PAGE_BREAK)).strip()
        pages[0] = joined(section("Header", headers), pages[0])
        pages[-1] = joined(
            pages[-1],
            section("Text boxes", [boxes]),
            section("Footer", footers),
            section("Footnotes", self._notes("footnotes", FOOTNOTE_TEXTS, "[{}]")),
            section("Endnotes", self._notes("endnotes", ENDNOTE_TEXTS, ENDNOTE_MARK)),
        )
        comments = self._comments()
        changes = [change for change in self._changes if change.text.strip()]
        hidden = [text for text in self._hidden if text.strip()]
        self._told.changes.update({"comment": len(comments)} if comments else {})
        self._told.changes.update({"tracked change": len(changes)} if changes else {})
        self._told.hidden.update({"stretch of text": len(hidden)} if hidden else {})
        self._told.external.update({"link": len(self._links)} if self._links else {})
        besides = joined(
            section("Comments", comments),
            section("Tracked changes", [change.line() for change in changes]),
            section("Hidden text", [in_one_line(text) for text in hidden]),
            section("Refers to", [f"link: {target}" for target in self._links]),
        )
        self._gathered.texts += [*pages, besides] if besides else pages

    def _around(self) -> tuple[list[str], list[str]]:
        start, end = self._words.stories.get("headers", (0, 0))
        borders = borders_of(self._part(HEADER_TEXTS), 0)
        headers: dict[str, None] = {}
        footers: dict[str, None] = {}
        for number in range(_HEADER_SIX, len(borders) - 2):
            text = self._shown(min(start + borders[number], end), min(start + borders[number + 1], end))
            text = text.replace(PAGE_BREAK, "").strip()
            if text:
                place = (number - _HEADER_SIX) % _HEADER_SIX
                (headers if place in _HEADERS_IN_SIX else footers)[text] = None
        return list(headers), list(footers)

    def _notes(self, story: str, pair: int, mark: str) -> list[str]:
        return [f"{mark.format(number)} {text}" for number, text in enumerate(self._texts(story, pair), 1) if text]

    def _texts(self, story: str, pair: int) -> Iterator[str]:
        start, end = self._words.stories.get(story, (0, 0))
        borders = borders_of(self._part(pair), 0)
        for number in range(len(borders) - 2):
            text = self._shown(min(start + borders[number], end), min(start + borders[number + 1], end))
            yield in_one_line(text.replace(PAGE_BREAK, "\n"))

    def _comments(self) -> list[str]:
        table = self._part(COMMENT_PLACES)
        places = borders_of(table, _COMMENT_BYTES)
        owners = owners_of(self._part(COMMENT_AUTHORS))
        lines = []
        for number, text in enumerate(self._texts("comments", COMMENT_TEXTS)):
            at = len(places) * 4 + number * _COMMENT_BYTES
            owner = int.from_bytes(table[at + 20 : at + 22], "little")
            author = owners[owner] if at + 22 <= len(table) and owner < len(owners) else "unknown"
            lines.append(f"{number + 1}. {author}: {text}")
        return lines

    # -- letters -----------------------------------------------------------------------------------------------

    def _shown(self, start: int, end: int, marks: dict[int, str] | None = None) -> str:
        """Return the letters from *start* up to *end* as the document shows them."""
        shown: list[str] = []
        fields: list[list[str] | None] = []
        for first, last, run in self._stretches(start, end):
            text = self._plain(range(first, last), fields, marks or {})
            self._show(shown, text, run)
        return _ROW_TAIL.sub("\n", "".join(shown))

    def _stretches(self, start: int, end: int) -> Iterator[tuple[int, int, MarkedRun | None]]:
        """Yield the stretches between *start* and *end* whose letters bear the same marks."""
        place = max(0, bisect_right(self._starts, start) - 1)
        at = start
        while at < end:
            while place < len(self._words.runs) and self._words.runs[place].end <= at:
                place += 1
            run = self._words.runs[place] if place < len(self._words.runs) else None
            if run is None or run.start >= end:
                yield at, end, None
                return
            if run.start > at:
                yield at, run.start, None
                at = run.start
            yield at, min(run.end, end), run
            at = min(run.end, end)

    def _plain(self, places: range, fields: list[list[str] | None], marks: dict[int, str]) -> str:
        """Return the letters at *places* without signs; those of the code of a field go to *fields*."""
        pieces: list[str] = []
        for place in places:
            letter = self._words.text[place]
            if letter < " " or letter == "\xad":
                letter = self._sign(letter, place, fields, marks)
            code = fields[-1] if fields else None
            (pieces if code is None else code).append(letter)
        return "".join(pieces)

    def _show(self, shown: list[str], text: str, run: MarkedRun | None) -> None:
        if run is None or not text:
            shown.append(text)
            return
        if run.marks.deleted or run.marks.inserted:
            self._note_change(run, text)
        if run.marks.deleted:
            return
        (self._hidden if run.marks.hidden else shown).append(text)

    def _sign(self, letter: str, place: int, fields: list[list[str] | None], marks: dict[int, str]) -> str:
        if letter == "\x13":
            fields.append([])
        elif letter == "\x14" and fields:
            code = fields[-1]
            if code is not None:
                self._note_field("".join(code))
            fields[-1] = None
        elif letter == "\x15" and fields:
            fields.pop()
        elif letter == "\x02":
            return marks.get(place, "")
        elif letter == "\x07":
            return "\n" if place in self._words.row_ends else "\t"
        elif letter == "\t":
            return "\t"
        return _SIGNS.get(letter, "")

    def _note_field(self, code: str) -> None:
        words = code.split()
        if len(words) > 1 and words[0] == "HYPERLINK" and words[1] != "\\l":
            self._links.setdefault(words[1].strip('"'))

    def _note_change(self, run: MarkedRun, text: str) -> None:
        what = "Deleted" if run.marks.deleted else "Inserted"
        place = run.marks.author
        author = self._authors[place] if place < len(self._authors) else "unknown"
        date = packed_date(run.marks.at)
        last = self._changes[-1] if self._changes else None
        if last is None or (last.what, last.author, last.date) != (what, author, date):
            last = Change(what, author, date)
            self._changes.append(last)
        if run.start > self._change_end and last.text:
            last.text += "\n"
        self._change_end = run.end
        last.text += text
