"""The codes that importing a docket reports, each on a small file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.catalogue_cases import Case
from tests.formats.docket.made_pages import docket, party, row
from vaughn.formats.docket import read_docket
from vaughn.model import Finding

GOOD = row("04/27/2010", "1", "COMPLAINT (Entered: 04/28/2010)")
MAIL = (
    "From: a@nysd.uscourts.gov\nTo: b@example.org\nContent-Type: multipart/mixed; boundary=X\n\n--X\n"
    "Content-Type: text/plain\n\nNotice of Electronic Filing\nThe following transaction was entered on 4/27/2010\n"
    "Case Name: A v. B\nCase Number: 1:10-cv-03488\nDocument Number: 1\nDocket Text:\nCOMPLAINT\n"
)
ATTACHMENTS = (
    "<html><body><table><tr><td>Document Number:</td><td><a href='https://ecf.nysd.uscourts.gov/doc1/1271111'>29</a></td>"
    "</tr><tr><td><b>Attachment</b></td></tr><tr><td><a href='https://ecf.nysd.uscourts.gov/doc1/1271112'>{}</a></td>"
    "<td>Exhibit</td></tr></table></body></html>"
)
XML = "<gov_uscourts_docket>{}<document_list></document_list></gov_uscourts_docket>"


def _read(text: str) -> Callable[[Path], tuple[Finding, ...]]:
    def found(folder: Path) -> tuple[Finding, ...]:
        path = folder / "file"
        path.write_text(text, encoding="utf-8")
        return read_docket(path, name="docket").findings

    return found


CASES = [
    Case("DK001", _read(docket(GOOD, "\n<tr><td>x</td></tr>")), _read(docket(GOOD, "\n<tr><td></td></tr>")), line=2),
    Case("DK002", _read(docket(row("02/30/2011", "1", "A"))), _read(docket(row("02/28/2011", "1", "A"))), line=1),
    Case("DK003", _read(docket(GOOD).replace("</body></html>", "")), _read(docket(GOOD))),
    Case("DK004", _read(MAIL + "--X\nContent-Type: application/pdf\n\n%PDF\n--X--\n"), _read(MAIL + "--X--\n")),
    Case("DK005", _read(ATTACHMENTS.format(2)), _read(ATTACHMENTS.format(1))),
    Case("DK006", _read("No.,Date,Docket Text,Ref.\n1,4/27/2010,A,x\n"),
         _read("No.,Date,Docket Text,Ref.\n1,4/27/2010,A,\n"), line=1),
    Case("DK007", _read(XML.format("")), _read(XML.format("<case_details><court>nysd</court></case_details>"))),
    Case("DK008", _read(docket(GOOD, parties=party("Plaintiff", "<b>A</b>") * 2)),
         _read(docket(GOOD, parties=party("Plaintiff", "<b>A</b>") + party("Plaintiff", "<b>B</b>")))),
    Case("DK009", _read(docket(row("04/27/2010", "1", "H\ufffdctor"))),
         _read(docket(row("04/27/2010", "1", "Héctor")))),
]  # fmt: skip
