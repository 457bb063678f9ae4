"""The screens as a reader uses them, in a real browser against the real program."""

from __future__ import annotations

import re

import pytest

pytestmark = pytest.mark.browser

FIRST = "STATE-SCB0045000"
SCREENS = {
    "/": "h1",
    "/productions": "table",
    "/productions/2": "summary",
    "/load": ".zone",
    "/documents": "[role=gridcell] a",
    "/d/1": "[data-text-layer] span",
    "/search?q=libya": "ol mark",
    "/findings": "[role=gridcell]",
    "/start": "form",
    "/nowhere": "h2",
}


@pytest.mark.parametrize("look", [("light", "en-US"), ("dark", "es-MX")], ids="-".join)
def test_every_screen_draws_under_the_strict_policy_without_a_complaint(screen, look):
    """An inline style, a script error or a call to another machine would show in the console."""
    watched = screen(color_scheme=look[0], locale=look[1])
    for path, sign in SCREENS.items():
        watched.go(path).wait_for_selector(sign, timeout=15000)
    assert watched.complaints == []


def test_the_list_is_read_by_keyboard_alone(screen):
    """Lawyers go through thousands of documents without the mouse."""
    page = screen().go("/documents?production=1")
    page.wait_for_selector("[role=gridcell] a")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-text-layer] span")
    assert page.locator("h1").inner_text() != FIRST
    page.keyboard.press("[")
    page.wait_for_selector(f"h1:has-text('{FIRST}')")
    page.keyboard.press("Escape")
    page.wait_for_url("**/documents?production=1")


def test_a_copy_gives_the_words_of_the_page_and_its_spaces(screen):
    """What is quoted in a brief must be what the page says."""
    page = screen().go("/d/1")
    page.wait_for_selector("[data-text-layer] span")
    page.evaluate(
        """() => {
          const words = document.querySelector("[data-text-layer]").children;
          getSelection().setBaseAndExtent(words[2].firstChild, 0, words[9].firstChild, 3);
        }"""
    )
    page.keyboard.press("Control+c")
    words = page.evaluate("fetch('/api/documents/1/pages?first=1&last=1').then(r => r.json())")
    page_words = page.evaluate("id => fetch(`/api/pages/${id}/words`).then(r => r.json())", words[0]["id"])
    boxes = page_words["words"]
    wanted = page_words["text"][boxes[2][0] : min(boxes[9][0] + 3, boxes[9][1])]
    assert page.evaluate("navigator.clipboard.readText()") == wanted


def test_the_words_lie_on_their_boxes(screen):
    """A selection that runs beside the ink selects the wrong word."""
    page = screen().go("/d/1")
    page.wait_for_selector("[data-text-layer] span")
    ratio = page.evaluate(
        """async () => {
          const layer = document.querySelector("[data-text-layer]");
          const sheet = layer.closest(".page-sheet").getBoundingClientRect();
          const [page] = await fetch("/api/documents/1/pages?first=1&last=1").then(r => r.json());
          const found = await fetch(`/api/pages/${page.id}/words`).then(r => r.json());
          const left = layer.children[5].getBoundingClientRect().left - sheet.left;
          return [left / sheet.width, found.words[5][2] / page.width_pt];
        }"""
    )
    assert ratio[0] == pytest.approx(ratio[1], abs=0.003)


def test_hits_are_marked_on_the_page_image_and_stepped_through(screen):
    """A hit that opens the text view instead of the page was the complaint of others' users."""
    page = screen().go("/search?q=libya")
    page.locator("ol .place").first.click()
    page.wait_for_selector("rect.now")
    counted = page.locator("[role=group] [aria-live]").first
    before = counted.inner_text()
    page.keyboard.press("n")
    if not before.endswith(" of 1"):
        page.wait_for_function("([e, t]) => e.innerText !== t", arg=[counted.element_handle(), before])
    assert re.fullmatch(r"[\d,]+ of [\d,]+", counted.inner_text())


@pytest.mark.parametrize("path", ["/b/STATE-SCB0045000", "/p/1"])
def test_a_permanent_link_leads_to_its_page(screen, path):
    """Links in briefs and e-mails must hold."""
    page = screen().go(path)
    page.wait_for_url("**/d/*")
    page.wait_for_selector("[data-text-layer] span")
    assert page.locator("h1").inner_text() == FIRST


def test_the_language_is_remembered(screen):
    """Whoever reads Spanish chooses it once."""
    page = screen(locale="en-US").go("/documents")
    page.get_by_role("button", name="Cambiar a español").click()
    page.wait_for_selector("h1:has-text('Documentos')")
    page.reload()
    page.wait_for_selector("h1:has-text('Documentos')")
    assert page.evaluate("document.documentElement.lang") == "es"


def test_a_dropped_folder_becomes_a_production_with_a_ledger(screen, tmp_path):
    """Whoever never types a command must be able to load, watch and read the result."""
    volume = tmp_path / "VOL009"
    (volume / "DATA").mkdir(parents=True)
    (volume / "DATA" / "VOL009.dat").write_text("þBEGBATESþ\x14þENDBATESþ\r\nþXY 0001þ\x14þXY 0001þ\r\n", "utf-8")
    page = screen().go("/load")
    zone = page.locator(".zone").bounding_box()
    place = {"x": zone["x"] + zone["width"] / 2, "y": zone["y"] + 20}
    data = {"items": [], "files": [str(volume)], "dragOperationsMask": 1}
    tools = page.context.new_cdp_session(page)
    for step in ("dragEnter", "dragOver", "drop"):
        tools.send("Input.dispatchDragEvent", {"type": step, **place, "data": data})
    page.wait_for_selector(".chosen")
    page.locator("input[list=agencies]").fill("XY")
    page.locator("input[type=date]").fill("2011-01-17")
    page.get_by_role("button", name="Load and check").click()
    page.wait_for_url("**/productions/*", timeout=60000)
    page.wait_for_selector("td:has-text('VOL009.dat')", timeout=60000)
    assert page.locator("h1").inner_text() == "VOL009"
    assert page.locator("td .badge.fine").count() >= 1
    assert page.locator("td .badge.error").count() == 0
