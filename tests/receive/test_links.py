"""Paths as load files write them lead to the right file, or to none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaughn.receive.links import ESCAPED, MISSING, UNNAMED, FileTable, How, Origin, PathReader, plain_path

PATHS = [
    "VOL001/IMAGES/0001/ABC0001.pdf",
    "VOL001/IMAGES/0001/00000001.tif",
    "VOL002/IMAGES/0001/00000001.tif",
    "VOL001/TEXT/ABC0001.txt",
    "VOL001/NATIVES/Über 50% done.xlsx",
]
ORIGIN = Origin("VOL001", "VOL001/DATA")


@pytest.mark.parametrize(
    ("written", "path", "how"),
    [
        pytest.param(r"IMAGES\0001\ABC0001.pdf", PATHS[0], How.EXACT, id="backslashes"),
        pytest.param("IMAGES/0001/ABC0001.pdf", PATHS[0], How.EXACT, id="slashes"),
        pytest.param(r".\IMAGES\0001\ABC0001.pdf", PATHS[0], How.EXACT, id="leading dot"),
        pytest.param(r"\IMAGES\0001\ABC0001.pdf", PATHS[0], How.EXACT, id="leading backslash"),
        pytest.param(r"IMAGES\0001\ABC0001.pdf  ", PATHS[0], How.EXACT, id="trailing blanks"),
        pytest.param(r"images\0001\abc0001.PDF", PATHS[0], How.CASE, id="letter case"),
        pytest.param(
            r"\HOUSE_OVERSIGHT_009\TEXT\ABC0001.txt", PATHS[3], How.REROOTED, id="volume name that is no folder"
        ),
        pytest.param(r"D:\IMAGES\0001\ABC0001.pdf", PATHS[0], How.ABSOLUTE, id="drive"),
        pytest.param(r"X:\Prod\VOL001\IMAGES\0001\ABC0001.pdf", PATHS[0], How.ABSOLUTE, id="drive and folders"),
        pytest.param(r"\\server\share\VOL001\TEXT\ABC0001.txt", PATHS[3], How.ABSOLUTE, id="share"),
        pytest.param(r"@VOL001;IMAGES\0001;ABC0001.pdf", PATHS[0], How.EXACT, id="LFP volume"),
        pytest.param(r"@VOL001:TEXT\ABC0001.txt", PATHS[3], How.EXACT, id="DII volume"),
        pytest.param(r"..\IMAGES\0001\ABC0001.pdf", PATHS[0], How.EXACT, id="beside the load file's folder"),
        pytest.param(r"VOL002\IMAGES\0001\00000001.tif", PATHS[2], How.EXACT, id="other volume by name"),
        pytest.param(r"IMAGES\0001\00000001.tif", PATHS[1], How.EXACT, id="own volume first"),
        pytest.param("NATIVES\\U\u0308ber 50% done.xlsx", PATHS[4], How.EXACT, id="decomposed letters"),
        pytest.param(r"Elsewhere\ABC0001.txt", PATHS[3], How.REROOTED, id="moved to another folder"),
    ],
)
def test_a_written_path_leads_to_its_file(written: str, path: str, how: How) -> None:
    """Load files are written on other machines than the one they are read on."""
    link = FileTable(PATHS).find(written, ORIGIN)
    assert link.index >= 0, "missing"
    assert (PATHS[link.index], link.how) == (path, how)


@pytest.mark.parametrize(
    "written",
    [r"..\..\etc\passwd", r"..\..\VOL002\IMAGES\0001\00000001.tif", r"IMAGES\..\..\..\x.pdf", "../../../../etc/passwd"],
)
def test_a_path_that_climbs_out_of_the_volume_is_refused(written: str) -> None:
    """What lies outside was not handed over, whoever names it."""
    assert FileTable(PATHS).find(written, ORIGIN).index == ESCAPED


@pytest.mark.parametrize(
    "written",
    [
        r"IMAGES\0002\00000001.tif",
        r"VOL003\IMAGES\0001\00000001.tif",
        "/etc/passwd",
        r"C:\Windows\win.ini",
        "ABC0002.pdf",
    ],
)
def test_a_file_that_was_not_handed_over_is_missing(written: str) -> None:
    """A page name that stands in every volume must not lead into the wrong one."""
    assert FileTable(PATHS).find(written, ORIGIN).index == MISSING


def test_a_bare_name_in_two_places_is_ambiguous() -> None:
    """Guessing in silence would show the wrong page."""
    table = FileTable(["A/x/note.pdf", "B/x/note.pdf"])
    assert table.find("note.pdf", Origin("", "")).how is How.AMBIGUOUS


def test_an_empty_path_names_nothing() -> None:
    """Most rows of a native column are empty."""
    assert PathReader(FileTable(PATHS), ORIGIN).column(["", "  "]).index.tolist() == [UNNAMED, UNNAMED]


@given(
    st.lists(st.sampled_from(["a", "B", "0001", "IMAGES", "x.tif", "y.pdf", "..", "C:", "."]), min_size=1, max_size=6),
    st.sampled_from(["\\", "/"]),
)
def test_the_column_reader_agrees_with_single_look_ups(parts: list[str], mark: str) -> None:
    """The quick way must not find other files than the careful one."""
    table = FileTable(["VOL/a/x.tif", "VOL/B/0001/y.pdf", "VOL/IMAGES/0001/x.tif", "other/a/y.pdf"])
    origin = Origin("VOL", "VOL/DATA")
    written = mark.join(parts)
    assert PathReader(table, origin).column([written]).index[0] == table.find(written, origin).index


def test_what_one_path_taught_finds_the_next_ones() -> None:
    """A million paths with the same phantom volume name cost a look-up each."""
    paths = [f"VOL/TEXT/{n:03d}/A{n:04d}.txt" for n in range(50)]
    written = [rf"\GHOST_9\TEXT\{n:03d}\A{n:04d}.txt" for n in range(50)]
    links = PathReader(FileTable(paths), Origin("VOL", "VOL/DATA")).column(written)
    assert links.index.tolist() == list(range(50))
    assert set(links.how.tolist()) == {How.REROOTED}


@given(st.text(max_size=60))
def test_any_text_can_stand_as_a_path(written: str) -> None:
    """Paths come from outside: none of them may stop the program."""
    path, _ = plain_path(written)
    assert "\\" not in path
    FileTable(PATHS).find(written, ORIGIN)
