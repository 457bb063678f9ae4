"""The demo in a real browser: what `make demo` shows must be readable, in both themes."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import watched
from vaughn.app.demo import build_demo
from vaughn.app.opening import actor
from vaughn.app.receiving import Handover, receive_handover
from vaughn.model import Case
from vaughn.store import CaseFile


@pytest.fixture(scope="module")
def demo(bench, tmp_path_factory):
    """A workbench on the production that is numbered by document: 110 e-mails, 318 pages."""
    folder = tmp_path_factory.mktemp("demo")
    made = build_demo(folder / "received")[1]
    with CaseFile.create(folder / "case", Case("Demo v. State"), actor=actor("test")) as case:
        receive_handover(case, Handover(made.path, made.agency, made.released_on, name=made.name), lambda *_: None)
    bench.open(folder / "case")
    return bench.server


@pytest.fixture(scope="module")
def visit(chromium, bench, demo):
    size = {"width": 1360, "height": 850}
    context = chromium.new_context(viewport=size, locale="en-US", storage_state=bench.session)
    page = watched(context)
    yield page
    faults = page.faults
    context.close()
    assert faults == []


def test_all_documents_of_the_release_are_listed(demo, visit):
    """The known number of the release."""
    visit.goto(f"{demo.base}/documents")
    expect(visit.get_by_text("110 documents")).to_be_visible()


def test_a_message_released_twice_is_found_by_its_number(demo, visit):
    """The documentation of the demo asks the reader to compare it."""
    visit.goto(f"{demo.base}/b/C05795775")
    expect(visit.get_by_role("heading", name="C05795775")).to_be_visible()
    expect(visit).to_have_url(re.compile(r"/d/\d+"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/", "/productions", "/documents", "/findings", "/search?q=embassy"])
def test_headings_can_be_read_on_their_ground(demo, visit, path, scheme):
    """4.5 to 1 is the least contrast that WCAG 2.2 allows for body text."""
    visit.emulate_media(color_scheme=scheme)
    visit.goto(demo.base + path)
    expect(visit.get_by_role("heading", level=1)).to_be_visible()
    front, ground = visit.evaluate(
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
