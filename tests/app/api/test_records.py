"""Records that were taken in, as the viewer shows them: where from, with what, and every other way to look at them."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from tests.app.pile import CANARY
from vaughn.work.renditions import office_program


def test_a_record_says_where_it_came_from(taken):
    """From the person who handed it over down to the file, with its hashes."""
    found = taken.client.get(f"/api/documents/{taken.document('policy.txt')}/record").json()
    assert [place["name"] for place in found["places"]][-1] == "policy.txt"
    assert found["places"][-1]["part"] == "attachment"
    assert found["places"][0]["document_id"] is not None
    assert (found["handover"]["from_whom"], found["custodian"]) == ("ICE CIO", "Palmer, Jon")
    assert [len(found["file"][name]) for name in ("sha256", "sha1", "md5")] == [64, 40, 32]


def test_a_message_says_what_it_says_of_itself(taken):
    """In one form, and every field as found."""
    found = taken.client.get(f"/api/documents/{taken.document('reply.eml')}/record").json()
    facts = found["facts"]
    assert (facts["author"]["address"], facts["title"]) == ("jane@example.gov", "RE: Opt out")
    assert facts["sent"] == {"at": "2011-01-17T07:03:00Z", "local": "2011-01-17T02:03:00-05:00", "offset_minutes": -300}
    assert "In-Reply-To" in {one["name"] for one in found["found"]}


def test_a_person_is_one_under_every_address_in_filters_lists_and_facts(taken):
    """The address stays beside the name: it is what the record says."""
    client = taken.client
    before = {row["value"]: row["label"] for row in client.get("/api/documents/facets").json()["person"]}
    assert before["jane@example.gov"] == "Jane Doe <jane@example.gov>"
    jane, values = "/api/suit/entities/correspondent/jane", {"name": ["Doe, Jane"], "address": list(before)}
    assert client.post(f"{jane}/statements", json={"values": values}).status_code == 200
    (person,) = client.get("/api/documents/facets").json()["person"]
    table = client.get("/api/documents", params={"person": "jane"}).json()
    assert (person["value"], person["count"]) == ("jane", table["total"])
    assert person["label"].startswith("Doe, Jane <")
    assert {row["sender_people"] for row in table["rows"]} == {"Doe, Jane"}
    author = client.get(f"/api/documents/{taken.document('reply.eml')}/record").json()["facts"]["author"]
    assert (author["address"], author["person"]) == ("jane@example.gov", "Doe, Jane")
    assert client.post(f"{jane}/withdraw", json={"is_withdrawn": True}).status_code == 200
    assert len(client.get("/api/documents/facets").json()["person"]) == len(before)


def test_produced_documents_have_no_record_and_say_so(client):
    """The same panel serves both; a production has its load file."""
    document = client.get("/api/documents").json()["rows"][0]["id"]
    found = client.get(f"/api/documents/{document}/record").json()
    assert (found["facts"], found["handover"], found["places"]) == (None, None, [])


def test_copies_keep_every_path(taken):
    """One is shown, and each place it was found in is told."""
    shown = next(name for name in ("opt out.eml", "again.eml") if name in _controls(taken))
    copies = taken.client.get(f"/api/documents/{taken.document(shown)}/groups").json()["copies"]
    assert {copy["path"] for copy in copies} == {"opt out.eml", "copies/again.eml"}
    assert [copy["is_shown"] for copy in copies].count(True) == 1


def _controls(taken):
    return {row["control"] for row in taken.client.get("/api/documents", params={"limit": 100}).json()["rows"]}


def test_a_thread_is_a_tree_with_its_inclusive_messages(taken):
    """Who has read the inclusive ones has read all."""
    thread = taken.client.get(f"/api/documents/{taken.document('reply.eml')}/groups").json()["thread"]
    assert [message["depth"] for message in thread] == [0, 1]
    assert thread[-1]["is_inclusive"]


def test_similar_documents_are_compared_word_by_word(taken):
    """Their likeness is a number; what differs is words."""
    one, other = taken.document("notes.txt"), taken.document("notes, later.txt")
    near = taken.client.get(f"/api/documents/{one}/groups").json()["near"]
    assert other in {row["document_id"] for row in near}
    found = taken.client.get(f"/api/documents/{one}/compare/{other}").json()
    changed = [piece for piece in found["pieces"] if piece["kind"] != "same"]
    assert ("7", "seven") in {(piece["first"].strip(), piece["second"].strip()) for piece in changed}


def test_pages_of_records_that_are_no_paper_have_pictures_and_words(taken):
    """Mail is looked at, searched and marked like a scan."""
    document = taken.client.get(f"/api/documents/{taken.document('reply.eml')}").json()
    page = document["first_page_id"]
    answer = taken.client.get(f"/api/pages/{page}/image", params={"width": 200})
    with Image.open(io.BytesIO(answer.content)) as picture:
        assert picture.size == (200, 258)
    words = taken.client.get(f"/api/pages/{page}/words").json()
    assert (words["width_pt"], len(words["words"]) > 10) == (612.0, True)
    assert taken.client.get(f"/api/pages/{page}/hits", params={"q": "Agreed"}).json()["boxes"]


def test_a_message_as_laid_out_has_a_policy_under_which_nothing_runs(taken):
    """Cleaned on the server, and shown in a frame that can neither run nor fetch."""
    shown = next(name for name in ("opt out.eml", "again.eml") if name in _controls(taken))
    answer = taken.client.get(f"/api/documents/{taken.document(shown)}/html")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy.split("; ")
    assert "script-src" not in policy
    assert "Please see the <b>policy</b> below." in answer.text
    for gone in ("<script", "tracker.example", "href", "onload", "<form", "<iframe"):
        assert gone not in answer.text


@pytest.mark.parametrize("view", ["html", "sheet", "rendition/pages/1/image"])
def test_a_view_that_a_record_does_not_have_is_an_answer_not_a_crash(taken, view):
    """Addresses are typed by hand too; nothing of the record is repeated."""
    answer = taken.client.get(f"/api/documents/{taken.document('broken.pdf')}/{view}")
    assert 400 <= answer.status_code < 500
    assert CANARY not in answer.text


def test_a_table_is_shown_by_rows(taken):
    """A sheet of a million rows is never sent as a whole."""
    address = f"/api/documents/{taken.document('budget.csv')}/sheet"
    found = taken.client.get(address, params={"first_row": 301, "rows": 50}).json()
    assert [found["rows"][at]["cells"] for at in (0, -1)] == [["part 300", "300"], ["part 349", "349"]]
    assert found["has_more"]
    assert taken.client.get(address, params={"rows": 10_000}).status_code == 400


def test_office_pictures_are_offered_only_for_what_an_office_program_draws(taken):
    """And the screen says where the program is missing."""
    answer = taken.client.get(f"/api/documents/{taken.document('notes.txt')}/rendition").json()
    assert answer["state"] == "impossible"


def test_natives_are_downloads_and_never_shown(taken):
    """A page of a record must not run in our own."""
    shown = next(name for name in ("opt out.eml", "again.eml") if name in _controls(taken))
    answer = taken.client.get(f"/api/documents/{taken.document(shown)}/native")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment")


def test_the_receipt_is_a_document_to_sign(taken):
    """It goes with the records."""
    answer = taken.client.get(f"/api/takings/{taken.id}/receipt")
    assert answer.content.startswith(b"%PDF-")
    assert "attachment" in answer.headers["content-disposition"]


@pytest.mark.skipif(office_program() is None, reason="LibreOffice is not installed: apt-get install libreoffice-nogui")
def test_an_office_file_is_drawn_when_somebody_looks(case_copy, tmp_path):
    """Drawing takes a second; nobody waits for files nobody opens."""
    from tests.app.conftest import signed_in
    from vaughn.app.api.workbench import Workbench
    from vaughn.app.opening import actor
    from vaughn.collect import HandedOver, take_in
    from vaughn.store import CaseFile

    letter = tmp_path / "letter.rtf"
    letter.write_text(r"{\rtf1 Dear \b Sir}")
    with CaseFile.open(case_copy, write=True, actor=actor("test")) as case:
        taken = take_in(case, letter, handed=HandedOver("ICE", name="Letter"))
    with Workbench() as workbench:
        workbench.open(case_copy)
        with signed_in(workbench) as client, workbench.using() as opened:
            rows = client.get("/api/documents", params={"production": taken.production_id}).json()["rows"]
            address = f"/api/documents/{rows[0]['id']}/rendition"
            assert client.post(address).json()["state"] == "waiting"
            opened.renditions.wait(seconds=60)
            assert client.get(address).json() == {"state": "made", "pages": 1, "message": None, "hint": None}
            with Image.open(io.BytesIO(client.get(f"{address}/pages/1/image?width=300").content)) as picture:
                assert picture.width == 300
