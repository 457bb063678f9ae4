"""A small site with one of everything; each test changes what it is about."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, date, datetime

from PIL import Image, ImageDraw

from vaughn.formats.pages import read_pages
from vaughn.model import Box, LedgerLine, PageSize, Span, Word
from vaughn.publish import (
    CasePage,
    Contradiction,
    CourtOrder,
    Filing,
    Guide,
    Motion,
    NativeFile,
    NewsEntry,
    Obligation,
    Outcome,
    Party,
    ProductionEntry,
    PublishedDocument,
    PublishedPage,
    RelatedCase,
    RequestedItem,
    Resource,
    SelectedDocument,
    Site,
    SourceNote,
    StateChange,
    StatedValue,
    Text,
    TimelineEvent,
    Translation,
    WayToAct,
    publish,
)

PAGE = PageSize(612, 792)
MADE_AT = datetime(2026, 11, 22, 4, tzinfo=UTC)


def picture(text="", *, size=(612, 792)):
    """Return the picture of a page as PNG, *text* in its first line."""
    image = Image.new("L", size, 255)
    ImageDraw.Draw(image).text((72, 72), text, fill=0, font_size=14)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def words(text):
    """Return the words of *text* as if printed side by side, ten points a letter."""
    found, at = [], 0
    for word in text.split():
        start = text.index(word, at)
        at = start + len(word)
        found.append(Word(Span(start, at), Box(72 + 7 * start, 70, 72 + 7 * at, 90)))
    return tuple(found)


def page(number, text, *, has_image=False, has_words=True):
    """Return a page of *text*."""
    return PublishedPage(
        number,
        text,
        image=(lambda: picture(text or "")) if has_image else None,
        words=(lambda: words(text)) if has_words and text else None,
        size=PAGE,
    )


def document(key, pages, **facts):
    """Return a document of *pages*."""
    numbers = tuple(one.bates for one in pages)
    own = {"version": "1", "title": f"Document {key}", "agency": "ICE", "production": "ice-1"} | facts
    return PublishedDocument(
        key, numbers=numbers, pages=lambda: iter(pages), **{"begin": numbers[0], "end": numbers[-1]} | own
    )


def documents():
    """Return three documents: with a picture, with a native file, with two pages."""
    first = document(
        "memo",
        [page("ICE 0004521", "The mandatory memo on opting out.", has_image=True)],
        items=("policies",),
        kind="text document",
        day="2010-10-02",
        title=Text("Mandatory memo", "en", (Translation("es", "Memorando obligatorio"),)),
    )
    second = document(
        "table",
        [page("ICE 0004522", "Detainers by county")],
        native=NativeFile("table.xlsx", "application/vnd.ms-excel", 4, lambda: iter([b"PK", b"xx"])),
    )
    third = document("mail", [page("ICE 0004523", "First page of the mail"), page("ICE 0004524", None)], agency="DHS")
    return (first, second, third)


SOURCE = SourceNote("Opinion of February 7, 2011", "ECF 41", "https://example.org/opinion")


def drawing(events, language):
    """Return a timeline of one word an event."""
    texts = "".join(f'<text x="9" y="{20 * n + 20}">event {n}</text>' for n, _ in enumerate(events))
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 200"><title>{language}</title>{texts}</svg>'


def case(**changes):
    """Return a case with one of everything."""
    whole = CasePage(
        slug="ndlon",
        caption="NDLON v. ICE",
        court="S.D.N.Y.",
        docket_number="1:10-cv-03488",
        synopsis="A request for **records** of a program. See [ICE 0004521].",
        status=Text("Settled.", "en", (Translation("es", "Acuerdo alcanzado."),)),
        purpose="To know.",
        contact="[Write](mailto:press@example.org) to us.",
        asked=(
            RequestedItem("policies", "Policies", parts=(RequestedItem("opt-out", "Opting out"),)),
            RequestedItem("data", "Statistics", note="By county."),
        ),
        parties=(Party("NDLON", "plaintiff", ("Counsel A", "Counsel B")), Party("ICE", "defendant")),
        events=(
            TimelineEvent("Request", date(2010, 2, 3), lane="request", confidence="confirmed", sources=(SOURCE,)),
            TimelineEvent("Settlement", None, "early 2013", confidence="not confirmed"),
        ),
        draw_timeline=drawing,
        productions=(
            ProductionEntry(
                "ice-1",
                "ICE 2010-08-02",
                "ICE",
                date(2010, 8, 2),
                documents=3,
                pages=4,
                ledger=(LedgerLine("rows", 4, (("documents", 3), ("refused", 1))),),
                note="First of several.",
            ),
            ProductionEntry("ice-2", "ICE 2011-08-17", "ICE", None, replaces="ice-1"),
        ),
        motions=(
            Motion(
                "Motion on the cut-off date",
                "January 15, 2010",
                date(2011, 1, 26),
                (Filing("Memorandum", date(2011, 1, 26), "ECF 29", "ICE", "memo", None),),
                (Outcome("ICE", "denied"),),
            ),
        ),
        orders=(
            CourtOrder(
                "Order on the form of production",
                date(2011, 2, 7),
                (StateChange("in force", date(2011, 2, 7)), StateChange("withdrawn", date(2011, 6, 17))),
                (Obligation("ICE", "Produce load files", date(2011, 2, 25), "late"),),
                (SOURCE,),
            ),
        ),
        contradictions=(
            Contradiction(
                "Day of the reproduction",
                (StatedValue("August 17", SOURCE), StatedValue("August 18", SourceNote("Case page"))),
            ),
        ),
        guides=(
            Guide("how-to-read", "How to read", "# Start\n\nSee [[ICE 0004523]].\n", "how-to-read.md", by="NDLON"),
        ),
        selected=(
            SelectedDocument("memo", "Why it matters."),
            SelectedDocument(None, "Listed.", title="Talking points"),
        ),
        news=(NewsEntry("Site opened", date(2026, 11, 1), "It is *here*."),),
        related=(RelatedCase("CREW v. DHS", "D.D.C.", "1:11-cv-1", "https://example.org/crew"),),
        resources=(Resource("A report", "https://example.org/report"),),
        actions=(WayToAct("Write to your county", "Ask them."),),
        documents=documents(),
    )
    return replace(whole, **changes)


def site(*cases, **facts):
    """Return a site of *cases*, or of the one sample case."""
    own = {"title": "Records of ICE", "made_at": MADE_AT, "base_url": "https://example.org/foia/", "publisher": "NDLON"}
    return Site(cases=cases or (case(),), **own | facts)


def built(folder, whole=None):
    """Publish into *folder* and return what was done."""
    return publish(whole or site(), folder / "out", folder / "state")


def everything(folder):
    """Return all bytes of a site by name; the words of a PDF, which are packed in it, stand after them."""
    root = folder / "out"
    return {
        path.relative_to(root).as_posix(): path.read_bytes() + (_printed(path) if path.suffix == ".pdf" else b"")
        for path in root.rglob("*")
        if path.is_file()
    }


def _printed(path):
    return "".join(page.text for page in read_pages(path, "application/pdf")).encode()
