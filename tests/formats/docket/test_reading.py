"""A file about a docket is known by what is in it, read as far as it goes, and refused in words when it is none."""

from __future__ import annotations

import contextlib
import json
import os
import pickle
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.docket_shapes import shaped
from tests.formats.docket.made_pages import CASE, HEADER_ROW, HEADING, docket, link, row
from vaughn.formats.docket import DocketKind, DocketTask, EntryField, docket_of, read_docket
from vaughn.model import InputError
from vaughn.work import WorkerPool

CORPUS = Path(__file__).parents[2] / "corpus" / "dockets"


def read(folder, content, name="docket.html"):
    """Write *content* and read it as a docket."""
    path = folder / "file"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_docket(path, name=name)


def leaves(expected, got, where=""):
    """Yield every leaf of the expected JSON that is otherwise in ours, white space aside."""
    if isinstance(expected, dict):
        for key, value in expected.items():
            yield from leaves(value, got.get(key, "missing"), f"{where}.{key}")
    elif isinstance(expected, list):
        if len(expected) != len(got):
            yield f"{where}: {len(expected)} wanted, {len(got)} read"
        for place, (one, other) in enumerate(zip(expected, got, strict=False)):
            yield from leaves(one, other, f"{where}[{place}]")
    else:
        same = [" ".join(value.split()) if isinstance(value, str) else value for value in (expected, got)]
        # Where two blocks meet, the expected texts have no white space at all.
        if same[0] != same[1] and str(same[0]).replace(" ", "") != str(same[1]).replace(" ", ""):
            yield where


@pytest.mark.parametrize("name", ["mied_319301", "dcd_3", "jpml", "akd_0230682797"])
def test_a_real_page_is_read_field_by_field_as_expected(name):
    """Another project read these pages by hand and by tests; every field of theirs is one of ours."""
    path = CORPUS / f"{name}.html"
    expected = json.loads((CORPUS / f"{name}.json").read_text("utf-8"))
    assert list(leaves(expected, shaped(read_docket(path, name=path.name)))) == []


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"<html><head><title>404 Not Found</title></head><body>Not Found</body></html>", "error page"),
        (b'<?xml version="1.0"?><html><head><title>Internet Archive: Error</title></head></html>', "error page"),
        (b"<html><form id='loginForm'><input type='password'></form></html>", "login page"),
        (b"<html><body><p>Hello</p></body></html>", "none of CM/ECF"),
        (b"%PDF-1.4\n\x00\x01\x02\x03\x04\x05\x06\x07\x08\x0e\x0f", "not text"),
        (b'{"a": 1}', "names no docket"),
        (b'{"docket_number": "1:10-cv-3488", ', "broken or cut off"),
        (b"[" * 100_000, "broken or cut off"),
        (b"a,b,c\n1,2,3\n", "No column"),
        (b"Some words without any form.\n", "neither a page"),
        (b"From: a@example.org\nTo: b@example.org\nSubject: Lunch\n\nAt noon?\n", "no notice"),
    ],
    ids=[
        "empty", "not found", "error as XML", "login", "other page", "PDF", "other JSON", "cut JSON", "deep JSON",
        "other table", "words", "other mail",
    ],
)  # fmt: skip
def test_what_is_no_docket_is_refused_with_the_reason_and_the_cure(tmp_path, content, words):
    """A saved error page is the most common "docket" people import."""
    with pytest.raises(InputError, match=words) as caught:
        read(tmp_path, content, "docket.xml")
    assert caught.value.hint


def test_a_page_saved_as_xml_is_read_as_the_page_it_is(tmp_path):
    """The name of a file says nothing about its content."""
    found = read(tmp_path, docket(row("04/27/2010", link(1), "COMPLAINT")), "docket.xml")
    assert (found.kind, found.docket_number) == (DocketKind.DISTRICT, "1:10-cv-03488")


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16", "utf-8-sig"])
def test_letters_come_through_whatever_the_encoding(tmp_path, encoding):
    """Pages declare ISO 8859-1 and are UTF-8, or are saved again by a browser."""
    text = docket(row("04/27/2010", "1", "ORDER. Héctor’s motion")).replace(
        "<head>", '<head><meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">'
    )
    assert read(tmp_path, text.encode(encoding)).entries[0].description == "ORDER. Héctor’s motion"


def test_letters_lost_before_are_counted(tmp_path):
    """What is gone cannot be guessed back."""
    found = read(tmp_path, docket(row("04/27/2010", "1", "ORDER. H\ufffdctor")))
    assert [one.code for one in found.findings] == ["DK009"]


def test_a_docket_of_5000_entries_is_read_whole(tmp_path):
    """Multidistrict dockets are that long."""
    rows = [row("04/27/2010", str(number), f"ORDER number {number}") for number in range(1, 5001)]
    found = read(tmp_path, docket(*rows))
    assert [entry.number for entry in found.entries] == [str(number) for number in range(1, 5001)]
    assert found.findings == ()


def test_a_page_nested_without_end_is_read_as_far_as_it_goes(tmp_path):
    """libxml2 stops at 256 levels; what is lost there must be said."""
    good = row("04/27/2010", "1", "COMPLAINT")
    found = read(tmp_path, docket(good, row("04/28/2010", "2", "<div>" * 100_000 + "ORDER")))
    assert found.entries[0].description == "COMPLAINT"
    assert "DK003" in [one.code for one in found.findings]


@pytest.mark.parametrize("keep", [0.35, 0.6, 0.9])
def test_a_page_cut_off_keeps_its_entries_and_says_so(tmp_path, keep):
    """A download that broke off looks complete in a browser."""
    whole = docket(*(row("04/27/2010", str(number), "ORDER " * 20) for number in range(1, 40)))
    found = read(tmp_path, whole[: int(len(whole) * keep)])
    assert 0 < len(found.entries) < 39
    assert "DK003" in [one.code for one in found.findings]


def test_hostile_text_stays_text(tmp_path):
    """Captions are shown in a browser and exported to spreadsheets; what they hold is never more than letters."""
    text = "=HYPERLINK(1) &lt;script&gt;alert(1)&lt;/script&gt;<script>alert(2)</script><img src=x onerror=alert(3)>"
    entry = read(tmp_path, docket(row("04/27/2010", "1", text))).entries[0]
    assert entry.description == "=HYPERLINK(1) <script>alert(1)</script>"


def test_no_finding_says_what_an_entry_says(tmp_path):
    """Findings go into logs and reports."""
    page = docket(
        row("02/30/2011", "1", "SECRET motion"),
        row("SECRET", "2", "SECRET order"),
        "<tr><td>SECRET</td></tr>",
        parties="<tr><td>SECRET</td></tr><tr><td><b><u>Plaintiff</u></b></td></tr>",
    )
    found = read(tmp_path, page)
    assert found.findings
    assert "SECRET" not in "".join(one.message for one in found.findings)


def test_a_row_that_cannot_be_read_is_a_finding_and_the_rest_stands(tmp_path):
    """One bad row never stops a docket."""
    found = read(
        tmp_path, docket(row("04/27/2010", "1", "COMPLAINT"), "<tr><td>x</td></tr>", row("13/45/2011", "2", "A"))
    )
    assert [(entry.number, entry.date_filed) for entry in found.entries] == [("1", date(2010, 4, 27)), ("2", None)]
    assert [one.code for one in found.findings] == ["DK001", "DK002"]


def test_what_a_child_process_reads_comes_back_whole():
    """Untrusted files are parsed in children; days and enums must survive the way back."""
    task = DocketTask(str(CORPUS / "mied_319301.html"), "mied.html")
    with WorkerPool(1) as pool:
        outcome = pool.run(docket_of, (DocketTask.from_payload(task.payload()),))
    assert outcome.failure is None
    assert outcome.value == read_docket(CORPUS / "mied_319301.html", name="mied.html")
    assert pickle.loads(pickle.dumps(outcome.value)) == outcome.value


def test_a_file_that_is_no_docket_fails_in_the_child_with_its_reason(tmp_path):
    """The person who imports reads the reason, not a stack of calls."""
    path = tmp_path / "x.html"
    path.write_text("<html><body>Hello</body></html>", encoding="utf-8")
    with WorkerPool(1, readable=(path,)) as pool:
        outcome = pool.run(docket_of, (DocketTask(str(path), "x.html"),))
    assert outcome.failure is not None
    assert "x.html is not a docket" in outcome.failure.reason


def test_a_task_is_the_same_after_the_ledger():
    """A resumed import asks with the columns it was given."""
    task = DocketTask("/a/b.csv", "b.csv", (("Ref.", EntryField.NUMBER), ("X", None)))
    assert DocketTask.from_payload(task.payload()) == task
    assert task.key == "/a/b.csv"


HEADS = (
    "", HEADING, HEADING + CASE + "<table>" + HEADER_ROW, "<gov_uscourts_docket><case_details>", "<rss><channel><item>",
    '{"docket_entries": [', "No.,Date,Description\n", "<b>Court of Appeals Docket #: ",
    "From: a@b.c\nTo: d@e.f\n\nNotice of Electronic Filing\nCase Name: x\nDocket Text: ",
    "<p>Notice of Electronic Filing<br>Docket Text: <a href='/doc1/1&#1;'>",
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(
    st.sampled_from(HEADS),
    st.binary(max_size=300)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=200).map(str.encode)
    | st.just(b"&#1;<br>&#12;</td>"),
)
def test_no_bytes_at_all_bring_the_reader_down(tmp_path_factory, head, tail):
    """It reads, or it refuses with a reason; nothing else."""
    path = tmp_path_factory.mktemp("docket") / f"{os.getpid()}"
    path.write_bytes(head.encode() + tail)
    with contextlib.suppress(InputError):
        assert read_docket(path, name="x").kind in DocketKind
