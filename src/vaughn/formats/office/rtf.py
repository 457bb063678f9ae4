r"""RTF as records, and the HTML or plain text that a mail program wrapped into RTF.

RTF specification 1.9.1; [MS-OXRTFEX] for what is wrapped.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from vaughn.formats.faults import FileRefused, Refusal, unreadable
from vaughn.formats.office.docx_story import PAGE_BREAK, in_one_line
from vaughn.formats.office.gathered import Gathered, joined, section
from vaughn.formats.office.objects import object_of_ole1
from vaughn.formats.office.rtf_story import Found, RtfStory
from vaughn.formats.office.rtf_tokens import CHARSETS, SIGNS, SYMBOLS, Token, code_page, tokens
from vaughn.formats.readers.content import Reading, ReadingRequest
from vaughn.model import DocumentKind, FoundValue, MailAddress, Moment, RecordFacts

MAX_RTF_BYTES = 256 << 20
_FETCHED = ("INCLUDETEXT", "INCLUDEPICTURE", "LINK", "DDE", "DDEAUTO", "IMPORT")
_HEAD_BYTES = 4096


@dataclass(frozen=True, slots=True)
class HtmlOrText:
    """What was wrapped into RTF; the other one is `None`."""

    html: str | None
    text: str | None


def read_rtf(request: ReadingRequest) -> Reading:
    """Return the document of *request*.

    Raises:
        FileRefused: If it is no RTF or too large.
    """
    gathered = Gathered(request)
    if request.path.stat().st_size > MAX_RTF_BYTES:
        raise FileRefused("The RTF file is larger than 256 MB.", refusal=Refusal.TOO_LARGE)
    data = request.path.read_bytes()
    if not data.lstrip()[:5].startswith(b"{\\rtf"):
        raise unreadable("The file is no RTF.")
    found = RtfStory().read(data)
    if found.cut_off:
        gathered.told.part_left_out(
            "The groups stand deeper in each other than in any document; the rest was left out."
        )
    _add_text(gathered, found)
    _add_inside(gathered, found)
    return gathered.reading(_facts(found))


def rtf_text(data: bytes) -> str:
    """Return what the body of the RTF *data* says, deleted and hidden text left out."""
    return "".join(RtfStory().read(data).body).replace(PAGE_BREAK, "\n").strip("\n")


def deencapsulated(rtf: bytes) -> HtmlOrText | None:
    """Return the HTML or plain text that *rtf* was made from; `None` if it is RTF of its own (see `rtf_text`)."""
    kind = None
    for number, token in enumerate(tokens(rtf[:_HEAD_BYTES])):
        if token.kind == "word" and token.word in {"fromhtml", "fromtext"}:
            kind = token.word
            break
        if number > 200:
            break
    if kind == "fromtext":
        return HtmlOrText(None, rtf_text(rtf))
    return HtmlOrText(_Unwrapping().html(rtf), None) if kind == "fromhtml" else None


def _add_text(gathered: Gathered, found: Found) -> None:
    told = gathered.told
    pages = [page for page in "".join(found.body).split(PAGE_BREAK) if page.strip()] or [""]
    pages[0] = joined(section("Header", found.headers), pages[0])
    notes = (section("Footnotes", found.footnotes), section("Endnotes", found.endnotes))
    pages[-1] = joined(pages[-1], section("Footer", found.footers), *notes)
    changes = [change for change in found.changes if change.text.strip()]
    hidden = [text for text in found.hidden if text.strip()]
    told.changes.update({"comment": len(found.comments)} if found.comments else {})
    told.changes.update({"tracked change": len(changes)} if changes else {})
    told.hidden.update({"stretch of text": len(hidden)} if hidden else {})
    comments = [
        f"{number}. {one.author or 'unknown'}: {in_one_line(one.text)}" for number, one in enumerate(found.comments, 1)
    ]
    besides = joined(
        section("Comments", comments),
        section("Tracked changes", [change.line() for change in changes]),
        section("Hidden text", ["".join(hidden)]),
        section("Refers to", _outside(gathered, found)),
    )
    gathered.texts += [*pages, besides] if besides else pages


def _outside(gathered: Gathered, found: Found) -> list[str]:
    lines: dict[str, None] = {}
    for code in found.fields:
        words = code.split()
        if len(words) < 2 or (words[0] != "HYPERLINK" and words[0] not in _FETCHED) or words[1] == "\\l":
            continue
        kind = "link" if words[0] == "HYPERLINK" else "file"
        target = code[len(words[0]) :].strip()
        target = target[1:].partition('"')[0] if target.startswith('"') else words[1]
        if target and f"{kind}: {target}" not in lines:
            lines[f"{kind}: {target}"] = None
            gathered.told.external[kind] += 1
    return list(lines)


def _add_inside(gathered: Gathered, found: Found) -> None:
    for data in found.objects:
        inside = object_of_ole1(data)
        if inside is not None:
            gathered.add_part(inside.name, inside.data)
        else:
            gathered.told.part_left_out("An object inside could not be taken out.")
    for number, (suffix, data) in enumerate(found.pictures, start=1):
        # Metafiles stand for objects, or are drawings whose words are in the text.
        if suffix in {".png", ".jpg"}:
            gathered.add_part(f"picture-{number}{suffix}", data)


def _facts(found: Found) -> RecordFacts:
    named: dict[str, str] = {}
    for name, value in found.info:
        named.setdefault(name, value)
    return RecordFacts(
        DocumentKind.TEXT_DOCUMENT,
        title=named.get("title"),
        author=MailAddress("", named["author"]) if named.get("author") else None,
        created=_moment(found.clocks.get("creatim")),
        modified=_moment(found.clocks.get("revtim")),
        application=named.get("generator"),
        found=tuple(FoundValue(name, value) for name, value in found.info),
    )


def _moment(clock: list[int] | None) -> Moment | None:
    if clock is None:
        return None
    try:
        return Moment(datetime(*clock, tzinfo=UTC))  # type: ignore[misc,arg-type]
    except (ValueError, OverflowError):
        return None


class _Unwrapping:
    r"""Takes out of RTF the HTML it was made from: groups ``\htmltag`` and what no ``\htmlrtf`` takes away."""

    def __init__(self) -> None:
        self._out: list[str] = []
        self._bytes = bytearray()
        self._default = "cp1252"
        self._fonts: dict[int, str] = {}
        self._font = self._skip = self._surrogate = 0
        # Per group: encoding, whether silent, whether for RTF alone, fallback letters of \u, whether in a tag.
        self._state = ("cp1252", False, False, 1, False)
        self._stack: list[tuple[str, bool, bool, int, bool]] = []
        self._starred = self._in_fonts = False

    def html(self, data: bytes) -> str:
        for token in tokens(data):
            if len(self._stack) > 5000:
                break
            self._take(token)
        self._flush()
        return "".join(self._out)

    def _take(self, token: Token) -> None:
        if token.kind in {"text", "byte"}:
            data = token.data[self._skip :]
            self._skip = max(0, self._skip - len(token.data))
            if not self._is_silent():
                self._bytes += data
        elif token.kind == "open":
            self._flush()
            self._stack.append(self._state)
        elif token.kind == "close":
            self._flush()
            self._skip = 0
            self._state = self._stack.pop() if self._stack else self._state
            self._in_fonts = self._in_fonts and len(self._stack) >= self._fonts_depth
        elif token.kind == "symbol":
            self._symbol(token.data)
        elif token.kind == "word":
            self._word(token.word, token.number)

    _fonts_depth = 0

    def _is_silent(self) -> bool:
        return self._state[1] or (self._state[2] and not self._state[4])

    def _flush(self) -> None:
        if self._bytes:
            self._out.append(bytes(self._bytes).decode(self._state[0], "replace"))
            self._bytes.clear()

    def _say(self, text: str) -> None:
        self._flush()
        if not self._is_silent():
            self._out.append(text)

    def _symbol(self, sign: bytes) -> None:
        if sign == b"*":
            self._starred = True
        elif self._skip:
            self._skip -= 1
        elif sign in SYMBOLS:
            self._say("&nbsp;" if sign == b"~" else SYMBOLS[sign])

    def _word(self, word: str, number: int | None) -> None:
        starred, self._starred = self._starred, False
        encoding, silent, only_rtf, fallback, in_tag = self._state
        if word == "u":
            self._unicode(number or 0)
            return
        self._flush()
        if word == "htmltag" and starred:
            self._state = (encoding, silent, only_rtf, fallback, True)
        elif starred or word in {"fonttbl", "colortbl", "stylesheet", "info", "pntext", "listtext", "mhtmltag"}:
            self._state = (encoding, True, only_rtf, fallback, in_tag)
            if word == "fonttbl":
                self._in_fonts, self._fonts_depth = True, len(self._stack)
        elif word == "htmlrtf":
            self._state = (encoding, silent, number != 0, fallback, in_tag)
        elif word == "uc":
            self._state = (encoding, silent, only_rtf, max(0, min(number or 0, 100)), in_tag)
        elif word in {"par", "line"}:
            self._say("\r\n")
        elif word in SIGNS:
            self._say(SIGNS[word])
        else:
            self._letters(word, number)

    def _letters(self, word: str, number: int | None) -> None:
        known: str | None = None
        if word == "ansicpg":
            known = self._default = code_page(number or 1252)
        elif word == "f" and self._in_fonts:
            self._font = number or 0
        elif word in {"f", "plain"}:
            known = self._fonts.get(number or 0, self._default)
        elif word == "fcharset" and self._in_fonts and number in CHARSETS and number:
            self._fonts[self._font] = CHARSETS[number]
        if known is not None:
            self._state = (known, *self._state[1:])

    def _unicode(self, number: int) -> None:
        self._flush()
        code = number & 0xFFFF if number < 0 else number
        if 0xD800 <= code < 0xDC00:
            self._surrogate = code
        elif 0xDC00 <= code < 0xE000 and self._surrogate:
            self._say(chr(0x10000 + ((self._surrogate - 0xD800) << 10) + code - 0xDC00))
            self._surrogate = 0
        elif 0 < code < 0xD800 or 0xE000 <= code < 0x110000:
            self._say(chr(code))
        self._skip = self._state[3]
