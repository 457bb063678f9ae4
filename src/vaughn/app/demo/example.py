"""The example lawsuit, *NDLON v. ICE*: reads its facts from the files beside this one and enters them into a case.

The form of the files is told in ndlon/README.md.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from vaughn.app.facts import all_kinds, kind_named
from vaughn.model import Case, Confidence, InputError
from vaughn.store import CaseFile, NewSource, Writing

EXAMPLE_CASE = Case("NDLON v. ICE (example)", court="S.D.N.Y.", docket_number="1:10-cv-03488")
_SOURCES = "sources.toml"
_VERB = "example.entered"
# Keys of a table that are not fields of its kind.
_ABOUT_THE_STATEMENTS = frozenset({"source", "confidence", "remark"})


@dataclass(frozen=True, slots=True)
class ExampleSource:
    """Where facts of the example stand, and what its statements count as."""

    source: NewSource
    trust: Confidence


@dataclass(frozen=True, slots=True)
class ExampleFacts:
    """What some sources, each for itself, say of one entity.

    Args:
        file: The file that says so, for messages.
        confidence: `None` if it is what each source usually counts as.
    """

    file: str
    kind: str
    key: str
    sources: tuple[str, ...]
    values: Mapping[str, tuple[str, ...]]
    confidence: Confidence | None = None
    remark: str | None = None


@cache
def example_sources() -> Mapping[str, ExampleSource]:
    """Return the sources of the example by their key."""
    read: dict[str, ExampleSource] = {}
    for key, row in _tables(_SOURCES).items():
        source = NewSource(key, row["title"], row["citation"], row["kind"], row.get("url"))
        read[key] = ExampleSource(source, Confidence(row["trust"]))
    return read


@cache
def example_facts() -> tuple[ExampleFacts, ...]:
    """Return all facts of the example as its files give them.

    Raises:
        InputError: If a table is not well made; names file and entity.
    """
    names = sorted(path.name for path in _folder().iterdir() if path.name.endswith(".toml"))
    return tuple(facts for name in names if name != _SOURCES for facts in _facts_of_file(name))


def example_is_entered(case: CaseFile) -> bool:
    """Tell whether *case* holds the example; it is entered as a whole or not at all."""
    return any(event.verb == _VERB for event in case.events())


def enter_example(case: CaseFile) -> int:
    """Enter the example into *case* in one change; return how many statements were new.

    Raises:
        InputError: If a file of the example says what cannot be; nothing is entered then.
    """
    with case.writing(_VERB) as change:
        source_ids = {key: change.source_id(row.source) for key, row in example_sources().items()}
        added = sum(_enter(change, facts, source_ids) for facts in example_facts())
        change.require_references(all_kinds())
        change.note(statements=added)
    return added


def _enter(change: Writing, facts: ExampleFacts, source_ids: Mapping[str, int]) -> int:
    added = 0
    for key in facts.sources:
        if key not in source_ids:
            raise InputError(f"{facts.file}, {facts.kind}/{facts.key}: there is no source {key!r}.")
        added += change.enter(
            kind_named(facts.kind),
            facts.key,
            facts.values,
            source_id=source_ids[key],
            confidence=facts.confidence or example_sources()[key].trust,
            note=facts.remark,
        )
    return added


def _facts_of_file(name: str) -> Iterator[ExampleFacts]:
    for kind, entities in _tables(name).items():
        for key, tables in entities.items():
            for table in tables:
                yield _facts(name, f"{kind}/{key}", table)


def _facts(name: str, reference: str, table: Mapping[str, str | list[str]]) -> ExampleFacts:
    kind, _, key = reference.partition("/")
    if "source" not in table:
        raise InputError(f"{name}, {reference}: a table names no source.")
    confidence, remark = table.get("confidence"), table.get("remark")
    return ExampleFacts(
        file=name,
        kind=kind,
        key=key,
        sources=_texts(table["source"]),
        values={field: _texts(value) for field, value in table.items() if field not in _ABOUT_THE_STATEMENTS},
        confidence=None if confidence is None else Confidence(confidence),
        remark=None if remark is None else str(remark),
    )


def _texts(value: str | list[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _folder() -> Traversable:
    return files("vaughn.app.demo") / "ndlon"


def _tables(name: str) -> dict[str, Any]:  # tomllib: what the file holds
    return tomllib.loads((_folder() / name).read_text("utf-8"))
