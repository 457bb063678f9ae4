"""The codes that opening PDFs, images, containers and unknown files reports."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.catalogue_cases import Case
from tests.formats.pdf.made_notes import page_with
from vaughn.formats.pages import media_type, open_archive
from vaughn.formats.readers import ReadingRequest, reader_of
from vaughn.model import Finding

CORPUS = Path(__file__).parents[1] / "corpus"


def _read(name: str, data: bytes) -> Callable[[Path], tuple[Finding, ...]]:
    def found(folder: Path) -> tuple[Finding, ...]:
        path = folder / name
        path.write_bytes(data)
        kind = media_type(path, name=name)
        reader = reader_of(kind)
        assert reader is not None
        return reader(ReadingRequest(path, kind, name)).findings

    return found


def _image(name: str) -> Callable[[Path], tuple[Finding, ...]]:
    return _read(name, (CORPUS / "images" / name).read_bytes())


def _archive(name: str) -> Callable[[Path], list[Finding]]:
    def found(_: Path) -> list[Finding]:
        archive = open_archive(CORPUS / "archives" / name, name=name)
        for member in archive.members():
            member.stream.read()
        return archive.findings

    return found


CASES = [
    Case("IN020", _read("a.mp3", b"ID3\4\0\0\0\0\0\0"), _read("a.pdf", page_with())),
    Case("IN022", _image("test_ifd_loop_to_first.tif"), _image("test_two_ifds.tif")),
    Case("IN023", _archive("nested-6-levels.zip"), _archive("duplicate-names.zip")),
    Case(
        "IN024",
        _read("a.pdf", page_with({"subtype": "Text", "contents": "Why?"})),
        _read("a.pdf", page_with({"subtype": "Link"})),
    ),
]
