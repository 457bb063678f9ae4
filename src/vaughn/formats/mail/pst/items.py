"""Folders and items of an Outlook data file, the deleted ones whose nodes are still there among them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from vaughn.formats.mail.mapi import MapiProperty, Properties, names_of, property_bag
from vaughn.formats.mail.mapi.values import OBJECT
from vaughn.formats.mail.pst.blocks import Blocks, Node
from vaughn.formats.mail.pst.tables import Damaged, Heap, Names, node_properties, row_ids, rows

_NAME_MAP, _ROOT, _TOP_OF_STORE = 0x61, 0x122, 0x8022
_FOLDER, _MESSAGE = 0x02, 0x04
_HIERARCHY, _CONTENTS = 0x0D, 0x0E
_RECIPIENTS, _ATTACHMENTS = 0x692, 0x671
_DATA, _METHOD = 0x3701, 0x3705
_EMBEDDED_MESSAGE = 5
# Settings that Outlook keeps as items; nobody wrote them.
_SETTINGS = ("ipm.microsoft.scheduledata.freebusy", "ipm.configuration.", "ipm.microsoft.wunderbar")
MAX_FOLDER_LEVELS = 60
MAX_FOLDERS = 200_000
MAX_RECIPIENTS, MAX_ATTACHMENTS = 10_000, 5_000


@dataclass(frozen=True, slots=True)
class PstAttachment:
    """One attachment: its properties, and where its content is.

    Args:
        heap: Of the attachment's node.
        item: The message inside it, or `None`.
    """

    properties: Properties
    heap: Heap
    item: PstItem | None = None

    def content(self) -> Iterator[bytes] | None:
        """Return the content a block at a time; `None` if it lies elsewhere."""
        held = self.properties.find(_DATA)
        if held is None or not isinstance(held.values[0], int):
            return None
        number = held.values[0]
        if held.kind == OBJECT:
            number = int.from_bytes(self.heap.value(number)[:4], "little")
        node = self.heap.subnodes.get(number)
        if node is not None:
            return self.heap.blocks.data_blocks(node.data)
        return iter((self.heap.held(number),)) if number & 0x1F == 0 else None


@dataclass(frozen=True, slots=True)
class PstItem:
    """One item with what belongs to it."""

    id: int
    properties: Properties
    recipients: tuple[Properties, ...]
    attachments: tuple[PstAttachment, ...]
    is_damaged: bool = False


@dataclass(slots=True)
class PstFolder:
    """One folder: its path, the ids of its items, how many it says it has."""

    id: int
    path: str
    items: list[int] = field(default_factory=list)
    claimed: int = 0
    is_damaged: bool = False


class PstStore:
    """The items of one open file."""

    def __init__(self, blocks: Blocks) -> None:
        self.blocks = blocks
        self.names: Names = self._names()

    def _names(self) -> Names:
        node = self.blocks.nodes.get(_NAME_MAP)
        if node is None:
            return {}
        try:
            bag = property_bag(node_properties(Heap(self.blocks, node), {}))
        except Damaged:
            return {}
        return names_of(bag.binary(2), bag.binary(3), bag.binary(4))

    def folders(self) -> list[PstFolder]:
        """Return all folders from the root on, then those that no folder leads to."""
        found: dict[int, PstFolder] = {}
        waiting = [(_ROOT, "", 0)]
        while waiting and len(found) < MAX_FOLDERS:
            number, path, level = waiting.pop()
            if number in found or number not in self.blocks.nodes or level > MAX_FOLDER_LEVELS:
                continue
            folder = self._folder(number, path)
            found[number] = folder
            below = self._row_ids(number, _HIERARCHY) or []
            waiting += [(one, folder.path, level + 1) for one in reversed(below) if one & 0x1F == _FOLDER]
        for number in self.blocks.nodes:
            if number & 0x1F == _FOLDER and number not in found and len(found) < MAX_FOLDERS:
                found[number] = self._folder(number, "")
        return list(found.values())

    def _folder(self, number: int, above: str) -> PstFolder:
        name, claimed = "", 0
        try:
            bag = property_bag(node_properties(Heap(self.blocks, self.blocks.nodes[number]), {}))
            name, claimed = bag.text(0x3001), max(0, bag.number(0x3602) or 0)
        except Damaged:
            name = f"folder {number}"
        # The topmost folders have names that only programs know.
        plain = " ".join(name.replace("/", "_").split()) if number not in {_ROOT, _TOP_OF_STORE} else ""
        path = "/".join(filter(None, (above, plain)))
        listed = self._row_ids(number, _CONTENTS)
        items = [one for one in listed or [] if one & 0x1F == _MESSAGE]
        return PstFolder(number, path, items, max(claimed, len(items)), listed is None and claimed > 0)

    def _row_ids(self, number: int, kind: int) -> list[int] | None:
        """Return the ids in the table of the folder *number*; `None` if it is damaged."""
        node = self.blocks.nodes.get(number & ~0x1F | kind)
        try:
            return row_ids(Heap(self.blocks, node)) if node is not None else None
        except Damaged:
            return None

    def unlisted(self, folders: list[PstFolder]) -> list[Node]:
        """Return the messages that stand in no folder's list: deleted, or of a list that is damaged."""
        listed = {one for folder in folders for one in folder.items}
        nodes = self.blocks.nodes.values()
        return [node for node in nodes if node.id & 0x1F == _MESSAGE and node.id not in listed]

    def item(self, number: int) -> PstItem | None:
        """Return the item with the id *number*; `None` if it cannot be read at all, or is a setting of the program."""
        node = self.blocks.nodes.get(number)
        return self._item(node, levels=20) if node is not None else None

    def is_setting(self, item: PstItem) -> bool:
        """Tell whether *item* is something the program keeps for itself."""
        return item.properties.text(0x001A).lower().startswith(_SETTINGS)

    def _item(self, node: Node, *, levels: int) -> PstItem | None:
        before = self.blocks.damage
        try:
            heap = Heap(self.blocks, node)
            properties = self._properties(heap)
        except Damaged:
            return None
        if not properties.all:
            return None
        charsets = properties.charsets
        recipients = tuple(self._recipients(heap, charsets))
        attachments = tuple(self._attachments(heap, charsets, levels=levels))
        return PstItem(node.id, properties, recipients, attachments, self.blocks.damage > before)

    def _properties(self, heap: Heap, charsets: tuple[str, ...] = ()) -> Properties:
        found: list[MapiProperty] = []
        try:
            found.extend(node_properties(heap, self.names))
        except Damaged:
            self.blocks.damage += 1
        return property_bag(found, charsets)

    def _recipients(self, heap: Heap, charsets: tuple[str, ...]) -> Iterator[Properties]:
        node = heap.subnodes.get(_RECIPIENTS)
        if node is None:
            return
        try:
            for place, row in enumerate(rows(Heap(self.blocks, node), self.names)):
                if place >= MAX_RECIPIENTS:
                    return
                yield property_bag(row.properties, charsets)
        except Damaged:
            self.blocks.damage += 1

    def _attachments(self, heap: Heap, charsets: tuple[str, ...], *, levels: int) -> Iterator[PstAttachment]:
        node = heap.subnodes.get(_ATTACHMENTS)
        if node is None:
            return
        try:
            numbers = row_ids(Heap(self.blocks, node))
        except Damaged:
            self.blocks.damage += 1
            numbers = [number for number in heap.subnodes if number & 0x1F == 0x05]
        for number in numbers[:MAX_ATTACHMENTS]:
            inner = heap.subnodes.get(number)
            try:
                held = Heap(self.blocks, inner) if inner is not None else None
            except Damaged:
                held = None
            if held is None:
                self.blocks.damage += 1
                continue
            properties = self._properties(held, charsets)
            yield PstAttachment(properties, held, self._inner_item(held, properties, levels=levels))

    def _inner_item(self, heap: Heap, properties: Properties, *, levels: int) -> PstItem | None:
        held = properties.find(_DATA)
        if properties.number(_METHOD) != _EMBEDDED_MESSAGE or held is None or not isinstance(held.values[0], int):
            return None
        number = int.from_bytes(heap.value(held.values[0])[:4], "little")
        node = heap.subnodes.get(number)
        return self._item(node, levels=levels - 1) if node is not None and levels else None
