"""What a folder holds is judged by names and places."""

from __future__ import annotations

import pytest

from vaughn.receive.survey import Part, survey, volume_root
from vaughn.store import Entry, EntryKind


def parts_of(*paths: str) -> list[Part]:
    return list(survey([Entry(path, 10) for path in paths]).parts)


@pytest.mark.parametrize(
    ("path", "part"),
    [
        ("VOL/DATA/VOL.DAT", Part.CANDIDATE),
        ("VOL/VOL.opt", Part.CANDIDATE),
        ("VOL/DATA/list.xlsx", Part.CANDIDATE),
        ("VOL/NATIVES/ABC0001.xlsx", Part.NATIVE),
        ("VOL/NATIVES/ABC0001.pdf", Part.NATIVE),
        ("VOL/NATIVES/ABC0001.txt", Part.NATIVE),
        ("VOL/NATIVES/pack.zip", Part.NATIVE),
        ("VOL/TEXT/ABC0001.txt", Part.TEXT),
        ("VOL/IMAGES/0001/ABC0001.tif", Part.PAGES),
        ("VOL/LOADFILES/VOL.txt", Part.CANDIDATE),
        ("VOL/call.wav", Part.NATIVE),
        ("VOL.zip", Part.ARCHIVE),
        ("VOL/Thumbs.db", Part.LITTER),
        ("__MACOSX/VOL/._VOL.DAT", Part.LITTER),
        ("VOL/.DS_Store", Part.LITTER),
        ("VOL/desktop.ini", Part.LITTER),
    ],
)
def test_each_file_has_its_part(path: str, part: Part) -> None:
    """The customs of DOMAIN 2.6."""
    assert parts_of(path) == [part]


def test_a_sheet_beside_a_page_of_its_name_is_a_native() -> None:
    """ABC0001.pdf with ABC0001.xlsx is one record and its slip sheet, not a list."""
    assert parts_of("ABC0001.pdf", "ABC0001.xlsx") == [Part.PAGES, Part.NATIVE]


def test_many_texts_in_a_folder_are_texts() -> None:
    """Looking into a million page texts for a load file would take hours."""
    assert set(parts_of(*(f"V/ABC{n:04d}.txt" for n in range(10)))) == {Part.TEXT}


def test_links_and_devices_are_refused_and_told() -> None:
    """A link could lead anywhere on the machine that reads the production."""
    found = survey([Entry("a", 0, EntryKind.LINK), Entry("b", 0, EntryKind.DEVICE), Entry("c.pdf", 1)])
    assert found.parts == (Part.REFUSED, Part.REFUSED, Part.PAGES)
    assert [(one.code, one.place.path) for one in found.findings] == [("FL009", "a"), ("FL009", "b")]


@pytest.mark.parametrize(
    ("path", "root"),
    [
        ("VOL001/DATA/x.dat", "VOL001"),
        ("DATA/x.dat", ""),
        ("VOL001/x.dat", "VOL001"),
        ("x.dat", ""),
        ("a.zip/V/LOADFILES/x.dat", "a.zip/V"),
    ],
)
def test_paths_count_from_above_the_load_file_folder(path: str, root: str) -> None:
    """DATA and LOADFILES stand beside IMAGES, not above it."""
    assert volume_root(path) == root
