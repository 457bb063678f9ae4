"""What people wrote for the public page: guides, captions, news, resources, ways to act."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from vaughn import publish
from vaughn.app.publishing.told import day_of, visibility_of, words_of
from vaughn.model import Entity, key_from

_LAST = 1_000_000


def in_order(entities: Iterable[Entity], kind: str) -> list[Entity]:
    """Return the entities of a kind by their place in the list, then as entered."""
    held = [entity for entity in entities if entity.kind == kind and not entity.is_withdrawn]
    return sorted(held, key=lambda one: (int(one.value("place") or _LAST), one.id))


def guides(entities: Sequence[Entity], names: Callable[[str], str]) -> tuple[publish.Guide, ...]:
    """Return the guides for readers; one without text and link is only a title and stays away."""
    return tuple(
        publish.Guide(
            slug=key_from(one.key),
            title=words_of(one, "title") or one.key,
            markdown=words_of(one, "text"),
            file=one.reference,
            by=", ".join(names(reference) for reference in one.values("by")),
            day=day_of(one.date("published_on")),
            url=one.value("link"),
            visibility=visibility_of(one),
        )
        for one in in_order(entities, "guide")
    )


def selected(entities: Sequence[Entity], by_number: Mapping[str, str]) -> tuple[publish.SelectedDocument, ...]:
    """Return the documents worth reading first.

    Args:
        by_number: Ids of published documents by the numbers of their pages.
    """
    found = []
    for one in in_order(entities, "selection"):
        numbers = one.values("bates")
        document = next((by_number[number] for number in numbers if number in by_number), None)
        title = words_of(one, "title") if document is None or one.value("title") else ""
        found.append(
            publish.SelectedDocument(
                document,
                words_of(one, "caption"),
                title=title,
                number="" if document is not None else next(iter(numbers), ""),
                visibility=visibility_of(one),
            )
        )
    return tuple(found)


def news(entities: Sequence[Entity]) -> tuple[publish.NewsEntry, ...]:
    """Return what is new, the newest first; what has no day stays away."""
    dated = [(day, one) for one in in_order(entities, "news") if (day := day_of(one.date("on"))) is not None]
    return tuple(
        publish.NewsEntry(
            words_of(one, "title") or one.key, day, words_of(one, "text"), one.value("link"), visibility_of(one)
        )
        for day, one in sorted(dated, key=lambda told: told[0], reverse=True)
    )


def resources(entities: Sequence[Entity]) -> tuple[publish.Resource, ...]:
    """Return what to read elsewhere."""
    return tuple(
        publish.Resource(words_of(one, "title") or one.key, one.value("link"), visibility=visibility_of(one))
        for one in in_order(entities, "resource")
        if one.value("kind") != "case"
    )


def related(entities: Sequence[Entity]) -> tuple[publish.RelatedCase, ...]:
    """Return other cases, those that were published."""
    return tuple(
        publish.RelatedCase(
            one.value("title") or one.key, one.value("court") or "", one.value("number") or "", one.value("link")
        )
        for one in in_order(entities, "resource")
        if one.value("kind") == "case" and one.value("visibility") == "published"
    )


def actions(entities: Sequence[Entity]) -> tuple[publish.WayToAct, ...]:
    """Return what a reader can do."""
    return tuple(
        publish.WayToAct(
            words_of(one, "title") or one.key, words_of(one, "text"), one.value("link"), visibility_of(one)
        )
        for one in in_order(entities, "action")
    )
