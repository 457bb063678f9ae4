"""Dockets of the RECAP archive in XML: escaped twice, entities of strangers inside."""

from __future__ import annotations

from datetime import date

from tests.formats.docket.test_reading import read
from vaughn.formats.docket import DocketAttachment, DocketKind

HEAD = (
    "<gov_uscourts_docket><case_details><court>nysd</court><docket_num>1:10-cv-03488</docket_num>"
    "<case_name>Network et al v ICE</case_name><pacer_case_num>361875</pacer_case_num>"
    "<date_case_filed>2010-04-27</date_case_filed><assigned_to>Judge Shira A Scheindlin</assigned_to></case_details>"
)
PARTIES = (
    "<party_list><party><name>Network</name><type>Plaintiff</type><extra_info>TERMINATED: 07/03/2013</extra_info>"
    "<attorney_list><attorney><attorney_name>Ada Counsel</attorney_name><contact>Law &amp; Clinic\nRoom 1</contact>"
    "<attorney_role>LEAD ATTORNEY\nPRO HAC VICE</attorney_role></attorney><attorney><attorney_name>Ada Counsel"
    "</attorney_name><contact>(See above for address)</contact></attorney></attorney_list></party></party_list>"
)


def document(number, part=0, **said):
    """Return one document element."""
    inside = "".join(f"<{key}>{value}</{key}>" for key, value in said.items())
    return f'<document doc_num="{number}" attachment_num="{part}">{inside}</document>'


def docket(*documents):
    return f"{HEAD}{PARTIES}<document_list>{''.join(documents)}</document_list></gov_uscourts_docket>"


def test_case_parties_and_documents_are_read(tmp_path):
    """Texts were escaped twice when the file was made."""
    main = document(
        29, pacer_doc_id="12718888888", date_filed="2011-01-26", long_desc="ICE&amp;#039;s MOTION", short_desc="Motion"
    )
    found = read(tmp_path, docket(main, document(29, 1, short_desc="Exhibit A", pacer_doc_id="12718888889")))
    assert (found.kind, found.court_id, found.case_name) == (DocketKind.RECAP_XML, "nysd", "Network v. ICE")
    assert (found.assigned_to, found.pacer_case_id) == ("Shira A. Scheindlin", "361875")
    assert found.parties[0].date_terminated == date(2013, 7, 3)
    first, second = found.parties[0].attorneys
    assert (first.contact, first.roles) == ("Law & Clinic\nRoom 1", ("LEAD ATTORNEY", "PRO HAC VICE"))
    assert second.contact == first.contact
    (entry,) = found.entries
    assert (entry.description, entry.short_description, entry.pacer_doc_id) == ("ICE's MOTION", "Motion", "12708888888")
    assert entry.attachments == (DocketAttachment(1, "Exhibit A", "12708888889"),)
    assert found.findings == ()


def test_a_day_of_zeros_is_an_unknown_day(tmp_path):
    """That is how the archive's database writes that it knows none."""
    found = read(tmp_path, docket(document(2, date_filed="0000-00-00"), document(3, date_filed="2011-02-30")))
    assert [entry.date_filed for entry in found.entries] == [None, None]
    assert [one.code for one in found.findings] == ["DK002"]


def test_an_attachment_whose_entry_is_missing_makes_one(tmp_path):
    """Only what somebody bought is in the archive."""
    (entry,) = read(tmp_path, docket(document(7, 2, short_desc="B"))).entries
    assert (entry.number, entry.date_filed, entry.attachments) == ("7", None, (DocketAttachment(2, "B"),))


def test_a_document_without_number_and_one_that_stands_twice_are_said(tmp_path):
    """The first is kept, none is dropped in silence."""
    found = read(tmp_path, docket(document(""), document(7, long_desc="A"), document(7, long_desc="B")))
    assert [entry.description for entry in found.entries] == ["A"]
    assert sorted(one.code for one in found.findings) == ["DK001", "DK008"]


def test_entities_are_not_expanded_and_nothing_outside_is_opened(tmp_path):
    """A billion laughs, and a file of the machine it is read on."""
    secret = tmp_path / "secret"
    secret.write_text("SECRET", encoding="utf-8")
    laughs = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    doctype = f'<!DOCTYPE gov_uscourts_docket [<!ENTITY e0 "ha"><!ENTITY s SYSTEM "{secret.as_uri()}">{laughs}]>'
    found = read(
        tmp_path, f'<?xml version="1.0"?>{doctype}{HEAD.replace("Network et al", "A &e11; &s;")}</gov_uscourts_docket>'
    )
    assert found.docket_number == "1:10-cv-03488"
    assert "SECRET" not in repr(found)
    assert len(repr(found)) < 5_000


def test_a_file_cut_off_keeps_what_came_before(tmp_path):
    """The connection broke."""
    text = docket(*(document(number, long_desc="ORDER " * 5) for number in range(1, 50)))
    found = read(tmp_path, text[: len(text) // 2])
    assert 0 < len(found.entries) < 49
    assert "DK003" in [one.code for one in found.findings]
