"""When two messages are the same one: rules of docs/explanation/taking-in-mail.md."""

from __future__ import annotations

import base64
import quopri
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.formats.mail.mails import read
from tests.formats.mail.test_msg import MSG, made
from vaughn.formats.mail.identity import message_id_hash, normal_text

ID = "Message-ID: <1@example.org>\n"
HEAD = "From: Ann <ann@example.org>\nTo: Bob <bob@example.org>\nSubject: Plan\nDate: Mon, 17 Jan 2011 09:03:20 -0500\n"
FILE = '--b\nContent-Type: text/plain; name="{}"\nContent-Disposition: attachment\n\n{}\n'


def message(body: str, *, head: str = HEAD + ID, coding: str = "8bit") -> bytes:
    data = body.encode()
    if coding == "base64":
        data = base64.encodebytes(data)
    elif coding == "quoted-printable":
        data = quopri.encodestring(data)
    fields = f"{head}Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: {coding}\n\n"
    return fields.encode() + data


def with_files(*files: tuple[str, str]) -> bytes:
    parts = "--b\nContent-Type: text/plain\n\nA\n" + "".join(FILE.format(*one) for one in files)
    return f"{HEAD}{ID}Content-Type: multipart/mixed; boundary=b\n\n{parts}--b--\n".encode()


def identity(data: bytes, folder, *, kind: str = "message/rfc822") -> str | None:
    return read(data, folder, kind=kind).identity


def test_it_begins_with_the_hash_that_other_programs_know(tmp_path):
    """The EDRM Message Identification Hash is the MD5 of the bare Message-ID."""
    assert message_id_hash("<1@example.org>") == "0c21c1b358f9115d619d577483717d49"
    assert (identity(message("A"), tmp_path) or "").startswith(f"id:{message_id_hash('1@example.org')}:")


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    st.text(alphabet="ab é,.\n>ß€", min_size=1, max_size=60), st.sampled_from(["base64", "quoted-printable", "8bit"])
)
def test_transfer_wrapping_and_quoting_make_no_difference(tmp_path_factory, body, coding):
    """Servers rewrap and encode anew what passes through them."""
    folder = tmp_path_factory.mktemp("i")
    plain = identity(message(body), folder)
    assert identity(message(body, coding=coding).replace(b"\n", b"\r\n"), folder) == plain
    assert identity(message(body.replace(" ", "\n> ")), folder) == plain


@pytest.mark.parametrize("head", [HEAD + ID, HEAD], ids=["with an id", "without one"])
def test_an_altered_text_is_another_message(head, tmp_path):
    """Of two messages with one id, the altered copy is the one a lawyer wants to see."""
    assert identity(message("Pay 100", head=head), tmp_path) != identity(message("Pay 900", head=head), tmp_path)


def test_attached_files_count_in_any_order_and_by_their_bytes(tmp_path):
    """Two programs may list the same files differently; another file is another message."""
    one = identity(with_files(("a.txt", "1"), ("b.txt", "2")), tmp_path)
    assert identity(with_files(("b.txt", "2"), ("A.TXT", "1")), tmp_path) == one
    assert identity(with_files(("a.txt", "1"), ("b.txt", "3")), tmp_path) != one
    assert identity(with_files(("a.txt", "1")), tmp_path) != one


def test_without_an_id_clock_offset_and_order_of_people_make_no_difference(tmp_path):
    """The sender's copy and the receiver's differ in what servers write."""
    one = HEAD.replace("To: Bob <bob@example.org>", "To: bob@example.org, Cy <cy@example.org>\nBcc: dan@example.org")
    other = "Received: x\n" + HEAD.replace("09:03:20 -0500", "14:03:50 +0000").replace(
        "To: Bob <bob@example.org>", "To: CY@example.org\nCc: Robert <bob@example.org>"
    )
    assert identity(message("A", head=one), tmp_path) == identity(message("A", head=other), tmp_path)
    assert identity(message("A", head=HEAD), tmp_path) != identity(message("A", head=one), tmp_path)


@pytest.mark.parametrize("has_id", [True, False])
def test_an_outlook_file_of_the_same_message_is_equal(has_id, tmp_path):
    """Half of a custodian's copies may be MSG files, half mbox."""
    ticks = (
        int((datetime(2011, 1, 17, 14, 3, 21, tzinfo=UTC) - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10**7
    )
    sent = (0x0039 << 16 | 0x40).to_bytes(4, "little") + bytes(4) + ticks.to_bytes(8, "little")
    wide = {"0037001F": "Plan", "1000001F": "Größe\r\nline", "0042001F": "Ann", "5D02001F": "ann@example.org"}
    wide |= {"1035001F": "<1@example.org>"} if has_id else {}
    properties = {tag: said.encode("utf-16-le") for tag, said in wide.items()}
    item = made(properties, fixed=sent, recip={"3001001E": b"Bob", "39FE001E": b"Bob@example.org"})
    head = HEAD + (ID if has_id else "")
    assert identity(item, tmp_path, kind=MSG) == identity(message("Größe line\n", head=head), tmp_path)


def test_a_message_that_says_nothing_has_no_identity(tmp_path):
    """All empty messages would be copies of each other."""
    assert identity(b"X-A: b\n\n", tmp_path) is None


def test_links_do_not_count():
    """Each program writes the target of a link in its own way."""
    assert normal_text("See here <https://example.org/a?b=c> now") == normal_text("See here now") == "seeherenow"
