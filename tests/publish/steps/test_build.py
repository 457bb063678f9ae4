"""Whole sites: what is in them, what is not, and what a second build leaves alone."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pytest

from tests.publish.sample import MADE_AT, built, case, document, documents, drawing, everything, page, site
from vaughn.model import InputError, StateError, UnprovenRedaction
from vaughn.publish import (
    CourtOrder,
    DeadCitations,
    Guide,
    Motion,
    NewsEntry,
    Party,
    ProductionEntry,
    RestrictedPage,
    SelectedDocument,
    State,
    TimelineEvent,
    Visibility,
    publish,
)

CANARY = "zxqcanary"
DRAFT = Visibility(State.DRAFT)
EMBARGOED = Visibility(embargo_until=date(2026, 11, 23))
WITHDRAWN = Visibility(State.WITHDRAWN, withdrawn_on=date(2026, 11, 20), reason="At the request of a person named.")


def where(folder, word):
    """Return the files whose name or bytes hold *word*."""
    return [name for name, data in everything(folder).items() if word.encode() in data.lower() or word in name.lower()]


def times(folder):
    """Return when each file was written."""
    return {path: path.stat().st_mtime_ns for path in (folder / "out").rglob("*") if path.is_file()}


def test_everything_a_case_has_is_on_its_page(tmp_path):
    """What the two published pages of the example show, this one shows."""
    built(tmp_path)
    html = (tmp_path / "out/ndlon/index.html").read_text("utf-8")
    for said in (
        "NDLON v. ICE", "S.D.N.Y.", "1:10-cv-03488", "<strong>records</strong>", "Settled.", "To know.", "Opting out",
        "Counsel A; Counsel B", "February 3, 2010", "early 2013", "timeline-en.svg", "ICE 2011-08-17",
        "3 documents, 4 pages",
        "Motion on the cut-off date", "denied", "August 17", "August 18", "Mandatory memo", "Talking points",
        "How to read", "Site opened", "CREW v. DHS", "A report", "Write to your county", "case-en.pdf", "feed.xml",
    ):  # fmt: skip
        assert said in html, said


def test_a_page_has_image_text_permanent_link_citation_and_download(tmp_path):
    """That is what a permanent link is for."""
    built(tmp_path)
    html = (tmp_path / "out/ndlon/p/ICE~0004521.html").read_text("utf-8")
    assert 'src="../../ndlon/img/ICE~0004521.webp"' in html
    assert "The mandatory memo on opting out." in html
    link = "https://example.org/foia/ndlon/p/ICE~0004521.html"
    assert f"NDLON v. ICE, No. 1:10-cv-03488 (S.D.N.Y.), ICE 0004521, {link}" in html
    assert f'<link rel="canonical" href="{link}">' in html
    assert 'href="../../ndlon/text/=MEMO=.txt" download' in html
    assert (tmp_path / "out/ndlon/img/ICE~0004521.webp").read_bytes()[8:12] == b"WEBP"


def test_every_link_inside_the_site_leads_to_a_file(tmp_path):
    """From disk there is no server that could say what is missing."""
    built(tmp_path)
    root = tmp_path / "out"
    dead = []
    for path in root.rglob("*.html"):
        for target in re.findall(r'(?:href|src)="([^"#:?]+)', path.read_text("utf-8")):
            if not target.startswith(("http", "mailto")) and not (path.parent / target).resolve().is_file():
                dead.append((path.relative_to(root).as_posix(), target))
    assert dead == []


def test_nothing_is_fetched_from_elsewhere_and_nothing_runs(tmp_path):
    """No tracking, and no script but that of the search."""
    built(tmp_path)
    for path in (tmp_path / "out").rglob("*.html"):
        html = path.read_text("utf-8")
        assert "default-src 'none'" in html
        assert not re.findall(r'(?:src|srcset|action)="(?:https?:)?//', html)
        assert not re.findall(r'<link rel="(?:stylesheet|icon|preload)" href="(?:https?:)?//', html)
        scripts = re.findall(r"<script(?! type=\"application/ld\+json\")[^>]*>", html)
        assert len(scripts) == (path.name == "search.html")
        assert not re.search(r"\son\w+=|style=", html)


def test_the_data_hold_every_document_and_page(tmp_path):
    """Other programs start from these files."""
    built(tmp_path)
    data = tmp_path / "out/ndlon/data"
    listed = json.loads((data / "documents.json").read_text("utf-8"))
    assert [one["id"] for one in listed] == ["memo", "table", "mail"]
    rows = list(csv.DictReader(io.StringIO((data / "pages.csv").read_text("utf-8-sig"))))
    assert [row["bates"] for row in rows] == ["ICE 0004521", "ICE 0004522", "ICE 0004523", "ICE 0004524"]
    assert rows[0]["link"] == "https://example.org/foia/ndlon/p/ICE~0004521.html"
    facts = json.loads((data / "case.json").read_text("utf-8"))
    assert facts["contradictions"][0]["values"][1]["source"]["title"] == "Case page"


def test_the_feed_is_atom(tmp_path):
    """Readers of feeds refuse what is not."""
    built(tmp_path)
    feed = ElementTree.fromstring((tmp_path / "out/ndlon/feed.xml").read_bytes())
    atom = "{http://www.w3.org/2005/Atom}"
    assert feed.tag == f"{atom}feed"
    assert {child.tag.removeprefix(atom) for child in feed} == {"title", "id", "updated", "author", "link", "entry"}
    titles = [entry.findtext(f"{atom}title") for entry in feed.iter(f"{atom}entry")]
    assert titles == ["Published: 3 documents", "Site opened"]


def test_the_same_input_gives_the_same_bytes(tmp_path):
    """Anybody can check that a site is what it says it is made from."""
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        built(tmp_path / name)
    assert everything(tmp_path / "one") == everything(tmp_path / "two")


def test_a_second_build_writes_nothing_and_reads_no_document(tmp_path):
    """Even a day later: the clock is on no page."""
    built(tmp_path)
    before = times(tmp_path)
    again = built(tmp_path, site(made_at=MADE_AT.replace(day=25)))
    assert (again.written, again.removed, again.read_documents) == (0, 0, 0)
    assert times(tmp_path) == before


def test_one_changed_document_leaves_the_pages_of_others_alone(tmp_path):
    """Uploads stay small."""
    built(tmp_path)
    before = times(tmp_path)
    memo, table, mail = documents()
    changed = document("table", [page("ICE 0004522", "Detainers by state")], version="2", native=table.native)
    result = built(tmp_path, site(case(documents=(memo, changed, mail))))
    assert result.read_documents == 1
    after = times(tmp_path)
    moved = {path.name for path, at in after.items() if before.get(path) != at}
    assert "ICE~0004522.html" in moved
    assert not {"ICE~0004521.html", "ICE~0004523.html", "=MEMO=.txt", "ICE~0004521.webp"} & moved
    assert "state" in (tmp_path / "out/ndlon/p/ICE~0004522.html").read_text("utf-8")
    assert where(tmp_path, "county") == [
        "ndlon/index.html",
        "es/ndlon/index.html",
    ] or "ndlon/p/ICE~0004522.html" not in where(tmp_path, "county")


def test_a_mended_site_is_a_fresh_site(tmp_path):
    """Many small builds must end where one large one does."""
    many = [document(f"D{n}", [page(f"ABC {n:05d}", f"common word{n % 7} text of page {n}")]) for n in range(60)]
    built(tmp_path, site(case(documents=tuple(many), guides=(), synopsis="", selected=(), motions=())))
    many[31] = document("D31", [page("ABC 00031", "another text altogether, common no more")], version="2")
    last = site(case(documents=tuple(many), guides=(), synopsis="", selected=(), motions=()))
    assert built(tmp_path, last).read_documents == 1
    (tmp_path / "fresh").mkdir()
    built(tmp_path / "fresh", last)
    mended, fresh = everything(tmp_path), everything(tmp_path / "fresh")
    told = re.compile(r"changes\.html$|feed\.xml$|index\.html$")  # the change log differs: one changed, one did not
    differing = {name for name in mended.keys() | fresh.keys() if mended.get(name) != fresh.get(name)}
    assert {name for name in differing if not told.search(name)} == set()


def test_a_damaged_or_missing_file_is_made_again(tmp_path):
    """Somebody may have tidied up."""
    built(tmp_path)
    before = everything(tmp_path)
    (tmp_path / "out/ndlon/p/ICE~0004523.html").unlink()
    (tmp_path / "out/ndlon/img/ICE~0004521.webp").unlink()
    (tmp_path / "out/ndlon/p/left-over.html").write_text("old")
    built(tmp_path)
    assert everything(tmp_path) == before


def test_without_its_memory_a_build_looks_at_everything(tmp_path):
    """A build that was cut off leaves no memory behind."""
    built(tmp_path)
    before = everything(tmp_path)
    for path in (tmp_path / "state").iterdir():
        path.unlink()
    (tmp_path / "out/ndlon/p/ICE~0004523.html").write_text("cut o")
    assert built(tmp_path).read_documents == 3
    assert everything(tmp_path) == before


@pytest.mark.parametrize("hidden", [DRAFT, EMBARGOED], ids=["draft", "embargo"])
def test_what_is_not_public_leaves_no_trace_in_any_byte(tmp_path, hidden):
    """Not in lists, search, feed, data, PDF, names of files, counts."""
    secret = document(CANARY, [page(f"{CANARY} 0001", f"{CANARY} text")], title=f"{CANARY} title", visibility=hidden)
    secret_production = ProductionEntry(f"{CANARY}-9", f"{CANARY} production", CANARY, None, visibility=hidden)
    inside = document("inside", [page("ZZZ 1", f"{CANARY} by production")], production=f"{CANARY}-9", title=CANARY)
    whole = case()
    public = replace(
        whole,
        documents=(*whole.documents, secret, inside),
        productions=(*whole.productions, secret_production),
        events=(*whole.events, TimelineEvent(f"{CANARY} event", date(2011, 1, 1), visibility=hidden)),
        guides=(*whole.guides, Guide(f"{CANARY}-guide", CANARY, f"{CANARY} [ZZZ 99999]", "x.md", visibility=hidden)),
        news=(*whole.news, NewsEntry(f"{CANARY} news", date(2026, 1, 1), visibility=hidden)),
        selected=(*whole.selected, SelectedDocument(CANARY, f"{CANARY} caption")),
        motions=(*whole.motions, Motion(f"{CANARY} motion", visibility=hidden)),
        orders=(*whole.orders, CourtOrder(f"{CANARY} order", visibility=hidden)),
        draw_timeline=lambda events, language: drawing(events, language).replace("event 0", str(events[0].title)),
    )
    result = built(tmp_path, site(public, replace(public, slug=f"{CANARY}-case", caption=CANARY, visibility=hidden)))
    assert where(tmp_path, CANARY) == []
    assert (result.documents, result.pages, result.left_out) == (3, 4, 9 + 26)
    (tmp_path / "without").mkdir()
    built(tmp_path / "without", site(replace(whole, draw_timeline=public.draw_timeline)))
    assert everything(tmp_path) == everything(tmp_path / "without")


def test_a_document_that_becomes_a_draft_again_is_gone_without_a_word(tmp_path):
    """A draft never leaves a trace, not even as something that was there."""
    secret = document("gone", [page("ZZQ 0001", f"{CANARY} text", has_image=True)], title=CANARY)
    whole = case(documents=(*documents(), secret))
    built(tmp_path, site(whole))
    assert where(tmp_path, CANARY)
    built(tmp_path, site(replace(whole, documents=(*documents(), replace(secret, visibility=DRAFT)))))
    assert where(tmp_path, CANARY) == []
    assert where(tmp_path, "zzq") == []


def test_a_draft_page_is_left_out_of_its_document(tmp_path):
    """Its number would tell that there is something."""
    whole = document("mixed", [page("ZZQ 0001", "first page"), page("ZZQ 0002", CANARY, has_image=True)])
    mixed = replace(whole, restricted=(RestrictedPage("ZZQ 0002", DRAFT),))
    built(tmp_path, site(case(documents=(*documents(), mixed))))
    assert where(tmp_path, CANARY) == []
    assert where(tmp_path, "0002") == [] or all(b"ZZQ 0002" not in data for data in everything(tmp_path).values())
    assert "ndlon/p/ZZQ~0001.html" in everything(tmp_path)


def test_a_withdrawn_page_says_so_and_its_image_and_text_are_gone(tmp_path):
    """A permanent link still leads somewhere; what it showed is no longer on the disk."""
    whole = document("mixed", [page("ZZQ 0001", "first"), page("ZZQ 0002", f"{CANARY} page", has_image=True)])
    built(tmp_path, site(case(documents=(*documents(), whole))))
    assert "ndlon/img/ZZQ~0002.webp" in everything(tmp_path)
    mixed = replace(whole, restricted=(RestrictedPage("ZZQ 0002", WITHDRAWN),))
    built(tmp_path, site(case(documents=(*documents(), mixed))))
    assert where(tmp_path, CANARY) == []
    assert "ndlon/img/ZZQ~0002.webp" not in everything(tmp_path)
    html = (tmp_path / "out/ndlon/p/ZZQ~0002.html").read_text("utf-8")
    assert "This page was withdrawn." in html
    assert "Withdrawn on November 20, 2026." in html
    assert "At the request of a person named." in html


def test_a_withdrawn_document_says_so_on_every_page(tmp_path):
    """Title, text, image and native file go; the change log tells that it happened."""
    whole = document("gone", [page("ZZQ 0001", f"{CANARY} text", has_image=True)], title=f"{CANARY} title")
    whole = replace(whole, native=replace(documents()[1].native, name=f"{CANARY}.pdf"))
    built(tmp_path, site(case(documents=(*documents(), whole))))
    built(tmp_path, site(case(documents=(*documents(), replace(whole, visibility=WITHDRAWN)))))
    assert where(tmp_path, CANARY) == []
    for name in ("p/ZZQ~0001", "d/=GONE="):
        assert "withdrawn" in (tmp_path / f"out/ndlon/{name}.html").read_text("utf-8")
    assert "Withdrawn" in (tmp_path / "out/ndlon/changes.html").read_text("utf-8")
    assert not list((tmp_path / "out").rglob("*GONE*.pdf"))
    rows = (tmp_path / "out/ndlon/data/documents.csv").read_text("utf-8-sig").splitlines()
    assert rows[4].startswith("gone,withdrawn,,")


def test_dead_citations_stop_the_build_before_a_file_is_written(tmp_path):
    """All of them, with file and line, in guides and in the texts of the case."""
    guide = Guide("bad", "Bad", "Fine [ICE 0004521]\n\ndead [ICE 0009999]", "bad.md")
    with pytest.raises(DeadCitations) as caught:
        built(tmp_path, site(case(guides=(guide,), status="See [ICE 0008888].")))
    assert [(one.file, one.line, one.cited) for one in caught.value.dead] == [
        ("status", 1, "ICE 0008888"),
        ("bad.md", 3, "ICE 0009999"),
    ]
    assert "bad.md, line 3: ICE 0009999" in caught.value.message
    assert not (tmp_path / "out").exists()


def test_a_page_that_is_withdrawn_cannot_be_cited(tmp_path):
    """The guide would rest on nothing."""
    memo, *rest = documents()
    with pytest.raises(DeadCitations):
        built(tmp_path, site(case(documents=(replace(memo, visibility=WITHDRAWN), *rest))))


def test_a_folder_with_other_files_is_not_touched(tmp_path):
    """What belongs to no page is removed, so the folder must be ours."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out/thesis.doc").write_text("work of years")
    with pytest.raises(StateError, match="not a site"):
        built(tmp_path)
    assert (tmp_path / "out/thesis.doc").exists()


def test_what_a_host_needs_at_the_root_is_kept(tmp_path):
    """CNAME and .git are put there by hand."""
    (tmp_path / "out/.git").mkdir(parents=True)
    (tmp_path / "out/.git/config").write_text("x")
    built(tmp_path)
    (tmp_path / "out/CNAME").write_text("example.org")
    (tmp_path / "out/stray.html").write_text("x")
    built(tmp_path)
    assert (tmp_path / "out/CNAME").exists()
    assert (tmp_path / "out/.git/config").exists()
    assert not (tmp_path / "out/stray.html").exists()


def test_the_memory_of_the_build_is_not_published(tmp_path):
    """It knows fingerprints of what was covered."""
    with pytest.raises(InputError, match="inside the site"):
        publish(site(), tmp_path / "out", tmp_path / "out/state")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (lambda: site(case(slug="../x")), "short name"),
        (lambda: site(case(), case()), "short name"),
        (lambda: site(languages=("en", "xx")), "language"),
        (lambda: site(languages=()), "language"),
        (lambda: site(base_url="ftp://example.org/"), "address"),
        (lambda: site(case(documents=(documents()[0], documents()[0]))), "same id"),
        (
            lambda: site(case(documents=(*documents(), document("x", [page("ICE 0004521", "again")])))),
            "page of the same number",
        ),
        (
            lambda: site(case(draw_timeline=lambda *_: "<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>")),
            "drawing",
        ),
    ],
)
def test_a_site_that_cannot_be_made_says_why_before_it_writes(tmp_path, wrong, said):
    """With a way out, in words."""
    with pytest.raises(InputError, match=said) as caught:
        built(tmp_path, wrong())
    assert caught.value.hint
    assert not (tmp_path / "out").exists()


def test_a_number_produced_again_has_a_page_of_its_own(tmp_path):
    """The first link keeps leading to the first page, and each page tells of the other."""
    again = document(
        "memo-2", [page("ICE 0004521", "with less blacked out")], production="ice-2", edition="ICE 2011-08-17"
    )
    built(tmp_path, site(case(documents=(*documents(), again))))
    first = (tmp_path / "out/ndlon/p/ICE~0004521.html").read_text("utf-8")
    other = next((tmp_path / "out/ndlon/p").glob("ICE~0004521=*")).read_text("utf-8")
    assert "mandatory memo" in first
    assert "ICE 0004521 (ICE 2011-08-17)" in first
    assert "less blacked out" in other
    assert 'href="ICE~0004521.html"' in other


def test_several_cases_share_an_index(tmp_path):
    """Each keeps its own links."""
    built(
        tmp_path,
        site(
            case(),
            case(slug="crew", caption="CREW v. DHS", documents=(), guides=(), synopsis="", motions=(), selected=()),
        ),
    )
    html = (tmp_path / "out/index.html").read_text("utf-8")
    assert 'href="ndlon/index.html"' in html
    assert 'href="crew/index.html"' in html
    assert (tmp_path / "out/es/crew/index.html").is_file()


def test_spanish_pages_speak_spanish_and_mark_what_does_not(tmp_path):
    """A screen reader changes its voice at `lang`."""
    built(tmp_path)
    html = (tmp_path / "out/es/ndlon/index.html").read_text("utf-8")
    assert '<html lang="es">' in html
    assert "Acuerdo alcanzado." in html
    assert "Memorando obligatorio" in html
    assert '<h1 lang="en">NDLON v. ICE</h1>' in html
    assert "3 de febrero de 2010" in html


def test_html_and_formulas_in_captions_are_shown_as_text(tmp_path):
    """Titles come from load files."""
    evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    bad = document("x", [page("XYZ 0001", f"{evil}</pre>")], title=evil, agency=evil, kind=evil, day=evil)
    formula = document(
        "y", [page("XYZ 0002", "text")], title='=HYPERLINK("https://evil.example")', agency="+1", kind="@x"
    )
    party = Party(evil, evil, (evil,))
    built(
        tmp_path,
        site(case(documents=(*documents(), bad, formula), parties=(party,), caption=evil, court=evil), title=evil),
    )
    for name, data in everything(tmp_path).items():
        if name.endswith(".html"):
            assert b"<script>alert" not in data, name
            assert b"<img src=x" not in data, name
            assert data.count(b"</script>") == data.count(b"<script"), name
    rows = csv.DictReader(io.StringIO((tmp_path / "out/ndlon/data/documents.csv").read_text("utf-8-sig")))
    row = next(row for row in rows if row["id"] == "y")
    assert (row["title"], row["agency"], row["kind"]) == ('\'=HYPERLINK("https://evil.example")', "'+1", "'@x")


def test_path_characters_in_numbers_stay_inside_the_site(tmp_path):
    """`../` in a Bates prefix is a prefix."""
    pages = [page(number, "text") for number in ("../../../x 1", "a/b\\c 2", "CON", "ice 0004521", "x" * 300)]
    built(tmp_path, site(case(documents=(*documents(), document("../../evil", pages)))))
    assert {path.name for path in tmp_path.iterdir()} == {"out", "state"}
    names = [name.lower() for name in everything(tmp_path)]
    assert len(names) == len(set(names))


def test_a_page_of_html_stays_small(tmp_path):
    """A printed table can have megabytes on one page; its text is whole in the text file."""
    long = document("long", [page("LNG 0001", "漢字 & <b> " * 200_000)])
    built(tmp_path, site(case(documents=(*documents(), long))))
    sizes = {name: len(data) for name, data in everything(tmp_path).items() if name.endswith(".html")}
    assert max(sizes.values()) < 60_000
    assert (tmp_path / "out/ndlon/text/=LONG=.txt").read_text("utf-8").count("漢字") == 200_000


def test_the_page_of_a_case_stays_small(tmp_path):
    """Hundreds of events, motions and contradictions have pages of their own; all of them are somewhere."""
    one = case()
    whole = replace(
        one,
        events=tuple(TimelineEvent(f"Event {n} {'x' * 200}", date(2011, 1, 1)) for n in range(400)),
        motions=one.motions * 150,
        orders=one.orders * 150,
        contradictions=tuple(replace(one.contradictions[0], topic=f"Topic {n} {'x' * 200}") for n in range(200)),
        productions=tuple(ProductionEntry(f"p-{n}", f"Production {n}", "ICE", None) for n in range(100)),
        documents=tuple(replace(document, production="p-1") for document in one.documents),
    )
    built(tmp_path, site(whole))
    found = {name: data for name, data in everything(tmp_path).items() if name.endswith(".html")}
    assert {name: len(data) for name, data in found.items() if len(data) > 60_000} == {}
    text = b"".join(data for name, data in found.items() if name.startswith("ndlon/"))
    assert all(f"Event {n} ".encode() in text and f"Topic {n % 200} ".encode() in text for n in range(400))


def test_a_document_of_thousands_of_pages_is_listed_in_parts(tmp_path):
    """7,934 links would be a page of 500 kB."""
    pages = [page(f"BIG {n:06d}", f"page {n}") for n in range(1, 1001)]
    built(tmp_path, site(case(documents=(*documents(), document("big", pages)))))
    assert (tmp_path / "out/ndlon/d/=BIG=,4.html").is_file()
    assert 'href="=BIG=,4.html"' in (tmp_path / "out/ndlon/d/=BIG=.html").read_text("utf-8")


def test_a_document_that_gives_other_pages_than_it_names_is_an_error(tmp_path):
    """A page left out without a word would be a hole nobody sees."""
    short = replace(document("short", [page("SHO 0001", "a")]), numbers=("SHO 0001", "SHO 0002"))
    with pytest.raises(InputError, match="names 2 pages and gave 1"):
        built(tmp_path, site(case(documents=(*documents(), short))))


def test_the_pdf_of_the_case_is_in_each_language(tmp_path):
    """For people who read on paper."""
    built(tmp_path)
    for language in ("en", "es"):
        assert (tmp_path / f"out/ndlon/case-{language}.pdf").read_bytes().startswith(b"%PDF")


def test_a_name_in_pieces_stops_the_build(tmp_path):
    """`Ju**a**n` is not found in the source and is read on the page."""
    with pytest.raises(UnprovenRedaction, match=r"index\.html"):
        built(tmp_path, site(case(synopsis="Written by Ju**a**n P&eacute;rez."), names_to_hide=("Juan Perez",)))
