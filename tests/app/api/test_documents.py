"""Everything the workbench shows of a case, asked for over HTTP."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest

from tests.app.volume import CANARY, FORMULA


def ask(client, path, **parameters):
    answer = client.get(path, params=parameters)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_the_session_names_the_open_case(client, loaded):
    """The start screen decides by this what to show."""
    session = ask(client, "/api/session")
    assert session["case"]["path"] == str(loaded)
    assert session["case"]["index"] == {"pages": 6, "behind": 0}
    assert (session["case"]["documents"], session["case"]["pages"]) == (3, 6)
    assert session["recent_cases"][0]["caption"] == "A v. B"


def test_documents_are_listed_sorted_and_filtered(client):
    """The list is the main screen."""
    table = ask(client, "/api/documents", sort="begin")
    assert [row["begin"] for row in table["rows"]] == ["ABC0000001", "ABC0000003", "ABC0000004"]
    assert table["total"] == 3
    descending = ask(client, "/api/documents", sort="page_count", descending=True, limit=1, offset=0)
    assert [row["page_count"] for row in descending["rows"]] == [3]
    assert ask(client, "/api/documents", custodian="Unit 2")["total"] == 1
    assert ask(client, "/api/documents", custodian=["Unit 1", "Unit 2"])["total"] == 3
    assert ask(client, "/api/documents", date_from="2011-01-01")["total"] == 1
    assert ask(client, "/api/documents", q="second")["total"] == 1
    assert ask(client, "/api/documents", production=99)["total"] == 0
    facets = ask(client, "/api/documents/facets")
    assert {(row["value"], row["count"]) for row in facets["custodian"]} == {("Unit 1", 2), ("Unit 2", 1)}


def test_languages_are_a_filter_and_stand_with_each_page(client):
    """Six words tell no language, and that is said too."""
    facets = ask(client, "/api/documents/facets")
    assert [(row["value"], row["count"]) for row in facets["language"]] == [("und", 3)]
    assert (
        ask(client, "/api/documents", language="und")["total"],
        ask(client, "/api/documents", language="en")["total"],
    ) == (
        3,
        0,
    )
    (first, *_) = ask(client, "/api/documents", sort="language")["rows"]
    assert first["language"] == "und"
    assert {page["language"] for page in ask(client, f"/api/documents/{first['id']}/pages")} == {"und"}
    assert ask(client, f"/api/documents/{first['id']}/record")["language"] == "und"


def test_every_column_the_screen_sorts_by_is_known(client):
    """A column head that answers with an error is a dead button."""
    for column in ("control", "begin", "page_count", "date", "kind", "title", "sender", "recipients", "custodian"):
        assert ask(client, "/api/documents", sort=column)["total"] == 3
    for column in ("file_name", "production", "agency", "family_size"):
        assert ask(client, "/api/documents", sort=column)["total"] == 3


def test_a_document_shows_its_family_and_its_neighbours_in_the_list_it_was_opened_from(client):
    """Next and previous keys walk the list as it was filtered."""
    first = ask(client, "/api/documents", sort="begin")["rows"][0]["id"]
    whole = ask(client, f"/api/documents/{first}")
    assert [member["control"] for member in whole["family"]] == ["ABC0000001", "ABC0000003"]
    assert whole["neighbours"]["previous"] is None
    assert whole["neighbours"]["next"] is not None
    alone = ask(client, f"/api/documents/{first}", custodian="Unit 2")
    assert alone["neighbours"]["next"] != whole["neighbours"]["next"]


def test_pages_words_text_and_metadata_of_a_document(client):
    """What the viewer needs for one document."""
    document = ask(client, "/api/documents", q="second")["rows"][0]
    pages = ask(client, f"/api/documents/{document['id']}/pages")
    assert [page["label"] for page in pages] == ["ABC0000004", "ABC0000005", "ABC0000006"]
    words = ask(client, f"/api/pages/{pages[1]['id']}/words")
    spoken = [words["text"][start:end] for start, end, *_ in words["words"]]
    assert spoken == ["Résumé", "of", "the", "detainer", "policy"]
    assert all(0 <= x0 < x1 <= words["width_pt"] for _, _, x0, _, x1, _ in words["words"])
    text = ask(client, f"/api/documents/{document['id']}/text")["text"]
    assert text.count("\f") == 3
    assert "Résumé" in text
    metadata = ask(client, f"/api/documents/{document['id']}/metadata")
    received = {value["column"]: value["value"] for value in metadata["received"]}
    assert received["CUSTODIAN"] == "Unit 2"
    assert metadata["source"] == {"path": "DATA/VOL001.dat", "line": 4}
    assert ("custodian", "Unit 2", "CUSTODIAN") in [
        (value["field"], value["value"], value["column"]) for value in metadata["normalised"]
    ]
    assert {file["role"] for file in metadata["files"]} >= {"image", "native", "text"}


def test_a_page_keeps_its_id_and_knows_its_document(client):
    """Permanent links hold page ids."""
    document = ask(client, "/api/documents", q="second")["rows"][0]
    page = ask(client, f"/api/pages/{document['first_page_id'] + 2}")
    assert (page["number"], page["document_id"], page["missing"]) == (3, document["id"], False)


def test_the_picture_of_a_page_is_drawn_once_and_may_be_kept(client):
    """Turning back a page must not cost a second rendering, in the server or in the browser."""
    answer = client.get("/api/pages/1/image", params={"width": 300})
    assert answer.status_code == 200
    assert answer.headers["content-type"] in ("image/jpeg", "image/webp")
    assert "private" in answer.headers["cache-control"]
    tag = answer.headers["etag"]
    again = client.get("/api/pages/1/image", params={"width": 300}, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/api/pages/1/image", params={"width": 5000}).status_code == 400


def test_search_finds_words_phrases_and_words_broken_at_a_line_end(client):
    """The same words as the index, the page and the count."""
    result = ask(client, "/api/search", q="detainer")
    assert (result["total_documents"], result["total_pages"], result["total_hits"]) == (2, 3, 3)
    assert sum(row["hits"] for row in result["rows"]) == 3
    (row,) = ask(client, "/api/search", q='"communities optout"')["rows"]
    assert row["pages"][0]["label"] == "ABC0000002"
    assert [part["text"] for part in row["pages"][0]["snippet"] if part["hit"]] == ["Communities opt- out"]
    assert ask(client, "/api/search", q="resume")["total_documents"] == 1
    assert ask(client, "/api/search", q="nowhere")["rows"] == []
    assert ask(client, "/api/search", q="detainer", production=99)["total_documents"] == 0
    hits = ask(client, "/api/documents/3/hits", q="detainer")
    assert [page["number"] for page in hits["pages"]] == [1, 2]


def test_hits_on_a_page_are_boxes_over_its_words(client):
    """The overlay paints them."""
    hits = ask(client, "/api/pages/2/hits", q='"communities optout"')
    words = ask(client, "/api/pages/2/words", q="x")
    boxes = [word[2:] for word in words["words"]]
    assert len(hits["boxes"]) == 3
    assert all(box in boxes for box in hits["boxes"])
    assert len(hits["spans"]) == 1


@pytest.mark.parametrize("typed", ["ABC0000005", "abc 5", "ABC-0000005"])
def test_a_typed_bates_number_finds_its_page(client, typed):
    """Nobody types all the zeros."""
    (match,) = ask(client, "/api/bates", number=typed)["matches"]
    assert (match["label"], match["page_number"]) == ("ABC0000005", 2)


def test_productions_show_ledger_and_load_files(client):
    """Whoever loads a production sees that every number is accounted for."""
    (row,) = ask(client, "/api/productions")
    assert (row["name"], row["documents"], row["pages"], row["state"]) == ("First", 3, 6, "loaded")
    assert row["ledger_balances"] is True
    whole = ask(client, f"/api/productions/{row['id']}")
    assert all(line["balances"] for line in whole["ledger"])
    assert {load_file["format"] for load_file in whole["load_files"]} == {"dat", "opt"}
    dat = next(load_file for load_file in whole["load_files"] if load_file["format"] == "dat")
    assert (dat["rows"], dat["columns"][0]["name"], dat["dialect"]["qualifier"]) == (3, "BEGBATES", "þ")


def test_findings_can_be_filtered_and_sorted(client):
    """Hundreds of findings are read by code."""
    everything = ask(client, "/api/findings")
    assert everything["total"] == len(everything["rows"])
    assert everything["total"] >= 1
    for code in everything["codes"]:
        some = ask(client, "/api/findings", code=code["code"])
        assert {row["code"] for row in some["rows"]} == {code["code"]}
        assert all(row["title"] and row["cure"] for row in some["rows"])
    for sort in ("severity", "code", "path", "bates", "message", "count", "production"):
        assert ask(client, "/api/findings", sort=sort)["total"] == everything["total"]


def test_lists_are_exported_as_csv_and_xlsx_without_formulas(client):
    """A spreadsheet must not compute what a record says."""
    answer = client.get("/api/documents/export", params={"columns": "control,title", "sort": "begin"})
    assert answer.headers["content-disposition"].startswith("attachment")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0] == ["control", "title"]
    assert rows[2] == ["ABC0000003", f"'{FORMULA}"]
    book = client.get("/api/documents/export", params={"format": "xlsx", "columns": "control,title", "sort": "begin"})
    sheet = openpyxl.load_workbook(io.BytesIO(book.content)).active
    cell = sheet["B3"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (FORMULA, "s", True)
    findings = client.get("/api/findings/export").content.decode("utf-8-sig")
    assert findings.splitlines()[0].startswith("code,severity,production")


def test_natives_are_handed_out_as_files_never_shown(client):
    """A native may be a web page that would run in our origin."""
    document = ask(client, "/api/documents", q="second")["rows"][0]
    answer = client.get(f"/api/documents/{document['id']}/native")
    assert answer.content.startswith(b"PK")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith('attachment; filename="b.xlsx"')
    assert answer.headers["x-content-type-options"] == "nosniff"
    first = ask(client, "/api/documents", sort="begin")["rows"][0]["id"]
    assert client.get(f"/api/documents/{first}/native").status_code == 404


@pytest.mark.parametrize(
    ("kind", "begins"), [("pdf", b"%PDF"), ("html", b"<!doctype"), ("xlsx", b"PK"), ("json", b"{")]
)
def test_the_report_is_downloaded_in_each_form(client, kind, begins):
    """It is attached to a letter."""
    answer = client.get("/api/productions/1/report", params={"format": kind})
    assert answer.content[:9].lower().startswith(begins.lower())
    assert f".{kind}" in answer.headers["content-disposition"]


def test_orders_are_listed_with_their_banners(client):
    """A withdrawn order must say so wherever it is offered."""
    banners = {order["name"]: order["banner"] for order in ask(client, "/api/orders")}
    assert "withdrawn" in banners["ndlon-2011-02-07"]


def test_refused_calls_do_not_repeat_what_records_say(client):
    """Errors are shown to others, and end in logs."""
    answers = [
        client.get("/api/documents", params={"kind": CANARY}),
        client.get("/api/documents", params={"sort": CANARY}),
        client.get("/api/documents", params={"limit": CANARY}),
        client.get("/api/search", params={"q": f"{CANARY} AND x"}),
        client.get("/api/documents/export", params={"columns": CANARY}),
        client.post("/api/cases", json={CANARY: CANARY}),
        client.post("/api/cases", content=CANARY),
        client.get(f"/api/{CANARY}"),
    ]
    for answer in answers:
        assert 400 <= answer.status_code < 500
        assert set(answer.json()["error"]) == {"message", "hint", "kind"}
        assert CANARY not in answer.text


@pytest.mark.parametrize(
    "path",
    ["/api/documents/99", "/api/pages/99", "/api/pages/99/image", "/api/productions/99", "/api/documents/99/native"],
)
def test_what_is_not_there_is_said_not_to_be_there(client, path):
    """Links of another case, or mistyped ones."""
    assert client.get(path).status_code == 404
