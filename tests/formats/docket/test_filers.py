"""Who filed an entry, and which judge acted."""

from __future__ import annotations

import pytest

from vaughn.formats.docket.filers import filers_in, initials_of, judge_in


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("COMPLAINT filed by Cook County Republican Party; Filing fee $ 400", ("Cook County Republican Party",)),
        ("MOTION by Plaintiff A for relief", ("A",)),
        ("ANSWER byAdministrator, U.S. Environmental Protection Agency. (Rave, Norman)", ()),
        ("Document filed by National Day Laborer Organizing Network, Center for Constitutional Rights.(Cox, A)",
         ("National Day Laborer Organizing Network", "Center for Constitutional Rights")),
        ("MOTION filed by United Farm Workers, AFL-CIO, Texaco Inc. (Goldman, Patti)",
         ("United Farm Workers, AFL-CIO", "Texaco Inc")),
        ("MOTION to bar evidence produced by ICE by FBI. (Smith, A)", ("FBI",)),
        ("NOTICE of Appearance by Ada Counsel on behalf of Network (Counsel, Ada)", ("Network",)),
        ("APPLICATION by Attorney Ada Counsel for Network. Approved 8/30/07.", ("Network",)),
        ("NOTICE TO FILER re 22 Reply filed by Network", ()),
        ("ORDER by Judge Jeremy Fogel", ()),
        ("MOTION to dismiss", ()),
    ],
    ids=["filed by", "role", "glued", "document", "commas", "last", "behalf", "attorney", "clerk", "judge", "nobody"],
)  # fmt: skip
def test_the_filer_is_found(text, wanted):
    """The software puts the filer behind the free text."""
    assert filers_in(text) == wanted


def test_known_parties_are_taken_whole():
    """A comma inside a name is no border then."""
    parties = ["Network", "Immigration, Customs and Others"]
    assert filers_in("MOTION filed by Immigration, Customs and Others, Network, X. (a)", parties=parties) == (
        "Immigration, Customs and Others", "Network", "X",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "name", "initials"),
    [
        ("(Signed by Judge Shira A. Scheindlin on 2/7/2011)", "Shira A. Scheindlin", "SAS"),
        ("before Magistrate Judge James C. Francis. Court Reporter", "James C. Francis", "JCF"),
        ("by Judge Haywood S. Gilliam, Jr. GRANTING 89 Request", "Haywood S. Gilliam Jr.", "HSG"),
        ("Signed by Judge Susan van Keulen on 4/2/24", "Susan van Keulen", "SVK"),
        ("Judge Mark G. Mastroianni: ELECTRONIC ORDER entered granting 5 Motion", "Mark G. Mastroianni", "MGM"),
        ("( signed by Judge Shira A. Scheindlin ); Copies mailed", "Shira A. Scheindlin", "SAS"),
    ],
)
def test_the_judge_is_found_without_title(text, name, initials):
    """Numbers of cases carry the initials."""
    assert judge_in(text) == name
    assert initials_of(name) == initials


def test_no_judge_is_no_name():
    """A conference has a place and perhaps no judge."""
    assert judge_in("ORDER by the court") is None
