"""Small turns from statements of the case to values of the site: texts in two languages, sources, visibility."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from vaughn.lawsuit import Said
from vaughn.model import Entity, PartialDate, Source
from vaughn.publish import SourceNote, State, Text, Translation, Visibility, Words

_STATES = {"draft": State.DRAFT, "published": State.PUBLISHED, "withdrawn": State.WITHDRAWN}


def words_of(entity: Entity, field: str, *, language: str = "en") -> Words:
    """Return a text with its Spanish, if there is one; empty if nobody says anything."""
    original, spanish = entity.value(field) or "", entity.value(f"{field}_es")
    return original if spanish is None else Text(original, language, (Translation("es", spanish),))


def visibility_of(entity: Entity) -> Visibility:
    """Return what the public sees of something that is made for it; a draft unless somebody published it."""
    return Visibility(
        state=_STATES.get(entity.value("visibility") or "draft", State.DRAFT),
        embargo_until=_latest(entity.date("embargo_until")),
        withdrawn_on=day_of(entity.date("withdrawn_on")),
        reason=words_of(entity, "withdrawn_because"),
    )


def _latest(day: PartialDate | None) -> date | None:
    """Return the last day an embargo can mean: whoever wrote a month meant all of it."""
    return None if day is None else day.last


def day_of(day: PartialDate | None) -> date | None:
    """Return a day, `None` unless it is exactly known."""
    return None if day is None else day.exact


def when_of(day: PartialDate | None) -> str:
    """Return how a day is written that is not exactly known; empty for one that is."""
    return "" if day is None or day.exact is not None else str(day)


def note_of(source: Source) -> SourceNote:
    """Return where a fact stands."""
    return SourceNote(source.title, source.citation, source.url)


def notes_of(says: Iterable[Said]) -> tuple[SourceNote, ...]:
    """Return where statements stand, each source once."""
    return tuple(dict.fromkeys(note_of(one.source) for one in says))


def sources_of(entity: Entity, sources: Mapping[int, Source]) -> tuple[SourceNote, ...]:
    """Return every source that says something of an entity, each once."""
    ids = dict.fromkeys(one.source_id for one in entity.statements)
    return tuple(dict.fromkeys(note_of(sources[number]) for number in ids if number in sources))
