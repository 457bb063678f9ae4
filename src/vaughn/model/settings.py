"""How a settings file (TOML) is read so that each mistake names the file, the place in it and the key."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any, TypeVar

from vaughn.model.errors import InputError

Choice = TypeVar("Choice", bound=Enum)


@dataclass(frozen=True, slots=True)
class SettingsTable:
    """One table of a settings file.

    Args:
        file: The file's name, with its ending.
        place: Where the table stands, in words: ``rule FOIA-20, version 2``; empty for the top.
        hint: Where the keys are explained.
    """

    file: str
    place: str
    values: dict[str, Any]
    hint: str

    def named(self, place: str) -> SettingsTable:
        """Return the same table under a place that says more."""
        return SettingsTable(self.file, place, self.values, self.hint)

    def only(self, *keys: str) -> None:
        """Refuse keys that are not among *keys*: a misspelt one would be left out silently."""
        for key in self.values:
            if key not in keys:
                raise self.wrong(key, f"is no key here; possible are {', '.join(keys)}")

    def text(self, key: str) -> str:
        """Return a text that must be there."""
        value = self.maybe_text(key)
        if value is None:
            raise self.wrong(key, "is missing")
        return value

    def maybe_text(self, key: str) -> str | None:
        """Return a text, or `None` if it is not there."""
        value = self.values.get(key)
        if value is None:
            return None
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(key, "must be a text in quotation marks that is not empty")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts; none if the key is not there."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, str) and one.strip() for one in value):
            raise self.wrong(key, "must be a list of texts in quotation marks")
        return tuple(value)

    def day(self, key: str) -> date:
        """Return a day that must be there."""
        value = self.maybe_day(key)
        if value is None:
            raise self.wrong(key, "is missing")
        return value

    def maybe_day(self, key: str) -> date | None:
        """Return a day, or `None` if it is not there."""
        value = self.values.get(key)
        if value is None:
            return None
        if not isinstance(value, date) or isinstance(value, datetime):
            raise self.wrong(key, "must be a day without quotation marks: 2010-02-03")
        return value

    def maybe_number(self, key: str, most: int) -> int | None:
        """Return a whole number from 1 to *most*, or `None` if it is not there."""
        value = self.values.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= most:
            raise self.wrong(key, f"must be a whole number from 1 to {most:,}")
        return value

    def flag(self, key: str, *, missing: bool | None = None) -> bool:
        """Return true or false; *missing* stands for a key that is not there, `None` asks for it."""
        value = self.values.get(key, missing)
        if value is None:
            raise self.wrong(key, "is missing: true or false")
        if not isinstance(value, bool):
            raise self.wrong(key, "must be true or false, without quotation marks")
        return value

    def choice(self, key: str, kinds: type[Choice]) -> Choice:
        """Return the member of *kinds* whose value is written."""
        value = self.text(key)
        for kind in kinds:
            if kind.value == value:
                return kind
        raise self.wrong(key, f"{value!r} is not possible here; possible are {', '.join(k.value for k in kinds)}")

    def table(self, key: str) -> SettingsTable:
        """Return the table below *key*, empty if it is not there."""
        value = self.values.get(key, {})
        if not isinstance(value, dict):
            raise self.wrong(key, f"must be a table that begins with [{key}]")
        return SettingsTable(self.file, f"[{key}]", value, self.hint)

    def tables(self, key: str) -> tuple[SettingsTable, ...]:
        """Return the tables of a list, each with its number as its place."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            raise self.wrong(key, "must be tables, each under a header of its own in double brackets")
        above = f"{self.place}, " if self.place else ""
        return tuple(
            SettingsTable(self.file, f"{above}{key} number {number}", one, self.hint)
            for number, one in enumerate(value, start=1)
        )

    def wrong(self, key: str, what: str) -> InputError:
        """Return the error that names file, place and key."""
        place = f"{self.place}: " if self.place else ""
        return InputError(f"{self.file}, {place}{key} {what}.", hint=self.hint)


def read_settings(text: str, *, file: str, hint: str) -> SettingsTable:
    """Return the settings that *text* holds.

    Raises:
        InputError: If it is no TOML; the message names file and line.
    """
    try:
        return SettingsTable(file, "", tomllib.loads(text), hint)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{file}: {error}.", hint="The file must be TOML.") from error
    except RecursionError as error:
        raise InputError(f"{file}: too many brackets inside each other.", hint="The file must be TOML.") from error
