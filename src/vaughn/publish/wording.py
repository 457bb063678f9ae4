"""What the site itself says, in each of its languages: a table of phrases, dates and numbers."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from html import escape
from importlib.resources import files

from vaughn.model import InputError
from vaughn.publish.contents import Text, Words

LANGUAGES = ("en", "es")


class Wording:
    """The phrases of one language."""

    def __init__(self, language: str, phrases: dict[str, str]) -> None:
        self.language = language
        self._phrases = phrases
        self._html = {key: escape(phrase) for key, phrase in phrases.items()}
        self._months = phrases["months"].split()

    def __getitem__(self, key: str) -> str:
        return self._phrases[key]

    def html(self, key: str) -> str:
        """Return a phrase as HTML."""
        return self._html[key]

    def get(self, key: str, otherwise: str) -> str:
        """Return a phrase, *otherwise* if there is none of that name."""
        return self._phrases.get(key, otherwise)

    def number(self, value: int) -> str:
        """Return *value* with the separators of the language."""
        return f"{value:,}".replace(",", self._phrases["thousands"])

    def day(self, day: date) -> str:
        """Return *day* in words."""
        return self._phrases["date"].format(day=day.day, month=self._months[day.month - 1], year=day.year)

    def count(self, key: str, value: int) -> str:
        """Return ``1 page`` or ``3 pages``: the phrase ``pages`` is ``page|pages``."""
        one, _, many = self._phrases[key].partition("|")
        return f"{self.number(value)} {one if value == 1 else many}"


@cache
def wording(language: str) -> Wording:
    """Return the phrases of *language*.

    Raises:
        InputError: If the site cannot speak it.
    """
    if language not in LANGUAGES:
        raise InputError(
            f"The site cannot be made in the language {language!r}.", hint=f"There are: {', '.join(LANGUAGES)}."
        )
    text = (files("vaughn.publish") / "assets" / f"{language}.toml").read_text("utf-8")
    return Wording(language, tomllib.loads(text))


def in_language(words: Words, language: str) -> str:
    """Return *words* in *language* if they were translated, else as they were written."""
    if isinstance(words, str):
        return words
    if words.language == language:
        return words.original
    return next((one.text for one in words.translations if one.language == language), words.original)


def language_of(words: Words, language: str, *, default: str) -> str:
    """Return the language in which `in_language` gives *words*; *default* is that of a plain `str`."""
    if isinstance(words, str):
        return default
    return language if any(one.language == language for one in words.translations) else words.language


def is_said(words: Words) -> bool:
    """Tell whether *words* say anything."""
    return bool((words.original if isinstance(words, Text) else words).strip())
