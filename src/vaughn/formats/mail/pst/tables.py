"""Properties and tables inside the nodes of an Outlook data file ([MS-PST] 2.3, the LTP layer)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from vaughn.formats.mail.mapi import MapiName, MapiProperty, fixed_value, variable_value
from vaughn.formats.mail.mapi.values import BINARY, FIXED_BYTES, MULTIPLE, OBJECT, STRING8, UNICODE, MapiValue
from vaughn.formats.mail.pst.blocks import Blocks, Node

MAX_LEVELS = 8
MAX_ROWS = 10_000_000
MAX_VALUES = 10_000
_HEAP, _TREE, _TABLE = 0xEC, 0xB5, 0x7C
_ATTACHMENT_DATA = 0x3701

Names = dict[int, MapiName]


class Damaged(Exception):
    """A node is not what it should be; what was read before stands."""


@dataclass(frozen=True, slots=True)
class _Column:
    number: int
    kind: int
    at: int
    size: int
    bit: int


class Heap:
    """One node with its heap: small values by their ids, larger ones in subnodes."""

    def __init__(self, blocks: Blocks, node: Node) -> None:
        """Open *node*.

        Raises:
            Damaged: If it holds no heap.
        """
        self.blocks = blocks
        self._parts = list(blocks.data_blocks(node.data))
        if not self._parts or len(self._parts[0]) < 12 or self._parts[0][2] != _HEAP:
            raise Damaged
        self.kind = self._parts[0][3]
        self.root = int.from_bytes(self._parts[0][4:8], "little")
        self.subnodes = blocks.subnodes(node.subnodes)

    def held(self, number: int) -> bytes:
        """Return what the heap holds under the id *number*; nothing if it is damaged."""
        index, part = (number >> 5) & 0x7FF, number >> 16
        if self.blocks.block_bytes > 8192:
            index, part = (number >> 5) & 0x3FFF, number >> 19
        if not index or part >= len(self._parts):
            return b""
        data = self._parts[part]
        at = int.from_bytes(data[:2], "little")
        count = int.from_bytes(data[at : at + 2], "little")
        if index > count:
            return b""
        start, end = (
            struct.unpack_from("<HH", data, at + 4 + 2 * (index - 1)) if at + 6 + 2 * index <= len(data) else (0, 0)
        )
        return data[start:end]

    def value(self, number: int) -> bytes:
        """Return the value under the id *number*, in the heap or in a subnode."""
        if not number:
            return b""
        if number & 0x1F == 0:
            return self.held(number)
        inner = self.subnodes.get(number)
        return b"".join(self.blocks.data_blocks(inner.data)) if inner is not None else b""

    def tree(self, number: int) -> Iterator[bytes]:
        """Yield the records of the tree with the id *number*: keys and data together."""
        head = self.held(number)
        if len(head) < 8 or head[0] != _TREE:
            raise Damaged
        key, size, levels, root = head[1], head[2], min(head[3], MAX_LEVELS), int.from_bytes(head[4:8], "little")
        waiting = [(root, levels)]
        steps = 0
        while waiting and steps < MAX_ROWS:
            steps += 1
            one, level = waiting.pop()
            data = self.held(one) if one else b""
            record = key + (4 if level else size)
            if not record:
                raise Damaged
            for at in range(0, len(data) - record + 1, record):
                if level:
                    waiting.append((int.from_bytes(data[at + key : at + record], "little"), level - 1))
                else:
                    yield data[at : at + record]


def node_properties(heap: Heap, names: Names) -> Iterator[MapiProperty]:
    """Yield the properties that the node of *heap* has; the content of an attachment is left where it is."""
    for record in heap.tree(heap.root):
        number, kind, held = struct.unpack_from("<HHI", record) if len(record) >= 8 else (0, 0, 0)
        if not number:
            continue
        if number == _ATTACHMENT_DATA:
            yield MapiProperty(number, kind, (held,))
            continue
        yield MapiProperty(number, kind, _values(heap, kind, held), names.get(number))


def _values(heap: Heap, kind: int, held: int) -> tuple[MapiValue, ...]:
    if not kind & MULTIPLE:
        if FIXED_BYTES.get(kind, 8) <= 4:
            return (fixed_value(kind, held.to_bytes(4, "little")),)
        return (_single(kind, heap.value(held)),)
    return multiple_values(kind & ~MULTIPLE, heap.value(held))


def _single(kind: int, data: bytes) -> MapiValue:
    return fixed_value(kind, data) if kind in FIXED_BYTES else variable_value(kind, data)


def multiple_values(kind: int, data: bytes) -> tuple[MapiValue, ...]:
    """Return the values of type *kind* that stand together in *data* ([MS-PST] 2.3.3.4)."""
    if kind in FIXED_BYTES:
        size = FIXED_BYTES[kind]
        count = min(len(data) // size, MAX_VALUES)
        return tuple(fixed_value(kind, data[place * size :]) for place in range(count))
    count = min(int.from_bytes(data[:4], "little"), (len(data) - 4) // 4 if len(data) >= 4 else 0, MAX_VALUES)
    starts = [int.from_bytes(data[4 + 4 * place : 8 + 4 * place], "little") for place in range(count)]
    ends = [*starts[1:], len(data)]
    return tuple(variable_value(kind, data[start:end]) for start, end in zip(starts, ends, strict=True))


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: the id of what it stands for, and its cells as properties."""

    id: int
    properties: tuple[MapiProperty, ...] = ()


def row_ids(heap: Heap) -> list[int]:
    """Return the ids of the rows of the table in *heap*, in the order of the table.

    Raises:
        Damaged: If it holds no table.
    """
    info = heap.held(heap.root)
    if len(info) < 22 or info[0] != _TABLE:
        raise Damaged
    index = int.from_bytes(info[10:14], "little")
    size = 8 if heap.blocks.is_wide else 6
    rows = []
    for record in heap.tree(index):
        if len(record) >= size:
            place = int.from_bytes(record[4:size], "little")
            rows.append((place, int.from_bytes(record[:4], "little")))
    return [number for _, number in sorted(rows)]


def rows(heap: Heap, names: Names) -> Iterator[Row]:
    """Yield the rows of the table in *heap* with their cells.

    Raises:
        Damaged: If it holds no table.
    """
    info = heap.held(heap.root)
    if len(info) < 22 or info[0] != _TABLE:
        raise Damaged
    width, ends = int.from_bytes(info[8:10], "little"), int.from_bytes(info[6:8], "little")
    columns = [
        _Column(tag >> 16, tag & 0xFFFF, at, size, bit)
        for tag, at, size, bit in struct.iter_unpack("<IHBB", info[22 : 22 + 8 * info[1]])
    ]
    matrix = _matrix(heap, int.from_bytes(info[14:18], "little"), width)
    for place, number in enumerate(row_ids(heap)):
        row = matrix[place * width : (place + 1) * width]
        if len(row) < width:
            break
        flags = row[ends:]
        there = [one for one in columns if one.bit // 8 < len(flags) and flags[one.bit // 8] & 1 << (7 - one.bit % 8)]
        yield Row(number, tuple(_cell(heap, row, one, names) for one in there))


def _matrix(heap: Heap, number: int, width: int) -> bytes:
    """Return the rows one after the other; each block holds whole rows and may end in a rest."""
    if number & 0x1F == 0 or not width:
        return heap.held(number)
    node = heap.subnodes.get(number)
    if node is None:
        return b""
    parts = heap.blocks.data_blocks(node.data)
    return b"".join(part[: len(part) // width * width] for part in parts)


def _cell(heap: Heap, row: bytes, column: _Column, names: Names) -> MapiProperty:
    cell = row[column.at : column.at + column.size]
    single = column.kind & ~MULTIPLE
    values: tuple[MapiValue, ...]
    if column.kind & MULTIPLE:
        values = multiple_values(single, heap.value(int.from_bytes(cell, "little")))
    elif single in {STRING8, UNICODE, BINARY, OBJECT} or len(cell) < FIXED_BYTES.get(single, 0):
        values = (_single(single, heap.value(int.from_bytes(cell, "little"))),)
    else:
        values = (fixed_value(single, cell),)
    return MapiProperty(column.number, column.kind, values, names.get(column.number))
