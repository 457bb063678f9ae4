"""The commands about requests, as a person types them."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from vaughn.app.main import app, guarded
from vaughn.app.opening import actor
from vaughn.model import Case
from vaughn.store import CaseFile


class Run:
    def __init__(self, case):
        self.case = str(case)

    def __call__(self, *words):
        """Return exit code and output of ``vaughn request ...`` with the case as first argument."""
        told = []
        command, *rest = words
        result = CliRunner().invoke(app, ["request", command, self.case, *rest], standalone_mode=False)
        code = result.exit_code
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            failure = result.exception
            code = guarded(lambda: (_ for _ in ()).throw(failure), lambda message, hint: told.append(message))
        return code or result.return_value or 0, result.output + " ".join(told)


@pytest.fixture
def run(tmp_path):
    path = tmp_path / "case"
    CaseFile.create(path, Case("NDLON v. ICE"), actor=actor("test")).close()
    return Run(path)


@pytest.fixture
def asked(run, tmp_path):
    """A request to ICE of 3 February 2010."""
    table = tmp_path / "agencies.csv"
    table.write_text("name,short,parent\nImmigration and Customs Enforcement,ICE,DHS\n", encoding="utf-8")
    assert run("agencies", str(table))[0] == 0
    code, told = run("new", "ice", "title=Secure Communities", "agency=agency/ice", "sent_on=2010-02-03", "state=sent")
    assert (code, "4 new statements" in told) == (0, True)
    return run


def test_a_request_is_overdue_after_twenty_working_days(asked):
    """Exit code 1, so that a script can watch it."""
    code, told = asked("list", "--on", "2010-04-27")
    assert code == 1
    assert "overdue" in told
    assert "2010-03-04" in told
    code, told = asked("list", "--on", "2010-02-10", "--json")
    assert code == 0
    assert {line["key"]: line["due"] for line in json.loads(told)}["request/ice/foia-20"] == "2010-03-04"


def test_each_due_date_is_shown_with_its_days(asked):
    """Presidents' Day is named."""
    code, told = asked("show", "ice")
    assert code == 0
    assert "Washington's Birthday" in told
    code, told = asked("show", "ice", "--json")
    assert len(json.loads(told)["owed"]) == 2


def test_a_state_moves_along_the_table_only(asked):
    """A wrong move says which are open."""
    assert asked("state", "ice", "acknowledged")[0] == 0
    code, told = asked("state", "ice", "sent")
    assert code == 4
    assert "acknowledged cannot become sent" in told


def test_a_letter_is_written_and_kept(asked, tmp_path):
    """The file and the case hold the same bytes."""
    out = tmp_path / "status.docx"
    code, told = asked("letter", "ice", "status", "--out", str(out), "--on", "2010-04-27")
    assert code == 3
    assert "requester.names" in told
    out = tmp_path / "status.txt"
    assert asked("letter", "ice", "status", "--out", str(out), "--set", "requester.names=NDLON")[0] == 0
    with CaseFile.open(tmp_path / "case") as case:
        (held,) = case.entity_files()
        assert case.blobs.path(held.sha256).read_bytes() == out.read_bytes()
        assert [letter.value("kind") for letter in case.entities("letter")] == ["status"]
    assert asked("letter", "ice", "status", "--out", str(out), "--set", "requester.names=NDLON")[0] == 3


def test_coverage_goes_to_a_spreadsheet(asked, tmp_path):
    """Formulas in a title stay text."""
    asked("new", "x", "title=y")
    with CaseFile.open(tmp_path / "case", write=True, actor=actor("test")) as case:
        from vaughn.app.facts import EnteredFacts, enter_facts

        enter_facts(case, EnteredFacts("request-item/1", {"title": ["=cmd()"], "number": ["1"]}))
    out = tmp_path / "coverage.csv"
    assert asked("coverage", "--out", str(out))[0] == 0
    assert "'=cmd()" in out.read_text("utf-8-sig")
    _, told = asked("coverage", "--json")
    assert json.loads(told) == [{"number": "1", "item": "=cmd()", "ICE": ""}]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["new", "ice", "sent_on=2/3/10"], 3, "no date"),
        (["new", "ice", "sent_on"], 2, "not FIELD=VALUE"),
        (["new", "ICE!", "title=x"], 3, "cannot be a key"),
        (["show", "fbi"], 3, "no request"),
        (["letter", "ice", "poem", "--out", "x.txt"], 3, "poem"),
        (["letter", "ice", "status", "--out", "x.exe"], 2, "no kind of letter"),
        (["agencies", "no-such-file.csv"], 3, "cannot be read"),
    ],
)
def test_mistakes_are_told(asked, words, code, said):
    """Each with its exit code."""
    found, told = asked(*words)
    assert found == code
    assert said in told
