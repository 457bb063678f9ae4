"""Lists of documents: all of them, by production, by agency, by what was asked for; long ones in parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape as esc

from vaughn.model import LedgerLine
from vaughn.publish.addresses import file_name, key_name
from vaughn.publish.contents import CasePage, ProductionEntry, PublishedDocument, RequestedItem, State
from vaughn.publish.leaves import LeafPage, PageLink
from vaughn.publish.markup import (
    Setting,
    Shell,
    facts_html,
    note_html,
    part_name,
    parts_html,
    section_html,
    table_html,
    table_of_rows,
    tombstone_html,
)
from vaughn.publish.wording import in_language

DOCUMENTS_PER_PART = 100
_COLUMNS = ("bates", "title", "agency", "day", "pages_label")


def production_path(key: str) -> str:
    """Return the path of a production's page from the root of the case."""
    return f"production/{key_name(key)}.html"


def agency_path(agency: str) -> str:
    """Return the path of an agency's list from the root of the case."""
    return f"agency/{file_name(agency)}.html"


def item_path(key: str) -> str:
    """Return the path of the list of what answers an item from the root of the case."""
    return f"item/{key_name(key)}.html"


def all_items(items: Sequence[RequestedItem], depth: int = 0) -> Iterator[tuple[int, RequestedItem]]:
    """Yield every item of the tree with its depth, parts after their whole."""
    for item in items:
        yield depth, item
        yield from all_items(item.parts, depth + 1)


class DocumentLists:
    """Writes the lists of one case in one language."""

    def __init__(self, setting: Setting, case: CasePage) -> None:
        self._setting, self._case = setting, case
        self._shown = tuple(d for d in case.documents if d.visibility.state is not State.WITHDRAWN)
        depth = setting.folder.count("/") + 1
        self._near, self._far = Shell(setting, depth=depth), Shell(setting, depth=depth + 1)
        self._names = {entry.key: entry.name for entry in case.productions}
        self._rows: dict[str, str] = {}
        starts = [f'<td data-label="{setting.words.html(key)}">' for key in _COLUMNS]
        self._cell_starts = (starts[0], *(f"</td>{start}" for start in starts[1:]))

    def pages(self) -> Iterator[LeafPage]:
        """Yield every list."""
        words = self._setting.words
        yield from self._listed(self._near, "documents", words["documents"], self._shown, intro=self._ways_in())
        yield self._productions()
        for entry in self._case.productions:
            own = tuple(document for document in self._shown if document.production == entry.key)
            path = production_path(entry.key).removesuffix(".html")
            yield from self._listed(self._far, path, entry.name, own, intro=self._production_intro(entry, own))
        for agency in _in_order(document.agency for document in self._shown):
            own = tuple(document for document in self._shown if document.agency == agency)
            yield from self._listed(self._far, agency_path(agency).removesuffix(".html"), agency, own)
        for _, item in all_items(self._case.asked):
            own = tuple(document for document in self._shown if item.key in document.items)
            title = self._setting.plain(item.title)
            path = item_path(item.key).removesuffix(".html")
            yield from self._listed(self._far, path, title, own, intro=note_html(self._setting, item.note))

    def _listed(
        self, shell: Shell, path: str, title: str, documents: tuple[PublishedDocument, ...], *, intro: str = ""
    ) -> Iterator[LeafPage]:
        words = self._setting.words
        size = DOCUMENTS_PER_PART
        parts = [documents[at : at + size] for at in range(0, len(documents), size)] or [()]
        folder, _, name = path.rpartition("/")
        up = "../" if folder else ""
        for place, part in enumerate(parts):
            own = f"{self._case.slug}/{folder + '/' if folder else ''}{part_name(name, place)}.html"
            listed = f"<p>{words.html('nothing_here')}</p>"
            if part:
                columns = tuple(words[key] for key in _COLUMNS)
                body = "".join([self._row(document, up) for document in part])
                listed = table_of_rows(columns, body, caption=words.count("documents_count", len(documents)))
            position = (
                f'<p class="sub">{words["list_part"].format(place=place + 1, count=len(parts))}</p>'
                if len(parts) > 1
                else ""
            )
            turning = parts_html(words, name, place=place, count=len(parts))
            main = f"<h1>{esc(title)}</h1>{position}{'' if place else intro}{turning}{listed}"
            yield LeafPage(own, shell.page(own, title=esc(title), main=main))

    def _row(self, document: PublishedDocument, up: str) -> str:
        """Return a row; each document is in four lists, three of them one folder down."""
        known = self._rows.get(up + document.id)
        if known is not None:
            return known
        setting = self._setting
        link = f"{up}d/{file_name(document.id)}.html"
        cells = (
            f'<a class="number" href="{link}">{esc(document.begin or document.id)}</a>',
            setting.said(document.title),
            f'<a href="{up}{agency_path(document.agency)}">{esc(document.agency)}</a>',
            esc(document.day),
            setting.words.number(len(document.numbers)),
        )
        row = "".join([start + cell for start, cell in zip(self._cell_starts, cells, strict=True)])
        self._rows[up + document.id] = f"<tr>{row}</td></tr>"
        return self._rows[up + document.id]

    def _ways_in(self) -> str:
        """Return links to the narrower lists, with how much each holds."""
        words = self._setting.words
        agencies = [
            (agency_path(agency), esc(agency), sum(1 for d in self._shown if d.agency == agency))
            for agency in _in_order(document.agency for document in self._shown)
        ]
        productions = [
            (production_path(entry.key), esc(entry.name), sum(1 for d in self._shown if d.production == entry.key))
            for entry in self._case.productions
        ]
        items = [
            (item_path(item.key), self._setting.said(item.title), sum(1 for d in self._shown if item.key in d.items))
            for _, item in all_items(self._case.asked)
        ]
        groups = ((words["agencies"], agencies), (words["productions"], productions), (words["items"], items))
        return "".join(
            f"<details><summary>{esc(title)}</summary><ul>"
            + "".join(
                f'<li><a href="{path}">{name}</a> <span>{words.number(count)}</span></li>'
                for path, name, count in group
            )
            + "</ul></details>"
            for title, group in groups
            if group
        )

    def _productions(self) -> LeafPage:
        words = self._setting.words
        path = f"{self._case.slug}/productions.html"
        table = productions_table(self._setting, self._case, len(self._case.productions))
        main = f"<h1>{words.html('productions')}</h1>{table or words.html('nothing_here')}"
        return LeafPage(path, self._near.page(path, title=words.html("productions"), main=main))

    def _production_intro(self, entry: ProductionEntry, own: tuple[PublishedDocument, ...]) -> str:
        words, setting = self._setting.words, self._setting
        if entry.visibility.state is State.WITHDRAWN:
            return tombstone_html(setting, entry.visibility, what="withdrawn_document")
        later = [other for other in self._case.productions if other.replaces == entry.key]
        published = (
            f"{words.count('documents_count', len(own))}, {words.count('pages', sum(len(d.numbers) for d in own))}"
        )
        facts = facts_html(
            (
                (words["agency"], esc(entry.agency)),
                (words["production_date"], words.day(entry.day) if entry.day else esc(words["unknown_day"])),
                (words["produced_count"], produced(setting, entry)),
                (words["published_count"], published),
                (words["replaces"], self._production_links([entry.replaces] if entry.replaces else [])),
                (words["replaced_by"], self._production_links([other.key for other in later])),
            )
        )
        ledger = section_html("ledger", words["ledger"], ledger_table(setting, entry.ledger)) if entry.ledger else ""
        return f"{facts}{note_html(setting, entry.note)}{ledger}<h2>{esc(words['documents'])}</h2>"

    def _production_links(self, keys: Sequence[str]) -> str:
        return ", ".join(f'<a href="../{production_path(key)}">{esc(self._names.get(key, key))}</a>' for key in keys)


def productions_table(setting: Setting, case: CasePage, most: int) -> str:
    """Return the newest productions, at most *most*, as a table of what was produced and what is published."""
    words = setting.words
    names = {entry.key: entry.name for entry in case.productions}
    counts: dict[str, int] = {}
    for document in case.documents:
        if document.visibility.state is not State.WITHDRAWN:
            counts[document.production] = counts.get(document.production, 0) + 1
    rows = [
        (
            f'<a href="{production_path(entry.key)}">{esc(entry.name)}</a>{_withdrawn_mark(setting, entry)}',
            esc(entry.agency),
            words.day(entry.day) if entry.day else esc(words["unknown_day"]),
            produced(setting, entry),
            words.count("documents_count", counts.get(entry.key, 0)),
            esc(names.get(entry.replaces or "", "")),
        )
        for entry in case.productions[-most:]
    ]
    columns = ("production", "agency", "production_date", "produced_count", "published_count", "replaces")
    return (
        table_html([words[column] for column in columns], rows, caption=words["productions"], is_caption_shown=False)
        if rows
        else ""
    )


def _withdrawn_mark(setting: Setting, entry: ProductionEntry) -> str:
    is_withdrawn = entry.visibility.state is State.WITHDRAWN
    return f" <strong>({esc(setting.words['withdrawn_short'])})</strong>" if is_withdrawn else ""


def produced(setting: Setting, entry: ProductionEntry) -> str:
    """Return how much was produced, as far as it is known."""
    words = setting.words
    parts = []
    if entry.documents is not None:
        parts.append(words.count("documents_count", entry.documents))
    if entry.pages is not None:
        parts.append(words.count("pages", entry.pages))
    return ", ".join(parts) or esc(words["unknown"])


def ledger_table(setting: Setting, lines: Sequence[LedgerLine]) -> str:
    """Return the accounting of a production."""
    words = setting.words
    rows = [
        (
            esc(line.subject),
            words.number(line.expected),
            ", ".join(f"{words.number(count)} {esc(name)}" for name, count in line.parts),
            esc(words["balances" if line.balances else "balances_not"]),
        )
        for line in lines
    ]
    columns = (words["subject"], words["expected"], words["parts"], words["state"])
    return table_html(columns, rows, caption=words["ledger_note"])


def _in_order(values: Iterator[str]) -> list[str]:
    return sorted({value for value in values if value})


def others_of(documents: Sequence[PublishedDocument], language: str) -> dict[str, list[PageLink]]:
    """Return for every number that was produced more than once its pages, by number."""
    found: dict[str, list[PageLink]] = {}
    editions = [document for document in documents if document.edition]
    again = {number for document in editions for number in document.numbers}
    for document in documents if again else ():
        title = in_language(document.title, language)
        for number in document.numbers:
            if number in again:
                key = f"{number}@{document.edition}" if document.edition else number
                label = f"{number} ({document.edition})" if document.edition else f"{number} ({title})"
                found.setdefault(number, []).append(PageLink(label, file_name(key)))
    return found
