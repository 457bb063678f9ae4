"""How files begin: the signs by which types are told, and the few that stand further in.

Collected from the formats' own specifications; a sign is long enough not to begin a text by chance, or is checked
against a second one.
"""

from __future__ import annotations

import struct

from vaughn.formats.archives.tars import is_tar_head

PE = "application/vnd.microsoft.portable-executable"
UNKNOWN = "application/octet-stream"

MAGIC: tuple[tuple[bytes, str], ...] = (
    # paper and pictures
    (b"%PDF-", "application/pdf"),
    (b"%FDF-", "application/vnd.fdf"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"II+\0", "image/tiff"),
    (b"MM\0+", "image/tiff"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\0\0\0\x0cjP  \r\n\x87\n", "image/jp2"),
    (b"\xff\x4f\xff\x51", "image/jp2"),
    (b"\0\0\0\x0cJXL \r\n\x87\n", "image/jxl"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"8BPS\0", "image/vnd.adobe.photoshop"),
    (b"\xd7\xcd\xc6\x9a", "image/wmf"),
    (b"\x01\0\x09\0\0\x03", "image/wmf"),
    (b"AT&TFORM", "image/vnd.djvu"),
    (b"\x97JB2\r\n\x1a\n", "image/x-jbig2"),
    (b"%!PS", "application/postscript"),
    (b"\xc5\xd0\xd3\xc6", "application/postscript"),
    # containers
    (b"PK\x03\x04", "application/zip"),
    (b"PK\x05\x06", "application/zip"),
    (b"PK\x07\x08", "application/zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"\x1f\x8b\x08", "application/gzip"),
    (b"\xfd7zXZ\0", "application/x-xz"),
    (b"\x28\xb5\x2f\xfd", "application/zstd"),
    (b"\x1f\x9d", "application/x-compress"),
    (b"\x04\x22\x4d\x18", "application/x-lz4"),
    (b"LZIP", "application/x-lzip"),
    (b"MSCF\0\0\0\0", "application/vnd.ms-cab-compressed"),
    (b"!<arch>\n", "application/x-archive"),
    (b"070701", "application/x-cpio"),
    (b"xar!", "application/x-xar"),
    # office and mail
    (b"{\\rtf", "application/rtf"),
    (b"!BDN", "application/vnd.ms-outlook-pst"),
    (b"\x78\x9f\x3e\x22", "application/vnd.ms-tnef"),
    (b"\xcf\xad\x12\xfe", "application/x-dbx"),
    (b"\x1a\0\0\x04\0\0", "application/vnd.lotus-notes"),
    (b"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d\xae\xb1\x53\x78\xd0\x29\x96\xd3", "application/onenote"),
    (b"\xa1\x2f\xff\x43\xd9\xef\x76\x4c\x9e\xe2\x10\xea\x57\x22\x76\x5f", "application/onenote"),
    (b"\xffWPC", "application/vnd.wordperfect"),
    (b"\xdb\xa5\x2d\0", "application/msword"),
    (b"\x31\xbe\0\0", "application/x-mswrite"),
    (b"\0\0\x1a\0\0\x10\x04\0", "application/vnd.lotus-1-2-3"),
    (b"\0\0\x1a\0\x02\x10\x04\0", "application/vnd.lotus-1-2-3"),
    (b"\x09\x08\x10\0\0\x06\x05\0", "application/vnd.ms-excel"),
    (b"\x09\0\x04\0\x07\0\x10\0", "application/vnd.ms-excel"),
    (b"\x09\x02\x06\0\0\0\x10\0", "application/vnd.ms-excel"),
    (b"\x09\x04\x06\0\0\0\x10\0", "application/vnd.ms-excel"),
    (b"ITSF\x03\0\0\0", "application/vnd.ms-htmlhelp"),
    (b"\0\x05\x16\x07\0\x02\0\0", "application/applefile"),
    (b"\0\x05\x16\0\0\x02\0\0", "application/applefile"),
    (b"bplist00", "application/x-plist"),
    # databases and drawings
    (b"SQLite format 3\0", "application/vnd.sqlite3"),
    (b"\0\x01\0\0Standard Jet DB\0", "application/x-msaccess"),
    (b"\0\x01\0\0Standard ACE DB\0", "application/x-msaccess"),
    (b"PAR1", "application/vnd.apache.parquet"),
    # sound and film
    (b"ID3", "audio/mpeg"),
    (b"fLaC", "audio/flac"),
    (b"#!AMR", "audio/amr"),
    (b"MThd\0\0\0\6", "audio/midi"),
    (b".snd\0\0\0", "audio/basic"),
    (b"\x1aE\xdf\xa3", "video/x-matroska"),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "video/x-ms-asf"),
    (b"FLV\x01", "video/x-flv"),
    (b"\0\0\x01\xba", "video/mpeg"),
    (b"\0\0\x01\xb3", "video/mpeg"),
    # programs and their systems
    (b"\x7fELF", "application/x-elf"),
    (b"\xfe\xed\xfa\xce", "application/x-mach-binary"),
    (b"\xfe\xed\xfa\xcf", "application/x-mach-binary"),
    (b"\xce\xfa\xed\xfe", "application/x-mach-binary"),
    (b"\xcf\xfa\xed\xfe", "application/x-mach-binary"),
    (b"\xca\xfe\xba\xbe", "application/java-vm"),
    (b"L\0\0\0\x01\x14\x02\0\0\0\0\0\xc0\0\0\0\0\0\0F", "application/x-ms-shortcut"),
    (b"regf", "application/x-windows-registry"),
    (b"ElfFile\0", "application/x-windows-event-log"),
    (b"\xd4\xc3\xb2\xa1", "application/vnd.tcpdump.pcap"),
    (b"\n\r\r\n", "application/x-pcapng"),
    (b"OTTO\0", "font/otf"),
    (b"\0\x01\0\0\0", "font/ttf"),
    (b"wOFF", "font/woff"),
    (b"wOF2", "font/woff2"),
    (b"conectix", "application/x-vhd"),
    (b"KDMV", "application/x-vmdk"),
    (b"-----BEGIN PGP MESSAGE", "application/pgp-encrypted"),
    (b"-----BEGIN PGP PUBLIC KEY", "application/pgp-keys"),
)  # fmt: skip
_RIFF = {b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo", b"WEBP": "image/webp", b"CDXA": "video/mpeg"}
_BRANDS = {
    b"heic": "image/heic", b"heix": "image/heic", b"heim": "image/heic", b"heis": "image/heic", b"hevc": "image/heic",
    b"mif1": "image/heic", b"msf1": "image/heic", b"avif": "image/avif", b"avis": "image/avif", b"M4A ": "audio/mp4",
    b"M4B ": "audio/mp4", b"qt  ": "video/quicktime", b"jp2 ": "image/jp2", b"crx ": "image/x-canon-cr3",
    **dict.fromkeys((b"3gp4", b"3gp5", b"3gp6", b"3g2a"), "video/3gpp"),
}  # fmt: skip
_OGG = (
    (b"\x01vorbis", "audio/ogg"), (b"OpusHead", "audio/ogg"), (b"\x7fFLAC", "audio/ogg"), (b"Speex   ", "audio/ogg"),
    (b"\x80theora", "video/ogg"),
)  # fmt: skip
_QUICKTIME_BOXES = frozenset({b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"})
_MP3_HEADS = frozenset({0xFB, 0xFA, 0xF3, 0xF2, 0xE3, 0xE2})
_TS_PACKET = 188
_DWG = tuple(b"AC10%02d" % number for number in range(2, 50))
# DER of 1.2.840.113549.1.7.2 (signed), .3 (enveloped): the contents of smime.p7m and smime.p7s.
_PKCS7 = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07"


def type_by_signs(head: bytes) -> str | None:
    """Return the media type that *head*, the first bytes of a file, is the sign of; `None` if of none."""
    for magic, kind in MAGIC:
        if head.startswith(magic):
            return kind
    for test in (_boxed, _riff, _picture, _sound, _office, _program):
        found = test(head)
        if found is not None:
            return found
    return "application/x-tar" if is_tar_head(head[:512]) else None


def _boxed(head: bytes) -> str | None:
    kind = head[4:8]
    if kind == b"ftyp":
        return _BRANDS.get(head[8:12], "video/mp4")
    size = int.from_bytes(head[:4], "big")
    return "video/quicktime" if kind in _QUICKTIME_BOXES and (size >= 8 or size <= 1) else None


def _riff(head: bytes) -> str | None:
    if head[:4] in {b"RIFF", b"RIFX"}:
        return _RIFF.get(head[8:12], UNKNOWN)
    if head[:4] == b"FORM" and head[8:12] in {b"AIFF", b"AIFC"}:
        return "audio/aiff"
    return None


def _picture(head: bytes) -> str | None:
    if (
        head[:2] == b"BM"
        and len(head) > 30
        and head[6:10] == b"\0\0\0\0"
        and head[14] in {12, 40, 52, 56, 64, 108, 124}
    ):
        return "image/bmp"
    if head[:4] == b"\x01\0\0\0" and head[40:44] == b" EMF":
        return "image/emf"
    if head[:4] == b"\0\0\x01\0" and len(head) > 22 and 0 < head[4] < 64 and head[5] == 0 and head[9] == 0:
        return "image/x-icon"
    if (
        head[:1] == b"\x0a"
        and len(head) > 4
        and head[1] in {0, 2, 3, 4, 5}
        and head[2] == 1
        and head[3] in {1, 2, 4, 8}
    ):
        return "image/x-pcx"
    return None


def _sound(head: bytes) -> str | None:
    if head[:4] == b"OggS":
        return next((kind for sign, kind in _OGG if sign in head[:200]), "audio/ogg")
    if head[:1] == b"\xff" and len(head) > 3 and head[1] in _MP3_HEADS and head[2] >> 4 != 15 and head[2] >> 2 & 3 != 3:
        return "audio/mpeg"
    if head[:2] in {b"\xff\xf1", b"\xff\xf9"}:
        return "audio/aac"
    packets = head[::_TS_PACKET][:8]
    return "video/mp2t" if len(packets) == 8 and packets == b"G" * 8 else None


def _office(head: bytes) -> str | None:
    if head.startswith(_DWG):
        return "image/vnd.dwg"
    if head[:3] == b"BZh" and head[4:10] in {b"1AY&SY", b"\x17\x72\x45\x38\x50\x90"}:
        return "application/x-bzip2"
    if head[:3] == b"\x5d\0\0" and len(head) > 13 and head[12] in {0, 0xFF}:
        return "application/x-lzma"
    if head[2:5] == b"-lh" and head[6:7] == b"-":
        return "application/x-lzh-compressed"
    if head[:1] == b"\x30" and _PKCS7 in head[:30]:
        return "application/pkcs7-mime"
    return None


def _program(head: bytes) -> str | None:
    if head[:2] != b"MZ" or len(head) < 64 or b"\0" not in head[:64]:
        return None
    place = struct.unpack_from("<L", head, 60)[0]
    if place + 4 > len(head):
        return PE if place < 0x10000 else "application/x-dosexec"
    return PE if head[place : place + 4] == b"PE\0\0" else "application/x-dosexec"
