"""The commands `vaughn group` and `vaughn people`, as a person types them."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest
from typer.testing import CliRunner

from vaughn.app.main import app, guarded
from vaughn.app.opening import actor
from vaughn.formats.pages import pack_words
from vaughn.model import (
    Case,
    DocumentKind,
    FileRole,
    Handover,
    MailAddress,
    Moment,
    PageText,
    RecordFacts,
    TextSource,
)
from vaughn.store import CaseFile, DocumentQuery, NewFile, NewRecord, RecordPage

SENT = datetime(2011, 1, 17, 9, tzinfo=UTC)
WORDS = "Can a county opt out of the program? Please advise before noon, the sheriff called again."


@pytest.fixture
def case(tmp_path):
    """The folder of a case with one message of Palmer's, found twice."""
    path = tmp_path / "case"
    with CaseFile.create(path, Case("NDLON v. ICE"), actor=actor("test")) as made:
        for name in ("one", "two"):
            _take(made, name)
    return path


def _take(case, name):
    with case.writing("records.taken") as change:
        production = change.add_production(name, "ICE", released_on=date(2011, 1, 17), source=name)
        change.set_handover(Handover(production.id, "Palmer", "an officer", date(2011, 1, 17)))
        blob = case.blobs.add_bytes(name.encode())
        (file_id,) = change.add_files(production.id, [NewFile("1.eml", FileRole.NATIVE, blob, "message/rfc822")])
        facts = RecordFacts(
            DocumentKind.EMAIL, "Opt-out", MailAddress("jp@ice.example", "Palmer, Jon"), sent=Moment(SENT)
        )
        page = RecordPage(None, TextSource.EMBEDDED, pack_words(PageText(WORDS, ())))
        change.take_in(
            production.id, [NewRecord(file_id, "1.eml", facts, page_count=1, pages=[page], identity="the same")]
        )


def run(*words):
    """Return exit code and output of ``vaughn ...``."""
    told = []
    result = CliRunner().invoke(app, [str(word) for word in words], standalone_mode=False)
    code = result.exit_code
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        failure = result.exception
        code = guarded(lambda: (_ for _ in ()).throw(failure), lambda message, hint: told.append(message))
    return code or result.return_value or 0, result.output + " ".join(told)


def counting(case):
    with CaseFile.open(case) as opened:
        return opened.documents(DocumentQuery()).total


def test_copies_leave_the_list_and_come_back(case):
    """And the search with them; the second undo has nothing to take back."""
    code, told = run("group", case)
    assert code == 0
    assert "1 copies do not count any more" in told
    assert counting(case) == 1
    code, told = run("group", case, "--undo", "duplicate", "--json")
    assert (code, json.loads(told)) == (0, {"undone": "duplicate"})
    assert counting(case) == 2
    code, told = run("group", case, "--undo", "duplicate")
    assert code == 4
    assert "nothing to undo" in told


def test_counts_as_json_for_a_script(case):
    """What was not looked for is unknown, not none; unknown custodians of two taking-ins may be two people."""
    code, told = run("group", case, "--scope", "custodian", "--no-near", "--json")
    assert code == 0
    found = json.loads(told)
    assert (found["copies"], found["threads"], found["similar_pages"]) == (0, 0, None)


def test_people_are_named_by_the_table(case):
    """The table is entered as facts."""
    code, told = run("people", case, "--json")
    assert code == 0
    assert json.loads(told)["people"] == [{"key": "jp@ice.example", "name": None, "is_known": False, "records": 2}]
    assert run("docket", "add", case, "correspondent/palmer", "name=Jon Palmer", "address=jp@ice.example")[0] == 0
    code, told = run("people", case, "--json")
    assert json.loads(told)["people"] == [{"key": "palmer", "name": "Jon Palmer", "is_known": True, "records": 2}]
    code, told = run("people", case)
    assert code == 0
    assert "Jon Palmer" in told
