"""In which character set the bytes of an item are: its code page, its language, or what its letters say."""

from __future__ import annotations

# Windows code pages by their numbers, as Python knows them; others are `cp` and the number.
_CODE_PAGES = {
    1200: "utf-16-le", 20127: "ascii", 20866: "koi8-r", 21866: "koi8-u", 20932: "euc_jp", 50220: "iso2022_jp",
    50221: "iso2022_jp", 50222: "iso2022_jp", 50225: "iso2022_kr", 51932: "euc_jp", 51936: "gb18030", 51949: "euc_kr",
    52936: "hz", 54936: "gb18030", 65000: "utf-7", 65001: "utf-8", 936: "gb18030", 10000: "mac_roman",
    10007: "mac_cyrillic",
    28591: "cp1252", 28592: "iso8859-2", 28593: "iso8859-3", 28594: "iso8859-4", 28595: "iso8859-5",
    28596: "iso8859-6",
    28597: "iso8859-7", 28598: "iso8859-8", 28599: "cp1254", 28603: "iso8859-13", 28605: "iso8859-15",
    38598: "iso8859-8",
}  # fmt: skip
# The set that Windows uses for a language ([MS-LCID]), by the primary language or the whole number.
_BY_LANGUAGE = {
    0x01: 1256, 0x02: 1251, 0x05: 1250, 0x08: 1253, 0x0D: 1255, 0x0E: 1250, 0x11: 932, 0x12: 949, 0x15: 1250,
    0x18: 1250,
    0x19: 1251, 0x1B: 1250, 0x1C: 1250, 0x1E: 874, 0x1F: 1254, 0x20: 1256, 0x22: 1251, 0x23: 1251, 0x24: 1250,
    0x25: 1257,
    0x26: 1257, 0x27: 1257, 0x29: 1256, 0x2A: 1258, 0x2F: 1251,
}  # fmt: skip
_CHINESE, _TRADITIONAL = 0x04, frozenset({0x0404, 0x0C04, 0x1404})
# Numbers that say "not text of one set".
_SAY_NOTHING = frozenset({0, 1200, 1252, 20127, 28591})


def charset_of_code_page(number: int | None) -> str | None:
    """Return the name of the set with the Windows code page *number*; `None` if there is none."""
    if number is None or not 0 < number < 70_000:
        return None
    return _CODE_PAGES.get(number, f"cp{number}")


def charset_of_language(number: int | None) -> str | None:
    """Return the set that Windows uses for the language *number* (LCID); `None` for Western ones."""
    if not number:
        return None
    if number & 0xFF == _CHINESE:
        return "cp950" if number & 0xFFFF in _TRADITIONAL else "gb18030"
    return charset_of_code_page(_BY_LANGUAGE.get(number & 0xFF))


def says_much(number: int | None) -> bool:
    """Tell whether code page *number* says more than that nobody chose one."""
    return number is not None and number not in _SAY_NOTHING
