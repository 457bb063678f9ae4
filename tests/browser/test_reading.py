"""Reading a case in the browser: the walk a clinic student takes on the first day."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import TEXTS, text, watched

# What is painted behind everything.
GROUND = "getComputedStyle(document.documentElement).backgroundColor"


def test_the_link_opens_the_case_once(server, chromium, page):
    """Whoever finds the link later does not get in."""
    page.goto(f"{server.base}/")
    expect(page.get_by_role("heading", name="A v. B")).to_be_visible()
    assert "token" not in page.url
    stranger = chromium.new_context().new_page()
    stranger.goto(server.link)
    expect(stranger.get_by_role("heading")).to_contain_text("already used")
    stranger.goto(f"{server.base}/documents")
    expect(stranger.get_by_text(text("error.lost"))).to_be_visible()
    assert "ABC0000001" not in stranger.content()
    stranger.context.close()


def test_documents_are_listed_filtered_and_opened(server, page):
    """The list is where reading begins."""
    page.goto(f"{server.base}/documents")
    grid = page.get_by_role("grid")
    expect(grid.get_by_text("ABC0000001")).to_be_visible()
    expect(grid.get_by_text("ABC0000004")).to_be_visible()
    page.get_by_label("Unit 2").check()
    expect(grid.get_by_text("ABC0000001")).to_have_count(0)
    grid.get_by_text("ABC0000004").first.click()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/d/3"))
    expect(page.get_by_role("heading", name="ABC0000004")).to_be_visible()


def test_a_page_shows_its_picture_with_selectable_words(server, page):
    """Passages are quoted in letters and briefs."""
    page.goto(f"{server.base}/d/3?page=2")
    sheet = page.locator(".page-sheet[aria-label*=ABC0000005]")
    picture = sheet.locator("img")
    expect(picture).to_be_visible()
    # Waiting by a polled function would evaluate code in the page, which its policy forbids.
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 100
    layer = sheet.locator("[data-text-layer]")
    expect(layer).to_contain_text("Résumé")
    copied = layer.evaluate(
        "layer => { const range = document.createRange(); range.selectNodeContents(layer);"
        " const chosen = getSelection(); chosen.removeAllRanges(); chosen.addRange(range);"
        " const event = new ClipboardEvent('copy',"
        " {clipboardData: new DataTransfer(), bubbles: true, cancelable: true});"
        " layer.dispatchEvent(event); return event.clipboardData.getData('text/plain'); }"
    )
    assert copied.strip() == "Résumé of the detainer policy"


def test_search_leads_to_the_hit_on_the_page(server, page):
    """From a word to the place on the page image where it stands."""
    page.goto(f"{server.base}/")
    page.get_by_role("searchbox").first.fill('"detainer policy"')
    page.keyboard.press("Enter")
    expect(page.locator("mark").first).to_be_visible()
    page.get_by_role("link", name="ABC0000005").click()
    expect(page).to_have_url(re.compile(r"/d/3.*q="))
    boxes = page.locator(".page-sheet[aria-label*=ABC0000005]").locator("svg rect")
    expect(boxes).to_have_count(2)
    box = boxes.first.bounding_box()
    assert box["width"] > 5
    assert box["height"] > 3


def test_a_bates_number_is_jumped_to_and_its_link_lasts(server, page):
    """A brief cites the number and nothing else."""
    page.goto(f"{server.base}/b/ABC0000006")
    expect(page).to_have_url(re.compile(r"/d/3\?page=3"))
    page.keyboard.press("g")
    page.get_by_role("dialog").get_by_role("textbox").fill("abc 2")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/d/1.*page=2"))


def test_keys_walk_pages_and_documents(server, page):
    """Reviewers do not reach for the mouse."""
    page.goto(f"{server.base}/d/3")
    expect(page.get_by_role("heading", name="ABC0000004")).to_be_visible()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text(text("keys.title"))
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("j")
    expect(page).to_have_url(re.compile("page=2"))
    page.keyboard.press("3")
    expect(page.get_by_text("CUSTODIAN", exact=True).first).to_be_visible()
    page.keyboard.press("[")
    expect(page.get_by_role("heading", name="ABC0000003")).to_be_visible()


def test_dark_mode_and_spanish_are_kept(server, page):
    """Half of the people whom these records are about read Spanish."""
    page.goto(f"{server.base}/documents")
    light = page.evaluate(GROUND)
    theme = page.get_by_role("button", name=re.compile(text("theme.system")))
    theme.click()
    page.get_by_role("button", name=re.compile(text("theme.light"))).click()
    dark = page.evaluate(GROUND)
    assert light != dark
    page.get_by_role("button", name="ES, cambiar a español").click()
    expect(page.get_by_role("link", name=TEXTS["es"]["nav.documents"], exact=True)).to_be_visible()
    page.reload()
    expect(page.get_by_role("link", name=TEXTS["es"]["nav.documents"], exact=True)).to_be_visible()
    assert page.evaluate(GROUND) == dark
    page.evaluate("localStorage.clear()")


def test_findings_are_read_and_the_report_is_downloaded(server, page):
    """The letter to the agency needs it attached."""
    page.goto(f"{server.base}/findings")
    expect(page.get_by_text(re.compile(r"[A-Z]{2}\d{3}")).first).to_be_visible()
    page.goto(f"{server.base}/productions/1")
    with page.expect_download() as download:
        page.get_by_role("link", name="PDF", exact=True).click()
    assert download.value.suggested_filename.endswith(".pdf")
    assert download.value.path().read_bytes().startswith(b"%PDF")


def test_another_site_gets_nothing(server, context):
    """A page elsewhere cannot read a case through the reader's own browser."""
    page = watched(context)
    page.route("http://evil.example/**", lambda route: route.fulfill(body="<p>evil", content_type="text/html"))
    page.goto("http://evil.example/")
    told = page.evaluate(
        f"fetch('{server.base}/api/case', {{credentials: 'include'}}).then(() => 'read', () => 'refused')"
    )
    assert told == "refused"
    shown = page.evaluate(
        f"new Promise(done => {{ const image = new Image(); image.onload = () => done('shown');"
        f" image.onerror = () => done('refused'); image.src = '{server.base}/api/pages/1/image'; }})"
    )
    assert shown == "refused"
    page.close()
