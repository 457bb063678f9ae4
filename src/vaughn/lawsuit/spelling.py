"""Names and web addresses that are written in more than one way."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from vaughn.lawsuit.contradiction import Contradiction, Rule, Weight, by_whom, in_a_row, quoted
from vaughn.lawsuit.names import folded_name, is_near, words_of
from vaughn.lawsuit.suit import Said, Suit
from vaughn.lawsuit.values import Named, Person, SuitValue
from vaughn.model import EntityField, Statement, ValueKind

# Shorter surnames are too near to common words.
MIN_SURNAME_LETTERS = 7
# Of more names that are all alike, e.g. John Does by number, no pair is told.
MAX_ALIKE = 20
_NAME_FIELDS = ("name", "alias", "misspelling")


def known_misspellings(suit: Suit) -> Iterator[Contradiction]:
    """Yield the wrong spellings that somebody found in a source."""
    for named in suit.all_of(Named):
        says = suit.said(named, "misspelling")
        for wrong in dict.fromkeys(one.value for one in says):
            who = [one for one in says if one.value == wrong]
            text = f"{by_whom(who)}: {quoted(wrong)} stands for {quoted(named.title)}."
            right = suit.said(named, suit.kind_of(named).title_field)
            yield Contradiction(
                Rule.SPELLING, Weight.CONTRADICTION, named.reference, f"misspelling:{wrong}", text, (*who, *right[:1])
            )


def near_names(suit: Suit) -> Iterator[Contradiction]:
    """Yield names that are another name of the same kind but for one slip: one of them is probably wrong."""
    # Two names that differ by one slip become equal when each loses at most one letter.
    shortened: defaultdict[tuple[str, str], list[Named]] = defaultdict(list)
    for named in suit.all_of(Named):
        name = folded_name(named.title)
        for key in {name, *(name[:at] + name[at + 1 :] for at in range(len(name)))}:
            shortened[named.entity.kind, key].append(named)
    seen: set[tuple[str, str]] = set()
    for group in shortened.values():
        for place, one in enumerate(group[:MAX_ALIKE]):
            for other in group[place + 1 : MAX_ALIKE]:
                pair = (one.reference, other.reference)
                if pair not in seen:
                    seen.add(pair)
                    if is_near(folded_name(one.title), folded_name(other.title)):
                        yield _near(one, other, suit)


def _near(one: Named, other: Named, suit: Suit) -> Contradiction:
    field = suit.kind_of(one).title_field
    says = (*suit.said(one, field), *suit.said(other, field))
    text = f"{quoted(one.title)} and {quoted(other.title)} differ by a slip: one of them is probably wrong."
    return Contradiction(Rule.SPELLING, Weight.NOTE, one.reference, f"near:{other.reference}", text, says)


def near_surnames(suit: Suit) -> Iterator[Contradiction]:
    """Yield texts that write a known surname with a slip nobody has noted yet."""
    surnames = {
        words[-1]: person
        for person in suit.all_of(Person)
        if (words := words_of(person.title)) and len(words[-1]) >= MIN_SURNAME_LETTERS
    }
    if not surnames:
        return
    known = {
        word
        for named in suit.all_of(Named)
        for text in (named.title, *named.other_names, *named.misspellings)
        for word in words_of(text)
    }
    meant: dict[str, Person | None] = dict.fromkeys(known)
    for value, said in _texts(suit):
        for word in dict.fromkeys(words_of(said.value)):
            if word not in meant:
                meant[word] = next((person for name, person in surnames.items() if _is_slip(word, name)), None)
            person = meant[word]
            if person is not None:
                text = f"{value.title}: {quoted(word)} is nearly {quoted(person.title)}."
                field = f"{said.field}:{word}"
                said_by = (suit.with_source(said),)
                yield Contradiction(Rule.SPELLING, Weight.NOTE, value.reference, field, text, said_by)


def _texts(suit: Suit) -> Iterator[tuple[SuitValue, Statement]]:
    """Yield every statement that is text, and no name."""
    for value in suit.by_reference.values():
        read = {field.id for field in suit.kind_of(value).fields if _is_text(field)}
        for said in value.entity.statements:
            if said.field in read:
                yield value, said


def _is_text(field: EntityField) -> bool:
    return field.kind in (ValueKind.TEXT, ValueKind.PROSE) and field.id not in _NAME_FIELDS


def _is_slip(word: str, name: str) -> bool:
    return is_near(word, name) and word not in (f"{name}s", f"{name}es")


@dataclass(frozen=True, slots=True)
class _Written:
    """A web address as somebody wrote it."""

    text: str
    host: str
    rest: str
    reference: str
    said: Said

    @property
    def bare_host(self) -> str:
        """The host without regard to case and a leading www."""
        return self.host.casefold().removeprefix("www.")


def addresses_written_otherwise(suit: Suit) -> Iterator[Contradiction]:
    """Yield web addresses that lead to one place and are written in several ways."""
    places: defaultdict[tuple[str, str], list[_Written]] = defaultdict(list)
    hosts: defaultdict[str, list[_Written]] = defaultdict(list)
    for written in _addresses(suit):
        places[written.bare_host, written.rest].append(written)
        hosts[written.bare_host].append(written)
    told: set[str] = set()
    for (host, _), group in places.items():
        spellings = tuple(dict.fromkeys(one.text for one in group))
        if len(spellings) > 1:
            told.add(host)
            yield _differing(group, len(spellings), f"One address of {host} is written in {len(spellings)} ways")
    for host, group in hosts.items():
        forms = {one.host.casefold() for one in group}
        if len(forms) > 1 and host not in told:
            yield _differing(group, len(forms), f"The site {host} is named with and without www")


def _differing(group: list[_Written], forms: int, what: str) -> Contradiction:
    told = in_a_row(dict.fromkeys(f"{quoted(one.text)} ({one.said.source.title})" for one in group))
    first = group[0]
    return Contradiction(
        Rule.ADDRESS,
        Weight.CONTRADICTION,
        first.reference,
        f"{first.said.statement.field}:{first.bare_host}{first.rest}:{forms}",
        f"{what}: {told}.",
        tuple(one.said for one in group),
    )


def _addresses(suit: Suit) -> Iterator[_Written]:
    for value in suit.by_reference.values():
        kind = suit.kind_of(value)
        fields = {field.id for field in kind.fields if _is_address(field)}
        for said in value.entity.statements:
            parts = _parts(said.value) if said.field in fields else None
            if parts is not None:
                yield _Written(said.value, *parts, value.reference, suit.with_source(said))


def _is_address(field: EntityField) -> bool:
    return field.kind is ValueKind.LINK or (field.kind is ValueKind.TEXT and field.id.endswith("address"))


def _parts(text: str) -> tuple[str, str] | None:
    """Return host and path of an address, `None` if it is none."""
    try:
        parts = urlsplit(text if "://" in text else f"//{text}")
        host = parts.hostname
    except ValueError:
        return None
    if not host or not re.fullmatch(r"[\w-]+(?:\.[\w-]+)+", host):
        return None
    query = f"?{parts.query}" if parts.query else ""
    return parts.netloc, f"{parts.path.rstrip('/')}{query}"
