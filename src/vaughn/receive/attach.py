"""Which text, native and page file belongs to each document? By the paths of its row, else by the number in a name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from vaughn.model import FileRole, Finding, Place, finding
from vaughn.receive.assemble import Assembly, WholeFiles, unpaged
from vaughn.receive.gather import LinkTally
from vaughn.receive.joining import JoinedList
from vaughn.receive.links import FileTable, PathReader
from vaughn.receive.matching import match_by_number, number_index
from vaughn.receive.packed import taken
from vaughn.receive.survey import PAGE_SUFFIXES, TEXT_SUFFIXES, Part, is_native_place

Int64s = npt.NDArray[np.int64]
NONE = -1
# Paths looked up before the next ones are unpacked.
_AT_ONCE = 1 << 14


@dataclass(frozen=True, slots=True)
class FoundBy:
    """A file that came to a document otherwise than plainly by the path of its row."""

    document: int
    role: FileRole
    file: int
    matched_by: str
    page: int = 1


@dataclass(slots=True)
class Attached:
    """Files of the documents, as indices, -1 none.

    Args:
        whole: For documents without page rows: (document, file) of the files that show them whole.
        roles: What each linked file is for.
        inline: Load files whose text column holds the text itself.
    """

    native: Int64s
    text: Int64s
    whole: list[tuple[int, int]] = field(default_factory=list)
    roles: dict[int, FileRole] = field(default_factory=dict)
    found_by: list[FoundBy] = field(default_factory=list)
    inline: set[int] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)


def attach_files(assembly: Assembly, table: FileTable, parts: Sequence[Part]) -> Attached:
    """Return the files of all documents; *parts* says what each file of *table* seems to be."""
    size = len(assembly.documents)
    result = Attached(np.full(size, NONE, np.int64), np.full(size, NONE, np.int64))
    shown = np.full(size, NONE, np.int64)
    first = 0
    for part in assembly.joined.lists:
        span = slice(first, first + len(part.kept))
        first += len(part.kept)
        tally = LinkTally(part.rows.name)
        _by_path(part, "text_path", table=table, tally=tally, result=result, target=result.text[span])
        _by_path(part, "native_path", table=table, tally=tally, result=result, target=result.native[span])
        _by_path(part, "production_path", table=table, tally=tally, result=result, target=shown[span])
        result.findings += tally.findings()
    for paging in assembly.pagings:
        for file in np.unique(paging.rows.file[paging.document >= 0]).tolist():
            if file >= 0:
                result.roles[file] = FileRole.IMAGE
    _by_number(assembly, table, parts, result=result, shown=shown)
    _show_whole(assembly, table, result, shown)
    return result


_ROLE_OF_FIELD = {
    "text_path": FileRole.TEXT,
    "native_path": FileRole.NATIVE,
    "production_path": FileRole.IMAGE,
}


def _by_path(
    part: JoinedList, field_id: str, *, table: FileTable, tally: LinkTally, result: Attached, target: Int64s
) -> None:
    """Link one path column of one list into *target*."""
    role = _ROLE_OF_FIELD[field_id]
    as_received = part.rows.get(field_id)
    if as_received is None:
        return
    if field_id == "text_path" and part.rows.has_inline_text:
        result.inline.add(part.rows.load_file)
        return
    written, lines = taken(as_received, part.kept), part.rows.places.lines[part.kept]
    numbers = part.rows.numbers_of("beg_bates")
    place = part.rows.map.column_of(field_id)
    column = None if place is None else part.rows.map.columns[place]
    reader = PathReader(table, part.rows.origin)
    for at in range(0, len(written), _AT_ONCE):
        piece = slice(at, at + _AT_ONCE)
        texts = written[piece]
        links = reader.column(texts)
        tally.add(links, texts, lines=lines[piece], numbers=numbers.chosen(part.kept[piece]), column=column)
        found = links.index >= 0
        target[piece][found] = links.index[found]
        for file in np.unique(links.index[found]).tolist():
            result.roles.setdefault(file, role)


def _by_number(assembly: Assembly, table: FileTable, parts: Sequence[Part], *, result: Attached, shown: Int64s) -> None:
    """Match files that no row names with documents by the numbers in their names."""
    wanted = {Part.TEXT, Part.PAGES, Part.NATIVE, Part.ARCHIVE}
    free = [file for file, part in enumerate(parts) if part in wanted and file not in result.roles]
    if not free:
        return
    paged = np.ones(len(assembly.documents), dtype=bool)
    paged[unpaged(assembly)] = False
    counts: Counter[FileRole] = Counter()
    first: dict[FileRole, str] = {}
    for match in match_by_number(number_index(assembly.documents), table.paths, free):
        path = table.paths[match.file]
        role = _role_of(path, parts[match.file], paged=bool(paged[match.document]))
        if role is None:
            continue
        target = {FileRole.TEXT: result.text, FileRole.NATIVE: result.native}.get(role, shown)
        whole = match.page == 1 or role is not FileRole.TEXT
        if target[match.document] == NONE and whole and (role is not FileRole.IMAGE or match.page == 1):
            target[match.document] = match.file
        elif role is FileRole.IMAGE and match.page > 1:
            result.whole.append((match.document, match.file))
        result.roles[match.file] = role
        result.found_by.append(FoundBy(match.document, role, match.file, match.form, match.page))
        counts[role] += 1
        first.setdefault(role, path)
    for role, count in counts.items():
        message = f"{count} {role.value} files that no row names were matched by the number in their names."
        result.findings.append(finding("FL005", message, place=Place(path=first[role]), count=count))


def _role_of(path: str, part: Part, *, paged: bool) -> FileRole | None:
    """Return what a file matched by its name is for; `None` if it stays without a document."""
    if part in {Part.NATIVE, Part.ARCHIVE} or is_native_place(path):
        return FileRole.NATIVE
    suffix = f".{path.rpartition('.')[2].lower()}"
    if suffix in TEXT_SUFFIXES:
        return FileRole.TEXT
    if suffix in PAGE_SUFFIXES:
        # The pages of the document are listed and come from other files: this one is an extra copy of it.
        return FileRole.NATIVE if paged else FileRole.IMAGE
    return FileRole.NATIVE


def _show_whole(assembly: Assembly, table: FileTable, result: Attached, shown: Int64s) -> None:
    """Say which files show the documents that no page list names: their own, else the native if it has pages."""
    pages = sorted(result.whole, key=lambda pair: (pair[0], table.paths[pair[1]]))
    result.whole = []
    later: dict[int, list[int]] = {}
    for document, file in pages:
        later.setdefault(document, []).append(file)
    for document in unpaged(assembly).tolist():
        file = int(shown[document])
        if file == NONE:
            native = int(result.native[document])
            if native != NONE and f".{table.paths[native].rpartition('.')[2].lower()}" in PAGE_SUFFIXES:
                file = native
        if file != NONE:
            result.roles.setdefault(file, FileRole.IMAGE)
        result.whole += [(document, one) for one in ([file] if file != NONE else []) + later.get(document, [])]


def whole_files(attached: Attached, counts: dict[int, int]) -> WholeFiles:
    """Return the files that show documents whole, with their page counts (-1 where unknown)."""
    return WholeFiles(
        [document for document, _ in attached.whole],
        [file for _, file in attached.whole],
        [counts.get(file, NONE) for _, file in attached.whole],
    )


def orphans(parts: Sequence[Part], used: Iterable[int], paths: Sequence[str]) -> tuple[list[int], list[Finding]]:
    """Return the files that belong to no document, and what to say about them: one finding a folder."""
    taken = set(used)
    left = [
        file
        for file, part in enumerate(parts)
        if file not in taken and part not in {Part.LITTER, Part.REFUSED, Part.ARCHIVE}
    ]
    folders: dict[str, list[int]] = {}
    for file in left:
        folders.setdefault(paths[file].rpartition("/")[0], []).append(file)
    found = []
    for files in folders.values():
        more = f" So do {len(files) - 1} others in its folder." if len(files) > 1 else ""
        found.append(
            finding(
                "FL003", f"The file belongs to no document.{more}", place=Place(path=paths[files[0]]), count=len(files)
            )
        )
    return left, found


def same_bytes(paths: Sequence[str], hashes: Sequence[str | None], parts: Sequence[Part]) -> list[Finding]:
    """Say which files stand at several places: one finding, at the first of them."""
    first: dict[str, int] = {}
    again: list[int] = []
    for file, (digest, part) in enumerate(zip(hashes, parts, strict=True)):
        if digest is None or part in {Part.LITTER, Part.REFUSED, Part.TEXT}:
            continue
        if first.setdefault(digest, file) != file:
            again.append(file)
    if not again:
        return []
    message = f"{len(again)} files have the bytes of another file; each is stored once and keeps its places."
    return [finding("FL015", message, place=Place(path=paths[again[0]]), count=len(again))]
