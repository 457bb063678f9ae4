"""Which files are mail, told by how they begin."""

from __future__ import annotations

import pytest

from vaughn.formats.mail import mail_type

EML, MBOX = "message/rfc822", "application/mbox"
LINE = b"From a@b.org Mon Jan 17 09:03:00 2011\n"


@pytest.mark.parametrize(
    ("head", "suffix", "kind"),
    [
        (b"Received: x\nFrom: a@b\n\nA", "", EML),
        (b"Received: x\nFrom: a@b\n\nA", ".bin", EML),
        (b"Subject: only\n\nA", ".eml", EML),
        (b"Subject: only\n\nA", "", None),
        (b"From: the desk of\nDate: today\nTo: you\nSubject: printed\n", ".txt", None),
        (b"Return-Path: <a@b>\nFrom: a@b\nTo: b@c\n\nA", ".txt", EML),
        (b"to,from\n1,2\n", ".csv", None),
        (b"plain words\n", "", None),
        (LINE + b"To: b\n\nA", ".mbox", MBOX),
        (LINE + b"To: b\n\nA", "", MBOX),
        (LINE + b"To: b\n\nA", ".eml", EML),
        (b"From here on, dear reader,\nTo: none\n", "", None),
        (b"137\nReturn-Path: <a@b>\nFrom: a@b\n\nA", ".emlx", "message/x-emlx"),
        (b"\xef\xbb\xbfBEGIN:VCARD\r\nVERSION:3.0\r\n", ".txt", "text/vcard"),
        (b"begin:vcalendar\nVERSION:2.0\n", "", "text/calendar"),
        (b"\x78\x9f\x3e\x22\x01\x00", ".dat", "application/vnd.ms-tnef"),
        (b"!BDN\x00", ".ost", "application/vnd.ms-outlook-pst"),
    ],
)
def test_mail_is_told_by_how_it_begins(head, suffix, kind):
    """Names of files in mailboxes and exports say nothing; text of printed mail is no mail."""
    assert mail_type(head, suffix) == kind
