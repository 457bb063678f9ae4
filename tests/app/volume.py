"""A small production with everything the workbench shows, and values that must never be executed or leaked."""

from __future__ import annotations

from pathlib import Path

from vaughn.app.demo.typewriter import typed_page
from vaughn.formats.pdf import write_pdf

# Stands in records only: no error, log line or answer to a failed call may repeat it.
CANARY = "Xylocanary"
FORMULA = "=HYPERLINK(1)"
NATIVE_NAME = 'budget; "2011".xlsx'

PAGES = {
    "ABC0000001": ("Detainer policy memo", "Secure Communities opt-\nout letter"),
    "ABC0000003": (f"Attachment about detainers {CANARY}",),
    "ABC0000004": ("Second memo: no detainer", "Résumé of the detainer policy", "Page three"),
}
_COLUMNS = (
    "BEGBATES",
    "ENDBATES",
    "BEGATTACH",
    "ENDATTACH",
    "CUSTODIAN",
    "SUBJECT",
    "DATESENT",
    "TEXTLINK",
    "NATIVELINK",
)
_ROWS = (
    ("ABC0000001", "ABC0000002", "ABC0000001", "ABC0000003", "Unit 1", f"Opting out {CANARY}", "2010-04-27", "", ""),
    ("ABC0000003", "ABC0000003", "ABC0000001", "ABC0000003", "Unit 1", FORMULA, "2010-04-27", "", ""),
    (
        "ABC0000004",
        "ABC0000006",
        "",
        "",
        "Unit 2",
        "Second memo",
        "2011-01-17",
        r"\TEXT\ABC0000004.txt",
        r"\NATIVES\b.xlsx",
    ),
)


def small_volume(root: Path) -> Path:
    """Write the volume below *root* and return its folder: three documents, six pages, one native, one text file."""
    volume = root / "VOL001"
    for folder in ("DATA", "IMAGES", "TEXT", "NATIVES"):
        (volume / folder).mkdir(parents=True)
    page_rows = []
    for begin, texts in PAGES.items():
        write_pdf(volume / "IMAGES" / f"{begin}.pdf", [typed_page(text) for text in texts])
        number = int(begin[3:])
        for place in range(len(texts)):
            first = f"Y,,,{len(texts)}" if place == 0 else ",,,"
            page_rows.append(f"ABC{number + place:07d},VOL001,IMAGES\\{begin}.pdf,{first}")
    table = [_COLUMNS, *_ROWS]
    dat = "".join("\x14".join(f"þ{value}þ" for value in row) + "\r\n" for row in table)
    (volume / "DATA" / "VOL001.dat").write_text(dat, encoding="utf-8-sig", newline="")
    (volume / "DATA" / "VOL001.opt").write_text("\r\n".join(page_rows) + "\r\n", encoding="ascii", newline="")
    (volume / "TEXT" / "ABC0000004.txt").write_text("\f".join(PAGES["ABC0000004"]), encoding="utf-8")
    (volume / "NATIVES" / "b.xlsx").write_bytes(b"PK\x03\x04 not really a workbook <script>alert(1)</script>")
    return volume
