"""All checks, one after the other, and what is not said twice."""

from __future__ import annotations

from dataclasses import dataclass

from vaughn.model import CATALOGUE, Finding, ProductionOrder, Requirement
from vaughn.receive.checks.contents import check_natives, check_texts
from vaughn.receive.checks.counts import check_counts
from vaughn.receive.checks.custodians import check_custodians
from vaughn.receive.checks.dates import check_dates
from vaughn.receive.checks.families import check_families
from vaughn.receive.checks.files import check_files
from vaughn.receive.checks.images import check_images
from vaughn.receive.checks.numbers import check_numbers
from vaughn.receive.checks.ordered import check_order
from vaughn.receive.checks.pagelists import check_page_lists
from vaughn.receive.checks.reproductions import check_reproductions
from vaughn.receive.checks.stamps import check_stamps, pages_with_number
from vaughn.receive.facts import ProductionFacts


@dataclass(frozen=True, slots=True)
class CheckNumber:
    """One of the receiver's numbered checks; numbers not listed need redaction science and are not run."""

    number: int
    title: str


CHECKS: tuple[CheckNumber, ...] = (
    CheckNumber(1, "Load files can be read: encoding, delimiters, kind"),
    CheckNumber(2, "Columns are known, and the ordered fields are there"),
    CheckNumber(3, "Every row has as many fields as the header"),
    CheckNumber(4, "Begin numbers are unique"),
    CheckNumber(5, "Bates numbers: readable, one width, in order, no gaps, no overlaps"),
    CheckNumber(6, "Page counts agree: stated, listed, received, numbered"),
    CheckNumber(7, "Every file named is there, every file there is named"),
    CheckNumber(8, "One document break for each document"),
    CheckNumber(9, "Families are whole"),
    CheckNumber(10, "Natives match their hash and have a page in their place"),
    CheckNumber(11, "Text is there, not empty, in the ordered encoding"),
    CheckNumber(14, "Page images are as ordered"),
    CheckNumber(15, "Printed numbers are those of the load file"),
    CheckNumber(18, "E-mails come with the attachments they name"),
    CheckNumber(19, "Dates exist and can be read in one way"),
    CheckNumber(20, "Custodians are those agreed on"),
    CheckNumber(21, "A re-production holds every number of the earlier one"),
)


@dataclass(frozen=True, slots=True)
class NotRun:
    """A check that could not look, or not at everything, and why; it must never read as "nothing found"."""

    number: int
    reason: str
    partly: bool = False

    def __str__(self) -> str:
        return (
            f"Check {self.number} {self.reason}" if self.partly else f"Check {self.number} was not run: {self.reason}"
        )


def not_run(facts: ProductionFacts, order: ProductionOrder | None) -> tuple[NotRun, ...]:
    """Return the checks that this production or order gives nothing to compare with."""
    pages = facts.pages
    owed = pages_with_number(facts)
    looked, total = int((owed & pages.stamp_read).sum()), int(owed.sum())
    reasons = (
        (14, order is None or order.images.requirement is Requirement.NOT_OWED, "no order says how images must be"),
        (15, not facts.stamps_looked_for, "the pages were not read for printed numbers"),
        (15, not bool(pages.label.known.any()), "no page has a number to compare with"),
        (20, order is None or not order.custodians, "no list of agreed custodians was given"),
        (21, not any(one.replaced for one in facts.earlier), "the production replaces no earlier one"),
    )
    found: dict[int, NotRun] = {}
    if 0 < looked < total:
        reason = f"looked at {looked:,} of {total:,} pages; the others are pictures that OCR has not read"
        found[15] = NotRun(15, reason, partly=True)
    for number, holds, reason in reasons:
        if holds:
            found.setdefault(number, NotRun(number, reason))
    return tuple(found.values())


# Loading says these of single documents; what it says of any other code it says of the whole production.
_TOLD_BY_NUMBER = ("BN", "FM", "LG")


def check(facts: ProductionFacts, order: ProductionOrder | None = None) -> list[Finding]:
    """Return what is wrong with a production, in the order of the catalogue.

    What loading already reported is not said again. Without an order, what only an order can ask for
    (fields, image form, natives, custodians) is not checked.
    """
    found = [
        *check_numbers(facts),
        *check_counts(facts),
        *check_page_lists(facts),
        *check_files(facts),
        *check_families(facts),
        *check_natives(facts),
        *check_texts(facts, order),
        *check_images(facts, order),
        *check_stamps(facts),
        *check_dates(facts, order),
        *check_custodians(facts, order),
        *check_order(facts, order),
        *check_reproductions(facts),
    ]
    place = {code: number for number, code in enumerate(CATALOGUE)}
    return sorted(_not_said_before(found, facts), key=lambda one: place[one.code])


def _not_said_before(found: list[Finding], facts: ProductionFacts) -> list[Finding]:
    """Return *found* without what loading reported: the same code, for single documents at the same number."""
    told = {_said(report) for report in facts.reported}
    return [one for one in found if _said(one) not in told]


def _said(one: Finding) -> tuple[str, str | None]:
    return one.code, one.place.bates if one.code.startswith(_TOLD_BY_NUMBER) else None
