"""What a file about a court docket says, as values: the case, its parties, its entries.

`None` is "the file does not say". Texts are as received, white space drawn together; nothing is judged here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from vaughn.model import Finding


class DocketKind(Enum):
    """What kind of file told it."""

    DISTRICT = "docket report"
    HISTORY = "history report"
    APPELLATE = "appellate docket"
    ATTACHMENTS = "attachment page"
    OPINIONS = "opinions report"
    RECAP_XML = "RECAP XML"
    RECAP_JSON = "RECAP JSON"
    NOTICE = "notice of electronic filing"
    FEED = "court feed"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class DocketFact:
    """A labelled statement that has no field of its own, e.g. ``Demand`` ``$0``."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class DocketAttorney:
    """A lawyer of a party.

    Args:
        roles: As printed, e.g. ``LEAD ATTORNEY``, ``TERMINATED: 10/13/2009``.
        contact: Firm, address, telephone, e-mail: one line each. Personal data: not for publication.
    """

    name: str
    roles: tuple[str, ...] = ()
    contact: str = ""


@dataclass(frozen=True, slots=True)
class DocketParty:
    """A party and who represents it.

    Args:
        role: As printed, e.g. ``Plaintiff``, ``Defendant - Appellant``; `None` if the docket gives none.
        extra: What else stands under the name: capacity, aliases, termination; one line each.
    """

    name: str
    role: str | None = None
    attorneys: tuple[DocketAttorney, ...] = ()
    date_terminated: date | None = None
    extra: str = ""


@dataclass(frozen=True, slots=True)
class DocketAttachment:
    """One attachment of an entry.

    Args:
        number: Counted from 1, as in ``Dkt. 29-1``.
        size_text: Size as printed, e.g. ``1.1 MB``; `size_bytes` is exact where the page knows it.
    """

    number: int | None
    description: str = ""
    pacer_doc_id: str | None = None
    pacer_seq_no: str | None = None
    page_count: int | None = None
    size_bytes: int | None = None
    size_text: str | None = None
    date_filed: date | None = None


@dataclass(frozen=True, slots=True)
class DocketEntryRead:
    """One entry as the file tells it.

    Args:
        number: As printed; `None` for an entry without a number.
        pacer_doc_id: The court's id of the main document, its fourth digit 0 (1 asks for the attachment page).
        moment: When it was entered, if the file says it to the second.
        url: Address of the document as received. A notice's address may hold a free look: not for publication.
        line: Line or row of the file the entry begins in, from 1.
    """

    number: str | None
    date_filed: date | None = None
    date_entered: date | None = None
    description: str = ""
    short_description: str = ""
    pacer_doc_id: str | None = None
    pacer_seq_no: str | None = None
    attachments: tuple[DocketAttachment, ...] = ()
    page_count: int | None = None
    size_bytes: int | None = None
    size_text: str | None = None
    moment: datetime | None = None
    url: str | None = None
    line: int | None = None
    facts: tuple[DocketFact, ...] = ()


@dataclass(frozen=True, slots=True)
class LowerCourt:
    """What an appellate docket says of the court appealed from."""

    court_id: str | None = None
    docket_number: str | None = None
    assigned_to: str | None = None
    ordering_judge: str | None = None
    court_reporter: str | None = None
    date_filed: date | None = None
    date_disposed: date | None = None
    disposition: str | None = None
    date_judgment: date | None = None
    date_judgment_eod: date | None = None
    date_filed_noa: date | None = None
    date_received_coa: date | None = None


@dataclass(frozen=True, slots=True)
class NoticeRecipient:
    """Who was told of a filing by e-mail. Personal data: not for publication."""

    name: str
    addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DocketFile:
    """One case as one file tells it.

    Args:
        court_id: Short name of the court, e.g. ``nysd``, ``ca2``.
        docket_number: Without judges' initials, e.g. ``1:10-cv-03488``; as printed if it has another form.
        judge_initials: What stood behind the number: the assigned judge, then the one referred to.
        defendant_number: The part of a criminal number that names one defendant.
        case_name: Short form: without "et al", "v." between the sides.
        caption: As printed.
        facts: Labelled statements without a field of their own, in order.
        findings: Of the whole file; only the first case of a file carries them.
        others: Further cases in the same file (feeds, opinions, notices); theirs is empty.
    """

    kind: DocketKind
    court_id: str | None = None
    docket_number: str | None = None
    judge_initials: tuple[str, ...] = ()
    defendant_number: str | None = None
    pacer_case_id: str | None = None
    case_name: str | None = None
    caption: str | None = None
    date_filed: date | None = None
    date_terminated: date | None = None
    date_last_filing: date | None = None
    assigned_to: str | None = None
    referred_to: str | None = None
    cause: str | None = None
    nature_of_suit: str | None = None
    jury_demand: str | None = None
    jurisdiction: str | None = None
    parties: tuple[DocketParty, ...] = ()
    entries: tuple[DocketEntryRead, ...] = ()
    lower_court: LowerCourt | None = None
    recipients: tuple[NoticeRecipient, ...] = ()
    facts: tuple[DocketFact, ...] = ()
    findings: tuple[Finding, ...] = ()
    others: tuple[DocketFile, ...] = ()

    def cases(self) -> Iterator[DocketFile]:
        """Yield this case and the others of the file."""
        yield self
        yield from self.others

    def fact(self, label: str) -> str | None:
        """Return the value of the first fact called *label*, upper and lower case alike."""
        wanted = label.casefold()
        return next((fact.value for fact in self.facts if fact.label.casefold() == wanted), None)
