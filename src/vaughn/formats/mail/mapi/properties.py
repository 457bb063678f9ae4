"""The properties of one item, attachment or recipient: found by their number, or by name in a set."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from vaughn.formats.mail.charsets import decoded, without_surrogates
from vaughn.formats.mail.codepages import charset_of_code_page, charset_of_language, says_much
from vaughn.formats.mail.mapi.values import BINARY, MULTIPLE, OBJECT, MapiValue
from vaughn.formats.mail.mapi.words import PROPERTY_NAMES
from vaughn.model import FoundValue, Moment

INTERNET_CODE_PAGE, MESSAGE_CODE_PAGE, MESSAGE_LOCALE = 0x3FDE, 0x3FFD, 0x3FF1
# Longer values (bodies, pictures) are told by their size among the fields as found.
MAX_FOUND_CHARACTERS = 2_000
MAX_FOUND = 2_000


@dataclass(frozen=True, slots=True)
class MapiName:
    """Name of a property that has no fixed number: a number or a word, in a set of names (GUID in lower case)."""

    space: str
    name: int | str


@dataclass(frozen=True, slots=True)
class MapiProperty:
    """One property: its number, its type, its value or values."""

    number: int
    kind: int
    values: tuple[MapiValue, ...]
    name: MapiName | None = None


@dataclass(slots=True)
class Properties:
    """The properties of one thing, with the sets its bytes may be in.

    Args:
        charsets: In the order they are tried; what fits none is told by `guesses`.
    """

    all: tuple[MapiProperty, ...]
    charsets: tuple[str, ...] = ()
    guesses: int = 0
    _numbers: dict[int, MapiProperty] = field(default_factory=dict)
    _names: dict[MapiName, MapiProperty] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for one in self.all:
            if one.name is not None:
                self._names.setdefault(one.name, one)
            else:
                self._numbers.setdefault(one.number, one)
        if not self.charsets:
            self.charsets = self._own_charsets()

    def _own_charsets(self) -> tuple[str, ...]:
        message, internet = self.number(MESSAGE_CODE_PAGE), self.number(INTERNET_CODE_PAGE)
        found = [charset_of_code_page(one) for one in (message, internet) if says_much(one)]
        found.append(charset_of_language(self.number(MESSAGE_LOCALE)))
        found += [charset_of_code_page(one) for one in (message, internet) if one and one != 1200]
        return tuple(dict.fromkeys(one for one in found if one))

    def find(self, key: int | MapiName) -> MapiProperty | None:
        """Return the property with the number or name *key*."""
        return self._numbers.get(key) if isinstance(key, int) else self._names.get(key)

    def first(self, *keys: int | MapiName) -> MapiValue:
        """Return the first value there is of those properties."""
        for key in keys:
            found = self.find(key)
            if found is not None and found.values and found.values[0] not in (None, "", b""):
                return found.values[0]
        return None

    def text(self, *keys: int | MapiName) -> str:
        """Return the first text there is of those properties; empty if there is none."""
        value = self.first(*keys)
        return self._text(value) if isinstance(value, str | bytes) else ""

    def texts(self, key: int | MapiName) -> tuple[str, ...]:
        """Return all values of a text property with several."""
        found = self.find(key)
        values = found.values if found is not None else ()
        return tuple(self._text(value) for value in values if isinstance(value, str | bytes))

    def number(self, *keys: int | MapiName) -> int | None:
        """Return the first whole number there is of those properties."""
        value = self.first(*keys)
        return value if isinstance(value, int) else None

    def flag(self, *keys: int | MapiName) -> bool:
        """Return whether one of those properties says yes."""
        return any(self.first(key) is True for key in keys)

    def binary(self, *keys: int | MapiName) -> bytes:
        """Return the first bytes there are of those properties; empty if there are none."""
        value = self.first(*keys)
        return value if isinstance(value, bytes) else b""

    def moment(self, *keys: int | MapiName) -> Moment | None:
        """Return the first moment there is of those properties."""
        value = self.first(*keys)
        return Moment(value.astimezone(UTC)) if isinstance(value, datetime) else None

    def _text(self, value: str | bytes) -> str:
        if isinstance(value, str):
            return without_surrogates(value) if not value.isascii() else value
        if value.isascii() and b"\x1b" not in value:
            return value.decode("ascii")
        for charset in self.charsets:
            found = decoded(value, charset)
            if not found.guessed:
                return found.text
        self.guesses += 1
        return decoded(value).text

    def found(self) -> tuple[FoundValue, ...]:
        """Return the properties as fields, those with the most telling names first."""
        named = (FoundValue(_name_of(one), self._said(one)) for one in self.all[:MAX_FOUND])
        return tuple(one for one in named if one.value)

    def _said(self, one: MapiProperty) -> str:
        if one.kind & ~MULTIPLE in {BINARY, OBJECT}:
            return "; ".join(f"({len(value)} bytes)" for value in one.values if isinstance(value, bytes))
        return "; ".join(filter(None, map(self._said_value, one.values)))[:MAX_FOUND_CHARACTERS]

    def _said_value(self, value: MapiValue) -> str:
        if isinstance(value, str | bytes):
            return self._text(value)
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, datetime):
            return value.astimezone(UTC).replace(tzinfo=None).isoformat(sep=" ", timespec="seconds") + " UTC"
        return "" if value is None else str(value)


def _name_of(one: MapiProperty) -> str:
    if one.name is not None:
        return one.name.name if isinstance(one.name.name, str) else f"0x{one.name.name:04X}"
    return PROPERTY_NAMES.get(one.number, f"0x{one.number:04X}")


def property_bag(properties: Iterable[MapiProperty], charsets: tuple[str, ...] = ()) -> Properties:
    """Return *properties* to be asked for values; *charsets* are those of the item they belong to."""
    return Properties(tuple(properties), charsets)
