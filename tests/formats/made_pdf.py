"""A PDF of one page or more, written by hand, so that a test shows exactly what it reads."""

from __future__ import annotations

from pathlib import Path

LETTER = (0.0, 0.0, 612.0, 792.0)


def write_pdf(
    path: Path,
    content: str,
    *,
    media_box: tuple[float, ...] = LETTER,
    crop_box: tuple[float, ...] | None = None,
    rotate: int = 0,
    pages: int = 1,
) -> Path:
    """Write a PDF at *path* whose pages show *content* (PDF operators; font ``/F`` is Helvetica)."""
    boxes = f"/MediaBox [{' '.join(map(str, media_box))}] /Rotate {rotate}"
    if crop_box:
        boxes += f" /CropBox [{' '.join(map(str, crop_box))}]"
    kids = " ".join(f"{number} 0 R" for number in range(5, 5 + pages))
    page = f"<< /Type /Page /Parent 2 0 R {boxes} /Contents 3 0 R /Resources << /Font << /F 4 0 R >> >> >>"
    stream = content.encode("latin-1")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {pages} /Kids [{kids}] >>".encode(),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        *[page.encode()] * pages,
    ]
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % place for place in places)
    data += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    path.write_bytes(data)
    return path
