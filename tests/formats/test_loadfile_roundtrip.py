"""Reading what we wrote gives every value back; what a format cannot carry is refused."""

import itertools
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vaughn.formats.loadfile import (
    Dialect,
    LoadFile,
    PageRow,
    open_table,
    read_row,
    recognise,
    write_dat,
    write_lfp,
    write_opt,
)
from vaughn.formats.loadfile.lfp import LfpFile
from vaughn.formats.loadfile.opt import OptFile
from vaughn.model import InputError

ENCODINGS = [("utf-8", False), ("utf-8", True), ("utf-16-le", True), ("utf-16-le", False), ("utf-16-be", True),
             ("utf-16-be", False), ("cp1252", False)]  # fmt: skip
DELIMITERS = [("\x14", "þ"), (",", '"'), ("|", "^"), ("\t", '"'), ("\t", None), ("|", None), ("\x14", None),
              ("^", None), ("\x14", "Þ"), ("\x14", "Ã¾"), (";", "~")]  # fmt: skip
LETTERS = st.one_of(
    st.text(max_size=12),
    st.text(alphabet='ab þÞ®Ã¾Â,|^~\t"\x14\r\n;', max_size=12),
    st.sampled_from(["", "þ", "þþ", "\x14", "þ\x14þ", "\nþ\x14þ\n", "\r\n", "®", "café – über", '"', "\ufeff", "\x1a"]),
)
MANY = settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@st.composite
def dialects(draw: st.DrawFn) -> Dialect:
    encoding, bom = draw(st.sampled_from(ENCODINGS))
    separator, qualifier = draw(st.sampled_from(DELIMITERS))
    mark = draw(st.sampled_from([None, "®", "\u2028" if encoding != "cp1252" else "¬"]))
    line_end = draw(st.sampled_from(["\r\n", "\n", "\r", "mixed"]))
    return Dialect(encoding, bom, separator, qualifier, mark, line_end, has_header=draw(st.booleans()))


def all_rows(load_file: LoadFile) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for batch in load_file.documents():
        slow = [batch.row(index) for index in range(len(batch))]
        columns = [batch.column(index) for index in range(len(load_file.columns))]
        assert batch.rows() == slow == list(zip(*columns, strict=True))
        rows.extend(slow)
    return rows


@MANY
@given(dialects(), st.integers(1, 4), st.data())
def test_a_table_comes_back_value_for_value(tmp_path: Path, dialect: Dialect, width: int, data: st.DataObject) -> None:
    """A production that we write must say in every other program what the case says."""
    rows = data.draw(st.lists(st.tuples(*[LETTERS] * width), max_size=6))
    columns = tuple(f"Field {number}" for number in range(width))
    path = tmp_path / "table.dat"
    try:
        write_dat(path, columns, rows, dialect=dialect)
    except InputError:
        return
    load_file = open_table(path, dialect, name="table.dat", columns=columns)
    assert load_file.columns == columns
    assert all_rows(load_file) == rows
    batches = list(load_file.documents())
    places = [(int(start), int(end)) for batch in batches for start, end in zip(batch.starts, batch.ends, strict=True)]
    assert [read_row(path, dialect, start, end, width=width) for start, end in places] == rows
    assert {finding.code for finding in load_file.findings} <= {"LF012", "LF013", "LF022"}


@MANY
@given(st.sampled_from(ENCODINGS), st.sampled_from(["\r\n", "\n"]), st.sampled_from(DELIMITERS[:4]), st.data())
def test_a_table_is_recognised_from_its_bytes_alone(
    tmp_path: Path, encoding: tuple[str, bool], line_end: str, delimiters: tuple[str, str], data: st.DataObject
) -> None:
    """Nobody tells the program how a DAT is written."""
    mark = "®" if delimiters[0] == "\x14" else None
    dialect = Dialect(*encoding, *delimiters, mark, line_end, has_header=True)
    text = st.text(alphabet="ab é,;|^", max_size=10)
    rows = data.draw(st.lists(st.tuples(st.just("ICE 0004521"), text, text), min_size=1, max_size=30))
    path = tmp_path / "VOL001.DAT"
    columns = ("Begin Bates", "End Bates", "Email Subject")
    write_dat(path, columns, rows, dialect=dialect)
    load_file = recognise(path, name="VOL001.DAT")
    assert load_file is not None
    assert load_file.columns == columns
    assert all_rows(load_file) == rows
    assert load_file.dialect is not None
    assert Dialect.from_json(load_file.dialect.to_json()) == load_file.dialect


NAMES = st.one_of(st.text(max_size=20), st.text(alphabet="AB01_-\\/. é", min_size=1, max_size=20))


@st.composite
def page_rows(draw: st.DrawFn) -> list[PageRow]:
    rows: list[PageRow] = []
    paths = draw(st.lists(NAMES, min_size=1, max_size=3))
    for line in range(1, draw(st.integers(1, 12)) + 1):
        path, is_break = draw(st.sampled_from(paths)), draw(st.booleans())
        runs_on = bool(rows) and not is_break and rows[-1].path == path
        page = rows[-1].page_in_file + 1 if runs_on else 1
        declared = draw(st.sampled_from([-1, 0, 1, 12, 999_999_999])) if is_break else -1
        rows.append(PageRow(draw(NAMES), draw(NAMES), path, is_break, page, declared, line))
    return rows


def pages_of(load_file: LoadFile) -> list[PageRow]:
    return [
        PageRow(*values[:3], bool(values[3]), *(int(number) for number in values[4:]))
        for batch in load_file.pages()
        for values in zip(
            batch.keys, batch.volumes, batch.paths, batch.breaks, batch.page_in_file, batch.declared, batch.lines,
            strict=True,
        )
    ]  # fmt: skip


@MANY
@given(page_rows(), st.sampled_from(ENCODINGS), st.sampled_from(["\r\n", "\n", "\r"]))
def test_an_opt_comes_back_page_for_page(
    tmp_path: Path, rows: list[PageRow], encoding: tuple[str, bool], line_end: str
) -> None:
    """Keys, paths, breaks, counts and the page inside a file that several rows name."""
    dialect = Dialect(*encoding, ",", '"', None, line_end, has_header=False)
    path = tmp_path / "pages.opt"
    try:
        write_opt(path, rows, dialect=dialect)
    except InputError:
        return
    assert pages_of(OptFile(path, "pages.opt", dialect=dialect)) == rows


@MANY
@given(page_rows(), st.sampled_from(ENCODINGS))
def test_an_lfp_comes_back_page_for_page(tmp_path: Path, rows: list[PageRow], encoding: tuple[str, bool]) -> None:
    """The same for the other page list we can write."""
    dialect = Dialect(*encoding, ",", '"', None, "\r\n", has_header=False)
    path = tmp_path / "pages.lfp"
    try:
        write_lfp(path, rows, dialect=dialect)
    except InputError:
        return
    assert pages_of(LfpFile(path, "pages.lfp", dialect=dialect)) == rows


DAT = Dialect("utf-8", bom=False, separator="\x14", qualifier="þ", newline_mark="®", line_end="\r\n", has_header=True)
PLAIN = Dialect("cp1252", bom=False, separator="|", qualifier=None, newline_mark=None, line_end="\n", has_header=True)


@pytest.mark.parametrize(
    ("dialect", "row"),
    [
        pytest.param(DAT, ("A®", "b"), id="the newline mark itself"),
        pytest.param(DAT, ("A\0", "b"), id="a null character"),
        pytest.param(DAT, ("A", "b", "c"), id="a row of another width"),
        pytest.param(DAT, ("begin bates", "Text"), id="a row that repeats the header"),
        pytest.param(PLAIN, ("A|B", "b"), id="a separator that nothing qualifies"),
        pytest.param(PLAIN, ("A\nB", "b"), id="a line break that nothing qualifies"),
        pytest.param(PLAIN, ("Ω", "b"), id="a letter the encoding lacks"),
    ],
)
def test_a_table_refuses_what_it_cannot_carry(tmp_path: Path, dialect: Dialect, row: tuple[str, ...]) -> None:
    """A value that comes back changed would be a false record; nothing is left on the disk."""
    with pytest.raises(InputError):
        write_dat(tmp_path / "table.dat", ("Begin Bates", "Text"), [row], dialect=dialect)
    assert list(tmp_path.iterdir()) == []


GOOD = PageRow("ICE 001", "VOL001", "IMAGES\\001.tif", is_break=True, page_in_file=1, declared=1, line=1)


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(PageRow("ICE 001", "V", "IMAGES\\a,b.tif", True, 1, 1, 1), id="a comma in the path"),
        pytest.param(PageRow("ICE\n001", "V", "a.tif", True, 1, 1, 1), id="a line break in the key"),
        pytest.param(PageRow("", "V", "a.tif", True, 1, 1, 1), id="no key"),
        pytest.param(PageRow("ICE 001", "V", "a.tif", True, 7, 1, 1), id="a page that its place does not give"),
        pytest.param(PageRow("ICE 001", "V", "a.tif", False, 1, 3, 1), id="a page count inside a document"),
        pytest.param(PageRow("ICE 001", " V", "a.tif", True, 1, 1, 1), id="blanks at the end of a value"),
    ],
)
def test_an_opt_refuses_what_it_cannot_carry(tmp_path: Path, page: PageRow) -> None:
    """Above all a comma in a path: it breaks the format for every reader."""
    with pytest.raises(InputError):
        write_opt(tmp_path / "pages.opt", [page], dialect=DAT)
    assert write_opt(tmp_path / "pages.opt", [GOOD], dialect=DAT) == 1


@pytest.mark.parametrize("bad", ["IMAGES\\a;b.tif", "IMAGES\\", "IMAGES\\\\a.tif"])
def test_an_lfp_refuses_what_it_cannot_carry(tmp_path: Path, bad: str) -> None:
    """Semicolons part its volume, folder and file."""
    with pytest.raises(InputError):
        write_lfp(tmp_path / "pages.lfp", [PageRow("A1", "V", bad, True, 1, -1, 1)], dialect=DAT)
    with pytest.raises(InputError):
        write_lfp(tmp_path / "pages.lfp", [GOOD], dialect=DAT)  # a page count has no place in it


def test_rows_that_cross_the_borders_of_blocks_come_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks end anywhere: inside a letter, a qualifier, a line end or a value with a real line break."""
    rows = [(f"ICE {number:07d}", "é\n" * (number % 4), "þ" * (number % 3)) for number in range(60)]
    for encoding, block_bytes in itertools.product(["utf-8", "utf-16-le"], [16, 17, 64, 257]):
        monkeypatch.setattr("vaughn.formats.loadfile.lines.CHUNK_BYTES", block_bytes)
        dialect = Dialect(encoding, encoding != "utf-8", "\x14", "þ", None, "\r\n", has_header=True)
        write_dat(tmp_path / "t.dat", ("Begin Bates", "B", "C"), rows, dialect=dialect)
        assert all_rows(open_table(tmp_path / "t.dat", dialect, name="t.dat")) == rows
