"""A message is taken apart into what its author wrote and the messages quoted in it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vaughn.collect.quoted_headers import QuotedHeader
from vaughn.collect.quoting import same_person, taken_apart

OUTLOOK = """\
From: Palmer, David
Sent: Monday, 17 January 2011 2:03 PM
To: Venturella, David
Subject: RE: Opt-out

Agreed.

-----Original Message-----
From: Venturella, David [mailto:dv@ice.example]
Sent: Monday, 17 January 2011 1:40 PM
To: Palmer, David; Somebody Else;
 Another One
Cc: Third
Subject: Opt-out

Can a county opt out?
Please advise.
"""
GMAIL = """\
Agreed.

On Mon, Jan 17, 2011 at 1:40 PM, David Venturella <dv@ice.example> wrote:
> Can a county opt out?
> Please advise.
>
> On Mon, Jan 17, 2011 at 9:00 AM, Counsel <counsel@ice.example>
> wrote:
>> Is it mandatory?

And one more thing.
"""


def parts(text: str, author: str | None = None) -> list[tuple[bool, str]]:
    return [(block.is_quoted, " ".join(block.text.split())) for block in taken_apart(text, author=author).blocks]


def test_outlook_puts_a_header_above_what_it_quotes() -> None:
    """The header belongs to no block; recipients may be wrapped."""
    taken = taken_apart(OUTLOOK)
    assert parts(OUTLOOK) == [(False, "Agreed."), (True, "Can a county opt out? Please advise.")]
    assert taken.header == QuotedHeader("Palmer, David", "Monday, 17 January 2011 2:03 PM", "RE: Opt-out")
    assert [header.author for header in taken.quoted] == ["Venturella, David [mailto:dv@ice.example]"]


def test_marked_lines_are_quoted_and_those_between_are_not() -> None:
    """Answers below each question are the author's own."""
    taken = taken_apart(GMAIL)
    assert parts(GMAIL) == [
        (False, "Agreed."),
        (True, "Can a county opt out? Please advise."),
        (True, "Is it mandatory?"),
        (False, "And one more thing."),
    ]
    assert [header.author for header in taken.quoted] == [
        "David Venturella <dv@ice.example>",
        "Counsel <counsel@ice.example>",
    ]
    assert [time.isoformat() for time in taken.quoted[0].times] == ["2011-01-17T13:40:00"]


@pytest.mark.parametrize(
    "line",
    [
        "-----Original Message-----",
        "----- Original Message ----",
        "-----Ursprüngliche Nachricht-----",
        "-------- Message d'origine --------",
        "-----Mensaje original-----",
        "---------- Forwarded message ---------",
        "Begin forwarded message:",
        "-----原始邮件-----",
        "Original Message",
    ],
)
def test_a_line_between_messages_quotes_all_below_it(line: str) -> None:
    """In the languages of mail programs; OCR loses the dashes."""
    assert parts(f"Agreed.\n\n{line}\nCan a county opt out?") == [(False, "Agreed."), (True, "Can a county opt out?")]


@pytest.mark.parametrize(
    "line",
    [
        "On 1/17/2011 1:40 PM, D V wrote:",
        "Am 17.01.2011 um 13:40 schrieb D V:",
        "Le 17 janvier 2011 à 13:40, D V <dv@ice.example> a écrit :",
        "El 17/01/2011 13:40, D V escribió:",
        "Em 17 de janeiro de 2011 13:40, D V escreveu:",
        "Il giorno 17 gennaio 2011 13:40, D V ha scritto:",
        "Op 17 jan. 2011 om 13:40 schreef D V:",
        "Den 17 januari 2011 13:40 skrev D V:",
        "2011年1月17日 13:40 D V のメール:",
    ],
)
def test_who_wrote_when_in_many_languages(line: str) -> None:
    """Without marks below it, all that follows is quoted; the moment can be read."""
    taken = taken_apart(f"Agreed.\n\n{line}\n\nCan a county opt out?")
    assert [(block.is_quoted, block.text.strip()) for block in taken.blocks] == [
        (False, "Agreed."),
        (True, "Can a county opt out?"),
    ]
    assert "2011-01-17T13:40:00" in [time.isoformat() for time in taken.quoted[0].times]


@pytest.mark.parametrize(
    "header",
    [
        "Von: D V\nGesendet: Montag, 17. Januar 2011 13:40\nAn: P\nBetreff: Opt-out",
        "De : D V\nEnvoyé : lundi 17 janvier 2011 13:40\nÀ : P\nObjet : Opt-out",
        "De: D V\nEnviado el: lunes, 17 de enero de 2011 13:40\nPara: P\nAsunto: Opt-out",
        "*From:* D V\n*Sent:* Monday, January 17, 2011 1:40 PM\n*To:* P\n*Subject:* Opt-out",
        "From: D V\nTo: P\nSent: Mon Jan 17 13:40:10 2011\nSubject Opt-out",
        "发件人: D V\n发送时间: 2011年1月17日 13:40\n收件人: P\n主题: Opt-out",
    ],
)
def test_quoted_headers_in_many_languages(header: str) -> None:
    """Labels, order and marks differ; OCR loses a colon."""
    taken = taken_apart(f"Agreed.\n\n{header}\n\nCan a county opt out?")
    (quoted,) = taken.quoted
    assert (quoted.author, quoted.subject) == ("D V", "Opt-out")
    assert "2011-01-17T13:40:00" in [time.isoformat() for time in quoted.times]


def test_stamps_above_a_printed_message_do_not_make_its_header_a_quoted_one() -> None:
    """Released pages bear stamps above the message."""
    stamped = "UNCLASSIFIED U.S. Department of State\nCase No. F-1\nRELEASE IN PART\n" + OUTLOOK
    taken = taken_apart(stamped)
    assert taken.header is not None
    assert taken.header.author == "Palmer, David"
    assert len(taken.quoted) == 1


def test_a_header_of_somebody_else_below_a_remark_is_quoted() -> None:
    """``FYI`` above a header is a message passed on, if it is known who wrote it."""
    taken = taken_apart("FYI\n\n" + OUTLOOK, author="Counsel <counsel@ice.example>")
    assert taken.header is None
    assert [header.author.split(",")[0] for header in taken.quoted] == ["Palmer", "Venturella"]


def test_words_that_look_like_labels_stay_the_authors() -> None:
    """From: in a sentence or a list is no header."""
    text = "Travel plan\nFrom: Boston\nwe go on.\n\nTo be clear: subject to approval.\nHe wrote:\nnothing"
    assert [block for block in taken_apart(text).blocks if block.is_quoted] == []


def test_people_are_the_same_by_address_or_by_name() -> None:
    """Quoted headers name people as the mail program of somebody else knew them."""
    assert same_person("Palmer, David R", "David Palmer <dp@ice.example>")
    assert same_person("dp@ice.example", "x <DP@ice.example>")
    assert same_person("jon.palmer@ice.example", "Palmer, Jon")
    assert not same_person("Palmer", "Venturella")
    assert not same_person("Ann Smith", "Bob Smith")


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text_can_be_taken_apart(text: str) -> None:
    """Nothing in a message stops it."""
    taken_apart(text)


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "From: a b",
                "Sent: 1/1/2011 1:00",
                "To: c",
                "Subject: d",
                "> x",
                ">> y",
                "On 1/1/2011 1:00 a wrote:",
                "",
                "z",
            ]
        ),
        max_size=14,
    )
)
def test_what_is_no_mark_header_or_border_is_in_a_block(lines: list[str]) -> None:
    """No word that somebody wrote is lost."""
    blocks = taken_apart("\n".join(lines), author="Somebody Else").blocks
    said = " ".join(block.text for block in blocks).split()
    for word in ("x", "y", "z"):
        assert said.count(word) == sum(line.endswith(word) for line in lines)
