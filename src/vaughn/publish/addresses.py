"""Where everything of a site lies: file names that are safe everywhere and never change.

A name is a function of what it names and of nothing else, so a permanent link stays when other things come
or go, and two names that differ only in case or in a sign never share a file:

- letters A to Z, digits, ``-``, ``_`` and inner dots stand for themselves, a blank is ``~``;
- a run of small letters is written large between ``=`` signs: ``Doc1`` is ``D=OC=1``;
- anything else is ``=0`` with its UTF-8 bytes in hexadecimal and ``=``: ``/`` is ``=02F=``;
- a name that Windows keeps for itself has its first letter written that way;
- what is too long ends in ``=1``, twenty digits of its SHA-256 and ``=``.
"""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from string import ascii_letters
from urllib.parse import urlsplit

# With an ending and "es/<case>/p/" in front this stays below the 143 bytes of the narrowest file system in use.
MAX_NAME_LENGTH = 100
_SIMPLE = re.compile(r"[A-Z][A-Z0-9_-]*(?: [A-Z0-9_-]+)*")
_PIECES = re.compile(r"[A-Z0-9_-]+|\.| |[a-z]+|[^A-Z0-9_\-. a-z]+")
_RESERVED = re.compile(r"(?:CON|PRN|AUX|NUL|COM[0-9]|LPT[0-9])(?=\.|$)")
_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,60}[a-z0-9])?")
# Folders of the site itself, and languages it may have.
_TAKEN = re.compile(r"assets|[a-z]{2}|(?:con|prn|aux|nul|com[0-9]|lpt[0-9])")
_SWAPPED = str.maketrans(ascii_letters, ascii_letters.swapcase())
_SCHEMES = frozenset({"http", "https", "mailto"})


# A number is asked for by each list and language.
@lru_cache(maxsize=200_000)
def file_name(text: str) -> str:
    """Return the file name, without ending, of what is called *text*; it can also stand in a link as it is."""
    if _SIMPLE.fullmatch(text) and len(text) <= MAX_NAME_LENGTH:
        return text.replace(" ", "~") if not _RESERVED.match(text) else _in_full(text)
    return _in_full(text)


def key_name(key: str) -> str:
    """Return the file name of a *key*: as `file_name`, with large and small letters in each other's place."""
    return file_name(key.translate(_SWAPPED)).translate(_SWAPPED)


def _in_full(text: str) -> str:
    parts = []
    for found in _PIECES.finditer(text):
        piece = found.group()
        inner = found.start() > 0 and found.end() < len(text)
        if piece == " " and inner:
            parts.append("~")
        elif piece == "." and inner and text[found.start() - 1] != ".":
            parts.append(".")
        elif re.fullmatch(r"[A-Z0-9_-]+", piece):
            parts.append(piece)
        elif piece.isascii() and piece.isalpha():
            parts.append(f"={piece.upper()}=")
        else:
            parts.append(_hexadecimal(piece))
    name = "".join(parts) or "=0="
    if _RESERVED.match(name):
        name = _hexadecimal(name[0]) + name[1:]
    if len(name) > MAX_NAME_LENGTH:
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:20].upper()
        name = f"{name[:60].rstrip('=~.')}=1{digest}="
    return name


def _hexadecimal(piece: str) -> str:
    return f"=0{piece.encode('utf-8', 'surrogatepass').hex().upper()}="


def is_slug(text: str) -> bool:
    """Tell whether *text* can be part of a link as it stands."""
    return _SLUG.fullmatch(text) is not None and _TAKEN.fullmatch(text) is None


def safe_url(url: str | None) -> str | None:
    """Return *url* if a reader may be sent there (web or mail), else `None`."""
    if url is None or any(ord(letter) <= 0x20 or letter in "\\<>\"'`" for letter in url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    whole = bool(parts.netloc) if parts.scheme in {"http", "https"} else bool(parts.path)
    return url if parts.scheme in _SCHEMES and whole else None


def page_key(number: str, edition: str) -> str:
    """Return what a page is known by: its number, with its edition if the number was produced before."""
    return f"{number}@{edition}" if edition else number
