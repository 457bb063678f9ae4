"""Citations are found whole, in one form, with what they lead to."""

from __future__ import annotations

import logging
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vaughn.formats.citations import CitationKind, TargetKind, find_citations


def shown(text, **options):
    return [
        (one.kind.value, text[one.span.start : one.span.end], one.normalised) for one in find_citations(text, **options)
    ]


@pytest.mark.parametrize(
    ("text", "kind", "cited", "normalised"),
    [
        ("811 F. Supp. 2d 713 (S.D.N.Y. 2011)", "case", "811 F. Supp. 2d 713", "811 F. Supp. 2d 713"),
        ("see 2011 WL 381625.", "case", "2011 WL 381625", "2011 WL 381625"),
        ("5 U.S.C. § 552(b)(7)(C).", "statute", "5 U.S.C. § 552(b)(7)(C)", "5 U.S.C. § 552(b)(7)(C)"),
        ("5 U.S.C. 552(b)(6)", "statute", "5 U.S.C. 552(b)(6)", "5 U.S.C. § 552(b)(6)"),
        ("5 USC 552a", "statute", "5 USC 552a", "5 U.S.C. § 552a"),
        ("28 C.F.R. § 16.5", "regulation", "28 C.F.R. § 16.5", "28 C.F.R. § 16.5"),
        ("Fed. R. Civ. P. 56(d)", "rule", "Fed. R. Civ. P. 56(d)", "Fed. R. Civ. P. 56(d)"),
        ("FRAP 42(b)", "rule", "FRAP 42(b)", "Fed. R. App. P. 42(b)"),
        ("Rule 56(d)", "rule", "Rule 56(d)", "Fed. R. Civ. P. 56(d)"),
        ("10 Civ. 3488 (SAS)", "docket number", "10 Civ. 3488 (SAS)", "1:10-cv-03488"),
        ("1:10-cv-03488", "docket number", "1:10-cv-03488", "1:10-cv-03488"),
        ("No. 11-4804", "docket number", "No. 11-4804", "11-4804"),
        ("under (b)(7)(C)", "exemption", "(b)(7)(C)", "(b)(7)(C)"),
        ("Exemption 7(C)", "exemption", "Exemption 7(C)", "(b)(7)(C)"),
        ("ECF No. 41-1", "docket entry", "ECF No. 41-1", "ECF No. 41-1"),
        ("(Dkt. #154)", "docket entry", "Dkt. #154", "ECF No. 154"),
        ("ICE 2010FOIA2674.0117629", "Bates number", "ICE 2010FOIA2674.0117629", "ICE 2010FOIA2674.0117629"),
        ("FBI-SC-FPL-458", "Bates number", "FBI-SC-FPL-458", "FBI-SC-FPL-458"),
        ("2015-ICFO-06247.000001", "Bates number", "2015-ICFO-06247.000001", "2015-ICFO-06247.000001"),
        ("HOUSE_OVERSIGHT_012345", "Bates number", "HOUSE_OVERSIGHT_012345", "HOUSE_OVERSIGHT_012345"),
    ],
)  # fmt: skip
def test_a_citation_is_found_whole(text, kind, cited, normalised):
    """The forms of freedom-of-information papers."""
    assert shown(text) == [(kind, cited, normalised)]


@pytest.mark.parametrize(
    "text",
    [
        "COVID-19, ISO 27001 and page 12",
        "MDL 2168",
        "Executive Order No. 13,780",
        "on 4/27/2010 at 10:30",
        "Rule 12",
        "(b) first",
    ],
)
def test_other_numbers_are_no_citation(text):
    """A link that leads nowhere costs trust in every other."""
    assert shown(text) == []


@pytest.mark.parametrize(
    ("text", "kind", "keys"),
    [
        ("5 U.S.C. § 552(b)(7)(C)", TargetKind.STATUTE_SECTION, ["5/552/b/7/C"]),
        ("Exemption 5", TargetKind.STATUTE_SECTION, ["5/552/b/5"]),
        ("Dkt. Nos. 39, 41-1 and 50", TargetKind.DOCKET_ENTRY, ["39", "41-1", "50"]),
        ("ICE 0004521-4530", TargetKind.BATES, ["ICE 0004521"]),
        ("10-CV-3488", TargetKind.LAWSUIT, ["1:10-cv-03488"]),
    ],
)
def test_a_citation_leads_somewhere(text, kind, keys):
    """An exemption to its section, an entry to the docket, a number to its page."""
    assert [(one.target.kind, one.target.key) for one in find_citations(text)] == [(kind, key) for key in keys]


def test_pin_year_and_court_come_along():
    """They stand behind the citation."""
    (found,) = find_citations("Day Laborer v. ICE, 811 F. Supp. 2d 713, 740 (S.D.N.Y. 2011).")
    assert (found.pin, found.year, found.court) == ("740", 2011, "nysd")


def test_numbers_of_the_productions_are_found_whatever_they_look_like():
    """The case knows its prefixes."""
    assert shown("see ICE 12 and ICE 12-14") == []
    assert [one[1] for one in shown("see ICE 12 and ICE 14-16", bates_prefixes=["ICE "])] == ["ICE 12", "ICE 14-16"]


def test_nothing_of_a_text_is_logged(caplog):
    """The library quotes what it does not understand; texts of a case are nobody's log."""
    with caplog.at_level(logging.DEBUG):
        find_citations("Id. at 741. Milner, 562 U.S. at 570. supra. Id. at 3, 562 U.S. at 571")
    assert caplog.text == ""


@settings(max_examples=60, deadline=None)
@given(st.text("0123456789 U.S.C()bcF§-ICEDkt#,Rule\n", max_size=120))
def test_citations_stand_in_order_and_never_overlap(text):
    """Links in a page cannot lie in each other."""
    found = find_citations(text)
    assert all(one.span.end <= other.span.start for one, other in pairwise(found))
    assert all(isinstance(one.kind, CitationKind) and text[one.span.start : one.span.end].strip() for one in found)


def test_a_long_text_is_read_in_pieces_with_places_kept():
    """A brief has a hundred pages; the second half counts as well."""
    text = "word " * 20_000 + "562 U.S. 562 and ECF No. 7"
    assert [one[1] for one in shown(text)] == ["562 U.S. 562", "ECF No. 7"]
