"""The items of an Outlook data file, handed out one after the other as message files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field

from vaughn.formats.archive_pieces import ArchiveEnd, MemberPiece
from vaughn.formats.mail.pst.blocks import Blocks
from vaughn.formats.mail.pst.items import PstFolder, PstItem, PstStore
from vaughn.formats.mail.pst.written import message_file
from vaughn.formats.readers.content import ReadingRequest
from vaughn.model import Finding, finding

PIECE_BYTES = 1024 * 1024


@dataclass(slots=True)
class _Count:
    """How the items add up.

    Args:
        place: Running number; part of a member's name, so that a taking in can go on where it was.
        unlisted: How many items each folder says it has beyond those it lists.
        settings: Items the program keeps for itself; they are not counted as the mailbox's.
    """

    place: int = 0
    expected: int = 0
    settings: int = 0
    lost: int = 0
    unlisted: dict[int, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def pst_pieces(request: ReadingRequest, known: frozenset[str] = frozenset()) -> Iterator[MemberPiece | ArchiveEnd]:
    """Yield the items of an Outlook data file in pieces, named by folder and number; those in *known* are passed over.

    Raises:
        FileRefused: If it is no Outlook data file.
    """
    with closing(Blocks(request.path)) as blocks:
        store = PstStore(blocks)
        damage = blocks.damage + blocks.is_cut_off
        count = _Count()
        folders = store.folders()
        for folder in folders:
            count.expected += folder.claimed
            yield from _items(store, folder, count, known)
        yield from _unlisted(store, folders, count, known)
        count.lost += sum(count.unlisted.values())
        if damage or count.lost or any(folder.is_damaged for folder in folders):
            count.findings.append(
                finding(
                    "IN022",
                    f"The mailbox is damaged; {count.lost} of its items could not be read.",
                    count=max(1, count.lost),
                )
            )
        yield ArchiveEnd(tuple(count.findings), expected=count.expected - count.settings, refused=count.lost)


def _items(store: PstStore, folder: PstFolder, count: _Count, known: frozenset[str]) -> Iterator[MemberPiece]:
    for number in folder.items:
        count.place += 1
        path = _path(folder.path, count.place)
        if path in known:
            continue
        item = store.item(number)
        if item is None:
            count.lost += 1
        elif store.is_setting(item):
            count.settings += 1
        else:
            yield from _pieces(item, path, folder.path)
    # What a folder says it has and does not list; a damaged list may yet be made up for.
    count.unlisted[folder.id] = folder.claimed - len(folder.items)


def _unlisted(store: PstStore, folders: list[PstFolder], count: _Count, known: frozenset[str]) -> Iterator[MemberPiece]:
    by_id = {folder.id: folder for folder in folders}
    for node in store.unlisted(folders):
        parent = by_id.get(node.parent)
        is_lost_list = parent is not None and parent.is_damaged
        item = store.item(node.id)
        if item is None or store.is_setting(item):
            continue
        count.place += 1
        if parent is not None and count.unlisted[parent.id] > 0:
            count.unlisted[parent.id] -= 1
        else:
            count.expected += 1
        place = parent.path if parent is not None else ""
        path = _path(place or "recovered", count.place)
        if path not in known:
            notes = () if is_lost_list else ("X-Vaughn-Deleted: yes",)
            yield from _pieces(item, path, place, notes)


def _path(folder: str, place: int) -> str:
    shown = "".join(letter if letter.isprintable() and letter not in '\\:*?"<>|' else "_" for letter in folder)
    return "/".join(filter(None, (*(step.strip(" .") or "_" for step in shown.split("/") if step), f"{place:06d}.eml")))


def _pieces(item: PstItem, path: str, folder: str, notes: tuple[str, ...] = ()) -> Iterator[MemberPiece]:
    held = bytearray()
    for piece in message_file(item, folder=folder, notes=notes):
        held += piece
        while len(held) > PIECE_BYTES:
            yield MemberPiece(path, bytes(held[:PIECE_BYTES]), is_last=False)
            del held[:PIECE_BYTES]
    yield MemberPiece(path, bytes(held), is_last=True)
