"""The public site opened from disk in real Chromium: readable for everybody, searchable without a server."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from tests.browser.conftest import ROOT, watched
from tests.publish.sample import built, case, document, documents, everything, page, site
from vaughn.publish import RestrictedPage, State, Visibility

AXE = ROOT / "web/node_modules/axe-core/axe.min.js"
# One of every kind of page: path without the folder of the language.
PAGES = (
    "index.html",
    "ndlon/index.html",
    "ndlon/documents.html",
    "ndlon/documents,2.html",
    "ndlon/productions.html",
    "ndlon/production/ice-1.html",
    "ndlon/agency/DHS.html",
    "ndlon/item/policies.html",
    "ndlon/timeline.html",
    "ndlon/litigation.html",
    "ndlon/changes.html",
    "ndlon/contradictions.html",
    "ndlon/data.html",
    "ndlon/guide/how-to-read.html",
    "ndlon/d/=MEMO=.html",
    "ndlon/d/=GONE=.html",
    "ndlon/p/ICE~0004521.html",
    "ndlon/p/ICE~0004523.html",
    "ndlon/p/ICE~0004524.html",
    "ndlon/p/WDR~1.html",
    "ndlon/search.html?q=memo",
)
WITHDRAWN = Visibility(State.WITHDRAWN, withdrawn_on=date(2026, 11, 20), reason="On request.")


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    gone = document("gone", [page("GON 1", "gone")], visibility=WITHDRAWN)
    page_gone = replace(
        document("holes", [page("WDR 1", "x"), page("WDR 2", "well-known Señor Zürich Straße")]),
        restricted=(RestrictedPage("WDR 1", WITHDRAWN),),
    )
    many = [
        document(f"many-{n}", [page(f"MNY {n:04d}", f"common text of page {n}, number {n * 7919}")])
        for n in range(1, 121)
    ]
    built(folder, site(case(documents=(*documents(), gone, page_gone, *many))))
    assert {path.partition("?")[0] for path in PAGES} <= everything(folder).keys()
    return folder / "out"


@pytest.fixture
def tab(chromium):
    """Return what opens a page of the site in a window of some size and theme."""
    contexts = []

    def opened(address, **options):
        context = chromium.new_context(**{"viewport": {"width": 1200, "height": 800}} | options)
        contexts.append(context)
        found = watched(context, allowed="file:")
        found.goto(address)
        return found

    yield opened
    for context in contexts:
        context.close()


WINDOWS = [(theme, width) for theme in ("light", "dark") for width in (1200, 360)]


@pytest.fixture(scope="module", params=["", "es/"], ids=["en", "es"])
def judged(request, root, chromium):
    """Theme and width -> what is wrong there: each page is loaded once and looked at in every window."""
    if not AXE.is_file():
        pytest.skip("axe-core is not installed: run npm ci in web/")
    window = watched(chromium.new_context(), allowed="file:")
    axe, bad = AXE.read_text("utf-8"), {look: {} for look in WINDOWS}
    for path in PAGES:
        window.goto(f"{root.as_uri()}/{request.param}{path}")
        if "search" in path:
            window.wait_for_selector("#hits mark")
        window.evaluate(axe)
        for theme, width in WINDOWS:
            window.emulate_media(color_scheme=theme)
            window.set_viewport_size({"width": width, "height": 800})
            found = window.evaluate("axe.run(document, {resultTypes: ['violations'], preload: false})")["violations"]
            if found:
                bad[theme, width][path] = [
                    (one["id"], [node["html"][:120] for node in one["nodes"][:3]]) for one in found
                ]
            if window.evaluate("document.documentElement.scrollWidth") > width:
                bad[theme, width][f"{path} wide"] = window.evaluate("document.documentElement.scrollWidth")
    yield bad, window.faults
    window.context.close()


@pytest.mark.browser
@pytest.mark.parametrize("look", WINDOWS, ids=lambda look: f"{look[0]}-{look[1]}")
def test_every_kind_of_page_passes_axe_and_fits_its_window(judged, look):
    """Contrast, names, order of headings, landmarks: as far as a program can judge; nothing scrolls sideways."""
    bad, faults = judged
    assert bad[look] == {}
    assert faults == []


@pytest.fixture(scope="module")
def searching(chromium):
    """One window for all the searches: each loads the page anew."""
    window = watched(chromium.new_context(), allowed="file:")
    yield window
    window.context.close()


def hits(window):
    """Return what the search shows, once it has. The site's policy lets no test evaluate code on its pages."""
    count = window.locator("#count", has_text=re.compile("found|encontr|No page"))
    count.wait_for()
    shown = min(int(re.sub(r"\D", "", count.inner_text()) or 0), 10)
    if shown:
        window.wait_for_selector(f"#hits li:nth-child({shown})")
    return [item.inner_text() for item in window.query_selector_all("#hits li")]


@pytest.mark.browser
@pytest.mark.parametrize(
    ("query", "first", "count"),
    [
        ("mandatory", "ICE 0004521", 2),
        ("MANDATORY opting", "ICE 0004521", 1),
        ('"memo on opting"', "ICE 0004521", 1),
        ('"opting on memo"', None, 0),
        ("mandat", "ICE 0004521", 2),
        ('"mandat"', None, 0),
        ("senor zurich strasse", "WDR 2", 1),
        ("well-known", "WDR 2", 1),
        ("ICE 0004523", "ICE 0004523", 2),
        ("4524", "ICE 0004524", 1),
        ("detainers by county", "ICE 0004522", 1),
        ("documento obligatorio", None, 0),
        ("memorando obligatorio", "ICE 0004521", 1),
        ("gone", None, 0),
        ("nothingofthekind", None, 0),
    ],
)
def test_the_search_finds_words_phrases_and_beginnings_from_disk(root, searching, query, first, count):
    """A folder on a stick must be as good as a server."""
    searching.goto(f"{root.as_uri()}/ndlon/search.html")
    searching.fill("#q", query)
    searching.press("#q", "Enter")
    found = hits(searching)
    assert len(found) == count, found
    if first:
        assert found[0].startswith(first)
    assert searching.faults == []


@pytest.mark.browser
def test_more_hits_are_shown_on_demand_and_lead_to_their_pages(root, tab):
    """The first ten are on the screen at once."""
    window = tab(f"{root.as_uri()}/es/ndlon/search.html?q=common+text")
    assert len(hits(window)) == 10
    assert window.inner_text("#count") == "120 encontradas"
    window.click("#more")
    window.wait_for_selector("#hits li:nth-child(20)")
    assert window.inner_text("#hits li:nth-child(11) mark") == "common"
    window.click("#hits li:nth-child(11) a")
    window.wait_for_url("**/p/MNY*.html")
    assert window.inner_text("h1").startswith("MNY")
    assert window.get_attribute("html", "lang") == "es"
    assert window.faults == []


@pytest.mark.browser
def test_the_box_on_every_page_searches(root, tab):
    """One form, no script: it opens the page of the search."""
    window = tab(f"{root.as_uri()}/ndlon/p/ICE~0004523.html")
    window.fill("#q", "mandatory")
    window.press("#q", "Enter")
    window.wait_for_selector("#hits mark")
    assert window.input_value("#q") == "mandatory"


@pytest.mark.browser
def test_everything_but_the_search_works_without_scripts(root, tab):
    """The search page says that it needs them."""
    window = tab(f"{root.as_uri()}/index.html", java_script_enabled=False)
    for link in ("NDLON v. ICE", "Documents", "ICE 0004521"):
        with window.expect_navigation():
            window.click(f"main >> text={link}" if link != "Documents" else "nav >> text=Documents")
    assert window.inner_text("h1") == "Mandatory memo"
    with window.expect_navigation():
        window.click(".open")
    assert window.inner_text(".text") == "The mandatory memo on opting out."
    window.goto(f"{root.as_uri()}/ndlon/search.html")
    assert "needs JavaScript" in window.inner_text("main")


@pytest.mark.browser
def test_a_page_prints_without_its_navigation(root, tab):
    """Paper cannot be clicked."""
    window = tab(f"{root.as_uri()}/ndlon/index.html")
    window.emulate_media(media="print")
    assert not window.is_visible("header.top")
    assert window.is_visible("h1")
