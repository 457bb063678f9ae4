"""The lines of calendars (RFC 5545) and cards (RFC 6350, vCard 2.1): folded, with parameters, inside components."""

from __future__ import annotations

import binascii
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass

from vaughn.formats.mail.charsets import decoded
from vaughn.formats.mail.mime import Parameter

# A calendar of ten years has some hundred thousand lines.
MAX_LINES = 2_000_000
# A line of quoted-printable goes on behind "=", whatever the next one begins with.
_FOLD = re.compile(rb"(?<!=)(?<!=\r)\r?\n[ \t]")
_PARAMETER = re.compile(r';([^=:;"]+)(?:=((?:"[^"]*"|[^:;"]*)+))?')
_NAME = re.compile(r"(?:([A-Za-z0-9-]+)\.)?([A-Za-z0-9-]+)")
_ESCAPED = re.compile(r"\\([\\;,nN])")


@dataclass(frozen=True, slots=True)
class ContentLine:
    """One line: ``name;parameter=value:value``, its name in capitals.

    Args:
        data: Bytes that the value encodes, `None` if it is text.
    """

    name: str
    value: str
    parameters: tuple[Parameter, ...] = ()
    data: bytes | None = None
    guessed: bool = False

    def get(self, name: str) -> str:
        """Return the values of the parameter *name* (lower case); empty if there is none."""
        return ",".join(one.value for one in self.parameters if one.name == name)


def content_lines(data: bytes) -> Iterator[ContentLine]:
    """Yield the lines of *data* that are content lines; others are passed over."""
    text = _FOLD.sub(b"", data.removeprefix(b"\xef\xbb\xbf"))
    lines = iter(text.splitlines()[:MAX_LINES])
    for raw in lines:
        line = raw
        if b"QUOTED-PRINTABLE" in raw.upper():
            # vCard 2.1: a line ends in "=" where it goes on.
            while line.endswith(b"="):
                following = next(lines, None)
                if following is None:
                    break
                line = line[:-1] + following
        found = _line(line)
        if found is not None:
            yield found


def _line(raw: bytes) -> ContentLine | None:
    head, _, _ = raw.partition(b":")
    name = _NAME.match(head.decode("ascii", "replace"))
    if name is None:
        return None
    said = decoded(raw, "utf-8")
    text = said.text
    at = name.end()
    parameters: list[Parameter] = []
    while (one := _PARAMETER.match(text, at)) is not None:
        key, value = one[1].strip().lower(), (one[2] or "").strip('"')
        # vCard 2.1 writes only the value: ``;HOME;QUOTED-PRINTABLE``.
        parameters.append(Parameter(key, value) if one[2] is not None else Parameter(_bare(key), key))
        at = one.end()
    if text[at : at + 1] != ":":
        return None
    line = ContentLine(name[2].upper(), text[at + 1 :], tuple(parameters), guessed=said.guessed)
    return _decoded_value(line, raw)


def _bare(word: str) -> str:
    return "encoding" if word in {"quoted-printable", "base64", "b", "8bit"} else "type"


def _decoded_value(line: ContentLine, raw: bytes) -> ContentLine:
    encoding = line.get("encoding").lower()
    if encoding == "quoted-printable":
        value = quopri.decodestring(line.value.encode("latin-1", "replace"))
        found = decoded(value, line.get("charset") or "utf-8")
        return ContentLine(line.name, found.text, line.parameters, guessed=found.guessed)
    if encoding in {"b", "base64"}:
        try:
            data = binascii.a2b_base64(re.sub(rb"[^A-Za-z0-9+/=]", b"", raw.partition(b":")[2]))
        except binascii.Error:
            return ContentLine(line.name, "", line.parameters)
        return ContentLine(line.name, "", line.parameters, data)
    charset = line.get("charset")
    if charset and not line.value.isascii():
        found = decoded(raw, charset)
        return ContentLine(line.name, found.text.partition(":")[2], line.parameters, guessed=found.guessed)
    return line


def plain(value: str) -> str:
    """Return a text value without what keeps its commas and line ends apart."""
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)


def parted(value: str) -> list[str]:
    """Return the parts of a value of several, such as a name or an address, the empty ones left out."""
    parts = re.split(r"(?<!\\)[;]", value)
    return [said for part in parts if (said := " ".join(plain(part).split()))]
