"""The one form in which a statement holds a value, and the form of keys."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from vaughn.model.case import canonical_docket_number
from vaughn.model.entities import EntityField, EntityKind, ValueKind
from vaughn.model.errors import InputError
from vaughn.model.partial_dates import PartialDate

MAX_VALUE_LENGTH = 200_000  # code points; the longest docket text of the test records has 9,000
_KEY = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,118}[a-z0-9])?")
_AMOUNT = re.compile(r"-?\d{1,15}(?:\.\d{1,2})?")
_YES_NO = {"yes": "yes", "true": "yes", "1": "yes", "no": "no", "false": "no", "0": "no"}


def require_key(key: str) -> str:
    """Return *key* if it can name an entity or a source.

    Raises:
        InputError: If it cannot.
    """
    if _KEY.fullmatch(key) is None:
        raise InputError(
            f"{key[:130]!r} cannot be a key.",
            hint="Use lower-case letters, digits, dots and hyphens, at most 120; begin and end with a letter or digit.",
        )
    return key


def key_from(*parts: str | int | None) -> str:
    """Return a key made of words of *parts*; `x` if there is none."""
    text = "-".join(str(part) for part in parts if part is not None).casefold()
    words = re.findall(r"[a-z0-9]+(?:\.[a-z0-9]+)*", text)
    return "-".join(words)[:110].strip("-.") or "x"


def canonical_value(kind: EntityKind, field_id: str, text: str) -> str:
    """Return *text* as a statement holds it.

    Raises:
        InputError: If the field cannot have that value; says which field, what it takes and how to write it.
    """
    field = kind.field(field_id)
    held = text.strip()
    if not held:
        raise InputError(f"{kind.title}: {field.title} is empty.", hint="Leave it out, or write a value.")
    if len(held) > MAX_VALUE_LENGTH:
        raise InputError(f"{kind.title}: {field.title} has {len(held):,} letters; {MAX_VALUE_LENGTH:,} fit.")
    if "\x00" in held:
        raise InputError(f"{kind.title}: {field.title} holds a NUL character.")
    try:
        return _CANONICAL[field.kind](field, held)
    except InputError as error:
        raise InputError(f"{kind.title}: {field.title}: {error.message}", hint=error.hint) from None


def _text(_: EntityField, text: str) -> str:
    return " ".join(text.split())


def _prose(_: EntityField, text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _date(_: EntityField, text: str) -> str:
    return str(PartialDate.read(text))


def _number(_: EntityField, text: str) -> str:
    digits = text.replace(",", "")
    if re.fullmatch(r"-?[0-9]{1,15}", digits) is None:
        raise InputError(f"{text[:40]!r} is no whole number.")
    return str(int(digits))


def _money(_: EntityField, text: str) -> str:
    amount = text.replace(",", "").removeprefix("$")
    if _AMOUNT.fullmatch(amount) is None:
        raise InputError(f"{text[:40]!r} is no amount.", hint="Write dollars, like 1200000 or 25.50.")
    return amount


def _choice(field: EntityField, text: str) -> str:
    if text.casefold() not in field.choices:
        raise InputError(f"{text[:40]!r} is none of its choices.", hint=f"Choose: {', '.join(field.choices)}.")
    return text.casefold()


def _yes_no(_: EntityField, text: str) -> str:
    if text.casefold() not in _YES_NO:
        raise InputError(f"{text[:40]!r} is neither yes nor no.")
    return _YES_NO[text.casefold()]


def _reference(field: EntityField, text: str) -> str:
    kind, slash, key = text.partition("/")
    if not slash or kind not in field.refers_to:
        raise InputError(f"{text[:130]!r} names no {' or '.join(field.refers_to)}.", hint="Write kind/key.")
    require_key(key)
    return text


def _link(_: EntityField, text: str) -> str:
    try:
        parts = urlsplit(text)
    except ValueError:
        parts = None
    if parts is None or parts.scheme not in ("http", "https") or not parts.netloc or any(c.isspace() for c in text):
        raise InputError(f"{text[:130]!r} is no web address.", hint="Begin it with https://.")
    return text


def _docket_number(_: EntityField, text: str) -> str:
    return canonical_docket_number(text)


_CANONICAL: Mapping[ValueKind, Callable[[EntityField, str], str]] = {
    ValueKind.TEXT: _text,
    ValueKind.PROSE: _prose,
    ValueKind.DATE: _date,
    ValueKind.NUMBER: _number,
    ValueKind.MONEY: _money,
    ValueKind.CHOICE: _choice,
    ValueKind.REFERENCE: _reference,
    ValueKind.YES_NO: _yes_no,
    ValueKind.LINK: _link,
    ValueKind.DOCKET_NUMBER: _docket_number,
}
