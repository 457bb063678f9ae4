"""Which court an address or a heading names."""

from __future__ import annotations

import pytest

from vaughn.formats.docket.courts import court_of_address, court_of_name


@pytest.mark.parametrize(
    ("text", "court"),
    [
        ("https://ecf.nysd.uscourts.gov/doc1/1", "nysd"),
        ("gov.uscourts.cadc.39014/", "cadc"),
        ("From: X@dcd.uscourts.gov", "dcd"),
        ("https://pacer.uscourts.gov https://ecf.ca9.uscourts.gov", "ca9"),
        ("https://example.org", None),
    ],
)
def test_addresses_name_their_court(text, court):
    """The first that is a court counts."""
    assert court_of_address(text) == court


@pytest.mark.parametrize(
    ("text", "court"),
    [
        ("U.S. District Court Southern District of New York (Foley Square)", "nysd"),
        ("U.S. District Court California Northern District", "cand"),
        ("U.S. District Court, Northern Illinois", "ilnd"),
        ("United States District Court Northern District of West Virginia", "wvnd"),
        ("U.S. District Court District of Columbia (Washington, DC)", "dcd"),
        ("District of Delaware (Wilmington)", "ded"),
        ("Eastern District of TEXAS (Tyler)", "txed"),
        ("United States Court of Appeals for the Second Circuit", "ca2"),
        ("United States Court of Appeals for the Eleventh Circuit", "ca11"),
        ("United States Court of Appeals for District of Columbia Circuit", "cadc"),
        ("United States Court of Appeals for the Federal Circuit", "cafc"),
        ("United States Judicial Panel on Multidistrict Litigation", "jpml"),
        ("Supreme Court of Utopia", None),
    ],
)
def test_headings_name_their_court(text, court):
    """A saved page may have lost its addresses."""
    assert court_of_name(text) == court
