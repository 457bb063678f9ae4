"""What must hold on every screen, and where words lie on a page."""

from __future__ import annotations

from dataclasses import dataclass

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

WIDTH = "document.documentElement.scrollWidth"
SUIT = ("/requests", "/docket", "/orders", "/contradictions", "/timeline", "/clock", "/facts", "/publish", "/e/")


LAPTOP, PHONE = 1024, 390
# Colours and language -> the widths of the window in which a screen is loaded: any screen, and one of the suit.
LOOKS = {"light-en-US": (LAPTOP, LAPTOP), "dark-es-MX": (1280, PHONE)}


@dataclass(frozen=True)
class Walk:
    """What was seen on a walk through all screens, each loaded by its address."""

    language: str
    faults: list[str]
    widths: dict[str, int]
    phone_widths: dict[str, int]


@pytest.fixture(scope="module")
def walk(request, chromium, context, server):
    """Walk through all screens in one look; those of the suit are seen as narrow as a phone as well."""
    scheme, _, locale = request.param.partition("-")
    own = chromium.new_context(color_scheme=scheme, locale=locale, storage_state=context.storage_state())
    page = watched(own)
    widths, phone_widths = {}, {}
    for path, sign in SCREENS.items():
        of_suit = path.startswith(SUIT)
        page.set_viewport_size({"width": LOOKS[request.param][of_suit], "height": 700})
        page.goto(server.base + path)
        page.wait_for_selector(sign)
        widths[path] = page.evaluate(WIDTH)
        if of_suit:
            page.set_viewport_size({"width": PHONE, "height": 700})
            phone_widths[path] = page.evaluate(WIDTH)
    yield Walk(page.evaluate("document.documentElement.lang"), page.faults, widths, phone_widths)
    own.close()


in_each_look = pytest.mark.parametrize("walk", LOOKS, indirect=True)
in_english = pytest.mark.parametrize("walk", ["light-en-US"], indirect=True)


@in_each_look
def test_every_screen_draws_under_the_strict_policy_without_a_complaint(walk, request):
    """An inline style, a script error or a call to another machine would show in the console."""
    assert walk.language == request.node.callspec.params["walk"].split("-")[1]
    assert walk.widths.keys() == SCREENS.keys()
    assert walk.faults == []


@in_each_look
def test_no_screen_of_the_suit_is_wider_than_a_phone(walk):
    """A page that scrolls sideways hides its buttons, in the language with the longer words too."""
    assert len(walk.phone_widths) >= len(SUIT)
    assert {path: width for path, width in walk.phone_widths.items() if width > PHONE} == {}


@in_english
def test_no_screen_is_wider_than_a_small_laptop(walk):
    """A page that scrolls sideways hides its buttons."""
    assert {path: width for path, width in walk.widths.items() if width > LAPTOP} == {}


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
