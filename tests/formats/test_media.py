from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from vaughn.formats.pages import media_type

CORPUS = Path(__file__).parents[1] / "corpus"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ODT = "application/vnd.oasis.opendocument.text"


def _zip(**members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/"), data)
    return out.getvalue()


def _image(form, mode="L"):
    out = io.BytesIO()
    Image.new(mode, (9, 9)).save(out, form)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (b"%PDF-1.4\n", "a.txt", "application/pdf"),
        (b"\n\n junk before %PDF-1.7\n", "a.pdf", "application/pdf"),
        (_image("TIFF"), "a.jpg", "image/tiff"),
        (_image("JPEG"), "a.tif", "image/jpeg"),
        (_image("PNG"), "a", "image/png"),
        (_image("GIF"), "a", "image/gif"),
        (_image("BMP"), "a", "image/bmp"),
        (_image("WEBP", "RGB"), "a", "image/webp"),
        (_image("JPEG2000"), "a", "image/jp2"),
        (_zip(a="x"), "a.pdf", "application/zip"),
        (_zip(**{"[Content_Types].xml": "", "word__document.xml": ""}), "a.zip", WORD),
        (_zip(mimetype=ODT), "a.zip", ODT),
        (b"PK\x03\x04 and nothing", "a.zip", "application/zip"),
        (OLE + b"\0" * 600 + "WordDocument".encode("utf-16-le"), "a", "application/msword"),
        (OLE + b"\0" * 600, "a.doc", "application/x-ole-storage"),
        (b"{\\rtf1 x}", "a.doc", "application/rtf"),
        (b"From: a@b\nDate: today\nSubject: x\n\nbody", "a.eml", "message/rfc822"),
        (b"From: the desk of\nDate: today\nletter", "a.txt", "text/plain"),
        (b"<!DOCTYPE html><p>x", "a.txt", "text/html"),
        (b"a,b\n1,2\n", "a.csv", "text/csv"),
        (b"plain words\n", "a.dat", "text/plain"),
        ("wörter".encode("utf-16"), "a.txt", "text/plain"),
        (b"", "a.pdf", "application/x-empty"),
        (bytes(range(256)), "a.txt", "application/octet-stream"),
        (b"RIFF\0\0\0\0WAVEfmt ", "a", "audio/wav"),
        (b"\0\0\0\x18ftypmp42", "a", "video/mp4"),
    ],
)  # fmt: skip
def test_the_content_decides_not_the_name(tmp_path, data, name, kind):
    """Productions hold TIFFs named .jpg and zips named .pdf."""
    path = tmp_path / "blob"
    path.write_bytes(data)
    assert media_type(path, name=f"VOL001\\{name}") == kind


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=400), st.sampled_from([b"", b"PK\x03\x04", b"II*\0", b"%PDF-", b"\xd0\xcf\x11\xe0"]))
def test_any_bytes_have_a_type(tmp_path, data, magic):
    """Recognising a file must never be what stops a load."""
    path = tmp_path / "blob"
    path.write_bytes(magic + data)
    assert "/" in media_type(path, name="x")
