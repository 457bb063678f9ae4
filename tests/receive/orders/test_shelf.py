"""Profiles are found by name or by path, and the shipped ones say what they are."""

import pytest

from vaughn.model import InputError
from vaughn.receive.orders import find_order, shipped_orders


def test_the_withdrawn_order_says_so():
    """The order of February 2011 was withdrawn; it may never look like law."""
    order = find_order("ndlon-2011-02-07")
    assert order.banner is not None
    assert "withdrawn on 17 June 2011, no precedential value" in order.banner
    text = " ".join([order.title, order.source, order.banner, *(field.cites for field in order.fields)])
    assert "required by law" not in text.replace("nothing in it is required by law", "")


def test_only_the_nine_confirmed_fields_are_confirmed():
    """Fields from recollection must be marked, one by one."""
    fields = find_order("ndlon-2011-02-07").fields
    assert [field.name for field in fields if field.confirmed] == [
        "Identifier",
        "File Name",
        "Custodian",
        "Source Device",
        "Source Path",
        "Production Path",
        "Modified Date",
        "Modified Time",
        "Time Offset Value",
    ]
    assert {field.applies_to for field in fields if not field.confirmed} == {"e-mail", "paper"}


def test_every_shipped_profile_has_a_banner():
    """None of them is an order in force, and the reader has to know."""
    assert {order.name for order in shipped_orders()} == {"doj-atr", "ndlon-2011-02-07", "pdf-foia"}
    assert all(order.banner for order in shipped_orders())


def test_an_own_file_is_read_from_its_path(tmp_path):
    """An office keeps its stipulations where it likes; Windows editors begin them with a byte order mark."""
    path = tmp_path / "our own.toml"
    path.write_bytes(b'\xef\xbb\xbftitle = "T"\r\nsource = "S"\r\n')
    assert find_order(str(path)).name == "our own"


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00", b"x" * 1_000_001], ids=["missing", "binary", "huge"])
def test_what_is_no_profile_is_refused_with_a_way_on(tmp_path, content):
    """A wrong path must not end in a traceback."""
    path = tmp_path / "own.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        find_order(str(path))
    assert caught.value.hint
