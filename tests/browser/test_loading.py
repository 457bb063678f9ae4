"""Everything without a command: make a case, drop a production, watch it, read its findings."""

from __future__ import annotations

import re
import shutil

import pytest
from playwright.sync_api import expect

from tests.app.volume import small_volume
from tests.browser.conftest import serving, text, watched

LOADING_MS = 60_000


@pytest.fixture(scope="module")
def home(chromium, tmp_path_factory):
    """A browser that came to a workbench that knows no case, and the address of that."""
    with serving(state=tmp_path_factory.mktemp("home")) as server:
        context = chromium.new_context(viewport={"width": 1280, "height": 860}, locale="en-US")
        page = watched(context)
        page.goto(server.link)
        expect(page.get_by_role("heading", name=text("start.title"))).to_be_visible()
        assert page.faults == []
        yield context, server.base
        context.close()


@pytest.fixture
def start(home):
    """The start screen."""
    context, base = home
    page = watched(context)
    page.goto(f"{base}/start")
    yield page
    faults = page.faults
    page.close()
    assert faults == []


def make_case(page, caption):
    expect(page.get_by_role("heading", name=text("start.title"))).to_be_visible()
    page.get_by_label(re.compile(re.escape(text("newCase.caption")))).fill(caption)
    page.get_by_role("button", name=text("newCase.make")).click()
    expect(page.get_by_role("heading", name=caption)).to_be_visible()


def fill_form(page):
    page.get_by_label(re.compile(f"^{re.escape(text('load.agency'))}")).fill("ICE")
    page.get_by_label(re.compile(f"^{re.escape(text('productions.releasedOn'))}")).fill("2011-01-17")
    page.get_by_role("button", name=text("load.start")).click()


def expect_loaded(page):
    expect(page).to_have_url(re.compile(r"/productions/1$"), timeout=LOADING_MS)
    ledger = page.get_by_text("rows of DATA/VOL001.dat")
    if not ledger.count():
        ledger = page.get_by_text(re.compile("VOL001.dat"))
    expect(ledger.first).to_be_visible(timeout=LOADING_MS)


def test_a_zip_is_chosen_loaded_watched_and_read(start, tmp_path):
    """The first production of a clinic, as it came by mail."""
    small_volume(tmp_path / "production")
    packed = shutil.make_archive(str(tmp_path / "VOL001"), "zip", tmp_path / "production")
    make_case(start, "NDLON v. ICE")
    start.get_by_role("link", name=text("load.title")).first.click()
    start.locator("input[type=file]:not([webkitdirectory])").set_input_files(packed)
    fill_form(start)
    expect_loaded(start)
    start.get_by_role("link", name=text("nav.documents"), exact=True).click()
    expect(start.get_by_role("grid").get_by_text("ABC0000004")).to_be_visible(timeout=LOADING_MS)


def test_a_folder_is_dropped(start, tmp_path):
    """Every file keeps its path inside the folder."""
    volume = small_volume(tmp_path / "production")
    make_case(start, "A v. B")
    start.get_by_role("link", name=text("load.title")).first.click()
    start.locator("input[webkitdirectory]").set_input_files(volume)
    fill_form(start)
    expect_loaded(start)
    expect(start.get_by_text(re.compile("VOL001")).first).to_be_visible()


def test_a_path_on_this_computer_is_browsed_to(start, tmp_path):
    """A production of many gigabytes is not sent through the browser."""
    volume = small_volume(tmp_path / "production")
    make_case(start, "C v. D")
    start.get_by_role("link", name=text("load.title")).first.click()
    start.get_by_role("button", name=text("load.namePath")).click()
    path = start.get_by_label(text("folders.path"))
    expect(path).not_to_have_value("")
    path.fill(str(volume.parent))
    path.press("Enter")
    start.get_by_role("button", name=re.compile("VOL001")).click()
    expect(path).to_have_value(str(volume))
    start.get_by_role("button", name=text("load.thisFolder")).click()
    fill_form(start)
    expect_loaded(start)
