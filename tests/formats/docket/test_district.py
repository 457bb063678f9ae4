"""Docket reports of district courts: heading, entries, attachments with their sizes."""

from __future__ import annotations

from datetime import date

from tests.formats.docket.made_pages import CASE, docket, link, party, row
from tests.formats.docket.test_reading import read
from vaughn.formats.docket import DocketAttachment, DocketFact


def test_the_heading_is_read_into_fields(tmp_path):
    """What has a field goes there; what has none is kept with its label."""
    found = read(tmp_path, docket(row("04/27/2010", link(1), "COMPLAINT")))
    assert (found.court_id, found.docket_number, found.judge_initials) == ("nysd", "1:10-cv-03488", ("SAS",))
    name = "National Day Laborer Organizing Network v. U.S. Immigration and Customs Enforcement Agency"
    assert found.case_name == name
    assert found.caption == name.replace("Network", "Network et al") + " et al"
    assert (found.date_filed, found.date_terminated) == (date(2010, 4, 27), None)
    assert (found.assigned_to, found.referred_to) == ("Shira A. Scheindlin", None)
    assert (found.cause, found.nature_of_suit) == (
        "05:552 Freedom of Information Act",
        "895 Freedom of Information Act",
    )
    assert (found.jury_demand, found.jurisdiction) == ("None", "U.S. Government Defendant")
    assert found.facts == (DocketFact("Demand", "$0"), DocketFact("Ordered by", "Date Filed"))
    assert (found.fact("demand"), found.fact("nothing")) == ("$0", None)


def test_an_entry_has_its_document_dates_and_text(tmp_path):
    """The document's id is that of the document, not of the page of its attachments."""
    entry = read(
        tmp_path, docket(row("02/07/2011", link(41), "OPINION re: 7 MOTION <i></i> (Entered: 02/08/2011)"))
    ).entries[0]
    assert (entry.number, entry.pacer_doc_id, entry.pacer_seq_no) == ("41", "12707777777", "5")
    assert (entry.date_filed, entry.date_entered) == (date(2011, 2, 7), date(2011, 2, 8))
    assert entry.description == "OPINION re: 7 MOTION (Entered: 02/08/2011)"
    assert entry.url == "https://ecf.nysd.uscourts.gov/doc1/12717777777"


def test_an_entry_without_number_or_document_is_kept(tmp_path):
    """Minute entries have none, and set deadlines."""
    entry = read(tmp_path, docket(row("12/09/2010", "", "Minute Entry: hearing held"))).entries[0]
    assert (entry.number, entry.pacer_doc_id, entry.date_entered) == (None, None, None)


def test_attachments_are_told_apart_with_their_documents(tmp_path):
    """A comma or a bracket inside a description is not the end of it."""
    text = (
        f"MOTION re {link(12, '12710000001')} Order (Attachments: # {link(1, '12711111111')} Exhibit A, B (part 1), "
        f"# {link(2, '12712222222')} Text of Proposed Order)(Smith, A)"
    )
    assert read(tmp_path, docket(row("01/26/2011", link(29), text))).entries[0].attachments == (
        DocketAttachment(1, "Exhibit A, B (part 1)", "12701111111", "5"),
        DocketAttachment(2, "Text of Proposed Order", "12702222222", "5"),
    )


def test_sizes_below_an_entry_belong_to_it(tmp_path):
    """The court lists page counts in a row of its own."""
    sizes = (
        "<tr><td></td><td></td><td><table><tr><td><input name=document_1_5_0 value='7-1000-20'></td><td>0</td>"
        "<td>Main Document</td><td>20 pages</td><td>1.0 KB</td></tr><tr><td><input "
        "name=document_1_5_1 value='8-500-3'></td><td>1"
        "</td><td>Exhibit</td><td>3 pages</td><td>0.5 KB</td></tr></table></td></tr>"
    )
    text = f"MOTION (Attachments: # {link(1, '12711111111')} Exhibit)"
    entry = read(tmp_path, docket(row("01/26/2011", link(29), text), sizes)).entries[0]
    assert (entry.page_count, entry.size_bytes, entry.size_text) == (20, 1000, "1.0 KB")
    assert (entry.attachments[0].page_count, entry.attachments[0].size_bytes) == (3, 500)


def test_a_caption_of_one_side_is_completed_from_the_parties(tmp_path):
    """Some courts print only the plaintiff."""
    case = CASE.replace("et al v. U.S. Immigration and Customs Enforcement Agency et al", "")
    parties = party("Plaintiff", "<b>National Day Laborer Organizing Network</b>") + party("Defendant", "<b>ICE</b>")
    found = read(tmp_path, docket(row("04/27/2010", "1", "COMPLAINT"), parties=parties, case=case))
    assert found.case_name == "National Day Laborer Organizing Network v. ICE"


def test_a_docket_without_entries_says_that_it_has_none(tmp_path):
    """An empty table and a page cut off before it look alike."""
    page = docket().replace("Docket Text", "x")
    assert [one.code for one in read(tmp_path, page).findings] == ["DK003"]
    asked_for_none = page.replace(
        "</body>", "<h2>There are proceedings but none satisfy the selection criteria.</h2></body>"
    )
    assert read(tmp_path, asked_for_none).findings == ()


def test_charges_of_a_criminal_docket_are_no_parties(tmp_path):
    """Such a docket is read as far as it concerns a suit: who, and which entries."""
    charges = (
        "<tr><td><br><b><u>Pending Counts</u></b></td><td></td><td><b><u>Disposition</u></b></td></tr>"
        "<tr><td>18:371 CONSPIRACY<br>(1)</td><td></td><td></td></tr>"
    )
    sides = party("Defendant (1)", "<b>A</b>") + charges + "</table><table>" + party("Plaintiff", "<b>USA</b>")
    case = CASE.replace("National Day", "Case title: National Day")
    found = read(tmp_path, docket(row("04/27/2010", "1", "INDICTMENT"), parties=sides, case=case))
    assert [(one.name, one.role) for one in found.parties] == [("A", "Defendant"), ("USA", "Plaintiff")]
    assert found.caption.startswith("National Day Laborer")
    assert found.findings == ()
