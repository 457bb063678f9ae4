"""Office files written out for the tests, and what reading them brings."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from vaughn.formats.readers import Reading, ReadingRequest, reader_of
from vaughn.formats.words import unpack_columns

CORPUS = Path(__file__).parents[2] / "corpus" / "office"
OOXML = "application/vnd.openxmlformats-officedocument"
DOCX = f"{OOXML}.wordprocessingml.document"
XLSX = f"{OOXML}.spreadsheetml.sheet"
PPTX = f"{OOXML}.presentationml.presentation"
OLE = "application/x-ole-storage"
RTF = "application/rtf"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
ODT = "application/vnd.oasis.opendocument.text"
ODP = "application/vnd.oasis.opendocument.presentation"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_ARROW = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def read(data: bytes, folder: Path, *, kind: str, name: str = "file", passwords: tuple[str, ...] = ()) -> Reading:
    """Return *data* as read from a file."""
    path = folder / "bytes"
    path.write_bytes(data)
    return read_file(path, kind=kind, name=name, passwords=passwords)


def read_file(path: Path, *, kind: str, name: str = "file", passwords: tuple[str, ...] = ()) -> Reading:
    """Return the file at *path* as read."""
    reader = reader_of(kind)
    assert reader is not None
    return reader(ReadingRequest(path, kind, name, passwords))


def pages(reading: Reading) -> list[str]:
    """Return what the pages of *reading* say."""
    return [unpack_columns(page.packed).text for page in reading.pages]


def text(reading: Reading) -> str:
    """Return what all pages say."""
    return "\n".join(pages(reading))


def told(reading: Reading) -> dict[str, str]:
    """Return the messages of the findings by their codes."""
    return {one.code: one.message for one in reading.findings}


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """Return *parts* as a zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def arrows(*targets: tuple[str, str]) -> str:
    """Return a part of relationships: kind and target each; ids are ``r1``, ``r2`` ...; addresses lead outside."""
    rows = "".join(
        f'<Relationship Id="r{number}" Type="{_ARROW}/{kind}" Target="{target}"'
        + (' TargetMode="External"/>' if ":" in target else "/>")
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rows}</Relationships>'


def docx(body: str, *targets: tuple[str, str], strict: bool = False, **parts: str | bytes) -> bytes:
    """Return a DOCX with *body*, arrows to *targets*, and *parts* of the folder ``word`` (``styles_xml=...``)."""
    document = f"<w:document {W} {R}><w:body>{body}</w:body></w:document>"
    if strict:
        document = document.replace(
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            "http://purl.oclc.org/ooxml/wordprocessingml/main",
        )
    made: dict[str, str | bytes] = {"word/document.xml": document, "word/_rels/document.xml.rels": arrows(*targets)}
    made.update({f"word/{name.replace('_', '.')}": content for name, content in parts.items()})
    return zipped(made)


def paragraph(*runs: str) -> str:
    """Return a paragraph; runs that are no markup become plain ones."""
    inner = "".join(run if run.startswith("<") else f"<w:r><w:t>{run}</w:t></w:r>" for run in runs)
    return f"<w:p>{inner}</w:p>"


def xlsx(*sheets: str, states: tuple[str, ...] = (), book: str = "", **parts: str | bytes) -> bytes:
    """Return an XLSX with sheets whose XML is given (from ``<sheetData>`` on), called ``S1``, ``S2`` ..."""
    named = "".join(
        f'<sheet name="S{number}" sheetId="{number}" r:id="r{number}"'
        + (f' state="{states[number - 1]}"/>' if number <= len(states) and states[number - 1] else "/>")
        for number in range(1, len(sheets) + 1)
    )
    targets = [("worksheet", f"sheet{number}.xml") for number in range(1, len(sheets) + 1)]
    targets += [("sharedStrings", "sharedStrings.xml"), ("styles", "styles.xml")]
    made: dict[str, str | bytes] = {
        "xl/workbook.xml": f"<workbook {S} {R}>{book}<sheets>{named}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": arrows(*targets),
    }
    for number, sheet in enumerate(sheets, start=1):
        made[f"xl/sheet{number}.xml"] = f"<worksheet {S} {R}>{sheet}</worksheet>"
    made.update({f"xl/{name.replace('_', '.')}": content for name, content in parts.items()})
    return zipped(made)
