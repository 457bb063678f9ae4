"""The quick scan against the exact reader: what the scan vouches for must be what the exact reader reads."""

import itertools
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vaughn.formats.loadfile import Dialect
from vaughn.formats.loadfile.bits import LineCounts, are_set, moved_back, moved_on, packed, places_of
from vaughn.formats.loadfile.exact import ExactReader
from vaughn.formats.loadfile.lines import LineBlock, LineReader
from vaughn.formats.loadfile.log import FindingLog
from vaughn.formats.loadfile.opt import OptFile
from vaughn.formats.loadfile.scan import encoded_units, field_bounds, regular_lines
from vaughn.formats.loadfile.table import OddRows, TableRows

ENCODINGS = ("utf-8", "cp1252", "utf-16-le", "utf-16-be")
DELIMITERS = (("\x14", "þ"), (",", '"'), ("|", "^"), ("\t", None), ("\x14", "Þ"), ("\x14", "Ã¾"), ("¶", "þ"))
MANY = settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def pieces_of(dialect: Dialect) -> list[bytes]:
    """What lines are made of: delimiters, parts of them, line ends, letters, and bytes that are no text."""
    encoding, separator, qualifier = dialect.encoding, dialect.separator, dialect.qualifier or '"'
    texts = [separator, qualifier, qualifier + separator + qualifier, qualifier * 2, "\r\n", "\n", "\r", "a", "ICE 7",
             " ", "\x1a", "®", "é", "þ", "\0"]  # fmt: skip
    halves = [qualifier.encode(encoding)[:1], qualifier.encode(encoding)[-1:]]
    return (
        [text.encode(encoding) for text in texts] + halves + [b"\xc3\xbe", b"\xfe", b"\x00\xd8", b"\x81", b"\xe2\x80"]
    )


@st.composite
def tables(draw: st.DrawFn) -> tuple[Dialect, int, bytes]:
    """Draw a dialect, a width and the bytes of a table: some rows keep the rule, others are any pieces."""
    separator, qualifier = draw(st.sampled_from(DELIMITERS))
    line_end = draw(st.sampled_from(["\r\n", "\n", "\r", "mixed"]))
    mark = draw(st.sampled_from([None, "®"]))
    dialect = Dialect(draw(st.sampled_from(ENCODINGS)), False, separator, qualifier, mark, line_end, has_header=True)
    width = draw(st.integers(1, 4))
    piece = st.sampled_from(pieces_of(dialect))
    edge, end = qualifier or "", dialect.newline if line_end == "mixed" else line_end
    value = st.one_of(st.text(alphabet="a é®þ", max_size=4), st.sampled_from(["", "ICE 0004521", edge, separator]))
    kept = st.lists(value, min_size=width, max_size=width).map(
        lambda values: (edge + (edge + separator + edge).join(values) + edge + end).encode(dialect.encoding, "ignore")
    )
    lines = st.one_of(kept, kept, st.lists(piece, max_size=10).map(b"".join))
    return dialect, width, b"".join(draw(st.lists(lines, max_size=8)))


def blocks_of(path: Path, data: bytes, dialect: Dialect) -> list[LineBlock]:
    path.write_bytes(data)
    reader = LineReader(path, dialect, start_byte=0, first_line=1)
    return [block for block in reader.blocks() if isinstance(block, LineBlock)]


@MANY
@given(tables(), st.sampled_from([16, 24, 64, 4_096]))
def test_a_line_that_the_scan_vouches_for_is_what_the_exact_reader_reads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, table: tuple[Dialect, int, bytes], block_bytes: int
) -> None:
    """The scan is there for speed alone: not one value, line or finding may depend on it."""
    dialect, width, data = table
    monkeypatch.setattr("vaughn.formats.loadfile.lines.CHUNK_BYTES", block_bytes)
    columns = tuple(f"Field {number}" for number in range(width))
    header = encoded_units(dialect.separator.join(columns), dialect)
    for block in blocks_of(tmp_path / "t.dat", data, dialect):
        regular = regular_lines(block, dialect, width=width, header=header)
        lines = np.flatnonzero(regular.mask)
        rows = TableRows(block, regular, OddRows([], ~regular.mask, lines), dialect=dialect, width=width)
        log = FindingLog("t.dat")
        exact = ExactReader(dialect, columns=columns, width=width, log=log)
        taken = [exact.row_at(block, line) for line in lines.tolist()]
        assert [row.values for row in taken] == rows.rows()
        assert {row.lines for row in taken} <= {1}
        assert log.findings() == []
        assert list(zip(*rows.columns(range(width)), strict=True)) == rows.rows()
        assert list(zip(*[rows.column(index) for index in range(width)], strict=True)) == rows.rows()


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize(("separator", "qualifier"), DELIMITERS)
def test_plain_rows_never_need_the_exact_reader(
    tmp_path: Path, encoding: str, separator: str, qualifier: str | None
) -> None:
    """A scan that vouches for nothing would be right too, and ten times as slow."""
    dialect = Dialect(encoding, False, separator, qualifier, None, "\r\n", has_header=True)
    edge = qualifier or ""
    values = [("ICE 0004521", "", "über, naïve"), ("", "", ""), ("x" * 70_000, "y", "z")]
    data = "".join(edge + (edge + separator + edge).join(row) + edge + "\r\n" for row in values * 40)
    header = encoded_units("no such line", dialect)
    blocks = blocks_of(tmp_path / "t.dat", data.encode(encoding), dialect)
    if len(separator.encode(encoding)) > dialect.unit_bytes:
        assert not any(regular_lines(block, dialect, width=3, header=header).mask.any() for block in blocks)
    elif separator == ",":
        assert sum(int(regular_lines(b, dialect, width=3, header=header).mask.sum()) for b in blocks) == 80
    else:
        assert all(regular_lines(block, dialect, width=3, header=header).mask.all() for block in blocks)
        spots = [field_bounds(b, dialect, width=3, mask=np.ones(len(b), dtype=np.bool_)) for b in blocks]
        assert all((bounds.left <= bounds.right).all() for bounds in spots)


PAGE_PIECES = [b",", b",,,", b"\r\n", b"\n", b"Y", b"y", b"N", b"7", b"12", b"0" * 10, b" ", b"ICE_0000001", b"VOL001",
               b"IMAGES\\0001\\ICE_0000001.tif", b"a", b"\xc3\xa9", b"\xe9", b"\0", b"\x81"]  # fmt: skip
KEYS = st.sampled_from(
    [b"ICE_0000001", b"ICE_0000002", b"ICE_0000003 ", b" ICE_0000003", b"A1", b"A1234567890123456789"]
)
PATHS = st.sampled_from([b"IMAGES\\1\\ICE_0000001.tif", b"IMAGES\\1\\ICE_0000002.tif", b"IMAGES\\2\\ICE_0000001.tif",
                         b"IMAGES\\1\\a,b.tif", b" IMAGES\\1\\ICE_0000001.tif", b"i.tif", b""])  # fmt: skip
TAILS = st.sampled_from(
    [b",,,", b"Y,,,2", b"Y,,,", b"y,Y,,1", b"Y,,Y,03", b"N,,,", b",,,1234567890", b"Y, ,,2", b"YY,,,"]
)
PAGE_LINES = st.one_of(
    st.tuples(KEYS, st.sampled_from([b"VOL001", b""]), PATHS, TAILS, st.sampled_from([b"\r\n", b"\r\n", b"\n"])).map(
        lambda parts: b",".join(parts[:4]) + parts[4]
    ),
    st.lists(st.sampled_from(PAGE_PIECES), max_size=9).map(b"".join),
)


def in_quotes(data: bytes) -> bytes:
    """Put the first value of every row in quotes: that says the same, but only the exact reader reads quotes."""
    return b"\n".join(
        b'"' + line.replace(b",", b'",', 1) if b"," in line else line for line in data.split(b"\n")
    )  # fmt: skip


def pages_and_findings(path: Path, data: bytes, dialect: Dialect) -> list[object]:
    path.write_bytes(data)
    load_file = OptFile(path, "p.opt", dialect=dialect)
    pages = [
        values
        for batch in load_file.pages()
        for values in zip(
            batch.keys, batch.volumes, batch.paths, batch.breaks.tolist(), batch.page_in_file.tolist(),
            batch.declared.tolist(), batch.lines.tolist(), strict=True,
        )
    ]  # fmt: skip
    return [pages, sorted((finding.code, finding.place.line or 0, finding.message) for finding in load_file.findings)]


@MANY
@given(
    st.lists(PAGE_LINES, max_size=12).map(b"".join), st.sampled_from(["utf-8", "cp1252"]), st.sampled_from([32, 256])
)
def test_page_rows_do_not_depend_on_who_reads_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes, encoding: str, block_bytes: int
) -> None:
    """Breaks, counts, pages inside files and numbers used twice are found by other means in plain rows."""
    monkeypatch.setattr("vaughn.formats.loadfile.lines.CHUNK_BYTES", block_bytes)
    dialect = Dialect(encoding, False, ",", '"', None, "mixed", has_header=False)
    quick = pages_and_findings(tmp_path / "quick.opt", data, dialect)
    assert quick == pages_and_findings(tmp_path / "exact.opt", in_quotes(data), dialect)


@given(st.lists(st.booleans(), min_size=1, max_size=300), st.integers(1, 63))
def test_bits_say_what_truth_values_say(values: list[bool], count: int) -> None:
    """Everything is moved and found across the borders of 64-bit numbers."""
    found, size = np.array(values), len(values)
    bits, places = packed(found), np.arange(size)
    assert places_of(found).tolist() == np.flatnonzero(found).tolist()
    assert are_set(bits, places).tolist() == values
    assert are_set(moved_back(bits, count), places).tolist() == (values[count:] + [False] * count)[:size]
    assert are_set(moved_on(bits, count), places).tolist() == ([False] * count + values)[:size]


@given(st.binary(min_size=1, max_size=700), st.sampled_from([2, 5, 400]), st.data())
def test_bits_are_counted_line_by_line(octets: bytes, most: int, data: st.DataObject) -> None:
    """Lines begin and end inside a 64-bit number; a long line has many of them, a short one only a part."""
    found = np.unpackbits(np.frombuffer(octets, dtype=np.uint8)).astype(np.bool_)
    size = len(found)
    starts = sorted(data.draw(st.sets(st.integers(0, size - 1), max_size=most)) | {0})
    counts = LineCounts(np.array(starts), size).of(packed(found))
    assert counts.tolist() == [int(found[a:b].sum()) for a, b in itertools.pairwise([*starts, size])]


@given(st.lists(st.integers(0, 20_000), max_size=90))
def test_rare_places_come_in_their_order(places: list[int]) -> None:
    """Line ends that stand close together are found in a second and third pass."""
    found = np.zeros(20_001, dtype=np.bool_)
    found[places] = True
    assert places_of(found).tolist() == sorted(set(places))
