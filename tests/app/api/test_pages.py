"""Pages over HTTP: the two versions of their words."""

from __future__ import annotations

import pytest

from tests.app.conftest import signed_in
from vaughn.formats.pages import pack_words
from vaughn.model import PageText, TextSource
from vaughn.store import OWN_LAYER, PageReading


@pytest.fixture
def writable(workbench, case_copy):
    """The workbench on a case that a test may change."""
    workbench.open(case_copy)
    with signed_in(workbench) as client:
        yield client


@pytest.fixture
def layered(writable, workbench):
    """The id of a page that OCR has read and that brought words of its own."""
    with workbench.using() as opened, opened.writing() as case:
        page = next(case.pages(document.id)[0] for document in case.all_documents() if document.page_count)
        by_ocr = PageReading(
            page.id, page.size, TextSource.OCR, words=pack_words(PageText("read by a program", ())), engine="some 1.0"
        )
        own = PageReading(page.id, page.size, TextSource.EMBEDDED, words=pack_words(PageText("brought along", ())))
        with case.writing("test") as change:
            change.save_pages([by_ocr])
            change.set_other_words([own], engine=OWN_LAYER)
    return page.id


def test_both_versions_can_be_looked_at_and_either_used(writable, layered):
    """What OCR read may be worse than what the file brought."""
    client = writable
    found = client.get(f"/api/pages/{layered}/versions").json()
    assert found == {
        "shown": {"version": "ocr", "engine": "some 1.0", "words": 4, "confidence": None},
        "other": {"version": "own", "engine": None, "words": 2, "confidence": None},
        "why": "doubtful",
        "chosen_by": None,
    }
    words = f"/api/pages/{layered}/words"
    assert client.get(words).json()["text"] == "read by a program"
    assert client.get(words, params={"version": "other"}).json()["text"] == "brought along"
    changed = client.post(f"/api/pages/{layered}/versions", json={"version": "own"}).json()
    assert (changed["shown"]["version"], changed["other"]["version"], changed["why"]) == ("own", "ocr", "chosen")
    assert client.get(words).json()["text"] == "brought along"
    assert client.get("/api/search", params={"q": "brought"}).json()["total_pages"] == 1
    back = client.post(f"/api/pages/{layered}/versions", json={"version": "ocr"}).json()
    assert back["shown"] == found["shown"]
    assert client.get("/api/search", params={"q": "brought"}).json()["total_pages"] == 0


def test_a_page_with_one_version_offers_no_other(client):
    """Most pages have one."""
    first = client.get("/api/documents").json()["rows"][0]["first_page_id"]
    assert client.get(f"/api/pages/{first}/versions").json()["other"] is None
    assert client.get(f"/api/pages/{first}/words", params={"version": "other"}).status_code == 404
    assert client.post(f"/api/pages/{first}/versions", json={"version": "ocr"}).status_code == 409
    assert client.post(f"/api/pages/{first}/versions", json={"version": "both"}).status_code == 400
