"""Real Chromium on a real server; skipped with a sentence where either is missing."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.app.volume import small_volume
from vaughn.app.facts import EnteredFacts, enter_facts, source_named
from vaughn.app.opening import actor
from vaughn.app.receiving import Handover, receive_handover
from vaughn.model import Case
from vaughn.store import CaseFile

if TYPE_CHECKING:
    from playwright.sync_api import StorageState

ROOT = Path(__file__).parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
BUILT = (ROOT / "src/vaughn/app/static/index.html").is_file()
EXPECT_MS = 15_000
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
TEXTS = {
    language: json.loads((ROOT / f"web/src/i18n/{language}.json").read_text(encoding="utf-8"))
    for language in ("en", "es")
}


def pytest_collection_modifyitems(items):
    reason = None
    if CHROMIUM is None:
        reason = "Chromium is not installed: apt-get install chromium"
    elif not BUILT:
        reason = "The screens were not built: python hatch_build.py build"
    for item in items:
        if item.path.is_relative_to(ROOT / "tests/browser"):
            item.add_marker(pytest.mark.browser)
            if reason:
                item.add_marker(pytest.mark.skip(reason=reason))


def text(key, **values):
    """Return a text of the English catalogue, as the screens show it."""
    return re.sub(r"\{(\w+)\}", lambda found: str(values[found[1]]), TEXTS["en"][key])


# A lawsuit in small: a request, a motion with its opposition, an order that was stayed; one title is hostile.
SUIT = {
    "agency/ice": {"name": ["Immigration and Customs Enforcement"], "short": ["ICE"]},
    "party/ice": {"name": ["ICE"], "agency": ["agency/ice"]},
    "request/ice": {"title": ["Records of detainers"], "agency": ["agency/ice"], "received_on": ["2010-02-03"]},
    "request-item/1": {"title": ["Policies"], "number": ["1"], "covered_by": ["ABC0000005"]},
    "docket/d": {"caption": ["A v. B"], "number": ["1:10-cv-03488"], "court": ["S.D.N.Y."]},
    "entry/1": {
        "title": ["<img src=x onerror=alert(1)> Motion"],
        "docket": ["docket/d"],
        "number": ["1"],
        "filed_on": ["2010-10-28"],
        "type": ["motion"],
        "filed_by": ["party/ice"],
        "text": ["<script>alert(1)</script> =HYPERLINK(1) " + "MOTION " * 60],
    },
    "entry/2": {"title": ["Opposition"], "docket": ["docket/d"], "type": ["opposition"], "responds_to": ["entry/1"]},
    "order/form": {"title": ["Form of production"], "entered_on": ["2011-02-07"]},
    "order-change/stay": {
        "order": ["order/form"],
        "state": ["stayed"],
        "from": ["2011-02-20"],
        "until": ["2011-03-01"],
    },
    "obligation/form": {"title": ["Produce again"], "order": ["order/form"], "due_on": ["2011-02-25"]},
}


@dataclass(frozen=True)
class Server:
    """A workbench that runs, and the link that opens it."""

    base: str
    link: str
    process: subprocess.Popen[bytes]


@contextmanager
def serving(*arguments, state):
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "VAUGHN_STATE": str(state), "HOME": str(state)}
    code = (
        "from pathlib import Path; import sys\n"
        "from vaughn.app.cli import open_workbench\n"
        "open_workbench(Path(sys.argv[1]) if len(sys.argv) > 1 else None, browser=False)"
    )
    command = [sys.executable, "-c", code, *(str(argument) for argument in arguments)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as process:
        try:
            link = re.search(rb"http://\S+", process.stdout.readline()).group().decode()
            yield Server(link.split("/?")[0], link, process)
        finally:
            process.terminate()
            process.wait(20)


@pytest.fixture(scope="session")
def loaded_case(tmp_path_factory):
    folder = tmp_path_factory.mktemp("browser")
    with CaseFile.create(folder / "case", Case("A v. B"), actor=actor("test")) as case:
        handover = Handover(small_volume(folder), "ICE", date(2011, 1, 17), name="First")
        receive_handover(case, handover, lambda *_: None)
        for reference, values in SUIT.items():
            enter_facts(case, EnteredFacts(reference, values))
        other = EnteredFacts("order/form", {"entered_on": ["2011-02-03"]}, source=source_named("Case page"))
        enter_facts(case, other)
    return folder / "case"


@pytest.fixture(scope="session")
def chromium():
    from playwright.sync_api import expect, sync_playwright

    # Two workers on two cores, each with a server and a browser: five seconds are not always enough.
    expect.set_options(timeout=EXPECT_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


@dataclass(frozen=True)
class Bench:
    """The workbench that the tests share, and the session of a browser that came by its link."""

    server: Server
    session: StorageState

    def open(self, case):
        """Open *case* in the place of the one that was open."""
        (cookie,) = self.session["cookies"]
        asked = urllib.request.Request(
            f"{self.server.base}/api/cases/open",
            json.dumps({"path": str(case)}).encode(),
            {"Content-Type": "application/json", "X-Vaughn": "1", "Cookie": f"{cookie['name']}={cookie['value']}"},
        )
        with urllib.request.urlopen(asked) as answer:
            assert answer.status == 200


@pytest.fixture(scope="session")
def bench(chromium, tmp_path_factory):
    """One workbench for all tests that look at a case: starting it takes longer than most of them."""
    with serving(state=tmp_path_factory.mktemp("state")) as running:
        context = chromium.new_context()
        context.new_page().goto(running.link)
        session = context.storage_state()
        context.close()
        yield Bench(running, session)


@pytest.fixture(scope="module")
def server(bench, loaded_case):
    bench.open(loaded_case)
    return bench.server


def watched(context, *, allowed=("http://127.0.0.1:", "blob:http://127.0.0.1:", "data:")):
    """Return a new tab that notes every error of the page, failed call and call to elsewhere."""
    page = context.new_page()
    page.faults = []
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.on("console", lambda message: page.faults.append(message.text) if message.type == "error" else None)
    page.on("request", lambda request: _note_foreign(page, request.url, allowed))
    return page


def _note_foreign(page, url, allowed):
    if not url.startswith(allowed):
        page.faults.append(f"call to {url}")


@pytest.fixture(scope="module")
def context(chromium, bench, server):
    """A browser that came by the link, with the module's case open in it."""
    size = {"width": 1280, "height": 860}
    context = chromium.new_context(viewport=size, accept_downloads=True, locale="en-US", storage_state=bench.session)
    yield context
    context.close()


@pytest.fixture(scope="module")
def tab(context):
    """One tab for the tests of a module: what it has loaded once it need not compile again."""
    page = watched(context)
    yield page
    page.close()


@pytest.fixture
def page(tab):
    """The tab as if it were new: nothing kept in it, nothing noted."""
    tab.faults.clear()
    yield tab
    faults = list(tab.faults)
    tab.evaluate("sessionStorage.clear()")
    tab.goto("about:blank")
    assert faults == []
