"""One report with something of everything, for the tests of its content and its forms."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from tests.receive.checks.making import Doc, File, facts, whole
from vaughn.model import Case, DocumentKind, FileRole, Ledger, LedgerLine, Production, ProductionState
from vaughn.receive.checks import check, field_lines, not_run
from vaughn.receive.orders import find_order
from vaughn.receive.report import DeficiencyReport, ReportSource, deficiency_report

MADE = datetime(2011, 1, 20, 14, 3, tzinfo=UTC)


def sample_report(order_name: str | None = "ndlon-2011-02-07") -> DeficiencyReport:
    """Return the report of a small production with a dozen faults."""
    docs = [
        Doc("A-0001", "A-0003", 3, kind=DocumentKind.EMAIL, attachments=2, custodian="Unit 1"),
        Doc("A-0004", "A-0005", 3, kind=DocumentKind.PAPER),
        Doc("A-0009", "A-0010", kind=DocumentKind.TEXT_DOCUMENT, parent_text="A-0900"),
        Doc("A-0010", "A-0012", kind=DocumentKind.SPREADSHEET),
        Doc("A-0040", "A-0041", volume="VOL002", kind=DocumentKind.EMAIL),
        *(Doc(f"A-{100 + place:04d}", f"A-{100 + place:04d}", kind=DocumentKind.PAPER) for place in range(150)),
    ]
    pages, files = whole(docs)
    pages[1] = replace(pages[1], stamped="A-0007")
    del pages[9]
    files.append(File("IMAGES/=HYPERLINK(evil).tif", used=False))
    order = find_order(order_name) if order_name else None
    checked = facts(
        docs,
        pages,
        files,
        missing=[(3, FileRole.NATIVE, r"NATIVES\0001\A-0010.xlsx", 0, 5)],
        columns={
            "beg_bates": ("BEGBATES", [True] * len(docs)),
            "custodian": ("CUSTODIAN", [True] + [False] * (len(docs) - 1)),
            "file_name": ("Original Filename", [True] * len(docs)),
        },
        dates={"sent_date": ("Date Sent", ["04/27/2010", "31/12/2010", "00/00/0000", *[None] * (len(docs) - 3)])},
        ledger=Ledger(
            (
                LedgerLine("rows of VOL001.DAT", 157, (("documents", 155), ("refused", 1), ("duplicate", 1))),
                LedgerLine("pages", 163, (("images received", 162), ("missing", 1))),
            )
        ),
    )
    return deficiency_report(
        ReportSource(
            case=Case("Doe Network v. Agency", "S.D.N.Y.", "1:10-cv-03488"),
            production=Production(
                1, "ICE 2011-01-17", "ICE", date(2011, 1, 17), datetime(2011, 1, 19, tzinfo=UTC),
                ProductionState.LOADED, "ICE_opt-out_production.zip",
            ),
            order=order,
            findings=tuple(check(checked, order)),
            fields=field_lines(checked, order) if order else (),
            not_run=not_run(checked, order),
            ledger=checked.ledger,
            load_files=checked.load_files,
            volumes=("VOL001", "VOL002"),
            documents=len(docs),
            pages=len(pages),
            files=len(files),
            made_at=MADE,
            version="0.1.0",
            head="ab" * 32,
        )
    )  # fmt: skip
