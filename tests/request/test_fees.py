"""What each category pays, and what an agency that asks too much is told."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.request.said import said
from vaughn.model import InputError
from vaughn.request import FeeCharge, charges_of, fee_worksheet

CHARGES = (
    FeeCharge("search", Decimal(5), Decimal(40)),
    FeeCharge("review", Decimal(3), Decimal(40)),
    FeeCharge("copies", Decimal(250), Decimal("0.10")),
)


@pytest.mark.parametrize(
    ("category", "late", "owed"),
    [
        ("commercial", False, ["200.00", "120.00", "25.00"]),
        ("news media", False, ["0.00", "0.00", "15.00"]),
        ("educational or scientific", False, ["0.00", "0.00", "15.00"]),
        ("other", False, ["120.00", "0.00", "15.00"]),
        ("other", True, ["0.00", "0.00", "15.00"]),
        ("news media", True, ["0.00", "0.00", "0.00"]),
        ("commercial", True, ["0.00", "120.00", "25.00"]),
    ],
)
def test_each_category_pays_its_own(category: str, late: bool, owed: list[str]) -> None:
    """Two hours of search and a hundred pages are free for most; a late agency loses its search fees."""
    sheet = fee_worksheet(category, CHARGES, is_late=late)
    assert [str(line.owed) for line in sheet.lines] == owed
    assert str(sheet.asked) == "345.00"


def test_free_pages_are_counted_once_over_all_copies() -> None:
    """Two batches of sixty pages are a hundred and twenty pages."""
    batch = FeeCharge("copies", Decimal(60), Decimal("0.10"))
    assert [line.chargeable for line in fee_worksheet("other", [batch, batch]).lines] == [0, 20]


def test_a_waiver_frees_everything() -> None:
    """And says so on each line."""
    sheet = fee_worksheet("commercial", CHARGES, is_waived=True)
    assert sheet.owed == 0
    assert {line.why for line in sheet.lines} == {"fees were waived"}
    assert not sheet.advance_may_be_asked


def test_payment_in_advance_needs_more_than_250_dollars() -> None:
    """Exactly 250 is not more."""
    charge = FeeCharge("search", Decimal(1), Decimal(250))
    assert not fee_worksheet("commercial", [charge]).advance_may_be_asked
    assert fee_worksheet("commercial", [charge, charge]).advance_may_be_asked


@pytest.mark.parametrize("quantity", ["many", "-1", "NaN", "Infinity", "1e999999999"])
def test_a_quantity_that_is_none_is_refused(quantity: str) -> None:
    """The line is named."""
    line = said("request-fee/a", request="request/ice", what="search", quantity=quantity, rate="40")
    with pytest.raises(InputError, match="request-fee/a: quantity"):
        charges_of([line], "request/ice")


def test_an_unknown_category_is_refused() -> None:
    """The message lists what there is."""
    with pytest.raises(InputError, match="no fee category") as raised:
        fee_worksheet("friend", [])
    assert "news media" in str(raised.value.hint)
