"""Docket files go into the case whole or not at all, and again without doubles."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from vaughn.lawsuit import DocketChoice, import_docket
from vaughn.lawsuit.suit import OWN_KINDS
from vaughn.model import Case, Confidence, InputError
from vaughn.store import Actor, CaseFile, NewSource

HEADER = "No.,Date filed,Docket text,Case number\n"
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Court feed</title>{}</channel></rss>"""
ITEM = """<item><title>{number} A v. B</title><pubDate>Mon, 07 Feb 2011 10:00:00 GMT</pubDate>
<guid>https://ecf.nysd.uscourts.gov/cgi-bin/DktRpt.pl?1&amp;{number}</guid>
<link>https://ecf.nysd.uscourts.gov/cgi-bin/DktRpt.pl?1</link>
<description>[Order] (&lt;a href="https://ecf.nysd.uscourts.gov/doc1/1"&gt;41&lt;/a&gt;)</description></item>"""


@pytest.fixture
def case(tmp_path):
    writer = Actor("tester", lambda: datetime(2026, 1, 2, tzinfo=UTC))
    with CaseFile.create(tmp_path / "case", Case("A v. B"), actor=writer) as made:
        yield made


def docket(path: Path, *rows: str, header: str = HEADER) -> Path:
    path.write_text(header + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_the_file_is_kept_and_is_the_source(case, tmp_path):
    """Whoever doubts an entry opens the page it stands on."""
    file = docket(tmp_path / "d.csv", "1,2010-04-27,COMPLAINT against B,1:10-cv-03488")
    result = import_docket(case, file)
    assert (result.docket, result.new, result.statements) == ("docket/1-10-cv-03488", 1, 7)
    held = case.entity(result.docket)
    (kept,) = case.entity_files(held.id)
    assert case.blobs.path(kept.sha256).read_bytes() == file.read_bytes()
    (source,) = case.sources()
    assert (source.kind, source.citation) == ("docket", "1:10-cv-03488, table, file d.csv")
    assert case.verify().problems == ()


def test_importing_it_again_changes_nothing(case, tmp_path):
    """The same file twice is one docket."""
    file = docket(tmp_path / "d.csv", "1,2010-04-27,COMPLAINT,1:10-cv-03488", "2,2010-07-01,ANSWER to 1 Complaint,")
    import_docket(case, file)
    before = case.entities()
    again = import_docket(case, file)
    assert (again.new, again.known, again.changed, again.statements) == (0, 2, 0, 0)
    assert case.entities() == before


def test_what_somebody_entered_is_confirmed_and_not_overruled(case, tmp_path):
    """A person's word on the type of an entry stands without the program's guess beside it."""
    with case.writing("test") as change:
        entry = change.entity_id("entry", "mine")
        source = change.source_id(NewSource("hand", "By hand"))
        change.enter(OWN_KINDS["docket"], "d", {"number": ["1:10-cv-03488"]}, source_id=source)
        values = {
            "docket": ["docket/d"],
            "number": ["1"],
            "type": ["other"],
            "filed_on": ["2010-04-27"],
        }
        change.enter(OWN_KINDS["entry"], "mine", values, source_id=source)
    import_docket(case, docket(tmp_path / "d.csv", "1,2010-04-27,COMPLAINT against B,1:10-cv-03488"))
    held = case.entity("entry/mine")
    assert held.id == entry
    assert held.values("type") == ("other",)
    assert [one.confidence for one in held.statements_of("filed_on")] == [Confidence.CONFIRMED, Confidence.STATED]


@pytest.mark.parametrize("choice", [None, DocketChoice(court="nysd")])
def test_a_file_without_a_number_needs_to_be_told_its_case(case, tmp_path, choice):
    """Guessing would put entries into another docket."""
    file = docket(tmp_path / "d.csv", "1,2010-04-27,COMPLAINT", header="No.,Date filed,Docket text\n")
    with pytest.raises(InputError, match="does not say which case"):
        import_docket(case, file, choice=choice)
    assert case.entities() == ()
    assert case.sources() == ()
    named = import_docket(case, file, choice=DocketChoice("1:10-cv-03488", "nysd"))
    assert named.docket == "docket/nysd-1-10-cv-03488"


def test_of_a_feed_only_the_known_case_is_taken(case, tmp_path):
    """A court's feed holds everybody's cases."""
    feed = tmp_path / "feed.xml"
    feed.write_text(FEED.format("".join(ITEM.format(number=f"1:10-cv-0000{n}") for n in range(1, 4))))
    with pytest.raises(InputError, match="names 3 cases"):
        import_docket(case, feed)
    taken = import_docket(case, feed, choice=DocketChoice("1:10-cv-00002"))
    assert (taken.docket, taken.new, taken.others) == ("docket/nysd-1-10-cv-00002", 1, 2)
    assert import_docket(case, feed).known == 1


def test_what_is_no_file_is_refused(case, tmp_path):
    """A link could lead out of where somebody was asked to look."""
    (tmp_path / "link.csv").symlink_to(docket(tmp_path / "d.csv", "1,2010-04-27,COMPLAINT,1:10-cv-03488"))
    for path in (tmp_path, tmp_path / "gone.csv", tmp_path / "link.csv"):
        with pytest.raises(InputError, match="is not a file"):
            import_docket(case, path)
