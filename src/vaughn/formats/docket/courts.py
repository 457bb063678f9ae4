"""Which federal court a web address or a heading names, as the short id its own addresses use (``nysd``, ``ca2``)."""

from __future__ import annotations

import re

_HOST = re.compile(r"(?:ecf|www)[.-]([a-z]{2,5}\d{0,2})\.uscourts\.gov|gov\.uscourts\.([a-z0-9]{3,6})\.", re.I)
_SENDER = re.compile(r"@([a-z]{2,5}\d{0,2})\.uscourts\.gov", re.I)
# Addresses of the judiciary that are no court.
_NO_COURTS = {"pacer", "psc", "www", "ecf", "jnet", "news", "pcl"}
_STATES = {
    "alabama": "al", "alaska": "ak", "arizona": "az", "arkansas": "ar", "california": "ca", "colorado": "co",
    "connecticut": "ct", "delaware": "de", "district of columbia": "dc", "florida": "fl", "georgia": "ga",
    "guam": "gu", "hawaii": "hi", "idaho": "id", "illinois": "il", "indiana": "in", "iowa": "ia", "kansas": "ks",
    "kentucky": "ky", "louisiana": "la", "maine": "me", "maryland": "md", "massachusetts": "ma", "michigan": "mi",
    "minnesota": "mn", "mississippi": "ms", "missouri": "mo", "montana": "mt", "nebraska": "ne", "nevada": "nv",
    "new hampshire": "nh", "new jersey": "nj", "new mexico": "nm", "new york": "ny", "north carolina": "nc",
    "north dakota": "nd", "northern mariana islands": "nmi", "ohio": "oh", "oklahoma": "ok", "oregon": "or",
    "pennsylvania": "pa", "puerto rico": "pr", "rhode island": "ri", "south carolina": "sc", "south dakota": "sd",
    "tennessee": "tn", "texas": "tx", "utah": "ut", "vermont": "vt", "virginia": "va", "virgin islands": "vi",
    "washington": "wa", "west virginia": "wv", "wisconsin": "wi", "wyoming": "wy",
}  # fmt: skip
# Longest first: "West Virginia" is not Virginia.
_STATE = "|".join(sorted((name.replace(" ", r"\s+") for name in _STATES), key=len, reverse=True))
_WAYS = "northern|southern|eastern|western|middle|central"
_DISTRICTS = (
    re.compile(rf"\b(?P<way>{_WAYS})\s+district\s+of\s+(?P<state>{_STATE})\b", re.I),
    re.compile(rf"\b(?P<state>{_STATE})\s+(?P<way>{_WAYS})\s+district\b", re.I),
    re.compile(rf"\bdistrict\s+of\s+(?P<state>{_STATE})\b", re.I),
    re.compile(rf"\bdistrict\s+court,?\s+(?:for\s+)?(?:the\s+)?(?:(?P<way>{_WAYS})\s+)?(?P<state>{_STATE})\b", re.I),
    re.compile(r"\b(?P<state>district\s+of\s+columbia)\b", re.I),
)
_CIRCUITS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
)  # fmt: skip
_CIRCUIT = re.compile(rf"\b({'|'.join(_CIRCUITS)}|district\s+of\s+columbia|d\.?\s?c\.?|federal)\s+circuit\b", re.I)
_APPEALS = re.compile(r"court\s+of\s+appeals|appellate", re.I)


def court_of_address(text: str) -> str | None:
    """Return the court whose web or mail address stands first in *text*."""
    for match in _HOST.finditer(text):
        found: str = (match[1] or match[2]).lower()
        if found not in _NO_COURTS:
            return found
    sender = _SENDER.search(text)
    return sender[1].lower() if sender and sender[1].lower() not in _NO_COURTS else None


def court_of_name(text: str) -> str | None:
    """Return the court that *text* names in words, e.g. ``Southern District of New York (Foley Square)``."""
    if "multidistrict litigation" in text.casefold():
        return "jpml"
    circuit = _CIRCUIT.search(text)
    if circuit is not None and (_APPEALS.search(text) or "district" not in text.casefold()):
        name = " ".join(circuit[1].lower().split())
        if name in _CIRCUITS:
            return f"ca{_CIRCUITS.index(name) + 1}"
        return "cafc" if name == "federal" else "cadc"
    for form in _DISTRICTS:
        match = form.search(text)
        if match is not None:
            way = match.groupdict().get("way")
            return _STATES[" ".join(match["state"].lower().split())] + (way[0].lower() if way else "") + "d"
    return None
