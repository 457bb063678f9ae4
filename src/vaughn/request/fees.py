"""What a request may cost: who pays for search, review and copies, and the worksheet of one request.

Rules of 5 U.S.C. 552(a)(4)(A) and (a)(6)(A)-(B) as far as DOMAIN confirms them; rates are the agency's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from vaughn.model import Entity, InputError

FREE_PAGES = 100
FREE_SEARCH_HOURS = Decimal(2)
ADVANCE_ABOVE = Decimal(250)  # dollars: above this an agency may ask for payment in advance
_CENT = Decimal("0.01")
_TOO_MUCH = Decimal(1_000_000_000)  # hours, pages or dollars: a slip of the pen


@dataclass(frozen=True, slots=True)
class FeeCategory:
    """What a category of requester pays for; free search hours and copied pages come off first."""

    name: str
    pays_search: bool
    pays_review: bool
    free_search_hours: Decimal
    free_pages: int


CATEGORIES: Mapping[str, FeeCategory] = {
    one.name: one
    for one in (
        FeeCategory("commercial", True, True, Decimal(0), 0),
        FeeCategory("educational or scientific", False, False, Decimal(0), FREE_PAGES),
        FeeCategory("news media", False, False, Decimal(0), FREE_PAGES),
        FeeCategory("other", True, False, FREE_SEARCH_HOURS, FREE_PAGES),
    )
}


@dataclass(frozen=True, slots=True)
class FeeCharge:
    """One kind of work.

    Args:
        what: ``search``, ``review``, ``copies`` or ``other``.
        quantity: Hours, or pages for copies.
        rate: Dollars an hour or page.
        asked: Dollars the agency asked for, `None` if it named only quantity and rate.
    """

    what: str
    quantity: Decimal
    rate: Decimal
    asked: Decimal | None = None


@dataclass(frozen=True, slots=True)
class WorksheetLine:
    """A charge as asked, and as the category lets it be charged."""

    charge: FeeCharge
    chargeable: Decimal
    owed: Decimal
    asked: Decimal
    why: str


@dataclass(frozen=True, slots=True)
class FeeWorksheet:
    """All charges of a request."""

    category: FeeCategory
    lines: tuple[WorksheetLine, ...]
    is_waived: bool
    is_late: bool

    @property
    def owed(self) -> Decimal:
        """Dollars that can be charged."""
        return sum((line.owed for line in self.lines), Decimal(0))

    @property
    def asked(self) -> Decimal:
        """Dollars asked for."""
        return sum((line.asked for line in self.lines), Decimal(0))

    @property
    def advance_may_be_asked(self) -> bool:
        """Whether the amount is high enough for payment in advance."""
        return self.owed > ADVANCE_ABOVE


def fee_worksheet(
    category: str, charges: Iterable[FeeCharge], *, is_waived: bool = False, is_late: bool = False
) -> FeeWorksheet:
    """Return what of *charges* can be charged.

    Args:
        is_late: The agency missed its limit and no exception was shown: search is free, and for requesters who pay
            no search, copies are.

    Raises:
        InputError: If there is no such category.
    """
    if category not in CATEGORIES:
        raise InputError(f"There is no fee category {category[:60]!r}.", hint=f"There are: {', '.join(CATEGORIES)}.")
    known = CATEGORIES[category]
    free = {"search": known.free_search_hours, "copies": Decimal(known.free_pages)}
    lines = []
    for charge in charges:
        why = _free_because(known, charge.what, is_waived=is_waived, is_late=is_late)
        left = free.get(charge.what, Decimal(0))
        taken = min(left, charge.quantity)
        free[charge.what] = left - taken
        chargeable = Decimal(0) if why else charge.quantity - taken
        if not why and taken:
            why = f"the first {taken.normalize():f} are free"
        owed = (chargeable * charge.rate).quantize(_CENT, ROUND_HALF_UP)
        asked = charge.asked if charge.asked is not None else charge.quantity * charge.rate
        lines.append(WorksheetLine(charge, chargeable, owed, asked.quantize(_CENT, ROUND_HALF_UP), why))
    return FeeWorksheet(known, tuple(lines), is_waived, is_late)


def _free_because(category: FeeCategory, what: str, *, is_waived: bool, is_late: bool) -> str:
    if is_waived:
        return "fees were waived"
    if what == "review" and not category.pays_review:
        return f"{category.name} requesters pay no review"
    if what == "search" and not category.pays_search:
        return f"{category.name} requesters pay no search"
    if is_late and what == "search":
        return "the agency was late"
    if is_late and what == "copies" and not category.pays_search:
        return "the agency was late"
    return ""


def charges_of(entities: Iterable[Entity], request: str) -> tuple[FeeCharge, ...]:
    """Return the charges entered for one request.

    Raises:
        InputError: If a quantity is no number; names the line.
    """
    return tuple(
        FeeCharge(
            entity.value("what") or "other",
            _number(entity, "quantity", Decimal(1)),
            _number(entity, "rate", Decimal(0)),
            None if entity.value("amount") is None else _number(entity, "amount", Decimal(0)),
        )
        for entity in entities
        if entity.kind == "request-fee" and entity.value("request") == request and not entity.is_withdrawn
    )


def _number(entity: Entity, field: str, default: Decimal) -> Decimal:
    text = entity.value(field)
    if text is None:
        return default
    try:
        number = Decimal(text.replace(",", ""))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or not 0 <= number < _TOO_MUCH:
        raise InputError(
            f"{entity.reference}: {field} is no number of hours or pages.", hint="Write it like 12 or 2.5."
        )
    return number
