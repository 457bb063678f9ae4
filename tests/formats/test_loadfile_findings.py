"""Every fault a load file shows by itself is named with its code and line, and its near neighbour is not."""

from pathlib import Path

import pytest

from vaughn.formats.loadfile import LoadFile, recognise

Fault = tuple[str, int | None]


def opened(folder: Path, data: bytes, name: str) -> LoadFile:
    path = folder / "file"
    path.write_bytes(data)
    load_file = recognise(path, name=name)
    assert load_file is not None
    return load_file


def faults(folder: Path, data: bytes, name: str) -> list[Fault]:
    load_file = opened(folder, data, name)
    for batch in load_file.documents():
        batch.rows()
    for pages in load_file.pages():
        assert len(pages.keys) == len(pages)
    assert all(finding.place.path == name for finding in load_file.findings)
    return [(finding.code, finding.place.line) for finding in load_file.findings]


def values(folder: Path, data: bytes, name: str = "V.DAT") -> list[tuple[str, ...]]:
    return [row for batch in opened(folder, data, name).documents() for row in batch.rows()]


def dat(*lines: str, end: str = "\r\n", encoding: str = "utf-8") -> bytes:
    """Rows written with | for the separator and ' for the qualifier, as a DAT of the usual kind."""
    text = end.join(lines) + end
    return text.replace("|", "\x14").replace("'", "þ").encode(encoding)


HEAD = "'Begin Bates'|'End Bates'|'Subject'"
ONE, TWO = "'A001'|'A002'|'one'", "'A003'|'A004'|'two'"
UTF8 = dat(HEAD, ONE)
OPT = "A001,V,I\\A001.tif,Y,,,2\r\nA002,V,I\\A002.tif,,,,\r\nA003,V,I\\A003.tif,Y,,,1\r\n"
LFP = "IM,A001,D,0,@V;I;A001.tif;2,0\r\nIM,A002,,0,@V;I;A002.tif;2,0\r\n"
DII = "@T A001 2\r\n@D @I\\I\\\r\nA001.tif\r\nA002.tif\r\n"
EDRM = (
    '<?xml version="1.0"?>\n<Root DataInterchangeType="Update"><Batch><Documents>\n<Document DocID="A001">'
    '<Tags><Tag TagName="#Subject" TagValue="x"/></Tags></Document>\n</Documents></Batch></Root>\n'
)
CSV = "Begin Bates,End Bates,Subject\nA0001,A0002,one\nA0003,A0004,two\n"

CASES = [
    ("LF001", 1, b"", UTF8, "V.DAT"),
    ("LF001", 1, "\n\n  \n".encode("utf-16"), UTF8, "V.DAT"),
    ("LF002", 3, dat(HEAD, ONE, "'A003'|'A004'|'x~~'").replace(b"~~", b"\xff\xfe"), dat(HEAD, ONE, TWO), "V.DAT"),
    ("LF002", 2, dat(HEAD, "'A001'|'A002'|'x\0'"), dat(HEAD, "'A001'|'A002'|'x\x01'"), "V.DAT"),
    ("LF003", 1, UTF8, b"\xef\xbb\xbf" + UTF8, "V.DAT"),
    ("LF003", 1, dat(HEAD, ONE, encoding="cp1252"), CSV.encode(), "V.DAT"),
    ("LF004", 3, dat(HEAD, ONE) + dat("'A003'|'A004'|'café'", encoding="cp1252"), dat(HEAD, ONE, "'A'|'B'|'café'"),
     "V.DAT"),
    ("LF004", 2, dat(HEAD, "'A001'|'A002'|'caf~'").replace(b"~", b"\xe9"), dat(HEAD, "'A1'|'A2'|'café'"), "V.DAT"),
    ("LF005", 1, dat(ONE, TWO), dat(HEAD, TWO), "V.DAT"),
    ("LF006", 3, dat(HEAD, ONE, HEAD.upper(), TWO), dat(HEAD, ONE, "'Begin Bates'|'End Bates'|'subjects'"), "V.DAT"),
    ("LF007", 1, dat("'Begin Bates'|'Cc'|'Cc'", ONE), dat("'Begin Bates'|'Cc'|'Bcc'", ONE), "V.DAT"),
    ("LF008", 1, dat("'Begin Bates'|'Zork'|'To'", ONE), dat("'Begin Bates'|'begattach'|'To'", ONE), "V.DAT"),
    ("LF009", 3, dat(HEAD, ONE, "'A003'|'A004'"), dat(HEAD, ONE, "'A003'|'A004'|''"), "V.DAT"),
    ("LF010", 2, dat(HEAD, ONE + "|'x'", TWO), dat(HEAD, "'A001'|'A002'|'one\x14x'", TWO), "V.DAT"),
    ("LF011", 2, dat(HEAD, "'A001'|'A002'|'one", TWO), dat(HEAD, "'A001'|'A002'|'one'''", TWO), "V.DAT"),
    ("LF011", 2, dat(HEAD, "'A001'|'A002|'one'", TWO), dat(HEAD, "'A001'|'A002'|'one'", TWO), "V.DAT"),
    ("LF012", 2, dat(HEAD, "'A001'|'A002'|'one\r\ntwo'", TWO), dat(HEAD, "'A001'|'A002'|'one®two'", TWO), "V.DAT"),
    ("LF013", 3, dat(HEAD, ONE) + dat(TWO, end="\n"), dat(HEAD, ONE, TWO, end="\n"), "V.DAT"),
    ("LF016", 1, b"\0\1\2\3" * 50, UTF8, "V.DAT"),
    ("LF017", 1, b"x" * 300_000, b"Begin Bates,End Bates\n" + b"A0001,A0002\n" * 30_000, "V.DAT"),
    ("LF018", 3, dat(HEAD, ONE, "'A003'|'A0")[:-2], dat(HEAD, ONE, TWO)[:-2], "V.DAT"),
    ("LF018", 4, EDRM[:-20].encode(), EDRM.encode(), "V.XML"),
    ("LF019", 2, dat(HEAD, "'A001'|'A002'|'say 'no' now'", TWO), dat(HEAD, "'A001'|'A002'|'say ''no'' now'"), "V.DAT"),
    ("LF020", 1, UTF8.replace(b"\x14", b"|").replace("þ".encode(), b"^"), UTF8, "V.DAT"),
    ("LF020", 1, UTF8.replace("þ".encode(), "Þ".encode()), UTF8, "V.DAT"),
    ("LF021", 1, UTF8.replace("þ".encode(), "Ã¾".encode()), UTF8, "V.DAT"),
    ("LF022", 1, dat(HEAD), UTF8, "V.DAT"),
    ("LF023", 1, b"%PDF-1.7\n" * 9, OPT.encode(), "V.OPT"),
    ("LF023", 1, LFP.encode(), OPT.encode(), "V.OPT"),
    ("LF024", 3, (LFP + "XX,A003,what\r\n").encode(), (LFP + "## remark\r\n").encode(), "V.LFP"),
    ("LF024", 5, (DII + "@ZORK x\r\n").encode(), (DII + "@C ZORK x\r\n").encode(), "V.DII"),
    ("LF025", 1, dat("'Custodian'|'To'|'Subject'", ONE), UTF8, "V.DAT"),
    ("PL001", 1, OPT.replace("Y,,,2", ",,,", 1).encode(), OPT.encode(), "V.OPT"),
    ("PL001", 1, LFP.replace("D,0", ",0").encode(), LFP.replace("D,0", "C,0").encode(), "V.LFP"),
    ("PL002", 1, OPT.replace("Y,,,2", "Y,,,3").encode(), OPT.replace("Y,,,2", "Y,,,").encode(), "V.OPT"),
    ("PL002", 3, DII.replace("A001 2", "A001 3").encode(), DII.encode(), "V.DII"),
    ("PL003", 3, OPT.replace("A003,", "A001,").encode(), OPT.replace("A003,", "A0010,").encode(), "V.OPT"),
    ("PL007", 2, OPT.replace("A002.tif,,,,", "A002.tif,,,,,").encode(), OPT.encode(), "V.OPT"),
    ("PL007", 2, LFP.replace("@V;I;A002.tif;2,0", "@V").encode(), LFP.encode(), "V.LFP"),
    ("PL008", 1, OPT.replace("Y,,,2", "Y,Y,Y,2").replace("Y,,,1", "Y,,Y,1").encode(),
     OPT.replace("Y,,,2", "Y,Y,Y,2").replace("Y,,,1", "Y,Y,,1").encode(), "V.OPT"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "line", "bad", "good", "name"), CASES, ids=[f"{case[0]}-{number}" for number, case in enumerate(CASES)]
)
def test_a_fault_is_named_with_its_line_and_its_neighbour_is_not(
    tmp_path: Path, code: str, line: int, bad: bytes, good: bytes, name: str
) -> None:
    """A clinic quotes the line to the agency; a false alarm costs it the agency's patience."""
    assert (code, line) in faults(tmp_path, bad, name)
    assert code not in {found for found, _ in faults(tmp_path, good, name)}


def test_a_lost_qualifier_costs_one_row_and_not_the_rest_of_the_file(tmp_path: Path) -> None:
    """Programs that trust the qualifier swallow everything up to the next one."""
    data = dat(HEAD, "'A001'|'A002'|'one", *[TWO] * 50, "'A1'|'A2|'x'", TWO)
    rows = values(tmp_path, data)
    assert rows == [
        ("A001", "A002", "one"),
        *[("A003", "A004", "two")] * 50,
        ("A1", "A2", "x"),
        ("A003", "A004", "two"),
    ]


def test_short_and_long_rows_are_kept(tmp_path: Path) -> None:
    """A row is never dropped: missing fields are empty, extra values stand at its end."""
    data = dat(HEAD, "'A001'|'A002'", "'A003'|'A004'|'x'|'y'")
    assert values(tmp_path, data) == [("A001", "A002", ""), ("A003", "A004", "x", "y")]


def test_lines_of_another_encoding_read_well(tmp_path: Path) -> None:
    """Two people exported the halves of this file; both halves are right."""
    data = dat(HEAD, "'A001'|'A002'|'über'") + dat("'A003'|'A004'|'café'", encoding="cp1252")
    assert values(tmp_path, data) == [("A001", "A002", "über"), ("A003", "A004", "café")]


def test_a_row_with_a_real_line_break_is_one_row(tmp_path: Path) -> None:
    """The value is kept as it stands; rows after it keep their line numbers."""
    load_file = opened(tmp_path, dat(HEAD, "'A001'|'A002'|'one\r\n\r\ntwo'", TWO), "V.DAT")
    (batch,) = load_file.documents()
    assert batch.rows() == [("A001", "A002", "one\r\n\r\ntwo"), ("A003", "A004", "two")]
    assert batch.lines.tolist() == [2, 5]


def test_a_newline_mark_becomes_a_line_feed(tmp_path: Path) -> None:
    """The registered sign is Concordance's line break inside a value."""
    assert values(tmp_path, dat(HEAD, "'A001'|'A002'|'one®two'")) == [("A001", "A002", "one\ntwo")]


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_every_encoding_and_line_end_is_recognised(tmp_path: Path, encoding: str, end: str) -> None:
    """No load file says what it is written in."""
    assert values(tmp_path, dat(HEAD, ONE, TWO, end=end, encoding=encoding)) == [
        ("A001", "A002", "one"),
        ("A003", "A004", "two"),
    ]


@pytest.mark.parametrize("separator", [",", "|", "\t", "^", ";", "\x14", "¶", "~", "\x1f"])
@pytest.mark.parametrize("qualifier", ["þ", "Þ", "Ã¾", '"', "^", "~", "|", ""])
def test_any_sane_pair_of_delimiters_is_recognised(tmp_path: Path, separator: str, qualifier: str) -> None:
    """The pair is seen from the first lines, not taken from a list of known ones."""
    if separator == qualifier:
        return
    text = "\r\n".join([HEAD, ONE, TWO, ""]).replace("|", separator).replace("'", qualifier)
    assert values(tmp_path, text.encode()) == [("A001", "A002", "one"), ("A003", "A004", "two")]


def test_a_table_without_a_header_gets_recognised_columns(tmp_path: Path) -> None:
    """The first line parses like the rows: it is a row."""
    load_file = opened(tmp_path, dat("'A0001'|'A0002'|'T\\A0001.txt'|'N\\A0001.xlsx'|'one'"), "V.DAT")
    assert load_file.columns == ("Begin Bates", "End Bates", "Text Path", "Native Path", "Column 5")
    assert sum(len(batch) for batch in load_file.documents()) == 1


def test_a_million_equal_faults_stay_a_short_list(tmp_path: Path) -> None:
    """Two hundred places, and one finding that counts the rest."""
    load_file = opened(tmp_path, dat(HEAD, *["'A001'|'A002'"] * 1_000), "V.DAT")
    assert sum(len(batch) for batch in load_file.documents()) == 1_000
    short = [finding for finding in load_file.findings if finding.code == "LF009"]
    assert (len(short), sum(finding.count for finding in short)) == (201, 1_000)
    assert (short[-1].place.line, short[-1].count) == (202, 800)


def test_an_endless_line_is_left_out_in_flat_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The real limit is 32 MB; the line is named and the rows after it are read."""
    monkeypatch.setattr("vaughn.formats.loadfile.lines.MAX_ROW_BYTES", 4_096)
    monkeypatch.setattr("vaughn.formats.loadfile.lines.CHUNK_BYTES", 1_024)
    data = dat(HEAD, ONE) + b"x" * 50_000 + b"\r\n" + dat(TWO)
    assert ("LF017", 3) in faults(tmp_path, data, "V.DAT")
    assert values(tmp_path, data) == [("A001", "A002", "one"), ("A003", "A004", "two")]


def test_page_lists_count_up_inside_a_file_and_start_again_at_a_document(tmp_path: Path) -> None:
    """Every row of a PDF names that PDF; a slip sheet shared by two documents is page 1 of both."""
    rows = ["A1,V,A.pdf,Y,,,3", "A2,V,A.pdf,,,,", "A3,V,A.pdf,,,,", "A4,V,slip.tif,Y,,,1", "A5,V,slip.tif,Y,,,1"]
    (pages,) = opened(tmp_path, "\n".join(rows).encode(), "V.OPT").pages()
    assert pages.page_in_file.tolist() == [1, 2, 3, 1, 1]
    assert pages.declared.tolist() == [3, -1, -1, 1, 1]
    assert pages.breaks.tolist() == [True, False, False, True, True]
    assert pages.paths == ["A.pdf"] * 3 + ["slip.tif"] * 2


def test_a_page_number_used_twice_is_named_whatever_stands_around_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Numbers with and without a page suffix stand in one list; the same number may come again a million rows later."""
    monkeypatch.setattr("vaughn.formats.loadfile.lines.CHUNK_BYTES", 256)
    short = [f"ICE 0000{number:03d},V,IMAGES\\A{number}.tif,Y,,,1" for number in (*range(20), 3)]
    long = [f"ICE 0000000{number:03d}.0000001,V,IMAGES\\A{number}.tif,Y,,,1" for number in range(2)]
    assert ("PL003", 23) in faults(tmp_path, "\n".join(long + short).encode(), "V.OPT")
    assert "PL003" not in {code for code, _ in faults(tmp_path, "\n".join(long + short[:-1]).encode(), "V.OPT")}
