"""Markdown people wrote, as HTML; every Bates number it cites is looked up.

``[ICE 0004521]``, ``[[ICE 0004521]]`` and ranges (``[ICE 0004521 – 0004525]``) become links to the page. What is
cited and not published is collected with its line, so that a site with a dead citation is not made.
Raw HTML is shown as text, pictures are not shown, and links lead to the web or to an e-mail address only.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from html import escape

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from vaughn.model import InputError, read_bates
from vaughn.publish.addresses import safe_url

MAX_LETTERS = 1_000_000
MAX_NESTING = 20
MAX_CITATION_LETTERS = 200
_DOUBLE = re.compile(rf"\[\[([^\[\]\n]{{1,{MAX_CITATION_LETTERS}}})\]\]")
_SINGLE = re.compile(rf"\[([^\[\]\n]{{2,{MAX_CITATION_LETTERS}}})\](?![\[(:])")
_DASH = re.compile(r"\s+[-–—]\s+|[–—]")
_CAPITALS = re.compile(r"[A-Z]{2}")
_MIN_DIGITS = 3


@dataclass(frozen=True, slots=True)
class DeadCitation:
    """A cited number that is not published, and where it is cited."""

    file: str
    line: int
    cited: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """A text as HTML, and what it cites in vain."""

    html: str
    dead: tuple[DeadCitation, ...]


class Citations:
    """Which page a cited number leads to.

    Args:
        paths: Page key -> path of its HTML from the root of the case.
    """

    def __init__(self, paths: Mapping[str, str]) -> None:
        self._paths = paths

    # Made when they are first needed: most sites cite numbers as they are printed, or nothing.
    @cached_property
    def _folded(self) -> dict[tuple[str, int, str], str]:
        return {_folded(key): path for key, path in self._paths.items()}

    @cached_property
    def _prefixes(self) -> frozenset[str]:
        return frozenset(prefix for prefix, _, _ in self._folded)

    def path(self, cited: str) -> str | None:
        """Return the path of the page *cited*, `None` if no such page is published."""
        exact = self._paths.get(cited)
        return exact if exact is not None else self._folded.get(_folded(cited))

    def is_citation(self, text: str) -> bool:
        """Tell whether *text* between single brackets cites a page: not every ``[note 3]`` does."""
        first = _DASH.split(text.strip())[0]
        if self.path(first) is not None:
            return True
        number = read_bates(first.partition("@")[0])
        if number is None or not number.prefix:
            return False
        if _folded(first)[0] in self._prefixes:
            return True
        is_year = number.width == 4 and 1900 <= number.number < 2100
        return bool(_CAPITALS.search(number.prefix)) and number.width >= _MIN_DIGITS and not is_year

    def ends(self, text: str) -> tuple[str, ...]:
        """Return the one or two numbers that *text* cites; the second of a range may lack its prefix."""
        parts = [part.strip() for part in _DASH.split(text.strip()) if part.strip()]
        if len(parts) != 2:
            return (text.strip(),)
        first, second = parts
        begin = read_bates(first)
        return (first, begin.prefix + second) if begin is not None and second.isdigit() else (first, second)


def _folded(key: str) -> tuple[str, int, str]:
    number, _, edition = key.partition("@")
    bates = read_bates(number)
    tail = edition.strip().casefold()
    if bates is None:
        return ("".join(number.casefold().split()), -1, tail)
    return ("".join(bates.prefix.casefold().split()), bates.number, f"{bates.suffix}@{tail}")


def rendered(markdown: str, citations: Citations, *, file: str, up: str, heading_shift: int = 1) -> Rendered:
    """Return *markdown* as HTML.

    Args:
        up: What leads from the page to the root of the case, e.g. ``../``.
        heading_shift: How many levels its headings go down, below the heading of the page.

    Raises:
        InputError: If the text is longer than any guide.
    """
    if len(markdown) > MAX_LETTERS:
        raise InputError(
            f"{file} has more than {MAX_LETTERS:,} letters.", hint="Divide the guide, or publish it as a document."
        )
    reader = _reader(citations)
    found = reader.parse(markdown)
    dead: list[DeadCitation] = []
    for token in found:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(6, int(token.tag[1]) + heading_shift)}"
        if token.type == "inline":
            dead += _resolved(token, citations, file=file, up=up)
    return Rendered(reader.renderer.render(found, reader.options, {}), tuple(dead))


def _resolved(inline: Token, citations: Citations, *, file: str, up: str) -> list[DeadCitation]:
    dead = []
    line = (inline.map[0] if inline.map else 0) + 1
    for child in inline.children or ():
        if child.type in {"softbreak", "hardbreak"}:
            line += 1
        elif child.type == "citation":
            ends = citations.ends(child.content)
            paths = [citations.path(end) for end in ends]
            dead += [DeadCitation(file, line, end) for end, path in zip(ends, paths, strict=True) if path is None]
            child.meta = {"links": [(end, up + path) for end, path in zip(ends, paths, strict=True) if path]}
        elif child.type == "link_open":
            child.attrSet("rel", "noopener noreferrer")
    return dead


def _reader(citations: Citations) -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False, "maxNesting": MAX_NESTING}).enable("table").disable("image")
    reader.validateLink = lambda url: url.startswith("#") or safe_url(url) is not None  # type: ignore[method-assign]

    def cite(state: StateInline, silent: bool) -> bool:
        if state.src[state.pos] != "[":
            return False
        found = _DOUBLE.match(state.src, state.pos)
        if found is None:
            found = _SINGLE.match(state.src, state.pos)
            if found is None or not citations.is_citation(found[1]):
                return False
        if not silent:
            state.push("citation", "", 0).content = found[1]
        state.pos = found.end()
        return True

    reader.inline.ruler.before("link", "citation", cite)
    reader.add_render_rule("citation", _citation_html)
    return reader


def _citation_html(self: RendererHTML, tokens: list[Token], idx: int, *_: object) -> str:
    links = tokens[idx].meta.get("links", [])
    return " – ".join(f'<a class="cite" href="{escape(path)}">{escape(end)}</a>' for end, path in links)
