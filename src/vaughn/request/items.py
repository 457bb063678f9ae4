"""What was asked for, as a tree, and what each agency has released of it: the coverage matrix with its empty cells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from vaughn.model import Entity


@dataclass(frozen=True, slots=True)
class RequestItem:
    """One item of the request.

    Args:
        depth: 0 for items directly under the request.
        covered_by: Control numbers or Bates numbers of documents that answer it, as a person entered them.
    """

    reference: str
    number: str | None
    title: str
    text: str | None
    depth: int
    parent: str | None
    covered_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ItemTree:
    """The items in the order of the tree, and what is wrong with it in words."""

    items: tuple[RequestItem, ...]
    faults: tuple[str, ...]


def item_tree(entities: Iterable[Entity]) -> ItemTree:
    """Return the items asked for: each after its parent, brothers by number.

    An item under itself, or under one that is not there, is told and stands at the top.
    """
    held = [entity for entity in entities if entity.kind == "request-item" and not entity.is_withdrawn]
    by_reference = {entity.reference: entity for entity in held}
    children: defaultdict[str | None, list[Entity]] = defaultdict(list)
    faults: list[str] = []
    for entity in held:
        children[_parent(entity, by_reference, faults)].append(entity)
    items: list[RequestItem] = []
    _place(children, None, depth=0, items=items)
    return ItemTree(tuple(items), tuple(faults))


def _parent(entity: Entity, by_reference: Mapping[str, Entity], faults: list[str]) -> str | None:
    parent = entity.value("parent")
    if parent is None:
        return None
    if parent not in by_reference:
        faults.append(f"{entity.reference} stands under {parent}, which is not there.")
        return None
    seen = {entity.reference}
    above: str | None = parent
    while above is not None and above in by_reference:
        if above in seen:
            faults.append(f"{entity.reference} stands under itself: {' > '.join(sorted(seen))}.")
            return None
        seen.add(above)
        above = by_reference[above].value("parent")
    return parent


def _place(
    children: Mapping[str | None, Sequence[Entity]], parent: str | None, *, depth: int, items: list[RequestItem]
) -> None:
    for entity in sorted(children.get(parent, ()), key=_number_order):
        items.append(
            RequestItem(
                entity.reference,
                entity.value("number"),
                entity.value("title") or entity.key,
                entity.value("text"),
                depth,
                parent,
                entity.values("covered_by"),
            )
        )
        _place(children, entity.reference, depth=depth + 1, items=items)


def _number_order(entity: Entity) -> tuple[int, list[tuple[int, str]], int]:
    """Return what sorts 2 before 10, I.A after I, and what has no number last, as entered."""
    number = entity.value("number")
    parts = (number or "").replace(")", ".").replace("(", ".").split(".")
    return (number is None, [(int(part) if part.isdigit() else 0, part) for part in parts if part], entity.id)


@dataclass(frozen=True, slots=True)
class AnsweredDocument:
    """A loaded document that answers items, as the app found it.

    Args:
        control: As entered in ``covered_by``, so that the two meet.
        agency: Agency of its production.
    """

    control: str
    agency: str


@dataclass(frozen=True, slots=True)
class CoverageCell:
    """What one agency released of one item.

    Args:
        releases: References of releases that say they answer it.
        listed: References of listed documents that do.
        documents: Control numbers of loaded documents that do.
    """

    releases: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was released."""
        return not (self.releases or self.listed or self.documents)


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """One item beside all agencies; `cells` in the order of the agencies."""

    item: RequestItem
    cells: tuple[CoverageCell, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """Items against agencies.

    Args:
        agencies: Names as columns.
        unmatched: Numbers entered as answering an item that no loaded document carries.
    """

    agencies: tuple[str, ...]
    rows: tuple[CoverageRow, ...]
    unmatched: tuple[str, ...]
    faults: tuple[str, ...]

    @property
    def empty(self) -> int:
        """How many cells are empty."""
        return sum(cell.is_empty for row in self.rows for cell in row.cells)


def coverage(entities: Sequence[Entity], answered: Iterable[AnsweredDocument] = ()) -> Coverage:
    """Return what each agency asked has released of each item.

    A cell counts what was said of the item itself, not of items under it.
    """
    held = [entity for entity in entities if not entity.is_withdrawn]
    tree = item_tree(held)
    names = _agency_names(held)
    asked = _asked_agencies(held, names)
    cells: defaultdict[tuple[str, str], _Cell] = defaultdict(_Cell)
    _count_releases(held, names, cells)
    found = _count_documents(tree.items, names, list(answered), cells)
    agencies = tuple(dict.fromkeys([*asked, *(agency for _, agency in cells)]))
    rows = tuple(
        CoverageRow(item, tuple(cells[item.reference, agency].frozen() for agency in agencies)) for item in tree.items
    )
    entered = {control for item in tree.items for control in item.covered_by}
    return Coverage(agencies, rows, tuple(sorted(entered - found)), tree.faults)


class _Cell:
    def __init__(self) -> None:
        self.releases: list[str] = []
        self.listed: list[str] = []
        self.documents: list[str] = []

    def frozen(self) -> CoverageCell:
        """Return the cell as it is handed out."""
        return CoverageCell(*(tuple(dict.fromkeys(part)) for part in (self.releases, self.listed, self.documents)))


def _agency_names(entities: Sequence[Entity]) -> dict[str, str]:
    """Return the shortest name of each agency or party, by reference; a party that is an agency is called like it."""
    names = {
        entity.reference: entity.value("short") or entity.value("name") or entity.key
        for entity in entities
        if entity.kind in ("agency", "party")
    }
    same = {entity.reference: entity.value("agency") for entity in entities if entity.kind == "party"}
    return {reference: names.get(same.get(reference) or "", name) for reference, name in names.items()}


def _asked_agencies(entities: Iterable[Entity], names: Mapping[str, str]) -> list[str]:
    asked = [entity.value("agency") for entity in entities if entity.kind == "request"]
    return [names.get(reference, reference) for reference in asked if reference is not None]


def _count_releases(
    entities: Sequence[Entity], names: Mapping[str, str], cells: Mapping[tuple[str, str], _Cell]
) -> None:
    agencies_of = {entity.reference: entity.values("agency") for entity in entities if entity.kind == "release"}
    for entity in entities:
        if entity.kind == "release":
            for item in entity.values("item"):
                for agency in entity.values("agency"):
                    cells[item, names.get(agency, agency)].releases.append(entity.reference)
        elif entity.kind == "released-document":
            for item in entity.values("item"):
                for agency in agencies_of.get(entity.value("release") or "", ()):
                    cells[item, names.get(agency, agency)].listed.append(entity.reference)


def _count_documents(
    items: Iterable[RequestItem],
    names: Mapping[str, str],
    answered: Sequence[AnsweredDocument],
    cells: Mapping[tuple[str, str], _Cell],
) -> set[str]:
    by_control = {document.control: document for document in answered}
    folded = {name.casefold(): name for name in names.values()}
    found: set[str] = set()
    for item in items:
        for control in item.covered_by:
            document = by_control.get(control)
            if document is not None:
                found.add(control)
                agency = folded.get(document.agency.casefold(), document.agency)
                cells[item.reference, agency].documents.append(control)
    return found
