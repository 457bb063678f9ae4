"""What docs/reference/clock-rules.md says, made from model/jurisdictions/federal.toml.

`python tools/docs_clock.py` rewrites the page; a test fails when it differs from the program.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from vaughn.model import Calendar, ClockRule, RuleKind, RuleVersion, Term, federal, in_force

PAGE = Path(__file__).resolve().parents[1] / "docs" / "reference" / "clock-rules.md"

HEAD = """# Rules of time

<!-- Made by tools/docs_clock.py from src/vaughn/model/jurisdictions/federal.toml: change it there. -->

`vaughn clock RULE --from DATE` counts by these rules; [Deadlines](../how-to/deadlines.md) shows how.
A rule has versions: a count that starts on a day follows the version in force on that day.
Where it says **not confirmed**, nobody has checked the source, and the program says so wherever it shows the date.
The program counts; it gives no legal advice.

## How days are counted

| what | how |
|---|---|
| trigger day | The day of the event is not counted. |
| working days | Saturdays, Sundays and legal public holidays are left out. |
| calendar days | Every day counts. |
| months, years | The same day of a later month or year; 31 becomes the last day of a shorter month. |
| rolled forward | A last day on a weekend or holiday moves on to the next working day, where the rule says so. Where it does not, the program rolls forward all the same, marks the date as not confirmed and tells the earlier day: whoever must act is safe only before the weekend. |
| paused (tolled) | The days from the first to the last day of the pause do not count, both included. |
| extended | The days of the extension are counted after those of the limit. |
| stayed | A day that an order names and that falls into a stay, or had passed unmet before it, becomes the last day of the stay; of a counted period the days of the stay do not count. Only the order that ends a stay can say what is due, so the result is not confirmed. |
"""

CALENDAR_HEAD = """
## The calendar

Holidays come from the package `holidays`, version 0.109 or later, category `public`: the legal public holidays with the days on which they are observed, such as 31 December 2010 for New Year's Day 2011.
Closures by executive order (24 December, days of mourning, snow) are no legal holidays and count as working days.
"""

RULES_HEAD = """
## Federal rules

"""

FILE = """
## A jurisdiction's file

A jurisdiction is one TOML file in UTF-8; `vaughn clock RULE --from DATE --jurisdiction FILE` counts by it.
A mistake in it is told with file, rule and key.

| at the top | value |
|---|---|
| `id`, `title` | A short name for programs, and one for people. |
| `source` | What the rules were taken from. |
| `notice` | A sentence shown below every date, for example that it is no legal advice. |
| `[calendar]` | The working days, one table. |
| `[[rules]]` | The rules, one table each. |

| in `[calendar]` | value | if left out |
|---|---|---|
| `country`, `subdivision` | As the package `holidays` calls them: `"US"`, `"CA"`. | `country` is needed; no subdivision |
| `categories` | Categories of the package. `government` adds closures that are no legal holidays. | `["public"]` |
| `known_from`, `known_until` | The days the calendar answers for, both included, without quotation marks; other days are refused. | An error. |
| `weekend` | Days of the week without work. | `["Saturday", "Sunday"]` |
| `[[calendar.add]]`, `[[calendar.remove]]` | Single days that the package lacks or has too much: `day`, `name`, `citation`. | None. |

| in `[[rules]]` | value |
|---|---|
| `id` | What is written after `vaughn clock`. |
| `title` | What is due. |
| `kind` | `limit`: something is due. `pause`: stops a limit. `extension`: lengthens a limit. `opening`: something may be done from a day on. |
| `starts` | The event after which the count begins. |
| `bound` | Whom the rule binds. |
| `[[rules.versions]]` | Its versions, the oldest first; they may not overlap. |

| in `[[rules.versions]]` | value | if left out |
|---|---|---|
| `from`, `until` | First and last day of the trigger for which the version holds, both included. | Open. |
| `count` | `working days`, `calendar days`, `months` or `years`. Not for a pause. | An error. |
| `number` | How many. | An error, but for `number_is_given`. |
| `number_is_given` | `true`: an order names the number, and `--number` gives it. | `false` |
| `citation` | Where it stands. | An error. |
| `confirmed` | `true` once somebody has read the source. | An error. |
| `rolls` | `true`: a last day on a weekend or holiday rolls forward. | `false` |
| `rolls_confirmed` | `false`: the source does not say that it rolls. | `true` |
| `working_below` | Shorter periods of calendar days are counted in working days. | Never. |
| `paused_by` | Rules of kind `pause` that may stop it; the first is meant where `--toll` names none. | None. |
| `extended_by` | The rule of kind `extension` that lengthens it. | None. |
| `opens` | The rule of kind `opening` that follows when it is missed. | None. |
| `times` | How often a pause may be used. | As often as needed. |
| `starts_within` | Calendar days after the first receipt by any office in which the count starts at the latest (`--first-received`). | No such rule. |
| `ends_at` | The time of day at which the last day ends. | Nothing is said. |
| `note` | What else must be known. | Nothing is said. |
| `[[rules.versions.agencies]]` | `agency` and its own `count`, `number`, `citation`, `confirmed`, `ends_at`, `note`. | None. |
"""


def page() -> str:
    """Return the whole page."""
    law = federal()
    rules = "".join(line for rule in law.rules for line in _rule(rule))
    return HEAD + CALENDAR_HEAD + _range(law.calendar) + RULES_HEAD + rules.lstrip("\n") + FILE


def _range(calendar: Calendar) -> str:
    return (
        f"The calendar answers for {calendar.first.isoformat()} to {calendar.last.isoformat()}; "
        "it was [compared day by day](../explanation/measurements.md#due-dates) with the rules of 5 U.S.C. 6103.\n"
        "Days to come assume that no holiday is added.\n"
    )


def _rule(rule: ClockRule) -> Iterator[str]:
    yield f"\n### {rule.id}\n\n{rule.title}.\n"
    yield f"Kind: {rule.kind.value}. Starts with: {rule.starts}. Binds: {rule.bound}.\n\n"
    yield "| in force | how long | source | confirmed | remarks |\n|---|---|---|---|---|\n"
    for version in rule.versions:
        yield _row(in_force(version), rule, version, version.term)
        for own in version.agencies:
            yield _row(f"{own.agency}, {in_force(version)}", rule, version, own.term)


def _row(when: str, rule: ClockRule, version: RuleVersion, term: Term) -> str:
    number = "the ordered number of" if term.number is None else str(term.number)
    length = "as long as it takes" if rule.kind is RuleKind.PAUSE else f"{number} {term.count.value}"
    confirmed = "yes" if term.confirmed else "**not confirmed**"
    remarks = " ".join(_remarks(version, term))
    return f"| {when} | {length} | {term.citation} | {confirmed} | {remarks} |\n"


def _remarks(version: RuleVersion, term: Term) -> Iterator[str]:
    if term.note:
        yield term.note
    if version.rolls:
        yield "Rolls forward." if version.rolls_confirmed else "Rolls forward (not confirmed)."
    if term.ends_at:
        yield f"The last day ends {term.ends_at}."
    if version.paused_by:
        yield f"May be paused by {', '.join(version.paused_by)}."
    if version.extended_by:
        yield f"May be extended by {version.extended_by}."
    if version.opens:
        yield f"If missed: {version.opens}."
    if version.times is not None:
        yield "Once." if version.times == 1 else f"{version.times} times."


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
