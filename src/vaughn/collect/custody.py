"""The receipt of a taking in: who handed over what when, how it is proved, what became of it, what did not come in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from vaughn.collect.account import Account, Fate
from vaughn.collect.exceptions import ExceptionRow
from vaughn.collect.rules import Rules
from vaughn.formats.report import (
    Column,
    Fact,
    Figure,
    Paragraph,
    Report,
    Row,
    Section,
    Sheet,
    Table,
    Tone,
    written_as_pdf,
    written_as_xlsx,
)
from vaughn.model import Handover, Ledger, Severity

READ_ONLY = (
    "Every file was opened for reading only, copied byte for byte, and stored read-only under its SHA-256. "
    "No original was changed, moved, renamed or run, and no link or remote address was followed."
)
TITLE = "Receipt for records"
NOT_PROVED = "The hashes of the stored files do not agree with those of the originals, or were not made to the end."
_LINE = "_" * 44 + "    Day: " + "_" * 16
# Longer values do not fit beside another one.
_FITS = 40
# So many rows stand on paper; the spreadsheet has them all.
_ON_PAPER = 400
_TONES = {Severity.ERROR: Tone.ERROR, Severity.WARNING: Tone.WARNING, Severity.NOTE: Tone.NOTE}


@dataclass(frozen=True, slots=True)
class Receipt:
    """What is printed: the handover, the account, what did not come in, and the head of the event log.

    Args:
        head: Sequence and hash of the last event; whoever has it can tell whether the case was rewritten.
    """

    case: str
    name: str
    handover: Handover
    account: Account
    ledger: Ledger
    exceptions: Sequence[ExceptionRow]
    head: str
    made_at: datetime

    @property
    def is_proved(self) -> bool:
        """Whether the hashes of the stored files are those of the originals."""
        return self.handover.digest_before is not None and self.handover.digest_before == self.handover.digest_after


def receipt_lines(receipt: Receipt) -> tuple[tuple[str, str], ...]:
    """Return the facts of the handover, each with its name; what is not known is left out."""
    given = receipt.handover
    rules = Rules.from_json(given.rules)
    lists = [f"{name} ({count:,} hashes)" for name, count in rules.hash_lists]
    found = (
        ("Handed over by", given.from_whom),
        ("Received by", given.received_by),
        ("Day", given.handed_on.isoformat()),
        ("Custodian", given.custodian),
        ("Device", given.device),
        ("Medium", given.medium),
        ("Note", given.note),
        ("Lay at", given.root),
        ("Files", None if given.files is None else f"{given.files:,}"),
        ("Bytes", None if given.size_bytes is None else f"{given.size_bytes:,}"),
        ("Hash list before copying (SHA-256)", given.digest_before),
        ("Hash list of what is stored (SHA-256)", given.digest_after),
        ("Left out by pattern", ", ".join(rules.patterns) or None),
        ("Left out by hash", ", ".join(lists) or None),
        ("Finished", given.finished_at.strftime("%Y-%m-%d %H:%M UTC") if given.finished_at else None),
        ("Head of the event log", receipt.head),
    )
    return tuple((name, value) for name, value in found if value is not None)


def receipt_pdf(receipt: Receipt) -> bytes:
    """Return the receipt as a tagged PDF, with room to sign."""
    return written_as_pdf(laid_out(receipt))


def receipt_xlsx(receipt: Receipt) -> bytes:
    """Return account and exceptions as a workbook, every row of them."""
    return written_as_xlsx(laid_out(receipt))


def laid_out(receipt: Receipt) -> Report:
    """Return the receipt as pages and sheets."""
    problems, types = _exceptions(receipt.exceptions), _types(receipt.account)
    lines = receipt_lines(receipt)
    short = [Fact(name, value) for name, value in lines if len(value) <= _FITS]
    long = tuple(Row((name, value)) for name, value in lines if len(value) > _FITS)
    proof = Table((Column("", 1), Column("", 3, is_code=True)), long, "Hashes and rules")
    return Report(
        title=TITLE,
        kicker=receipt.case,
        subtitle=receipt.name,
        banner=None if receipt.is_proved else NOT_PROVED,
        facts=tuple(short),
        figures=_figures(receipt),
        summary=(proof, Paragraph(READ_ONLY), *(Paragraph(f"{name}: {_LINE}") for name in ("Handed over", "Received"))),
        sections=(
            Section("What became of every file", (_ledger(receipt.ledger),)),
            Section("By type", (types,)),
            Section("What did not come in, or not whole", (problems,)),
        ),
        sheets=(Sheet("Ledger", _tree(receipt.account)), Sheet("By type", types), Sheet("Exceptions", problems)),
        footer=f"{TITLE} · {receipt.name}",
        made_at=receipt.made_at,
        keywords=("chain of custody", receipt.name),
    )


def _figures(receipt: Receipt) -> tuple[Figure, ...]:
    whole = receipt.account
    lost = whole.count(Fate.REFUSED) + whole.count(Fate.FAILED)
    return (
        Figure(f"{whole.expected:,}", "files handed over"),
        Figure(f"{whole.count(Fate.TAKEN_IN) + whole.count(Fate.DUPLICATE):,}", "taken in", Tone.GOOD),
        Figure(f"{lost:,}", "refused or failed", Tone.ERROR if lost else Tone.PLAIN),
        Figure("yes" if whole.balances else "no", "adds up", Tone.GOOD if whole.balances else Tone.ERROR),
    )


def _ledger(ledger: Ledger) -> Table:
    columns = (
        Column("what came in", 3, is_code=True),
        Column("count", 0, is_number=True),
        Column("became", 3),
        Column("adds up", 0),
    )
    rows = tuple(
        Row(
            (
                line.subject,
                line.expected,
                " + ".join(f"{count:,} {name}" for name, count in line.parts) or "0",
                "yes" if line.balances else "NO",
            ),
            Tone.PLAIN if line.balances else Tone.ERROR,
        )
        for line in ledger.lines
    )
    note = "The workbook of `vaughn exceptions --xlsx` has a row for each container and each document with parts."
    return Table(columns, rows, "The whole, each container, and what stood inside documents", note, limit=_ON_PAPER)


def _tree(account: Account) -> Table:
    columns = (
        Column("where", 4, is_code=True),
        Column("expected", 0, is_number=True),
        *(Column(fate.value, 0, is_number=True) for fate in Fate),
        Column("adds up", 0),
    )
    rows = []
    for one in account.walk():
        is_even = one.expected == one.accounted
        cells = (one.name, one.expected, *(one.count(fate) for fate in Fate), "yes" if is_even else "NO")
        rows.append(Row(cells, Tone.PLAIN if is_even else Tone.ERROR))
    return Table(columns, tuple(rows), "Each container and what became of its members", limit=_ON_PAPER)


def _types(account: Account) -> Table:
    found: dict[str, dict[Fate, int]] = {}
    for one in account.walk():
        for counted in one.by_type:
            fates = found.setdefault(counted.name or "without bytes", {})
            fates[counted.fate] = fates.get(counted.fate, 0) + counted.count
    columns = (Column("type", 3, is_code=True), *(Column(fate.value, 0, is_number=True) for fate in Fate))
    rows = tuple(Row((name, *(fates.get(fate, 0) for fate in Fate))) for name, fates in sorted(found.items()))
    return Table(columns, rows, "Files by media type", limit=_ON_PAPER)


def _exceptions(exceptions: Sequence[ExceptionRow]) -> Table:
    columns = (
        Column("file", 3, is_code=True),
        Column("code", 0),
        Column("what is wrong", 3),
        Column("what to try", 3),
    )
    rows = tuple(Row((row.path, row.code, row.message, row.cure), _TONES[row.severity]) for row in exceptions)
    return Table(columns, rows, "Exceptions", limit=_ON_PAPER)
