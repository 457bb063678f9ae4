"""The walk of a new user: a request and why it is due, a docket taken in, an order stayed, a date that moves."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import text, watched
from vaughn.app.opening import actor
from vaughn.model import Case
from vaughn.store import CaseFile

DOCKET = (
    "No.,Date filed,Docket text,Case number\n"
    "1,2010-04-27,COMPLAINT against ICE,1:10-cv-03488\n"
    "12,2010-10-28,MOTION for Preliminary Injunction.,\n"
    "15,2010-11-12,MEMORANDUM OF LAW in Opposition re: 12 MOTION for Preliminary Injunction.,\n"
    "25,2010-12-17,ORDER setting dates for production. Signed by Judge X on 12/17/2010.,\n"
)


@pytest.fixture
def on_case(chromium, bench):
    """Return what opens a case, and then a page on it."""
    contexts = []

    def opened(case):
        bench.open(case)
        size = {"width": 1280, "height": 900}
        own = chromium.new_context(viewport=size, locale="en-US", accept_downloads=True, storage_state=bench.session)
        contexts.append(own)
        page = watched(own)
        page.base = bench.server.base
        return page

    yield opened
    faults = [fault for own in contexts for page in own.pages for fault in page.faults]
    for own in contexts:
        own.close()
    assert faults == []


@pytest.fixture
def desk(on_case, tmp_path):
    """A page on a case with nothing in it."""
    CaseFile.create(tmp_path / "case", Case("A v. B"), actor=actor("test")).close()
    return on_case(tmp_path / "case")


def _field(where, key):
    """Return the field whose name begins so: hints that follow a name belong to the label too."""
    return where.get_by_label(re.compile(f"^{re.escape(text(key))}"))


def test_from_a_request_to_an_order_that_is_stayed(desk, tmp_path):
    """What issue B calls done, as far as the workbench goes."""
    page = desk
    page.goto(page.base + "/requests")
    _field(page, "requests.about").fill("Records of Secure Communities")
    _field(page, "requests.agency").fill("ICE")
    _field(page, "requests.receivedOn").fill("2010-02-03")
    _field(page, "requests.sentOn").fill("2010-02-03")
    page.get_by_role("button", name=text("requests.enterIt")).click()

    clock = page.locator("article", has_text="FOIA-20")
    expect(clock).to_contain_text("2010-03-04")
    clock.get_by_text(text("due.why")).click()
    expect(clock.locator("table")).to_contain_text("Washington's Birthday")
    expect(clock.locator("li.due")).to_contain_text("2010-03-04")
    clock.get_by_role("button", name=text("clock.allDays")).click()
    expect(clock.locator("tbody tr")).to_have_count(30)

    page.goto(page.base + "/docket")
    (tmp_path / "saved docket.csv").write_text(DOCKET, encoding="utf-8")
    page.locator("input[type=file]").set_input_files(tmp_path / "saved docket.csv")
    expect(page.get_by_text(text("docket.new_other", n="4"))).to_be_visible()
    expect(page.locator("tbody tr")).to_have_count(4)
    _field(page, "docket.words").fill("opposition")
    expect(page.locator("tbody tr")).to_have_count(1)
    page.get_by_role("button", name=text("docket.chains")).click()
    expect(page.locator("article ol").filter(has_text="Preliminary").locator("li")).to_have_count(2)

    page.get_by_role("button", name=text("docket.orders")).click()
    ordering = page.locator("section", has=page.get_by_role("heading", name=text("order.enter"))).locator("form")
    _field(ordering, "order.entry").select_option(label="25 2010-12-17 ORDER setting dates for production")
    ordering.get_by_role("button", name=text("order.enter")).click()
    expect(page.get_by_role("heading", level=1, name="ORDER setting dates")).to_be_visible()

    page.get_by_text(text("order.addObligation")).first.click()
    asking = page.locator("form", has=page.get_by_label(text("order.asks")))
    _field(asking, "order.asks").fill("Produce the opt-out records")
    _field(asking, "order.dueOn").fill("2011-01-18")
    asking.get_by_role("button", name=text("order.addObligation")).click()
    owed = page.locator("article", has_text="Produce the opt-out records")
    expect(owed.locator("strong")).to_have_text("2011-01-18")
    change = page.locator("section", has=page.get_by_role("heading", name=text("order.change"))).locator("form")
    _field(change, "suit.from").fill("2011-01-10")
    _field(change, "suit.until").fill("2011-02-01")
    _field(change, "facts.note").focus()
    expect(change).to_contain_text(text("order.wouldMove"))
    change.get_by_role("button", name=text("order.enterChange")).click()
    expect(owed.locator("strong")).to_have_text("2011-02-01")
    expect(owed.locator("s")).to_have_text("2011-01-18")

    page.goto(page.base + "/")
    due = page.locator("section", has=page.get_by_role("heading", name=text("due.title")))
    expect(due.locator("li", has_text="Produce the opt-out records")).to_contain_text("2011-02-01")
    news = page.locator("section", has=page.get_by_role("heading", name=text("news.title")))
    expect(news.locator("li").first).to_contain_text(text("verb.facts.entered"))


def test_a_letter_is_written_and_a_pause_moves_the_day(desk):
    """The clock of a request stands still while the requester is asked."""
    page = desk
    page.goto(page.base + "/requests")
    _field(page, "requests.about").fill("Records")
    _field(page, "requests.requester").fill("A Clinic")
    _field(page, "requests.agency").fill("ICE")
    _field(page, "requests.receivedOn").fill("2010-02-03")
    page.get_by_role("button", name=text("requests.enterIt")).click()
    clock = page.locator("article", has_text="FOIA-20")
    expect(clock).to_contain_text("2010-03-04")

    pauses = page.locator("section", has=page.get_by_role("heading", name=text("clock.pauses")))
    _field(pauses, "suit.from").fill("2010-02-10")
    _field(pauses, "clock.lastDay").fill("2010-02-12")
    pauses.get_by_role("button", name=text("clock.enterPause")).click()
    expect(clock).to_contain_text("2010-03-09")

    clock.get_by_text(text("clock.whatIf")).click()
    _field(clock, "clock.extension").fill("10")
    clock.get_by_role("button", name=text("clock.reckon")).click()
    expect(clock.locator(".moved strong")).to_contain_text("2010-03-23")

    letters = page.locator("section", has=page.get_by_role("heading", name=text("letters.title")))
    _field(letters, "letters.kind").select_option("status")
    _field(letters, "letters.format").select_option("txt")
    with page.expect_download() as download:
        letters.get_by_role("button", name=text("letters.write")).click()
    assert download.value.suggested_filename.endswith(" status.txt")
    assert "A Clinic" in download.value.path().read_text(encoding="utf-8")
    expect(letters.locator("ul a")).to_have_count(1)


def test_the_timeline_is_walked_by_keys(on_case, loaded_case):
    """A drawing that only a mouse can read shuts people out."""
    page = on_case(loaded_case)
    page.goto(page.base + "/timeline")
    drawing = page.get_by_role("listbox")
    drawing.focus()
    page.keyboard.press("ArrowRight")
    chosen = page.locator("[role=option][aria-selected=true]")
    expect(chosen).to_have_count(1)
    page.keyboard.press("End")
    expect(page.locator("tr.chosen")).to_have_count(1)
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "TR"
    page.get_by_role("button", name=text("timeline.zoomIn")).click()
    with page.expect_download() as download:
        page.get_by_role("link", name="SVG").click()
    assert download.value.suggested_filename == "timeline.svg"
