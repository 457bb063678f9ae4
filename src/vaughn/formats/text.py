"""What a text file says and in which encoding: byte order marks, UTF-8, UTF-16 by its zeros, Windows-1252.

Page ends are form feeds, as OCR programs and pdftotext write them.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from pathlib import Path

from vaughn.formats.faults import FileRefused, Refusal, unreadable

# The longest text of one document seen is 40 MB; a larger one is a database, not a record.
MAX_TEXT_BYTES = 256 * 1024 * 1024
# Text has no zero bytes; Latin text in UTF-16 has one in every pair. Between the two lies binary.
UTF16_MIN_ZERO_SHARE = 0.6
BINARY_MAX_CONTROL_SHARE = 0.05
SAMPLE_BYTES = 64 * 1024

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True)
class TextFile:
    r"""The text of a file, line ends as ``\n``.

    Args:
        encoding: Name Python knows it by, e.g. ``utf-8``, ``utf-16-le``, ``cp1252``.
        page_texts: The text between form feeds; one entry if there are none. A last empty page is dropped.
    """

    text: str
    encoding: str
    page_texts: tuple[str, ...]


def read_text(path: Path) -> TextFile:
    """Return what the text file at *path* says.

    Raises:
        FileRefused: If it is no text, or larger than any record.
    """
    if path.stat().st_size > MAX_TEXT_BYTES:
        raise FileRefused(
            "The text file is larger than 256 MB.", refusal=Refusal.TOO_LARGE, hint="Ask for the text by document."
        )
    data = path.read_bytes()
    encoding = encoding_of(data[:SAMPLE_BYTES])
    if encoding is None:
        raise unreadable("The file is not text.")
    text, encoding = _decoded(data, encoding)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    pages = text.split("\f")
    if len(pages) > 1 and not pages[-1].strip():
        pages.pop()
    return TextFile(text, encoding, tuple(pages))


def encoding_of(sample: bytes) -> str | None:
    """Return the encoding that *sample*, the beginning of a file, is written in; `None` if it is no text."""
    for mark, name in _MARKS:
        if sample.startswith(mark):
            return name
    zeros = sample.count(0)
    if zeros:
        return _wide_encoding(sample)
    if _control_share(sample) > BINARY_MAX_CONTROL_SHARE:
        return None
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample, final=False)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _wide_encoding(sample: bytes) -> str | None:
    even, odd = sample[0::2], sample[1::2]
    pairs = max(1, len(sample) // 2)
    if odd.count(0) / pairs >= UTF16_MIN_ZERO_SHARE and even.count(0) / pairs < 1 - UTF16_MIN_ZERO_SHARE:
        return "utf-16-le"
    if even.count(0) / pairs >= UTF16_MIN_ZERO_SHARE and odd.count(0) / pairs < 1 - UTF16_MIN_ZERO_SHARE:
        return "utf-16-be"
    # A few stray zeros in plain text (old exports pad with them) are dropped, not a reason to refuse.
    if len(sample) - len(sample.replace(b"\0", b"")) <= len(sample) * BINARY_MAX_CONTROL_SHARE / 10:
        return encoding_of(sample.replace(b"\0", b""))
    return None


def _control_share(sample: bytes) -> float:
    controls = sum(sample.count(bytes([code])) for code in range(32) if code not in b"\t\n\r\f\x1a\x1b")
    return controls / max(1, len(sample))


def _decoded(data: bytes, encoding: str) -> tuple[str, str]:
    """Return the text and the encoding that fits all of it, not only the sample."""
    try:
        return data.decode(encoding), encoding.removesuffix("-sig")
    except UnicodeDecodeError:
        pass
    if encoding == "utf-8":
        encoding = "cp1252"
    # Windows leaves five bytes of 1252 undefined; what they were is unknown, so they become U+FFFD.
    return data.decode(encoding, "replace"), encoding.removesuffix("-sig")
