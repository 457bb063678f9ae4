from __future__ import annotations

import io
import struct
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
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
MACROS = "application/vnd.ms-word.document.macroenabled.12"
BINARY = "application/vnd.ms-excel.sheet.binary.macroenabled.12"
PE = "application/vnd.microsoft.portable-executable"
ODT = "application/vnd.oasis.opendocument.text"


def _zip(**members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/"), data)
    return out.getvalue()


def _ole(*names, root_class=bytes(16)):
    """Return an OLE file with streams of these *names* at its root: one sector of table, one of directory."""

    def entry(name, kind, right, child, own=bytes(16)):
        spelled = name.encode("utf-16-le") + b"\0\0"
        return struct.pack("<64sHBBLLL16s32x", spelled, len(spelled), kind, 1, 0xFFFFFFFF, right, child, own)

    follow = [*range(2, len(names) + 1), 0xFFFFFFFF]
    directory = entry("Root Entry", 5, 0xFFFFFFFF, 1, root_class)
    directory += b"".join(entry(name, 2, right, 0xFFFFFFFF) for name, right in zip(names, follow, strict=False))
    sectors = -(-len(directory) // 512)
    table = [0xFFFFFFFD, *range(2, sectors + 1), 0xFFFFFFFE]
    head = OLE + bytes(16) + struct.pack("<HHHHH", 62, 3, 0xFFFE, 9, 6) + bytes(10)
    head += struct.pack("<LLLLLLLL", 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    head += struct.pack("<109L", 0, *[0xFFFFFFFF] * 108)
    table += [0xFFFFFFFF] * (128 - len(table))
    return head + struct.pack("<128L", *table) + directory.ljust(512 * sectors, b"\0")


def _package(main, **members):
    types = f'<Types><Override PartName="/main.xml" ContentType="{main}"/></Types>'
    return _zip(**{"[Content_Types].xml": types, **members})


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
        (_ole("WordDocument", "1Table"), "a", "application/msword"),
        (_ole("1", "2", "3", "Workbook"), "a", "application/vnd.ms-excel"),
        (_ole("__substg1.0_3001001F", "__properties_version1.0"), "a.doc", "application/vnd.ms-outlook"),
        (_ole("EncryptedPackage", "EncryptionInfo"), "a.xlsx", "application/vnd.ms-office.encrypted"),
        (_ole("EncryptedPackage"), "a.bin", "application/vnd.ms-office.encrypted"),
        (_ole("x", root_class=bytes.fromhex("84100c00 00000000 c0000000 00000046")), "a", "application/x-msi"),
        (OLE + b"\0" * 600 + "WordDocument".encode("utf-16-le"), "a", "application/x-ole-storage"),
        (_package(f"{SHEET}.sheet.main+xml"), "a.zip", f"{SHEET}.sheet"),
        (_package("application/vnd.ms-word.document.macroEnabled.main+xml"), "a.docx", MACROS),
        (_package("application/vnd.ms-excel.sheet.binary.macroEnabled.main"), "a", BINARY),
        (_zip(**{"META-INF__manifest.xml": f'"{ODT}"', "content.xml": ""}), "a.zip", ODT),
        (_zip(**{"Index__Document.iwa": "", "Index__Slide-1.iwa": ""}), "a", "application/vnd.apple.keynote"),
        (_zip(**{"Index__Document.iwa": ""}), "a.numbers", "application/vnd.apple.numbers"),
        (_zip(mimetype="application/epub+zip"), "a", "application/epub+zip"),
        (b"PK is a word of two letters", "a.txt", "text/plain"),
        (b"BM stands for British Museum, since 1753.", "a.txt", "text/plain"),
        (b"MZ was a man of few words, and this is a text of many. " * 3, "a.txt", "text/plain"),
        (b"MZ" + bytes(58) + b"\x40\0\0\0PE\0\0" + bytes(40), "a", PE),
        (b"<!-- note -->\n<html lang=en>", "a.txt", "text/html"),
        (b'<?xml version="1.0"?><!-- x --><svg xmlns="s">', "a.xml", "image/svg+xml"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w>', "a", "application/vnd.ms-word.xml"),
        (b"<root>", "a.xml", "application/xml"),
        (b"x < y\n", "a.txt", "text/plain"),
        (b"\0\0\0\x14ftypqt  ", "a", "video/quicktime"),
        (b"\0\0\0\x18ftypheic", "a", "image/heic"),
        (b"fLaC\0", "a", "audio/flac"),
        (b"\xff\xfb\x90\x64", "a", "audio/mpeg"),
        (b"\xff\xfe\x61\0\x62\0", "a.txt", "text/plain"),
        (b"AC1027\0\0", "a", "image/vnd.dwg"),
        (b"\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02", "smime.p7m", "application/pkcs7-mime"),
        (b"\xffWPC\x10\0\0\0\x01\x0a", "a.wpd", "application/vnd.wordperfect"),
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
@given(
    st.binary(max_size=400),
    st.sampled_from(
        [b"", b"PK\x03\x04", b"II*\0", b"%PDF-", OLE, _ole("Workbook")[:1000], _zip(mimetype="x")[:60], b"<"]
    ),
)
def test_any_bytes_have_a_type(tmp_path, data, magic):
    """Recognising a file must never be what stops a load."""
    path = tmp_path / "blob"
    path.write_bytes(magic + data)
    assert "/" in media_type(path, name="x")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 2047), st.integers(0, 255)), max_size=8))
def test_a_spoiled_directory_ends(tmp_path, places):
    """Chains of sectors and trees of names may lead back to themselves."""
    data = bytearray(_ole("a", "b", "c", "WordDocument"))
    for place, value in places:
        data[place % len(data)] = value
    path = tmp_path / "blob"
    path.write_bytes(data)
    assert "/" in media_type(path, name="x.doc")
