"""A small pile of records that somebody hands over, and words that may stand in records alone."""

from __future__ import annotations

import zipfile
from email.message import EmailMessage
from pathlib import Path

CANARY = "Xylocanary"
PASSWORD = "open sesame 7"
# What an HTML message may try on whoever looks at it.
HOSTILE_HTML = (
    "<html><head><style>body{background:url(http://tracker.example/a)}</style><script>alert(1)</script></head>"
    "<body onload=alert(1)><p style='color:red'>Please see the <b>policy</b> below.</p>"
    "<img src='http://tracker.example/pixel.png'><a href='javascript:alert(1)'>click</a>"
    "<form action='http://tracker.example'><input name=q></form><iframe src='http://tracker.example'></iframe></body></html>"
)
NOTES = "".join(f"Line {number} of the notes about detainers.\n" for number in range(40))


def message(
    subject: str, body: str, number: int, *, answers: int | None = None, html: str | None = None
) -> EmailMessage:
    """Return a message; *answers* is the number of the message it replies to."""
    made = EmailMessage()
    made["From"] = "Jane Doe <jane@example.gov>"
    made["To"] = "Jon Palmer <jon@example.gov>"
    made["Date"] = f"Mon, 17 Jan 2011 0{number}:03:00 -0500"
    made["Subject"] = subject
    made["Message-ID"] = f"<{number}@example.gov>"
    if answers is not None:
        made["In-Reply-To"] = made["References"] = f"<{answers}@example.gov>"
    made.set_content(body)
    if html is not None:
        made.add_alternative(html, subtype="html")
    return made


def small_pile(root: Path) -> Path:
    """Write the pile below *root* and return its folder: messages, notes, an archive, a table, a broken file."""
    pile = root / "pile"
    (pile / "copies").mkdir(parents=True)
    first = message("Opt out", f"Please see the policy below. {CANARY}", 1, html=HOSTILE_HTML)
    first.add_attachment(b"The policy on detainers.\n" * 12, maintype="text", subtype="plain", filename="policy.txt")
    (pile / "opt out.eml").write_bytes(first.as_bytes())
    (pile / "copies" / "again.eml").write_bytes(first.as_bytes())
    answer = "Agreed.\n\n-----Original Message-----\nFrom: Jane Doe\n\nPlease see the policy below."
    (pile / "reply.eml").write_bytes(message("RE: Opt out", answer, 2, answers=1).as_bytes())
    (pile / "notes.txt").write_text(NOTES)
    (pile / "notes, later.txt").write_text(NOTES.replace("Line 7 of", "Line seven of") + "One more line.\n")
    (pile / "budget.csv").write_text("what,how much\n" + "".join(f"part {n},{n}\n" for n in range(1, 400)))
    (pile / "broken.pdf").write_bytes(b"%PDF-1.7 no page follows")
    (pile / "left out.tmp").write_bytes(b"temporary")
    with zipfile.ZipFile(pile / "box.zip", "w") as box:
        box.writestr("inside/letter.txt", "A letter inside the box.")
    return pile
