"""The first page of a site: its cases."""

from __future__ import annotations

from html import escape as esc

from vaughn.publish.contents import CasePage, State
from vaughn.publish.leaves import LeafPage
from vaughn.publish.markup import Setting, Shell


def home_page(setting: Setting, cases: tuple[CasePage, ...]) -> LeafPage:
    """Return the index of the cases."""
    words = setting.words
    shell = Shell(setting, depth=setting.folder.count("/"))
    items = []
    for case in cases:
        shown = [document for document in case.documents if document.visibility.state is not State.WITHDRAWN]
        pages = sum(len(document.numbers) for document in shown)
        mark = f' lang="{esc(case.language)}"' if case.language != setting.language else ""
        facts = ", ".join(filter(None, (case.docket_number, case.court)))
        items.append(
            f'<li><h2{mark}><a href="{case.slug}/index.html">{esc(case.caption)}</a></h2><p{mark}>{esc(facts)}</p>'
            f"<p>{words.count('documents_count', len(shown))}, {words.count('pages', pages)}</p></li>"
        )
    listed = f'<ul class="cases">{"".join(items)}</ul>' if items else f"<p>{esc(words['nothing_here'])}</p>"
    main = f"<h1>{setting.said(setting.site.title)}</h1>{listed}"
    return LeafPage("index.html", shell.page("index.html", title=words.html("cases"), main=main))
