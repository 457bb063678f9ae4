"""What an XMP packet says (ISO 16684-1): the metadata that PDF and image programs write as XML.

Properties are listed as found, named by the usual prefixes (``dc:title``). Entities, remote references and
packets of unusual size are not read.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from lxml import etree

from vaughn.model import FoundValue

MAX_XMP_BYTES = 4_000_000
MAX_VALUES = 300
MAX_VALUE_CHARACTERS = 2_000
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_PREFIXES = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://ns.adobe.com/xap/1.0/": "xmp",
    "http://ns.adobe.com/xap/1.0/mm/": "xmpMM",
    "http://ns.adobe.com/xap/1.0/rights/": "xmpRights",
    "http://ns.adobe.com/xap/1.0/sType/ResourceRef#": "stRef",
    "http://ns.adobe.com/xap/1.0/sType/ResourceEvent#": "stEvt",
    "http://ns.adobe.com/pdf/1.3/": "pdf",
    "http://ns.adobe.com/pdfx/1.3/": "pdfx",
    "http://ns.adobe.com/photoshop/1.0/": "photoshop",
    "http://ns.adobe.com/exif/1.0/": "exif",
    "http://ns.adobe.com/tiff/1.0/": "tiff",
    "http://www.aiim.org/pdfa/ns/id/": "pdfaid",
}


def xmp_values(packet: bytes) -> tuple[FoundValue, ...]:
    """Return the properties of *packet* in their order; nothing if it is no XMP that can be read."""
    if len(packet) > MAX_XMP_BYTES:
        return ()
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=True)
    try:
        root = etree.fromstring(packet.strip(b"\0 \t\r\n"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return ()
    if root is None:
        return ()
    found: list[FoundValue] = []
    for description in (child for packet in root.iter(f"{{{_RDF}}}RDF") for child in packet):
        found += islice(_values(description, ""), MAX_VALUES - len(found))
    return tuple(found)


def _values(element: etree._Element, above: str) -> Iterator[FoundValue]:
    """Yield what *element* and the elements in it say; ``/`` between the levels of a structure."""
    for name, value in element.attrib.items():
        namespace, local = _parts(str(name))
        if namespace != _RDF and name != _XML_LANGUAGE:
            yield _found(above + _named(namespace, local), str(value))
    for child in element:
        if not isinstance(child.tag, str):
            continue
        namespace, local = _parts(child.tag)
        if namespace == _RDF:
            if len(child) == 0 and (child.text or "").strip():
                yield _found(above.rstrip("/"), child.text or "")
            yield from _values(child, above)
        elif len(child) or child.attrib:
            name = above + _named(namespace, local)
            if len(child) == 0 and (child.text or "").strip():
                yield _found(name, child.text or "")
            yield from _values(child, name + "/")
        elif (child.text or "").strip():
            yield _found(above + _named(namespace, local), child.text or "")


def _found(name: str, value: str) -> FoundValue:
    return FoundValue(name, " ".join(value.split())[:MAX_VALUE_CHARACTERS])


def _parts(tag: str) -> tuple[str, str]:
    if tag.startswith("{"):
        namespace, _, local = tag[1:].partition("}")
        return namespace, local
    return "", tag


def _named(namespace: str, local: str) -> str:
    prefix = _PREFIXES.get(namespace)
    return f"{prefix}:{local}" if prefix else local
