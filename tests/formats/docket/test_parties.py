"""Parties of a docket report and the lawyers behind them."""

from __future__ import annotations

from datetime import date

from tests.formats.docket.made_pages import docket, party, row
from tests.formats.docket.test_reading import read
from vaughn.formats.docket import DocketAttorney, DocketParty

FIRST = (
    "<b>Ada              B.   Counsel    </b><br>Law Clinic<br>1 Example Street<br>Email: a@example.org"
    "<br><i>LEAD ATTORNEY</i><br><i>ATTORNEY TO BE NOTICED</i>"
)


def parties_in(folder, *rows):
    found = read(folder, docket(row("04/27/2010", "1", "COMPLAINT"), parties="".join(rows)))
    return found.parties, [one.code for one in found.findings]


def test_a_lawyer_has_roles_and_contact(tmp_path):
    """Roles are in italics, the address is not."""
    parties, _ = parties_in(tmp_path, party("Plaintiff", "<b>Network</b>", FIRST))
    lawyer = DocketAttorney(
        "Ada B. Counsel",
        ("LEAD ATTORNEY", "ATTORNEY TO BE NOTICED"),
        "Law Clinic\n1 Example Street\nEmail: a@example.org",
    )
    assert parties == (DocketParty("Network", "Plaintiff", (lawyer,)),)


def test_see_above_is_the_last_address_of_the_name(tmp_path):
    """The docket prints an address once."""
    again = "<b>Ada B. Counsel</b><br>(See above for address)<br><i>PRO HAC VICE</i>"
    parties, _ = parties_in(tmp_path, party("Plaintiff", "<b>A</b>", FIRST), party("Plaintiff", "<b>B</b>", again))
    assert parties[1].attorneys[0].contact == parties[0].attorneys[0].contact
    assert parties[1].attorneys[0].roles == ("PRO HAC VICE",)


def test_capacity_and_termination_are_kept(tmp_path):
    """Officials are sued in their office, and leave the case."""
    cell = "<b>Jo Official</b> <br><i>in his official capacity as Director</i><br><i>TERMINATED: 12/05/2014</i>"
    (found,), _ = parties_in(tmp_path, party("Defendant", cell))
    assert found.extra == "in his official capacity as Director\nTERMINATED: 12/05/2014"
    assert found.date_terminated == date(2014, 12, 5)


def test_the_end_of_an_alias_is_not_the_end_of_the_party(tmp_path):
    """Only the former name was dropped."""
    cell = "<b>New Name Inc</b><br><i>formerly known as</i><br>Old Name Inc<br><i>TERMINATED: 12/05/2014</i>"
    (found,), _ = parties_in(tmp_path, party("Defendant", cell))
    assert found.date_terminated is None


def test_a_party_printed_twice_is_kept_once_and_said(tmp_path):
    """Courts repeat terminated parties above the list."""
    parties, codes = parties_in(
        tmp_path, party(None, "<b>A</b>"), party(None, "<b>A</b>"), party("Plaintiff", "<b>A</b>")
    )
    assert [(one.name, one.role) for one in parties] == [("A", None), ("A", "Plaintiff")]
    assert codes == ["DK008"]


def test_a_role_does_not_reach_across_versus(tmp_path):
    """Better no role than the other side's."""
    parties, _ = parties_in(
        tmp_path, party("Plaintiff", "<b>A</b>"), "<tr><td valign=top><br>V.<br></td></tr>", party(None, "<b>B</b>")
    )
    assert [one.role for one in parties] == ["Plaintiff", None]
