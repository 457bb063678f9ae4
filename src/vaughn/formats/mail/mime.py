"""Of which entities a message consists (RFC 2045, 2046, 2231).

The standard library's parser is not used: it calls itself for every level, holds the message as text several times,
and cannot give back the bytes of a message inside a message. Here entities are ranges of the message's bytes, found
level by level under limits; what lies beyond them is one entity that is not looked into, so no byte is lost.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote_to_bytes

from vaughn.formats.mail.charsets import decoded
from vaughn.formats.mail.headers import HeaderBlock, header_block, with_words_read

# The deepest real message of the corpora has 9 levels, digests of digests some 15.
MAX_LEVELS = 40
# The fullest digests seen hold 1,400 messages.
MAX_ENTITIES = 20_000
# RFC 2046 allows 70 characters.
MAX_BOUNDARY_BYTES = 500

_PARAMETER = re.compile(r';\s*([^\s=;"]+)\s*=\s*("(?:[^"\\]|\\.)*(?:"|\Z)|[^;]*)', re.S)
_ESCAPED = re.compile(r"\\(.)", re.S)
_NUMBERED = re.compile(r"^(.+?)\*(\d{1,4})(\*)?$")
_FIRST_DELIMITER = re.compile(rb"^--(\S[^\r\n]{0,400}?)[ \t]*\r?\n(?=Content-)", re.M | re.I)
_DISPOSITIONS = frozenset({"inline", "attachment", "form-data", "signal", "alert", "icon", "render", "notification"})
_KIND = re.compile(r"[A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+-]+")


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a structured field, its value read."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class FieldValue:
    """A structured field: ``text/plain; charset=utf-8``."""

    value: str
    parameters: tuple[Parameter, ...] = ()
    guessed: bool = False

    def get(self, name: str) -> str | None:
        """Return the parameter called *name* (lower case)."""
        for one in self.parameters:
            if one.name == name:
                return one.value
        return None


NO_VALUE = FieldValue("")


@dataclass(frozen=True, slots=True)
class Entity:
    """One entity of a message: a range of its bytes.

    Args:
        body: Where its body begins, in bytes of the message.
        end: Where it ends, the line end before the next delimiter not counted.
        kind: Media type in lower case, the default of its place where none is declared.
        children: Of a multipart.
        faults: What is broken, in words.
    """

    block: HeaderBlock
    start: int
    body: int
    end: int
    kind: str
    content: FieldValue
    disposition: FieldValue
    children: tuple[Entity, ...] = ()
    faults: tuple[str, ...] = ()

    @property
    def is_multipart(self) -> bool:
        """Whether it consists of others."""
        return bool(self.children)

    def header(self, name: str) -> str | None:
        """Return the first field called *name* (lower case) as text; `None` if there is none."""
        return self.block.text(name)


@dataclass(slots=True)
class _Budget:
    entities: int = 0


def parsed(data: bytes) -> Entity:
    """Return the message *data* as entities."""
    start = 3 if data.startswith(b"\xef\xbb\xbf") else 0
    while data[start : start + 5] in {b"From ", b">From"} or data[start : start + 1] in {b"\n", b"\r"}:
        line_end = data.find(b"\n", start)
        if line_end < 0:
            break
        start = line_end + 1
    return _entity(data, start, len(data), _Place("text/plain", 1, _Budget()))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an entity stands: the type it has if it says nothing, its level, what is left of the limits."""

    default: str
    level: int
    budget: _Budget


def _entity(data: bytes, start: int, end: int, place: _Place) -> Entity:
    block = header_block(data, start, end)
    raw = block.get("content-type")
    content = field_value(raw) if raw is not None else NO_VALUE
    kind = content.value.lower()
    faults: list[str] = []
    if block.is_broken and (place.level == 1 or block.end < end):
        faults.append("The header has lines that are no fields, or does not end.")
    if not _KIND.fullmatch(kind):
        if kind and raw and raw.strip():
            faults.append("The type of a part is not well-formed.")
        kind = "multipart/mixed" if kind == "multipart" else place.default
    raw = block.get("content-disposition")
    disposition = NO_VALUE
    if raw is not None:
        disposition = field_value(raw)
        if disposition.value.lower() not in _DISPOSITIONS and not disposition.value.lower().startswith("x-"):
            faults.append("How a part is to be shown is not well-formed.")
    children: tuple[Entity, ...] = ()
    if kind.startswith("multipart/"):
        children = _children(data, block.end, end, _Multipart(kind, content.get("boundary"), place, faults))
    return Entity(block, start, block.end, end, kind, content, disposition, children, tuple(faults))


@dataclass(frozen=True, slots=True)
class _Multipart:
    kind: str
    boundary: str | None
    place: _Place
    faults: list[str]


def _children(data: bytes, body: int, end: int, multipart: _Multipart) -> tuple[Entity, ...]:
    place = multipart.place
    if place.level >= MAX_LEVELS:
        multipart.faults.append(f"Parts stand more than {MAX_LEVELS} levels deep; the innermost was not divided.")
        return ()
    boundary = (multipart.boundary or "").rstrip().encode("latin-1", "replace")[:MAX_BOUNDARY_BYTES]
    ranges = _between(data, body, end, boundary=boundary) if boundary else []
    if not ranges:
        guess = _FIRST_DELIMITER.search(data, body, end)
        if guess is not None:
            ranges = _between(data, body, end, boundary=guess[1][:MAX_BOUNDARY_BYTES])
        if end - body > 2 or not boundary:
            multipart.faults.append("The line that should divide the parts was not found.")
    elif ranges[-1].is_open:
        multipart.faults.append("The last part is not closed; the message may be cut off.")
    default = "message/rfc822" if multipart.kind == "multipart/digest" else "text/plain"
    inner = _Place(default, place.level + 1, place.budget)
    children: list[Entity] = []
    for one in ranges:
        place.budget.entities += 1
        if place.budget.entities > MAX_ENTITIES:
            multipart.faults.append(f"There are more than {MAX_ENTITIES} parts; the rest was not divided.")
            children.append(_undivided(one.start, end))
            break
        children.append(_entity(data, one.start, one.end, inner))
    return tuple(children)


def _undivided(start: int, end: int) -> Entity:
    return Entity(HeaderBlock(start), start, start, end, "application/octet-stream", NO_VALUE, NO_VALUE)


@dataclass(frozen=True, slots=True)
class _Range:
    start: int
    end: int
    is_open: bool = False


def _between(data: bytes, body: int, end: int, *, boundary: bytes) -> list[_Range]:
    """Return where the parts between the delimiter lines stand."""
    delimiter = b"--" + boundary
    ranges: list[_Range] = []
    opened, at = -1, body
    while at < end:
        found = data.find(delimiter, at, end)
        if found < 0:
            break
        at = found + len(delimiter)
        if found > body and data[found - 1] not in b"\n\r":
            continue
        line_end = data.find(b"\n", at, end)
        line_end = end if line_end < 0 else line_end
        rest = data[at : min(line_end, at + 80)].strip()
        if rest not in {b"", b"--"}:
            continue
        if opened >= 0:
            ranges.append(_Range(opened, _without_line_end(data, opened, found)))
        at = min(line_end + 1, end)
        opened = at
        if rest == b"--":
            # What follows the end is no part, unless more parts follow it (as some programs write).
            opened = -1
            if data.find(delimiter, at, end) < 0:
                return ranges
    if opened >= 0:
        ranges.append(_Range(opened, end, is_open=True))
    return ranges


def _without_line_end(data: bytes, start: int, end: int) -> int:
    if end - 1 >= start and data[end - 1] in b"\n\r":
        end -= 1
        if end - 1 >= start and data[end : end + 1] == b"\n" and data[end - 1] == 13:
            end -= 1
    return end


def field_value(raw: bytes) -> FieldValue:
    """Return the structured field *raw*: its value and its parameters (RFC 2231, or encoded words against it)."""
    # The same few values stand in every message; boundaries and names do not.
    return _usual_value(raw) if len(raw) < 60 and b"boundary" not in raw else _field_value(raw)


@lru_cache(maxsize=1024)
def _usual_value(raw: bytes) -> FieldValue:
    return _field_value(raw)


def _field_value(raw: bytes) -> FieldValue:
    text = raw.decode("ascii") if raw.isascii() else decoded(raw).text
    guessed = not raw.isascii()
    if "\n" in text or "\r" in text:
        text = re.sub(r"\s*[\r\n]+\s*", " ", text)
    value, semicolon, _ = text.partition(";")
    if not semicolon:
        # `text/plain charset=utf-8`, `application/pdf name="a.pdf"`
        value, _, rest = text.strip().partition(" ")
        if "=" not in rest or "/" not in value:
            return FieldValue(text.strip(), (), guessed)
        text = f"{value};{rest}"
    simple: dict[str, str] = {}
    pieces: dict[str, list[tuple[int, bool, str]]] = {}
    for name, quoted in _PARAMETER.findall(text):
        key = name.lower()
        said = _unquoted(quoted.strip())
        numbered = _NUMBERED.match(key)
        if numbered is not None:
            pieces.setdefault(numbered[1], []).append((int(numbered[2]), bool(numbered[3]), said))
        elif key.endswith("*"):
            pieces.setdefault(key[:-1], []).append((0, True, said))
        else:
            simple.setdefault(key, with_words_read(said).text if "=?" in said else said)
    for key, parts in pieces.items():
        found = _continued(sorted(parts))
        simple[key] = found.value
        guessed = guessed or found.guessed
    return FieldValue(value.strip().strip('"'), tuple(Parameter(key, said) for key, said in simple.items()), guessed)


def _unquoted(text: str) -> str:
    if not text.startswith('"'):
        return text
    return _ESCAPED.sub(r"\1", text[1:-1] if text.endswith('"') and len(text) > 1 else text[1:])


def _continued(parts: list[tuple[int, bool, str]]) -> FieldValue:
    """Return one value out of its numbered, percent-encoded pieces (RFC 2231, 3 and 4)."""
    charset, data = "", b""
    for place, (_, is_encoded, said) in enumerate(parts):
        text = said
        if is_encoded and place == 0 and text.count("'") >= 2:
            charset, _, text = text.split("'", 2)
        data += unquote_to_bytes(text) if is_encoded else text.encode("utf-8", "surrogateescape")
    found = decoded(data, charset or "utf-8")
    return FieldValue(found.text, (), found.guessed)
