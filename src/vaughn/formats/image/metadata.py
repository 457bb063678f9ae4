"""What an image file says of its making: EXIF, TIFF tags, PNG texts, XMP; dates, camera, place as found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from PIL import ExifTags, Image, TiffTags

from vaughn.formats.image.guard import BROKEN
from vaughn.formats.moments import iso_moment, local_moment
from vaughn.formats.xmp import xmp_values
from vaughn.model import FoundValue, MailAddress, Moment, RecordFacts

MAX_VALUES = 200
MAX_VALUE_CHARACTERS = 1_000
MAX_NUMBERS = 16  # longer rows are tables of offsets and colours, not facts
_EXIF_DIRECTORIES = ((ExifTags.IFD.Exif, ExifTags.TAGS), (ExifTags.IFD.GPSInfo, ExifTags.GPSTAGS))
# Where the pixels lie and how they are packed is no fact of the record; nor are thumbnails and maker notes.
_TECHNICAL = frozenset(
    {
        "StripOffsets", "StripByteCounts", "TileOffsets", "TileByteCounts", "JPEGTables", "ColorMap", "MakerNote",
        "ExifOffset", "GPSInfo", "ExifInteroperabilityOffset", "XMLPacket", "XMP", "ImageResources", "PhotoshopInfo",
        "InterColorProfile", "ICCProfile", "IptcNaaInfo", "IPTCNAA", "ExifIFD", "GPSIFD", "SubIFDs", "FreeOffsets",
        "FreeByteCounts", "PrintImageMatching", "UserComment", "ImageWidth", "ImageLength", "BitsPerSample",
        "Compression", "PhotometricInterpretation", "FillOrder", "SamplesPerPixel", "RowsPerStrip", "SampleFormat",
        "PlanarConfiguration", "Predictor", "TileWidth", "TileLength", "XResolution", "YResolution", "ResolutionUnit",
        "T4Options", "T6Options", "NewSubfileType", "SubfileType", "ReferenceBlackWhite", "YCbCrSubSampling",
        "YCbCrPositioning", "YCbCrCoefficients", "JPEGProc", "JpegQTables", "JpegDCTables", "JpegACTables",
        "JpegIFOffset", "JpegIFByteCount", "Interlace", "WhitePoint", "PrimaryChromaticities", "TransferFunction",
        "ExtraSamples", "MinSampleValue", "MaxSampleValue",
    }
)  # fmt: skip
_BYTES_OF_TEXT = {b"ASCII\0\0\0": "ascii", b"UNICODE\0": "utf-16", b"JIS\0\0\0\0\0": "iso2022_jp"}


def facts_of_making(image: Image.Image) -> RecordFacts:
    """Return the facts of the record that *image* is; what it does not say stays unknown."""
    found: list[FoundValue] = []
    for read in (_exif, _comment, _texts, _packet):
        try:
            found += read(image)
        except BROKEN:
            found.append(FoundValue("Metadata", "some of it is broken and was not read"))
    named: dict[str, str] = {}
    for one in found:
        named.setdefault(one.name, one.value)
    author = _first(named, "Artist", "Author", "dc:creator", "XPAuthor")
    return RecordFacts(
        title=_first(named, "Title", "DocumentName", "ImageDescription", "dc:title", "XPTitle"),
        author=MailAddress("", author) if author else None,
        created=_made(named),
        modified=_moment(named, "DateTime", "OffsetTime") or _iso(named, "xmp:ModifyDate"),
        application=_first(named, "Software", "xmp:CreatorTool"),
        found=tuple(found[:MAX_VALUES]),
    )


def _made(named: Mapping[str, str]) -> Moment | None:
    return (
        _moment(named, "DateTimeOriginal", "OffsetTimeOriginal")
        or _moment(named, "DateTimeDigitized", "OffsetTimeDigitized")
        or _iso(named, "xmp:CreateDate", "photoshop:DateCreated", "Creation Time")
    )


def _moment(named: Mapping[str, str], date: str, offset: str) -> Moment | None:
    return local_moment(named[date], named.get(offset)) if date in named else None


def _iso(named: Mapping[str, str], *names: str) -> Moment | None:
    return next((moment for name in names if name in named and (moment := iso_moment(named[name]))), None)


def _first(named: Mapping[str, str], *names: str) -> str | None:
    return next((named[name] for name in names if named.get(name)), None)


def _exif(image: Image.Image) -> Iterator[FoundValue]:
    """Yield the entries of the main directory, of EXIF and of the position, in this order."""
    exif = image.getexif()
    names = {tag: info.name for tag, info in TiffTags.TAGS_V2.items()} | dict(ExifTags.TAGS)
    yield from _entries(exif, names)
    for directory, own_names in _EXIF_DIRECTORIES:
        entries = exif.get_ifd(directory)
        yield from _entries(entries, own_names)
        if directory is ExifTags.IFD.Exif and 0x9286 in entries:
            yield from _user_comment(entries[0x9286])
        if directory is ExifTags.IFD.GPSInfo:
            yield from _position(entries)


def _entries(entries: Mapping[int, Any], names: Mapping[int, str]) -> Iterator[FoundValue]:
    for tag, value in entries.items():
        name = names.get(tag)
        if name is None or name in _TECHNICAL:
            continue
        text = _text(value, wide=name.startswith("XP"))
        if text:
            yield FoundValue(name, text)


def _text(value: Any, *, wide: bool = False) -> str:
    if isinstance(value, bytes):
        if wide:
            return _clean(value.decode("utf-16-le", "replace"))
        return _clean(value.decode("ascii")) if value.isascii() and len(value) < MAX_VALUE_CHARACTERS else ""
    if isinstance(value, tuple | list):
        return " ".join(_text(part) for part in value) if len(value) <= MAX_NUMBERS else ""
    return _clean(str(value))


def _user_comment(value: Any) -> Iterator[FoundValue]:
    """Yield the comment whose first eight bytes name its encoding (EXIF 2.32, 4.6.5)."""
    if isinstance(value, bytes) and len(value) > 8:
        text = _clean(value[8:].decode(_BYTES_OF_TEXT.get(value[:8], "latin-1"), "replace"))
        if text:
            yield FoundValue("UserComment", text)


def _position(entries: Mapping[int, Any]) -> Iterator[FoundValue]:
    """Yield the position in degrees, from the degrees, minutes and seconds found."""
    sides = []
    for value_tag, letter_tag, negative in ((2, 1, "S"), (4, 3, "W")):
        parts = entries.get(value_tag)
        if not isinstance(parts, tuple) or len(parts) != 3:
            return
        degrees = float(parts[0]) + float(parts[1]) / 60 + float(parts[2]) / 3600
        sides.append(-degrees if str(entries.get(letter_tag, "")).upper().startswith(negative) else degrees)
    if all(abs(side) <= 180 for side in sides):  # not for NaN
        yield FoundValue("GPS position", f"{sides[0]:.6f}, {sides[1]:.6f}")


def _comment(image: Image.Image) -> Iterator[FoundValue]:
    comment = image.info.get("comment")
    if isinstance(comment, bytes):
        comment = comment.decode("utf-8", "replace")
    if isinstance(comment, str) and _clean(comment):
        yield FoundValue("Comment", _clean(comment))


def _texts(image: Image.Image) -> Iterator[FoundValue]:
    """Yield the text chunks of a PNG file."""
    texts = getattr(image, "text", None)
    if isinstance(texts, dict):
        for name, value in texts.items():
            if not str(name).startswith(("XML:", "Raw profile")) and _clean(str(value)):
                yield FoundValue(_clean(str(name)), _clean(str(value)))


def _packet(image: Image.Image) -> tuple[FoundValue, ...]:
    packet = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp")
    if isinstance(packet, str):
        packet = packet.encode("utf-8", "replace")
    return xmp_values(packet) if isinstance(packet, bytes) else ()


def _clean(text: str) -> str:
    shown = "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join(shown.split())[:MAX_VALUE_CHARACTERS]
