"""Text files of any encoding, XML, and HTML as records.

What is no markup stands as it is: JSON, logs, Markdown, XML with its tags. Of HTML the text stands, what it hides
and where its links lead below. Nothing it refers to is fetched.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from vaughn.formats.charsets import guessed_encoding
from vaughn.formats.faults import FileRefused, Refusal, unreadable
from vaughn.formats.markup import MarkupText, decoded_markup, html_text
from vaughn.formats.office.gathered import Gathered, joined, section
from vaughn.formats.readers.content import Reading, ReadingRequest
from vaughn.formats.text import SAMPLE_BYTES, encoding_of
from vaughn.model import DocumentKind, FoundValue, MailAddress, RecordFacts

# Longer text files are databases; so much of one is as many pages as a document has at most.
MAX_READ_BYTES = 160 << 20
# A page of HTML is held as a whole; libxml2 takes events of it.
MAX_HTML_BYTES = 64 << 20
_META = re.compile(r"<meta\s[^>]{0,1000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([\w:-]{1,40})\s*=\s*(?:"([^"]{0,800})"|'([^']{0,800})'|([^\s"'>]{1,800}))""")


@dataclass(frozen=True, slots=True)
class Letters:
    """Bytes as text; `guessed` if nothing in the file says how it is encoded."""

    text: str
    encoding: str
    guessed: bool


def decoded_text(data: bytes) -> Letters | None:
    """Return *data* as text in the encoding it is most likely in; `None` if it is no text."""
    encoding = encoding_of(data[:SAMPLE_BYTES])
    if encoding is None:
        return None
    if encoding not in {"cp1252", "utf-8"}:
        return Letters(data.decode(encoding, "replace"), encoding.removesuffix("-sig"), guessed=False)
    if encoding == "utf-8":
        escapes = b"\x1b$" in data[:SAMPLE_BYTES] and data.isascii()
        try:
            return Letters(data.decode("iso2022_jp" if escapes else "utf-8"), encoding, guessed=False)
        except UnicodeDecodeError as error:
            if not escapes and error.start >= len(data) - 4:  # the last letter is cut off
                return Letters(data.decode("utf-8", "replace"), encoding, guessed=False)
    encoding = guessed_encoding(_around_foreign_letters(data))
    return Letters(data.decode(encoding, "replace"), encoding, guessed=True)


def _around_foreign_letters(data: bytes) -> bytes:
    """Return a stretch of *data* that begins where the first byte beyond ASCII stands."""
    found = re.search(rb"[\x80-\xff]", data)
    start = max(0, found.start() - 100) if found else 0
    return data[start : start + SAMPLE_BYTES]


def read_plain(request: ReadingRequest) -> Reading:
    """Return the text file of *request* as it stands.

    Raises:
        FileRefused: If it is empty or no text.
    """
    gathered = Gathered(request)
    data = _read(request, gathered, limit_bytes=MAX_READ_BYTES)
    letters = decoded_text(data)
    if letters is None:
        raise unreadable("The file is not text.")
    if letters.guessed:
        gathered.told.guessed = letters.encoding
    gathered.texts.append(_plain(letters.text))
    return gathered.reading(RecordFacts(DocumentKind.TEXT_DOCUMENT, found=(FoundValue("Encoding", letters.encoding),)))


def read_xml(request: ReadingRequest) -> Reading:
    """Return the XML file of *request* as it stands, in the encoding it declares; entities stay as written.

    Raises:
        FileRefused: If it is empty.
    """
    gathered = Gathered(request)
    data = _read(request, gathered, limit_bytes=MAX_READ_BYTES)
    decoded = decoded_markup(data)
    if decoded.guessed:
        gathered.told.guessed = decoded.encoding
    if "<!ENTITY" in decoded.text[:100_000]:
        gathered.told.part_left_out("The file declares entities; they were not expanded.")
    gathered.texts.append(_plain(decoded.text))
    kind = DocumentKind.TEXT_DOCUMENT
    return gathered.reading(RecordFacts(kind, found=(FoundValue("Encoding", decoded.encoding),)))


def read_html(request: ReadingRequest) -> Reading:
    """Return what the web page of *request* says.

    Raises:
        FileRefused: If it is empty.
    """
    gathered = Gathered(request)
    decoded = decoded_markup(_read(request, gathered, limit_bytes=MAX_HTML_BYTES))
    if decoded.guessed:
        gathered.told.guessed = decoded.encoding
    read = html_text(decoded.text)
    add_markup(gathered, read)
    found = _meta_values(decoded.text)
    named = {value.name.lower(): value.value for value in found}
    return gathered.reading(
        RecordFacts(
            DocumentKind.TEXT_DOCUMENT,
            title=read.title or None,
            author=MailAddress("", named["author"]) if named.get("author") else None,
            application=named.get("generator"),
            found=(FoundValue("Encoding", decoded.encoding), *found),
        )
    )


def add_markup(gathered: Gathered, read: MarkupText) -> None:
    """Add the text of *read* as a page, what it hides and refers to below it, and tell of both."""
    if read.hidden_text_count:
        gathered.told.hidden["stretch of text"] += read.hidden_text_count
    if read.remote_references:
        gathered.told.external["file on the network"] += len(read.remote_references)
    if read.links:
        gathered.told.external["link"] += len(read.links)
    below = (section("Hidden text", read.hidden_text.split("\n")), section("Links", read.links))
    gathered.texts.append(joined(read.text, *below))


def _read(request: ReadingRequest, gathered: Gathered, *, limit_bytes: int) -> bytes:
    with request.path.open("rb") as file:
        data = file.read(limit_bytes + 1)
    if not data.strip(b"\0 \t\r\n"):
        raise FileRefused("The file is empty.", refusal=Refusal.EMPTY, hint="Ask for the file again.")
    if len(data) > limit_bytes:
        size = request.path.stat().st_size
        gathered.told.part_left_out(f"Of {size:,} bytes the first {limit_bytes:,} were read.")
        data = data[:limit_bytes]
    return data


def _plain(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def _meta_values(html: str) -> tuple[FoundValue, ...]:
    found = []
    for tag in _META.findall(html[:200_000])[:100]:
        attributes = {name.lower(): a or b or c for name, a, b, c in _ATTRIBUTE.findall(tag)}
        name, content = attributes.get("name") or attributes.get("property"), attributes.get("content")
        if name and content:
            found.append(FoundValue(name, content))
    return tuple(found)


def suffix_of(name: str) -> str:
    """Return the suffix of a file name in lower case, with its dot."""
    return PurePosixPath(name.replace("\\", "/")).suffix.lower()
