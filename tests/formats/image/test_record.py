from __future__ import annotations

import io
import struct
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from vaughn.formats.image.chain import ChainEnd, page_chain
from vaughn.formats.pages import IMAGE_TYPES, attempt, media_type
from vaughn.formats.readers import ReadingRequest, record_reader
from vaughn.model import DocumentKind, TextSource

CORPUS = Path(__file__).parents[2] / "corpus" / "images"
FALLEN = "IN022"


def _read(path):
    kind = media_type(path, name=path.name)
    return record_reader(kind)(ReadingRequest(path, kind, path.name))


def _tiff(*pages, order="<", big=False):
    """Return a TIFF of directories with one entry each; *pages* are the places they name as next, -1 the following."""
    head = struct.pack(order + "2sHHHQ", b"II", 43, 8, 0, 16) if big else struct.pack(order + "2sHL", b"II", 42, 8)
    width = 8 + 20 + 8 if big else 2 + 12 + 4
    data = head
    for number, following in enumerate(pages, 1):
        place = len(head) + number * width if following == -1 else following
        data += struct.pack("<Q20xQ", 1, place) if big else struct.pack("<H12xL", 1, place)
    return data


@pytest.mark.parametrize("big", [False, True], ids=["classic", "big"])
@pytest.mark.parametrize(
    ("pages", "count", "end"),
    [
        ((0,), 1, ChainEnd.CLOSED),
        ((-1, -1, 0), 3, ChainEnd.CLOSED),
        ((-1, 8), 2, ChainEnd.LOOP),
        ((-1, 999_999), 2, ChainEnd.CUT),
    ],
    ids=["one", "three", "loop", "cut"],
)
def test_a_chain_of_pages_tells_how_it_ends(pages, count, end, big):
    """A page that cannot be reached must not be lost in silence."""
    if big and end is ChainEnd.LOOP:
        pages = (-1, 16)
    chain = page_chain(io.BytesIO(_tiff(*pages, big=big)))
    assert (len(chain.places), chain.end) == (count, end)


@given(st.sampled_from([b"II*\0", b"MM\0*", b"II+\0\x08\0\0\0", b"MM\0+\0\x08\0\0", b""]), st.binary(max_size=300))
def test_any_bytes_end_a_chain(head, data):
    """The walk is bounded by what it has seen."""
    chain = page_chain(io.BytesIO(head + data))
    assert chain is None or len(chain.places) <= 300


@pytest.mark.parametrize(
    ("name", "pages", "codes"),
    [
        ("multipage.tiff", 3, []),
        ("multipage_out_of_order.tiff", 3, []),
        ("total-pages-zero.tif", 3, []),
        ("test_ifd_loop_to_first.tif", 2, [FALLEN]),
        ("multipage_single_frame_loop.tiff", 1, [FALLEN]),
    ],
)
def test_pages_of_a_tiff_are_counted_and_loops_told(name, pages, codes):
    """Faxes come in any order; a loop hides what came after."""
    reading = _read(CORPUS / name)
    assert (reading.page_count, len(reading.pages)) == (pages, pages)
    assert [one.code for one in reading.findings] == codes


def test_a_photograph_says_when_and_with_what_it_was_taken(tmp_path):
    """The clock of a telephone writes its offset apart."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0132], exif[0x0131] = "Maker", "2020:01:02 03:04:05", "Phone 9"
    exif.get_ifd(0x8769).update({0x9003: "2020:01:01 22:00:00", 0x9011: "-05:00", 0x9286: b"ASCII\0\0\0At the fence"})
    exif.get_ifd(0x8825).update({1: "N", 2: (40.0, 30.0, 0.0), 3: "W", 4: (74.0, 0.0, 36.0)})
    path = tmp_path / "a.jpg"
    Image.new("RGB", (40, 20)).save(path, exif=exif)
    facts = _read(path).facts
    found = {one.name: one.value for one in facts.found}
    assert facts.kind is DocumentKind.IMAGE
    assert facts.created.at == datetime(2020, 1, 2, 3, tzinfo=UTC)
    assert (facts.modified.at, facts.application) == (datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC), "Phone 9")
    assert (found["GPS position"], found["Make"], found["UserComment"]) == (
        "40.500000, -74.010000",
        "Maker",
        "At the fence",
    )


def test_a_photograph_in_heic_is_read_or_told():
    """Its reader is an extra."""
    path = CORPUS / "made.heic"
    request = ReadingRequest(path, "image/heic", path.name)
    reading = record_reader("image/heic")(request)
    if "image/heic" in IMAGE_TYPES:
        assert (reading.page_count, reading.facts.kind) == (1, DocumentKind.IMAGE)
        assert reading.facts.created.at == datetime(2020, 1, 1, 22, tzinfo=UTC)
    else:
        assert (reading.page_count, [one.code for one in reading.findings]) == (0, ["IN020"])


def test_a_page_that_cannot_be_decoded_is_told_and_the_others_are_kept(tmp_path):
    """One bad page of a fax is one finding."""
    out = io.BytesIO()
    pages = [Image.new("1", (64, 64), fill) for fill in (0, 1)]
    pages[0].save(out, "TIFF", compression="group4", save_all=True, append_images=pages[1:])
    data = bytearray(out.getvalue())
    second = page_chain(io.BytesIO(bytes(data))).places[1]
    for entry in range(struct.unpack_from("<H", data, second)[0]):
        if struct.unpack_from("<H", data, second + 2 + 12 * entry)[0] == 273:
            struct.pack_into("<L", data, second + 2 + 12 * entry + 8, 10_000_000)
    path = tmp_path / "a.tif"
    path.write_bytes(data)
    reading = _read(path)
    assert [page.source for page in reading.pages] == [TextSource.EMPTY, TextSource.FAILED]
    assert [one.code for one in reading.findings] == ["FL006"]


@pytest.mark.parametrize("path", sorted(CORPUS.iterdir()), ids=lambda path: path.name)
def test_every_image_is_read_or_refused(path):
    """A broken picture is an exception, not a crash."""
    tried = attempt(_read, (path,), {})
    if tried.refusal is None:
        assert tried.value.page_count == len(tried.value.pages)
    else:
        assert tried.code in {"FL006"}
