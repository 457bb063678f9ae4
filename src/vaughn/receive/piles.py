"""What are the documents of a pile without load file? Files of one name belong together; single pages run on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from vaughn.model import BatesNumber, DocumentKind, Finding, Place, finding, read_bates
from vaughn.receive.assemble import Assembly, DocumentTable, WholeFiles
from vaughn.receive.bates_column import BatesColumn, read_column
from vaughn.receive.begins import Begins
from vaughn.receive.joining import Joined
from vaughn.receive.links import folded_path
from vaughn.receive.name_numbers import NamedFile, is_number_prefix, numbers_of_names, overlapping, stem_of
from vaughn.receive.row_facts import kind_of_name
from vaughn.receive.survey import PAGE_SUFFIXES, STANDARD_FOLDERS, TEXT_SUFFIXES, Part

# Pages of images are one file each; only these can hold several.
_MANY_PAGED = frozenset({".pdf", ".tif", ".tiff"})
_SINGLE_PAGED = frozenset({".tif", ".tiff", ".jpg", ".jpeg", ".png", ".bmp", ".jp2", ".j2k", ".gif", ".webp"})


@dataclass(slots=True)
class _Group:
    """Files of one document: pages in order, a text, a native."""

    path: str
    pages: list[int] = field(default_factory=list)
    text: int = -1
    native: int = -1
    begin: str = ""
    end: str = ""


@dataclass(frozen=True, slots=True)
class Pile:
    """Documents of a pile: the assembly without rows, their files, and what was decided."""

    assembly: Assembly
    text: tuple[int, ...]
    native: tuple[int, ...]
    whole: tuple[tuple[int, int], ...]
    findings: tuple[Finding, ...]


def pile_documents(paths: Sequence[str], parts: Sequence[Part]) -> Pile:
    """Return the documents of files without load file; *parts* says what each file seems to be.

    Runs of single pages have numbers; of the others `numbered_pile` tells once their pages are counted.
    """
    found: list[Finding] = []
    groups = _by_name(paths, parts)
    groups = list(_joined_runs(groups, paths, found))
    groups.sort(key=lambda group: _natural(group.path))
    return _as_pile(groups, paths, found)


def _by_name(paths: Sequence[str], parts: Sequence[Part]) -> list[_Group]:
    """Group files by folder (standard folders like TEXT left out) and name."""
    groups: dict[tuple[str, str], _Group] = {}
    for file, (path, part) in enumerate(zip(paths, parts, strict=True)):
        # What is still a candidate here turned out to be a load file, though one without rows.
        if part in {Part.LITTER, Part.REFUSED, Part.ARCHIVE, Part.CANDIDATE}:
            continue
        key = (_place(path), folded_path(stem_of(path)))
        suffix = _suffix(path)
        group = groups.setdefault(key, _Group(path))
        if part is Part.PAGES and (not group.pages or suffix not in _MANY_PAGED):
            group.pages.append(file)
            group.path = path
        elif suffix in TEXT_SUFFIXES and group.text < 0:
            group.text = file
        elif part is Part.PAGES or group.native >= 0 or (group.text >= 0 and suffix in TEXT_SUFFIXES):
            groups[(path, "")] = _Group(path, pages=[file]) if part is Part.PAGES else _Group(path, native=file)
        else:
            group.native = file
    return [_settled(group) for group in groups.values()]


def _settled(group: _Group) -> _Group:
    """A text that stands alone is a record itself."""
    if not group.pages and group.native < 0 and group.text >= 0:
        group.native = group.text
    return group


def _joined_runs(groups: list[_Group], paths: Sequence[str], found: list[Finding]) -> Iterator[_Group]:
    """Yield groups; runs of single-page images with consecutive numbers become one group where texts say so."""
    single = [group for group in groups if group.pages and _suffix(group.path) in _SINGLE_PAGED and group.native < 0]
    numbered = [(number, group) for group in single if (number := read_bates(stem_of(group.path))) is not None]
    taken = {id(group) for _, group in numbered}
    yield from (group for group in groups if id(group) not in taken)
    numbered.sort(key=lambda pair: (pair[1].path.rpartition("/")[0], pair[0].prefix, pair[0].number))
    for run in _runs(numbered):
        yield from _divided(run, found)


def _runs(numbered: list[tuple[BatesNumber, _Group]]) -> Iterator[list[tuple[BatesNumber, _Group]]]:
    run: list[tuple[BatesNumber, _Group]] = []
    for number, group in numbered:
        if run:
            last, before = run[-1]
            same = before.path.rpartition("/")[0] == group.path.rpartition("/")[0] and last.prefix == number.prefix
            if not (same and number.number == last.number + 1):
                yield run
                run = []
        run.append((number, group))
    if run:
        yield run


def _divided(run: list[tuple[BatesNumber, _Group]], found: list[Finding]) -> Iterator[_Group]:
    """Yield the documents of one run of pages: cut where a text file stands, if only some pages have one."""
    texts = [place for place, (_, group) in enumerate(run) if group.text >= 0]
    if len(run) == 1 or len(texts) == len(run):
        for number, group in run:
            # Consecutive names of single pages are evidence by themselves; one name is none.
            group.begin = group.end = str(number) if len(run) > 1 and is_number_prefix(number.prefix) else ""
            yield group
        return
    starts = texts if texts and texts[0] == 0 else [0, *texts]
    if not texts:
        message = (
            f"A run of {len(run)} single pages shows no sign of where documents begin; it was taken as one document."
        )
        found.append(finding("SP002", message, place=Place(path=run[0][1].path), count=len(run)))
    for start, end in zip(starts, [*starts[1:], len(run)], strict=True):
        members = run[start:end]
        first = members[0][1]
        first.pages = [file for _, group in members for file in group.pages]
        if is_number_prefix(members[0][0].prefix):
            first.begin, first.end = str(members[0][0]), str(members[-1][0])
        yield first


def _as_pile(groups: Sequence[_Group], paths: Sequence[str], found: list[Finding]) -> Pile:
    size = len(groups)
    controls = _controls(groups)
    none = np.full(size, -1, np.int64)
    unknown: list[str | None] = [None] * size
    names: list[str | None] = [group.path.rpartition("/")[2] for group in groups]
    table = DocumentTable(
        control=controls,
        begin=read_column([group.begin for group in groups]),
        end=read_column([group.end for group in groups]),
        load_file=none, line=none.copy(), start=none.copy(), stop=none.copy(), parent=none.copy(),
        family=np.arange(size, dtype=np.int64),
        kind=[_kind(group, paths) for group in groups],
        custodian=unknown, title=list(names), sender=list(unknown), recipients=list(unknown), date=list(unknown),
        file_name=names,
    )  # fmt: skip
    joined = Joined((), Begins(), controls, (), ())
    whole = [(place, file) for place, group in enumerate(groups) for file in _shown(group, paths)]
    return Pile(
        Assembly(table, joined, (), ()),
        tuple(group.text if group.text != group.native else -1 for group in groups),
        tuple(group.native for group in groups),
        tuple(whole),
        tuple(found),
    )


def _shown(group: _Group, paths: Sequence[str]) -> list[int]:
    """Return the files that show a document: its pages, else the record itself if it has any."""
    if group.pages:
        return group.pages
    has_pages = group.native >= 0 and _suffix(paths[group.native]) in TEXT_SUFFIXES | PAGE_SUFFIXES
    return [group.native] if has_pages else []


def _kind(group: _Group, paths: Sequence[str]) -> DocumentKind:
    known = kind_of_name(paths[group.native]) if group.native >= 0 else None
    if known is not None:
        return known
    return DocumentKind.UNKNOWN if group.pages else DocumentKind.OTHER


def _controls(groups: Sequence[_Group]) -> list[str]:
    """Return what each document is called: its number, its file's name, or its path where names meet twice."""
    names = [group.begin or stem_of(group.path) for group in groups]
    counts: dict[str, int] = {}
    for name in names:
        counts[name] = counts.get(name, 0) + 1
    return [name if counts[name] == 1 else group.path for name, group in zip(names, groups, strict=True)]


def numbered_pile(pile: Pile, counts: Mapping[int, int]) -> Pile:
    """Return *pile* with the numbers that the names of its documents spell, as far as there is evidence for them.

    Args:
        counts: Pages of each file.
    """
    table = pile.assembly.documents
    pages = [0] * len(table)
    for document, file in pile.whole:
        pages[document] += max(1, counts.get(file, 1))
    pages = [max(1, own) for own in pages]
    named = numbers_of_names(
        [NamedFile(stem_of(name or ""), own) for name, own in zip(table.file_name, pages, strict=True)]
    )
    known = [table.begin.at(place) for place in range(len(table))]
    begins = [own or number for own, number in zip(known, named, strict=True)]
    by_document = overlapping(begins, pages)
    ends = [table.end.at(place) or (begin if by_document[place] else None) for place, begin in enumerate(begins)]
    numbered = replace(table, begin=_column(begins), end=_column(ends))
    return replace(pile, assembly=replace(pile.assembly, documents=numbered))


def _column(numbers: Sequence[BatesNumber | None]) -> BatesColumn:
    return read_column([str(number) if number else "" for number in numbers])


def pile_files(pile: Pile, counts: dict[int, int]) -> WholeFiles:
    """Return the files that show the documents of a pile, with their page counts (-1 where unknown)."""
    return WholeFiles(
        [document for document, _ in pile.whole],
        [file for _, file in pile.whole],
        [counts.get(file, -1) for _, file in pile.whole],
    )


def _natural(path: str) -> list[tuple[int, int | str]]:
    """Return a sort key that puts ``page 2`` before ``page 10``."""
    return [
        (0, int(piece)) if piece.isdigit() else (1, piece) for piece in re.split(r"(\d+)", path.casefold()) if piece
    ]


def _place(path: str) -> str:
    folders = path.split("/")[:-1]
    return "/".join(folder for folder in folders if folder.lower().strip() not in STANDARD_FOLDERS)


def _suffix(path: str) -> str:
    name = path.rpartition("/")[2]
    return f".{name.rpartition('.')[2].lower()}" if "." in name else ""
