"""Who is meant by an address or a name: an alias table that people edit, and suggestions for it.

A person is an entity of the kind `correspondent` with addresses and names. What the table does not hold stands for
itself, under one name for one address. Nobody is merged by a guess: guesses are suggested, with their reason.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from vaughn.collect.kinds import CORRESPONDENT
from vaughn.model import Entity, MailAddress

SAME_ADDRESS = "same address, other names"
SAME_NAME = "same name, other addresses"
SAME_MAILBOX = "same mailbox name in other domains"
SAME_EXCHANGE_NAME = "Exchange address of the same mailbox name"

_SPACES = re.compile(r"\s+")
_WORD = re.compile(r"[^\W_]+")
_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]|\{[^}]*\}")
_EXCHANGE = re.compile(r"/o=|^imceaex-", re.IGNORECASE)
_LAST_CN = re.compile(r".*/cn=([^/]+)$", re.IGNORECASE)
# Addresses packed for the internet by Exchange: _ for /, +XX for other signs.
_PACKED = re.compile(r"\+([0-9a-f]{2})", re.IGNORECASE)
_GUID = re.compile(r"^[0-9a-f]{32}-?", re.IGNORECASE)
_MIN_MAILBOX = 4  # letters of a mailbox name that says who it is
# Mailboxes of offices and programs.
_ROLES = re.compile(
    "info|admin|postmaster|webmaster|no-?reply|donotreply|support|help|office|mail|press|media|contact|foia|root|news|"
    "list|hostmaster|mailer-daemon|undisclosed-recipients"
)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who writes or is written to.

    Args:
        key: Of the entity; for who is in no table, the address or the name in lower case.
        is_known: Whether the alias table names the person.
    """

    key: str
    name: str
    is_known: bool = False


@dataclass(frozen=True, slots=True)
class Aliases:
    """The alias table: folded address or name to person; what two persons share stands for neither."""

    by_address: Mapping[str, Person] = field(default_factory=dict)
    by_name: Mapping[str, Person] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Seen:
    """How often an address was seen with a name."""

    address: MailAddress
    messages: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Addresses and names that may be one person's.

    Args:
        name: The one most often seen.
        basis: Why.
        messages: Of all of them together.
    """

    name: str
    addresses: tuple[str, ...]
    aliases: tuple[str, ...]
    basis: str
    messages: int


def aliases_of(entities: Iterable[Entity]) -> Aliases:
    """Return the alias table that correspondents make; withdrawn ones do not count."""
    addresses: defaultdict[str, set[Person]] = defaultdict(set)
    names: defaultdict[str, set[Person]] = defaultdict(set)
    for entity in entities:
        if entity.kind != CORRESPONDENT.id or entity.is_withdrawn:
            continue
        person = Person(entity.key, entity.value("name") or entity.key, is_known=True)
        for text in entity.values("address"):
            addresses[folded_address(text)].add(person)
        for text in (person.name, *entity.values("alias")):
            # An Exchange address may be entered as either.
            (addresses if _EXCHANGE.search(text) else names)[
                folded_address(text) if _EXCHANGE.search(text) else folded_name(text)
            ].add(person)
    return Aliases(_sole(addresses), _sole(names))


def resolved(address: MailAddress, aliases: Aliases) -> Person:
    """Return who is meant: by the address if the table has it, else by the name, else by themselves."""
    by_address = folded_address(address.address)
    known = aliases.by_address.get(by_address) if by_address else None
    if known is None and address.name:
        known = aliases.by_name.get(folded_name(address.name))
        if known is None and _EXCHANGE.search(address.name):
            known = aliases.by_address.get(folded_address(address.name))
    return known or Person(by_address or folded_name(address.name), address.name or address.address)


def persons(addresses: Iterable[MailAddress], aliases: Aliases) -> tuple[Person, ...]:
    """Return everybody who is meant, each once, in the order they are named."""
    found: dict[str, Person] = {}
    for address in addresses:
        person = resolved(address, aliases)
        found.setdefault(person.key, person)
    return tuple(person for key, person in found.items() if key)


def folded_address(text: str) -> str:
    """Return an address as it is compared: lower case; Exchange addresses unpacked."""
    bare = text.strip().strip("<>'\"").strip().casefold()
    if bare.startswith("imceaex-"):
        packed = bare[len("imceaex-") :].partition("@")[0]
        return _PACKED.sub(lambda found: chr(int(found[1], 16)), packed.replace("_", "/"))
    return bare.removeprefix("mailto:").removeprefix("smtp:").removeprefix("ex:")


def folded_name(text: str) -> str:
    """Return a name as it is compared: ``Palmer, Jon (OPLA)`` is ``jon palmer``; initials and marks are left out."""
    bare = _BRACKETS.sub(" ", text.strip().strip("'\"")).casefold()
    last, comma, first = bare.partition(",")
    words = _WORD.findall(f"{first} {last}" if comma else bare)
    long = [word for word in words if len(word) > 1]
    return " ".join(long if len(long) > 1 else words)


def suggestions(seen: Iterable[Seen], aliases: Aliases) -> tuple[Suggestion, ...]:
    """Return what may be one person and is not in the table yet, what concerns most messages first."""
    found = _Found(seen, aliases)
    made: dict[tuple[str, ...], Suggestion] = {}
    for one in (*found.by_name(), *found.by_mailbox(), *found.by_address()):
        made.setdefault(one.addresses, one)
    return tuple(sorted(made.values(), key=lambda one: (-one.messages, one.basis, one.name, one.addresses)))


class _Found:
    """Correspondents as they were seen, gathered by address, name and mailbox."""

    def __init__(self, seen: Iterable[Seen], aliases: Aliases) -> None:
        self._aliases = aliases
        self._spelled: dict[str, Counter[str]] = {}
        self._counts: Counter[str] = Counter()
        for one in seen:
            address = folded_address(one.address.address)
            if not address:
                continue
            self._counts[address] += one.messages
            names = self._spelled.setdefault(address, Counter())
            if one.address.name and folded_address(one.address.name) != address:
                names[_SPACES.sub(" ", one.address.name.strip())] += one.messages

    def by_address(self) -> list[Suggestion]:
        return [
            self._suggestion([address], SAME_ADDRESS)
            for address, names in self._spelled.items()
            if len({folded_name(name) for name in names}) > 1 and address not in self._aliases.by_address
        ]

    def by_name(self) -> list[Suggestion]:
        same: defaultdict[str, set[str]] = defaultdict(set)
        for address, names in self._spelled.items():
            for name in names:
                folded = folded_name(name)
                if " " in folded:
                    same[folded].add(address)
        return self._merged(same.values(), SAME_NAME)

    def by_mailbox(self) -> list[Suggestion]:
        """Join mailboxes of one name where the names seen with them do not speak against it."""
        plain: defaultdict[str, set[str]] = defaultdict(set)
        exchange: defaultdict[str, set[str]] = defaultdict(set)
        for address in self._spelled:
            mailbox = _mailbox(address)
            if mailbox is not None:
                (exchange if "/cn=" in address else plain)[mailbox].add(address)
        inner = [plain[mailbox] | exchange[mailbox] for mailbox in sorted(exchange) if mailbox in plain]
        agreeing = [some for some in plain.values() if self._agree(sorted(some))]
        return [*self._merged(inner, SAME_EXCHANGE_NAME), *self._merged(agreeing, SAME_MAILBOX)]

    def _agree(self, addresses: Sequence[str]) -> bool:
        """Tell whether the names seen with addresses can be one person's: those that have names share a word."""
        words = [
            {word for name in self._spelled[address] for word in folded_name(name).split()} for address in addresses
        ]
        return all(not one or not other or one & other for one, other in pairwise(words))

    def _merged(self, groups: Iterable[set[str]], basis: str) -> list[Suggestion]:
        made = []
        for group in groups:
            addresses = sorted(group)
            if len(addresses) > 1 and not self._are_one(addresses):
                made.append(self._suggestion(addresses, basis))
        return made

    def _are_one(self, addresses: Sequence[str]) -> bool:
        """Tell whether the table says of all addresses whose they are: one person's, or different ones'."""
        return all(address in self._aliases.by_address for address in addresses)

    def _suggestion(self, addresses: Sequence[str], basis: str) -> Suggestion:
        names: Counter[str] = Counter()
        for address in addresses:
            names.update(self._spelled[address])
        ordered = [name for name, _ in sorted(names.items(), key=lambda one: (-one[1], one[0]))]
        messages = sum(self._counts[address] for address in addresses)
        return Suggestion(
            ordered[0] if ordered else addresses[0], tuple(addresses), tuple(ordered[1:]), basis, messages
        )


def _mailbox(address: str) -> str | None:
    """Return the name of a mailbox if it can say who somebody is."""
    inner = _LAST_CN.match(address)
    name = _GUID.sub("", inner[1]) if inner else address.partition("@")[0]
    bare = name.partition("+")[0]
    return None if len(bare) < _MIN_MAILBOX or _ROLES.fullmatch(bare) else bare


def _sole(found: Mapping[str, set[Person]]) -> dict[str, Person]:
    return {key: next(iter(people)) for key, people in found.items() if key and len(people) == 1}
