"""Tables of agencies as people keep them."""

from __future__ import annotations

import pytest

from tests.request.said import said
from vaughn.model import InputError
from vaughn.request import foia_gov_fields
from vaughn.request.agencies import read_agencies


def test_headers_are_recognised_by_many_names() -> None:
    """Ids, titles and what people write."""
    table = read_agencies(
        b"Agency,Abbreviation,E-mail Address,Parent Agency,Shoe size\r\nImmigration,ICE,a@b.gov,DHS,44\r\n",
        name="a.csv",
    )
    assert table.rows[0].key == "ice"
    assert dict(table.rows[0].values) == {"name": "Immigration", "short": "ICE", "email": "a@b.gov", "parent": "DHS"}
    assert table.unknown_columns == ("Shoe size",)


def test_a_short_row_is_told_and_the_rest_stands() -> None:
    """Nothing is dropped in silence."""
    table = read_agencies(b"name,short\nImmigration,ICE\nBureau\n,X\n\nOffice,OLC\n", name="a.csv")
    assert [row.key for row in table.rows] == ["ice", "olc"]
    assert [fault.split(" ")[1] for fault in table.faults] == ["3", "4"]


@pytest.mark.parametrize("content", [b"", b"colour,size\nred,4\n", b'name\n"open\n', b"\x00\x01\xff"])
def test_what_is_no_table_is_refused(content: bytes) -> None:
    """With what to write instead."""
    with pytest.raises(InputError):
        read_agencies(content, name="a.csv")


def test_the_fields_of_foia_gov() -> None:
    """Names as its interface has them; who asks is left to the person."""
    request = said("request/ice", text="All records", waiver_asked="yes", waiver_reason="Public interest")
    fields = foia_gov_fields(request, said("agency/ice", name="ICE", parent="agency/dhs"), [said("party/a", name="A")])
    assert (fields["agency"], fields["agency_component_name"]) == ("dhs", "ICE")
    assert fields["fee_waiver"] is True
    assert fields["expedited_processing"] is False
    assert "name_first" not in fields
    with pytest.raises(InputError, match="request_description"):
        foia_gov_fields(said("request/x", text="a" * 10_001), None, [])
