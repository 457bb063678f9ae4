"""`vaughn clock` as people run it."""

from __future__ import annotations

import json

import pikepdf
import pytest

from tests.app.test_cli import run
from vaughn.formats.pages import read_pages

REQUEST = ("clock", "FOIA-20", "--from", "2010-02-03")


def said(*arguments, check=0):
    result, _ = run(*arguments, check=check)
    return " ".join(result.output.split())


def test_it_says_the_day_the_source_and_why():
    """One screen, no case needed."""
    output = said(*REQUEST, "--extend")
    assert "Due: Thursday, 18 March 2010" in output
    assert "Source of FOIA-20: 5 U.S.C. 552(a)(6)(A)(i)" in output
    assert "Source of EXT-10: 5 U.S.C. 552(a)(6)(B)" in output
    assert "| Mon 2010-02-15 | holiday | | Washington's Birthday |" in output
    assert "From Friday, 19 March 2010 on: A lawsuit is allowed" in output
    assert "No legal advice" in output


def test_long_runs_are_folded_unless_every_day_is_asked_for():
    """Both add up to the same count."""
    folded, whole = said(*REQUEST), said(*REQUEST, "--days")
    assert "Thu 2010-02-04 to Sun 2010-02-14 | counted | 1 to 7 | 4 weekend days left out" in folded
    assert "Sat 2010-02-06 | weekend" in whole
    assert whole.count("| counted |") == 20


def test_pauses_and_what_if_are_told_in_sentences():
    """The question a clinic student asks before she answers the agency."""
    output = said(
        *REQUEST, "--toll", "2010-02-08..2010-02-12", "--toll", "TOLL-FEE:2010-02-17..2010-02-18",
        "--if-answered", "2010-02-26",
    )  # fmt: skip
    assert "Due: Monday, 15 March 2010" in output
    assert "the due date moves from Monday, 15 March 2010 to Tuesday, 23 March 2010" in output
    assert "Due: none while the pause runs" in said(*REQUEST, "--toll", "2010-02-08..")


@pytest.mark.parametrize("rule", ["APPEAL-CA-60", "SOL-6y"])
def test_what_nobody_confirmed_is_said_beside_the_date_and_the_source(rule):
    """Nobody may take it for the law."""
    output = said("clock", rule, "--from", "2011-10-24")
    assert output.count("(not confirmed)") >= 2


def test_json_holds_every_day():
    """Other programs and the workbench read it."""
    told = json.loads(run(*REQUEST, "--agency", "ICE", "--json", check=0)[0].stdout)
    assert (told["due"], told["opens_on"], told["confirmed"]) == ("2010-03-04", "2010-03-05", True)
    assert len(told["days"]) == 30
    assert told["days"][12] == {
        "day": "2010-02-15", "what": "holiday", "name": "Washington's Birthday", "count": None, "by": None,
    }  # fmt: skip
    assert [line["count"] for line in told["lines"]] == ["", "1 to 7", "", "8 to 19", "20"]
    assert told["citations"][0]["citation"] == "5 U.S.C. 552(a)(6)(A)(i)"
    assert told["what_if"] is None


def test_files_for_paper_screen_and_calendar_say_the_same_day(tmp_path):
    """And none is written over another."""
    pdf, html, ics = (tmp_path / f"due.{kind}" for kind in ("pdf", "html", "ics"))
    files = ("--pdf", pdf, "--html", html, "--ics", ics)
    run(*REQUEST, *files, check=0)
    pages = [page.text for page in read_pages(pdf, "application/pdf")]
    assert "Due Thursday, 4 March 2010" in pages[0]
    assert "Washington’s Birthday" in pages[0].replace("'", "’")
    assert "Fri 2010-02-05" in " ".join(pages[1].split())
    with pikepdf.open(pdf) as opened:
        assert opened.Root.MarkInfo.Marked
    assert "Thursday, 4 March 2010" in html.read_text("utf-8")
    assert b"DTSTART;VALUE=DATE:20100304\r\n" in ics.read_bytes()
    before = ics.read_bytes()
    assert run(*REQUEST, "--ics", ics)[1] == 3
    assert ics.read_bytes() == before
    assert run(*REQUEST, "--ics", tmp_path / "nowhere" / "due.ics")[1] == 3


def test_the_calendar_keeps_the_event_when_a_pause_moves_it(tmp_path):
    """Importing the second file moves the day."""
    run(*REQUEST, "--ics", tmp_path / "one.ics", check=0)
    run(*REQUEST, "--toll", "2010-02-08..2010-02-12", "--ics", tmp_path / "two.ics", check=0)
    one, two = ((tmp_path / name).read_text("utf-8").splitlines() for name in ("one.ics", "two.ics"))
    assert [line for line in one if line.startswith("UID")] == [line for line in two if line.startswith("UID")]
    assert "DTSTART;VALUE=DATE:20100311" in two
    assert run(*REQUEST, "--toll", "2010-02-08..", "--ics", tmp_path / "three.ics")[1] == 3


def test_rules_are_listed_with_their_sources():
    """Agencies with a term of their own have a line of their own."""
    output = said("clock", "--list")
    assert "APPEAL-90 DHS" in output
    rules = json.loads(run("clock", "--list", "--json", check=0)[0].stdout)
    assert {"rule": "APPEAL-90", "agency": "DOJ", "confirmed": False}.items() <= next(
        rule for rule in rules if rule["agency"] == "DOJ"
    ).items()


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("clock",), 2, "RULE is missing"),
        (("clock", "FOIA-20"), 2, "--from is missing"),
        (("clock", "FOIA-99", "--from", "2010-02-03"), 3, "no rule 'FOIA-99'"),
        (("clock", "FOIA-20", "--from", "2010-02-30"), 3, "February 2010 has 28 days"),
        (("clock", "FOIA-20", "--from", "2/3/10"), 3, "'2/3/10' is not a day"),
        (("clock", "FOIA-20", "--from", "2110-02-03"), 3, "outside the calendar"),
        ((*REQUEST, "--toll", "2010-02-08"), 3, "is no pause"),
        ((*REQUEST, "--toll", "2010-02-08..2010-02-99"), 3, "--toll, last day"),
        ((*REQUEST, "--toll", ":2010-02-08..2010-02-09"), 3, "is no pause"),
        ((*REQUEST, "--toll", "2010-02-09..2010-02-08"), 3, "before it begins"),
        ((*REQUEST, "--extend-days", "11"), 3, "1 to 10 working days"),
        ((*REQUEST, "--extend-days", "0"), 2, "from 1 on"),
        (("clock", "ANSWER-30", "--from", "2010-06-01", "--extend"), 3, "No rule of United States, federal extends"),
        ((*REQUEST, "--if-answered", "2010-02-26"), 3, "not paused"),
        ((*REQUEST, "--jurisdiction", "nowhere.toml"), 3, "There is no file nowhere.toml"),
        ((*REQUEST, "--number", "ten"), 2, ""),
    ],
)
def test_what_is_wrong_is_said_with_its_exit_code(arguments, code, words):
    """Scripts go by the code, people by the sentence."""
    result, ended = run(*arguments)
    assert ended == code
    assert words in str(result.exception)


def test_another_jurisdiction_is_a_file(tmp_path):
    """The documentation adds a state in the same way."""
    path = tmp_path / "test.toml"
    path.write_text(
        'id = "t"\ntitle = "Test"\nsource = "s"\nnotice = "n"\n'
        '[calendar]\ncountry = "US"\nknown_from = 2020-01-01\nknown_until = 2030-12-31\n'
        '[[rules]]\nid = "A"\ntitle = "Answer"\nkind = "limit"\nstarts = "receipt"\nbound = "agency"\n'
        '[[rules.versions]]\ncount = "working days"\nnumber = 1\ncitation = "c"\nconfirmed = true\n',
        encoding="utf-8",
    )
    assert "Due: Monday, 8 June 2026" in said("clock", "a", "--from", "2026-06-05", "--jurisdiction", path)
    path.write_bytes(b"\xff\xfe")
    assert run("clock", "a", "--from", "2026-06-05", "--jurisdiction", path)[1] == 3
    path.write_bytes(b"#" * 1_000_001)
    assert run("clock", "a", "--from", "2026-06-05", "--jurisdiction", path)[1] == 3


def test_years_of_days_are_told_by_runs_alone(tmp_path):
    """Nobody reads forty pages of days, and setting them would take a minute."""
    page = tmp_path / "due.html"
    run("clock", "FRCP-6", "--from", "2010-01-04", "--number", "3000", "--html", page, check=0)
    text = page.read_text("utf-8")
    assert "How it was counted" in text
    assert "Every day" not in text
    assert run("clock", "FRCP-6", "--from", "2010-01-04", "--html", page, "--pdf", page, "--number", "3")[1] == 3
