"""Whoever writes under several addresses is one person in filters, lists and facts; the addresses stay beside it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from vaughn.app.people import People, people_of
from vaughn.model import Case, DocumentKind, FileRole, MailAddress, RecordFacts
from vaughn.store import Actor, CaseFile, NewFile, NewRecord, NewSource, NewStatement

ACTOR = Actor("tester", lambda: datetime(2026, 1, 2, tzinfo=UTC))
ICE, HOME = MailAddress("jpalmer@ice.example", "Palmer, Jon"), MailAddress("jon.palmer@home.example", "JP")
EXCHANGE = MailAddress("/o=dhs/cn=jpalmer", "Jon Palmer")
OTHER = MailAddress("dv@ice.example", "David V")


def mail(author: MailAddress, *to: MailAddress) -> RecordFacts:
    return RecordFacts(DocumentKind.EMAIL, "a title", author, to)


@pytest.fixture
def case(tmp_path: Path) -> Iterator[CaseFile]:
    """Three messages: from work, from home, and between others with one of them in copy under an Exchange address."""
    with CaseFile.create(tmp_path / "case", Case("A v. B"), actor=ACTOR) as made:
        with made.writing("test") as change:
            production = change.add_production("P", "ICE", released_on=date(2011, 1, 17), source="p")
            names = ("a.eml", "b.eml", "c.eml")
            files = change.add_files(production.id, [NewFile(name, FileRole.NATIVE, None, "x") for name in names])
            facts = (mail(ICE, OTHER), mail(HOME, ICE), mail(OTHER, EXCHANGE))
            change.take_in(production.id, [NewRecord(*one) for one in zip(files, names, facts, strict=True)])
        yield made


def know(case: CaseFile, *addresses: str, name: str = "Palmer, Jon") -> None:
    with case.writing("test") as change:
        source = change.source_id(NewSource("jo", "Jo Doe"))
        entity = change.entity_id("correspondent", "palmer")
        told = [NewStatement("name", name, source), *(NewStatement("address", one, source) for one in addresses)]
        change.state(entity, told)


def labels(people: People) -> dict[str, int]:
    return {one.label: count for one, count in people.counts({1, 2, 3}, most=10)}


def test_who_is_in_no_table_stands_for_an_address(case: CaseFile) -> None:
    """Nobody is merged by a guess."""
    assert labels(people_of(case)) == {
        "Palmer, Jon <jpalmer@ice.example>": 2,
        "David V <dv@ice.example>": 2,
        "JP <jon.palmer@home.example>": 1,
        "Jon Palmer </o=dhs/cn=jpalmer>": 1,
    }


def test_a_person_is_found_under_every_address(case: CaseFile) -> None:
    """A message that names two of them is one document, not two."""
    know(case, ICE.address, HOME.address, EXCHANGE.address)
    people = people_of(case)
    assert labels(people) == {"Palmer, Jon <jpalmer@ice.example> +2": 3, "David V <dv@ice.example>": 2}
    assert people.documents_of(["palmer"]) == (1, 2, 3)
    assert people.documents_of(["palmer", "nobody"]) == (1, 2, 3)
    assert people.documents_of(["dv@ice.example"]) == (1, 3)
    assert [count for _, count in people.counts({2}, most=10)] == [1]


def test_lists_name_the_people_whom_the_table_knows(case: CaseFile) -> None:
    """Also in productions, whose load files write senders as text."""
    know(case, ICE.address, HOME.address)
    people = people_of(case)
    assert people.known(HOME) == "Palmer, Jon"
    assert people.known(OTHER) is None
    assert people.in_text("JP <Jon.Palmer@home.example>; David V <dv@ice.example>") == (
        "Palmer, Jon; David V <dv@ice.example>"
    )
    assert people.in_text("jon palmer") == "Palmer, Jon"
    assert people.in_text("jpalmer@ice.example; jon.palmer@home.example") == "Palmer, Jon"
    assert people.in_text("David V <dv@ice.example>") is None
    assert people.in_text(None) is None


def test_without_a_table_lists_stay_as_they_are(case: CaseFile) -> None:
    """A name is put in the place of an address only where somebody said whose it is."""
    assert people_of(case).in_text("Palmer, Jon <jpalmer@ice.example>") is None


def test_what_is_entered_about_people_is_told_from_what_is_not(case: CaseFile) -> None:
    """The screens ask anew after that, and not after every page that OCR reads."""
    before = case.people_state()
    with case.writing("test") as change:
        change.add_check_run(1, "check", findings=())
    assert case.people_state() == before
    know(case, ICE.address)
    assert case.people_state() != before
