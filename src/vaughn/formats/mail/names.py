"""What a file inside a message is called: as the message calls it, or by a made name that says nothing."""

from __future__ import annotations

from vaughn.formats.mail.mime import Entity

# Made names get the suffix by which other programs know the type.
_SUFFIXES = {
    "message/rfc822": ".eml", "text/plain": ".txt", "text/html": ".html", "text/calendar": ".ics",
    "text/vcard": ".vcf", "text/x-vcard": ".vcf", "text/directory": ".vcf", "text/csv": ".csv", "text/xml": ".xml",
    "text/rtf": ".rtf", "application/rtf": ".rtf", "application/pdf": ".pdf", "application/zip": ".zip",
    "application/msword": ".doc", "application/xml": ".xml", "application/ms-tnef": ".tnef",
    "application/pkcs7-mime": ".p7m", "application/x-pkcs7-mime": ".p7m", "application/pkcs7-signature": ".p7s",
    "application/x-pkcs7-signature": ".p7s", "application/pgp-signature": ".asc", "application/pgp-encrypted": ".asc",
    "image/jpeg": ".jpg", "image/jpg": ".jpg", "image/pjpeg": ".jpg", "image/png": ".png", "image/gif": ".gif",
    "image/tiff": ".tif", "image/bmp": ".bmp", "audio/mpeg": ".mp3", "audio/wav": ".wav", "video/mp4": ".mp4",
    "application/vnd.ms-outlook": ".msg",
}  # fmt: skip
MAX_NAME_CHARACTERS = 1_000


def declared_name(entity: Entity) -> str:
    """Return the name that *entity* gives its content; empty if it gives none."""
    name = entity.disposition.get("filename") or entity.content.get("name") or ""
    if not name:
        place = entity.header("content-location") or ""
        name = place.rpartition("/")[2].split("?")[0] if "." in place.rpartition("/")[2] else ""
    return clean_name(name)


def clean_name(name: str) -> str:
    """Return *name* on one line, without what no file name has."""
    return " ".join(name.replace("\0", "").split())[:MAX_NAME_CHARACTERS]


def made_name(place: int, kind: str) -> str:
    """Return a name for the file at *place* (from 1) that the message does not name."""
    return (
        f"attachment-{place}{_SUFFIXES.get(kind, '.bin' if '/' in kind and not kind.startswith('text/') else '.txt')}"
    )
