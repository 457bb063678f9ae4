"""What a docket entry is, told by its text: a motion, an order, a reply; and what it says of others.

Clerks begin an entry with the name of the event, so the first words decide: the earliest name of an event wins,
and of two at one place the more specific. The measured error is in docs/explanation/measurements.md. An entry
that nothing fits is `OTHER`, never a guess. Nothing is judged across entries here: a chain that runs in a circle
is reported as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from vaughn.formats.docket.deadlines import SaidDay, days_in
from vaughn.formats.docket.filers import filers_in, initials_of, judge_in
from vaughn.formats.docket.references import EntryReference, Ruling, references_in, rulings_in, without_attachments

# Beyond these many letters a name of an event is no longer the name of this entry.
HEAD_LETTERS = 70
TAIL_LETTERS = 160
# The longest entry seen has 9,000 letters; what a text of megabytes says at its end nobody wrote for a docket.
MAX_LETTERS = 20_000


class EntryType(Enum):
    """What an entry is."""

    COMPLAINT = "complaint"
    ANSWER = "answer"
    MOTION = "motion"
    CROSS_MOTION = "cross-motion"
    MEMORANDUM = "memorandum"
    OPPOSITION = "opposition"
    REPLY = "reply"
    DECLARATION = "declaration"
    ORDER = "order"
    OPINION = "opinion"
    JUDGMENT = "judgment"
    STIPULATION = "stipulation"
    NOTICE_OF_APPEAL = "notice of appeal"
    STAY = "stay"
    MANDATE = "mandate"
    SETTLEMENT = "settlement"
    FEES = "fees"
    NOTICE = "notice"
    OTHER = "other"


class Topic(Enum):
    """What an entry is about, whatever it is."""

    STAY = "stay"
    FEES = "attorney's fees and costs"
    SETTLEMENT = "settlement"
    SUMMARY_JUDGMENT = "summary judgment"
    PRELIMINARY_INJUNCTION = "preliminary injunction"
    DISMISSAL = "dismissal"
    RECONSIDERATION = "reconsideration"
    EXTENSION = "extension of time"
    DISCOVERY = "discovery"
    APPEAL = "appeal"
    SEALING = "sealing"
    IN_CAMERA = "in camera review"
    WITHHOLDINGS_INDEX = "Vaughn index"


@dataclass(frozen=True, slots=True)
class EntryReading:
    """What the text of one entry says.

    Args:
        references: Other entries named, in order, each once.
        rulings: What was decided on which entry.
        filed_by: Names of who filed it, as printed.
        days: Days that something is due by or set for.
        judge: Name of the judge who signed or acted, without title; `judge_initials` are made from it.
    """

    type: EntryType
    topics: tuple[Topic, ...] = ()
    references: tuple[EntryReference, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    filed_by: tuple[str, ...] = ()
    days: tuple[SaidDay, ...] = ()
    judge: str | None = None
    judge_initials: str | None = None


_T = EntryType
_BY_THE_COURT = {_T.ORDER, _T.OPINION, _T.JUDGMENT, _T.STAY, _T.MANDATE}
# At one place the first rule wins: the specific stand before the general.
_RULES: tuple[tuple[EntryType, str], ...] = (
    (_T.OTHER, r"summons|certificates? of (?:service|mailing|no objection)|affidavits? of (?:service|mailing|"
     r"publication)|"
     r"proofs? of service|return of service|service returned|waiver of service|acknowledg\w+ of service|"
     r"(?:civil )?cover sheet|corporate disclosure|disclosure of corporate|statement of disclosure|"
     r"certificate of (?:interest|counsel|compliance)|rule [\d.]+ (?:corporate|certificate|statement)|"
     r"official transcript|transcripts?\b|minute entry|minute entries|(?:\[?proposed\]?|"
     r"text of proposed) (?:order|judgment)|"
     r"joint status|status report|case (?:assigned|reassigned|designat\w+|management statement|referred)|"
     r"mailing receipt|certified mail|filing fee|receipt|set/reset|deadlines?|docket annotation|"
     r"docketed cause|court deleted|note to attorney|notice to attorney|certified (?:true )?copy|exhibits?\b|"
     r"appendix|index of|"
     r"(?:rule 56\S* )?statement of (?:undisputed|material|issues|related|non-?opposition|genuine)|"
     r"jury (?:demand|instructions|verdict)|demand for|witness list|request for (?:issuance|summons)|"
     r"\w+ (?:conference|hearing) held|proceedings held|conference held|hearing held|schedule of actions\b"),
    (_T.NOTICE, r"notice of motion\b.{0,60}\bpresentment|"
     r"notice to (?:the )?parties|(?:notice of )?(?:attorney )?appearance"),
    (_T.NOTICE_OF_APPEAL, r"(?:amended |joint )?notice of (?:interlocutory |cross[- ]?)?appeal|"
     r"petition for permission to appeal"),
    (_T.MANDATE, r"(?:true copy of )?(?:usca )?mandates?\b"),
    (_T.CROSS_MOTION, r"(?:notice of )?cross[- ]?motions?\b"),
    (_T.SETTLEMENT, r"notice of (?:conditional )?settlement|settlement (?:agreement|stipulation)|"
     r"stipulation (?:and \S+ )?of settlement|joint notice of settlement"),
    (_T.FEES, r"bill of costs|costs taxed|taxation of costs|fee stipulation|application for (?:attorney|costs)"),
    (_T.STAY, r"(?:interim |temporary |administrative )?stay (?:order|granted|is granted|entered|of proceedings)|"
     r"(?:interim|temporary|administrative) stay\b|order(?:s|ed)? (?:temporarily )?(?:staying|to stay)\b|"
     r"order granting [^.;]{0,40}\b(?:motion (?:to|for) )?(?:a )?stay\b"),
    (_T.ORDER, r"orders? (?:on|granting|denying|adopting|re|regarding|setting|approving|of)\b|order to show cause|"
     r"memo(?:randum)? endors\w+|endorsed letter|report and recommendations?|findings and recommendations?|"
     r"(?:\w+ )?minute order|(?:case )?(?:management|scheduling|pretrial|protective|standing|docket control) order"),
    (_T.OPINION, r"(?:memorandum |per curiam |slip |amended |redacted )?opinions?\b|memorandum (?:and|&) order|"
     r"memorandum(?: and)? decision|decision and order|findings of fact|order and opinion"),
    (_T.STIPULATION, r"(?:joint |proposed )?stipulat\w+|consent decree"),
    (_T.REPLY, r"(?:letter |sur-?)?repl(?:y|ies)\b"),
    (_T.OPPOSITION, r"(?:letter )?(?:oppositions?|opposing)\b|(?:letter )?responses?(?:/repl(?:y|"
     r"ies))? (?:\(non[^)]*\) )?"
     r"(?:in opposition|to (?:\S+ ){0,6}?motions?|re:? (?:\S+ ){0,6}?motions?)|responses? in (?:opposition|"
     r"partial opposition)|"
     r"objections?\b|brief in opposition|counter-?statement"),
    (_T.DECLARATION, r"(?:supplemental |amended |second |third |reply )?(?:declarations?|affidavits?|"
     r"affirmations?|affirmed)\b"),
    (_T.ANSWER, r"(?:amended |joint |first amended )?answers?\b"),
    (_T.MOTION, r"notice of motion|(?:letter |joint |sealed |consent |unopposed |emergency |administrative |"
     r"ex parte )*"
     r"motions?\b|applications? (?:for|to)\b|ex parte application|request for judicial notice|"
     r"petition for (?:re)?hearing"),
    (_T.JUDGMENT, r"(?:clerk'?s |final |default |partial |consent )*judgments?\b"),
    (_T.MEMORANDUM, r"memorand(?:um|a)\b|(?:opening |trial |supplemental |amicus |amicus curiae )?briefs?\b|"
     r"points and authorities"),
    (_T.COMPLAINT, r"(?:first |second |third |amended |third[- ]party |class action |supplemental |"
     r"consolidated )*complaints?\b|"
     r"petition for (?:writ|review|a writ)|counterclaims?\b"),
    (_T.NOTICE, r"notices?\b"),
    (_T.ORDER, r"(?:clerk'?s |per curiam |hearing |usca )?orders?\b|so ordered"),
    (_T.OTHER, r"letters?\b|consents?\b|statements?\b|responses?\b|requests?\b|reports?\b|lists?\b|disclosures?\b|"
     r"remarks?\b|documents?\b|subpoenas?\b|verdicts?\b|designat\w+"),
)  # fmt: skip
_COMPILED = tuple((kind, re.compile(rf"(?<![\w-])(?:{pattern})", re.I)) for kind, pattern in _RULES)
# What stands before the name of the event and says nothing about it.
_NOISE = re.compile(
    r"^(?:[\W_]+|(?:entered|filed|docketed) in error[\s.:-]*|filed\s*\(ecf\)|filed\b|received\b|terminated\b|"
    r"corrected|amended(?=\s+(?:motion|order|notice|declar|stipul|memor|opinion|reply|respon))|redacted document\W+|"
    r"sealed(?:\s+document\W+)?(?=\w)|under seal|public entry|utility)\s*",
    re.I,
)
_OPPOSING = re.compile(r"\bin (?:partial )?opposition\b|\bopposing\b", re.I)
_OF_REPLY = re.compile(r"\breply\b", re.I)
_COURT_SPEAKS = re.compile(r"\b(?:it is )?(?:hereby )?ordered\b|\bsigned by\b.{0,40}\bjudge\b|\bendorsement\b", re.I)
_STAYS = re.compile(
    r"\b(?:is|are|hereby)\s+(?:hereby\s+)?stayed\b|\bstay(?:s|ing)\b.{0,40}\b(?:order|proceedings|case|action)", re.I
)
_TOPICS: tuple[tuple[Topic, re.Pattern[str]], ...] = tuple(
    (topic, re.compile(pattern, re.I))
    for topic, pattern in (
        (Topic.STAY, r"\bstay(?:ed|s|ing)?\b"),
        (
            Topic.FEES,
            r"\b(?:attorneys?'?s?'? fees?|bill of costs|fees and costs|costs taxed|fee (?:motion|stipulation))",
        ),
        (Topic.SETTLEMENT, r"\bsettle(?:ment|d)?\b"),
        (Topic.SUMMARY_JUDGMENT, r"\bsummary (?:judgment|adjudication)\b"),
        (Topic.PRELIMINARY_INJUNCTION, r"\bpreliminary injunction\b|\btemporary restraining order\b|\btro\b"),
        (Topic.DISMISSAL, r"\bdismiss(?:al|ed|ing)?\b"),
        (Topic.RECONSIDERATION, r"\breconsider\w*|\brehearing\b|\breargument\b"),
        (
            Topic.EXTENSION,
            r"\bextension of time\b|\bextend(?:ing)? (?:the )?(?:time|deadline)|\benlargement of time\b|\badjourn",
        ),
        (Topic.DISCOVERY, r"\bdiscovery\b|\b56\(d\)|\bcompel\b|\bdeposition|\bsubpoena"),
        (Topic.APPEAL, r"\bappeals?\b|\busca\b"),
        (Topic.SEALING, r"\b(?:under |file )?seal(?:ed|ing)?\b"),
        (Topic.IN_CAMERA, r"\bin camera\b"),
        (Topic.WITHHOLDINGS_INDEX, r"\bvaughn (?:index|declaration|affidavit)"),
    )
)


def entry_type(text: str) -> EntryType:
    """Return what the entry with *text* is."""
    head = " ".join(without_attachments(text).split())
    while (noise := _NOISE.match(head)) is not None and noise.end():
        head = head[noise.end() :]
    best: tuple[int, int] | None = None
    for rank, (_, pattern) in enumerate(_COMPILED):
        match = pattern.search(head, 0, HEAD_LETTERS + 40)
        if match is not None and match.start() <= HEAD_LETTERS and (best is None or (match.start(), rank) < best):
            best = (match.start(), rank)
    if best is None:
        return EntryType.ORDER if _COURT_SPEAKS.search(head[:TAIL_LETTERS]) else EntryType.OTHER
    return _refined(_COMPILED[best[1]][0], head)


def _refined(kind: EntryType, head: str) -> EntryType:
    """Return the kind with what follows taken into account: a memorandum in opposition opposes."""
    following = head[:TAIL_LETTERS]
    if kind is EntryType.MEMORANDUM:
        if _OF_REPLY.search(following[:40]):
            return EntryType.REPLY
        if _OPPOSING.search(following):
            return EntryType.OPPOSITION
    if kind is EntryType.ORDER and _STAYS.search(following):
        return EntryType.STAY
    return kind


def topics_in(text: str) -> tuple[Topic, ...]:
    """Return what the entry is about."""
    said = without_attachments(text)
    return tuple(topic for topic, pattern in _TOPICS if pattern.search(said))


def read_entry_text(text: str, *, parties: Sequence[str] = ()) -> EntryReading:
    """Return what the text of an entry says.

    Args:
        parties: Names of the case's parties: with them, who filed it is told apart reliably.
    """
    text = text[:MAX_LETTERS]
    judge, kind = judge_in(text), entry_type(text)
    return EntryReading(
        kind,
        topics_in(text),
        references_in(text),
        rulings_in(text),
        filers_in(text, parties=parties) if kind not in _BY_THE_COURT else (),
        days_in(text),
        judge,
        initials_of(judge) if judge else None,
    )
