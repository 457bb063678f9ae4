"""`vaughn timeline` as people run it."""

from __future__ import annotations

import json

import openpyxl
import pytest

from tests.app.test_cli import run
from vaughn.app.facts import EnteredFacts, enter_facts
from vaughn.app.opening import actor
from vaughn.model import Case
from vaughn.store import CaseFile

FORMULA = "=HYPERLINK(1)"


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    """A small lawsuit: one order, one release of ICE."""
    path = tmp_path_factory.mktemp("timeline") / "doe"
    with CaseFile.create(path, Case("Doe v. Agency", "S.D.N.Y."), actor=actor("test")) as made:
        for reference, values in (
            ("agency/ice", {"name": ["Immigration and Customs Enforcement"], "short": ["ICE"]}),
            ("party/ice", {"name": ["Immigration and Customs Enforcement"], "agency": ["agency/ice"]}),
            ("order/form", {"title": [FORMULA], "signed_on": ["2011-02-07"]}),
            ("release/a", {"title": ["Records"], "released_on": ["2011-01-17"], "agency": ["party/ice"]}),
        ):
            enter_facts(made, EnteredFacts(reference, values))
    return path


def test_without_a_file_a_table_is_printed(case):
    """A look costs no file."""
    result, _ = run("timeline", case, check=0)
    assert "Records [legal holiday: Martin Luther King Jr. Day]" in result.output
    assert "stated" in result.output


def test_json_says_the_same(case):
    """Other programs read it."""
    result, _ = run("timeline", case, "--json", check=0)
    events = json.loads(result.output)["events"]
    assert [(event["on"], event["lane"], event["what"]) for event in events] == [
        ("2011-01-17", "productions", "released"),
        ("2011-02-07", "court", "ordered"),
    ]


def test_the_clock_of_a_request_is_on_the_timeline(tmp_path):
    """When an answer was due is half of what a lawsuit about a request is about."""
    with CaseFile.create(tmp_path / "doe", Case("Doe v. Agency"), actor=actor("test")) as made:
        enter_facts(made, EnteredFacts("agency/ice", {"name": ["ICE"], "short": ["ICE"]}))
        enter_facts(made, EnteredFacts("request/a", {"agency": ["agency/ice"], "received_on": ["2010-02-03"]}))
    result, _ = run("timeline", tmp_path / "doe", "--json", "--party", "ICE", check=0)
    told = json.loads(result.output)
    assert [(event["on"], event["title"]) for event in told["events"]] == [
        ("2010-02-03", "Request received: ICE"),
        ("2010-03-04", "Due: Determination (FOIA-20): ICE"),
    ]
    assert [(span["from"], span["until"], span["kind"]) for span in told["spans"]] == [
        ("2010-02-03", "2010-03-04", "clock")
    ]


@pytest.mark.parametrize(
    ("options", "titles"),
    [
        (["--lane", "court"], [FORMULA]),
        (["--party", "ice"], ["Records"]),
        (["--party", "agency/ice"], ["Records"]),
        (["--party", "immigration and customs  enforcement"], ["Records"]),
        (["--from", "2011-02"], [FORMULA]),
        (["--until", "2011-01"], ["Records"]),
        (["--confidence", "confirmed"], []),
    ],
    ids=lambda one: " ".join(one) if isinstance(one, list) else "",
)
def test_a_part_can_be_asked_for(case, options, titles):
    """By lane, party, days or confidence."""
    result, _ = run("timeline", case, "--json", *options, check=0)
    assert [event["title"] for event in json.loads(result.output)["events"]] == titles


@pytest.mark.parametrize(
    "options",
    [["--lane", "street"], ["--from", "2012", "--until", "2011"], ["--confidence", "sure"]],
    ids=["lane", "days the wrong way round", "confidence"],
)
def test_what_cannot_be_asked_for_is_a_wrong_call(case, options):
    """With the choices there are."""
    run("timeline", case, *options, check=2)


@pytest.mark.parametrize("options", [["--party", "CIA"], ["--from", "11/2/2011"]], ids=["party", "date"])
def test_a_party_or_date_that_is_none_is_told(case, options):
    """Exit code 3: what was handed in cannot be used."""
    run("timeline", case, *options, check=3)


def test_a_workbook_computes_nothing(case, tmp_path):
    """A docket text that begins like a formula is text."""
    run("timeline", case, "--out", tmp_path / "t.xlsx", check=0)
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    assert book.sheetnames == ["Summary", "Events", "Running", "Sources"]
    cells = [cell for row in book["Events"].iter_rows() for cell in row]
    assert any(cell.value == FORMULA for cell in cells)
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}


@pytest.mark.parametrize("ending", ["svg", "html", "xlsx"])
def test_the_same_case_gives_the_same_file(case, tmp_path, ending):
    """What is handed to others can be compared."""
    for name in ("a", "b"):
        run("timeline", case, "--out", tmp_path / f"{name}.{ending}", check=0)
    assert (tmp_path / f"a.{ending}").read_bytes() == (tmp_path / f"b.{ending}").read_bytes()


def test_nothing_is_overwritten_and_other_endings_are_refused(case, tmp_path):
    """Somebody's file is worth more than ours."""
    (tmp_path / "t.svg").write_text("mine")
    run("timeline", case, "--out", tmp_path / "t.svg", check=3)
    assert (tmp_path / "t.svg").read_text() == "mine"
    run("timeline", case, "--out", tmp_path / "t.pdf", check=3)


def test_the_example_lawsuit_is_made_opened_and_never_mixed_with_another_case(tmp_path, case):
    """`vaughn demo ndlon` twice is once; on somebody's case it is refused."""
    made = tmp_path / "example"
    first, _ = run("demo", "ndlon", "--case", made, "--no-open", check=0)
    assert "The example lawsuit: 2," in first.output
    second, _ = run("demo", "ndlon", "--case", made, "--no-open", check=0)
    assert "The example lawsuit: 2," not in second.output
    before = (case / "case.db").read_bytes()
    run("demo", "ndlon", "--case", case, "--no-open", check=3)
    assert (case / "case.db").read_bytes() == before
    result, _ = run("timeline", made, "--from", "2011-02-07", "--until", "2011-02-07", "--json", check=0)
    (event,) = json.loads(result.output)["events"]
    assert event["ecf"] == ["41", "Exhibit A"]
