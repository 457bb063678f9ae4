"""ODT, ODP, ODG, ODS and their templates as records (OpenDocument 1.3, part 3).

Text documents read as they stand: deleted text and comments are listed at the end, with who and when. A drawing has
a page for every slide, a spreadsheet one for every sheet.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterable

from lxml import etree

from vaughn.formats.faults import FileRefused
from vaughn.formats.office.docx_story import PAGE_BREAK, in_one_line
from vaughn.formats.office.gathered import MAX_LETTERS, Gathered, joined, section
from vaughn.formats.office.odf_sheets import MAX_SWELL, SPARE_LETTERS, odf_sheets
from vaughn.formats.office.odf_story import OdfNotes, OdfStory, Styles, drawn_pages
from vaughn.formats.office.package import Package, attribute, child, local, locked
from vaughn.formats.office.properties import moment_of
from vaughn.formats.office.sheet_text import sheet_text
from vaughn.formats.readers.content import Reading, ReadingRequest
from vaughn.model import DocumentKind, FoundValue, MailAddress, RecordFacts

MAX_INSIDE_BYTES = 256 << 20
MAX_ANCHOR_LETTERS = 300
MAX_OUTSIDE = 2000
_KINDS = (("spreadsheet", DocumentKind.SPREADSHEET), ("presentation", DocumentKind.PRESENTATION))
_OBJECTS = {"spreadsheet": ".ods", "text": ".odt", "presentation": ".odp", "graphics": ".odg", "chart": ".odc",
            "formula": ".odf"}  # fmt: skip
_REMOTE = ("http:", "https:", "ftp:", "file:", "mailto:", "//", "../", "/")


def read_odf(request: ReadingRequest) -> Reading:
    """Return the document of *request*.

    Raises:
        FileRefused: If it is locked, damaged beyond reading or too large.
    """
    gathered = Gathered(request)
    package = Package(request.path, gathered.told)
    manifest = package.tree_if_any("META-INF/manifest.xml")
    if manifest is not None and any(True for _ in manifest.iter("{*}encryption-data", "{*}encrypted-key")):
        raise locked("The document is locked with a password (OpenDocument encryption, which is not opened here).")
    kind = next((kind for word, kind in _KINDS if word in request.media_type), DocumentKind.TEXT_DOCUMENT)
    if kind is DocumentKind.SPREADSHEET:
        _read_sheets(package, gathered)
    else:
        _read_text(package, gathered)
    _add_inside(package, gathered)
    return gathered.reading(_facts(package, kind))


def _read_sheets(package: Package, gathered: Gathered) -> None:
    left = min(MAX_LETTERS, SPARE_LETTERS + MAX_SWELL * package.size_bytes("content.xml"))
    for sheet in odf_sheets(package, "content.xml"):
        text = sheet_text(sheet, gathered.told, limit_letters=left)
        left = max(0, left - len(text))
        gathered.texts.append(text)


def _read_text(package: Package, gathered: Gathered) -> None:
    root = package.tree("content.xml")
    styles, notes = Styles(), OdfNotes()
    looks = package.tree_if_any("styles.xml")
    styles.add(looks)
    styles.add(root)
    story = OdfStory(styles, notes)
    story.read_changes(root)
    slides = drawn_pages(root)
    if slides:
        gathered.texts += [_slide(story, slide, number, gathered) for number, slide in enumerate(slides, start=1)]
    else:
        body = child(root, "body")
        text = "".join(story.blocks(body if body is not None else root, 0))
        gathered.texts += [page for page in text.split(PAGE_BREAK) if page.strip()] or [""]
        around = _around(story, looks)
        gathered.texts[0] = joined(section("Header", around["header"]), gathered.texts[0])
        ends = section("Endnotes", notes.endnotes)
        gathered.texts[-1] = joined(
            gathered.texts[-1], section("Footer", around["footer"]), section("Footnotes", notes.footnotes), ends
        )
    besides = joined(
        section("Comments", _comment_lines(notes, gathered)),
        section("Tracked changes", _change_lines(notes, gathered)),
        section("Hidden text", _hidden_lines(notes, gathered)),
        section("Refers to", _outside(root, gathered)),
    )
    if besides:
        gathered.texts.append(besides)


def _slide(story: OdfStory, slide: etree._Element, number: int, gathered: Gathered) -> str:
    notes = [one for one in slide if local(one) == "notes"]
    shown = [one for one in slide if local(one) != "notes"]
    style = attribute(slide, "style-name") or ""
    hidden = any(
        attribute(one, "visibility") == "hidden"
        for look in slide.getroottree().iter("{*}style")
        if attribute(look, "name") == style
        for one in look
    )
    if hidden:
        gathered.told.hidden["slide"] += 1
    spoken = "".join(story.blocks([part for one in notes for part in one], 0)).strip()
    text = "".join(story.blocks(shown, 0)).replace(PAGE_BREAK, "").strip("\n")
    return joined(f"[Slide {number}{' (hidden)' if hidden else ''}]", text, section("Notes", [spoken]))


def _around(story: OdfStory, looks: etree._Element | None) -> dict[str, list[str]]:
    found: dict[str, dict[str, None]] = {"header": {}, "footer": {}}
    for master in looks.iter("{*}master-page") if looks is not None else ():
        for one in master:
            kind = local(one).partition("-")[0]
            if kind in found:
                text = "".join(story.blocks(one, 0)).replace(PAGE_BREAK, "").strip()
                found[kind].update({text: None} if text else {})
    return {kind: list(texts) for kind, texts in found.items()}


def _comment_lines(notes: OdfNotes, gathered: Gathered) -> list[str]:
    lines = []
    for number, (_, by, words, anchor) in enumerate(notes.comments, start=1):
        on = in_one_line("".join(anchor))[:MAX_ANCHOR_LETTERS]
        lines.append(f"{number}. {by or 'unknown'}" + (f', on "{on}"' if on else "") + f": {in_one_line(words)}")
    if lines:
        gathered.told.changes["comment"] += len(lines)
    return lines


def _change_lines(notes: OdfNotes, gathered: Gathered) -> list[str]:
    lines = [change.line() for change in notes.changes.values() if change.text.strip()]
    if lines:
        gathered.told.changes["tracked change"] += len(lines)
    if notes.shape_changes:
        gathered.told.changes["change of form"] += notes.shape_changes
    return lines


def _hidden_lines(notes: OdfNotes, gathered: Gathered) -> list[str]:
    hidden = [text.strip() for text in notes.hidden if text.strip()]
    if hidden:
        gathered.told.hidden["stretch of text"] += len(hidden)
    return hidden


def _outside(root: etree._Element, gathered: Gathered) -> list[str]:
    lines: dict[str, None] = {}
    for element in root.iter():
        target = attribute(element, "href") if local(element) else None
        if target and target.lower().startswith(_REMOTE) and len(lines) < MAX_OUTSIDE:
            kind = "link" if local(element) == "a" else "file"
            if f"{kind}: {target}" not in lines:
                lines[f"{kind}: {target}"] = None
                gathered.told.external[kind] += 1
    return list(lines)


def _add_inside(package: Package, gathered: Gathered) -> None:
    types = _manifest_types(package)
    for name in package.names:
        top, _, rest = name.partition("/")
        try:
            if rest == "content.xml":
                suffix = next(
                    (end for word, end in _OBJECTS.items() if types.get(f"{top}/", "").endswith(word)), ".odt"
                )
                gathered.add_part(top + suffix, _as_file(package, top, types.get(f"{top}/", "")))
            elif top in {"Pictures", "media"} and rest and not rest.endswith("/"):
                data = package.read(name, limit_bytes=MAX_INSIDE_BYTES)
                gathered.add_part(posixpath.basename(name), data, media_type=types.get(name) or None)
        except FileRefused:
            gathered.told.part_left_out("A file inside could not be taken out; the rest was read.")
    macros = [
        name
        for name in package.names
        if name.startswith(("Basic/", "Scripts/")) and not name.endswith(("/", "-lb.xml", "-lc.xml"))
    ]
    gathered.told.macros += len(macros)


def _as_file(package: Package, folder: str, media_type: str) -> bytes:
    """Return the object in *folder* as the file it would be by itself."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        # No moment of ours goes into the file: the same object gives the same bytes.
        if media_type:
            made.writestr(zipfile.ZipInfo("mimetype"), media_type)
        for name in package.names:
            if name.startswith(f"{folder}/") and not name.endswith("/"):
                made.writestr(zipfile.ZipInfo(name.partition("/")[2]), package.read(name, limit_bytes=MAX_INSIDE_BYTES))
    return out.getvalue()


def _manifest_types(package: Package) -> dict[str, str]:
    root = package.tree_if_any("META-INF/manifest.xml")
    entries: Iterable[etree._Element] = root.iter("{*}file-entry") if root is not None else ()
    return {attribute(one, "full-path") or "": attribute(one, "media-type") or "" for one in entries}


def _facts(package: Package, kind: DocumentKind) -> RecordFacts:
    root = package.tree_if_any("meta.xml")
    meta = child(root, "meta")
    found = []
    for element in meta if meta is not None else ():
        name = attribute(element, "name") if local(element) == "user-defined" else local(element)
        if name and (element.text or "").strip():
            found.append(FoundValue(name, (element.text or "").strip()[:4000]))
    named = {value.name: value.value for value in reversed(found)}
    author = named.get("initial-creator") or named.get("creator")
    return RecordFacts(
        kind,
        title=named.get("title"),
        author=MailAddress("", author) if author else None,
        created=moment_of(named.get("creation-date")),
        modified=moment_of(named.get("date")),
        language=named.get("language"),
        application=named.get("generator"),
        found=tuple(found),
    )
