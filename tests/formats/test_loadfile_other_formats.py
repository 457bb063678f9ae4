"""LFP, DII, EDRM XML and workbooks give the same rows and pages as a DAT and an OPT would."""

from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from vaughn.formats.loadfile import LoadFile, LoadFileKind, recognise

Table = list[dict[str, str]]


def opened(path: Path, name: str) -> LoadFile:
    load_file = recognise(path, name=name)
    assert load_file is not None
    return load_file


def written(folder: Path, text: str, name: str) -> LoadFile:
    (folder / name).write_text(text, encoding="utf-8", newline="")
    return opened(folder / name, name)


def table(load_file: LoadFile) -> Table:
    """Rows as dictionaries, empty values left out."""
    return [
        {name: value for name, value in zip(load_file.columns, row, strict=False) if value}
        for batch in load_file.documents()
        for row in batch.rows()
    ]


def pages(load_file: LoadFile) -> list[tuple[str, str, int, bool]]:
    return [
        (key, path, int(page), bool(is_break))
        for batch in load_file.pages()
        for key, path, page, is_break in zip(batch.keys, batch.paths, batch.page_in_file, batch.breaks, strict=True)
    ]


def test_an_lfp_gives_pages_natives_texts_and_children(tmp_path: Path) -> None:
    """C marks a child document; OF names the native; the offset is the page inside a larger file."""
    load_file = written(
        tmp_path,
        "## made by hand\nIM,A1,D,1,@V1;IM\\01;A1.pdf;7,0\nIM,A2,,2,@V1;IM\\01;A1.pdf;7,0\nOF,A1,@V1;NAT\\01;A1.msg,1\n"
        "IT,A1,@V1;TXT\\01;A1.txt\nIM,A3,C,0,@V1;IM\\01;A3.tif;2,0\nOF,A3,@V1;NAT\\01;A3.xlsx,1\n",
        "V.LFP",
    )
    assert pages(load_file) == [
        ("A1", "IM\\01\\A1.pdf", 1, True),
        ("A2", "IM\\01\\A1.pdf", 2, False),
        ("A3", "IM\\01\\A3.tif", 1, True),
    ]
    assert load_file.kind is LoadFileKind.BOTH
    assert table(load_file) == [
        {"Begin Bates": "A1", "End Bates": "A2", "Native Path": "NAT\\01\\A1.msg", "Text Path": "TXT\\01\\A1.txt"},
        {"Begin Bates": "A3", "End Bates": "A3", "Parent ID": "A1", "Native Path": "NAT\\01\\A3.xlsx"},
    ]
    assert load_file.findings == []


def test_an_lfp_of_images_alone_is_a_page_list(tmp_path: Path) -> None:
    """Its documents stand in the DAT beside it."""
    load_file = written(tmp_path, "IM,A1,D,0,@V1;IM;A1.tif;2,0\n", "V.LFP")
    assert (load_file.kind, table(load_file)) == (LoadFileKind.PAGES, [])


def test_a_dii_gives_fields_and_images(tmp_path: Path) -> None:
    """Columns with and without quotes, known tokens under their usual names, images relative to @D."""
    load_file = written(
        tmp_path,
        '; made by hand\n@FULLTEXT DOC\n@T A001 2\n@C CUSTDIAN Smith, John\n@C "Doc Type" Memo\n@PARENTID A000\n'
        "@D @I\\IM\\01\\\nA001.tif\nA002.tif\n@T A003\n@EDOC NAT\\A003.xlsx\n@D @V VOL1:\\IM\\02\\\nA003.tif\n",
        "V.DII",
    )
    assert table(load_file) == [
        {
            "Begin Bates": "A001",
            "End Bates": "A002",
            "CUSTDIAN": "Smith, John",
            "Doc Type": "Memo",
            "Parent ID": "A000",
        },
        {"Begin Bates": "A003", "End Bates": "A003", "Native Path": "NAT\\A003.xlsx"},
    ]
    assert pages(load_file) == [
        ("A001", "\\IM\\01\\A001.tif", 1, True),
        ("A002", "\\IM\\01\\A002.tif", 1, False),
        ("A003", "\\IM\\02\\A003.tif", 1, True),
    ]
    assert [volume for batch in load_file.pages() for volume in batch.volumes] == ["", "", "VOL1"]
    assert load_file.findings == []


@pytest.mark.parametrize(
    "image",
    [
        pytest.param("@T A001 3\n@D @I\\IM\\\nA001.pdf", id="by the declared count"),
        pytest.param("@T A001\n@D @I\\IM\\\nA001.pdf 3", id="by a count behind the name"),
        pytest.param("@T A001\n@D @I\\IM\\\nA001.pdf 1-3", id="by a range behind the name"),
    ],
)
def test_a_dii_image_of_several_pages_gives_every_page(tmp_path: Path, image: str) -> None:
    """The numbers run on from the record's tag."""
    assert pages(written(tmp_path, image + "\n", "V.DII")) == [
        ("A001", "\\IM\\A001.pdf", 1, True),
        ("A002", "\\IM\\A001.pdf", 2, False),
        ("A003", "\\IM\\A001.pdf", 3, False),
    ]


EDRM = """<?xml version="1.0" encoding="UTF-8"?>
<Root DataInterchangeType="Update"><Batch><Documents>
<Document DocID="A1" MimeType="message/rfc822"><Files>
<File FileType="Native"><ExternalFile FilePath="NAT\\01" FileName="A1.msg" Hash="abc" HashType="MD5"/></File>
<File FileType="Text"><ExternalFile FilePath="TXT" FileName="A1.txt"/></File>
<File FileType="Image"><ExternalFile FilePath="IM" FileName="A1.tif"/>
<ExternalFile FilePath="IM" FileName="A2.tif"/></File>
</Files><Tags><Tag TagName="#Subject" TagValue="Opt-out" TagDataType="Text"/><Tag TagName="#To" TagValue="x"/>
<Tag TagName="#To" TagValue="y"/></Tags>
<Locations><Location><Custodian>Smith</Custodian><LocationURI>\\\\HQ\\a.msg</LocationURI></Location></Locations></Document>
<Document DocID="A3"><Tags><Tag TagName="#Title" TagValue="Sheet"/></Tags></Document></Documents>
<Relationships><Relationship Type="Container" ParentDocId="A1" ChildDocId="A3"/></Relationships></Batch></Root>
"""


def test_edrm_xml_gives_tags_files_images_and_relationships(tmp_path: Path) -> None:
    """Relationships stand behind the documents and still name the parent."""
    load_file = written(tmp_path, EDRM, "V.XML")
    first, second = table(load_file)
    assert first == {
        "DOCID": "A1", "Native Path": "NAT\\01\\A1.msg", "Text Path": "TXT\\A1.txt", "Custodian": "Smith",
        "Source Path": "\\\\HQ\\a.msg", "MD5": "abc", "Subject": "Opt-out", "To": "x;y",
    }  # fmt: skip
    assert second == {"DOCID": "A3", "Parent ID": "A1", "Title": "Sheet"}
    assert pages(load_file) == [("A1", "IM\\A1.tif", 1, True), ("A2", "IM\\A2.tif", 1, False)]
    assert load_file.findings == []


LAUGHS = '<!ENTITY l0 "ha">' + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))


@pytest.mark.parametrize(
    ("declared", "used", "code"),
    [
        pytest.param('<!ENTITY x SYSTEM "SECRET.txt">', "&x;", "LF024", id="a file of the reader's own disk"),
        pytest.param('<!ENTITY x SYSTEM "http://127.0.0.1:9/x">', "&x;", "LF024", id="a remote file"),
        pytest.param(LAUGHS, "&l11;", "LF018", id="a billion laughs"),
    ],
)
def test_entities_are_neither_expanded_nor_fetched(tmp_path: Path, declared: str, used: str, code: str) -> None:
    """A load file is data of the other side: it opens nothing and cannot blow up."""
    (tmp_path / "SECRET.txt").write_text("SECRET", encoding="utf-8")
    load_file = written(
        tmp_path,
        f'<?xml version="1.0"?><!DOCTYPE Root [{declared}]><Root DataInterchangeType="Update"><Batch><Documents>'
        f'<Document DocID="A1"><Locations><Location><Custodian>{used}</Custodian></Location></Locations></Document>'
        "</Documents></Batch></Root>",
        "V.XML",
    )
    rows = table(load_file)
    assert "SECRET" not in str(rows)
    assert len(str(rows)) < 1_000
    assert {finding.code for finding in load_file.findings} == {code}


def workbook(path: Path, sheets: dict[str, list[list[object]]]) -> None:
    book = xlsxwriter.Workbook(str(path))
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for title, rows in sheets.items():
        sheet = book.add_worksheet(title)
        for number, row in enumerate(rows):
            for place, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(number, place, value, day)
                else:
                    sheet.write(number, place, value)
    book.close()


def test_a_workbook_gives_its_list_below_lead_rows(tmp_path: Path) -> None:
    """Six rows of title stood above the header of a real one; rows are numbered as in the sheet."""
    rows: list[list[object]] = [
        ["Production index"],
        [],
        ["as of May 2010"],
        ["Begin Bates", "End Bates", "Date", "Pages"],
    ]
    rows += [["ICE 0001", "ICE 0003", date(2010, 5, 3), 3], [], ["ICE 0004", "ICE 0004", "", 1.5]]
    workbook(tmp_path / "x", {"Notes": [["nothing here"]], "Index": rows})
    load_file = opened(tmp_path / "x", "index.xlsx")
    assert table(load_file) == [
        {"Begin Bates": "ICE 0001", "End Bates": "ICE 0003", "Date": "2010-05-03", "Pages": "3"},
        {"Begin Bates": "ICE 0004", "End Bates": "ICE 0004", "Pages": "1.5"},
    ]
    assert [line for batch in load_file.documents() for line in batch.lines.tolist()] == [5, 7]
    assert load_file.findings == []


def test_all_lists_of_a_workbook_are_read(tmp_path: Path) -> None:
    """A list a volume; their columns are joined by name, and a column says which sheet a row comes from."""
    workbook(
        tmp_path / "x",
        {
            "V1": [["Begin Bates", "End Bates", "To"], ["A0001", "A0002", "x"]],
            "V2": [["End Bates", "Begin Bates"], ["A0004", "A0003"]],
        },
    )
    assert table(opened(tmp_path / "x", "index.xlsx")) == [
        {"Sheet": "V1", "Begin Bates": "A0001", "End Bates": "A0002", "To": "x"},
        {"Sheet": "V2", "Begin Bates": "A0003", "End Bates": "A0004"},
    ]


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([["State", "County", "Matches"], ["TX", "Harris", 33]], id="statistics"),
        pytest.param([["Unique ID", "Name", "Date"], ["A0001", "Smith", "2010"]], id="people with an id"),
        pytest.param([["Name", "To", "From"], ["Smith", "Houston", "Dallas"]], id="names of columns by chance"),
        pytest.param([["Bates Number", "Remark"], ["to come", "see letter"]], id="a Bates column without numbers"),
        pytest.param([["Begin Bates", "End Bates"]], id="a header alone"),
    ],
)
def test_a_produced_spreadsheet_is_no_list(tmp_path: Path, rows: list[list[object]]) -> None:
    """It is a record: its rows are not documents."""
    workbook(tmp_path / "x", {"Sheet1": rows})
    assert recognise(tmp_path / "x", name="NATIVES/A0001.xlsx") is None
