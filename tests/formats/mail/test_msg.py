"""Outlook's own files: their properties as facts, their bodies as text, what is attached as files."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.formats.mail.mails import codes, read, text
from vaughn.formats.faults import FileRefused
from vaughn.formats.office.ole import ole_bytes
from vaughn.model import DocumentKind, MailAddress, PartRole

CORPUS = Path(__file__).parents[2] / "corpus" / "mail" / "outlook"
MSG = "application/vnd.ms-outlook"


def corpus(name, folder):
    return read((CORPUS / name).read_bytes(), folder, kind=MSG, name=name)


def made(properties: dict[str, bytes], *, fixed: bytes = b"", **folders: dict[str, bytes]) -> bytes:
    """Return an MSG file with *properties* by tag (``0037001E``)."""
    streams = {("__properties_version1.0",): bytes(32) + fixed}
    streams |= {(f"__substg1.0_{tag}",): value for tag, value in properties.items()}
    for folder, held in folders.items():
        place = f"__{folder}_version1.0_#00000000"
        streams |= {(place, f"__substg1.0_{tag}"): value for tag, value in held.items()}
        streams.setdefault((place, "__properties_version1.0"), bytes(8))
    return ole_bytes(streams)


def test_a_message_is_read(tmp_path):
    """Outlook's times are in UTC and its addresses may be those of a server's directory."""
    reading = corpus("quick.msg", tmp_path)
    assert reading.facts.title == "Test the content transformer"
    assert reading.facts.author is not None
    assert reading.facts.author.name == "Kevin Roast"
    assert reading.facts.to == (MailAddress("kevin.roast@alfresco.org", "Kevin Roast"),)
    assert reading.facts.sent is not None
    assert reading.facts.sent.at == datetime(2007, 6, 14, 9, 42, 53, 500000, tzinfo=UTC)
    assert reading.facts.message_id == "B17B1CFF4282214AB8BAADDDC20711220E0C025E@THHS2EXBE1X.hostedservice2.net"
    assert "The quick brown fox jumps over the lazy dog" in text(reading)
    assert "/o=hostedservice2" not in text(reading)
    assert {"Subject", "SenderName", "MessageClass"} <= {one.name for one in reading.facts.found}


def test_letters_are_read_although_the_file_declares_the_wrong_set(tmp_path):
    """Old Outlook kept Chinese in the code page of the machine and said nothing; others show mojibake."""
    reading = corpus("chinese-traditional.msg", tmp_path)
    assert reading.facts.title == "Alfresco MSG format testing ( MSG 格式測試 )"
    assert "豐泰產業工會常務理事" in text(reading)


def test_a_message_in_a_message_becomes_a_file_of_its_own(tmp_path):
    """It is handed out as the file Outlook would have saved, and is read like any other."""
    outer = corpus("58214_with_attachment.msg", tmp_path)
    assert [(one.role, one.media_type) for one in outer.parts] == [(PartRole.ATTACHMENT, MSG)]
    inner = read(outer.parts[0].data or b"", tmp_path, kind=MSG)
    assert inner.facts.title == "Test mail attachment"
    assert inner.facts.message_id == "003601d0cf76$8236bba0$86a432e0$@c6.eu"


def test_a_signed_message_is_read_through_its_signature(tmp_path):
    """Outlook keeps the whole signed MIME text as one hidden file."""
    reading = corpus("logsat.com_signatures_valid.msg", tmp_path)
    assert codes(reading) == {"IN004"}
    assert reading.parts == ()
    assert text(reading).endswith("This is a valid digitally signed email.")


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("msgClassContact.msg", "E-mail: quickbrown@gmail.com"),
        ("msgClassContact.msg", "Business address: 12 Lazy Dog Lane Springfield 01234"),
        ("msgClassAppointment.msg", "Where: under lazy dog"),
        ("msgClassAppointment.msg", "Starts: 2017-02-28 18:30 UTC"),
    ],
)
def test_contacts_and_appointments_say_their_fields(name, line, tmp_path):
    """They have no body to speak of; what they say stands in named properties."""
    reading = corpus(name, tmp_path)
    assert line in text(reading).split("\n")
    assert reading.facts.kind is DocumentKind.OTHER


def test_attachments_come_with_their_bytes_and_those_that_lie_elsewhere_are_told(tmp_path):
    """An attachment by reference names a file on somebody's disk."""
    kept = made({"0037001E": b"A"}, attach={"3707001E": b"a.txt", "37010102": b"bytes"})
    reading = read(kept, tmp_path, kind=MSG)
    assert [(one.name, one.data) for one in reading.parts] == [("a.txt", b"bytes")]
    by_reference = bytes(8) + (0x3705 << 16 | 3).to_bytes(4, "little") + bytes(4) + (2).to_bytes(8, "little")
    streams = {
        ("__properties_version1.0",): bytes(32),
        ("__attach_version1.0_#00000000", "__properties_version1.0"): by_reference,
        ("__attach_version1.0_#00000000", "__substg1.0_370D001E"): b"C:\\files\\b.txt",
    }
    reading = read(ole_bytes(streams), tmp_path, kind=MSG)
    assert reading.parts == ()
    assert reading.facts.attachment_names == ("b.txt",)
    assert "IN002" in codes(reading)


def test_several_values_and_text_in_two_bytes_are_read(tmp_path):
    """Categories are a list; newer files hold UTF-16."""
    one, other = "a".encode("utf-16-le"), "b".encode("utf-16-le")
    several = {"8001101F": bytes(8), "8001101F-00000000": one, "8001101F-00000001": other}
    data = made({"0037001F": "Größe".encode("utf-16-le"), **several})
    reading = read(data, tmp_path, kind=MSG)
    assert reading.facts.title == "Größe"
    assert ("0x8001", "a; b") in [(one.name, one.value) for one in reading.facts.found]


def test_a_compound_file_without_an_item_is_refused(tmp_path):
    """A Word file named .msg is no message."""
    with pytest.raises(FileRefused):
        read(ole_bytes({("WordDocument",): b"x"}), tmp_path, kind=MSG)


_TAGS = st.sampled_from(["0037001E", "0037001F", "10000102", "1013001E", "10090102", "3001101E", "80051003", "0039FFFF",
                         "1000001F", "001A001E", "7FFF0102", "007D001E", "00711102"])  # fmt: skip


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.dictionaries(_TAGS, st.binary(max_size=60), max_size=8), st.binary(max_size=64), st.binary(max_size=40))
def test_any_properties_are_read_or_refused(tmp_path_factory, properties, fixed, attached):
    """What a stranger wrote into a property decides nothing about the program."""
    data = made(properties, fixed=fixed, attach={"37010102": attached}, recip={"3001001E": attached})
    reading = read(data, tmp_path_factory.mktemp("m"), kind=MSG)
    assert reading.page_count >= 1


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.integers(0, 16_000), st.binary(min_size=1, max_size=24))
def test_a_damaged_file_is_read_or_refused(tmp_path_factory, place, noise):
    """Bytes of an old disk are wrong anywhere."""
    data = bytearray((CORPUS / "quick.msg").read_bytes())
    data[place : place + len(noise)] = noise
    try:
        reading = read(bytes(data), tmp_path_factory.mktemp("m"), kind=MSG)
    except FileRefused:
        return
    assert reading.page_count >= 1
