"""How the records of the demo production were made from the released text.

Run once by a maintainer (`python tools/demo_records.py ../shared/corpus/release`); its result,
`src/vaughn/app/demo/records.tar.xz`, is kept in the repository and shipped in the wheel. It takes the
text of the State Department's pages as released, leaves out private people's addresses and press
articles (visibly), reads the e-mail header of each document, and packs text and a table.
"""

from __future__ import annotations

import csv
import io
import re
import sys
import tarfile
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path

OUT = Path("src/vaughn/app/demo/records.tar.xz")
LEFT_OUT = Path(__file__).with_name("demo_left_out.tsv")
ADDRESS = "[address left out of the demo]"
MARKS = {
    "article": "[press article left out of the demo: its text belongs to its owner]",
    "remark": "[remark about a private person left out of the demo]",
}

# -- what is left out --------------------------------------------------------------------------------
_OFFICIAL = re.compile(r"gov|goy|[.,]mil\b|stat[ec][.,]|state\s*$", re.IGNORECASE)
_ANGLE = re.compile(r"[<‹«]\s*(?P<in>[^<>‹›«»]{3,90}?)\s*[>›»]")
_AT = re.compile(r"[^\s<>\[\]();,:]+ ?[@©] ?[^\s<>\[\]();]+")
_PROVIDER = re.compile(
    r"[^\s<>\[\]();:]*(?:gmail|yahoo|hotmail|aol\.c|[cd][l1i]+nton\w{0,3}mail|\w+mail\.c|comcast\.n|verizon\.n|blackberry\.n)[^\s<>\[\]();]*",
    re.IGNORECASE,
)
_MAIL = {"angle": re.compile(r"[@©.]|mail"), "e-mail": re.compile(r"[@©].*[.,]|[mn]ai|clint|dint")}
_PHONE = re.compile(
    r"(?<![\w./-])(?:\+?1[\s.-])?(?:\(\d{3}\)\s?|\(?1?\.?\d{3}\)?[\s.-]{1,2})\d{3}[\s.-]{0,2}\d{4}(?![\d/])"
    r"|\+\s?\(?\d[\d\s().-]{7,}\d"
    r"|(?<=\s)\d{3}[-.]\d{7}(?!\d)"
    r"|(?<=\s)\d{6} ?-\d{4}(?!\d)"
)
_CALL = re.compile(
    r"(?i)\b(tel|telephone|phone|cell|mobile|fax|office|direct|bb|home|work|pager)\b\s*[:#.)]+\s*(?P<in>[+(\d][\d\s().+-]{5,}\d)"
)
_STREET = re.compile(
    r"\b\d{1,5}(?:st|nd|rd|th)?\s+(?:[NSEW]\.?\s+)?(?:(?:[A-Z][\w.'-]*|\d{1,3}(?:st|nd|rd|th))\s+){1,3}?"
    r"(?:Street|St|Avenue|Ave|Road|Rd|Drive|Lane|Ln|Boulevard|Blvd|Court|Place|Terrace|Parkway|Circle)\b\.?"
    r"(?:,?\s*(?:N\.?W|S\.?W|N\.?E|S\.?E)\b\.?)?"
)
_STAMP = re.compile(
    r"^\s*(UNCLASSIFIED\b|U\.S\. Department of State|Case N[oO]|Doc No|Date: \d|STATE DEPT"
    r"|SUBJECT TO AGREEMENT|RELEASE\b|IN (?:PART|FULL)|PART\b|FULL\b)"
    r"|STATE-.CB|Doc No\. C0"
)
_HEADER = re.compile(r"^\s*(?:From|Sent|To|Cc|Bcc|Subject|Attachments|Importance)\s?[:;]|^\s*Subject H:")
_MARGIN = re.compile(r"(?:^|\s{3,})((?:B\d(?:\(\w+\))?|1\.4\([A-Z]\)|NSC|CIA PERS/ORG)(?:\s+(?:B\d|1\.4)\S*)*)\s*$")

# From page and line, to page and line (both included), and a key of `MARKS`.
Passage = tuple[int, int, int, int, str]
counts: Counter[str] = Counter()
removed: list[tuple[str, str]] = []


def _blank(line: str, start: int, end: int, kind: str) -> str:
    """Replace a stretch by the mark, taking room from the blanks after it so that the margin stays."""
    counts[kind] += 1
    removed.append((kind, line[start:end]))
    tail = line[end:]
    surplus = len(ADDRESS) - (end - start)
    room = len(tail) - len(tail.lstrip(" ")) - 2
    if surplus > 0 < room:
        tail = tail[min(surplus, room) :]
    return line[:start] + ADDRESS + tail


def without_addresses(line: str) -> str:
    """Return *line* with private e-mail addresses, telephone numbers and street addresses replaced."""
    for kind, pattern in (
        ("angle", _ANGLE),
        ("e-mail", _AT),
        ("e-mail", _PROVIDER),
        ("call", _CALL),
        ("telephone", _PHONE),
        ("street", _STREET),
    ):
        position = 0
        while found := pattern.search(line, position):
            group = "in" if "in" in pattern.groupindex else 0
            text, start, end = found[group], found.start(group), found.end(group)
            domain = re.split(r"[@©]", text)[-1]
            official = kind in ("angle", "e-mail") and _OFFICIAL.search(domain.replace(" ", ""))
            mail = kind not in _MAIL or _MAIL[kind].search(text)
            if official or ADDRESS.strip("[]") in text or not mail or "http" in text or "www." in text:
                position = found.end()
                continue
            line = _blank(line, start, end, kind)
            position = start + len(ADDRESS)
    return line


def without_passages(pages: list[list[str]], spans: list[Passage]) -> None:
    """Blank the lines of *spans* in *pages*, keeping stamps, e-mail headers and margin codes."""
    for from_page, from_line, to_page, to_line, why in spans:
        for page in range(from_page, min(to_page, len(pages)) + 1):
            lines = pages[page - 1]
            marked = False
            for index, line in enumerate(lines, start=1):
                if not (from_page, from_line) <= (page, index) <= (to_page, to_line) or not line.strip():
                    continue
                if _STAMP.search(line) or _HEADER.match(line):
                    continue
                margin = _MARGIN.search(line)
                kept = " " * margin.start(1) + margin[1] if margin else ""
                if not marked:
                    indent = len(line) - len(line.lstrip())
                    kept = (" " * indent + MARKS[why]).ljust(len(kept) - len(kept.lstrip())) + kept.strip()
                    marked = True
                lines[index - 1] = kept
                counts[f"{why} lines"] += 1


# -- what each document says of itself --------------------------------------------------------------------------------
_LABEL = re.compile(
    r"^(?P<before>.*?)\b(?P<label>From|Sent|To|Cc|Subject|Attachments|Importance)\b\s*[:;.]?(?P<gap>\s{2,}|\s*$)(?P<value>.*)$"
)
_BATES = re.compile(r"STATE-[S5]CB\s?(\d{5} ?\d{2})\b")
_SENT = ("%A, %B %d, %Y %I:%M %p", "%A, %B %d, %Y %H:%M %p", "%A, %B %d, %Y %I%M %p")


@dataclass
class Document:
    """One released document: where it came from, its text, and what its first page says."""

    control: str
    folder: str
    batch: str
    pages: list[list[str]]
    first_label: int | None
    labels: int
    fields: dict[str, str]
    release: str
    exemptions: str
    released: str


def header(lines: list[str]) -> dict[str, str]:
    """Return the first e-mail header block of a page, label by label."""
    values: dict[str, str] = {}
    label, indent, empty = "", 0, 0
    for line in lines:
        found = _LABEL.match(line)
        if found and not found["before"].strip() and found["label"] not in values:
            label, empty = found["label"], 0
            indent = found.start("value")
            values[label] = _MARGIN.sub("", line[indent:]).strip()
        elif label and line.strip() and len(line) - len(line.lstrip()) >= 18 and not _STAMP.search(line) and empty == 0:
            if label in ("To", "Cc", "Subject", "Attachments"):
                values[label] = f"{values[label]} {_MARGIN.sub('', line).strip()}".strip()
        elif label and not line.strip():
            empty += 1
            if empty > 1 and "Subject" in values:
                break
        elif label and line.strip():
            if found and found["label"] in values and "Subject" in values:
                break
            empty += 1
    return values


def sent(text: str) -> str:
    """Return the moment an e-mail was sent as month/day/year, or the text as printed if it cannot be read."""
    clean = re.sub(r"\s+", " ", text.replace(",", ", ")).replace(" ,", ",").strip()
    for form in _SENT:
        try:
            return datetime.strptime(clean, form).strftime("%m/%d/%Y %H:%M")
        except ValueError:
            continue
    return text


def release(text: str) -> str:
    """Return FULL or PART as stamped."""
    head = " ".join(text.split())[:900]
    found = re.search(r"RELEASE\w*\s+IN\s*(PART|FULL)", head) or re.search(r"RELEASE.{0,120}?\b(PART|FULL)\b", head)
    return found[1] if found else ""


def exemptions(text: str) -> str:
    """Return the exemption codes printed in the document, in the order of the statute."""
    found = set(re.findall(r"\b(B[1-9](?:\([A-F]\))?)(?![\w(])", text)) | set(re.findall(r"\b1\.4\([A-H]\)", text))
    return "; ".join(sorted(found))


def read(path: Path, folder: str, batch: str) -> Document:
    """Return the document of one text file."""
    text = path.read_text(encoding="utf-8")
    pages = [page.split("\n") for page in text.removesuffix("\f").split("\f")]
    if not "".join(pages[-1]).strip():
        pages.pop()
    firsts = {
        int(number.replace(" ", "")) - at for at, page in enumerate(pages) for number in _BATES.findall("\n".join(page))
    }
    if len(firsts) > 1:
        raise SystemExit(f"{path.stem}: page labels contradict each other: {sorted(firsts)}")
    labels = sum(bool(_BATES.search("\n".join(page))) for page in pages)
    return Document(
        path.stem,
        folder,
        batch,
        pages,
        firsts.pop() if firsts else None,
        labels,
        header(pages[0]),
        release(text),
        exemptions(text),
        released(text),
    )


def check_numbers(found: list[Document]) -> None:
    """Stop unless the page numbers read from the pages follow each other without gap or overlap."""
    ranges = sorted((document.first_label or 0, len(document.pages)) for document in found)
    for (start, pages), (following, _) in pairwise(ranges):
        if start + pages != following:
            raise SystemExit(f"page numbers do not follow each other at {start} and {following}")


def released(text: str) -> str:
    """Return the day stamped on the pages."""
    found = re.search(r"Date:\s*(\d\d/\d\d/\d{4})", text)
    return found[1] if found else ""


# -- packing --------------------------------------------------------------------------------
COLUMNS = (
    "control",
    "folder",
    "batch",
    "first_label",
    "labels",
    "pages",
    "from",
    "to",
    "cc",
    "subject",
    "sent",
    "release",
    "exemptions",
    "released",
)


def documents(release_folder: Path) -> list[Document]:
    """Return all documents of both releases, in the order of the released files."""
    home = release_folder / "state-clinton-email"
    first = [
        read(path, "F-2015-04841", "HRC_Email_296") for path in sorted((home / "2015-05-13_F-2015-04841").glob("*.txt"))
    ]
    later = [
        read(path, "F-2014-20439", path.parent.name) for path in sorted((home / "later_F-2014-20439").glob("*/*.txt"))
    ]
    check_numbers(first)
    return first + later


def spans() -> dict[str, list[Passage]]:
    """Return which lines of which documents are left out and why, as a person marked them."""
    marked: dict[str, list[Passage]] = {}
    with LEFT_OUT.open(encoding="utf-8", newline="") as file:
        for control, *numbers, why in list(csv.reader(file, delimiter="\t"))[1:]:
            one, two, three, four = map(int, numbers)
            marked.setdefault(control, []).append((one, two, three, four, why))
    return marked


def pack(found: list[Document], out: Path) -> None:
    """Write texts and table as one archive whose bytes depend on nothing but them."""
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(COLUMNS)
    with tarfile.open(out, "w:xz", preset=9) as archive:
        for document in found:
            fields = {name: re.sub(r"\s{2,}", " ", without_addresses(value)) for name, value in document.fields.items()}
            writer.writerow(
                [
                    document.control,
                    document.folder,
                    document.batch,
                    document.first_label or "",
                    document.labels,
                    len(document.pages),
                    fields.get("From", ""),
                    fields.get("To", ""),
                    fields.get("Cc", ""),
                    fields.get("Subject", ""),
                    sent(fields.get("Sent", "")),
                    document.release,
                    document.exemptions,
                    document.released,
                ]
            )
            text = "\f".join("\n".join(line.rstrip() for line in page) for page in document.pages)
            add(archive, f"{document.folder}/{document.control}.txt", text)
        add(archive, "documents.csv", table.getvalue())


def add(archive: tarfile.TarFile, name: str, text: str) -> None:
    """Add one text file without date or owner."""
    data = text.encode()
    info = tarfile.TarInfo(name)
    info.size = len(data)
    archive.addfile(info, io.BytesIO(data))


def main() -> None:
    """Make the archive and print what was left out."""
    found = documents(Path(sys.argv[1]))
    marked = spans()
    for document in found:
        without_passages(document.pages, marked.get(document.control, []))
        document.pages = [[without_addresses(line) for line in page] for page in document.pages]
    pack(found, OUT)
    print(len(found), "documents,", sum(len(d.pages) for d in found), "pages,", OUT.stat().st_size, "bytes")
    print(len(marked), "documents with passages left out;", dict(counts))
    if "--show" in sys.argv:
        for kind, text in sorted(set(removed)):
            print(kind, "|", text)


if __name__ == "__main__":
    main()
