"""Pictures for the public: painted over, bare, and looked at again."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image, ImageDraw

from vaughn.formats.image import public_picture
from vaughn.formats.pages import FileRefused
from vaughn.model import Box, PageSize, UnprovenRedaction

PAGE = PageSize(612, 792)


def scan(form="PNG", *, size=(1224, 1584), mode="L", **options):
    """Return a page of random ink, so that nothing is black or white by chance."""
    pixels = np.random.default_rng(1).integers(90, 255, (size[1] // 8, size[0] // 8), dtype=np.uint8)
    image = Image.fromarray(pixels).resize(size, Image.Resampling.NEAREST).convert(mode)
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def pixels(webp):
    return np.asarray(Image.open(io.BytesIO(webp)).convert("L")).astype(int)


@pytest.mark.parametrize(
    "box", [Box(100, 100, 180, 112), Box(0, 0, 20, 8), Box(590, 780, 612, 792), Box(300.3, 400.7, 301, 401)]
)
@pytest.mark.parametrize(("form", "mode"), [("PNG", "L"), ("JPEG", "RGB"), ("TIFF", "1"), ("WEBP", "RGB")])
def test_no_pixel_of_a_covered_box_shows_what_was_there(box, form, mode):
    """A picture is what people look at; text under a box was how names leaked."""
    picture = public_picture(scan(form, mode=mode), width_px=1200, size=PAGE, cover=[box])
    seen = pixels(picture.webp)
    scale = picture.width_px / PAGE.width_pt
    area = seen[int(box.y0 * scale) : int(np.ceil(box.y1 * scale)), int(box.x0 * scale) : int(np.ceil(box.x1 * scale))]
    assert area.max() <= 40
    assert seen.mean() > 100


def test_the_rest_of_the_page_stays():
    """Only the name goes."""
    plain = pixels(public_picture(scan(), width_px=1200).webp)
    covered = pixels(public_picture(scan(), width_px=1200, size=PAGE, cover=[Box(100, 100, 180, 112)]).webp)
    assert abs(plain[300:] - covered[300:]).mean() < 5


@pytest.mark.parametrize(
    "box", [Box(700, 10, 720, 20), Box(-80, 10, -20, 20), Box(10, 780, 20, 830), Box(600, 10, 640, 20)]
)
def test_a_box_beside_the_page_proves_nothing(box):
    """Words and picture are then not of the same page."""
    with pytest.raises(UnprovenRedaction):
        public_picture(scan(), width_px=1200, size=PAGE, cover=[box])


def test_without_the_size_of_the_page_nothing_can_be_covered():
    """A box is measured on a page."""
    with pytest.raises(UnprovenRedaction):
        public_picture(scan(), width_px=1200, cover=[Box(1, 1, 2, 2)])


def test_metadata_of_the_picture_does_not_go_along():
    """A camera writes its owner's name into every picture."""
    exif = Image.Exif()
    exif[0x9C9D] = "zxqcanary".encode("utf-16-le")
    exif[0x013B] = "zxqcanary"
    data = scan("WEBP", size=(400, 400), exif=exif.tobytes())
    assert b"zxqcanary" in data
    assert b"zxqcanary" not in public_picture(data, width_px=1200).webp
    png = scan("JPEG", exif=exif.tobytes(), comment=b"zxqcanary")
    assert b"zxqcanary" not in public_picture(png, width_px=1200).webp


def test_a_bare_webp_is_passed_on_as_it_is():
    """Packing it again would cost time and sharpness."""
    data = scan("WEBP", size=(800, 1000))
    picture = public_picture(data, width_px=1200)
    assert (picture.webp, picture.width_px, picture.height_px) == (data, 800, 1000)
    assert public_picture(data + b"more", width_px=1200).webp != data + b"more"


@pytest.mark.parametrize("size", [(2550, 3300), (3300, 2550), (1201, 40)])
def test_a_large_picture_is_made_smaller(size):
    """A page of a site is read on a phone."""
    picture = public_picture(scan(size=size), width_px=1200)
    assert picture.width_px == 1200
    assert abs(picture.height_px - 1200 * size[1] / size[0]) <= 1


def test_a_picture_stored_sideways_is_turned_before_it_is_covered():
    """Boxes are measured on the page as displayed."""
    image = Image.new("L", (400, 200), 255)
    ImageDraw.Draw(image).rectangle((0, 0, 40, 40), fill=120)
    exif = Image.Exif()
    exif[0x0112] = 6
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif.tobytes())
    picture = public_picture(out.getvalue(), width_px=1200, size=PageSize(200, 400), cover=[Box(150, 0, 200, 60)])
    assert (picture.width_px, picture.height_px) == (200, 400)
    assert pixels(picture.webp)[2:38, 162:198].max() <= 40


@pytest.mark.parametrize("data", [b"", b"no picture", scan()[:200], b"RIFF\x0c\0\0\0WEBPVP8 \0\0\0\0"])
def test_a_broken_picture_is_refused(data):
    """The page is then shown without one."""
    with pytest.raises(FileRefused):
        public_picture(data, width_px=1200)
