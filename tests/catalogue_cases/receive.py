"""The codes that loading a production reports."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from tests.catalogue_cases import Case
from tests.receive.layered import layered_pdf
from tests.receive.volumes import RELEASED_ON, new_case, pdf_bytes, write_tree
from vaughn.model import Finding
from vaughn.receive import Ocr, receive
from vaughn.receive.assemble import assemble
from vaughn.receive.attach import attach_files, same_bytes
from vaughn.receive.gather import LinkTally
from vaughn.receive.links import FileTable, Origin, PathReader
from vaughn.receive.paging import PageRows
from vaughn.receive.rows import DocumentRows, RowPlaces, map_columns
from vaughn.receive.survey import Part, survey
from vaughn.store import Entry, EntryKind, FindingQuery

FILES = ["V/IMAGES/ABC1.pdf", "V/IMAGES/a/two.pdf", "V/IMAGES/b/two.pdf"]


def _paths(code: str, written: str, right: str, *, line: int | None = 7) -> Case:
    def told(path: str) -> list[Finding]:
        tally = LinkTally("V/DATA/V.DAT")
        links = PathReader(FileTable(FILES), Origin("V", "V/DATA")).column([path])
        tally.add(links, [path], lines=[7], numbers=["ABC1"], column="Link")
        return tally.findings()

    return Case(code, lambda _: told(written), lambda _: told(right), line, "ABC1")


def rows_of(begins: Sequence[str], **fields: Sequence[str]) -> DocumentRows:
    """Return a document list with these begin numbers, from line 2 on."""
    names = {"beg_bates": begins, **fields}
    rows = DocumentRows(0, "V.DAT", "dat", Origin("", ""), map_columns(tuple(names)))
    lines = np.arange(2, len(begins) + 2)
    rows.add({name: list(values) for name, values in names.items()}, RowPlaces(lines, lines * 10, lines * 10 + 9))
    return rows


def _rows(code: str, bad: Sequence[str], good: Sequence[str], *, line: int, bates: str | None = None) -> Case:
    def told(begins: Sequence[str]) -> list[Finding]:
        return assemble([rows_of(begins)], []).findings

    return Case(code, lambda _: told(bad), lambda _: told(good), line, bates)


def _listed(*keys: str) -> Callable[[Path], list[Finding]]:
    count = len(keys)
    pages = PageRows(1, "V.OPT", "opt", Origin("", ""), list(keys))
    pages.file, pages.starts = np.full(count, -1), np.arange(count)
    pages.page_in_file, pages.lines = np.ones(count, np.int64), np.arange(1, count + 1)
    pages.breaks = np.ones(count, dtype=bool)
    return lambda _: assemble([rows_of(["ABC 0001", "ABC 0002"])], [pages]).findings


def _matched(name: str) -> Callable[[Path], list[Finding]]:
    def told(_: Path) -> list[Finding]:
        assembly = assemble([rows_of(["ABC0001", "ABC0005"])], [])
        return attach_files(assembly, FileTable([name]), [Part.NATIVE]).findings

    return told


def _received(files: dict[str, bytes]) -> Callable[[Path], list[Finding]]:
    def told(folder: Path) -> list[Finding]:
        source = write_tree(folder / "handed over", files)
        with new_case(folder / "case") as case:
            receive(case, source, agency="ICE", released_on=RELEASED_ON, ocr=Ocr.NEVER)
            return [row.finding for row in case.findings(FindingQuery(limit=None)).rows]

    return told


def _surveyed(kind: EntryKind) -> Callable[[Path], Sequence[Finding]]:
    return lambda _: survey([Entry("a.pdf", 5, kind)]).findings


def _pages(count: int, *, mails: bool) -> bytes:
    head = ["From: a", "Sent: today", "To: b", "Subject: c"]
    return pdf_bytes([(head if mails and not n % 3 else ["Text"]) + ["goes on."] for n in range(count)])


CASES = [
    _rows("LF014", ["ABC0001", "ABC0002", "ABC0001"], ["ABC0001", "ABC0002", "ABC0003"], line=4, bates="ABC0001"),
    _rows("LF015", ["ABC0001", " "], ["ABC0001", "ABC0002"], line=3),
    Case("LF023", _received({"V.DAT": b"Dear all, this is a letter.\n"}), _received({"V.txt": b"Dear all.\n"})),
    _paths("FL002", r"..\..\etc\passwd", r"..\IMAGES\ABC1.pdf"),
    _paths("FL004", r"images\abc1.PDF", r"IMAGES\ABC1.pdf"),
    Case("FL005", _matched("NATIVES/ABC0001.xlsx"), _matched("NATIVES/ABC0002.xlsx")),
    Case("FL006", _received({"a.pdf": b"%PDF-1.4 cut off"}), _received({"a.pdf": pdf_bytes([["Text"]])})),
    _paths("FL008", r"GHOST_001\IMAGES\ABC1.pdf", r"V\IMAGES\ABC1.pdf"),
    Case("FL009", _surveyed(EntryKind.LINK), _surveyed(EntryKind.FILE)),
    _paths("FL014", r"two.pdf", r"a\two.pdf"),
    Case(
        "FL015",
        lambda _: same_bytes(["a", "b"], ["11", "11"], [Part.PAGES, Part.NATIVE]),
        lambda _: same_bytes(["a", "b"], ["11", "12"], [Part.PAGES, Part.NATIVE]),
    ),
    Case("TX005", _received({"a.pdf": layered_pdf(range(5))}), _received({"a.pdf": layered_pdf(range(10))})),
    _paths("PL009", r"D:\IMAGES\ABC1.pdf", r"\IMAGES\ABC1.pdf"),
    Case("PL011", _listed("ABC-0001", "abc0002"), _listed("ABC 0001", "ABC 0002"), 1, "ABC-0001"),
    Case("SP001", _received({"pile.pdf": _pages(36, mails=True)}), _received({"report.pdf": _pages(36, mails=False)})),
    Case("SP002", _received({"pile.pdf": _pages(210, mails=False)}), _received({"few.pdf": _pages(36, mails=False)})),
]
