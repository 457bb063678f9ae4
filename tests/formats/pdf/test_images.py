from __future__ import annotations

import io

import pikepdf
import pytest
from PIL import Image

from vaughn.formats.pages import image_facts, read_pages

PDF = "application/pdf"


def _scanned(tmp_path, form, *, share=1.0, mode="1", **options):
    """Save a US Letter page whose lower *share* is an image of 200 dpi, as scanners write it."""
    path = tmp_path / "scan.pdf"
    width, height = 1700, round(2200 * share)
    pixels = io.BytesIO()
    Image.new(mode, (width, height), 1 if mode == "1" else 200).save(pixels, form, **options)
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(612, 792))
    keys = {"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Image, "/Width": width, "/Height": height}
    if form == "TIFF":
        with Image.open(io.BytesIO(pixels.getvalue())) as tiff:
            start, length = tiff.tag_v2[273][0], tiff.tag_v2[279][0]
        data = pixels.getvalue()[start : start + length]
        coding = -1 if options["compression"] == "group4" else 0
        parameters = pikepdf.Dictionary({"/K": coding, "/Columns": width, "/Rows": height})
        keys |= {"/Filter": pikepdf.Name.CCITTFaxDecode, "/DecodeParms": parameters, "/BitsPerComponent": 1}
    else:
        data = pixels.getvalue()
        keys |= {"/Filter": pikepdf.Name.DCTDecode, "/BitsPerComponent": 8}
    keys["/ColorSpace"] = pikepdf.Name.DeviceGray
    page.Resources = pikepdf.Dictionary({"/XObject": pikepdf.Dictionary({"/I": pdf.make_stream(data, keys)})})
    page.Contents = pdf.make_stream(f"q 612 0 0 {792 * share} 0 0 cm /I Do Q".encode())
    pdf.save(path)
    return path


@pytest.mark.parametrize(
    ("form", "options", "compression", "bits"),
    [
        ("TIFF", {"compression": "group4", "tiffinfo": {278: 2200}}, "G4", 1),
        ("TIFF", {"compression": "group3", "tiffinfo": {278: 2200}}, "G3", 1),
        ("JPEG", {"mode": "L"}, "JPEG", 8),
    ],
    ids=["G4", "G3", "JPEG"],
)
def test_a_scan_inside_a_pdf_tells_what_it_is_made_of(tmp_path, form, options, compression, bits):
    """Orders on images hold for images in PDF files too."""
    (facts,) = image_facts(_scanned(tmp_path, form, **options), PDF)
    assert (facts.format, facts.compression, facts.bits_per_pixel) == ("PDF", compression, bits)
    assert (facts.width_px, facts.height_px) == (1700, 2200)
    assert facts.dpi_x == pytest.approx(200, abs=0.5)


@pytest.mark.parametrize("share", [1.0, 0.5])
def test_coverage_is_the_share_of_the_page_under_images(tmp_path, share):
    """A page that is a picture with a stamped line still needs OCR."""
    (page,) = read_pages(_scanned(tmp_path, "JPEG", mode="L", share=share), PDF)
    assert page.image_coverage == pytest.approx(share, abs=0.01)


def test_a_page_without_images_has_no_facts(tmp_path):
    """There is nothing to hold against the order."""
    path = tmp_path / "blank.pdf"
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.save(path)
    assert image_facts(path, PDF) == ()
