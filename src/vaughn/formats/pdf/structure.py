"""What a PDF file has beside its pages: document information, XMP, layers, attached files.

Read with pikepdf (qpdf), bounded: names, counts and sizes come from the file and are never trusted.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pikepdf

from vaughn.formats.moments import pdf_moment
from vaughn.formats.xmp import MAX_XMP_BYTES, xmp_values
from vaughn.model import FoundValue, Moment

MAX_ATTACHMENTS = 5_000
# A mailbox printed to a portfolio has some hundred messages of a megabyte; all parts together are held to this.
MAX_ATTACHED_BYTES = 512_000_000
MAX_INFO_VALUES = 100
MAX_VALUE_CHARACTERS = 2_000
MAX_LAYERS = 500
MAX_PAGES_WALKED = 100_000
MAX_TREE_NODES = 20_000
_BROKEN = (
    pikepdf.PdfError,
    pikepdf.DataDecodingError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    RuntimeError,
    NotImplementedError,
    RecursionError,
    OverflowError,
    zlib.error,
)


@dataclass(frozen=True, slots=True)
class Attached:
    """A file inside a PDF file; `data` is `None` if it cannot be unpacked."""

    name: str
    data: bytes | None
    media_type: str | None
    created: Moment | None
    modified: Moment | None


@dataclass(slots=True)
class Structure:
    """What stands beside the pages of one PDF file.

    Args:
        information: Of the document information dictionary, as found.
        layers, hidden_layers: Names of optional content groups, and of those not shown at first.
        is_portfolio: Whether the file is a cover for the files in it.
        left_out: Attached files beyond the limits.
        is_locked: Whether what stands beside the pages needs a password that the pages do not.
    """

    version: str | None = None
    information: tuple[FoundValue, ...] = ()
    xmp: tuple[FoundValue, ...] = ()
    layers: tuple[str, ...] = ()
    hidden_layers: tuple[str, ...] = ()
    attached: list[Attached] = field(default_factory=list)
    left_out: int = 0
    is_portfolio: bool = False
    is_encrypted: bool = False
    has_scripts: bool = False
    has_xfa: bool = False
    is_locked: bool = False
    is_broken: bool = False


def structure_of(path: Path, *, password: str | None, walk_pages: bool) -> Structure:
    """Return what the PDF file at *path* has beside its pages; what cannot be read is left out.

    Args:
        walk_pages: Whether to look on every page for files attached there.
    """
    found = Structure()
    try:
        # What pages inherit is of no use here; to hand it down, every page would be read.
        with pikepdf.open(path, password=password or "", inherit_page_attributes=False) as pdf:
            found.version, found.is_encrypted = pdf.pdf_version, pdf.is_encrypted
            for part in (_information, _catalog, _xmp, _layers, _name_tree):
                _tried(found, part, pdf)
            if walk_pages:
                _tried(found, _on_pages, pdf)
    except pikepdf.PasswordError:
        found.is_locked = True
    except _BROKEN:
        found.is_broken = True
    return found


def _tried(found: Structure, read: Callable[[pikepdf.Pdf, Structure], None], pdf: pikepdf.Pdf) -> None:
    try:
        read(pdf, found)
    except _BROKEN:
        found.is_broken = True


def _information(pdf: pikepdf.Pdf, found: Structure) -> None:
    if "/Info" not in pdf.trailer or not isinstance(pdf.trailer.Info, pikepdf.Dictionary):
        return
    values = []
    for name, value in list(pdf.trailer.Info.items())[:MAX_INFO_VALUES]:
        if isinstance(value, pikepdf.String | pikepdf.Name) and (clean := _clean(str(value))):
            values.append(FoundValue(name.lstrip("/"), clean))
    found.information = tuple(values)


def _catalog(pdf: pikepdf.Pdf, found: Structure) -> None:
    root = pdf.Root
    found.is_portfolio = "/Collection" in root
    names = root.get("/Names")
    found.has_scripts = isinstance(names, pikepdf.Dictionary) and "/JavaScript" in names
    form = root.get("/AcroForm")
    found.has_xfa = isinstance(form, pikepdf.Dictionary) and "/XFA" in form


def _xmp(pdf: pikepdf.Pdf, found: Structure) -> None:
    stream = pdf.Root.get("/Metadata")
    if isinstance(stream, pikepdf.Stream):
        data = _unpacked(stream, MAX_XMP_BYTES)
        found.xmp = xmp_values(data) if data else ()


def _layers(pdf: pikepdf.Pdf, found: Structure) -> None:
    properties = pdf.Root.get("/OCProperties")
    if not isinstance(properties, pikepdf.Dictionary):
        return
    groups = list(properties.get("/OCGs", ()))[:MAX_LAYERS]
    found.layers = tuple(_clean(str(group.get("/Name", ""))) for group in groups)
    default = properties.get("/D", pikepdf.Dictionary())
    off = {group.objgen for group in list(default.get("/OFF", ()))[:MAX_LAYERS]}
    if str(default.get("/BaseState", "/ON")) == "/OFF":
        off = {group.objgen for group in groups} - {group.objgen for group in default.get("/ON", ())}
    found.hidden_layers = tuple(name for name, group in zip(found.layers, groups, strict=True) if group.objgen in off)


def _name_tree(pdf: pikepdf.Pdf, found: Structure) -> None:
    names = pdf.Root.get("/Names")
    if not isinstance(names, pikepdf.Dictionary) or "/EmbeddedFiles" not in names:
        return
    for name, specification in _leaves(names.EmbeddedFiles):
        _add(found, specification, name)


def _leaves(root: pikepdf.Object) -> Iterator[tuple[str, pikepdf.Object]]:
    """Yield the entries of a name tree; a node is entered once, whoever refers to it."""
    waiting = [root]
    seen: set[tuple[int, int]] = set()
    while waiting and len(seen) < MAX_TREE_NODES:
        node = waiting.pop()
        if node.objgen in seen or not isinstance(node, pikepdf.Dictionary):
            continue
        seen.add(node.objgen if node.objgen != (0, 0) else (0, -len(seen) - 1))
        entries = list(node.get("/Names", ()))
        for place in range(0, len(entries) - 1, 2):
            yield str(entries[place]), entries[place + 1]
        waiting += reversed(list(node.get("/Kids", ())))


def _on_pages(pdf: pikepdf.Pdf, found: Structure) -> None:
    """Add the files attached to a place on a page."""
    for number, page in enumerate(pdf.pages):
        if number >= MAX_PAGES_WALKED:
            return
        notes = page.obj.get("/Annots")
        if not isinstance(notes, pikepdf.Array):
            continue
        for note in notes:
            is_file = isinstance(note, pikepdf.Dictionary) and note.get("/Subtype") == "/FileAttachment"
            if is_file and "/FS" in note:
                _add(found, note.FS, f"attachment-{len(found.attached) + 1}")


def _add(found: Structure, specification: pikepdf.Object, name: str) -> None:
    """Add the file that *specification* embeds (ISO 32000-1, 7.11.3), unless it only names one elsewhere."""
    if not isinstance(specification, pikepdf.Dictionary) or "/EF" not in specification:
        return
    held = specification.EF
    stream = next((held[key] for key in ("/UF", "/F", "/DOS", "/Mac", "/Unix") if key in held), None)
    if not isinstance(stream, pikepdf.Stream):
        return
    room = MAX_ATTACHED_BYTES - sum(len(one.data or b"") for one in found.attached)
    if len(found.attached) >= MAX_ATTACHMENTS or room <= 0:
        found.left_out += 1
        return
    shown = next((str(specification[key]) for key in ("/UF", "/F") if key in specification), name)
    try:
        data = _unpacked(stream, room)
    except _BROKEN:
        data = None
    facts = stream.get("/Params", pikepdf.Dictionary())
    kind = stream.get("/Subtype")
    found.attached.append(
        Attached(
            _clean(shown) or name,
            data,
            str(kind).lstrip("/") if kind is not None else None,
            pdf_moment(str(facts.get("/CreationDate", ""))),
            pdf_moment(str(facts.get("/ModDate", ""))),
        )
    )


def _unpacked(stream: pikepdf.Stream, most: int) -> bytes | None:
    """Return what *stream* holds, `None` if that is more than *most* bytes."""
    filters = stream.get("/Filter")
    if isinstance(filters, pikepdf.Array) and len(filters) == 1:
        filters = filters[0]
    has_parameters = stream.get("/DecodeParms") is not None
    raw = stream.read_raw_bytes()
    if filters is None or (isinstance(filters, pikepdf.Array) and len(filters) == 0):
        return raw if len(raw) <= most else None
    if str(filters) == "/FlateDecode" and not has_parameters:
        unpacking = zlib.decompressobj()
        data = unpacking.decompress(raw, most + 1)
        return data if len(data) <= most else None
    # Other filters are rare here, and qpdf cannot be stopped: no filter makes more than 4,000 bytes of one.
    if len(raw) * 4_000 > most:
        return None
    return stream.read_bytes()


def _clean(text: str) -> str:
    if not text.isprintable():
        text = "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join(text.split())[:MAX_VALUE_CHARACTERS]
