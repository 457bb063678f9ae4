"""A load file is known by its content; a record that merely looks like a table is left alone; nothing crashes."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vaughn.formats.loadfile import LoadFileKind, open_table, recognise
from vaughn.formats.loadfile.dialect import Dialect
from vaughn.model import LoadFileError

NO_LOAD_FILES = {
    "a letter": "Dear Ms. Smith,\nthank you for your request, which we received on May 3, 2010.\nYours,\nICE FOIA\n",
    "a page with a Bates number": "From: John Smith, ICE\nTo: Maria Lopez, DHS; Ana, CBP\n\nICE 2010FOIA2674.0117629\n",
    "a readme about load files": "The DAT has the fields Begin Bates, End Bates and To.\nLines end with CR LF.\n",
    "a statistics table": "State,County,Submissions,Matches\nTX,Harris,1200,33\nTX,Travis,800,12\nCA,Kern,77,5\n",
    "a table of people": "Name,To,From,Date\nSmith,Houston,Dallas,2010-01-01\nLopez,Austin,Waco,2010-01-02\n",
    "mail headers": "From|To|Subject|Date Sent\nana@example.gov|jo@example.gov|Draft|2010-05-03\n",
    "comma prose": "one, two, three\nfour, five, six\nseven, eight, nine\n",
    "a list of names with a title": "Title,Author\nMemo on opt-out,Smith\nDraft memo,Lopez\n",
    "tabular text": "Level 1\t71,197\nLevel 2\t405,838\nTotal\t477,035\n",
    "JSON": '{"documents": [{"begin": "ICE 001", "end": "ICE 002"}]}\n',
    "other XML": '<?xml version="1.0"?><root><document id="1">x</document></root>',
    "HTML": "<html><body><table><tr><td>Begin Bates</td><td>End Bates</td></tr></table></body></html>",
    "a mail": "From ana@example.gov Mon May  3 14:03:00 2010\nSubject: a, b, c\n\nx\n",
    "a unique id list": "Unique ID,Name,Date\n17,Smith,2010-01-01\n18,Lopez,2010-01-02\n",
    "a memo starting with a mark": "; see below\nThe order of May 3, 2010, says:\n@Ana please check\n",
}


@pytest.mark.parametrize("text", NO_LOAD_FILES.values(), ids=NO_LOAD_FILES)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_record_is_no_load_file(tmp_path: Path, text: str, encoding: str) -> None:
    """A produced text taken for a load file would put words of a record into columns."""
    (tmp_path / "x").write_bytes(text.encode(encoding))
    for name in ("TEXT/001/ICE0001.txt", "README.txt", "list.csv", "data.dat"):
        assert recognise(tmp_path / "x", name=name) is None


LISTS = {
    "begin and end": ("Begin Bates,End Bates\nA0001,A0002\n", "csv"),
    "one Bates column": ("Bates Number,Description\nICE 000123,Memo\nICE 000125,Mail\n", "csv"),
    "files": ("File Name,Date\nmemo.pdf,2010-05-03\ndraft two.pdf,2010-05-04\n", "csv"),
    "paths": ("Title\tProduction Path\nMemo\trelease/001/memo.pdf\n", "tsv"),
    "pipe": ("DOCID|BEGDOC#|ENDDOC#|CUSTDIAN\nA0001|A0001|A0002|Smith, John\n", "dat"),
    "bates only, no header": ("þA0001þ\x14þA0002þ\nþA0003þ\x14þA0004þ\n", "dat"),
}


@pytest.mark.parametrize(("text", "file_format"), LISTS.values(), ids=LISTS)
def test_a_list_of_documents_is_recognised_whatever_its_name(tmp_path: Path, text: str, file_format: str) -> None:
    """Agencies call them .txt, .csv, .dat or nothing."""
    (tmp_path / "x").write_text(text, encoding="utf-8", newline="")
    for name in ("index.txt", "VOL001.DAT", "list"):
        load_file = recognise(tmp_path / "x", name=name)
        assert load_file is not None
        assert (load_file.format, load_file.kind) == (file_format, LoadFileKind.DOCUMENTS)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        pytest.param(b"\x78\x9f\x3e\x22" + b"\0\1\2\3" * 99, "NATIVES/winmail.dat", id="the body of a mail"),
        pytest.param(b"\0\1\2\3" * 99, "NATIVES/A0001.bin", id="an unnamed binary"),
        pytest.param(b"%PDF-1.7\n1 0 obj", "A0001.pdf", id="a PDF"),
        pytest.param(b"PK\x03\x04" + b"\0" * 99, "A0001.zip", id="a broken archive"),
        pytest.param(b"", "TEXT/A0001.txt", id="an empty text"),
    ],
)
def test_binary_files_are_no_load_files(tmp_path: Path, data: bytes, name: str) -> None:
    """Only a name that promises a load file makes such a file a fault."""
    (tmp_path / "x").write_bytes(data)
    assert recognise(tmp_path / "x", name=name) is None


def test_a_file_that_cannot_be_opened_is_an_error_with_its_name(tmp_path: Path) -> None:
    """The message names the file and says what to do."""
    with pytest.raises(LoadFileError, match=r"VOL001\.DAT"):
        recognise(tmp_path / "missing", name="VOL001.DAT")
    (tmp_path / "x").write_bytes(b"")
    dialect = Dialect("utf-8", False, "\x14", "þ", "®", "\r\n", has_header=True)
    with pytest.raises(LoadFileError, match=r"VOL001\.DAT"):
        open_table(tmp_path / "x", dialect, name="VOL001.DAT")


PIECES = st.sampled_from(
    ["þ", "Þ", "\x14", "®", "\r\n", "\n", "\r", ",", '"', "|", "^", "Begin Bates", "End Bates", "A0001", "IM,", "OF,",
     "@V;", ";", "@T ", "@C ", "@D @I\\", "@V", ".tif", "Y", ",,,", "1", "é", "\0", "\x1a", "\ufeff", "<Root ",
     "<Batch>", "DataInterchangeType", "<Document ", "&x;", "<!DOCTYPE Root [", "##", "\ud7ff", " ", "Ã¾"]
)  # fmt: skip
ANY_NAME = st.sampled_from(["V.DAT", "V.OPT", "V.LFP", "V.DII", "V.XML", "V.CSV", "V.TXT", "V.XLSX", "V"])
HOSTILE = st.one_of(
    st.binary(max_size=300),
    st.lists(PIECES, max_size=40).map(lambda parts: "".join(parts).encode()),
    st.lists(PIECES, max_size=40).map(lambda parts: "".join(parts).encode("utf-16")),
    st.lists(PIECES, max_size=40).map(lambda parts: "".join(parts).encode("cp1252", "ignore")),
    st.tuples(st.lists(PIECES, max_size=20), st.binary(max_size=40)).map(
        lambda parts: "þBegin Batesþ\x14þEnd Batesþ\r\n".encode() + "".join(parts[0]).encode() + parts[1]
    ),
    st.binary(max_size=60).map(lambda tail: b"PK\x03\x04" + tail),
    st.binary(max_size=60).map(lambda tail: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + tail),
)


@settings(max_examples=1_500, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(HOSTILE, ANY_NAME)
def test_arbitrary_bytes_never_crash(tmp_path: Path, data: bytes, name: str) -> None:
    """Whatever an agency sends is a finding or no load file."""
    path = tmp_path / "x"
    path.write_bytes(data)
    load_file = recognise(path, name=name)
    if load_file is None:
        return
    for batch in load_file.documents():
        rows = batch.rows()
        assert [batch.row(place) for place in range(len(batch))] == rows
        assert all(len(row) >= len(load_file.columns) for row in rows)
        assert [row[0] for row in rows] == batch.column(0)
    for pages in load_file.pages():
        assert len(pages.keys) == len(pages.paths) == len(pages.volumes) == len(pages.breaks) == len(pages.lines)
        assert (pages.page_in_file >= 1).all()
        assert (pages.declared >= -1).all()
    assert all(finding.place.line is None or finding.place.line >= 1 for finding in load_file.findings)
