"""Which text can a database hold? All of Unicode; bytes of a file name that are no text are spelled out."""

from __future__ import annotations

import re

# Python holds a byte of a file name that is no text as one of these (PEP 383); records may hold lone halves of pairs.
_SURROGATE = re.compile("[\ud800-\udfff]")
_BYTE_FIRST, _BYTE_LAST = 0xDC80, 0xDCFF


def storable(text: str) -> str:
    r"""Return *text* with what no database can hold spelled out: the byte E9 as ``\xe9``, half a pair as ``\ud83d``."""
    return text if text.isascii() else _SURROGATE.sub(_spelled, text)


def _spelled(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\x{code - 0xDC00:02x}" if _BYTE_FIRST <= code <= _BYTE_LAST else f"\\u{code:04x}"
