"""The header of a message as another message quotes it: labels in many languages, dates in many forms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class Label(Enum):
    """What a line of a quoted header says."""

    FROM = "from"
    SENT = "sent"
    TO = "to"
    SUBJECT = "subject"
    OTHER = "other"


_LABELS: dict[Label, str] = {
    Label.FROM: "from|von|de|da|van|från|fra|od|от|от кого|kimden|lähettäjä|feladó|发件人|寄件者|差出人|보낸 사람",
    Label.SENT: (
        "sent|date|sent on|gesendet|datum|envoyé|envoyé le|enviado|enviado el|enviada em|fecha|inviato|data|verzonden|"
        "skickat|sendt|dato|wysłano|дата|отправлено|tarih|"
        "gönderme tarihi|lähetetty|elküldve|发送时间|日期|送信日時|日時|"
        "보낸 날짜"
    ),
    Label.TO: (
        "to|an|à|para|a|aan|till|til|do|кому|kime|"
        "vastaanottaja|címzett|收件人|宛先|받는 사람|cc|bcc|kopie|copie|copia|kopia|"
        "копия|抄送|参照"
    ),
    Label.SUBJECT: (
        "subject|betreff|objet|asunto|assunto|oggetto|onderwerp|ämne|emne|temat|тема|konu|aihe|tárgy|主题|主旨|件名|제목"
    ),
    Label.OTHER: (
        "attachments?|anlagen?|pièces? jointes?|adjuntos?|allegat[io]|bijlagen?|importance|wichtigkeit|sensitivity|"
        "reply-to|organization|priority|categories|sent by|on behalf of|resent-from|x-mailer|message-id|mailing list|"
        "signed by|mailed-by"
    ),
}
_LINE = re.compile(
    r"[\s>|*_]*(?:" + "|".join(f"(?P<{label.value}>{names})" for label, names in _LABELS.items()) + r")[\s*_]*[:：]"
    r"[\s*_]*(?P<value>.*)",
    re.IGNORECASE,
)
# OCR loses colons: the two labels that hardly begin a sentence followed by what they are followed by.
_BARE = re.compile(r"\s*(?:(?P<subject>Subject)|(?P<sent>Sent))\s+(?P<value>\S.*)")
_MOST_LINES = 40  # of a header with many recipients
_MOST_BLANKS = 2  # between its lines; OCR sees large gaps as blank lines

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan|ene|gen|янв|oca",
            "feb|fév|fev|фев|şub",
            "mar|mär|mrt|маг|мар",
            "apr|abr|avr|апр|nis",
            "may|mai|maj|mag|mei|май|мая",
            "jun|juin|giu|июн|haz",
            "jul|juil|lug|июл|tem",
            "aug|ago|aoû|авг|ağu",
            "sep|set|сен|eyl",
            "oct|okt|ott|out|окт|eki",
            "nov|ноя|kas",
            "dec|dez|dic|déc|дек|ara",
        ),
        start=1,
    )
    for name in names.split("|")
}
_TIME = re.compile(r"(?<!\d)(\d{1,2})[:h](\d{2})(?:[:.]\d{2})?(?:\s*([AaPp])\.?\s?[Mm])?(?!\d)")
_NUMERIC = re.compile(r"(?<!\d)(\d{1,4})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{2,4})(?!\d)")
_YEAR = re.compile(r"(?<!\d)(19[7-9]\d|20[0-4]\d)(?!\d)")
_DAY = re.compile(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|\.)?(?!\d|:)", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d_]{3,}")
_ADDRESS = re.compile(r"[\w.+'-]{1,64}@[\w-]+(?:\.[\w-]+)+")


@dataclass(frozen=True, slots=True)
class QuotedHeader:
    """What a message says of one that it quotes.

    Args:
        author: As it stands there; a name, an address or both.
        sent: As it stands there.
    """

    author: str = ""
    sent: str = ""
    subject: str | None = None

    @property
    def times(self) -> tuple[datetime, ...]:
        """What `sent` can mean, to the minute, without its time zone; empty if it cannot be read."""
        return read_times(self.sent)


@dataclass(frozen=True, slots=True)
class HeaderFound:
    """A header inside a text: lines `first` to `last`, the last not included."""

    header: QuotedHeader
    first: int
    last: int


def header_at(lines: Sequence[str], first: int) -> HeaderFound | None:
    """Return the header that begins with line *first*; `None` if none does.

    A header is a line that says from whom, and at least two of when, to whom and about what right below it.
    """
    start = _labelled(lines[first])
    if start is None or start[0] is not Label.FROM:
        return None
    values: dict[Label, str] = {Label.FROM: start[1]}
    last, blanks = first + 1, 0
    for place in range(first + 1, min(len(lines), first + _MOST_LINES)):
        found = _labelled(lines[place], inside=True)
        if found is not None and found[0] is not Label.FROM:
            values.setdefault(*found)
            last, blanks = place + 1, 0
        elif not lines[place].strip(" \t>|"):
            blanks += 1
            if blanks > _MOST_BLANKS or len(values) > 3:
                break
        elif found is None and not blanks and _goes_on(lines[place - 1], lines[place]):
            last = place + 1
        else:
            break
    if len(values.keys() - {Label.FROM, Label.OTHER}) < 2:
        return None
    header = QuotedHeader(values[Label.FROM], values.get(Label.SENT, ""), values.get(Label.SUBJECT))
    return HeaderFound(header, first, last)


def _goes_on(before: str, line: str) -> bool:
    """Tell whether *line* goes on with the recipients of the line before."""
    marked = line.lstrip(" \t").startswith(">") is before.lstrip(" \t").startswith(">")
    return marked and (before.rstrip().endswith((";", ",")) or (line[:1].isspace() and bool(re.search("[;@]", line))))


def _labelled(line: str, *, inside: bool = False) -> tuple[Label, str] | None:
    if len(line) > 2000:
        line = line[:2000]
    found = _LINE.match(line) or (_BARE.match(line) if inside else None)
    if found is None or found.lastgroup is None:
        return None
    for label in Label:
        if found.groupdict().get(label.value) is not None:
            return label, found["value"].strip()
    return None


def read_times(text: str) -> tuple[datetime, ...]:
    """Return the moments *text* can mean, to the minute: ``03/04/2011 9:14 AM`` is in March or in April."""
    time = _TIME.search(text)
    if time is None:
        return ()
    hour, minute = int(time[1]), int(time[2])
    if time[3]:
        hour = hour % 12 + (12 if time[3] in "pP" else 0)
    days = _days(text[: time.start()] + " " + text[time.end() :])
    return tuple(found for year, month, day in days if (found := _moment(year, month, day, hour * 60 + minute)))


def _days(text: str) -> tuple[tuple[int, int, int], ...]:
    found = _NUMERIC.search(text)
    if found is not None:
        one, two, three = (int(part) for part in found.groups())
        if one > 31:
            return ((one, two, three),)
        year = three if three > 99 else 2000 + three
        return ((year, one, two), (year, two, one)) if one != two else ((year, one, two),)
    year_found = _YEAR.search(text)
    month = next((_MONTHS[name[:3]] for name in map(str.casefold, _NAME.findall(text)) if name[:3] in _MONTHS), None)
    if month is None:
        month = next((_MONTHS[n[:4]] for n in map(str.casefold, _NAME.findall(text)) if n[:4] in _MONTHS), None)
    if year_found is None or month is None:
        return ()
    day = _DAY.search(text[: year_found.start()] + " " + text[year_found.end() :])
    return () if day is None else ((int(year_found[1]), month, int(day[1])),)


def _moment(year: int, month: int, day: int, minutes: int) -> datetime | None:
    try:
        return datetime(year, month, day, minutes // 60, minutes % 60)
    except ValueError:
        return None


def address_in(text: str) -> str | None:
    """Return the e-mail address in *text*, in lower case."""
    found = _ADDRESS.search(text[:1000])
    return found[0].lower() if found else None


def name_words(text: str) -> frozenset[str]:
    """Return the words of the name in *text*; those before the ``@`` if it has an address alone."""
    text = text[:1000]
    name = _NAME.findall(_ADDRESS.sub(" ", text)) or _NAME.findall((address_in(text) or "").partition("@")[0])
    return frozenset(word.casefold() for word in name)
