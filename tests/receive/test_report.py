"""The report says everything that was found, the worst first, and claims nothing else."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from datetime import UTC
from pathlib import Path

import openpyxl
import pytest

from tests.receive.sample_report import MADE, sample_report
from vaughn.formats.report import Table
from vaughn.model import Ledger, LedgerLine, Severity
from vaughn.receive.report import deficiency_report, report_json, report_rows
from vaughn.receive.report_layout import laid_out, report_html, report_pdf, report_xlsx

DOCS = Path(__file__).parent.parent.parent / "docs" / "reference" / "findings.md"


@pytest.fixture(scope="module")
def report():
    """Return one report with something of everything."""
    return sample_report()


def test_every_finding_stands_in_every_form(report):
    """What a list cuts on paper must still be in the spreadsheet and in the JSON."""
    findings = report.source.findings
    assert len(report_rows(report)) == len(findings)
    values = report_json(report)
    assert sum(len(check["findings"]) for check in values["checks"]) == len(findings)
    book = openpyxl.load_workbook(io.BytesIO(report_xlsx(report)))
    assert book["Findings"].max_row == len(findings) + 1
    html = re.sub(r"<[^>]+>", "", report_html(report)).replace("&#x27;", "'")
    assert all(row.message in html for row in report_rows(report) if "&" not in row.message)


def test_the_totals_are_the_same_everywhere(report):
    """The first page may not say another number than the rest."""
    totals = {one.value: sum(f.count for f in report.source.findings if f.severity is one) for one in Severity}
    assert report_json(report)["totals"] == totals
    figures = {figure.label: figure.value for figure in laid_out(report).figures}
    assert figures["errors"] == f"{totals['error']:,}"
    assert figures["warnings"] == f"{totals['warning']:,}"


def test_what_is_missing_comes_first(report):
    """A lost page matters more than a date in another form."""
    assert [group.severity for group in report.worst] == [Severity.ERROR] * len(report.worst)
    assert {"PL004", "BN003", "FL001"} <= {group.code for group in report.worst}


def test_the_first_page_says_what_and_whose(report):
    """It is attached to a letter and has to stand alone."""
    page = laid_out(report)
    facts = {fact.label: fact.value for fact in page.facts}
    assert facts["Case"] == "Doe Network v. Agency"
    assert facts["Court"] == "S.D.N.Y."
    assert facts["Docket"] == "1:10-cv-03488"
    assert facts["Released"] == "17 January 2011"
    assert facts["Received"] == "19 January 2011"
    assert page.banner is not None
    assert "no precedential value" in page.banner
    assert any(isinstance(block, Table) and block.rows[0].cells[1] == 157 for block in page.summary)


def test_no_law_is_claimed(report):
    """The profile is a checklist; the report must not sound like a ruling."""
    text = re.sub(r"<[^>]+>", " ", report_html(report)).lower()
    text = text.replace("nothing in it is required by law", "")
    for words in ("required by law", "violat", "unlawful", "illegal", "must produce", "fail"):
        assert words not in text


def test_fields_nobody_has_confirmed_are_marked_and_only_warned_of(report):
    """A recollection is no ground for an error."""
    lines = {line["name"]: line for line in report_json(report)["fields"]}
    assert not lines["Message ID"]["confirmed"]
    rows = [row for row in report_rows(report) if row.message.startswith("Message ID")]
    assert [row.severity for row in rows] == ["warning"]
    assert "(not confirmed)" in report_html(report)


def test_a_check_that_was_not_run_says_so(report):
    """To a reader, nothing found means nothing wrong."""
    html = report_html(report)
    assert "not run: no list of agreed custodians was given" in html
    checks = {check["number"]: check["not_run"] for check in report_json(report)["checks"]}
    assert checks[21] is not None
    assert checks[5] is None


def test_the_keys_of_the_json_are_in_the_docs(report):
    """Other programs are written against that page."""
    values = json.loads(json.dumps(report_json(report)))
    documented = set(re.findall(r"`([a-z_]+)`", DOCS.read_text("utf-8").partition("## The report as JSON")[2]))
    assert set(values) <= documented
    for part in ("case", "production", "order", "totals"):
        assert set(values[part]) <= documented
    for part in ("fields", "ledger", "load_files", "checks"):
        assert set(values[part][0]) <= documented
    assert set(next(check for check in values["checks"] if check["findings"])["findings"][0]) <= documented


def test_a_report_without_order_or_findings_reads_well():
    """The best production deserves a report too."""
    source = replace(sample_report(None).source, findings=(), load_files=(), volumes=(), head=None, ledger=Ledger(()))
    html = report_html(deficiency_report(source))
    assert "No error and no warning was found." in html
    assert "no order profile" in html
    assert "Ordered fields" not in html
    assert report_pdf(deficiency_report(source)).startswith(b"%PDF")
    assert report_xlsx(deficiency_report(source))


def test_a_ledger_that_does_not_balance_is_on_the_first_page():
    """If the program lost count, nobody may overlook it."""
    lost = Ledger((LedgerLine("rows", 3, (("documents", 2),)),))
    page = laid_out(deficiency_report(replace(sample_report(None).source, ledger=lost)))
    assert ("no", "accounted for") in [(figure.value, figure.label) for figure in page.figures]


def test_the_date_is_the_one_handed_in(report):
    """The same case and findings give the same report."""
    assert MADE.tzinfo is UTC
    assert report_json(report)["made_at"] == "2011-01-20T14:03:00+00:00"
    assert report_pdf(report) == report_pdf(sample_report())
