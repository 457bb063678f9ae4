"""Dockets of courts of appeals: the appeal, the court below, parties, entries."""

from __future__ import annotations

from datetime import date

from tests.formats.docket.test_reading import read
from vaughn.formats.docket import DocketAttachment, DocketAttorney, DocketFact, DocketKind, LowerCourt

PAGE = """<html><body><table><tr><td align=center><b>General Docket<br>
United States Court of Appeals for the Second Circuit</b></td></tr></table>
<table border=1><tr><td><table><tr><td><b>Court of Appeals Docket #: </b>11-711</td>
<td><b>Docketed:</b> 02/24/2011<BR><b>Termed:</b> 06/20/2011</td></tr>
<tr><td><b>Nature of Suit: </b> 2895 FOIA</td></tr>
<tr><td>National Day Laborer, et al v. United States Immigration, et al</td></tr>
<tr><td><b>Appeal From:</b> SDNY (NEW YORK CITY)</td></tr><tr><td><b>Fee Status:</b> null</td></tr></table></td></tr>
<tr><td><table><tr><td><b>Case Type Information:</b></td></tr><tr><td><b>1)</b> Civil</td></tr>
<tr><td><b>2)</b> United States</td></tr><tr><td><b>3)</b> null</td></tr></table></td></tr>
<tr><td><table><tr><td colspan=4><b>Originating Court Information:</b></td></tr>
<tr><td colspan=4><B>District: </B>0208-1 :
<A href="https://ecf.nysd.uscourts.gov/cgi-bin/DktRpt.pl?x">10-cv-3488</A></td></tr>
<tr><td colspan=4><B>Trial Judge: </B>Shira A. Scheindlin, U.S. District Judge<tr>
<td><B>Date Filed: </B>04/27/2010</td></tr>
<TR><TD><B>Date Order/Judgment:</B></TD><TD><B>Date NOA Filed:</B></TD></TR>
<TR><TD>02/07/2011</TD><TD>02/22/2011</TD></TR></table></td></tr></table>
<table border=1><tr><td><table>
<tr><td width=50%>NATIONAL DAY LABORER<BR>&nbsp;&nbsp;Plaintiff&nbsp;-&nbsp;Appellee,</td>
<td width=50%>Ada Counsel<br>[COR LD NTC Retained]<br>Direct: 000-000-0000<br>Law Clinic<BR><BR>
Bo Counsel, Esq.<br>Direct: 000-000-0001<br>[COR NTC Retained]<br>Law Clinic</td></tr>
<tr><td width=50%>A FRIEND<BR><B>Terminated: </B>04/21/2011<BR>&nbsp;Amicus&nbsp;Curiae,</td>
<td width=50%>Ada Counsel<br>[COR NTC]<BR>(see above)<BR><BR></td></tr>
</table></td></tr></table>
<form name="dktEntry"><table><tr><td><table>
<tr><td>02/24/2011</td><td><input type=checkbox name='d' value='219133'>
<a HREF="https://ecf.ca2.uscourts.gov/docs1/00117219133"
ONCLICK="return doDocPostURL('00117219133','1');">&nbsp;1&nbsp;</a>
<BR>3 pg, 31.53 KB</td><td>NOTICE OF CIVIL APPEAL, FILED.[219133] [11-711] [Entered: 02/25/2011 02:41 PM]</td></tr>
<tr><td> </td><td></td><td><table><tr><td><table><tr><th>Document</th></tr>
<tr><td><input name=md value="219133 19133 2 69092">
</td><td>1</td><td><a href="https://ecf.ca2.uscourts.gov/docs1/00117219134"><img></a></td><td>Form C</td><td>2</td>
<td>67.47 KB</td></tr></table></td></tr></table></td></tr>
<tr><td>06/20/2011</td><td><input type=checkbox name='d' value='319133'>&nbsp;</td><td>MANDATE, ISSUED.</td></tr>
</table></td></tr></table></form></body></html>"""


def test_the_appeal_and_the_court_below_are_read(tmp_path):
    """The notice of appeal hangs on an order of the court below."""
    found = read(tmp_path, PAGE)
    assert (found.kind, found.court_id, found.docket_number) == (DocketKind.APPELLATE, "ca2", "11-711")
    assert found.case_name == "National Day Laborer v. United States Immigration"
    assert (found.date_filed, found.date_terminated) == (date(2011, 2, 24), date(2011, 6, 20))
    assert found.nature_of_suit == "2895 FOIA"
    assert found.facts == (
        DocketFact("Appeal From", "SDNY (NEW YORK CITY)"),
        DocketFact("Case Type Information", "Civil, United States"),
    )
    assert found.lower_court == LowerCourt(
        "nysd", "10-cv-3488", "Shira A. Scheindlin", date_filed=date(2010, 4, 27), date_judgment=date(2011, 2, 7),
        date_filed_noa=date(2011, 2, 22),
    )  # fmt: skip
    assert found.findings == ()


def test_lawyers_stand_in_blocks_with_their_roles_in_brackets(tmp_path):
    """A telephone number may come before the roles; "see above" is the address given before."""
    network, friend = read(tmp_path, PAGE).parties
    ada = DocketAttorney("Ada Counsel", ("COR LD NTC Retained",), "Direct: 000-000-0000\nLaw Clinic")
    bo = DocketAttorney("Bo Counsel, Esq.", ("COR NTC Retained",), "Direct: 000-000-0001\nLaw Clinic")
    assert (network.name, network.role, network.attorneys) == (
        "NATIONAL DAY LABORER",
        "Plaintiff - Appellee",
        (ada, bo),
    )
    assert (friend.role, friend.date_terminated) == ("Amicus Curiae", date(2011, 4, 21))
    assert friend.attorneys == (DocketAttorney("Ada Counsel", ("COR NTC",), ada.contact),)


def test_entries_have_their_numbers_documents_and_pages(tmp_path):
    """An entry without a document has a sequence number only."""
    first, last = read(tmp_path, PAGE).entries
    assert (first.number, first.pacer_doc_id, first.pacer_seq_no) == ("1", "00107219133", "219133")
    assert (first.date_filed, first.date_entered) == (date(2011, 2, 24), date(2011, 2, 25))
    assert (first.page_count, first.size_text) == (3, "31.53 KB")
    assert first.attachments == (DocketAttachment(1, "Form C", "00107219134", "219133", 2, 69092, "67.47 KB"),)
    assert (last.number, last.pacer_doc_id, last.pacer_seq_no, last.description) == (
        None,
        None,
        "319133",
        "MANDATE, ISSUED.",
    )
