"""How courts write numbers of cases, names of cases, judges and documents, and what they mean.

Made from the examples named in `tests/corpus/README.md`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUMBER = re.compile(
    r"(?:[A-Z]{2,4}/)?(?P<core>(?:\d{1,2}:)?\d{2,4}-[A-Za-z]{1,4}-\d{1,6})"
    r"(?P<rest>(?:-[A-Za-z][A-Za-z0-9]*)*)(?:-(?P<defendant>\d{1,4}))?(?=$|[\s,;.)\]])"
)
_APPEAL = re.compile(r"\d{2}-\d{1,5}(?:-[a-z]{2,3})?(?=$|[\s,;.)\]])")
_MDL = re.compile(r"MDL(?:\s+No\.?)?\s*-?\s*(\d+)", re.I)
_ET_AL = re.compile(r",?\s+et\.?\s*al\b\.?", re.I)
_VERSUS = re.compile(r"\s(?:v|vs|V|VS|Vs)\.?\s")
_USA = re.compile(r"(?<![\w.])(?:USA|U\.S\.A\.?)(?=\s+v\.|$)")
_TITLES = re.compile(
    r"^(?:(?:the\s+)?(?:hon(?:orable|\.)?|chief|senior|circuit|district|magistrate|bankruptcy|visiting|u\.?\s?s\.?|"
    r"united\s+states|judge|justice)\b\.?,?\s*)+",
    re.I,
)
_TITLE_BEHIND = re.compile(
    r",\s*(?:(?:chief|senior|u\.?\s?s\.?|united\s+states|circuit|district|magistrate|bankruptcy)\s+)*(?:judge|justice)$",
    re.I,
)
_PURPOSE = re.compile(r"\s*\([^()]*\)\s*$")
_SUFFIX = re.compile(r",?\s+(jr|sr)\.?$", re.I)
_BARE_INITIAL = re.compile(r"(?<=\s)([A-Z])(?=\s)")


@dataclass(frozen=True, slots=True)
class DocketNumber:
    """A case number in its parts.

    Args:
        core: Without what stands behind it, e.g. ``1:10-cv-03488``; the text itself if it has no known form.
        initials: Judges' initials behind it, in order.
        defendant: Number of one defendant, in criminal cases.
    """

    core: str
    initials: tuple[str, ...] = ()
    defendant: str | None = None


def docket_number(text: str) -> DocketNumber:
    """Return the parts of a case number as it is printed."""
    text = " ".join(text.split())
    mdl = _MDL.search(text)
    if mdl is not None:
        return DocketNumber(f"MDL No. {mdl[1]}")
    match = _NUMBER.search(text)
    if match is not None:
        initials = tuple(part.upper() for part in match["rest"].split("-") if part)
        return DocketNumber(match["core"], initials, match["defendant"])
    appeal = _APPEAL.search(text)
    return DocketNumber(appeal[0] if appeal else text)


def short_case_name(caption: str) -> str:
    """Return the caption as a case is called: no "et al", "v." between the sides, USA written out."""
    name = " ".join(caption.split()).rstrip(" ,")
    name = _VERSUS.sub(" v. ", _ET_AL.sub("", name), count=1)
    return _USA.sub("United States", name).strip(" ,")


def judge_name(text: str) -> str:
    """Return the judge's name without titles and purposes: ``Magistrate Judge Debra C. Freeman (Settlement)``."""
    name = _TITLE_BEHIND.sub("", _PURPOSE.sub("", " ".join(text.split())))
    name = _TITLES.sub("", name).strip(" ,")
    name = _BARE_INITIAL.sub(r"\1.", name)
    return _SUFFIX.sub(lambda match: f" {match[1].capitalize()}.", name)


def main_document_id(doc_id: str) -> str:
    """Return a PACER document id with its fourth digit 0: a 1 there asks for the page of attachments first."""
    return doc_id[:3] + "0" + doc_id[4:] if len(doc_id) > 4 else doc_id
