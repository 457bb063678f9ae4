"""Small pages of CM/ECF made for the tests: the case of the example, or one that nobody filed."""

from __future__ import annotations

HEADING = (
    "<html><head><title>SDNY CM/ECF</title></head><body><h3 align=center>U.S. District Court<br>"
    "Southern District of New York (Foley Square)<br>CIVIL DOCKET FOR CASE #: 1:10-cv-03488-SAS</h3>"
)
CASE = (
    "<table width='100%'><tr><td width='60%'><br>National Day Laborer Organizing Network et al v. U.S. Immigration and "
    "Customs Enforcement Agency et al<br>Assigned to: Judge Shira A. Scheindlin<br>Demand: $0<br>"
    "Cause: 05:552 Freedom of Information Act</td><td><br>Date Filed: 04/27/2010<br>Jury Demand: None<br>"
    "Nature of Suit: 895 Freedom of Information Act<br>Jurisdiction: U.S. Government Defendant</td></tr></table>"
)
HEADER_ROW = "<tr><td>Date Filed</td><th>#</th><td>Docket Text</td></tr>"
END = "</body></html>"


def link(number: int | str, doc_id: str = "12717777777", seq: int = 5) -> str:
    """Return a number that opens a document."""
    script = f"goDLS('/doc1/{doc_id}','361875','{seq}','','1')"
    return f'<a href="https://ecf.nysd.uscourts.gov/doc1/{doc_id}" onclick="{script}">{number}</a>'


def row(day: str, number: str, text: str) -> str:
    """Return one entry."""
    return f"<tr><td width=94 nowrap>{day}</td><td align=right>{number}&nbsp;</td><td>{text}</td></tr>"


def docket(*rows: str, parties: str = "", case: str = CASE) -> str:
    """Return a whole docket report."""
    table = f"<table border=1>{HEADER_ROW}{''.join(rows)}</table>"
    return f"{HEADING}{case}{f'<table>{parties}</table>' if parties else ''}<br>{table}{END}"


def party(role: str | None, cell: str, lawyers: str = "") -> str:
    """Return the rows of one party."""
    heading = f"<tr><td><b><u>{role}    </u></b></td></tr>" if role else ""
    represented = f"<td>represented&nbsp;by</td><td>{lawyers}</td>" if lawyers else ""
    return f"{heading}<tr><td valign=top>{cell}</td>{represented}</tr><tr><td></td></tr>"
