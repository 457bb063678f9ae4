"""The codes that loading reports, each shown on a small production received as a user would receive it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import pikepdf

from tests.catalogue_cases import Case
from tests.receive.volumes import dat, opt, pdf_bytes, write_tree
from vaughn.model import Case as Matter
from vaughn.model import Finding
from vaughn.receive import receive
from vaughn.receive.checks.steps import check_production
from vaughn.store import Actor, CaseFile, FindingQuery

Files = Mapping[str, bytes | str]
HEAD = ("Begin Bates", "End Bates", "Custodian", "Native Link")
ROWS = [("A-0001", "A-0001", "Unit 1", ""), ("A-0002", "A-0002", "Unit 2", ""), ("A-0003", "A-0003", "Unit 3", "")]
GOOD = dat(HEAD, ROWS)
PAGES = [(f"A-000{number}", rf"IMAGES\A-000{number}.pdf", True, 1) for number in (1, 2, 3)]
IMAGES = {f"IMAGES/A-000{number}.pdf": pdf_bytes([["Text", f"A-000{number}"]]) for number in (1, 2, 3)}
OPT = opt(PAGES)


# Many cases have the same good volume as their neighbour: it is received once.
_SEEN: dict[tuple[tuple[str, bytes | str], ...], list[Finding]] = {}


def _findings(folder: Path, prepare: Callable[[Path], None]) -> list[Finding]:
    root = folder / "VOL"
    root.mkdir()
    prepare(root)
    actor = Actor("test", lambda: datetime(2026, 1, 1, tzinfo=UTC))
    with CaseFile.create(folder / "case", Matter("Doe v. Agency"), actor=actor) as case:
        production = receive(case, root, agency="DOJ", released_on=date(2025, 12, 19)).production_id
        check_production(case, production)
        return [one.finding for one in case.findings(FindingQuery(limit=None)).rows]


def _received(files: Files | Callable[[Path], None]) -> Callable[[Path], list[Finding]]:
    def prepare(root: Path) -> None:
        if callable(files):
            files(root)
        else:
            write_tree(root, files)

    def found(folder: Path) -> list[Finding]:
        if callable(files):
            return _findings(folder, prepare)
        key = tuple(files.items())
        if key not in _SEEN:
            _SEEN[key] = _findings(folder, prepare)
        return _SEEN[key]

    return found


def _case(
    code: str,
    triggers: Files | Callable[[Path], None] | bytes,
    near: Files | Callable[[Path], None] | bytes = GOOD,
    *,
    line: int | None = None,
) -> Case:
    """Return a case of two productions; bytes stand for a production that holds nothing but ``VOL001.DAT``."""
    given = [{"VOL001.DAT": files} if isinstance(files, bytes) else files for files in (triggers, near)]
    return Case(code, _received(given[0]), _received(given[1]), line)


def _changed(old: str, new: str) -> bytes:
    assert old in GOOD.decode()
    return GOOD.decode().replace(old, new, 1).encode()


def _volume(**changes: bytes | str | None) -> dict[str, bytes | str]:
    """Return a whole volume; a change is the new content of a file (`None`: it is left out)."""
    files: dict[str, bytes | str | None] = {"VOL001.DAT": GOOD, "VOL001.OPT": OPT, **IMAGES, **changes}
    return {name: content for name, content in files.items() if content is not None}


def _listed(path: str) -> dict[str, bytes | str]:
    """Return a volume whose page list calls the second page's file *path*."""
    return _volume(**{"VOL001.OPT": opt([PAGES[0], (PAGES[1][0], path, True, 1), PAGES[2]])})


def _zipped(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _linked(root: Path) -> None:
    write_tree(root, _volume())
    (root / "IMAGES" / "A-0001.pdf").unlink()
    (root / "IMAGES" / "A-0001.pdf").symlink_to(root / "IMAGES" / "A-0002.pdf")


def _locked(text: str) -> bytes:
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf_bytes([[text]]))) as pdf:
        pdf.save(buffer, encryption=pikepdf.Encryption(owner="a", user="b"))
    return buffer.getvalue()


def _pile(pages: int, *, numbered: bool) -> dict[str, bytes | str]:
    """Return one large PDF of letters of three pages each, with or without page counters."""
    lines = [
        [f"MEMORANDUM FOR Unit {page // 3}", "Subject: opting out", f"Page {page % 3 + 1} of 3"]
        if numbered and page % 3 == 0
        else ["The text goes on", f"Page {page % 3 + 1} of 3" if numbered else "and on"]
        for page in range(pages)
    ]
    return {"production.pdf": pdf_bytes(lines)}


def _long_list(page_list: bytes | str) -> dict[str, bytes | str]:
    return {"VOL001.DAT": LONG_DAT, "VOL001.OPT": page_list}


NINE = [f"A-000{number}" for number in range(1, 10)]
LONG_DAT = dat(HEAD, [(number, number, "Unit", "") for number in NINE])
LONG_OPT = opt([(number, rf"IMAGES\{number}.pdf", True, 1) for number in NINE])
# A box holds several folders: the column that is marked less often is the box.
FOLDERS = "".join(f"{n},V,IMAGES\\{n}.pdf,Y,Y,{'Y' if n == 'A-0001' else ''},1\n" for n in NINE)
BOXES = "".join(f"{n},V,IMAGES\\{n}.pdf,Y,{'Y' if n == 'A-0001' else ''},Y,1\n" for n in NINE)
WIDE = dat(("Begin Bates", "End Bates", "Custodian", "Custodian"), ROWS)
UNKNOWN = dat(("Begin Bates", "End Bates", "Custodian", "Workflow Status"), ROWS)
PIPES = GOOD.decode().replace("\x14", "|").replace("þ", "^").encode()
CP1252 = _changed("Unit 2", "Café 2").decode().encode("cp1252")
DII = "@T A-0001\n@C CUSTODIAN Unit 1\n@D @I IMAGES\\\nA-0001.pdf\n"
LFP = "IM,A-0001,D,0,@VOL001;IMAGES;A-0001.pdf;7\n"

CASES = [
    _case("LF001", b"", line=1),
    _case("LF002", GOOD.replace(b"Unit 2", b"Unit \xff\xfe 2").replace(b"Unit 3", "Unité 3".encode()), line=3),
    _case("LF003", CP1252, b"\xef\xbb\xbf" + GOOD),
    _case("LF004", GOOD.replace(b"Unit 2", "Unité 2".encode()).replace(b"Unit 3", "Café 3".encode("cp1252"))),
    _case("LF005", GOOD.split(b"\r\n", 1)[1]),
    _case("LF006", GOOD + GOOD, line=5),
    _case("LF007", WIDE, line=1),
    _case("LF008", UNKNOWN),
    _case("LF009", _changed("þ\x14þUnit 2þ\x14þþ", "þ\x14þUnit 2þ"), line=3),
    _case("LF010", _changed("þUnit 2þ", "þUnit 2þ\x14þmoreþ"), line=3),
    _case("LF011", _changed("þUnit 2þ", "þUnit 2"), line=3),
    _case("LF012", _changed("þUnit 2þ", "þUnit\r\n2þ"), _changed("þUnit 2þ", "þUnit®2þ"), line=3),
    _case("LF013", GOOD.replace(b"\r\n", b"\n", 2), GOOD.replace(b"\r\n", b"\n")),
    _case("LF014", dat(HEAD, [ROWS[0], ROWS[1], ROWS[1]]), line=4),
    _case("LF015", dat(HEAD, [ROWS[0], ("", "", "Unit 2", ""), ROWS[2]]), line=3),
    _case("LF016", bytes(range(256)) * 20),
    _case("LF017", b"x" * 300_000, GOOD),
    _case("LF018", GOOD[: GOOD.index(b"Unit 3")]),
    _case("LF019", _changed("þUnit 2þ", "xþUnit 2þ"), line=3),
    _case("LF020", PIPES),
    _case("LF021", GOOD.decode().replace("þ", "Ã¾").encode()),
    _case("LF022", GOOD.split(b"\r\n")[0] + b"\r\n"),
    _case("LF023", {"VOL001.DAT": GOOD, "more.zip": b"no archive"}, {"VOL001.DAT": GOOD, "more.zip": _zipped(a=b"x")}),
    _case("LF024", {"VOL001.DII": DII + "@ZZZ 1\n", **IMAGES}, {"VOL001.DII": DII, **IMAGES}),
    _case("LF025", dat(("Custodian", "File Name"), [("Unit 1", "a.doc"), ("Unit 2", "b.doc"), ("Unit 3", "c.doc")])),
    _case("PL001", _volume(**{"VOL001.OPT": opt([(*PAGES[0][:2], False, 1), *PAGES[1:]])}), _volume(), line=1),
    _case("PL007", _long_list(LONG_OPT.replace(b"0002.pdf", b"0002,.pdf")), _long_list(LONG_OPT), line=2),
    _case("PL008", _long_list(BOXES), _long_list(FOLDERS)),
    _case("PL009", _listed(r"D:\IMAGES\A-0002.pdf"), _listed(r"IMAGES\A-0002.pdf")),
    _case("FL002", _listed(r"..\..\IMAGES\A-0002.pdf"), _listed(r".\IMAGES\A-0002.pdf")),
    _case("FL004", _listed(r"images\a-0002.PDF"), _volume()),
    _case("FL005", _volume(**{"NATIVES/A-0002.xlsx": b"cells"}), _volume()),
    _case("FL006", _volume(**{"IMAGES/A-0002.pdf": b"%PDF-1.4\nbroken"}), _volume()),
    _case("FL008", _listed(r"\VOL001\IMAGES\A-0002.pdf"), _volume()),
    _case("FL009", _linked, _volume()),
    _case("FL010", {"more.zip": _zipped(**{"../../a.txt": b"x", "VOL001.DAT": GOOD})}, {"more.zip": _zipped(a=b"x")}),
    _case(
        "FL011", {"more.zip": _zipped(**{"a.txt": b"0" * 400_000_000})}, {"more.zip": _zipped(**{"a.txt": b"0" * 4000})}
    ),
    _case("FL012", _volume(**{"IMAGES/A-0002.pdf": _locked("A-0002")}), _volume()),
    _case("FL014", {**_listed("A-0002.pdf"), "B/A-0002.pdf": IMAGES["IMAGES/A-0001.pdf"]}, _volume()),
    _case("SP001", _pile(120, numbered=True), _pile(3, numbered=True)),
    _case("SP002", _pile(210, numbered=False), _pile(3, numbered=False)),
]
