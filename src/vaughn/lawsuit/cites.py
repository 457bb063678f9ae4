"""What the papers of a suit cite, and what of it is in the case: entries of the same docket, other dockets, pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from vaughn.formats.citations import Citation, TargetKind, find_citations
from vaughn.lawsuit.suit import Suit
from vaughn.lawsuit.values import Docket, DocketEntry, SuitValue
from vaughn.model import InputError, ValueKind, canonical_docket_number

_WORDED = (ValueKind.TEXT, ValueKind.PROSE)


@dataclass(frozen=True, slots=True)
class Cite:
    """One citation in a field of an entity.

    Args:
        citing: Reference of the entity whose field cites.
        leads_to: Reference of the entity cited, if the case has it.
        bates: Number of a page that is cited.
    """

    citing: str
    field: str
    citation: Citation
    leads_to: str | None = None
    bates: str | None = None


def cites_of(suit: Suit, reference: str) -> tuple[Cite, ...]:
    """Return what the texts of one entity cite, each once a field; empty if there is no such entity."""
    value = suit.find(reference)
    return () if value is None else tuple(_cites(value, suit, _Known.of(suit)))


def cites(suit: Suit) -> tuple[Cite, ...]:
    """Return what all docket entries and orders cite, in the order they were entered."""
    known = _Known.of(suit)
    papers = [value for value in suit.by_reference.values() if value.entity.kind in ("entry", "order")]
    return tuple(cite for value in papers for cite in _cites(value, suit, known))


@dataclass(frozen=True, slots=True)
class _Known:
    """What citations can lead to: entries by docket and number, dockets by number."""

    entries: Mapping[tuple[str | None, str], str]
    dockets: Mapping[str, str]

    @classmethod
    def of(cls, suit: Suit) -> _Known:
        """Return what the suit has."""
        entries = {
            (entry.docket, str(entry.number)): entry.reference
            for entry in suit.all_of(DocketEntry)
            if entry.number is not None
        }
        dockets = {}
        for docket in suit.all_of(Docket):
            try:
                dockets[canonical_docket_number(docket.number or "")] = docket.reference
            except InputError:
                dockets[docket.number or ""] = docket.reference
        return cls(entries, dockets)


def _cites(value: SuitValue, suit: Suit, known: _Known) -> Iterator[Cite]:
    docket = value.docket if isinstance(value, DocketEntry) else _only_docket(suit)
    kind = suit.kind_of(value)
    for field in (field.id for field in kind.fields if field.kind in _WORDED):
        seen: set[str] = set()
        for text in value.entity.values(field):
            for citation in find_citations(text):
                if citation.normalised not in seen:
                    seen.add(citation.normalised)
                    yield _resolved(value.reference, field, citation, docket=docket, known=known)


def _only_docket(suit: Suit) -> str | None:
    """Return the docket an order means that says ``ECF 41``: the first that is no appeal."""
    return next((docket.reference for docket in suit.all_of(Docket) if docket.appeal_of is None), None)


def _resolved(citing: str, field: str, citation: Citation, *, docket: str | None, known: _Known) -> Cite:
    target = citation.target
    if target is None:
        return Cite(citing, field, citation)
    if target.kind is TargetKind.DOCKET_ENTRY:
        number = target.key.partition("-")[0]
        found = known.entries.get((docket, number)) or known.entries.get((None, number))
        return Cite(citing, field, citation, found if found != citing else None)
    if target.kind is TargetKind.LAWSUIT:
        return Cite(citing, field, citation, known.dockets.get(target.key))
    return Cite(citing, field, citation, bates=target.key if target.kind is TargetKind.BATES else None)
