"""How the production deficiency report is laid out: the same content for paper, screen and spreadsheet."""

from __future__ import annotations

from vaughn.formats.report import (
    Block,
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
    written_as_html,
    written_as_pdf,
    written_as_xlsx,
)
from vaughn.model import Finding, Severity
from vaughn.receive.checks import FieldLine, FieldState
from vaughn.receive.report import CheckGroup, CodeGroup, DeficiencyReport, place_in_words

TITLE = "Production deficiency report"
# So many findings of one code stand on paper; the spreadsheet has them all.
ON_PAPER = 60
_TONES = {Severity.ERROR: Tone.ERROR, Severity.WARNING: Tone.WARNING, Severity.NOTE: Tone.NOTE}
_PLURALS = {Severity.ERROR: "errors", Severity.WARNING: "warnings", Severity.NOTE: "notes"}
_FIELD_TONES = {
    FieldState.FILLED: Tone.GOOD,
    FieldState.PARTLY: Tone.WARNING,
    FieldState.EMPTY: Tone.ERROR,
    FieldState.MISSING: Tone.ERROR,
    FieldState.NOBODY: Tone.PLAIN,
}
METHOD = (
    "Every load file was recognised by its content and read row by row; rows and files were joined by begin number. "
    "Each check compares what the load files say with each other and with the files received: numbers as ranges "
    "inside their prefix, page counts four ways (stated, listed, received, numbered), paths with files, hashes with "
    "bytes, printed numbers with the page list. Reading printed numbers allows for letters and digits that machines "
    "confuse. More than 100 equal faults of one load file are told as runs with their first and last place.",
    "Not checked here: redactions and their labels, near-duplicates and duplicates with different redactions, "
    "personal data left visible. This report says what was found in the files as received. It says nothing about "
    "why something is missing, and it is no legal advice.",
)


def laid_out(report: DeficiencyReport) -> Report:
    """Return *report* as pages and sheets."""
    source = report.source
    case, production = source.case, source.production
    where = " · ".join(part for part in (case.court, case.docket_number) if part)
    day = _day(source.made_at.date().isoformat())
    return Report(
        title=TITLE,
        kicker=" · ".join(part for part in (case.caption, where) if part),
        subtitle=f"{production.agency}: {production.name} · {day}",
        banner=source.order.banner if source.order is not None else None,
        facts=_facts(report),
        figures=_figures(report),
        summary=_summary(report),
        sections=_sections(report),
        sheets=_sheets(report),
        footer=f"{TITLE} · {production.name} · {day} · vaughn {source.version}",
        made_at=source.made_at,
        keywords=("production", "load file", production.agency),
    )


def report_pdf(report: DeficiencyReport) -> bytes:
    """Return the report as a tagged PDF."""
    return written_as_pdf(laid_out(report))


def report_html(report: DeficiencyReport) -> str:
    """Return the report as one HTML file."""
    return written_as_html(laid_out(report))


def report_xlsx(report: DeficiencyReport) -> bytes:
    """Return the report as a workbook: summary, findings, fields, ledger, load files."""
    return written_as_xlsx(laid_out(report))


_MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)


def _day(iso: str) -> str:
    """Return ``17 January 2011``: no reader takes the month for the day."""
    year, month, day = iso.split("-")
    return f"{int(day)} {_MONTHS[int(month) - 1]} {year}"


def _facts(report: DeficiencyReport) -> tuple[Fact, ...]:
    source = report.source
    production = source.production
    given = (
        ("Case", source.case.caption),
        ("Agency", production.agency),
        ("Court", source.case.court),
        ("Production", production.name),
        ("Docket", source.case.docket_number),
        ("Released", _day(production.released_on.isoformat())),
        ("Received as", production.source),
        ("Received", _day(production.received_at.date().isoformat())),
        ("Replaces", production.replaces),
        ("Held against", source.order.title if source.order is not None else "no order profile"),
    )
    return tuple(Fact(label, value) for label, value in given if value)


def _figures(report: DeficiencyReport) -> tuple[Figure, ...]:
    source = report.source
    balances = source.ledger.balances
    return (
        Figure(f"{source.documents:,}", "documents"),
        Figure(f"{source.pages:,}", "pages"),
        Figure(
            f"{report.total(Severity.ERROR):,}", "errors", Tone.ERROR if report.total(Severity.ERROR) else Tone.GOOD
        ),
        Figure(f"{report.total(Severity.WARNING):,}", "warnings", Tone.WARNING),
        Figure(f"{report.total(Severity.NOTE):,}", "notes", Tone.NOTE),
        Figure("yes" if balances else "no", "accounted for", Tone.GOOD if balances else Tone.ERROR),
    )


def _summary(report: DeficiencyReport) -> tuple[Block, ...]:
    run = [check for check in report.checks if check.number and check.reason is None]
    clean = sum(1 for check in run if not any(group.severity is not Severity.NOTE for group in check.groups))
    blocks: list[Block] = [
        Paragraph(
            f"{len(run)} checks were run on the files as received; {clean} of them found no error and no warning. "
            "Errors are things that are missing or contradict each other; warnings are things a person should look at; "
            "notes say what the program decided."
        )
    ]
    if report.worst:
        columns = (
            Column("Severity", 0),
            Column("What was found", 4),
            Column("Times", 0, is_number=True),
            Column("First place", 4, is_code=True),
            Column("What to ask for", 3),
        )
        rows = tuple(_worst_row(group) for group in report.worst)
        blocks.append(Table(columns, rows, caption="The most serious findings"))
    else:
        blocks.append(Paragraph("No error and no warning was found.", Tone.GOOD))
    if report.source.ledger.lines:
        blocks.append(_ledger_table(report))
    return tuple(blocks)


def _worst_row(group: CodeGroup) -> Row:
    first = group.findings[0]
    said = f"{group.title}. {first.message}" if group.total == 1 else f"{group.title}. First: {first.message}"
    return Row((group.severity.value, said, group.total, place_in_words(first), group.cure), _TONES[group.severity])


def _sections(report: DeficiencyReport) -> tuple[Section, ...]:
    source = report.source
    sections = [Section("What was checked", (_checks_table(report),))]
    if source.order is not None and source.fields:
        sections.append(Section("Ordered fields", _field_blocks(report)))
    found = [check for check in report.checks if check.groups]
    if found:
        sections.append(Section("Findings", (), tuple(_check_section(check) for check in found)))
    sections.append(Section("Load files", _load_file_blocks(report)))
    head = source.head or "none"
    sections.append(
        Section(
            "Method",
            (
                *(Paragraph(text) for text in METHOD),
                Paragraph(f"Made by vaughn {source.version} on {source.made_at.isoformat(timespec='seconds')}."),
                Paragraph(f"Last entry of the case's event log: {head}"),
            ),
        )
    )
    return tuple(sections)


def _checks_table(report: DeficiencyReport) -> Table:
    rows = []
    for check in report.checks:
        if check.reason is not None and not check.is_partly_run and not check.groups:
            rows.append(Row((str(check.number), check.title, f"not run: {check.reason}")))
            continue
        counts = [
            f"{check.total(one):,} {_PLURALS[one] if check.total(one) != 1 else one.value}"
            for one in Severity
            if check.total(one)
        ]
        result = ", ".join(counts) or "nothing found"
        if check.is_partly_run:
            result += f"; {check.reason}"
        worst = next((one for one in Severity if check.total(one)), None)
        rows.append(
            Row(
                (str(check.number or ""), check.title, result),
                Tone.GOOD if worst is None else _TONES[worst],
            )
        )
    columns = (Column("Check", 0), Column("What is compared", 3), Column("Result", 2))
    return Table(
        columns, tuple(rows), note="Numbers left out belong to checks of redactions, which are not part of this report."
    )


def _field_blocks(report: DeficiencyReport) -> tuple[Block, ...]:
    order = report.source.order
    assert order is not None  # noqa: S101 - called only where there is one
    columns = (
        Column("Ordered field", 2),
        Column("Owed", 2),
        Column("Column received", 2, is_code=True),
        Column("Should have it", 0, is_number=True),
        Column("Filled", 0, is_number=True),
        Column("Empty", 0, is_number=True),
        Column("State", 2),
    )
    unconfirmed = any(not line.spec.confirmed for line in report.source.fields)
    note = f"Source: {order.source}."
    if unconfirmed:
        note += (
            " Fields marked “not confirmed” are from recollection; nobody has checked them against the order’s text."
        )
    return (Table(columns, tuple(_field_row(line) for line in report.source.fields), order.title, note),)


def _field_row(line: FieldLine) -> Row:
    spec = line.spec
    owed = f"{spec.requirement.value}, {spec.applies_to}" + ("" if spec.confirmed else " (not confirmed)")
    tone = _FIELD_TONES[line.state]
    if tone is Tone.ERROR and not spec.confirmed:
        tone = Tone.WARNING
    return Row((spec.name, owed, line.column or "", line.owed, line.filled, line.empty, line.state.value), tone)


def _check_section(check: CheckGroup) -> Section:
    title = f"{check.number} · {check.title}" if check.number else check.title
    return Section(title, tuple(block for group in check.groups for block in _group_blocks(group)))


def _group_blocks(group: CodeGroup) -> tuple[Block, ...]:
    times = f"{group.total:,} times" if group.total != 1 else "once"
    caption = f"{group.code} · {group.title} ({group.severity.value}, {times}). {group.cure}"
    rows = tuple(Row((place_in_words(one), one.message, one.count), _TONES[one.severity]) for one in group.findings)
    columns = (Column("Place", 4, is_code=True), Column("What was found", 5), Column("Times", 0, is_number=True))
    kept = [0] if any(row.cells[0] for row in rows) else []
    kept += [1, 2] if any(one.count > 1 for one in group.findings) else [1]
    return (
        Table(
            tuple(columns[place] for place in kept),
            tuple(Row(tuple(row.cells[place] for place in kept), row.tone) for row in rows),
            caption,
            limit=ON_PAPER,
        ),
    )


def _ledger_table(report: DeficiencyReport) -> Table:
    columns = (
        Column("What is counted", 3),
        Column("Expected", 0, is_number=True),
        Column("What became of them", 4),
        Column("Balances", 0),
    )
    rows = tuple(
        Row(
            (
                line.subject,
                line.expected,
                ", ".join(f"{count:,} {name}" for name, count in line.parts),
                "yes" if line.balances else "no",
            ),
            Tone.GOOD if line.balances else Tone.ERROR,
        )
        for line in report.source.ledger.lines
    )
    return Table(columns, rows, "Every row, page and file of the input, and what became of it.")


def _load_file_blocks(report: DeficiencyReport) -> tuple[Block, ...]:
    source = report.source
    if not source.load_files:
        return (Paragraph(f"No load file came with the production; documents were made of {source.files:,} files."),)
    columns = (
        Column("File", 3, is_code=True),
        Column("Format", 0),
        Column("Rows", 0, is_number=True),
        Column("Columns", 0, is_number=True),
        Column("Read as", 3),
    )
    rows = tuple(Row((one.path, one.format, one.rows, len(one.columns), one.dialect)) for one in source.load_files)
    volumes = f"Volumes: {', '.join(source.volumes)}. " if source.volumes else ""
    return (Table(columns, rows, note=f"{volumes}{source.files:,} files were received."),)


def _sheets(report: DeficiencyReport) -> tuple[Sheet, ...]:
    source = report.source
    sheets = [Sheet("Findings", _findings_table(report))]
    if source.order is not None and source.fields:
        block = _field_blocks(report)[0]
        assert isinstance(block, Table)  # noqa: S101 - made two functions above
        sheets.append(Sheet("Fields", block))
    sheets.append(Sheet("Checks", _checks_table(report)))
    sheets.append(Sheet("Ledger", _ledger_table(report)))
    block = _load_file_blocks(report)[0]
    if isinstance(block, Table):
        sheets.append(Sheet("Load files", block))
    return tuple(sheets)


def _findings_table(report: DeficiencyReport) -> Table:
    columns = (
        Column("Severity"),
        Column("Check", is_number=True),
        Column("Code"),
        Column("Title"),
        Column("Message"),
        Column("Times", is_number=True),
        Column("File"),
        Column("Line", is_number=True),
        Column("Bates number"),
        Column("Column"),
        Column("What to ask for"),
    )
    rows = tuple(
        _finding_row(check, group, one) for check in report.checks for group in check.groups for one in group.findings
    )
    return Table(columns, rows)


def _finding_row(check: CheckGroup, group: CodeGroup, one: Finding) -> Row:
    place = one.place
    line: str | int = "" if place.line is None else place.line
    return Row(
        (
            one.severity.value,
            check.number,
            one.code,
            group.title,
            one.message,
            one.count,
            place.path or "",
            line,
            place.bates or "",
            place.field or "",
            group.cure,
        ),
        _TONES[one.severity],
    )
