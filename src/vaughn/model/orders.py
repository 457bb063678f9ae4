"""What form a production was ordered in: a profile, read from a TOML file, never code."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Requirement(Enum):
    """How strictly something is owed."""

    REQUIRED = "required"
    WHERE_KNOWN = "where known"  # owed if the record has it
    NOT_OWED = "not owed"


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One ordered field.

    Args:
        name: Name the order uses.
        field: Canonical field id.
        applies_to: Kinds of records it is owed for: ``all``, ``e-mail``, ``paper``, ``spreadsheet``, ``attachment``.
        cites: Where the order says so.
        confirmed: False where nobody has checked the order's text; the product must say so.
    """

    name: str
    field: str
    requirement: Requirement
    applies_to: str
    cites: str
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class ImageSpec:
    """Ordered page images; `None` means the order does not say."""

    requirement: Requirement
    file_types: tuple[str, ...] = ()
    compression: str | None = None
    min_dpi: int | None = None
    bits_per_pixel: int | None = None
    cites: str = ""


@dataclass(frozen=True, slots=True)
class ProductionOrder:
    """The form a production was ordered in.

    Args:
        name: File name of the profile without ``.toml``.
        banner: Shown wherever the profile is used, e.g. that the order was withdrawn.
        load_files: Formats owed (``dat``, ``opt``); empty if none.
        native_kinds: Kinds of records owed as natives.
        custodians: Agreed custodians; empty if no list was agreed.
        date_order: ``MDY``, ``DMY``, ``YMD`` or `None`.
    """

    name: str
    title: str
    source: str
    banner: str | None
    fields: tuple[FieldSpec, ...]
    images: ImageSpec
    text: Requirement
    text_encoding: str | None
    native_kinds: tuple[str, ...]
    load_files: tuple[str, ...]
    custodians: tuple[str, ...] = ()
    date_order: str | None = None
