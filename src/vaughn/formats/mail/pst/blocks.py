"""Nodes and blocks of an Outlook data file ([MS-PST] 2.2, the NDB layer): two trees of pages, and blocks by their ids.

Three layouts: ANSI (until Outlook 2002), Unicode, and Unicode with pages of 4,096 bytes and packed blocks (OST of
Outlook 2013). A damaged tree is mended by looking for its leaf pages all over the file.
"""

from __future__ import annotations

import struct
import zlib
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from vaughn.formats.faults import unreadable
from vaughn.formats.mail.pst.ciphers import unscrambled

MAGIC = b"!BDN"
MAX_TREE_LEVELS = 12
MAX_NODES = 20_000_000
# A node's data is held in memory: tables of a million messages take some hundred MB.
MAX_NODE_BYTES = 1 << 30
MAX_SUBNODES = 1_000_000
_KEPT_BLOCKS = 256
_NODE_PAGE, _BLOCK_PAGE = 0x81, 0x80
_SCAN_BYTES = 4 << 20


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where things stand in one of the three kinds of files."""

    wide: bool
    page_bytes: int
    count_at: int
    node_root_at: int
    block_root_at: int
    cipher_at: int

    @property
    def id_bytes(self) -> int:
        """How long a block id or an offset is."""
        return 8 if self.wide else 4


_ANSI = _Layout(False, 512, 496, 0xBC, 0xC4, 0x1CD)
_UNICODE = _Layout(True, 512, 488, 0xE0, 0xF0, 0x201)
_LARGE = _Layout(True, 4096, 4056, 0xE0, 0xF0, 0x201)


@dataclass(frozen=True, slots=True)
class Node:
    """A node: where its data and its subnodes begin."""

    id: int
    data: int
    subnodes: int
    parent: int = 0


@dataclass(frozen=True, slots=True)
class _Block:
    offset: int
    size: int
    unpacked: int


class Blocks:
    """The nodes and blocks of one open file.

    `damage` counts pages and blocks that could not be read; `is_cut_off` says that the file should be longer.
    """

    def __init__(self, path: Path) -> None:
        """Open the file at *path*.

        Raises:
            FileRefused: If it is no Outlook data file.
        """
        self.damage = 0
        self._file = path.open("rb")
        self._size = path.stat().st_size
        head = self._file.read(1024)
        if not head.startswith(MAGIC) or len(head) < 564:
            self._file.close()
            raise unreadable("The file is no Outlook data file.")
        version = int.from_bytes(head[10:12], "little")
        self._layout = _ANSI if version < 20 else _LARGE if version >= 36 else _UNICODE
        self._cipher = head[self._layout.cipher_at]
        self._kept: OrderedDict[int, bytes] = OrderedDict()
        self.nodes: dict[int, Node] = {}
        self._blocks: dict[int, _Block] = {}
        claimed_at = 0xB8 if self._layout.wide else 0xA8
        claimed = int.from_bytes(head[claimed_at : claimed_at + self._layout.id_bytes], "little")
        self.is_cut_off = claimed > self._size
        self._load(head)

    @property
    def is_wide(self) -> bool:
        """Whether ids have 64 bits."""
        return self._layout.wide

    @property
    def block_bytes(self) -> int:
        """How much data a full block holds."""
        if self._layout is _LARGE:
            return 65536 - 24
        return 8192 - (16 if self._layout.wide else 12)

    def close(self) -> None:
        """Give the file back."""
        self._file.close()

    def _load(self, head: bytes) -> None:
        self._load_tree(head, self._layout.block_root_at, _BLOCK_PAGE)
        self._load_tree(head, self._layout.node_root_at, _NODE_PAGE)

    def _load_tree(self, head: bytes, root_at: int, kind: int) -> None:
        root = int.from_bytes(head[root_at : root_at + self._layout.id_bytes], "little")
        take = self._take_block if kind == _BLOCK_PAGE else self._take_node
        before = self.damage
        for entry in self._leaves(root, kind):
            take(entry)
        if self.damage > before:
            for entry in self._scanned(kind):
                take(entry)

    def _take_node(self, entry: bytes) -> None:
        if self._layout.wide:
            number, data, subnodes, parent = struct.unpack_from("<QQQI", entry)
        else:
            number, data, subnodes, parent = struct.unpack_from("<IIII", entry)
        number &= 0xFFFFFFFF
        if len(self.nodes) < MAX_NODES:
            self.nodes.setdefault(number, Node(number, data, subnodes, parent))

    def _take_block(self, entry: bytes) -> None:
        if self._layout.wide:
            number, offset, size, unpacked = struct.unpack_from("<QQHH", entry)
        else:
            number, offset, size = struct.unpack_from("<IIH", entry)
            unpacked = 0
        if len(self._blocks) < MAX_NODES and 0 < offset < self._size:
            self._blocks.setdefault(number & ~1, _Block(offset, size, unpacked if self._layout is _LARGE else size))

    def _leaves(self, offset: int, kind: int) -> Iterator[bytes]:
        """Yield the leaf entries of the tree whose root page stands at *offset*."""
        pages: list[tuple[int, int]] = [(offset, MAX_TREE_LEVELS)]
        seen: set[int] = set()
        while pages:
            at, levels = pages.pop()
            page = self._page(at, kind)
            if page is None or levels == 0 or at in seen:
                self.damage += 1
                continue
            seen.add(at)
            entries, level = self._entries(page)
            if level == 0:
                yield from entries
                continue
            size = self._layout.id_bytes
            below = [int.from_bytes(entry[2 * size : 3 * size], "little") for entry in entries]
            pages += [(one, levels - 1) for one in reversed(below)]

    def _page(self, offset: int, kind: int) -> bytes | None:
        if not 0 < offset <= self._size - self._layout.page_bytes:
            return None
        self._file.seek(offset)
        page = self._file.read(self._layout.page_bytes)
        return page if self._is_page(page, kind) else None

    def _is_page(self, page: bytes, kind: int) -> bool:
        trailer = self._layout.page_bytes - (12 if not self._layout.wide else 24 if self._layout is _LARGE else 16)
        return len(page) == self._layout.page_bytes and page[trailer] == page[trailer + 1] == kind

    def _entries(self, page: bytes) -> tuple[list[bytes], int]:
        at = self._layout.count_at
        if self._layout is _LARGE:
            count, size, level = int.from_bytes(page[at : at + 2], "little"), page[at + 4], page[at + 5]
        else:
            count, size, level = page[at], page[at + 2], page[at + 3]
        least = 24 if self._layout.wide else 12
        if size < least or count * size > at:
            self.damage += 1
            return [], 0
        return [page[place * size : (place + 1) * size] for place in range(count)], level

    def _scanned(self, kind: int) -> Iterator[bytes]:
        """Yield the entries of all leaf pages of *kind* that stand anywhere in the file."""
        step = self._layout.page_bytes
        for start in range(0, self._size, _SCAN_BYTES):
            self._file.seek(start)
            data = self._file.read(_SCAN_BYTES)
            for at in range(0, len(data) - step + 1, step):
                page = data[at : at + step]
                if self._is_page(page, kind):
                    entries, level = self._entries(page)
                    if level == 0:
                        yield from entries

    def block(self, number: int) -> bytes | None:
        """Return the data of the block with the id *number*, in clear; `None` if it is not there."""
        number &= ~1
        if number in self._kept:
            self._kept.move_to_end(number)
            return self._kept[number]
        place = self._blocks.get(number)
        if place is None:
            return None
        self._file.seek(place.offset)
        data = self._file.read(place.size)
        if len(data) < place.size:
            return None
        if place.unpacked != place.size and place.unpacked:
            try:
                data = zlib.decompressobj().decompress(data, max(place.unpacked, 1))
            except zlib.error:
                return None
        if not number & 2:
            data = unscrambled(data, self._cipher, number)
        self._kept[number] = data
        while len(self._kept) > _KEPT_BLOCKS:
            self._kept.popitem(last=False)
        return data

    def data_blocks(self, number: int) -> Iterator[bytes]:
        """Yield the data behind the block id *number*, a block at a time; what is missing counts as damage."""
        if not number:
            return
        waiting = [number]
        handed = 0
        levels = 0
        while waiting and handed < MAX_NODE_BYTES:
            one = waiting.pop()
            data = self.block(one)
            if data is None:
                self.damage += 1
                return
            if one & 2 and data[:1] == b"\x01":
                levels += 1
                if levels > MAX_SUBNODES:
                    self.damage += 1
                    return
                waiting += reversed(self._ids(data))
            else:
                handed += len(data)
                yield data

    def _ids(self, data: bytes) -> list[int]:
        count = int.from_bytes(data[2:4], "little")
        form = "<Q" if self._layout.wide else "<I"
        size = self._layout.id_bytes
        count = min(count, (len(data) - 8) // size)
        return [struct.unpack_from(form, data, 8 + place * size)[0] for place in range(count)]

    def subnodes(self, number: int) -> dict[int, Node]:
        """Return the nodes inside the node whose tree of subnodes begins at the block *number*."""
        found: dict[int, Node] = {}
        waiting = [number] if number else []
        steps = 0
        while waiting and steps < MAX_SUBNODES:
            steps += 1
            data = self.block(waiting.pop())
            if data is None or data[:1] != b"\x02":
                self.damage += 1
                continue
            level = data[1]
            width = self._layout.id_bytes
            head, size = (8, 8 * (2 if level else 3)) if self._layout.wide else (4, 4 * (2 if level else 3))
            count = min(int.from_bytes(data[2:4], "little"), (len(data) - head) // size)
            for place in range(count):
                numbers = [
                    int.from_bytes(data[at : at + width], "little")
                    for at in range(head + place * size, head + (place + 1) * size, width)
                ]
                if level:
                    waiting.append(numbers[1])
                else:
                    inner = numbers[0] & 0xFFFFFFFF
                    found[inner] = Node(inner, numbers[1], numbers[2])
        return found
