"""What appointments, contacts, tasks and lists say: the lines of theirs that a mail program shows ([MS-OXPROPS])."""

from __future__ import annotations

from vaughn.formats.mail.mapi.properties import MapiName, Properties
from vaughn.model import Moment

_APPOINTMENT = "00062002-0000-0000-c000-000000000046"
_TASK = "00062003-0000-0000-c000-000000000046"
_ADDRESS = "00062004-0000-0000-c000-000000000046"
_COMMON = "00062008-0000-0000-c000-000000000046"
_JOURNAL = "0006200a-0000-0000-c000-000000000046"
_BUSY = {0: "free", 1: "tentative", 2: "busy", 3: "out of office", 4: "working elsewhere"}
_STATUS = {0: "not started", 1: "in progress", 2: "completed", 3: "waiting on someone else", 4: "deferred"}

Line = tuple[str, int | MapiName]
_APPOINTMENT_LINES: tuple[Line, ...] = (
    ("Where", MapiName(_APPOINTMENT, 0x8208)),
    ("Starts", MapiName(_APPOINTMENT, 0x820D)),
    ("Ends", MapiName(_APPOINTMENT, 0x820E)),
    ("All day", MapiName(_APPOINTMENT, 0x8215)),
    ("Recurring", MapiName(_APPOINTMENT, 0x8223)),
    ("Recurrence", MapiName(_APPOINTMENT, 0x8232)),
    ("All attendees", MapiName(_APPOINTMENT, 0x8238)),
    ("Required", MapiName(_APPOINTMENT, 0x823B)),
    ("Optional", MapiName(_APPOINTMENT, 0x823C)),
)
_TASK_LINES: tuple[Line, ...] = (
    ("Starts", MapiName(_TASK, 0x8104)),
    ("Due", MapiName(_TASK, 0x8105)),
    ("Completed", MapiName(_TASK, 0x810F)),
    ("Done", MapiName(_TASK, 0x8102)),
    ("Owner", MapiName(_TASK, 0x811F)),
    ("Assigned by", MapiName(_TASK, 0x8121)),
)
_CONTACT_LINES: tuple[Line, ...] = (
    ("Name", 0x3001),
    ("Given name", 0x3A06),
    ("Surname", 0x3A11),
    ("Nickname", 0x3A4F),
    ("Company", 0x3A16),
    ("Department", 0x3A18),
    ("Title", 0x3A17),
    ("Office", 0x3A19),
    ("Manager", 0x3A4E),
    ("Assistant", 0x3A30),
    ("E-mail", MapiName(_ADDRESS, 0x8083)),
    ("E-mail 2", MapiName(_ADDRESS, 0x8093)),
    ("E-mail 3", MapiName(_ADDRESS, 0x80A3)),
    ("Business telephone", 0x3A08),
    ("Business telephone 2", 0x3A1B),
    ("Mobile telephone", 0x3A1C),
    ("Home telephone", 0x3A09),
    ("Other telephone", 0x3A1F),
    ("Pager", 0x3A21),
    ("Business fax", 0x3A24),
    ("Home fax", 0x3A25),
    ("Business address", MapiName(_ADDRESS, 0x801B)),
    ("Home address", MapiName(_ADDRESS, 0x801A)),
    ("Other address", MapiName(_ADDRESS, 0x801C)),
    ("Mailing address", 0x3A15),
    ("Web page", 0x3A51),
    ("Instant messenger", MapiName(_ADDRESS, 0x8062)),
    ("Birthday", 0x3A42),
    ("Anniversary", 0x3A41),
    ("Spouse", 0x3A48),
    ("Profession", 0x3A46),
)
_JOURNAL_LINES: tuple[Line, ...] = (
    ("Kind of entry", MapiName(_JOURNAL, 0x8700)),
    ("Starts", MapiName(_JOURNAL, 0x8706)),
    ("Ends", MapiName(_JOURNAL, 0x8708)),
)
_COMMON_LINES: tuple[Line, ...] = (
    ("Companies", MapiName(_COMMON, 0x8539)),
    ("Contacts", MapiName(_COMMON, 0x853A)),
    ("Reminder at", MapiName(_COMMON, 0x8560)),
    ("Categories", MapiName("00020329-0000-0000-c000-000000000046", "Keywords")),
)
_MEMBERS, _MEMBERS_ONCE = MapiName(_ADDRESS, 0x8055), MapiName(_ADDRESS, 0x8054)
_LINES: tuple[tuple[str, tuple[Line, ...]], ...] = (
    ("ipm.appointment", _APPOINTMENT_LINES),
    ("ipm.schedule", _APPOINTMENT_LINES),
    # An exception to a series of appointments ([MS-OXOCAL] 2.2.10.1.2).
    ("ipm.ole.class.{00061055", _APPOINTMENT_LINES),
    ("ipm.task", _TASK_LINES),
    ("ipm.contact", _CONTACT_LINES),
    ("ipm.distlist", (("Name", 0x3001), ("Name", MapiName(_ADDRESS, 0x8053)))),
    ("ipm.activity", _JOURNAL_LINES),
)


def item_lines(properties: Properties) -> str:
    """Return what an item other than a message says besides its body, a line a field; empty for messages."""
    kind = properties.text(0x001A).lower()
    chosen: tuple[Line, ...] = next((lines for name, lines in _LINES if kind.startswith(name)), ())
    lines: list[str] = []
    for title, key in (*chosen, *_COMMON_LINES):
        said = _said(properties, key)
        if said and f"{title}: {said}" not in lines:
            lines.append(f"{title}: {said}")
    lines += _numbers(properties, kind)
    if kind.startswith("ipm.distlist"):
        lines += [f"Member: {name}" for name in list_members(properties)]
    return "\n".join(lines)


def _numbers(properties: Properties, kind: str) -> list[str]:
    lines = []
    if kind.startswith(("ipm.appointment", "ipm.schedule")):
        busy = properties.number(MapiName(_APPOINTMENT, 0x8205))
        lines += [f"Shown as: {_BUSY[busy]}"] if busy in _BUSY else []
    if kind.startswith("ipm.task"):
        status = properties.number(MapiName(_TASK, 0x8101))
        lines += [f"Status: {_STATUS[status]}"] if status in _STATUS else []
    return lines


def _said(properties: Properties, key: int | MapiName) -> str:
    moment = properties.moment(key)
    if moment is not None:
        return spoken(moment)
    value = properties.first(key)
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, float):
        return f"{value:.0%}"
    texts = properties.texts(key)
    return "; ".join(" ".join(text.split()) for text in texts if text.strip())


def spoken(moment: Moment) -> str:
    """Return *moment* for a line of text: ``2011-01-17 14:03 UTC``."""
    return f"{moment.at:%Y-%m-%d %H:%M} UTC"


def list_members(properties: Properties) -> tuple[str, ...]:
    """Return the members of a distribution list, as far as it names them itself ([MS-OXOCNTC] 2.2.2.4)."""
    found = []
    for key in (_MEMBERS_ONCE, _MEMBERS):
        held = properties.find(key)
        for value in held.values if held is not None else ():
            if isinstance(value, bytes):
                name = _one_off(value)
                if name and name not in found:
                    found.append(name)
    return tuple(found)


def _one_off(data: bytes) -> str:
    """Return name and address in a one-off entry id ([MS-OXCDATA] 2.2.5.1): name, type and address, each ended by 0."""
    if len(data) < 26:
        return ""
    rest = data[24:]
    wide = bool(data[23] & 0x80)
    if wide:
        words = rest[: len(rest) & ~1].decode("utf-16-le", "replace").split("\0")
    else:
        words = rest.decode("cp1252", "replace").split("\0")
    if len(words) < 3 or not words[0].isprintable():
        return ""
    return f"{words[0]} <{words[2]}>" if "@" in words[2] and words[2] != words[0] else words[0]
