"""What must hold on every screen, and where words lie on a page."""

from __future__ import annotations

import pytest

from tests.browser.conftest import watched

# Address -> what shows that the screen is there.
SCREENS = {
    "/": "h1",
    "/productions": "table",
    "/productions/1": "summary",
    "/load": ".zone",
    "/documents": "[role=gridcell] a",
    "/d/3": "[data-text-layer] span",
    "/search?q=detainer": "ol mark",
    "/findings": "[role=gridcell]",
    "/requests": "table",
    "/requests/ice": "article details",
    "/docket": "td a",
    "/docket?show=chains": "article ol",
    "/docket?show=orders": "td svg",
    "/orders/form": "article s",
    "/contradictions": "article .values",
    "/timeline": "[role=option]",
    "/clock": "form small",
    "/facts": "li a",
    "/publish": "form",
    "/e/party": "td a",
    "/e/entry/1": "dl",
    "/start": "form",
    "/b/ABC9999999": "h2",
    "/nowhere": "h2",
}

SUIT = ("/requests", "/docket", "/orders", "/contradictions", "/timeline", "/clock", "/facts", "/publish", "/e/")


@pytest.mark.parametrize("look", [("light", "en-US"), ("dark", "es-MX")], ids="-".join)
def test_every_screen_draws_under_the_strict_policy_without_a_complaint(chromium, context, server, look):
    """An inline style, a script error or a call to another machine would show in the console."""
    own = chromium.new_context(color_scheme=look[0], locale=look[1], storage_state=context.storage_state())
    page = watched(own)
    for path, sign in SCREENS.items():
        page.goto(server.base + path)
        page.wait_for_selector(sign)
    assert page.evaluate("document.documentElement.lang") == look[1][:2]
    assert page.faults == []
    own.close()


@pytest.mark.parametrize("width", [1024, 390], ids=["small-laptop", "phone"])
def test_no_screen_of_the_suit_is_wider_than_the_window(chromium, context, server, width):
    """A page that scrolls sideways hides its buttons."""
    own = chromium.new_context(viewport={"width": width, "height": 700}, storage_state=context.storage_state())
    page = watched(own)
    for path, sign in SCREENS.items():
        if path.startswith(SUIT):
            page.goto(server.base + path)
            page.wait_for_selector(sign)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    own.close()


def test_no_screen_is_wider_than_a_small_laptop(chromium, context, server):
    """A page that scrolls sideways hides its buttons."""
    own = chromium.new_context(viewport={"width": 1024, "height": 700}, storage_state=context.storage_state())
    page = watched(own)
    for path, sign in SCREENS.items():
        page.goto(server.base + path)
        page.wait_for_selector(sign)
        assert page.evaluate("document.documentElement.scrollWidth") <= 1024, path
    own.close()


def test_words_lie_on_their_boxes(server, page):
    """A selection that runs beside the ink selects the wrong word."""
    page.goto(f"{server.base}/d/3?page=2")
    page.wait_for_selector("[aria-label*=ABC0000005] [data-text-layer] span")
    places = page.evaluate(
        """async () => {
          const layer = document.querySelector("[aria-label*=ABC0000005] [data-text-layer]");
          const sheet = layer.closest(".page-sheet").getBoundingClientRect();
          const [row] = await fetch("/api/documents/3/pages?first=2&last=2").then(answer => answer.json());
          const found = await fetch(`/api/pages/${row.id}/words`).then(answer => answer.json());
          return found.words.map((word, n) => {
            const box = layer.children[n].getBoundingClientRect();
            return [(box.left - sheet.left) / sheet.width - word[2] / row.width_pt,
                    (box.top - sheet.top) / sheet.height - word[3] / row.height_pt];
          });
        }"""
    )
    assert len(places) >= 5
    assert max(abs(part) for place in places for part in place) < 0.003


def test_a_copy_of_some_words_keeps_the_spaces_of_the_page(server, page):
    """What is quoted in a brief must be what the page says, from the first letter chosen to the last."""
    page.goto(f"{server.base}/d/3?page=2")
    layer = page.locator("[aria-label*=ABC0000005] [data-text-layer]")
    layer.locator("span").first.wait_for()
    copied = layer.evaluate(
        """layer => {
          const words = layer.children;
          getSelection().setBaseAndExtent(words[0].firstChild, 2, words[3].firstChild, 8);
          const clipboardData = new DataTransfer();
          const event = new ClipboardEvent("copy", {clipboardData, bubbles: true, cancelable: true});
          layer.dispatchEvent(event);
          return event.clipboardData.getData("text/plain");
        }"""
    )
    assert copied == "sumé of the detainer"
