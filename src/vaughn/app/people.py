"""The people of a case, by its alias table: in which records each is named, and who is meant by an address."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from vaughn.collect import Aliases, Person, alias_table, resolved
from vaughn.model import MailAddress
from vaughn.store import CaseFile

_ADDRESSED = re.compile(r"(?P<name>[^<>]*?)\s*<(?P<address>[^<>]*)>")


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """Somebody whom records name.

    Args:
        name: As the alias table has it; of who is not in it, the name most often seen, empty if there is none.
        addresses: Those under which records name the person, most frequent first; names where there is no address.
        documents: Ids of the documents, copies too.
    """

    person: Person
    name: str
    addresses: tuple[str, ...]
    documents: frozenset[int]

    @property
    def label(self) -> str:
        """Name and address as they are shown; of several addresses the first, and how many there are besides."""
        first, more = self.addresses[0], len(self.addresses) - 1
        shown = f"{self.name} <{first}>" if self.name and self.name != first else first
        return f"{shown} +{more}" if more else shown


@dataclass(frozen=True, slots=True)
class People:
    """Everybody whom the records of a case name, by key, and the alias table that says who is one."""

    aliases: Aliases = field(default_factory=Aliases)
    by_key: Mapping[str, NamedPerson] = field(default_factory=dict)

    def documents_of(self, keys: Iterable[str]) -> tuple[int, ...]:
        """Return the documents that name any of these people, under whatever address."""
        found: set[int] = set()
        for key in keys:
            if key in self.by_key:
                found |= self.by_key[key].documents
        return tuple(sorted(found))

    def counts(self, among: Collection[int], *, most: int) -> list[tuple[NamedPerson, int]]:
        """Return who is named in how many of the documents *among*, the most frequent first."""
        chosen = frozenset(among)
        counted = [(one, len(one.documents & chosen)) for one in self.by_key.values()]
        found = sorted((pair for pair in counted if pair[1]), key=lambda pair: (-pair[1], pair[0].label))
        return found[:most]

    def known(self, address: MailAddress) -> str | None:
        """Return the name of the person whom the alias table says is meant; `None` if it does not say."""
        person = resolved(address, self.aliases)
        return person.name if person.is_known else None

    def in_text(self, text: str | None) -> str | None:
        """Return a list of correspondents with the people's names for those the alias table knows; `None` if none."""
        if not text or not (self.aliases.by_address or self.aliases.by_name):
            return None
        parts = [part.strip() for part in text.split(";")]
        named = [self.known(_address_in(part)) for part in parts]
        if not any(named):
            return None
        return "; ".join(dict.fromkeys(name or part for name, part in zip(named, parts, strict=True)))


def _address_in(text: str) -> MailAddress:
    found = _ADDRESSED.fullmatch(text)
    if found is not None:
        return MailAddress(found["address"].lower(), found["name"].strip("\"' "))
    return MailAddress(text.lower(), "") if "@" in text else MailAddress("", text)


def people_of(case: CaseFile) -> People:
    """Return everybody whom the records of a case name, copies too."""
    aliases = alias_table(case)
    persons: dict[tuple[str, str], Person] = {}
    documents: defaultdict[Person, set[int]] = defaultdict(set)
    spelled: defaultdict[Person, Counter[str]] = defaultdict(Counter)
    names: defaultdict[Person, Counter[str]] = defaultdict(Counter)
    for one in case.named_addresses():
        written = (one.address, one.name)
        person = persons.get(written)
        if person is None:
            person = resolved(MailAddress(*written), aliases)
            # Of who is in no table, the address says who it is, however the name beside it is spelled.
            persons[written] = person = person if person.is_known else Person(person.key, "")
        if not person.key:
            continue
        documents[person].add(one.document_id)
        spelled[person][one.address or one.name] += 1
        if one.address and one.name:
            names[person][one.name] += 1
    return People(
        aliases,
        {
            person.key: NamedPerson(
                person,
                person.name or _most(names[person]),
                tuple(text for text, _ in sorted(spelled[person].items(), key=lambda pair: (-pair[1], pair[0]))),
                frozenset(held),
            )
            for person, held in documents.items()
        },
    )


def _most(counted: Counter[str]) -> str:
    return min(counted, key=lambda name: (-counted[name], name), default="")
