"""The docket from the command line: import, add, show, contradictions, what is due."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from vaughn.app.main import app, guarded
from vaughn.app.opening import actor
from vaughn.model import Case
from vaughn.store import CaseFile

ROWS = (
    ("1", "2010-04-27", "COMPLAINT against Acme Agency. Document filed by Jane Roe."),
    ("2", "2010-07-01", "ANSWER to 1 Complaint. Document filed by Acme Agency."),
    ("12", "2010-10-28", "MOTION for Preliminary Injunction. Document filed by Jane Roe."),
    ("20", "2010-11-05", "MEMORANDUM OF LAW in Opposition re: 12 MOTION for Preliminary Injunction."),
    ("41", "2011-02-07", "ORDER granting in part and denying in part 12 Motion for Preliminary Injunction."),
)


def table(path: Path, rows=ROWS, header=("No.", "Date filed", "Docket text")) -> Path:
    """Write a docket as people keep it."""
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)
    return path


class Run:
    def __init__(self, case: Path) -> None:
        self.case = str(case)

    def __call__(self, command, *words):
        """Return exit code and output of ``vaughn docket ...`` with the case as first argument."""
        told = []
        arguments = ["docket", command, self.case, *(str(word) for word in words)]
        result = CliRunner().invoke(app, arguments, standalone_mode=False)
        code = result.exit_code
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            failure = result.exception
            code = guarded(
                lambda: (_ for _ in ()).throw(failure), lambda message, hint: told.append(f"{message} {hint}")
            )
        return code or result.return_value or 0, " ".join((result.stdout + " ".join(told)).split())

    def read(self, command, *words):
        """Return what the command prints as JSON."""
        result = CliRunner().invoke(app, ["docket", command, self.case, *words, "--json"], standalone_mode=False)
        return json.loads(result.stdout)


@pytest.fixture
def run(tmp_path):
    path = tmp_path / "case"
    CaseFile.create(path, Case("A v. B", docket_number="1:10-cv-03488"), actor=actor("test")).close()
    return Run(path)


def test_a_table_is_imported_and_shown_with_its_chain(run, tmp_path):
    """The first thing a new user does with a docket."""
    code, told = run("import", table(tmp_path / "docket.csv"))
    assert code == 0
    assert "Entries: 5 new, 0 known, 0 changed, 0 not readable." in told
    assert "MOTION for Preliminary Injunction" in run("show")[1]
    told = run.read("show", "--chains")
    assert {"entry": "entry/1-10-cv-03488-20", "depth": 1} in told["chains"][1]["steps"]
    assert told["chains"][1]["outcomes"] == [{"party": None, "result": "granted in part", "order": None}]


def test_a_later_version_adds_what_is_new_and_shows_what_changed(run, tmp_path):
    """Dockets grow, and clerks correct them."""
    run("import", table(tmp_path / "docket.csv"))
    rows = (*ROWS[:-1], (*ROWS[-1][:2], ROWS[-1][2] + " (Signed by Judge Shira A. Scheindlin)"))
    later = table(tmp_path / "later.csv", (*rows, ("42", "2011-02-09", "NOTICE of appearance")))
    assert run.read("import", str(later))["entries"] == {"new": 1, "known": 4, "changed": 1, "unreadable": 0}
    assert run.read("import", str(later))["entries"] == {"new": 0, "known": 6, "changed": 0, "unreadable": 0}
    told = run.read("contradictions", "--on", "2012-01-01")
    assert [(one["reference"], one["field"]) for one in told if one["rule"] == "different values"] == [
        ("entry/1-10-cv-03488-41", "text")
    ]
    sources = [said["citation"] for said in told[0]["says"]]
    assert ["file docket.csv" in sources[0], "file later.csv" in sources[1]] == [True, True]


def test_columns_can_be_named(run, tmp_path):
    """Nobody's spreadsheet has our headers."""
    odd = table(tmp_path / "odd.csv", header=("A", "B", "C"))
    code, told = run("import", odd)
    assert (code, "Say which column is which" in told or "not a docket" in told) == (3, True)
    columns = tmp_path / "map.toml"
    columns.write_text('A = "number"\nB = "date filed"\nC = "description"\n')
    assert run("import", odd, "--map", columns)[0] == 0
    columns.write_text('A = "weight"\n')
    code, told = run("import", odd, "--map", columns)
    assert (code, "map.toml: the column 'A' cannot be 'weight'." in told) == (3, True)


def test_an_order_marked_stayed_moves_what_is_due(run):
    """The walk of the tutorial: the dates move, and the reason says why."""
    run("add", "order/form", "title=Form of production", "entered_on=2011-02-07", "--source", "ECF 41")
    run("add", "obligation/form", "title=Produce in that form", "order=order/form", "due_on=2011-03-01")
    code, told = run("due", "--on", "2011-03-02")
    assert (code, "overdue" in told) == (1, True)
    code, told = run(
        "add", "order-change/stay", "order=order/form", "state=stayed", "from=2011-02-25", "until=2011-04-21"
    )
    assert (code, told) == (0, "order-change/stay: 4 new statements.")
    assert run.read("due", "--on", "2011-03-02") == [
        {
            "key": "obligation/form",
            "title": "Produce in that form",
            "who": "",
            "standing": "suspended",
            "due": "2011-04-21",
            "met_on": None,
            "days": 50,
            "working_days": 36,
            "confirmed": False,
        }
    ]
    code, told = run("show", "--orders", "--on", "2011-03-02")
    assert code == 0
    assert "in force from 2011-02-07; stayed from 2011-02-25; in force from 2011-04-22" in told
    what_if = run.read("show", "--on", "2011-03-05", "--suppose", "obligation/form met 2011-03-04")
    assert what_if["obligations"][0]["state"] == "met"
    shown = run.read("show", "--on", "2011-03-02")
    assert shown["orders"][0]["state"] == "stayed"
    assert "due the last day of the stay." in " ".join(shown["obligations"][0]["why"])


def test_what_is_due_is_written_as_a_calendar(run, tmp_path):
    """A paralegal's own calendar reminds; nothing is overwritten."""
    run("add", "obligation/a", "title=Produce", "due_on=2011-03-01")
    file = tmp_path / "due.ics"
    assert run("due", "--on", "2011-02-01", "--ics", file)[0] == 0
    assert b"DTSTART;VALUE=DATE:20110301" in file.read_bytes()
    assert run("due", "--on", "2011-02-01", "--ics", file)[0] == 3


def test_a_circle_and_an_order_withdrawn_before_it_was_entered_end_with_one(run):
    """A script that watches the docket must notice."""
    run("add", "entry/a", "type=motion")
    run("add", "entry/b", "type=reply", "responds_to=entry/a")
    assert run("show")[0] == 0
    run("add", "entry/a", "responds_to=entry/b")
    code, told = run("show", "--chains")
    assert (code, "SU001" in told) == (1, True)
    run("add", "order/x", "entered_on=2011-02-07")
    run("add", "order-change/x", "order=order/x", "state=withdrawn", "from=2011-02-01")
    assert "SU002" in [one["code"] for one in run.read("show")["findings"]]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("order/x", "entered_on=2011-02-30"), "There is no day 2011-02-30."),
        (("order/x", "entered_on=2/7/11"), "'2/7/11' is no date."),
        (("order/x", "entry=entry/gone"), "entry/gone, which is not in the case"),
        (("order/X Y", "title=a"), "cannot be a key"),
        (("ordre/x", "title=a"), "There is no kind of entity 'ordre'."),
        (("order/x", "titel=a"), "has no field 'titel'"),
        (("order-change/x", "state=paused"), "none of its choices"),
        (("order/x", "title=a", "--confidence", "sure"), "'sure' is no confidence."),
    ],
)
def test_what_cannot_be_entered_is_refused_with_what_to_write(run, words, message):
    """Nothing is stored then."""
    code, told = run("add", *words)
    assert code in (2, 3)
    assert message in told
    assert run.read("show")["orders"] == []


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        (
            "docket.xml",
            b"<html><head><title>503 Service Unavailable</title></head><body>Error</body></html>",
            "error page",
        ),
        ("docket.html", b"<html><body><form name='loginForm'>PACER Login</form></body></html>", "login page"),
        ("docket.csv", b"", "is empty"),
        ("docket.json", b"{broken", "broken or cut off"),
        ("docket.bin", bytes(range(256)) * 40, "docket.bin"),
    ],
)
def test_a_file_that_is_no_docket_is_refused(run, tmp_path, name, content, message):
    """An error page saved as a docket is the usual one."""
    (tmp_path / name).write_bytes(content)
    code, told = run("import", tmp_path / name)
    assert (code, message in told) == (3, True), told
    assert run.read("show")["dockets"] == []


def test_html_and_formulas_in_texts_are_text(run, tmp_path):
    """A docket is written by strangers."""
    row = ("5", "2011-01-01", '=HYPERLINK("http://x") <script>alert(1)</script> \x1b[31mMOTION\x1b[0m for fees')
    assert run("import", table(tmp_path / "a.csv", (row,)))[0] == 0
    told = CliRunner().invoke(app, ["docket", "show", run.case]).stdout
    assert "\x1b" not in told
    assert "=HYPERLINK" in told


def test_lists_are_shown_with_what_is_still_owed(run):
    """Rulings, production lists, settlements, fees: one page of them."""
    run("add", "order/a", "title=Opinion", "type=stipulation", "holds=Every tenth record")
    run("add", "ruling/1", "order=order/a", "bates=ICE 1", "exemption=b5", "outcome=release")
    run("add", "in-camera-set/a", "title=Key documents", "document_count=49")
    run("add", "production-list/fpl", "title=Final Production List")
    run("add", "list-item/1", "title=E-mail", "list=production-list/fpl", "number=1", "state=agreed")
    run("add", "settlement/a", "title=Merits", "amount=1200000", "terms=Data on detainers", "order=order/a")
    run("add", "fee-line/1", "title=Drafting", "who=A", "hours=2", "rate=400", "amount=900")
    told = run("show", "--lists")[1]
    for words in (
        "STILL OWED",
        "In camera: Key documents, 49 documents",
        "Final Production List: 0 of 1 produced",
        "Stipulation: Opinion. Every tenth record",
        "Settlement: Merits, $1,200,000",
        "Together $900.00.",
        "The amount is not hours times rate: Drafting.",
    ):
        assert words in told


def test_citations_lead_to_entries_of_the_docket(run, tmp_path):
    """As JSON for scripts."""
    rows = (*ROWS, ("62", "2011-02-21", "MOTION to Stay the order at ECF 41 under 5 U.S.C. 552(b)(6)."))
    run("import", table(tmp_path / "docket.csv", rows), "--docket", "1:10-cv-03488", "--court", "nysd")
    code, told = run("citations", "--json")
    assert code == 0
    found = {row["cited"]: row["leads_to"] for row in json.loads(told[told.index("[") :])}
    assert found["5 U.S.C. § 552(b)(6)"] == ""
    assert any(target.endswith("-41") for target in found.values())
