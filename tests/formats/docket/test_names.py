"""How courts write numbers, names of cases and judges."""

from __future__ import annotations

import pytest

from vaughn.formats.docket.names import DocketNumber, docket_number, judge_name, main_document_id, short_case_name


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("1:10-cv-03488-SAS", DocketNumber("1:10-cv-03488", ("SAS",))),
        ("5:17-cv-11149-JEL-EAS", DocketNumber("5:17-cv-11149", ("JEL", "EAS"))),
        ("1:17-cr-00201-ABJ-2", DocketNumber("1:17-cr-00201", ("ABJ",), "2")),
        ("NYS/1:20-cv-01296", DocketNumber("1:20-cv-01296")),
        ("MDL No. 2168", DocketNumber("MDL No. 2168")),
        ("11-711", DocketNumber("11-711")),
        ("something else", DocketNumber("something else")),
        ("", DocketNumber("")),
    ],
)
def test_a_number_is_taken_apart(text, wanted):
    """The judge changes, the number stays."""
    assert docket_number(text) == wanted


@pytest.mark.parametrize(
    ("caption", "name"),
    [
        ("A et al v B, et al", "A v. B"),
        ("USA v. MANAFORT et al", "United States v. MANAFORT"),
        ("State of Hawaii, et al v. Donald Trump, et al", "State of Hawaii v. Donald Trump"),
        ("IN RE: Petrobras  Securities Litigation", "IN RE: Petrobras Securities Litigation"),
        ("USAA v. B", "USAA v. B"),
    ],
)
def test_the_short_name_of_a_case(caption, name):
    """The caption stays beside it as printed."""
    assert short_case_name(caption) == name


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("Judge Shira A. Scheindlin", "Shira A. Scheindlin"),
        ("Honorable Robert M. Dow, Jr", "Robert M. Dow Jr."),
        ("Magistrate Judge Debra C. Freeman (Settlement)", "Debra C. Freeman"),
        ("Derrick Kahala Watson, District Judge", "Derrick Kahala Watson"),
        ("Judge David G Campbell", "David G. Campbell"),
        ("Not Assigned", "Not Assigned"),
    ],
)
def test_a_judge_without_title(printed, name):
    """One judge is one name, whatever the court prints before it."""
    assert judge_name(printed) == name


def test_the_fourth_digit_of_a_document_asks_for_attachments():
    """Two addresses, one document."""
    assert main_document_id("12718888888") == "12708888888"
    assert main_document_id("123") == "123"
