"""How the demo productions are laid out on disk as an agency would hand them over."""

from __future__ import annotations

import csv
import io
import lzma
import shutil
import tarfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from importlib.resources import as_file, files
from pathlib import Path

from vaughn.app.demo.typewriter import typed_page
from vaughn.formats.pdf import write_pdf

PREFIX, WIDTH = "STATE-SCB", 7
# What agencies really send: Concordance's default signs (thorn, 0x14) and Opticon's page list.
QUALIFIER, SEPARATOR = "þ", "\x14"


@dataclass(frozen=True, slots=True)
class DemoProduction:
    """One production as `vaughn receive` wants to hear of it."""

    path: Path
    agency: str
    released_on: date
    name: str


@dataclass(frozen=True, slots=True)
class _Record:
    """One released e-mail: a row of the table and the text of its pages."""

    row: dict[str, str]
    pages: tuple[str, ...]

    @property
    def control(self) -> str:
        return self.row["control"]

    def label(self, index: int) -> str:
        """Return the number printed on page *index* (from 0)."""
        return f"{PREFIX}{int(self.row['first_label']) + index:0{WIDTH}d}"


def build_demo(folder: Path) -> list[DemoProduction]:
    """Write the demo productions below *folder* and return them in the order they were released.

    The State Department's e-mails of 13 May 2015 as a volume with DAT, OPT, PDF and text files, its
    later releases of some of the same e-mails as a volume numbered by document, and the D.C. list of
    pharmacies as two PDFs without any load file.
    """
    records = _records()
    first = [record for record in records if record.row["folder"] == "F-2015-04841"]
    first.sort(key=lambda record: int(record.row["first_label"]))
    later = [record for record in records if record.row["folder"] == "F-2014-20439"]
    return [
        DemoProduction(_first_volume(folder, first), "State", date(2015, 5, 13), "State 2015-05-13"),
        DemoProduction(_later_volume(folder, later), "State", date(2016, 2, 13), "State 2016-02-13"),
        DemoProduction(_pharmacies(folder), "DC Health", date(2016, 8, 10), "DC Health 2016-08-10"),
    ]


def _records() -> list[_Record]:
    """Read the packed table and texts that ship with the program."""
    packed = files("vaughn.app.demo").joinpath("records.tar.xz").read_bytes()
    with tarfile.open(fileobj=io.BytesIO(lzma.decompress(packed))) as archive:
        texts = {member.name: archive.extractfile(member) for member in archive.getmembers()}
        data = {name: file.read().decode("utf-8") for name, file in texts.items() if file is not None}
    rows = list(csv.DictReader(io.StringIO(data["documents.csv"])))
    return [_Record(row, tuple(data[f"{row['folder']}/{row['control']}.txt"].split("\f"))) for row in rows]


def _first_volume(folder: Path, records: list[_Record]) -> Path:
    """Write the volume numbered page by page: load file, page list, PDFs and text files."""
    volume = folder / "STATE-SCB001"
    rows, page_rows = [], []
    for record in records:
        begin, end = record.label(0), record.label(len(record.pages) - 1)
        pdf, text = _files(volume, record, name=begin)
        row = record.row
        rows.append(
            [
                begin,
                end,
                row["control"],
                str(len(record.pages)),
                *_mail(row),
                row["release"],
                row["exemptions"],
                text,
                pdf,
            ]
        )
        page_rows.append(f"{begin},STATE-SCB001,{pdf},Y,,,{len(record.pages)}")
        page_rows += [f"{record.label(index)},STATE-SCB001,{pdf},,,," for index in range(1, len(record.pages))]
    header = ["BEGBATES", "ENDBATES", "DOCID", "PGCOUNT", "FROM", "TO", "CC", "SUBJECT", "DATESENT"]
    header += ["RELEASE TYPE", "EXEMPTIONS", "TEXTLINK", "PDFLINK"]
    _write_dat(volume / "DATA" / "STATE-SCB001.dat", [header, *rows], encoding="utf-8-sig")
    opt = "".join(f"{line}\r\n" for line in page_rows)
    (volume / "DATA" / "STATE-SCB001.opt").write_text(opt, encoding="ascii", newline="")
    return volume


def _later_volume(folder: Path, records: list[_Record]) -> Path:
    """Write the volume numbered document by document, without a page list."""
    volume = folder / "F-2014-20439"
    rows = []
    for record in records:
        pdf, text = _files(volume, record, name=record.control)
        row = record.row
        rows.append(
            [
                *(row["control"], row["control"], row["batch"], str(len(record.pages))),
                *_mail(row),
                *(row["release"], row["exemptions"], row["released"], text, pdf),
            ]
        )
    header = ["BEGDOC", "ENDDOC", "BATCH", "PGCOUNT", "FROM", "TO", "CC", "SUBJECT", "DATESENT"]
    header += ["RELEASE TYPE", "EXEMPTIONS", "DATE RELEASED", "TEXTLINK", "PDFLINK"]
    _write_dat(volume / "F-2014-20439.dat", [header, *rows], encoding="cp1252")
    return volume


def _mail(row: dict[str, str]) -> list[str]:
    return [row["from"], row["to"], row["cc"], row["subject"], row["sent"]]


def _files(volume: Path, record: _Record, *, name: str) -> tuple[str, str]:
    """Write PDF and text of one document; return their paths as a load file names them."""
    pdf, text = volume / "PDF" / f"{name}.pdf", volume / "TEXT" / f"{name}.txt"
    for path in (pdf, text):
        path.parent.mkdir(parents=True, exist_ok=True)
    write_pdf(pdf, [typed_page(page) for page in record.pages])
    text.write_text("\f".join(record.pages), encoding="utf-8", newline="\r\n")
    return f"\\PDF\\{pdf.name}", f"\\TEXT\\{text.name}"


def _write_dat(path: Path, rows: Iterable[list[str]], *, encoding: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = (SEPARATOR.join(f"{QUALIFIER}{value}{QUALIFIER}" for value in row) + "\r\n" for row in rows)
    path.write_text("".join(lines), encoding=encoding, newline="")


def _pharmacies(folder: Path) -> Path:
    """Copy the two answers to the D.C. request as they came."""
    target = folder / "2016-FOIA-04908"
    with as_file(files("vaughn.app.demo").joinpath("dc_pharmacies")) as source:
        shutil.copytree(source, target, dirs_exist_ok=True)
    return target
