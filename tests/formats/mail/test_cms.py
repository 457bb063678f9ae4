"""The way to the content of a signed message."""

from __future__ import annotations

import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.formats.mail.mails import codes, mail, read, text
from vaughn.formats.faults import FileRefused
from vaughn.formats.mail.cms import CmsContent, CmsKind, cms_content

SIGNED = bytes.fromhex("06092a864886f70d010702")
DATA = bytes.fromhex("06092a864886f70d010701")
ENVELOPED = bytes.fromhex("06092a864886f70d010703")
COMPRESSED = bytes.fromhex("060b2a864886f70d0109100109")


def der(tag: int, *parts: bytes) -> bytes:
    """Return one element with its length."""
    content = b"".join(parts)
    size = len(content).to_bytes(4, "big")
    return bytes([tag, 0x84]) + size + content


def ber(tag: int, *parts: bytes) -> bytes:
    """Return one element whose end is marked."""
    return bytes([tag, 0x80]) + b"".join(parts) + b"\0\0"


def signed(content: bytes, *, element=der, octets: bytes | None = None) -> bytes:
    """Return a signed object with no signature in it."""
    inner = octets or der(0x04, content)
    held = element(0x30, DATA, element(0xA0, inner))
    return element(0x30, SIGNED, element(0xA0, element(0x30, der(0x02, b"\x01"), der(0x31), held, der(0x31))))


@pytest.mark.parametrize("element", [der, ber], ids=["lengths", "open ends"])
def test_the_content_of_a_signed_object_is_found(element):
    """Programs that sign while they send do not know the lengths yet."""
    assert cms_content(signed(b"Hello", element=element)) == CmsContent(CmsKind.SIGNED, b"Hello")


def test_content_in_parts_is_joined():
    """A long content comes in pieces of a kilobyte."""
    parts = ber(0x24, der(0x04, b"Hel"), der(0x04, b"lo"))
    assert cms_content(signed(b"", octets=parts)).content == b"Hello"


def test_a_signed_message_is_read(tmp_path):
    """Its text is the text of the message; the wrapping is no attachment."""
    inner = b"Content-Type: text/plain\n\nSigned text"
    head = "Content-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m\n"
    reading = read(mail(head, "@@").replace(b"@@", signed(inner)), tmp_path)
    assert text(reading).endswith("Signed text")
    assert reading.parts == ()
    assert codes(reading) == {"IN004"}


def test_an_encrypted_message_stays_a_file(tmp_path):
    """Without the key nothing is said of what it says."""
    sealed = der(0x30, ENVELOPED, der(0xA0, der(0x30, der(0x02, b"\0"))))
    reading = read(
        mail("Content-Type: application/pkcs7-mime; name=smime.p7m\n", "@@").replace(b"@@", sealed), tmp_path
    )
    assert [one.name for one in reading.parts] == ["smime.p7m"]
    assert codes(reading) == {"FL012"}


def test_packed_content_is_unpacked_within_bounds():
    """A hundred bytes that unpack to a gigabyte are refused."""

    def packed(content: bytes) -> bytes:
        held = der(0x30, DATA, der(0xA0, der(0x04, zlib.compress(content))))
        return der(0x30, COMPRESSED, der(0xA0, der(0x30, der(0x02, b"\0"), der(0x30), held)))

    assert cms_content(packed(b"Hello")).content == b"Hello"
    with pytest.raises(FileRefused):
        cms_content(packed(bytes(20_000_000)))


_PIECES = [SIGNED, DATA, ENVELOPED, COMPRESSED, b"\x30\x80", b"\xa0\x80", b"\x24\x80", b"\x04\x03abc", b"\0\0",
           b"\x30\x84\xff\xff\xff\xff", b"\x30\x88" + b"\xff" * 8, b"\x31\x00", b"\xa0\x05"]  # fmt: skip


@settings(max_examples=250, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(_PIECES) | st.binary(max_size=4), max_size=30))
def test_any_bytes_are_read_or_refused(pieces):
    """Lengths lie, ends are missing, parts stand in parts."""
    try:
        found = cms_content(b"\x30\x80" + b"".join(pieces))
    except FileRefused:
        return
    assert found.kind in CmsKind


def test_elements_a_thousand_deep_are_refused():
    """Every level is a claim that costs two bytes."""
    with pytest.raises(FileRefused):
        cms_content(b"\x30\x80" * 100_000)
