"""History reports: short lines with their days."""

from __future__ import annotations

from datetime import date

from tests.formats.docket.made_pages import link
from tests.formats.docket.test_reading import CORPUS, read
from vaughn.formats.docket import DocketFact, read_docket


def test_the_foia_suit_of_the_corpus_is_read_to_its_last_filing():
    """45 numbered entries and six without."""
    found = read_docket(CORPUS / "mied_319301.html", name="mied")
    assert (len(found.entries), sum(entry.number is not None for entry in found.entries)) == (51, 45)
    assert found.date_last_filing == date(2017, 12, 8)
    assert (found.assigned_to, found.referred_to) == ("Judith E. Levy", "Elizabeth A. Stafford")
    motion = next(entry for entry in found.entries if entry.number == "16")
    assert motion.short_description == "Motion to Stay"


def test_days_and_the_full_text_of_an_entry_are_kept(tmp_path):
    """The report can be printed with the docket's text below each line."""
    page = (
        "<html><head><title>CM/ECF - U.S. District Court:nysd-History/Documents Query</title></head><body>"
        "<center><b><font>1:10-cv-03488-SAS</font></b> A et al v. B<br>Shira A. Scheindlin, presiding<br>"
        "<b>Date filed:</b> 04/27/2010<br></center><h2>History</h2><center><table><tr><th>Doc. No.</th><th>Dates</th>"
        f"<th>Description</th></tr><tr><td>{link(7)}</td><td><table><tr><td>Filed:</td><td>10/28/2010</td></tr><tr><td>"
        "Entered:</td><td>10/29/2010</td></tr><tr><td>Terminated:</td><td>12/17/2010</td></tr></table></td>"
        "<td>Motion</td>"
        "</tr><tr><td colspan=3>Docket Text: MOTION for Preliminary "
        "Injunction.</td></tr></table></center></body></html>"
    )
    found = read(tmp_path, page)
    (entry,) = found.entries
    assert (found.court_id, found.case_name) == ("nysd", "A v. B")
    assert (entry.date_filed, entry.date_entered) == (date(2010, 10, 28), date(2010, 10, 29))
    assert entry.facts == (DocketFact("Terminated", "12/17/2010"),)
    assert (entry.short_description, entry.description) == ("Motion", "MOTION for Preliminary Injunction.")
