"""Who a message names: address lists of RFC 5322 and what programs write in their place."""

from __future__ import annotations

import re
from dataclasses import dataclass

from vaughn.formats.mail.headers import with_words_read
from vaughn.model import MailAddress

# A newsletter to its whole list; a bomb names millions.
MAX_ADDRESSES = 20_000
_PLAIN = re.compile(r'(?:"([^"\\]*)"|([^\s",<>()@:;\\=?][^",<>()@:;\\=?]*?)|)\s*<([^\s<>,;"()@]+@[^\s<>,;"()@]+)>')
_BARE = re.compile(r"[^\s<>,;\"()@:=?]+@[^\s<>,;\"()@:=?]+")
_TOKEN = re.compile(
    r'(?P<quoted>"(?:[^"\\]|\\.)*(?:"|\Z))|(?P<comment>\()|(?P<angle><[^<>]*(?:>|\Z))|(?P<mark>[,;:])|(?P<text>[^",;:<(]+|<)',
    re.S,
)
_ESCAPED = re.compile(r"\\(.)", re.S)
_ROUTE = re.compile(r"^@[^:]*:")


@dataclass(slots=True)
class _Open:
    """One address that is being read."""

    words: list[str]
    comments: list[str]
    angle: str | None = None
    quoted: bool = False


def addresses_of(text: str) -> tuple[MailAddress, ...]:
    """Return the correspondents that the field's value *text* names, in order; encoded words are read here."""
    text = text.strip()
    if not text:
        return ()
    plain = _PLAIN.fullmatch(text)
    if plain is not None:
        return (MailAddress(plain[3].lower(), (plain[1] or plain[2] or "").strip()),)
    if _BARE.fullmatch(text):
        return (MailAddress(text.lower()),)
    return tuple(_listed(text))


def _listed(text: str) -> list[MailAddress]:
    found: list[MailAddress] = []
    surname = ""
    for one, mark in _pieces(text):
        if mark == ":":
            # A group counts by its members; an empty one by its name.
            surname = ""
            if not one.angle and one.words and _is_empty_group(text, one):
                found.append(MailAddress("", _name(one)))
            continue
        address = _address(one)
        if address is None:
            continue
        # `Smith, John <js@example.org>`: the name should be quoted, and often is not.
        if surname and one.angle and not one.quoted and found and address.name:
            found[-1] = MailAddress(address.address, f"{surname}, {address.name}")
        elif len(found) < MAX_ADDRESSES:
            found.append(address)
        surname = address.name if mark == "," and not address.address and not one.quoted else ""
    return found


def _is_empty_group(text: str, one: _Open) -> bool:
    rest = text[text.find(":", text.find(one.words[-1].strip())) + 1 :].strip()
    return rest in {"", ";"} or rest.startswith(";")


def _pieces(text: str) -> list[tuple[_Open, str]]:
    """Return each address with the mark that ends it: a comma, a semicolon, a colon, or nothing."""
    pieces: list[tuple[_Open, str]] = []
    one, at = _Open([], []), 0
    while at < len(text):
        token = _TOKEN.match(text, at)
        if token is None:
            at += 1
            continue
        at = token.end()
        kind, said = token.lastgroup, token[0]
        if kind == "mark":
            if said == ":" and (one.angle or "@" in "".join(one.words)):
                one.words.append(said)
                continue
            pieces.append((one, said))
            one = _Open([], [])
        elif kind == "comment":
            at = _comment_end(text, at)
            one.comments.append(text[token.end() : at - 1])
        elif kind == "angle":
            one.angle = said.strip("<> \t") if one.angle is None else one.angle
        else:
            one.quoted = one.quoted or kind == "quoted"
            one.words.append(
                _ESCAPED.sub(r"\1", said.removeprefix('"').removesuffix('"')) if kind == "quoted" else said
            )
    pieces.append((one, ""))
    return pieces


def _comment_end(text: str, at: int) -> int:
    depth = 1
    while at < len(text) and depth:
        if text[at] == "\\":
            at += 1
        elif text[at] == "(":
            depth += 1
        elif text[at] == ")":
            depth -= 1
        at += 1
    return at if not depth else len(text) + 1


def _address(one: _Open) -> MailAddress | None:
    if one.angle is not None:
        address = _ROUTE.sub("", one.angle).strip(" \t'\"").lower()
        name = _name(one)
        return MailAddress(address, name) if address or name else None
    said = "".join(one.words).strip()
    if not said:
        return None
    bare = said.strip("'\" ")
    if "@" in bare and " " not in bare:
        comment = with_words_read(" ".join(one.comments)).text.strip()
        return MailAddress(bare.lower(), comment)
    return MailAddress("", _name(one))


def _name(one: _Open) -> str:
    name = " ".join("".join(one.words).split())
    if not name and one.comments:
        name = " ".join(one.comments)
    name = with_words_read(name).text.strip()
    if len(name) > 1 and name[0] == name[-1] == "'":
        name = name[1:-1]
    return name.removeprefix('"').removesuffix('"') if name.count('"') == 2 else name
