"""The codes that Office files report, each on a small one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.catalogue_cases import Case
from tests.formats.office.made import DOCX, W, docx, paragraph, read
from vaughn.model import Finding

_HIDDEN = "<w:r><w:rPr><w:vanish{}/></w:rPr><w:t>a</w:t></w:r>"
_ENTITY = f"<!DOCTYPE a [<!ENTITY x 'y'>]><w:styles {W}/>"


def _found(data: bytes) -> Callable[[Path], tuple[Finding, ...]]:
    def found(folder: Path) -> tuple[Finding, ...]:
        return read(data, folder, kind=DOCX).findings

    return found


CASES = [
    Case("IN010", _found(docx(paragraph(_HIDDEN.format("")))), _found(docx(paragraph(_HIDDEN.format(" w:val='0'"))))),
    Case("IN011", _found(docx(paragraph("<w:ins><w:r><w:t>a</w:t></w:r></w:ins>"))), _found(docx(paragraph("a")))),
    Case("IN012", _found(docx(paragraph("a"), vbaProject_bin=b"x")), _found(docx(paragraph("a"), vbaData_xml="<a/>"))),
    Case("IN013", _found(docx(paragraph("a"), ("hyperlink", "http://a.example/"))),
         _found(docx(paragraph("a"), ("styles", "styles.xml"), styles_xml=f"<w:styles {W}/>"))),
    Case("IN014", _found(docx(paragraph("a"), ("styles", "styles.xml"), styles_xml=_ENTITY)),
         _found(docx(paragraph("a"), ("styles", "styles.xml"), styles_xml=f"<w:styles {W}/>"))),
]  # fmt: skip
