"""The contradictions of the example's sources come out of general rules, each with the sources that differ."""

from __future__ import annotations

from datetime import date

import pytest

from vaughn.app.suit import contradictions_in, suit_findings, suit_of
from vaughn.lawsuit import Rule
from vaughn.model import federal

# docs/explanation/ndlon.md lists the eighteen points; a point may need several lines.
EXPECTED = {
    "1 day of the selected documents": [(Rule.VALUES, "release/2011-01-17-opt-out", "2010-01-17", "2011-01-17")],
    "2 second production": [(Rule.VALUES, "release/2011-08-17-reproduction", "2011-08-17", "2011-08-18")],
    "3 release of the memorandum": [(Rule.VALUES, "release/2011-12-28-memo", "2011-12-28", "2012-01-09")],
    "4 stay motion": [
        (Rule.VALUES, "entry/2011-11-14-stay-motion", "2011-11-14", "2011-11-24"),
        (Rule.HOLIDAY, "entry/2011-11-14-stay-motion", "2011-11-24"),
    ],
    "5 what was withdrawn": [
        (
            Rule.SETS,
            "order/2011-06-17-withdrawal",
            "order/2011-02-07-form",
            "order/2011-02-14-supplemental",
        )
    ],
    "6 motion on cut-off dates": [(Rule.VALUES, "entry/ecf-29", "2011-01-26", "2011-01-28")],
    "7 cross-motion": [(Rule.SETS, "entry/2011-02-09-cross-motion", "entry/ecf-29", "entry/2011-01-28-exemptions")],
    "8 volume": [
        (
            Rule.VALUES,
            "release/2011-01-17-opt-out",
            "A number of documents",
            "Over 15,000 documents",
            "Over 15,000 pages",
        )
    ],
    "9 settlement": [(Rule.VALUES, "settlement/merits", "2013-03", "2013-07-03")],
    "10 defendants": [
        (Rule.VALUES, "docket/1-10-cv-03488", "4", "5"),
        (Rule.PARTLY, "entry/2010-07-01-answer", "party/ice", "party/dhs", "party/fbi"),
        (Rule.PARTLY, "obligation/2011-01-17-opt-out", "party/olc", "party/eoir"),
    ],
    "11 detainers": [(Rule.SPELLING, "term/detainer", "detainees", "Immigration detainer")],
    "12 names": [
        (Rule.SPELLING, "person/scheindlin", "Schiendlin"),
        (Rule.SPELLING, "term/secure-communities", "Securities Communities"),
        (Rule.SPELLING, "party/ndlon", "National Day Laborer Organization Network"),
        (Rule.SPELLING, "party/ndlon", "NDLOJ"),
        (Rule.SPELLING, "party/ice", "Immigration Enforcement and Customs"),
        (Rule.SPELLING, "party/fbi", "Federal Bureau of Investigations"),
        (Rule.SPELLING, "term/form-of-production", "FOR OF PRODUCTION"),
        (Rule.SPELLING, "term/adequacy-of-search", "Adequacy of Seach"),
    ],
    "13 beginning": [
        (Rule.VALUES, "term/secure-communities", "Launched in March 2008"),
        (Rule.VALUES, "docket/1-10-cv-03488", "2010-02-03", "2010-04-27"),
    ],
    "14 first quarterly report": [(Rule.ORDINAL, "released-document/2010-08-02-03")],
    "15 the same title twice": [(Rule.TWICE, "released-document/2010-08-02-18")],
    "16 missing on both pages": [
        (Rule.LACKING, "order/2011-02-03-form"),
        (Rule.LACKING, "order/2011-08-08-amended"),
        (Rule.LACKING, "order/2011-12-07-stay"),
        (Rule.LACKING, "order/2013-03-settlement"),
    ],
    "17 how long the program ran": [(Rule.DURATION, "term/secure-communities", "Six years", "2008-03", "2014-11-21")],
    "18 address of the site": [
        (Rule.ADDRESS, "resource/uncover-the-truth", "UNCOVERTHETRUTH.ORG", "http://uncoverthetruth.org")
    ],
}


@pytest.fixture(scope="module")
def found(case):
    return contradictions_in(case, federal(), on=date(2026, 1, 1))


@pytest.mark.parametrize("expected", EXPECTED.values(), ids=EXPECTED)
def test_every_point_is_listed_with_what_each_source_says(found, expected):
    """The program itself finds them; no rule knows this case."""
    for rule, reference, *values in expected:
        listed = [one for one in found if one.rule is rule and one.reference == reference]
        assert any(set(values) <= {said.value for said in one.says} for one in listed), (rule, reference, values)


def test_every_line_names_its_sources(found):
    """Who says so is the point of the list."""
    assert [one.key for one in found if not one.says] == []
    assert len({one.key for one in found}) == len(found)


def test_the_example_itself_has_no_fault(case):
    """Its chains end, and no order ends before it begins."""
    assert [one.message for one in suit_findings(suit_of(case))] == []
