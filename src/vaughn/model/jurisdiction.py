"""What stands in a jurisdiction's file: TOML in, rules with their versions and a calendar out; ``federal`` is shipped.

`docs/reference/clock-rules.md` lists the keys; `docs/how-to/deadlines.md` adds a state.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from itertools import pairwise

from vaughn.model.calendar import WEEKDAYS, Calendar, CalendarDay, CalendarSpec, calendar_of
from vaughn.model.clock_rules import (
    MOST,
    AgencyTerm,
    ClockRule,
    Count,
    Jurisdiction,
    RuleKind,
    RuleVersion,
    Term,
    in_force,
)
from vaughn.model.errors import InputError
from vaughn.model.settings import SettingsTable, read_settings

HINT = "The keys of a jurisdiction's file are listed in docs/reference/clock-rules.md."
TOP_KEYS = ("id", "title", "source", "notice", "calendar", "rules")
CALENDAR_KEYS = ("country", "subdivision", "categories", "known_from", "known_until", "weekend", "add", "remove")
DAY_KEYS = ("day", "name", "citation")
RULE_KEYS = ("id", "title", "kind", "starts", "bound", "versions")
TERM_KEYS = ("count", "number", "citation", "confirmed", "ends_at", "note")
VERSION_KEYS = (
    *TERM_KEYS, "from", "until", "number_is_given", "rolls", "rolls_confirmed", "working_below", "paused_by",
    "extended_by", "opens", "times", "starts_within", "agencies",
)  # fmt: skip


@cache
def federal() -> Jurisdiction:
    """Return the rules of the United States government: the Freedom of Information Act and the federal courts."""
    entry = files("vaughn.model") / "jurisdictions" / "federal.toml"
    return read_jurisdiction(entry.read_text("utf-8"), file="federal.toml")


def read_jurisdiction(text: str, *, file: str) -> Jurisdiction:
    """Return the jurisdiction that *text* describes; *file* is the file's name.

    Raises:
        InputError: If a key is unknown, missing or has a value it cannot have, versions overlap, or a rule names
            another that is not there. The message names file, rule and key.
    """
    whole = read_settings(text, file=file, hint=HINT)
    whole.only(*TOP_KEYS)
    rules = tuple(_rule(part) for part in whole.tables("rules"))
    if not rules:
        raise whole.wrong("rules", "is missing: a jurisdiction has at least one [[rules]]")
    for place, rule in enumerate(rules):
        if rule.id.casefold() in {earlier.id.casefold() for earlier in rules[:place]}:
            raise whole.wrong("rules", f"has two rules called {rule.id}")
    _check_references(rules, whole)
    return Jurisdiction(
        id=whole.text("id"),
        title=whole.text("title"),
        source=whole.text("source"),
        notice=whole.text("notice"),
        calendar=_calendar(whole.table("calendar"), whole.text("title")),
        rules=rules,
    )


def _calendar(part: SettingsTable, title: str) -> Calendar:
    part.only(*CALENDAR_KEYS)
    first, last = part.day("known_from"), part.day("known_until")
    if last < first:
        raise part.wrong("known_until", "is earlier than known_from")
    if last.year - first.year > 200:
        raise part.wrong("known_until", "is more than 200 years after known_from")
    days = {name.casefold(): number for number, name in enumerate(WEEKDAYS)}
    weekend = part.texts("weekend") or ("Saturday", "Sunday")
    for name in weekend:
        if name.casefold() not in days:
            raise part.wrong("weekend", f"{name!r} is no day of the week; possible are {', '.join(WEEKDAYS)}")
    if len({name.casefold() for name in weekend}) == len(WEEKDAYS):
        raise part.wrong("weekend", "leaves no working day")
    spec = CalendarSpec(
        name=title,
        country=part.text("country"),
        first=first,
        last=last,
        subdivision=part.maybe_text("subdivision"),
        categories=part.texts("categories") or ("public",),
        weekend=tuple(sorted(days[name.casefold()] for name in weekend)),
        added=tuple(_calendar_day(one) for one in part.tables("add")),
        removed=tuple(_calendar_day(one) for one in part.tables("remove")),
    )
    try:
        return calendar_of(spec)
    except InputError as error:
        raise part.wrong("country, subdivision, categories", f"do not go together. {error.message}") from error


def _calendar_day(part: SettingsTable) -> CalendarDay:
    part = part.named(f"[calendar], {part.place}")
    part.only(*DAY_KEYS)
    return CalendarDay(part.day("day"), part.text("name"), part.text("citation"))


def _rule(part: SettingsTable) -> ClockRule:
    rule_id = part.text("id")
    part = part.named(f"rule {rule_id}")
    part.only(*RULE_KEYS)
    kind = part.choice("kind", RuleKind)
    versions = tuple(
        _version(table.named(f"rule {rule_id}, version {number}"), kind)
        for number, table in enumerate(part.tables("versions"), start=1)
    )
    if not versions:
        raise part.wrong("versions", "is missing: a rule has at least one [[rules.versions]]")
    for earlier, later in pairwise(versions):
        if earlier.valid_until is None or later.valid_from is None or later.valid_from <= earlier.valid_until:
            raise part.wrong("versions", f"overlap or are not in order: {in_force(earlier)}, then {in_force(later)}")
    return ClockRule(
        id=rule_id,
        title=part.text("title"),
        kind=kind,
        starts=part.text("starts"),
        bound=part.text("bound"),
        versions=versions,
    )


def _version(part: SettingsTable, kind: RuleKind) -> RuleVersion:
    part.only(*VERSION_KEYS)
    start, end = part.maybe_day("from"), part.maybe_day("until")
    if start is not None and end is not None and end < start:
        raise part.wrong("until", "is earlier than from")
    term = _term(part, kind, is_given=part.flag("number_is_given", missing=False))
    if not term.count.is_days and part.texts("paused_by"):
        raise part.wrong("paused_by", "is only for limits counted in days")
    return RuleVersion(
        valid_from=start,
        valid_until=end,
        term=term,
        rolls=part.flag("rolls", missing=False),
        rolls_confirmed=part.flag("rolls_confirmed", missing=True),
        working_below=part.maybe_number("working_below", 366),
        paused_by=part.texts("paused_by"),
        extended_by=part.maybe_text("extended_by"),
        opens=part.maybe_text("opens"),
        times=part.maybe_number("times", 1000),
        starts_within=part.maybe_number("starts_within", 366),
        agencies=tuple(_agency(one, kind, part) for one in part.tables("agencies")),
    )


def _agency(part: SettingsTable, kind: RuleKind, above: SettingsTable) -> AgencyTerm:
    agency = part.text("agency")
    part = part.named(f"{above.place}, agency {agency}")
    part.only("agency", *TERM_KEYS)
    return AgencyTerm(agency, _term(part, kind, is_given=False))


def _term(part: SettingsTable, kind: RuleKind, *, is_given: bool) -> Term:
    if kind is RuleKind.PAUSE:
        # A pause is as long as it takes.
        count, number = Count.CALENDAR_DAYS, None
    else:
        count = part.choice("count", Count)
        number = part.maybe_number("number", MOST[count])
        if number is None and not is_given:
            raise part.wrong("number", "is missing (if an order gives it, write number_is_given = true)")
        if number is not None and is_given:
            raise part.wrong("number", "cannot stand beside number_is_given = true")
    return Term(
        count=count,
        number=number,
        citation=part.text("citation"),
        confirmed=part.flag("confirmed"),
        ends_at=part.maybe_text("ends_at") or "",
        note=part.maybe_text("note") or "",
    )


def _check_references(rules: tuple[ClockRule, ...], whole: SettingsTable) -> None:
    """Refuse a rule that names another which is not there, or is of another kind."""
    kinds = {rule.id: rule.kind for rule in rules}
    for rule in rules:
        for number, version in enumerate(rule.versions, start=1):
            named = [("paused_by", one, RuleKind.PAUSE) for one in version.paused_by]
            named += [("extended_by", version.extended_by, RuleKind.EXTENSION)] if version.extended_by else []
            named += [("opens", version.opens, RuleKind.OPENING)] if version.opens else []
            for key, other, kind in named:
                if kinds.get(other) is not kind:
                    raise whole.named(f"rule {rule.id}, version {number}").wrong(
                        key, f"names {other!r}, and no rule of kind {kind.value} is called so"
                    )
