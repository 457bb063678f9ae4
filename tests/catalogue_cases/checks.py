"""The codes that `vaughn.receive.checks` reports."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np

from tests.catalogue_cases import Case
from tests.receive.checks.making import DAT, OPT, Doc, File, Pg, facts, run, whole
from vaughn.model import (
    DocumentKind,
    FieldSpec,
    FileRole,
    Finding,
    ImageSpec,
    Ledger,
    LedgerLine,
    ProductionOrder,
    Requirement,
    TextSource,
)
from vaughn.receive.checks import check
from vaughn.receive.facts import HashColumn, ProductionFacts

IMAGE, TEXT, NATIVE = FileRole.IMAGE, FileRole.TEXT, FileRole.NATIVE
OWED, NOT_OWED = Requirement.REQUIRED, Requirement.NOT_OWED

ORDER = ProductionOrder(
    name="test",
    title="Test order",
    source="the tests",
    banner=None,
    fields=(),
    images=ImageSpec(NOT_OWED),
    text=NOT_OWED,
    text_encoding=None,
    native_kinds=(),
    load_files=(),
)


def _case(
    code: str,
    triggers: ProductionFacts | Callable[[], ProductionFacts],
    near: ProductionFacts | Callable[[], ProductionFacts],
    *,
    order: ProductionOrder | None = None,
    line: int | None = None,
    bates: str | None = None,
) -> Case:
    def checked(given: ProductionFacts | Callable[[], ProductionFacts]) -> Callable[[Path], list[Finding]]:
        return lambda _: check(given() if callable(given) else given, order)

    return Case(code, checked(triggers), checked(near), line, bates)


def _with_pages(docs: Sequence[Doc], *, drop: Sequence[int] = (), **changes: object) -> ProductionFacts:
    """Return facts with a page row for each number, without the page rows in *drop*."""
    pages, files = whole(docs)
    pages = [page for place, page in enumerate(pages) if place not in drop]
    return facts(docs, pages, files, **changes)  # type: ignore[arg-type]


def _changed(docs: Sequence[Doc], row: int, **changes: object) -> ProductionFacts:
    """Return facts with page row *row* changed."""
    pages, files = whole(docs)
    pages[row] = replace(pages[row], **changes)  # type: ignore[arg-type]
    return facts(docs, pages, files)


TWO = run("A-", (1, 3), (4, 5))
THREE = run("A-", (1, 2), (3, 4), (5, 6))
_FIELD = FieldSpec("Custodian", "custodian", OWED, "all", "Ex. A, 3")


def _sheet(native: int) -> list[Doc]:
    return [Doc("A-0001", "A-0001", kind=DocumentKind.SPREADSHEET, native=native)]


def _mail(named: int, children: int) -> list[Doc]:
    head = Doc("A-0001", "A-0001", kind=DocumentKind.EMAIL, attachments=named)
    return [head, *(Doc(f"A-{place + 2:04d}", f"A-{place + 2:04d}", parent=0) for place in range(children))]


def _image(**changes: object) -> ProductionFacts:
    page = Pg(0, "A-0001", 0, stamped="A-0001", is_break=True, compression="ccitt-g4", dpi=300, bits=1)
    return facts(
        [Doc("A-0001", "A-0001")],
        [replace(page, **changes)],  # type: ignore[arg-type]
        [File("IMAGES/A-0001.tif", media="image/tiff", pages=1)],
    )


def _hash(stated: str) -> ProductionFacts:
    column = HashColumn("MD5", np.asarray([0]), [stated], ["d41d8cd98f00b204e9800998ecf8427e"])
    return facts(_sheet(0), [], [File("NATIVES/A-0001.xlsx", NATIVE)], hashes=[column])


def _texts(**second: object) -> ProductionFacts:
    files = [File("TEXT/A-0001.txt", TEXT, "text/plain", encoding="utf-8", chars=10)]
    files.append(replace(files[0], path="TEXT/A-0004.txt", **second))  # type: ignore[arg-type]
    return facts([replace(TWO[0], text=0), replace(TWO[1], text=1)], [], files)


def _read_from(*sources: str) -> ProductionFacts:
    """Return the facts of one document whose pages have words from these sources."""
    docs = run("A-", (1, len(sources)))
    pages, files = whole(docs)
    return facts(docs, [replace(page, source=TextSource(one)) for page, one in zip(pages, sources, strict=True)], files)


def _sent(*texts: str, released_on: date = date(2011, 1, 17)) -> ProductionFacts:
    docs = run("A-", *((number, number) for number in range(1, len(texts) + 1)))
    return facts(docs, dates={"sent_date": ("Date Sent", texts)}, load_files=[DAT], released_on=released_on)


_G4 = replace(ORDER, images=ImageSpec(OWED, ("tiff", "jpeg"), "CCITT Group IV", 300, 1))

CASES = [
    _case("PL002", _changed(TWO, 0, declared=4), _changed(TWO, 0, declared=3), line=1, bates="A-0001"),
    _case("PL003", _changed(TWO, 4, label="A-0004"), _with_pages(TWO), line=5, bates="A-0004"),
    _case("PL004", _with_pages(TWO, drop=[1]), _with_pages(TWO), bates="A-0002"),
    _case("PL005", _changed(TWO, 3, is_break=False), _with_pages(TWO), line=4, bates="A-0004"),
    _case("PL006", _changed(TWO, 1, is_break=True), _with_pages(TWO), line=2, bates="A-0002"),
    _case("PL010", _with_pages(TWO, drop=[3, 4]), _with_pages(TWO, drop=[4]), line=3, bates="A-0004"),
    _case("BN001", facts([Doc("no number here", None)]), facts([Doc("A-0001", "A-0001")]), line=2),
    _case("BN002", facts(run("A-", (9, 7))), facts(run("A-", (7, 9))), line=2, bates="A-0009"),
    _case("BN003", facts(run("A-", (1, 3), (6, 7))), facts(run("A-", (1, 3), (4, 7))), line=3, bates="A-0004"),
    _case(
        "BN004",
        facts([TWO[0], Doc("A-0006", "A-0007", volume="VOL002")]),
        facts([TWO[0], Doc("A-0004", "A-0007", volume="VOL002")]),
        bates="A-0004",
    ),
    _case("BN005", facts(run("A-", (1, 3), (3, 5))), facts(run("A-", (1, 3), (4, 5))), line=3, bates="A-0003"),
    _case(
        "BN006",
        facts([*THREE, Doc("A-00007", "A-00007")]),
        facts([*THREE, Doc("A-0007", "A-0007"), Doc("B-00001", "B-00001")]),
        line=5,
        bates="A-00007",
    ),
    _case("BN007", facts([THREE[0], THREE[2], THREE[1]]), facts([*THREE, Doc("0-0001")]), line=4, bates="A-0003"),
    _case("BN008", facts([Doc("A-0001", "A-0003", 4)]), facts([Doc("A-0001", "A-0003", 3)]), line=2),
    _case(
        "BN009",
        facts(
            [Doc("A-0001", "A-0003")], [Pg(0, None, 0, listed=False)], [File("A-0001.pdf", pages=1)], load_files=[DAT]
        ),
        _with_pages(TWO),
        bates="A-0001",
    ),
    _case("BN010", _changed(TWO, 1, stamped="A-0007"), _changed(TWO, 1, stamped="A-OOO2"), line=2, bates="A-0002"),
    _case("BN011", _changed(TWO, 1, stamped=None), _with_pages(TWO), bates="A-0002"),
    _case(
        "BN012",
        facts(TWO, earlier=[("ICE 2010-08-02", [("A-0003", "A-0003")], False)]),
        facts(TWO, earlier=[("ICE 2010-08-02", [("A-0006", "A-0009")], False)]),
        line=2,
    ),
    _case(
        "BN013",
        facts(
            run("C", (5, 5), (905, 905), (1205, 1205)),
            [Pg(document, None, document, at=page, listed=False) for document in range(3) for page in (1, 2)],
            [File(f"{place}.pdf", pages=2) for place in range(3)],
        ),
        _with_pages(THREE),
    ),
    _case("FL001", facts(TWO, missing=[(1, NATIVE, "NATIVES/A-0004.xlsx", 0, 3)]), facts(TWO), line=3, bates="A-0004"),
    _case("FL003", facts(TWO, files=[File("X.tif", used=False)]), facts(TWO, files=[File("X.tif")])),
    _case("FL007", facts(TWO, files=[File("X.tif", size=0)]), facts(TWO, files=[File("X.tif", size=1)])),
    _case(
        "FL015",
        facts(TWO, files=[File("X.tif"), File("Y.tif", same_as=0)]),
        facts(TWO, files=[File("X.tif", size=0), File("Y.tif", size=0, same_as=0)]),
    ),
    _case(
        "FL013",
        facts([Doc("A-0001", "A-0002")], [Pg(0, "A-0001", 0), Pg(0, "A-0002", 0, at=2)], [File("A.pdf", pages=1)]),
        facts([Doc("A-0001", "A-0002")], [Pg(0, "A-0001", 0), Pg(0, "A-0002", 0, at=2)], [File("A.pdf", pages=2)]),
        line=2,
        bates="A-0002",
    ),
    _case(
        "FM001",
        facts([TWO[0], replace(TWO[1], parent_text="A-0900")]),
        facts([replace(TWO[0], parent_text="A-0001"), replace(TWO[1], parent_text="A-0001", parent=0)]),
        line=3,
    ),
    _case(
        "FM002",
        facts([replace(THREE[0], family=("A-0001", "A-0006")), replace(THREE[2], family=("A-0001", "A-0006"))]),
        facts([replace(doc, family=("A-0001", "A-0006")) for doc in THREE]),
        line=2,
    ),
    _case(
        "FM003",
        facts([TWO[0], replace(TWO[1], family=("A-0001", "A-0004"))]),
        facts([TWO[0], replace(TWO[1], family=("A-0001", "A-0005"))]),
        line=3,
    ),
    _case("FM004", facts(_mail(2, 0)), facts(_mail(2, 2)), line=2, bates="A-0001"),
    _case("FM005", facts(_mail(2, 1)), facts(_mail(1, 2)), line=2, bates="A-0001"),
    _case("NT001", _hash("00000000000000000000000000000000"), _hash(" D41D8CD98F00B204E9800998ECF8427E"), line=2),
    _case(
        "NT002",
        facts(_sheet(0), [], [File("NATIVES/A-0001.xlsx", NATIVE)]),
        facts(_sheet(0), [Pg(0, "A-0001", 1)], [File("NATIVES/A-0001.xlsx", NATIVE), File("A-0001.pdf", pages=1)]),
        line=2,
    ),
    _case(
        "TX001",
        facts([replace(TWO[0], text=0), TWO[1]], [], [File("TEXT/A-0001.txt", TEXT)]),
        facts(TWO),
        line=3,
        bates="A-0004",
    ),
    _case("TX002", _texts(chars=0), _texts(chars=1)),
    _case(
        "TX003", _texts(encoding="cp1252"), _texts(encoding="utf-8-sig"), order=replace(ORDER, text_encoding="UTF-8")
    ),
    _case("TX004", _read_from("text file", "empty", "empty"), _read_from("text file", "text file", "empty"), line=2),
    _case("IM001", _image(compression="lzw"), _image(compression="group4"), order=_G4, line=1),
    _case("IM002", _image(dpi=200), _image(dpi=299), order=_G4, line=1),
    _case("IM003", _image(bits=8), _image(bits=1), order=_G4, line=1),
    _case("IM004", _image(), _image(), order=replace(ORDER, images=ImageSpec(OWED, ("pdf",)))),
    _case("IM005", _image(size=(3000.0, 2000.0)), _image(size=(1008.0, 612.0)), line=1, bates="A-0001"),
    _case("DT001", _sent("04/27/2010", "00/00/0000"), _sent("04/27/2010", "02/28/2010"), line=3),
    _case("DT002", _sent("04/05/2010", "01/02/2010"), _sent("04/05/2010", "01/20/2010"), line=2),
    _case("DT003", _sent("2010-04-27 10:00"), _sent("2010-04-27 10:00 +00:00"), line=2),
    _case("DT004", _sent("04/27/2010", "last Tuesday"), _sent("04/27/2010", "04/28/2010"), line=3),
    _case("DT005", _sent("04/27/2010", "04/28/2010", "2010-04-28"), _sent("04/27/2010", "4/28/2010"), line=4),
    _case(
        "CU001",
        facts([replace(TWO[0], custodian="Doe, Jane")]),
        facts([replace(TWO[0], custodian="ROE, Rick")]),
        order=replace(ORDER, custodians=("Rick Roe",)),
        line=2,
    ),
    _case(
        "CU002",
        facts([replace(TWO[0], custodian="Doe, Jane")]),
        facts([replace(TWO[0], custodian="Doe, Jane", all_custodians="Doe, Jane; Roe, Rick")]),
        order=replace(ORDER, custodians=("Jane Doe", "Rick Roe")),
    ),
    _case(
        "OR001",
        facts(TWO),
        facts(TWO, columns={"custodian": ("CUST", [True, True])}),
        order=replace(ORDER, fields=(_FIELD,)),
    ),
    _case(
        "OR002",
        facts(TWO, columns={"custodian": ("CUST", [True, False])}),
        facts(TWO, columns={"custodian": ("CUST", [True, True])}),
        order=replace(ORDER, fields=(_FIELD,)),
        line=3,
    ),
    _case(
        "OR003",
        facts(TWO),
        facts([replace(TWO[0], text=0), TWO[1]], [], [File("TEXT/A-0001.txt", TEXT)]),
        order=replace(ORDER, text=OWED, load_files=("dat",)),
    ),
    _case(
        "OR004",
        facts(_sheet(-1)),
        facts(_sheet(0), [], [File("A-0001.xlsx", NATIVE)]),
        order=replace(ORDER, native_kinds=("spreadsheet",)),
        line=2,
    ),
    _case("OR005", facts(TWO), _with_pages(TWO), order=replace(ORDER, images=ImageSpec(OWED)), line=2),
    _case("OR006", facts(TWO, load_files=[OPT, OPT]), facts(TWO), order=replace(ORDER, load_files=("dat", "opt"))),
    _case(
        "RP001",
        facts(TWO, earlier=[("ICE 2010-08-02", [("A-0001", "A-0007")], True)]),
        facts(
            [*TWO, Doc("B-1", "B-2", prior="A-0006")],
            earlier=[("ICE 2010-08-02", [("A-0001", "A-0005"), ("A-0006", "A-0007")], True)],
        ),
        bates="A-0006",
    ),
    _case(
        "LG001",
        facts(TWO, ledger=Ledger((LedgerLine("rows of VOL001.DAT", 3, (("documents", 2),)),))),
        facts(TWO, ledger=Ledger((LedgerLine("rows of VOL001.DAT", 3, (("documents", 2), ("duplicate", 1))),))),
    ),
]
# A JPEG page is the form for colour: it is neither Group IV nor one bit, and not a fault.
_JPEG = facts(
    [Doc("A-0001", "A-0001")],
    [Pg(0, "A-0001", 0, stamped="A-0001", source=TextSource.OCR, compression="jpeg", dpi=300, bits=24)],
    [File("IMAGES/A-0001.jpg", media="image/jpeg", pages=1)],
)
CASES = [replace(case, near=lambda _: check(_JPEG, _G4)) if case.code in ("IM004",) else case for case in CASES]
