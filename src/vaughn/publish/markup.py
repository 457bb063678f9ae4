"""The frame of every page: head, policy, navigation, search box, footer; and small pieces of HTML.

Every text goes through `esc` here or in the module that calls; nothing a record says is ever read as code. Built by
hand and not with a template library: one page is one join of a few strings, which is what makes 50,000 of them quick.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape as esc
from json.encoder import encode_basestring

from vaughn.publish.addresses import safe_url
from vaughn.publish.contents import CasePage, Site, SourceNote, Visibility, Words
from vaughn.publish.wording import Wording, in_language, is_said, language_of

POLICY = "default-src 'none'; img-src 'self'; style-src 'self'; base-uri 'none'; form-action 'self'"
POLICY_WITH_SEARCH = POLICY + "; script-src 'self'"


@dataclass(frozen=True, slots=True)
class Setting:
    """Which site, case and language a page belongs to.

    Args:
        folder: What stands before every path of this language: empty for the first one, else ``es/``.
    """

    site: Site
    words: Wording
    case: CasePage | None
    folder: str

    @property
    def language(self) -> str:
        """Language of the page."""
        return self.words.language

    def plain(self, words: Words) -> str:
        """Return *words* as text in the language of the page, if they were translated."""
        return in_language(words, self.language)

    def said(self, words: Words) -> str:
        """Return *words* as HTML, marked with their language where it is not that of the page."""
        text = esc(in_language(words, self.language))
        own = self.language_of(words)
        return text if own == self.language or not text else f'<span lang="{esc(own)}">{text}</span>'

    def language_of(self, words: Words) -> str:
        """Return the language in which *words* are shown."""
        return language_of(words, self.language, default=self.case.language if self.case else self.language)

    @property
    def own_case(self) -> CasePage:
        """The case that the page belongs to."""
        assert self.case is not None  # noqa: S101 - narrows the type: only the index of cases belongs to none
        return self.case

    @property
    def original(self) -> str:
        """`` lang="en"`` for what is in the language of the case where that is not the page's."""
        own = self.case.language if self.case else self.language
        return "" if own == self.language else f' lang="{esc(own)}"'


class Shell:
    """What stands around the content of every page of one folder.

    Args:
        depth: How many folders lie between the page and the root of the site, that of the language included.
        has_search: Whether the page runs the search; no other page runs anything.
    """

    def __init__(self, setting: Setting, *, depth: int, has_search: bool = False) -> None:
        self.setting = setting
        self.root = "../" * depth
        site, words, language = setting.site, setting.words, setting.language
        self.home = self.root + setting.folder
        self.slug = setting.case.slug if setting.case else ""
        policy = POLICY_WITH_SEARCH if has_search else POLICY
        title = setting.plain(site.title)
        self._start = (
            f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8">'
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
            '<meta name="viewport" content="width=device-width,initial-scale=1">'
            '<meta name="referrer" content="no-referrer"><meta name="color-scheme" content="light dark"><title>'
        )
        case_title = f" – {setting.case.caption}" if setting.case else ""
        script = f'<script src="{self.root}assets/search.js" defer></script>' if has_search else ""
        self._styles = (
            f'{esc(case_title)} – {esc(title)}</title><link rel="stylesheet" href="{self.root}assets/site.css">{script}'
        )
        self._top = (
            f'</head><body><a class="skip" href="#main">{esc(words["skip"])}</a><header class="top"><div class="bar">'
            f'<a class="site" href="{self.home}index.html">{setting.said(site.title)}</a>{self._search_box()}'
        )
        foot = f"<p>{esc(site.publisher)}</p><p>{words.html('footer')}</p>"
        self._end = f'</main><footer class="foot">{foot}</footer></body></html>\n'
        self._case_nav = f'{self._navigation()}</header><main id="main">'
        self._others = [other for other in site.languages if other != language]
        label = words.html("languages")
        self._before_languages = f'<nav class="languages" aria-label="{label}">'

    @property
    def case(self) -> CasePage:
        """The case that the pages belong to."""
        return self.setting.own_case

    def _search_box(self) -> str:
        words, case = self.setting.words, self.setting.case
        if case is None:
            return ""
        return (
            f'<form role="search" action="{self.home}{case.slug}/search.html" method="get">'
            f'<label class="unseen" for="q">{esc(words["search_label"])}</label>'
            f'<input id="q" name="q" type="search" autocomplete="off" placeholder="{esc(words["search_label"])}">'
            f"<button>{esc(words['search_button'])}</button></form>"
        )

    def _navigation(self) -> str:
        words, case = self.setting.words, self.setting.case
        if case is None:
            return ""
        pages = ("overview", "documents", "productions", "timeline", "litigation", "changes", "data")
        files = {"overview": "index"}
        links = "".join(
            f'<li><a href="{self.home}{case.slug}/{files.get(page, page)}.html">{esc(words[page])}</a></li>'
            for page in pages
        )
        return f'<nav class="case" aria-label="{esc(words["case_nav"])}"><ul>{links}</ul></nav>'

    def page(self, path: str, *, title: str, main: str, data: str = "") -> str:
        """Return a whole page.

        Args:
            path: Of this page from the root, without the folder of the language; safe as part of a link.
            title, main: HTML.
            data: JSON-LD as `json_ld` gives it.
        """
        return (
            f"{self._start}{title}{self._styles}{self._links(path)}{data}{self._top}{self._languages(path)}</div>"
            f"{self._case_nav}{main}{self._end}"
        )

    def _links(self, path: str) -> str:
        base = self.setting.site.base_url
        if not base:
            return ""
        shown = esc(base)
        alternates = "".join(
            f'<link rel="alternate" hreflang="{language}" href="{shown}{self._folder(language)}{path}">'
            for language in self._others
        )
        return f'<link rel="canonical" href="{shown}{self.setting.folder}{path}">{alternates}'

    def _languages(self, path: str) -> str:
        if not self._others:
            return ""
        links = "".join(
            f'<a lang="{language}" hreflang="{language}" href="{self.root}{self._folder(language)}{path}">'
            f"{LANGUAGE_NAMES[language]}</a>"
            for language in self._others
        )
        return f"{self._before_languages}{links}</nav>"

    def _folder(self, language: str) -> str:
        return "" if language == self.setting.site.languages[0] else f"{language}/"


LANGUAGE_NAMES = {"en": "English", "es": "Español"}


def json_ld(values: dict[str, object]) -> str:
    """Return *values* as a block of JSON-LD that no text can end early."""
    return f'<script type="application/ld+json">{json_text({"@context": "https://schema.org", **values})}</script>'


def json_text(values: dict[str, object]) -> str:
    """Return *values* as JSON in which no sign is read as HTML."""
    return _without_html(_JSON.encode(values))


def json_string(text: str) -> str:
    """Return *text* as JSON in which no sign is read as HTML; quicker than `json_text` where only a text differs."""
    return _without_html(encode_basestring(text))


def _without_html(text: str) -> str:
    return text.translate(_NO_HTML) if _HTML_SIGNS.search(text) else text


_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_HTML_SIGNS = re.compile("[<>&\u2028\u2029]")
_NO_HTML = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def link_out(url: str | None, text: str) -> str:
    """Return *text* (HTML) as a link to elsewhere if *url* is one a reader may be sent to."""
    url = safe_url(url)
    return f'<a href="{esc(url)}" rel="noopener noreferrer">{text}</a>' if url else text


def source_html(source: SourceNote) -> str:
    """Return where a fact stands."""
    citation = f" <span>{esc(source.citation)}</span>" if source.citation else ""
    return link_out(source.url, esc(source.title)) + citation


def sources_html(sources: Iterable[SourceNote]) -> str:
    """Return several sources one after the other."""
    return "; ".join(source_html(source) for source in sources)


def facts_html(facts: Iterable[tuple[str, str]]) -> str:
    """Return a list of label (text) and value (HTML); what is empty is left out."""
    rows = "".join(f"<div><dt>{esc(label)}</dt><dd>{value}</dd></div>" for label, value in facts if value)
    return f'<dl class="facts">{rows}</dl>' if rows else ""


def table_html(
    columns: Sequence[str], rows: Iterable[Sequence[str]], *, caption: str, is_caption_shown: bool = True
) -> str:
    """Return a table; head and caption are text, cells are HTML. On a phone each row becomes a card.

    Args:
        is_caption_shown: Not where it says the same as the heading above it; it is read out all the same.
    """
    names = [esc(column) for column in columns]
    body = "".join(
        "<tr>"
        + "".join(f'<td data-label="{name}">{cell}</td>' for name, cell in zip(names, row, strict=True))
        + "</tr>"
        for row in rows
    )
    return table_of_rows(columns, body, caption=caption, is_caption_shown=is_caption_shown)


def table_of_rows(columns: Sequence[str], body: str, *, caption: str, is_caption_shown: bool = True) -> str:
    """Return a table whose rows are HTML already."""
    head = "".join(f'<th scope="col">{esc(column)}</th>' for column in columns)
    mark = "" if is_caption_shown else ' class="unseen"'
    return f"<table><caption{mark}>{esc(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def section_html(anchor: str, heading: str, content: str) -> str:
    """Return a section with its heading (text), or nothing if it has no content."""
    return f'<section id="{anchor}"><h2>{esc(heading)}</h2>{content}</section>' if content else ""


def note_html(setting: Setting, words: Words) -> str:
    """Return *words* as a paragraph, or nothing."""
    return f'<p class="note">{setting.said(words)}</p>' if is_said(words) else ""


def part_name(name: str, place: int) -> str:
    """Return the file name of the part of a list at *place* (from 0); a comma stands in no other name."""
    return name if not place else f"{name},{place + 1}"


def parts_html(words: Wording, name: str, *, place: int, count: int) -> str:
    """Return links to the parts of a list, or nothing if it has only one."""
    if count < 2:
        return ""
    shown = sorted({0, count - 1, *range(max(0, place - 3), min(count, place + 4))})
    links = "".join(
        f'<li><a aria-current="page">{words.number(at + 1)}</a></li>'
        if at == place
        else f'<li><a href="{part_name(name, at)}.html">{words.number(at + 1)}</a></li>'
        for at in shown
    )
    return f'<nav class="parts" aria-label="{words.html("list_parts")}"><ul>{links}</ul></nav>'


def tombstone_html(setting: Setting, withdrawn: Visibility, *, what: str) -> str:
    """Return what is said in the place of what was withdrawn."""
    words = setting.words
    day = words["withdrawn_on"].format(day=words.day(withdrawn.withdrawn_on)) if withdrawn.withdrawn_on else ""
    reason = f"<p>{setting.said(withdrawn.reason)}</p>" if is_said(withdrawn.reason) else ""
    return f'<div class="withdrawn" role="note"><p><strong>{words.html(what)}</strong> {esc(day)}</p>{reason}</div>'
