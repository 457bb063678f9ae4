"""The codes that taking in mail reports, each on a small message."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.catalogue_cases import Case
from tests.formats.mail.mails import mail, multipart, read
from vaughn.model import Finding

SIGNATURE = "Content-Type: application/pkcs7-signature; name=smime.p7s\n\nMII="
TEXT = "Content-Type: text/plain\n\nA"


def _found(data: bytes) -> Callable[[Path], tuple[Finding, ...]]:
    def found(folder: Path) -> tuple[Finding, ...]:
        return read(data, folder).findings

    return found


CASES = [
    Case("IN001", _found(multipart(TEXT, closed=False)), _found(multipart(TEXT))),
    Case("IN002", _found(multipart(TEXT, "Content-Type: message/external-body; access-type=anon-ftp; name=a\n\n")),
         _found(multipart(TEXT, "Content-Type: application/x-a; name=a\n\nb"))),
    Case("IN003", _found(mail("Content-Type: message/partial; id=a; number=2; total=3\n")),
         _found(mail("Content-Type: text/plain; id=a\n"))),
    Case("IN004", _found(multipart(TEXT, SIGNATURE, kind="signed")), _found(multipart(TEXT, SIGNATURE))),
    Case("IN006", _found(mail("X-Vaughn-Deleted: yes\n")), _found(mail("X-Vaughn-Folder: Deleted Items\n"))),
    Case("IN007", _found(mail("Date: Thu, 31 Feb 2011 10:00:00 -0500\n")),
         _found(mail("X-Date: Thu, 31 Feb 2011 10:00:00 -0500\n"))),
    Case("IN008", _found(mail().replace(b"Plan", b"Pl\xe4n")), _found(mail().replace(b"Plan", "Plän".encode()))),
]  # fmt: skip
