"""People are who the table says they are; guesses are suggested and never acted upon."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vaughn.collect.people import (
    SAME_ADDRESS,
    SAME_EXCHANGE_NAME,
    SAME_MAILBOX,
    SAME_NAME,
    Aliases,
    Person,
    Seen,
    aliases_of,
    folded_address,
    folded_name,
    persons,
    resolved,
    suggestions,
)
from vaughn.model import Confidence, Entity, MailAddress, Rank, Statement

NOW = datetime(2011, 1, 17, tzinfo=UTC)
EXCHANGE = "/O=ICE/OU=FIRST/CN=RECIPIENTS/CN=JPALMER"


def correspondent(key: str, name: str, *said: tuple[str, str]) -> Entity:
    statements = [
        Statement(number, field, value, 1, Confidence.STATED, Rank.NORMAL, None, NOW)
        for number, (field, value) in enumerate([("name", name), *said], start=1)
    ]
    return Entity(1, "correspondent", key, tuple(statements))


PALMER = correspondent(
    "palmer", "Jon Palmer", ("address", "jpalmer@ice.example"), ("address", EXCHANGE), ("alias", "Palmer, Jon R.")
)
KNOWN = Person("palmer", "Jon Palmer", is_known=True)


@pytest.mark.parametrize(
    "address",
    [
        MailAddress("jpalmer@ice.example"),
        MailAddress("jpalmer@ice.example", "somebody else"),
        MailAddress("", "Palmer, Jon"),
        MailAddress("", "'Jon R. Palmer (OPLA)'"),
        MailAddress("jp@home.example", "Jon Palmer"),
        MailAddress(EXCHANGE.lower()),
        MailAddress("IMCEAEX-_O=ICE_OU=FIRST_CN=RECIPIENTS_CN=JPALMER@ice.example".lower()),
        MailAddress("", EXCHANGE),
    ],
)
def test_a_person_is_known_by_address_name_or_exchange_address(address: MailAddress) -> None:
    """However a message names them."""
    assert resolved(address, aliases_of([PALMER])) == KNOWN


def test_who_is_not_in_the_table_stands_for_themselves() -> None:
    """One person an address, under the name it came with."""
    nobody = Aliases()
    assert resolved(MailAddress("dv@ice.example", "D V"), nobody) == Person("dv@ice.example", "D V")
    assert resolved(MailAddress("", "Venturella, David"), nobody) == Person("david venturella", "Venturella, David")


def test_what_two_people_share_stands_for_neither() -> None:
    """A shared mailbox must not be given to the first one entered."""
    other = correspondent("venturella", "David Venturella", ("address", "jpalmer@ice.example"))
    found = resolved(MailAddress("jpalmer@ice.example"), aliases_of([PALMER, other]))
    assert not found.is_known


def test_withdrawn_correspondents_do_not_count() -> None:
    """They were entered in error."""
    assert not resolved(MailAddress("jpalmer@ice.example"), aliases_of([replace(PALMER, is_withdrawn=True)])).is_known


def test_everybody_is_named_once() -> None:
    """In a list of recipients a person may stand under two addresses."""
    addresses = [
        MailAddress("a@x"),
        MailAddress("jpalmer@ice.example"),
        MailAddress("", "Palmer, Jon"),
        MailAddress(""),
    ]
    assert [person.key for person in persons(addresses, aliases_of([PALMER]))] == ["a@x", "palmer"]


def suggested(*seen: tuple[str, str, int], known: Aliases | None = None) -> list[tuple[str, tuple[str, ...], str]]:
    found = suggestions([Seen(MailAddress(address, name), count) for address, name, count in seen], known or Aliases())
    return [(one.basis, one.addresses, one.name) for one in found]


def test_other_names_of_one_address_are_suggested() -> None:
    """``Palmer, Jon`` and ``Jon Palmer`` are one name already."""
    assert suggested(("a@x", "Palmer, Jon", 3), ("a@x", "Jon Palmer", 1)) == []
    assert suggested(("a@x", "Palmer, Jon", 3), ("a@x", "Chief of Staff", 1)) == [
        (SAME_ADDRESS, ("a@x",), "Palmer, Jon")
    ]


def test_other_addresses_of_one_name_are_suggested() -> None:
    """At work and at home; a first name alone says nothing."""
    assert suggested(("jp@ice.example", "Palmer, Jon", 3), ("jon@home.example", "Jon R. Palmer", 9)) == [
        (SAME_NAME, ("jon@home.example", "jp@ice.example"), "Jon R. Palmer")
    ]
    assert suggested(("jp@ice.example", "Jon", 3), ("jon@home.example", "Jon", 9)) == []


def test_one_mailbox_name_in_two_domains_is_suggested() -> None:
    """An agency changed its domain; not if the names speak against it, and not for an office."""
    assert suggested(("jpalmer@ice.example", "", 1), ("jpalmer@dhs.example", "", 1)) == [
        (SAME_MAILBOX, ("jpalmer@dhs.example", "jpalmer@ice.example"), "jpalmer@dhs.example")
    ]
    assert suggested(("jpalmer@ice.example", "Jon Palmer", 1), ("jpalmer@dhs.example", "Jane Doe", 1)) == []
    assert suggested(("info@ice.example", "", 1), ("info@dhs.example", "", 1)) == []


def test_an_exchange_address_is_suggested_beside_its_mailbox() -> None:
    """Inside an office messages have no internet addresses."""
    assert suggested((EXCHANGE, "Palmer", 1), ("jpalmer@ice.example", "", 1)) == [
        (SAME_EXCHANGE_NAME, (EXCHANGE.lower(), "jpalmer@ice.example"), "Palmer")
    ]


def test_what_the_table_says_is_not_suggested_again() -> None:
    """Also not what it keeps apart."""
    other = correspondent("other", "Other Palmer", ("address", "jpalmer@dhs.example"))
    known = aliases_of([PALMER, other])
    assert suggested(("jpalmer@ice.example", "", 1), ("jpalmer@dhs.example", "", 1), known=known) == []


@settings(deadline=None)
@given(st.text(max_size=40))
def test_folding_twice_is_folding_once(text: str) -> None:
    """What is compared is in one form."""
    assert folded_name(folded_name(text)) == folded_name(text)
    assert isinstance(folded_address(text), str)
