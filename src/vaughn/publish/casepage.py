"""The page of a case and the longer pages it leads to: timeline, litigation, change log, data, guides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape as esc

from vaughn.publish.addresses import file_name
from vaughn.publish.changes import ChangeEntry
from vaughn.publish.contents import (
    CasePage,
    Contradiction,
    CourtOrder,
    Guide,
    Motion,
    RequestedItem,
    SourceNote,
    State,
    TimelineEvent,
    Words,
)
from vaughn.publish.guides import Citations, DeadCitation, rendered
from vaughn.publish.leaves import LeafPage
from vaughn.publish.lists import item_path, productions_table
from vaughn.publish.markup import (
    Setting,
    Shell,
    facts_html,
    json_ld,
    link_out,
    note_html,
    part_name,
    parts_html,
    section_html,
    sources_html,
    table_html,
    tombstone_html,
)
from vaughn.publish.wording import is_said

# What the page of the case shows of each; the longer pages have all of it.
MOST_EVENTS, MOST_MOTIONS, MOST_PRODUCTIONS, MOST_SELECTED, MOST_NEWS, MOST_CHANGES = 30, 12, 15, 40, 8, 5
MOST_CONTRADICTIONS = 6
EVENTS_PER_PAGE = 120
PAPERS_PER_PAGE = 40
CONTRADICTIONS_PER_PAGE = 30
CHANGES_PER_PAGE = 100
DATA_FILES = (
    ("case.json", "data_case"),
    ("documents.json", "data_documents"),
    ("documents.csv", "data_documents"),
    ("pages.csv", "data_pages"),
    ("productions.csv", "data_productions"),
    ("events.csv", "data_events"),
)


@dataclass(frozen=True, slots=True)
class CaseLinks:
    """What the pages of a case link to.

    Args:
        titles: Document id -> its title and first number, of documents that can be read.
        has_timeline: Whether a drawing of the timeline lies in the site, by language.
    """

    citations: Citations
    titles: dict[str, tuple[Words, str]]
    has_timeline: bool
    changes: tuple[ChangeEntry, ...]


class CasePages:
    """Writes the pages of one case in one language; dead citations collect in `dead`."""

    def __init__(self, setting: Setting, case: CasePage, links: CaseLinks) -> None:
        self._setting, self._case, self._links = setting, case, links
        depth = setting.folder.count("/") + 1
        self._near, self._far = Shell(setting, depth=depth), Shell(setting, depth=depth + 1)
        self.dead: list[DeadCitation] = []

    def pages(self) -> Iterator[LeafPage]:
        """Yield the page of the case and every page below it but documents and their lists."""
        yield self._overview()
        yield from self._timeline()
        yield from self._litigation()
        yield from self._contradictions()
        yield from self._changes()
        yield self._data()
        yield self._search()
        for guide in self._case.guides:
            yield self._guide(guide.slug)

    def _written(self, name: str, title: str, main: str, *, data: str = "") -> LeafPage:
        path = f"{self._case.slug}/{name}.html"
        return LeafPage(path, self._near.page(path, title=esc(title), main=main, data=data))

    def _markdown(self, words: Words, *, file: str, up: str = "", shift: int = 2) -> str:
        if not is_said(words):
            return ""
        setting = self._setting
        found = rendered(setting.plain(words), self._links.citations, file=file, up=up, heading_shift=shift)
        self.dead += found.dead
        own = setting.language_of(words)
        mark = f' lang="{esc(own)}"' if own != setting.language else ""
        return f'<div class="prose"{mark}>{found.html}</div>'

    # -- the page of the case ---------------------------------------------------------------------------------------
    def _overview(self) -> LeafPage:
        case, words, setting = self._case, self._setting.words, self._setting
        facts = facts_html(((words["court"], esc(case.court)), (words["docket_number"], esc(case.docket_number))))
        sections = (
            ("synopsis", words["synopsis"], self._markdown(case.synopsis, file="synopsis")),
            ("status", words["status"], self._markdown(case.status, file="status")),
            ("news", words["news"], self._news()),
            ("asked", words["asked"], self._asked(case.asked)),
            ("purpose", words["purpose"], self._markdown(case.purpose, file="purpose")),
            ("parties", words["parties"], self._parties()),
            ("timeline", words["timeline"], self._short_timeline()),
            ("productions", words["productions"], self._short_productions()),
            ("selected", words["selected"], self._selected()),
            ("guides", words["guides"], self._guides()),
            ("litigation", words["motions"], self._short_litigation()),
            ("contradictions", words["contradictions"], self._short_contradictions()),
            ("related", words["related"], self._related()),
            ("resources", words["resources"], self._resources()),
            ("act", words["actions"], self._actions()),
            ("contact", words["contact"], self._markdown(case.contact, file="contact")),
        )
        shown = [(anchor, title, content) for anchor, title, content in sections if content]
        contents = "".join(f'<li><a href="#{anchor}">{esc(title)}</a></li>' for anchor, title, _ in shown)
        pdf = f"{self._near.root}{case.slug}/case-{setting.language}.pdf"
        main = (
            f"<h1{setting.original}>{esc(case.caption)}</h1>{facts}"
            f'<p class="offers"><a href="{pdf}">{words.html("pdf")}</a> {self._feed_link()}</p>'
            f'<nav class="contents" aria-label="{words.html("about_case")}"><ul>{contents}</ul></nav>'
            + "".join(section_html(anchor, title, content) for anchor, title, content in shown)
        )
        return self._written("index", words["overview"], main, data=self._case_data())

    def _feed_link(self) -> str:
        return f'<a href="{self._near.root}{self._case.slug}/feed.xml">{self._setting.words.html("feed")}</a>'

    def _case_data(self) -> str:
        case = self._case
        return json_ld(
            {
                "@type": "Collection",
                "name": case.caption,
                "identifier": case.docket_number,
                "collectionSize": sum(1 for d in case.documents if d.visibility.state is not State.WITHDRAWN),
            }
        )

    def _news(self) -> str:
        words = self._setting.words
        newest = sorted(self._case.news, key=lambda entry: entry.day, reverse=True)[:MOST_NEWS]
        listed = "".join(
            f"<li><time>{words.day(entry.day)}</time> "
            f"<strong>{link_out(entry.url, self._setting.said(entry.title))}</strong>"
            f"{self._markdown(entry.markdown, file='news', shift=3)}</li>"
            for entry in newest
        )
        changes = "".join(
            f"<li><time>{words.day(entry.day)}</time> {self._change_counts(entry)}</li>"
            for entry in self._links.changes[:MOST_CHANGES]
        )
        more = f'<p><a href="changes.html">{esc(words["changes"])}</a></p>' if changes else ""
        return f'<ul class="dated">{listed}{changes}</ul>{more}' if listed or changes else ""

    def _asked(self, items: tuple[RequestedItem, ...]) -> str:
        if not items:
            return ""
        count = {item.key: sum(1 for d in self._case.documents if item.key in d.items) for item in items}
        return (
            "<ul>"
            + "".join(
                f'<li><a href="{item_path(item.key)}">{self._setting.said(item.title)}</a> '
                f"<span>({self._setting.words.count('documents_count', count[item.key])})</span>"
                f"{note_html(self._setting, item.note)}{self._asked(item.parts)}</li>"
                for item in items
            )
            + "</ul>"
        )

    def _parties(self) -> str:
        words, setting = self._setting.words, self._setting
        rows = [
            (
                esc(party.name) + note_html(setting, party.note),
                setting.said(party.role),
                "; ".join(map(esc, party.counsel)),
            )
            for party in self._case.parties
        ]
        columns = (words["party"], words["role"], words["counsel"])
        return table_html(columns, rows, caption=words["parties"], is_caption_shown=False) if rows else ""

    def _short_productions(self) -> str:
        words = self._setting.words
        more = (
            f'<p><a href="productions.html">{words.html("all_productions")}</a> · '
            f'<a href="documents.html">{words.html("all_documents")}</a></p>'
        )
        table = productions_table(self._setting, self._case, MOST_PRODUCTIONS)
        return table + more if table else ""

    def _selected(self) -> str:
        setting = self._setting
        items = []
        for choice in self._case.selected[:MOST_SELECTED]:
            title, number = self._links.titles.get(choice.document or "", ("", choice.number))
            said = setting.said(choice.title) or setting.said(title) or esc(number)
            if choice.document is not None:
                said = f'<a href="d/{file_name(choice.document)}.html">{said}</a>'
            caption = setting.said(choice.caption)
            items.append(f'<li>{said} <span class="number">{esc(number)}</span><p>{caption}</p></li>')
        return f'<ol class="selected">{"".join(items)}</ol>' if items else ""

    def _guides(self) -> str:
        links = []
        for guide in self._case.guides:
            if guide.visibility.state is State.WITHDRAWN:
                continue
            said = self._setting.said(guide.title)
            own = f'<a href="guide/{guide.slug}.html">{said}</a>'
            link = own if is_said(guide.markdown) else link_out(guide.url, said)
            links.append(f"<li>{link} <span>{self._guide_facts(guide)}</span></li>")
        return f"<ul>{''.join(links)}</ul>" if links else ""

    def _guide_facts(self, guide: Guide) -> str:
        words = self._setting.words
        return esc(", ".join(filter(None, (guide.by, words.day(guide.day) if guide.day else ""))))

    def _related(self) -> str:
        return self._list_of(
            f"{link_out(one.url, esc(one.caption))} "
            f"<span>{esc(', '.join(filter(None, (one.docket_number, one.court))))}</span>"
            f"{note_html(self._setting, one.note)}"
            for one in self._case.related
        )

    def _resources(self) -> str:
        return self._list_of(
            link_out(one.url, self._setting.said(one.title)) + note_html(self._setting, one.note)
            for one in self._case.resources
        )

    def _actions(self) -> str:
        return self._list_of(
            f"<strong>{link_out(one.url, self._setting.said(one.title))}</strong>"
            f"{self._markdown(one.markdown, file='ways to act', shift=3)}"
            for one in self._case.actions
        )

    def _list_of(self, items: Iterator[str]) -> str:
        listed = "".join(f"<li>{item}</li>" for item in items)
        return f"<ul>{listed}</ul>" if listed else ""

    def _short_contradictions(self) -> str:
        words, all_of_them = self._setting.words, self._case.contradictions
        if not all_of_them:
            return ""
        intro = f"<p>{words.html('contradictions_intro')}</p>"
        listed = "".join(self._contradiction(one, level=3) for one in all_of_them[:MOST_CONTRADICTIONS])
        more = words["more_contradictions"].format(count=words.number(len(all_of_them)))
        return f'{intro}{listed}<p><a href="contradictions.html">{esc(more)}</a></p>'

    def _contradiction(self, one: Contradiction, *, level: int) -> str:
        """Return one contradiction: each value once, with all who say so."""
        setting = self._setting
        sources: dict[str, list[SourceNote]] = {}
        for value in one.values:
            sources.setdefault(setting.said(value.value), []).append(value.source)
        values = "".join(
            f'<li>{said} <span class="source">{sources_html(notes)}</span></li>' for said, notes in sources.items()
        )
        heading = f"<h{level}>{setting.said(one.topic)}</h{level}>"
        return f"{heading}<ul>{values}</ul>{note_html(setting, one.note)}"

    def _contradictions(self) -> Iterator[LeafPage]:
        words, found = self._setting.words, self._case.contradictions
        count = -(-len(found) // CONTRADICTIONS_PER_PAGE)
        for place in range(count):
            part = found[place * CONTRADICTIONS_PER_PAGE : (place + 1) * CONTRADICTIONS_PER_PAGE]
            intro = f"<h1>{words.html('contradictions')}</h1><p>{words.html('contradictions_intro')}</p>"
            turning = parts_html(words, "contradictions", place=place, count=count)
            listed = "".join(self._contradiction(one, level=2) for one in part)
            yield self._written(part_name("contradictions", place), words["contradictions"], intro + turning + listed)

    # -- timeline ---------------------------------------------------------------------------------------------------
    def _short_timeline(self) -> str:
        if not self._case.events:
            return ""
        words = self._setting.words
        events = self._case.events[-MOST_EVENTS:]
        rows = [(self._event_day(event), self._setting.said(event.title)) for event in events]
        table = table_html((words["day"], words["event"]), rows, caption=words["timeline"], is_caption_shown=False)
        return f'{self._drawing()}{table}<p><a href="timeline.html">{esc(words["more_timeline"])}</a></p>'

    def _drawing(self) -> str:
        if not self._links.has_timeline:
            return ""
        path = f"{self._near.root}{self._case.slug}/timeline-{self._setting.language}.svg"
        return f'<figure class="drawing"><img src="{path}" alt="{esc(self._setting.words["timeline_alt"])}"></figure>'

    def _event_day(self, event: TimelineEvent) -> str:
        words = self._setting.words
        if event.when:
            return esc(event.when)
        return words.day(event.day) if event.day else esc(words["unknown_day"])

    def _timeline(self) -> Iterator[LeafPage]:
        words, setting, events = self._setting.words, self._setting, self._case.events
        count = max(1, -(-len(events) // EVENTS_PER_PAGE))
        for place in range(count):
            rows = [
                (
                    self._event_day(event),
                    setting.said(event.title),
                    esc(event.lane),
                    esc(self._confidence(event.confidence)),
                    sources_html(event.sources),
                )
                for event in events[place * EVENTS_PER_PAGE : (place + 1) * EVENTS_PER_PAGE]
            ]
            columns = [words[key] for key in ("day", "event", "lane", "confidence", "source")]
            table = (
                table_html(columns, rows, caption=words["timeline"], is_caption_shown=False)
                if rows
                else f"<p>{esc(words['nothing_here'])}</p>"
            )
            turning = parts_html(words, "timeline", place=place, count=count)
            drawing = "" if place else self._drawing()
            name = part_name("timeline", place)
            yield self._written(name, words["timeline"], f"<h1>{esc(words['timeline'])}</h1>{drawing}{turning}{table}")

    def _confidence(self, confidence: str) -> str:
        key = f"confidence_{confidence.replace(' ', '_')}"
        return self._setting.words.get(key, confidence)

    # -- in court ---------------------------------------------------------------------------------------------------
    def _short_litigation(self) -> str:
        case, words = self._case, self._setting.words
        motions = "".join(map(self._motion, case.motions[-MOST_MOTIONS:]))
        more = f'<p><a href="litigation.html">{esc(words["more_litigation"])}</a></p>'
        return motions + more if case.motions or case.orders else ""

    def _litigation(self) -> Iterator[LeafPage]:
        words = self._setting.words
        found = [("orders", self._order(one)) for one in self._case.orders]
        found += [("motions", self._motion(one)) for one in self._case.motions]
        count = max(1, -(-len(found) // PAPERS_PER_PAGE))
        for place in range(count):
            part = found[place * PAPERS_PER_PAGE : (place + 1) * PAPERS_PER_PAGE]
            sections = "".join(
                section_html(kind, words[kind], "".join(html for own, html in part if own == kind))
                for kind in ("orders", "motions")
            )
            turning = parts_html(words, "litigation", place=place, count=count)
            listed = sections or f"<p>{words.html('nothing_here')}</p>"
            main = f"<h1>{words.html('litigation')}</h1>{turning}{listed}"
            yield self._written(part_name("litigation", place), words["litigation"], main)

    def _motion(self, motion: Motion) -> str:
        words, setting = self._setting.words, self._setting
        day = f"<time>{words.day(motion.day)}</time> " if motion.day else ""
        relief = f"<p>{esc(words['relief'])}: {setting.said(motion.relief)}</p>" if is_said(motion.relief) else ""
        filings = "".join(
            f"<li>{words.day(filing.day) + ' ' if filing.day else ''}"
            f"{self._filing_link(filing.document, filing.url, filing.title)}"
            f" <span>{esc(', '.join(filter(None, (filing.number, filing.party))))}</span></li>"
            for filing in motion.filings
        )
        outcomes = "".join(f"<li>{esc(one.party)}: {setting.said(one.result)}</li>" for one in motion.outcomes)
        return (
            f"<h3>{day}{setting.said(motion.title)}</h3>{relief}"
            + (f"<ul>{filings}</ul>" if filings else "")
            + (f"<p>{esc(words['outcome'])}</p><ul>{outcomes}</ul>" if outcomes else "")
        )

    def _filing_link(self, document: str | None, url: str | None, title: Words) -> str:
        said = self._setting.said(title)
        return f'<a href="d/{file_name(document)}.html">{said}</a>' if document else link_out(url, said)

    def _order(self, order: CourtOrder) -> str:
        words, setting = self._setting.words, self._setting
        states = "".join(
            f"<li>{words.day(change.day) + ': ' if change.day else ''}{setting.said(change.state)}</li>"
            for change in order.states
        )
        rows = [
            (
                esc(duty.who),
                setting.said(duty.what) + note_html(setting, duty.note),
                words.day(duty.due) if duty.due else "",
                setting.said(duty.state),
            )
            for duty in order.obligations
        ]
        columns = [words[key] for key in ("who", "requirement", "due", "state")]
        table = table_html(columns, rows, caption=words["requirement"], is_caption_shown=False) if rows else ""
        day = f"<time>{words.day(order.day)}</time> " if order.day else ""
        sources = (
            f"<p class='source'>{esc(words['source'])}: {sources_html(order.sources)}</p>" if order.sources else ""
        )
        listed = f"<p>{esc(words['states'])}</p><ul>{states}</ul>" if states else ""
        return f"<h3>{day}{setting.said(order.title)}</h3>{listed}{table}{sources}"

    # -- the rest ---------------------------------------------------------------------------------------------------
    def _guide(self, slug: str) -> LeafPage:
        guide = next(one for one in self._case.guides if one.slug == slug)
        path = f"{self._case.slug}/guide/{slug}.html"
        words = self._setting.words
        if guide.visibility.state is State.WITHDRAWN:
            title = words["withdrawn_title"]
            main = f"<h1>{esc(title)}</h1>{tombstone_html(self._setting, guide.visibility, what='withdrawn_guide')}"
            return LeafPage(path, self._far.page(path, title=esc(title), main=main))
        text = self._markdown(guide.markdown, file=guide.file, up="../", shift=1)
        sub = f'<p class="sub">{self._guide_facts(guide)}</p>' if guide.by or guide.day else ""
        main = f'<p class="kicker">{esc(words["guides"])}</p><h1>{self._setting.said(guide.title)}</h1>{sub}{text}'
        return LeafPage(path, self._far.page(path, title=esc(self._setting.plain(guide.title)), main=main))

    def _change_counts(self, entry: ChangeEntry) -> str:
        words = self._setting.words
        counts = (
            (("change_added"), entry.added),
            ("change_changed", entry.changed),
            ("change_withdrawn", entry.withdrawn),
        )
        return "; ".join(f"{esc(words[key])}: {words.count('documents_count', len(ids))}" for key, ids in counts if ids)

    def _changes(self) -> Iterator[LeafPage]:
        words = self._setting.words
        entries = self._links.changes
        count = max(1, -(-len(entries) // CHANGES_PER_PAGE))
        for place in range(count):
            parts = []
            for entry in entries[place * CHANGES_PER_PAGE : (place + 1) * CHANGES_PER_PAGE]:
                groups = (
                    (("change_added"), entry.added),
                    ("change_changed", entry.changed),
                    ("change_withdrawn", entry.withdrawn),
                )
                lines = "".join(f"<li>{esc(words[key])}: {self._named(ids)}</li>" for key, ids in groups if ids)
                parts.append(f"<h2>{words.day(entry.day)}</h2><ul>{lines}</ul>")
            body = "".join(parts) or f"<p>{esc(words['no_changes'])}</p>"
            turning = parts_html(words, "changes", place=place, count=count)
            name = part_name("changes", place)
            intro = f"<h1>{words.html('changes')}</h1><p>{words.html('changes_intro')}</p>"
            main = f"{intro}<p>{self._feed_link()}</p>{turning}{body}"
            yield self._written(name, words["changes"], main)

    def _named(self, ids: tuple[str, ...]) -> str:
        """Return links to the first of the documents and how many more there are."""
        most = 20
        links = ", ".join(
            f'<a href="d/{file_name(one)}.html">{esc(self._links.titles.get(one, ("", one))[1])}</a>'
            for one in ids[:most]
        )
        words = self._setting.words
        rest = f" {esc(words['change_more'].format(count=words.number(len(ids) - most)))}" if len(ids) > most else ""
        return links + rest

    def _data(self) -> LeafPage:
        words = self._setting.words
        root = f"{self._near.root}{self._case.slug}/data/"
        rows = [(f'<a href="{root}{name}" download>{name}</a>', esc(words[key])) for name, key in DATA_FILES]
        table = table_html((words["file"], words["holds"]), rows, caption=words["data_intro"])
        return self._written("data", words["data"], f"<h1>{esc(words['data'])}</h1>{table}")

    def _search(self) -> LeafPage:
        words = self._setting.words
        shell = Shell(self._setting, depth=self._setting.folder.count("/") + 1, has_search=True)
        phrases = ("found", "none", "more", "working", "at_least", "failed", "whole_document")
        said = "".join(f' data-{key.replace("_", "-")}="{esc(words["search_" + key])}"' for key in phrases)
        path = f"{self._case.slug}/search.html"
        main = (
            f"<h1>{esc(words['search'])}</h1><p>{esc(words['search_intro'])}</p>"
            f'<noscript><p class="missing">{esc(words["search_noscript"])}</p></noscript>'
            f'<div id="results" data-root="{self._near.root}{self._case.slug}/"'
            f' data-thousands="{words.html("thousands")}"{said}><p id="count" role="status"></p><ol id="hits"></ol>'
            f'<button id="more" hidden>{words.html("search_more")}</button></div>'
        )
        return LeafPage(path, shell.page(path, title=words.html("search"), main=main))
