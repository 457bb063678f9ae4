"""What an HTML body says, as plain text: blocks, lists, tables, quotations, links with their targets; what is hidden.

Parsed by libxml2 through lxml as a stream of tags, so no tree is built and depth does not matter.
Nothing is loaded: pictures are shown by their alternative text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

# A body that says more is a bomb, or a database.
MAX_CHARACTERS = 8_000_000
MAX_QUOTES = 12
_FEED = 64 * 1024

# fmt: off
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dir", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "legend",
    "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul",
})
_SPACED = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "blockquote", "pre"})
_SILENT = frozenset({"script", "style", "head", "title", "noscript", "template", "object", "applet"})
_NO_END = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
})
# fmt: on
_LISTS = frozenset({"ol", "ul", "menu", "dir"})
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|font-size\s*:\s*0(?:\.0+)?(?:px|pt|em|%|\s*(?:;|$|!))"
    r"|opacity\s*:\s*0(?:\.0+)?\s*(?:;|$|!)",
    re.I,
)
_BLANKS = re.compile(r"[ \t\n\r\f\v\u200b\ufeff]+")
_WIDE = re.compile(r"(?<=\S) {3,}")
_LETTERS = re.compile(r"\w")
_SHOWN_LINKS = ("http://", "https://", "ftp://", "mailto:", "file:")


@dataclass(frozen=True, slots=True)
class HtmlText:
    """The text of an HTML body.

    Args:
        hidden: What is in it and is not shown to whoever opens the message.
        is_cut: Whether it was longer than `MAX_CHARACTERS`.
    """

    text: str
    hidden: str = ""
    is_cut: bool = False


def text_of_html(html: str) -> HtmlText:
    """Return what *html* says."""
    writer = _Writer()
    parser = etree.HTMLParser(target=writer, encoding="utf-8", huge_tree=True, no_network=True, remove_pis=True)
    data = html.replace("\0", "").encode("utf-8", "replace")
    if not data.strip():
        return HtmlText("")
    try:
        for at in range(0, len(data), _FEED):
            parser.feed(data[at : at + _FEED])
            if writer.is_cut:
                break
        parser.close()
    except etree.LxmlError:
        # Nothing in it that could be a tag; what came before the fault is kept.
        pass
    return writer.result()


class _Writer:
    """Takes tags and text as they come and writes lines."""

    def __init__(self) -> None:
        self.is_cut = False
        self._lines: list[str] = []
        self._line: list[str] = []
        self._hidden: list[str] = []
        self._written = 0
        self._gap = False
        self._open: list[tuple[str, str]] = []
        self._silent = self._concealed = self._pre = self._quotes = 0
        self._lists: list[int] = []
        self._links: list[tuple[str, int]] = []
        self._cells = [0]

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if not isinstance(tag, str):
            return
        tag = tag.lower()
        state = ""
        if tag in _SILENT:
            state, self._silent = "s", self._silent + 1
        elif attributes and _is_hidden(attributes):
            state, self._concealed = "h", self._concealed + 1
        if tag not in _NO_END:
            self._open.append((tag, state))
        if not self._silent:
            self._begin(tag, attributes)

    def _begin(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "br":
            self._end_line(blank=True)
        elif tag in _BLOCKS:
            self._begin_block(tag, attributes)
        elif tag in {"td", "th"}:
            if self._cells[-1] and self._line:
                self._line.append("  ")
            self._cells[-1] += 1
        elif tag == "img":
            words = _BLANKS.sub(" ", attributes.get("alt", "")).strip()
            if words:
                self._say(f"[{words}]")
        elif tag == "a":
            self._links.append((attributes.get("href", ""), len(self._line)))

    def _begin_block(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "tr":
            self._cells[-1] = 0
            if len(self._cells) > 1 and any(one.strip() for one in self._line):
                self._end_line()
            return
        if tag == "table":
            self._cells.append(0)
        inside_cell = len(self._cells) > 1 and tag in {"p", "div", "center"} and not any(map(str.strip, self._line))
        if not inside_cell:
            self._end_line()
        if tag in _SPACED and not inside_cell:
            self._gap = True
        if tag in _LISTS:
            start = attributes.get("start", "1")
            self._lists.append(int(start) if tag == "ol" and start.isdecimal() and len(start) < 7 else -1)
        else:
            self._mark(tag)

    def _mark(self, tag: str) -> None:
        if tag == "li":
            self._say(self._bullet())
        elif tag == "pre":
            self._pre += 1
        elif tag == "blockquote":
            self._quotes += 1
        elif tag == "hr":
            self._say("-" * 40)
            self._end_line()

    def _bullet(self) -> str:
        depth = "  " * min(max(0, len(self._lists) - 1), MAX_QUOTES)
        if not self._lists or self._lists[-1] < 0:
            return f"{depth}* "
        self._lists[-1] += 1
        return f"{depth}{self._lists[-1] - 1}. "

    def end(self, tag: str) -> None:
        """An element ends."""
        tag = tag.lower() if isinstance(tag, str) else ""
        while self._open:
            opened, state = self._open.pop()
            self._finish(opened)
            self._silent -= state == "s"
            self._concealed -= state == "h"
            if opened == tag:
                break

    def _finish(self, tag: str) -> None:
        if self._silent:
            return
        if tag == "a" and self._links:
            self._write_target(*self._links.pop())
        elif tag == "table" and len(self._cells) > 1:
            self._end_line()
            self._cells.pop()
        elif tag in _LISTS and self._lists:
            self._lists.pop()
        if tag in _BLOCKS and not (len(self._cells) > 1 and tag in {"p", "div", "center", "tbody"}):
            self._end_line()
        if tag in _SPACED:
            self._gap = self._gap or len(self._cells) == 1
        if tag == "pre" and self._pre:
            self._pre -= 1
        elif tag == "blockquote" and self._quotes:
            self._quotes -= 1

    def _write_target(self, href: str, since: int) -> None:
        target = href.strip()
        if not target.lower().startswith(_SHOWN_LINKS):
            return
        shown = "".join(self._line[since:]).strip()
        bare = target.removeprefix("mailto:").split("?")[0] if target.lower().startswith("mailto:") else target
        if bare.rstrip("/").lower() not in {shown.rstrip("/").lower(), f"http://{shown}".rstrip("/").lower(),
                                            f"https://{shown}".rstrip("/").lower()} and bare:  # fmt: skip
            self._say(f" <{bare}>" if shown else f"<{bare}>")

    def data(self, text: str) -> None:
        """Text comes."""
        if self._silent:
            return
        if self._concealed:
            self._hidden.append(text)
            return
        if self._pre:
            first, *others = text.split("\n")
            self._say(first)
            for one in others:
                self._end_line(blank=True)
                self._say(one)
            return
        words = _BLANKS.sub(" ", text)
        if words != " " or (self._line and not self._line[-1].endswith(" ")):
            self._say(words)

    def comment(self, text: str) -> None:
        """Comments say nothing to the reader."""

    def close(self) -> None:
        """The end."""

    def _say(self, words: str) -> None:
        if self._concealed:
            self._hidden.append(words)
            return
        self._written += len(words)
        if self._written > MAX_CHARACTERS:
            self.is_cut = True
            return
        self._line.append(words)

    def _end_line(self, *, blank: bool = False) -> None:
        line = "".join(self._line)
        if self._pre or line.lstrip(" ").startswith(("* ", "-")):
            line = line.rstrip()
        else:
            line = _WIDE.sub("  ", line.strip(" \xa0"))
        self._line.clear()
        if not line and not blank:
            return
        mark = "> " * min(self._quotes, MAX_QUOTES)
        if self._gap and self._lines and self._lines[-1].strip("> "):
            self._lines.append(mark.rstrip())
        self._gap = False
        if (
            line
            or not self._lines
            or len(self._lines) < 2
            or self._lines[-1].strip("> ")
            or self._lines[-2].strip("> ")
        ):
            self._lines.append((mark + line).rstrip())

    def result(self) -> HtmlText:
        """Return what was written."""
        self._end_line()
        hidden = _BLANKS.sub(" ", "".join(self._hidden).replace("\xa0", " ").replace("\u200c", "")).strip()
        text = "\n".join(self._lines).replace("\xa0", " ").strip("\n")
        return HtmlText(text, hidden[:MAX_CHARACTERS] if _LETTERS.search(hidden) else "", self.is_cut)


def _is_hidden(attributes: dict[str, str]) -> bool:
    style = attributes.get("style")
    return (style is not None and _HIDDEN.search(style) is not None) or "hidden" in attributes
