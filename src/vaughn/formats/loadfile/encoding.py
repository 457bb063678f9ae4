"""Which encoding a load file is in, and what a line that is not in it says.

No load file declares its encoding. A byte order mark decides; else the null bytes of UTF-16; else UTF-8 if
the sample is valid or mostly so; else Windows-1252.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from vaughn.formats.loadfile.dialect import BOMS

# Bytes that Windows-1252 leaves undefined, and the two that UTF-8 never holds and English and Spanish never need.
NO_LETTER = frozenset(b"\x81\x8d\x8f\x90\x9d\xfe\xff")
REPLACEMENT = "\ufffd"
# A UTF-16 text of Latin letters has a null in every other byte; a thorn and a DC4 have one too.
UTF16_NULL_SHARE = 0.3
# Control characters that stand in no text and delimit no values (13h and 1Eh-1Fh were seen as delimiters).
CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\x0b\x0c\r\x13\x14\x1a\x1c\x1d\x1e\x1f"))
# Packed or encrypted bytes have about 8 %; a text with a few damaged places has far less.
MAX_CONTROL_SHARE = 0.05


@dataclass(frozen=True, slots=True)
class Encoding:
    """What a file is written in; `declared` if a byte order mark says so."""

    name: str
    bom_bytes: int

    @property
    def declared(self) -> bool:
        """Whether a byte order mark declares it."""
        return self.bom_bytes > 0


@dataclass(frozen=True, slots=True)
class DecodedLine:
    """Text of a line; `foreign` if part of it was read in another encoding, `lost` if bytes were no text."""

    text: str
    foreign: bool = False
    lost: bool = False


def recognised_encoding(sample: bytes) -> Encoding:
    """Return the encoding that *sample*, the beginning of a file (and perhaps later parts), is most likely in."""
    for name, bom in BOMS.items():
        if sample.startswith(bom):
            return Encoding(name, len(bom))
    wide = _utf16_without_mark(sample)
    if wide is not None:
        return Encoding(wide, 0)
    return Encoding("utf-8" if _is_mostly_utf8(sample) else "cp1252", 0)


def _utf16_without_mark(sample: bytes) -> str | None:
    half = len(sample) // 2
    if half < 4:
        return None
    first, second = sample[: half * 2 : 2], sample[1 : half * 2 : 2]
    for name, letters, nulls in (("utf-16-le", first, second), ("utf-16-be", second, first)):
        if nulls.count(0) > half * UTF16_NULL_SHARE and letters.count(0) * 20 < nulls.count(0):
            return name if control_share(letters) < MAX_CONTROL_SHARE else None
    return None


def control_share(data: bytes) -> float:
    """Return the share of bytes that no text has: nulls and control characters, delimiters and line ends apart."""
    return 1 - len(data.translate(None, CONTROLS)) / len(data) if data else 0.0


def _is_mostly_utf8(sample: bytes) -> bool:
    """Tell whether more lines with foreign letters are valid UTF-8 than are not."""
    if _is_utf8(sample):
        return True
    valid = broken = 0
    for line in sample.splitlines()[:-1] or [sample]:
        if line.isascii():
            continue
        if _is_utf8(line):
            valid += 1
        elif b"\xc3\xbe\x14" in line or b"\x14\xc3\xbe" in line:
            valid += 1  # the delimiters are UTF-8 even if a value is not
        else:
            broken += 1
    return valid > broken


def _is_utf8(data: bytes) -> bool:
    try:
        codecs.utf_8_decode(data, "strict", False)  # a character cut off at the end is not counted
    except UnicodeDecodeError:
        return False
    return True


def decoded_line(data: bytes, encoding: str) -> DecodedLine:
    """Return the text of *data*; what is not in *encoding* is read as Windows-1252 or replaced, and said."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        decoded = _mixed_utf8(data) if encoding == "utf-8" else DecodedLine(data.decode(encoding, "replace"), lost=True)
    else:
        decoded = DecodedLine(text)
    if "\0" in decoded.text:
        return DecodedLine(decoded.text.replace("\0", REPLACEMENT), foreign=decoded.foreign, lost=True)
    return decoded


def _mixed_utf8(data: bytes) -> DecodedLine:
    text = data.decode("utf-8", _HANDLER)
    lost = text.count(REPLACEMENT) - data.count(REPLACEMENT.encode())
    letters = len(text) - len(data.decode("utf-8", "ignore")) - lost
    return DecodedLine(text, foreign=letters > 0, lost=lost > 0)


def _letter_or_replacement(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    bad = error.object[error.start : error.end]
    return (bad.decode("cp1252") if NO_LETTER.isdisjoint(bad) else REPLACEMENT), error.end


_HANDLER = "vaughn-windows-1252-letters"
codecs.register_error(_HANDLER, _letter_or_replacement)
