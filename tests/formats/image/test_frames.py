from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from vaughn.formats.image.frames import open_image
from vaughn.formats.pages import FileRefused, image_facts, page_count, read_pages, render_page

TIFF = "image/tiff"
CORPUS = Path(__file__).parents[2] / "corpus" / "images"
BROKEN = {
    "libtiff_segfault.tif",
    "oom-225817ca0f8c663be7ab4b9e717b02c661e66834.tif",
    "seek_too_large.tif",
    "crash-4fb027452e6988530aa5dabee76eecacb3b79f8a.j2k",
    "unbound_variable.jp2",
    "zero_height.j2k",
}
# WebP inside TIFF, and colour profiles of JPEG 2000 that Pillow does not know.
NOT_BUILT_IN = {"hopper_webp.tif", "balloon_eciRGBv2_aware.jp2"}


def _shown(path, media_type, page=1, width_px=200):
    return Image.open(io.BytesIO(render_page(path, media_type, page, width_px=width_px)))


def _media_type(path):
    return "image/jp2" if path.suffix in {".jp2", ".j2k"} else TIFF


@pytest.mark.parametrize("path", sorted(p for p in CORPUS.iterdir() if p.suffix != ".heic"), ids=lambda path: path.name)
def test_every_image_is_shown_or_refused(path):
    """Broken images end as a finding."""
    kind = _media_type(path)
    try:
        pages = page_count(path, kind)
        pictures = [_shown(path, kind, page) for page in range(1, pages + 1)]
    except FileRefused:
        assert path.name in BROKEN | NOT_BUILT_IN
    else:
        assert path.name not in BROKEN
        assert all(picture.size[0] == 200 for picture in pictures)


def test_eight_orientations_show_one_picture():
    """Scanners store pages on their side and say so in a tag."""
    shown = [np.asarray(_shown(CORPUS / f"g4_orientation_{n}.tif", TIFF).convert("L"), float) for n in range(1, 9)]
    for other in shown[1:]:
        assert other.shape == shown[0].shape
        assert np.abs(other - shown[0]).mean() < 2


def test_a_photograph_is_turned_upright(tmp_path):
    """Telephones store every picture on its side; 6 means the top is on the right."""
    pixels = np.full((40, 80), 255, dtype=np.uint8)
    pixels[:, :10] = 0  # left as stored is the top as displayed
    exif = Image.Exif()
    exif[0x0112] = 6
    path = _saved(tmp_path, Image.fromarray(pixels), "a.jpg", exif=exif)
    shown = np.asarray(_shown(path, "image/jpeg", width_px=40).convert("L"))
    assert shown.shape == (80, 40)
    assert shown[:8].mean() < 30
    assert shown[12:].mean() > 225


def test_sideways_tiffs_swap_their_resolution(tmp_path):
    """204 dots across a page stored on its side are 204 dots down the page as displayed."""
    path = tmp_path / "a.tif"
    Image.new("1", (204, 98), 1).save(path, dpi=(204, 98), tiffinfo={0x0112: 6})
    size = next(iter(read_pages(path, TIFF))).size
    assert (size.width_pt, size.height_pt) == (72.0, 72.0)


@pytest.mark.parametrize(
    ("name", "pages"),
    [("multipage.tiff", 3), ("multipage_out_of_order.tiff", 3), ("multipage_single_frame_loop.tiff", 1),
     ("multipage_multiple_frame_loop.tiff", 2), ("test_ifd_loop_to_self.tif", 1), ("test_ifd_loop_to_first.tif", 2)],
)  # fmt: skip
def test_a_chain_of_pages_ends_where_it_comes_back(name, pages):
    """A loop would make a file of endless pages."""
    assert page_count(CORPUS / name, TIFF) == pages


def test_fax_pixels_are_made_square():
    """A fax has 204 dots across and 196 or 98 down; shown dot by dot, letters are squashed."""
    path = CORPUS / "total-pages-zero.tif"
    (first, *_) = image_facts(path, TIFF)
    size = next(iter(read_pages(path, TIFF))).size
    assert (first.compression, first.dpi_x, first.dpi_y) == ("G3", 204.0, 196.0)
    picture = _shown(path, TIFF, width_px=600)
    assert abs(picture.height / picture.width - size.height_pt / size.width_pt) < 0.01


def _saved(tmp_path, image, name, **options):
    path = tmp_path / name
    image.save(path, **options)
    return path


def test_facts_tell_what_an_order_asks_for(tmp_path):
    """Orders ask for G4 at 300 dpi, one bit a pixel."""
    path = _saved(tmp_path, Image.new("1", (2550, 3300), 1), "a.tif", compression="group4", dpi=(300, 300))
    (facts,) = image_facts(path, TIFF)
    assert (facts.format, facts.compression, facts.dpi_x, facts.bits_per_pixel) == ("TIFF", "G4", 300.0, 1)
    assert (facts.width_px, facts.height_px) == (2550, 3300)
    size = next(iter(read_pages(path, TIFF))).size
    assert (size.width_pt, size.height_pt) == (612.0, 792.0)


def test_facts_can_be_asked_for_some_pages():
    """A file of eight thousand pages is divided among processes."""
    path = CORPUS / "multipage.tiff"
    assert [facts.page for facts in image_facts(path, TIFF, first=2, last=9)] == [2, 3]


def test_a_missing_resolution_is_unknown_in_the_facts_and_usual_in_the_size(tmp_path):
    """`None` means unknown; a page still needs a size."""
    path = _saved(tmp_path, Image.new("L", (1700, 2200), 255), "a.png")
    (facts,) = image_facts(path, "image/png")
    size = next(iter(read_pages(path, "image/png"))).size
    assert (facts.dpi_x, facts.bits_per_pixel) == (None, 8)
    assert (size.width_pt, size.height_pt) == (612.0, 792.0)


def test_a_nonsense_resolution_counts_as_none(tmp_path):
    """One dot an inch makes a page the size of a house."""
    path = _saved(tmp_path, Image.new("L", (1700, 2200), 255), "a.tif", dpi=(1, 1))
    assert next(iter(read_pages(path, TIFF))).size.width_pt == 612.0


def test_transparent_ink_stands_on_white(tmp_path):
    """Black text on nothing would be black on black."""
    image = Image.new("RGBA", (100, 100), (0, 0, 0, 0))
    path = _saved(tmp_path, image, "a.png")
    assert np.asarray(_shown(path, "image/png").convert("L")).min() > 250


def test_sixteen_bit_grey_is_scaled_not_cut(tmp_path):
    """Cut at 255, every scan of 16 bits would be white."""
    image = Image.fromarray(np.full((50, 50), 32768, dtype=np.uint16))
    path = _saved(tmp_path, image, "a.tif")
    assert 120 <= np.asarray(_shown(path, TIFF).convert("L")).mean() <= 136


def test_an_image_that_would_fill_the_memory_is_refused(tmp_path):
    """Sixty kilobytes of white can claim gigabytes."""
    path = _saved(tmp_path, Image.new("1", (20_000, 20_000), 1), "a.tif", compression="group4")
    with pytest.raises(FileRefused) as refused:
        render_page(path, TIFF, 1, width_px=100)
    assert refused.value.code == "FL011"


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.tif"])
def test_a_cut_off_image_is_refused(tmp_path, name):
    """Half a page shown as a whole one would mislead."""
    noise = np.random.default_rng(1).integers(0, 255, (300, 300), dtype=np.uint8)
    path = _saved(tmp_path, Image.fromarray(noise), name)
    path.write_bytes(path.read_bytes()[:40_000])
    with pytest.raises(FileRefused), open_image(path) as image:
        image.picture(1, width_px=100)


def test_animations_are_one_page(tmp_path):
    """A moving picture is no document of thirty pages."""
    frames = [Image.new("L", (20, 20), shade) for shade in (0, 128, 255)]
    path = tmp_path / "a.gif"
    frames[0].save(path, save_all=True, append_images=frames[1:])
    assert page_count(path, "image/gif") == 1
