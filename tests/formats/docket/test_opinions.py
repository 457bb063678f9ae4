"""Reports of free written opinions: one row an opinion, by case."""

from __future__ import annotations

from datetime import date

from tests.formats.docket.made_pages import link
from tests.formats.docket.test_reading import read
from vaughn.formats.docket import DocketKind


def opinion(case, text):
    return (
        f"<tr><td>{case}</td><td>07/13/2012</td><td>{link(197)}</td><td><b>{text}</b></td>"
        "<td><i>Office:</i> Foley Square<br>"
        "<i>NOS:</i> Freedom of Information Act<br><i>Cause:</i> 05:552 Freedom of Information Act<br></td></tr>"
    )


def test_opinions_are_gathered_by_case_and_an_empty_cell_means_the_case_above(tmp_path):
    """The report prints a case once."""
    case = (
        "<a href='https://ecf.nysd.uscourts.gov/cgi-bin/DktRpt.pl?361875'>1:10-cv-03488-SAS </a><br><b>A et al v. B</b>"
    )
    other = "<a href='x'>1:11-cv-00001-XX</a><br><b>C v. D</b>"
    page = (
        "<html><body><h2>Written Opinions Report</h2><h3>U.S. District Court -- New York Southern "
        "District</h3><table><tr>"
        "<th>Case Number & Name:</th><th>Date Filed:</th><th>Doc. #</th><th>Description:</th><th>Notes:</th></tr>"
        f"{opinion(case, 'OPINION')}{opinion('&nbsp;', 'ORDER')}{opinion(other, 'ORDER')}</table></body></html>"
    )
    found = read(tmp_path, page)
    assert (found.kind, found.court_id, found.docket_number) == (DocketKind.OPINIONS, "nysd", "1:10-cv-03488")
    assert (found.case_name, found.judge_initials, found.pacer_case_id) == ("A v. B", ("SAS",), "361875")
    assert (found.nature_of_suit, found.cause) == ("Freedom of Information Act", "05:552 Freedom of Information Act")
    assert [(entry.number, entry.description) for entry in found.entries] == [("197", "OPINION"), ("197", "ORDER")]
    assert found.entries[0].date_filed == date(2012, 7, 13)
    assert [case.docket_number for case in found.others] == ["1:11-cv-00001"]
