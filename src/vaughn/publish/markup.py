"""The frame of every page: head, policy, navigation, search box, footer; and small pieces of HTML.

Every text goes through `esc` here or in the module that calls; nothing a record says is ever read as code. Built by
hand and not with a template library: one page is one join of a few strings, which is what makes 50,000 of them quick.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape as esc

from vaughn.publish.addresses import quoted, safe_url
from vaughn.publish.contents import CasePage, Site, SourceNote, Words
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
        self._styles = f'{esc(case_title)} – {esc(title)}</title><link rel="stylesheet" href="{self.root}assets/site.css">{script}'
        self._top = (
            f'</head><body><a class="skip" href="#main">{esc(words["skip"])}</a><header class="top"><div class="bar">'
            f'<a class="site" href="{self.home}index.html">{setting.said(site.title)}</a>{self._search_box()}'
        )
        self._end = (
            f'</main><footer class="foot"><p>{esc(site.publisher)}</p><p>{esc(words["footer"])}</p></footer></body></html>\n'
        )
        self._case_nav = self._navigation()

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
            path: Of this page from the root, without the folder of the language.
            main: HTML of the content.
            data: JSON-LD as `json_ld` gives it.
        """
        here = quoted(path)
        return (
            f"{self._start}{esc(title)}{self._styles}{self._links(here)}{data}{self._top}{self._languages(here)}</div>"
            f'{self._case_nav}</header><main id="main">{main}{self._end}'
        )

    def _links(self, path: str) -> str:
        setting = self.setting
        base = setting.site.base_url
        links = f'<link rel="canonical" href="{esc(base)}{setting.folder}{path}">' if base else ""
        for language in setting.site.languages:
            if language != setting.language and base:
                links += f'<link rel="alternate" hreflang="{language}" href="{esc(base)}{self._folder(language)}{path}">'
        return links

    def _languages(self, path: str) -> str:
        setting = self.setting
        others = [language for language in setting.site.languages if language != setting.language]
        if not others:
            return ""
        links = "".join(
            f'<a lang="{language}" hreflang="{language}" href="{self.root}{self._folder(language)}{path}">'
            f"{_LANGUAGE_NAMES[language]}</a>"
            for language in others
        )
        return f'<nav class="languages" aria-label="{esc(setting.words["languages"])}">{links}</nav>'

    def _folder(self, language: str) -> str:
        return "" if language == self.setting.site.languages[0] else f"{language}/"


_LANGUAGE_NAMES = {"en": "English", "es": "Español"}


def json_ld(values: dict[str, object]) -> str:
    """Return *values* as a block of JSON-LD that no text can end early."""
    text = json.dumps({"@context": "https://schema.org", **values}, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return f'<script type="application/ld+json">{text}</script>'


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


def table_html(columns: Sequence[str], rows: Iterable[Sequence[str]], *, caption: str) -> str:
    """Return a table; head and caption are text, cells are HTML. On a phone each row becomes a card."""
    head = "".join(f'<th scope="col">{esc(column)}</th>' for column in columns)
    names = [esc(column) for column in columns]
    body = "".join(
        "<tr>"
        + "".join(f'<td data-label="{name}">{cell}</td>' for name, cell in zip(names, row, strict=True))
        + "</tr>"
        for row in rows
    )
    return (
        f'<table><caption>{esc(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    )


def section_html(anchor: str, heading: str, content: str) -> str:
    """Return a section with its heading (text), or nothing if it has no content."""
    return f'<section id="{anchor}"><h2>{esc(heading)}</h2>{content}</section>' if content else ""


def note_html(setting: Setting, words: Words) -> str:
    """Return *words* as a paragraph, or nothing."""
    return f'<p class="note">{setting.said(words)}</p>' if is_said(words) else ""
