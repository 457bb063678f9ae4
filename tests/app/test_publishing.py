"""What of a case becomes public, and what never does."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime

import pytest
from PIL import Image

from tests.app.volume import CANARY
from vaughn.app.facts import EnteredFacts, enter_facts
from vaughn.app.opening import actor
from vaughn.app.publishing import PublishOrder, publish_case
from vaughn.model import InputError
from vaughn.store import CaseFile

NOW = datetime(2026, 11, 22, tzinfo=UTC)
SITE = {"title": ["A v. B"], "visibility": ["published"], "slug": ["a-v-b"], "synopsis": ["What it is **about**."]}


@pytest.fixture
def case(case_copy):
    with CaseFile.open(case_copy, write=True, actor=actor("test")) as opened:
        yield opened


def say(case, reference, **values):
    """Enter facts; a trailing underscore of a field's name is dropped."""
    texts = {name.rstrip("_"): [value] if isinstance(value, str) else value for name, value in values.items()}
    enter_facts(case, EnteredFacts(reference, texts))


def build(case, out, *productions, at=NOW):
    return publish_case([case], out, PublishOrder(at, productions))


def everything(out):
    """Return every byte of the site, names included."""
    return b"\n".join(
        path.relative_to(out).as_posix().encode() + b"\n" + path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file()
    )


def test_nothing_is_published_that_nobody_published(case, tmp_path):
    """Not by a slip of the command line."""
    with pytest.raises(InputError, match="Nobody has said"):
        build(case, tmp_path / "site")
    assert not (tmp_path / "site").exists()


def test_a_site_without_named_productions_shows_no_record(case, tmp_path):
    """Publishing the page of a case is not publishing its records."""
    say(case, "site/main", **SITE)
    done = build(case, tmp_path / "site")
    assert done.documents == 0
    assert CANARY.encode() not in everything(tmp_path / "site")


def test_a_named_production_comes_page_by_page_with_picture_and_text(case, tmp_path):
    """Under numbers that can be cited."""
    say(case, "site/main", production="First", **SITE)
    done = build(case, tmp_path / "site")
    assert (done.documents, done.pages) == (3, 6)
    page = (tmp_path / "site/a-v-b/p/ABC0000005.html").read_text("utf-8")
    assert "detainer policy" in page
    with Image.open(tmp_path / "site/a-v-b/img/ABC0000005.webp") as picture:
        assert picture.width >= 800


def test_an_unknown_production_is_refused_by_name(case, tmp_path):
    """A typing mistake must not publish less than was meant, in silence."""
    with pytest.raises(InputError, match="'Secnd'"):
        build(case, tmp_path / "site", "Secnd")


def test_a_second_build_reads_and_writes_nothing(case, tmp_path):
    """Page pictures are slow; unchanged ones are not drawn again."""
    build(case, tmp_path / "site", "all")
    again = build(case, tmp_path / "site", "all")
    assert (again.written, again.read_documents) == (0, 0)


def test_drafts_and_embargoes_leave_no_trace_until_their_day(case, tmp_path):
    """Neither a guide nor a page."""
    say(case, "site/main", production="First", **SITE)
    say(case, "guide/soon", title="Guide Zanzibar", text="Zanzibar text", visibility="draft")
    say(case, "news/later", title="Zanzibar news", on="2026-12-01", visibility="published", embargo_until="2026-12-01")
    say(case, "page-state/memo", bates=["ABC0000003"], visibility="published", embargo_until="2026-12")
    build(case, tmp_path / "site")
    told = everything(tmp_path / "site")
    assert b"Zanzibar" not in told
    assert CANARY.encode() in told  # it stands in the title of another document too
    assert not (tmp_path / "site/a-v-b/p/ABC0000003.html").exists()
    build(case, tmp_path / "site", at=datetime(2027, 1, 1, tzinfo=UTC))
    assert b"Zanzibar news" in everything(tmp_path / "site")
    assert (tmp_path / "site/a-v-b/p/ABC0000003.html").exists()


def test_a_withdrawn_page_says_so_and_its_picture_goes(case, tmp_path):
    """What was linked to stays an answer."""
    say(case, "site/main", production="First", **SITE)
    build(case, tmp_path / "site")
    assert (tmp_path / "site/a-v-b/img/ABC0000005.webp").exists()
    say(case, "page-state/slip", bates=["ABC0000005"], visibility="withdrawn", withdrawn_because="Shared by mistake")
    build(case, tmp_path / "site")
    assert not (tmp_path / "site/a-v-b/img/ABC0000005.webp").exists()
    page = (tmp_path / "site/a-v-b/p/ABC0000005.html").read_text("utf-8")
    assert "Shared by mistake" in page
    assert "detainer policy" not in page


def test_a_name_to_hide_is_in_no_byte_and_under_no_word_of_the_picture(case, tmp_path):
    """Text, titles, search and pixels."""
    say(case, "site/main", production="First", name_to_hide=[CANARY], **SITE)
    done = build(case, tmp_path / "site")
    told = everything(tmp_path / "site")
    assert done.covered_names > 0
    assert CANARY.encode() not in told
    assert CANARY.lower().encode() not in told.lower()
    with Image.open(tmp_path / "site/a-v-b/img/ABC0000003.webp") as covered:
        dark = sum(covered.convert("L").histogram()[:60])
    assert dark > 500, "the word's box is painted over"


def test_a_dead_citation_stops_the_build(case, tmp_path):
    """With the guide and the line it stands in; nothing is written."""
    say(case, "site/main", production="First", **SITE)
    say(case, "guide/g", title="Guide", text="See [ABC0000004].\n\nAnd [ABC0000999].", visibility="published")
    with pytest.raises(InputError, match=r"guide/g, line 3: ABC0000999"):
        build(case, tmp_path / "site")
    assert not (tmp_path / "site/index.html").exists()


def test_letters_notes_and_requests_in_preparation_are_never_read(case, tmp_path):
    """The site is made from released files and from what was published."""
    say(case, "site/main", **SITE, note="Internal: Quetzal")
    say(case, "letter/draft", title="Quetzal letter", text="Quetzal", kind="appeal")
    say(case, "request/next", title="Quetzal request", state="draft", text="Quetzal")
    say(case, "toll/x", title="Quetzal pause", from_="2026-01-01")
    build(case, tmp_path / "site", "all")
    assert b"Quetzal" not in everything(tmp_path / "site")


def test_hostile_facts_stay_text(case, tmp_path):
    """Captions come from strangers too."""
    evil = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    say(case, "site/main", **{**SITE, "title": [evil], "synopsis": [f"{evil} [x](javascript:alert(3))"]})
    say(case, "party/evil", name=evil, role="defendant")
    say(case, "event/evil", title=evil, on="2026-01-01", lane="court")
    build(case, tmp_path / "site", "all")
    for path in (tmp_path / "site").rglob("*.html"):
        page = path.read_text("utf-8")
        assert not re.search(r"<script(?! src=| type=\"application/ld\+json\")", page), path
        assert "<img src=x" not in page
        assert 'href="javascript:' not in page


def test_several_cases_have_an_index_and_own_addresses(case, tmp_path, case_copy):
    """Even if they are called alike."""
    say(case, "site/main", **SITE)
    with CaseFile.open(case_copy) as again:
        done = publish_case([case, again], tmp_path / "site", PublishOrder(NOW, ("all",)))
    assert done.documents == 6
    assert (tmp_path / "site/a-v-b/index.html").exists()
    assert (tmp_path / "site/a-v-b-2/index.html").exists()
    assert "a-v-b-2/" in (tmp_path / "site/index.html").read_text("utf-8")


def test_the_data_can_be_read_by_programs(case, tmp_path):
    """Everything published, as JSON."""
    say(case, "site/main", production="First", **SITE)
    build(case, tmp_path / "site")
    tables = {path.name: json.loads(path.read_text("utf-8")) for path in (tmp_path / "site").rglob("data/*.json")}
    assert len(tables["documents.json"]) == 3
