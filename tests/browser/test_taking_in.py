"""Records taken in, in the browser: handed over, watched, accounted for, looked at in every way they offer."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.app.pile import small_pile
from tests.browser.conftest import ROOT, text, watched
from vaughn.app.opening import actor
from vaughn.app.taking import take_records
from vaughn.collect import HandedOver, TakeInOptions, group_documents
from vaughn.model import Case
from vaughn.store import CaseFile, DocumentQuery

AXE = ROOT / "web/node_modules/axe-core/axe.min.js"
TAKING_MS = 60_000


@pytest.fixture(scope="module")
def ids(tmp_path_factory):
    """The case with the small pile in it: its folder, and documents by name."""
    folder = tmp_path_factory.mktemp("taken")
    with CaseFile.create(folder / "case", Case("A v. B"), actor=actor("test")) as case:
        handed = HandedOver("ICE CIO", custodian="Palmer, Jon", device="Laptop 7", name="Laptop")
        options = TakeInOptions(exclude=("*.tmp",))
        take_records(case, small_pile(folder), handed, options=options, progress=lambda *_: None)
        group_documents(case)
        listed = case.documents(DocumentQuery(limit=100)).rows
    return {"case": folder / "case"} | {row.document.control: row.document.id for row in listed}


@pytest.fixture(scope="module")
def server(ids, bench):
    bench.open(ids["case"])
    return bench.server


def screens(ids):
    """Address -> what shows that the screen is there, and what to press then."""
    message = ids.get("opt out.eml") or ids["again.eml"]
    return {
        "/takings": ("td a", None),
        "/takings/1": ("th .name", None),
        "/takings/1?show=exceptions": ("[role=gridcell]", None),
        "/takings/1?show=groups": ("tbody button", None),
        "/takings/1?show=custody": ("dl", None),
        "/take-in": (".zone", None),
        f"/compare/{ids['notes.txt']}/{ids['notes, later.txt']}": ("ins", None),
        f"/d/{message}": ("[data-text-layer] span", "#tab-metadata"),
        f"/d/{ids['reply.eml']}": ("[data-text-layer] span", "#tab-related"),
    }


@pytest.mark.parametrize("look", [("light", "en-US", 1280), ("dark", "es-MX", 390)], ids=lambda look: look[0])
def test_every_screen_of_records_passes_axe_and_fits_its_window(chromium, context, server, ids, look):
    """Keyboards and screen readers reach everything, on a phone too, and nothing calls elsewhere."""
    if not AXE.is_file():
        pytest.skip("axe-core is not installed: run npm ci in web/")
    scheme, locale, width = look
    own = chromium.new_context(
        color_scheme=scheme,
        locale=locale,
        viewport={"width": width, "height": 800},
        storage_state=context.storage_state(),
    )
    page, axe, bad = watched(own), AXE.read_text("utf-8"), {}
    for path, (sign, press) in screens(ids).items():
        page.goto(server.base + path)
        page.wait_for_selector(sign)
        if press is not None:
            page.click(press)
            page.wait_for_selector("[role=tabpanel] h2")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        page.evaluate(axe)
        found = page.evaluate("axe.run(document, {resultTypes: ['violations'], preload: false})")["violations"]
        bad |= {f"{path} {one['id']}": [node["html"][:200] for node in one["nodes"]] for one in found}
    assert bad == {}
    assert page.faults == []
    own.close()


def test_a_message_is_shown_as_laid_out_and_calls_nobody(server, page, ids):
    """The frame shows words and formatting; a tracker in it never hears that somebody read."""
    page.goto(f"{server.base}/d/{ids.get('opt out.eml') or ids['again.eml']}")
    page.get_by_role("button", name=text("view.html")).click()
    frame = page.frame_locator("iframe[sandbox='']")
    expect(frame.get_by_text("Please see the policy below.")).to_be_visible()
    expect(frame.locator("script, form, a[href], iframe")).to_have_count(0)
    page.get_by_role("button", name=text("view.pages"), exact=True).click()
    expect(page.locator("[data-text-layer] span").first).to_be_attached()


def test_a_table_is_read_by_rows(server, page, ids):
    """Rows far down come when they are asked for."""
    page.goto(f"{server.base}/d/{ids['budget.csv']}")
    page.get_by_role("button", name=text("view.sheets")).click()
    expect(page.get_by_role("cell", name="part 1", exact=True)).to_be_visible()
    page.get_by_label(text("sheet.goTo"), exact=True).fill("390")
    page.keyboard.press("Enter")
    expect(page.get_by_role("cell", name="part 395", exact=True)).to_be_visible()


def test_records_are_taken_in_watched_and_accounted_for(server, page, tmp_path):
    """Without a command: who handed over what, then the ledger."""
    folder = tmp_path / "second pile"
    folder.mkdir()
    (folder / "one.txt").write_text("A note.")
    page.goto(f"{server.base}/take-in")
    page.get_by_role("button", name=text("load.namePath")).click()
    page.get_by_label(text("folders.path"), exact=True).fill(str(folder))
    page.keyboard.press("Enter")
    expect(page.get_by_text("one.txt")).to_be_visible()
    page.get_by_role("button", name=text("load.thisFolder")).click()
    page.get_by_label(re.compile(re.escape(text("take.from")))).fill("Records office")
    page.get_by_role("button", name=text("take.start"), exact=True).click()
    expect(page).to_have_url(re.compile(r"/takings/2$"), timeout=TAKING_MS)
    expect(page.get_by_text(text("ledger.balances")).first).to_be_visible(timeout=TAKING_MS)
    page.get_by_role("link", name=text("takings.custody")).click()
    expect(page.get_by_text("Records office", exact=True)).to_be_visible()
