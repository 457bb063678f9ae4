"""Dockets in JSON, in the shapes that are about: the API, the archive, a parser's output, lists of entries."""

from __future__ import annotations

import json
from datetime import date

import pytest

from tests.formats.docket.test_reading import CORPUS, read
from vaughn.formats.docket import DocketAttachment, DocketKind, DocketParty, read_docket

API = {
    "court": "https://www.courtlistener.com/api/rest/v4/courts/nysd/",
    "docket_number": "1:10-cv-03488",
    "case_name": "Network v. ICE",
    "pacer_case_id": "361875",
    "date_filed": "2010-04-27",
    "assigned_to_str": "Shira A. Scheindlin",
    "jurisdiction_type": "U.S. Government Defendant",
    "docket_entries": [
        {
            "entry_number": 29,
            "date_filed": "2011-01-26",
            "description": "MOTION for Summary Judgment",
            "recap_documents": [
                {"document_number": "29", "attachment_number": None, "pacer_doc_id": "12718888888", "page_count": 12},
                {"document_number": "29", "attachment_number": 1, "description": "Hardy Declaration", "page_count": 40},
            ],
        }
    ],
    "parties": [{"name": "ICE", "party_types": [{"name": "Defendant", "date_terminated": None}], "attorneys": []}],
}
SEARCH = {
    "caseName": "Network v. ICE", "docketNumber": "1:10-cv-03488", "court_id": "nysd", "dateFiled": "2010-04-27",
    "recap_documents": [
        {"entry_number": 29, "document_number": 29, "description": "MOTION", "entry_date_filed": "2011-01-26"}
    ],
}  # fmt: skip


def test_a_docket_of_the_api_is_read(tmp_path):
    """Main document and attachments come in one list there."""
    found = read(tmp_path, json.dumps(API))
    assert (found.kind, found.court_id, found.docket_number) == (DocketKind.RECAP_JSON, "nysd", "1:10-cv-03488")
    assert (found.date_filed, found.jurisdiction) == (date(2010, 4, 27), "U.S. Government Defendant")
    (entry,) = found.entries
    assert (entry.number, entry.pacer_doc_id, entry.page_count) == ("29", "12708888888", 12)
    assert entry.attachments == (DocketAttachment(1, "Hardy Declaration", page_count=40),)
    assert found.parties == (DocketParty("ICE", "Defendant"),)
    assert found.findings == ()


@pytest.mark.parametrize("value", [SEARCH, {"results": [SEARCH]}, [SEARCH]], ids=["one", "results", "list"])
def test_a_search_result_is_read(tmp_path, value):
    """Its names are in camel case, its documents are entries."""
    found = read(tmp_path, json.dumps(value))
    assert (found.case_name, found.date_filed) == ("Network v. ICE", date(2010, 4, 27))
    assert [(entry.number, entry.date_filed) for entry in found.entries] == [("29", date(2011, 1, 26))]


def test_entries_alone_are_read_and_the_case_is_missed(tmp_path):
    """The endpoint of entries does not repeat the case."""
    found = read(tmp_path, json.dumps({"count": 1, "results": API["docket_entries"]}))
    assert (found.docket_number, [entry.number for entry in found.entries]) == (None, ["29"])
    assert [one.code for one in found.findings] == ["DK007"]


def test_the_output_of_a_parser_reads_as_the_page_it_came_from():
    """The expected JSON of a page is itself a docket."""
    page = read_docket(CORPUS / "jpml.html", name="x")
    values = read_docket(CORPUS / "jpml.json", name="x")
    assert [(e.number, e.date_filed, e.description) for e in values.entries] == [
        (e.number, e.date_filed, e.description) for e in page.entries
    ]
    assert [(one.name, one.role) for one in values.parties] == [(one.name, one.role) for one in page.parties]


def test_values_of_the_wrong_kind_are_unknown_and_not_guessed(tmp_path):
    """JSON promises nothing about its types."""
    odd = {
        "docket_number": 5, "case_name": ["x"], "court": {"a": 1}, "date_filed": True, "parties": [1, {"name": 3}],
        "docket_entries": [{"entry_number": {"a": 1}, "description": 7, "recap_documents": [3]}, None, "a"],
    }  # fmt: skip
    found = read(tmp_path, json.dumps(odd))
    assert (found.case_name, found.court_id, found.date_filed) == (None, None, None)
    assert [(entry.number, entry.description) for entry in found.entries] == [(None, "7")]
    assert [one.code for one in found.findings] == ["DK001"]
