"""A workbench with the demo case, and a real Chromium that is signed in to it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import vaughn

ROOT = Path(vaughn.__file__).parents[2]
SCREENS = Path(vaughn.__file__).parent / "app" / "static" / "index.html"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
# Headless, nothing in the background, nothing remote.
ARGUMENTS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SIZE = {"width": 1280, "height": 800}
_ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT / "src")}


def _vaughn(*words):
    return [sys.executable, "-m", "vaughn", *map(str, words)]


class Watched:
    """A page, and everything it complained about."""

    def __init__(self, page, base):
        self.page = page
        self.base = base
        self.complaints = []
        page.on("console", lambda said: said.type in ("error", "warning") and self.complaints.append(said.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda asked: asked.url.startswith(("http", "ws")) and self._own(asked.url))

    def _own(self, url):
        if not url.startswith(self.base):
            self.complaints.append(f"asked another machine: {url}")

    def go(self, path):
        self.page.goto(self.base + path)
        return self.page


@pytest.fixture(scope="session")
def workbench(tmp_path_factory):
    """Return the one-time link of a running workbench with the demo case."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed (Debian: apt install chromium).")
    if not SCREENS.is_file():
        pytest.skip("The screens are not built (npm ci && npm run build in web/).")
    folder = tmp_path_factory.mktemp("workbench")
    case = folder / "demo"
    environment = {**_ENVIRONMENT, "HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    subprocess.run(_vaughn("demo", case, "--only-make"), check=True, env=environment, capture_output=True, timeout=300)
    server = subprocess.Popen(
        _vaughn("open", case, "--no-browser"), env=environment, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )
    try:
        link = next(filter(None, (re.search(r"http\S+", line) for line in server.stdout)))[0]
        yield link
    finally:
        server.terminate()
        server.wait(20)
        server.stdout.close()


@pytest.fixture(scope="session")
def signed_in(workbench):
    """Return Chromium, the address of the workbench, and the cookie that the link was swapped for."""
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed.")
    with playwright.sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        context = browser.new_context()
        page = context.new_page()
        page.goto(workbench)
        page.wait_for_selector("h1")
        yield browser, workbench.split("/?")[0], context.storage_state()
        browser.close()


@pytest.fixture
def screen(signed_in):
    """Return a function that opens a page of the workbench with options of its own."""
    browser, base, state = signed_in
    contexts = []

    def opened(**options):
        context = browser.new_context(
            storage_state=state, permissions=["clipboard-read", "clipboard-write"], viewport=SIZE, **options
        )
        contexts.append(context)
        return Watched(context.new_page(), base)

    yield opened
    for context in contexts:
        context.close()
