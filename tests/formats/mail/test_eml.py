"""Whole messages, from bytes to a reading."""

from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.formats.mail.mails import codes, mail, multipart, read, text
from vaughn.formats.faults import FileRefused
from vaughn.formats.mail.eml import mail_record
from vaughn.formats.mail.faults import Faults
from vaughn.formats.mail.mime import MAX_LEVELS, parsed
from vaughn.formats.mail.transfer import without_transfer
from vaughn.model import DocumentKind, MailAddress, Moment, PartRole

CORPUS = Path(__file__).parents[2] / "corpus" / "mail"


def test_a_message_is_read_with_the_head_lawyers_print(tmp_path):
    """The page shows who wrote what to whom before what was written."""
    reading = read(mail("Cc: carol@example.org\n"), tmp_path)
    assert text(reading).startswith(
        "From:        Ann <ann@example.org>\nTo:          bob@example.org\nCc:          carol@example.org\n"
        "Date:        Mon, 17 Jan 2011 09:03:00 -0500\nSubject:     Plan\n\nHello."
    )
    facts = reading.facts
    assert facts.kind is DocumentKind.EMAIL
    assert facts.author == MailAddress("ann@example.org", "Ann")
    assert facts.sent == Moment(datetime(2011, 1, 17, 14, 3, tzinfo=UTC), -300)
    assert facts.message_id == "1@example.org"
    assert [one.name for one in facts.found] == ["Cc", "From", "To", "Subject", "Message-ID", "Date"]
    assert reading.findings == ()


def test_files_come_in_order_with_their_names(tmp_path):
    """The order of a family is part of the record."""
    reading = read(
        multipart(
            "Content-Type: text/plain\n\nSee attached.",
            "Content-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: base64\n\nJVBERi0=",
            "Content-Type: text/plain\nContent-Disposition: attachment; filename*=utf-8''%C3%A9.txt\n\nb",
            "Content-Type: image/png\nContent-ID: <i>\nContent-Disposition: inline\n\nc",
        ),
        tmp_path,
    )
    assert [(one.name, one.role, one.data) for one in reading.parts] == [
        ("a.pdf", PartRole.ATTACHMENT, b"%PDF-"),
        ("é.txt", PartRole.ATTACHMENT, b"b"),
        ("attachment-3.png", PartRole.EMBEDDED, b"c"),
    ]
    assert reading.facts.attachment_names == ("a.pdf", "é.txt", "attachment-3.png")
    assert "Attachments: a.pdf; é.txt; attachment-3.png" in text(reading)


def test_a_message_inside_keeps_its_bytes(tmp_path):
    """It becomes a document of its own, with the hash it has in any other mailbox."""
    inner = "Received: x\nSubject:  two  blanks\n\n--=_c\n From the inside\n"
    reading = read(multipart("Content-Type: text/plain\n\nA", f"Content-Type: message/rfc822\n\n{inner}"), tmp_path)
    assert [(one.data, one.media_type) for one in reading.parts] == [(inner.encode()[:-1] + b"\n", "message/rfc822")]


def test_plain_text_is_taken_before_html(tmp_path):
    """Both say the same; the plain one is what the author's program made for reading as text."""
    reading = read(
        multipart("Content-Type: text/plain\n\nHello", "Content-Type: text/html\n\n<p>Hello", kind="alternative"),
        tmp_path,
    )
    assert text(reading).endswith("\n\nHello")


def test_html_is_taken_where_plain_text_only_points_to_it(tmp_path):
    """A plain part that says "your program cannot show this" is not what the message says."""
    html = "<p>" + "The plan is to be kept. " * 40
    reading = read(
        multipart("Content-Type: text/plain\n\nHTML only", f"Content-Type: text/html\n\n{html}", kind="alternative"),
        tmp_path,
    )
    assert "The plan is to be kept." in text(reading)


def test_text_that_is_not_shown_is_told(tmp_path):
    """What a sender hides in a message is in the record, and must be found by a search."""
    reading = read(mail("Content-Type: text/html\n", "<p>Seen</p><div style='display:none'>Unseen</div>"), tmp_path)
    assert "Seen\n\n[Text that mail programs do not show]\nUnseen" in text(reading)
    assert codes(reading) == {"IN010"}


def test_a_signed_message_is_read_and_the_signature_told(tmp_path):
    """The signature is no attachment that its author meant to send."""
    reading = read(
        multipart(
            "Content-Type: text/plain\n\nSigned.",
            "Content-Type: application/pkcs7-signature; name=smime.p7s\n\nMII=",
            kind="signed",
        ),
        tmp_path,
    )
    assert codes(reading) == {"IN004"}
    assert reading.parts == ()


def test_an_encrypted_message_stays_a_document(tmp_path):
    """That there is one, between whom and when, is known without the key."""
    reading = read(
        multipart(
            "Content-Type: application/pgp-encrypted\n\nVersion: 1",
            "Content-Type: application/octet-stream; name=x.asc\n\n-----BEGIN PGP MESSAGE-----",
            kind="encrypted",
        ),
        tmp_path,
    )
    assert codes(reading) == {"FL012"}
    assert [one.name for one in reading.parts] == ["x.asc"]
    assert reading.facts.title == "Plan"


def test_a_file_written_into_the_text_becomes_a_part(tmp_path):
    """Before MIME, programs wrote files into the text (uuencode)."""
    body = "See below\nbegin 644 a.txt\n#0V%T\n`\nend\nThat was it\n"
    reading = read(mail(body=body), tmp_path)
    assert [(one.name, one.data) for one in reading.parts] == [("a.txt", b"Cat")]
    assert "[a.txt]" in text(reading)
    assert "#0V%T" not in text(reading)


def test_an_mbox_called_eml_loses_no_message(tmp_path):
    """A reader that takes the first message of 26 and says nothing costs a case."""
    box = b"From - Mon Jun  3 12:50:27 1996\n" + mail() + b"\nFrom - Mon Jun  3 12:51:27 1996\n" + mail("X-Second: 1\n")
    reading = read(box, tmp_path)
    assert [one.data for one in reading.parts] == [mail("X-Second: 1\n")]
    assert "IN001" in codes(reading)


@pytest.mark.parametrize("path", sorted(CORPUS.glob("broken/*.eml")), ids=lambda path: path.stem)
def test_a_broken_message_ends_as_a_document_with_a_finding(path, tmp_path):
    """Nothing is dropped because a program of 2001 wrote it badly."""
    reading = read(path.read_bytes(), tmp_path)
    assert reading.page_count >= 1
    assert codes(reading) & {"IN001", "IN007", "IN008"}


@pytest.mark.parametrize("data", [b"", b"\n\n\0\0 \r\n"], ids=["no bytes", "blanks"])
def test_an_empty_file_is_refused(data, tmp_path):
    """It is no message at all."""
    with pytest.raises(FileRefused) as refused:
        read(data, tmp_path)
    assert refused.value.code == "FL007"


def test_ten_thousand_levels_are_cut_and_kept(tmp_path):
    """A parser that calls itself for every level dies of this file."""
    head = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(10_000))
    reading = read(mail(head + "Content-Type: text/plain\n\nDeep\n"), tmp_path)
    assert "IN001" in codes(reading)
    assert "Deep" in text(reading)
    assert MAX_LEVELS < 100


def test_a_message_of_only_delimiters_is_bounded(tmp_path):
    """A million parts of nothing are not a million documents."""
    reading = read(mail("Content-Type: multipart/mixed; boundary=b\n", "--b\n" * 100_000), tmp_path)
    assert "IN001" in codes(reading)
    assert len(reading.parts) < 30_000


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*/*.eml")), ids=lambda path: path.stem)
def test_leaves_are_those_of_the_standard_library(path):
    """Where Python's parser finds no defect, ours finds the same parts with the same bytes."""
    data = path.read_bytes()
    theirs = message_from_bytes(data, policy=policy.compat32)
    if any(part.defects for part in theirs.walk()):
        pytest.skip("the standard library gives up on it")
    mine = _leaves(parsed(data))
    assert [one.kind for one in mine] == [part.get_content_type() for part in _their_leaves(theirs)]
    for one, part in zip(mine, _their_leaves(theirs), strict=True):
        if not one.kind.startswith("message/"):
            coding = one.header("content-transfer-encoding") or ""
            assert without_transfer(data[one.body : one.end], coding).data == part.get_payload(decode=True)


def _leaves(entity):
    return [leaf for child in entity.children for leaf in _leaves(child)] if entity.children else [entity]


def _their_leaves(part):
    if part.get_content_maintype() == "message" or not part.is_multipart():
        return [part]
    return [leaf for child in part.get_payload() for leaf in _their_leaves(child)]


_PIECES = st.sampled_from(
    [b"\n", b"\r\n", b"\r", b"--b", b"--b--", b"Content-Type: ", b"multipart/mixed; boundary=b", b"text/html",
     b"From: ",
     b"=?utf-8?Q?", b"=?utf-8?B?4pi", b"?=", b"\x1b$B", b"\xff\xfe", b"begin 644 x\n", b"<a <b>@c", b";name*0*=x'y'%zz",
     b"Content-Transfer-Encoding: ", b"base64", b"quoted-printable", b"x-uuencode", b"message/rfc822", b"charset=utf-7",
     b"Date: ", b"31 Feb 2011 25:61:61 +9999", b"=", b"<table><td>", b" ", b"\t", b"\0", b",", b"(((", b'"', b":;"]
)  # fmt: skip


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.lists(_PIECES | st.binary(max_size=12), max_size=40))
def test_any_bytes_are_read_or_refused(pieces):
    """A message of a stranger decides nothing about the program."""
    data = b"".join(pieces)
    faults = Faults()
    record = mail_record(data, parsed(data), faults)
    assert isinstance(record.text, str)
    assert faults.findings() is not None
