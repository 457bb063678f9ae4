"""An XML file as a tree: entities are not expanded, nothing outside is opened, what is broken is said so."""

from __future__ import annotations

from lxml import etree

from vaughn.formats.docket.log import DocketLog


def xml_tree(data: bytes, *, log: DocketLog) -> etree._Element | None:
    """Return the root of *data*, as far as it could be read; `None` if there is no element in it."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_comments=True, remove_pis=True, recover=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser=parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    faults = [error for error in parser.error_log if error.level_name in {"ERROR", "FATAL"}]
    if faults:
        log.add("DK003", "The XML is broken or cut off here; what could be read was read.", line=faults[0].line or None)
    return root


def child_text(element: etree._Element, name: str) -> str:
    """Return the text of the first child called *name*, or nothing."""
    child = element.find(name)
    return "".join(part for part in child.itertext() if isinstance(part, str)).strip() if child is not None else ""


def first_tag(text: str) -> str:
    """Return the local name of the first element of *text*, in lower case, declarations skipped."""
    place = 0
    while True:
        place = text.find("<", place)
        if place < 0 or place + 1 >= len(text):
            return ""
        if text[place + 1] not in "?!":
            break
        place = text.find(
            "]>" if text.startswith("<!DOCTYPE", place) and "[" in _declaration(text, place) else ">", place
        )
        if place < 0:
            return ""
    name = text[place + 1 : place + 80].split(">", 1)[0].split("/", 1)[0].split()
    return name[0].rsplit(":", 1)[-1].lower() if name else ""


def _declaration(text: str, place: int) -> str:
    """Return the declaration that begins at *place*, up to where it closes or its inner part opens."""
    end = text.find(">", place)
    return text[place : end if end >= 0 else len(text)]
