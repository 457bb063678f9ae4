"""What a person does in the workbench must work in a real browser, with nothing fetched from elsewhere."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from urllib.parse import urlsplit

import pytest

from tests.house.source import ROOT, SRC

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed: the browser tests are skipped."),
    pytest.mark.skipif(
        not (SRC / "app/static/index.html").is_file(), reason="The screens are not built: make install."
    ),
]
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])}
VAUGHN = [sys.executable, "-m", "vaughn"]


def vaughn(folder, *words):
    done = subprocess.run([*VAUGHN, *words], cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, check=False)
    assert done.returncode in {0, 1}, done.stderr


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    """A case with the production that is numbered by document: 110 e-mails, 318 pages."""
    folder = tmp_path_factory.mktemp("workbench")
    vaughn(folder, "demo", "--files", "received")
    vaughn(folder, "new", "case", "--caption", "Demo v. State")
    vaughn(folder, "receive", "case", "received/F-2014-20439", "--agency", "State", "--released", "2016-02-13")
    return folder / "case"


@pytest.fixture(scope="module")
def link(case):
    """The one-time link of a running workbench."""
    command = [*VAUGHN, "open", str(case), "--no-browser"]
    with subprocess.Popen(
        command, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as served:
        try:
            yield next(found[0] for line in served.stdout if (found := re.search(r"http://\S+", line)))
        finally:
            served.terminate()
            served.communicate()


@pytest.fixture(scope="module")
def browser():
    playwright = pytest.importorskip("playwright.sync_api").sync_playwright().start()
    chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
    yield chromium
    chromium.close()
    playwright.stop()


class Visit:
    """One page in the browser, with everything it asked for and complained about."""

    def __init__(self, page, home):
        self.page, self.home = page, home
        self.elsewhere, self.complaints = [], []
        page.on("request", lambda request: self._note(request.url))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda message: self.complaints.append(message.text) if message.type == "error" else None)

    def _note(self, url):
        if not url.startswith((self.home, "data:", "blob:")):
            self.elsewhere.append(url)

    def go(self, path):
        self.page.goto(self.home + path)
        return self.page


@pytest.fixture(scope="module")
def visit(browser, link):
    parts = urlsplit(link)
    found = Visit(browser.new_page(viewport={"width": 1360, "height": 850}), f"{parts.scheme}://{parts.netloc}")
    found.page.goto(link)
    found.page.get_by_role("heading", name="Demo v. State").wait_for()
    return found


def test_the_link_works_once(visit, link, browser):
    """Whoever finds it later in a history must not get in."""
    stranger = browser.new_context().new_page()
    assert stranger.goto(link).status in {401, 403}
    stranger.context.close()


def test_the_list_leads_to_a_document_and_its_pages_are_shown(visit):
    """The way everybody takes first."""
    page = visit.go("/documents")
    page.get_by_text("110 documents").wait_for()
    with page.expect_response(re.compile(r"/api/pages/\d+/image\?width=\d{4}")) as picture:
        page.get_by_role("link", name="C05778478").click()
    page.get_by_role("heading", name="C05778478").wait_for()
    assert picture.value.status == 200
    assert picture.value.headers["content-type"].startswith("image/")
    page.get_by_role("img", name="Page 1, C05778478").wait_for()


def test_a_number_is_one_step_away(visit):
    """Briefs cite numbers; `/b/NUMBER` is a link one can write down."""
    page = visit.go("/b/C05795775")
    page.get_by_role("heading", name="C05795775").wait_for()
    assert "/d/" in page.url


def test_a_search_marks_its_hits_on_the_page(visit):
    """Finding the page is half of it; the eye wants the word."""
    page = visit.go("/documents")
    box = page.get_by_role("searchbox", name="Search the text of all pages")
    box.fill("embassy")
    box.press("Enter")
    page.get_by_text(re.compile(r"\d+ documents, \d+ pages, \d+ hits")).wait_for()
    page.locator("main a[href*='/d/']").first.click()
    page.get_by_text(re.compile(r"1 of \d+")).wait_for()


def test_the_keys_are_told_and_nothing_needs_a_mouse(visit):
    """Reviewers read thousands of pages; some cannot use a mouse at all."""
    page = visit.go("/documents")
    page.get_by_text("110 documents").wait_for()
    page.keyboard.press("?")
    page.get_by_role("dialog").wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("dialog").wait_for(state="hidden")


def test_every_string_turns_spanish_and_back(visit):
    """One catalogue, two languages."""
    page = visit.go("/documents")
    page.get_by_role("button", name="Cambiar a español").click()
    page.get_by_role("heading", name="Documentos").wait_for()
    page.locator("header button", has_text="EN").click()
    page.get_by_role("heading", name="Documents", exact=True).wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_can_be_read_on_its_ground(visit, scheme):
    """4.5 to 1 is the least contrast that WCAG 2.2 allows for body text."""
    visit.page.emulate_media(color_scheme=scheme)
    page = visit.go("/documents")
    page.get_by_text("110 documents").wait_for()
    front, ground = page.evaluate(
        """() => {
            const see = (name) => getComputedStyle(document.querySelector(name));
            const painted = ["main", "body", "html"].map((name) => see(name).backgroundColor);
            return [see("h1").color, painted.find((colour) => !colour.endsWith(", 0)"))];
        }"""
    )
    assert contrast(front, ground) >= 4.5


def contrast(front, ground):
    """Return the ratio of WCAG 2.2 for two CSS colours."""

    def luminance(colour):
        parts = [float(part) / 255 for part in re.findall(r"[\d.]+", colour)[:3]]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((luminance(front), luminance(ground)))
    return (high + 0.05) / (low + 0.05)


def test_nothing_was_fetched_from_elsewhere_and_nothing_failed(visit):
    """Stands last: looks back on everything the tests before it did."""
    page = visit.go("/productions")
    page.get_by_role("heading", name="Productions").first.wait_for()
    assert visit.elsewhere == []
    assert visit.complaints == []
