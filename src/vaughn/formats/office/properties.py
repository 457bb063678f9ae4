"""The properties of an OOXML file (ECMA-376 part 2, 11; part 1, 22.2 and 22.3) as facts of a record."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

from vaughn.formats.office.package import Package, local
from vaughn.model import DocumentKind, FoundValue, MailAddress, Moment, RecordFacts

# What no person would look for among the facts.
_UNTOLD = frozenset({"HeadingPairs", "TitlesOfParts", "HLinks", "ScaleCrop", "LinksUpToDate", "HyperlinksChanged"})
_MOMENT = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?)?", re.IGNORECASE
)
MAX_VALUE_LETTERS = 4000


def package_facts(package: Package, kind: DocumentKind) -> RecordFacts:
    """Return what the properties of *package* say; what they lack is `None`."""
    found = [
        *_values(package, "core-properties", "docProps/core.xml"),
        *_values(package, "extended-properties", "docProps/app.xml"),
        *_custom(package),
    ]
    named: dict[str, str] = {}
    for value in found:
        named.setdefault(value.name, value.value)
    return RecordFacts(
        kind,
        title=named.get("title"),
        author=MailAddress("", named["creator"]) if named.get("creator") else None,
        created=moment_of(named.get("created")),
        modified=moment_of(named.get("modified")),
        language=named.get("language"),
        application=" ".join(filter(None, (named.get("Application"), named.get("AppVersion")))) or None,
        found=tuple(found),
    )


def moment_of(text: str | None) -> Moment | None:
    """Return the moment *text* (W3CDTF, ISO 8601) names; without an offset it is taken as UTC, the offset unknown."""
    matched = _MOMENT.fullmatch(text.strip()) if text else None
    if matched is None:
        return None
    year, month, day, hour, minute, second, zone = matched.groups()
    offset = _offset_minutes(zone)
    try:
        clock = timezone(timedelta(minutes=offset or 0))
        at = datetime(int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0), tzinfo=clock)
        return Moment(at.astimezone(UTC), offset)
    except (ValueError, OverflowError):
        return None


def _offset_minutes(zone: str | None) -> int | None:
    if zone is None:
        return None
    if zone in {"Z", "z"}:
        return 0
    minutes = int(zone[1:3]) * 60 + int(zone[-2:])
    return -minutes if zone[0] == "-" else minutes


def _values(package: Package, arrow: str, usual: str) -> list[FoundValue]:
    root = package.tree_if_any(package.related("", arrow) or usual)
    found = []
    for element in root if root is not None else ():
        name, text = local(element), (element.text or "").strip()
        if text and name and name not in _UNTOLD:
            found.append(FoundValue(name, text[:MAX_VALUE_LETTERS]))
    return found


def _custom(package: Package) -> list[FoundValue]:
    root = package.tree_if_any(package.related("", "custom-properties") or "docProps/custom.xml")
    found = []
    for element in root if root is not None else ():
        text = " ".join(str(one).strip() for one in element.itertext() if str(one).strip())
        if text and element.get("name"):
            found.append(FoundValue(element.get("name", ""), text[:MAX_VALUE_LETTERS]))
    return found
