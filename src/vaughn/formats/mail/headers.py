"""What the header fields of a message say: unfolded, encoded words (RFC 2047) read, broken ones kept as they stand.

Fields are split off as bytes and read by our own code: the standard library's modern policy takes fourteen times as
long (2.09 against 0.148 ms a message on 1,500 messages of the Enron kind) and loses what it cannot parse.
"""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass, field

from vaughn.formats.mail.charsets import decoded, is_charset

# The longest header blocks seen have 200 fields; RFC 5322 sets no limit, a bomb has millions.
MAX_FIELDS = 5_000
MAX_FIELD_CHARACTERS = 256 * 1024
MAX_BLOCK_BYTES = 4 * 1024 * 1024

# What programs write in place of a letter they could not keep.
LOST = "\ufffd"
_FIELD = re.compile(rb"([!-9;-~]+)[ \t]*:[ \t]*([^\n]*(?:\n[ \t][^\n]*)*)\n?")
# A line that begins no field and continues none, or one of blanks.
_NO_FIELD = re.compile(rb"^(?:[ \t]+\r?$|(?![ \t]|[!-9;-~]+[ \t]*:)[\s\S])", re.M)
_LINE = re.compile(rb"[^\n]*\n?")
_IS_FIELD = re.compile(rb"[!-9;-~]+[ \t]*:")
_BLANK_LINE = re.compile(rb"\n[ \t]+\r?\n")
_END = re.compile(rb"\n\r?\n")
_NOT_SIMPLE = re.compile(rb"[\r\n\x1b\0]|=\?")
_FOLD = re.compile(rb"\r?\n(?=[ \t])|\r?\n|\r")
_WORD = re.compile(r"=\?([^?*\s\x00]{1,60})(?:\*[^?\s]*)?\?([bBqQ])\?(.*?)\?=", re.S)
_NO_BASE64 = re.compile(r"[^A-Za-z0-9+/]")


@dataclass(frozen=True, slots=True)
class HeaderField:
    """One field as it stands: its name, and its value as bytes, still folded."""

    name: str
    raw: bytes


@dataclass(frozen=True, slots=True)
class HeaderBlock:
    """The fields of one entity.

    Args:
        end: Where the body begins.
        is_broken: Whether lines stand among the fields that are none, or the empty line is missing.
        dropped: Fields beyond the limits, which were not read.
    """

    fields: tuple[HeaderField, ...]
    end: int
    is_broken: bool = False
    dropped: int = 0
    _by_name: dict[str, bytes] = field(default_factory=dict, compare=False, repr=False)

    def get(self, name: str) -> bytes | None:
        """Return the first field called *name* (lower case) as it stands."""
        if not self._by_name:
            for one in reversed(self.fields):
                self._by_name[one.name.lower()] = one.raw
        return self._by_name.get(name)


@dataclass(frozen=True, slots=True)
class HeaderText:
    """A field's value as text; `is_broken` if an encoded word in it cannot be read."""

    text: str
    guessed: bool = False
    is_broken: bool = False


def header_block(data: bytes, start: int, end: int) -> HeaderBlock:
    """Return the header fields that stand in *data* from *start*, at most up to *end*."""
    if data[start : start + 1] == b"\n":
        return HeaderBlock((), start + 1)
    if data[start : start + 2] == b"\r\n":
        return HeaderBlock((), start + 2)
    blank = _END.search(data, start, end)
    stop, body = (blank.start() + 1, blank.end()) if blank else (end, end)
    cut = stop - start > MAX_BLOCK_BYTES
    if cut:
        stop = start + MAX_BLOCK_BYTES
    if not cut and blank is not None and _NO_FIELD.search(data, start, stop) is None:
        found = _FIELD.findall(data, start, stop)
        if len(found) <= MAX_FIELDS:
            sound = [HeaderField(name.decode("ascii"), raw.removesuffix(b"\r")) for name, raw in found]
            return HeaderBlock(tuple(sound), body)
    return _doubtful_block(data, start, _Extent(stop, body, cut, blank is not None))


@dataclass(frozen=True, slots=True)
class _Extent:
    """Where a header ends, where the body begins, whether it is longer than is read, whether its end is marked."""

    stop: int
    body: int
    cut: bool
    marked: bool


def _doubtful_block(data: bytes, start: int, extent: _Extent) -> HeaderBlock:
    """Return the header fields among lines that are none, one after the other."""
    stop, body, cut = extent.stop, extent.body, extent.cut
    fields: list[HeaderField] = []
    at, is_broken, dropped = start, cut, 0
    while at < stop:
        found = _FIELD.match(data, at, stop)
        if found is None:
            is_broken = True
            junk = _LINE.match(data, at, stop)
            following = junk.end() if junk else stop
            if not _goes_on(data, following, stop, fields=bool(fields)):
                return HeaderBlock(tuple(fields), at, is_broken=True, dropped=dropped)
            at = following
            continue
        at = found.end()
        if len(fields) < MAX_FIELDS:
            fields.append(HeaderField(found[1].decode("ascii"), found[2].removesuffix(b"\r")))
        else:
            dropped += 1
    if cut:
        dropped += 1
    # A line of blanks looks like the end of the header to some programs (RFC 5322, 3.2.2 forbids to write it).
    is_broken = is_broken or not extent.marked or _BLANK_LINE.search(data, start, stop) is not None
    return HeaderBlock(tuple(fields), body, is_broken, dropped)


def _goes_on(data: bytes, following: int, stop: int, *, fields: bool) -> bool:
    """Tell whether fields follow a line that is none; else the line is where the body begins."""
    return _IS_FIELD.match(data, following, stop) is not None or (fields and following >= stop and stop < len(data))


def simple_text(raw: bytes) -> str | None:
    """Return what *raw* says if it is plain, as nearly all values are; `None` if it has to be decoded."""
    if raw.isascii() and len(raw) < MAX_FIELD_CHARACTERS and not _NOT_SIMPLE.search(raw):
        return raw.decode("ascii").strip()
    return None


def header_text(raw: bytes) -> HeaderText:
    """Return what the field's value *raw* says on one line."""
    if b"\n" in raw or b"\r" in raw:
        raw = _FOLD.sub(b"", raw)
    raw = raw[:MAX_FIELD_CHARACTERS]
    if raw.isascii():
        text, guessed = raw.decode("ascii").strip(), b"\x1b" in raw
        if guessed:
            text = decoded(raw).text.strip()
    else:
        found = decoded(raw)
        # UTF-8 in headers is RFC 6532 and no guess.
        text, guessed = found.text.strip(), not _is_utf8(raw) or LOST in found.text
    if "=?" not in text:
        return HeaderText(text.replace("\0", ""), guessed)
    words = with_words_read(text)
    return HeaderText(words.text.replace("\0", ""), guessed or words.guessed, words.is_broken)


def with_words_read(text: str) -> HeaderText:
    """Return *text* with its encoded words read; blanks between two of them go (RFC 2047, 6.2)."""
    if "=?" not in text:
        return HeaderText(text)
    out: list[str] = []
    run: list[bytes] = []
    run_charset, guessed, is_broken, at = "", False, False, 0
    for found in _WORD.finditer(text):
        between = text[at : found.start()]
        data = _word_bytes(found[2], found[3])
        at = found.end()
        if run and (between.strip() or found[1].lower() != run_charset):
            part = _run_text(run, run_charset)
            guessed, run = guessed or part.guessed, []
            out.append(part.text)
        if between.strip() or (not out and not run):
            out.append(between)
        run_charset = found[1].lower()
        run.append(data)
        is_broken = is_broken or not found[3] or not is_charset(run_charset)
    if run:
        part = _run_text(run, run_charset)
        guessed = guessed or part.guessed
        out.append(part.text)
    out.append(text[at:])
    read = "".join(out)
    if "\n" in read or "\r" in read:
        read = re.sub(r"\s*[\r\n]+\s*", " ", read)
    return HeaderText(read, guessed, is_broken or "=?" in text[at:])


def _run_text(run: list[bytes], charset: str) -> HeaderText:
    """Return words of one set together: characters may be cut between them, against the standard."""
    joined = decoded(b"".join(run), charset)
    if joined.guessed and len(run) > 1:
        parts = [decoded(one, charset) for one in run]
        if not any(one.guessed for one in parts):
            return HeaderText("".join(one.text for one in parts))
    return HeaderText(joined.text, joined.guessed)


def _word_bytes(coding: str, text: str) -> bytes:
    plain = text.encode("ascii", "replace") if text.isascii() else text.encode("utf-8", "replace")
    if coding in "qQ":
        return binascii.a2b_qp(plain, header=True)
    letters = _NO_BASE64.sub("", text)
    letters = letters[: len(letters) - 1] if len(letters) % 4 == 1 else letters
    return binascii.a2b_base64(letters + "=" * (-len(letters) % 4))


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
