"""A jurisdiction's file: what it may say, and what each mistake in it says."""

from __future__ import annotations

from datetime import date

import pytest

from vaughn.model import (
    ClockQuestion,
    Count,
    InputError,
    RuleKind,
    Toll,
    due_date,
    federal,
    in_force,
    read_jurisdiction,
)

STATE = """
id = "test"
title = "Test State"
source = "Test Public Records Act"
notice = "No legal advice."

[calendar]
country = "US"
subdivision = "CA"
known_from = 2020-01-01
known_until = 2030-12-31

[[calendar.add]]
day = 2026-06-01
name = "Founders Day"
citation = "Test Code 12"

[[rules]]
id = "ANSWER"
title = "Answer"
kind = "limit"
starts = "receipt"
bound = "agency"

[[rules.versions]]
count = "calendar days"
number = 10
citation = "Test Code 1"
confirmed = true
rolls = true
paused_by = ["WAIT"]
extended_by = "MORE"

[[rules]]
id = "WAIT"
title = "Pause"
kind = "pause"
starts = "a question"
bound = "requester"

[[rules.versions]]
citation = "Test Code 2"
confirmed = false

[[rules]]
id = "MORE"
title = "Extension"
kind = "extension"
starts = "notice"
bound = "agency"

[[rules.versions]]
count = "working days"
number = 5
citation = "Test Code 3"
confirmed = true

[[rules]]
id = "RENEW"
title = "New request"
kind = "limit"
starts = "refusal"
bound = "requester"

[[rules.versions]]
until = 2023-12-31
count = "months"
number = 6
citation = "Test Code 4"
confirmed = true

[[rules.versions]]
from = 2024-01-01
count = "months"
number = 3
citation = "Test Code 4"
confirmed = true
"""


def law(changed=STATE):
    return read_jurisdiction(changed, file="test.toml")


def test_a_state_counts_by_its_own_file():
    """Ten calendar days, an extension in working days, its own holidays."""
    assert due_date(ClockQuestion("answer", date(2026, 5, 22)), law()).due == date(2026, 6, 2)  # Founders Day rolls.
    longer = due_date(ClockQuestion("ANSWER", date(2026, 5, 22), extend_days=5), law())
    assert longer.due == date(2026, 6, 8)
    assert [step.count for step in longer.days if step.by == "MORE"] == [11, 12, 13, 14, 15]
    assert law().calendar.holiday(date(2026, 3, 31)) is not None  # Cesar Chavez Day is California's.


def test_an_unconfirmed_pause_makes_the_date_unconfirmed():
    """A chain is as strong as its weakest source."""
    paused = ClockQuestion("ANSWER", date(2026, 5, 22), (Toll(date(2026, 5, 23), date(2026, 5, 25)),))
    assert not due_date(paused, law()).confirmed
    twice = ClockQuestion("ANSWER", date(2026, 5, 22), (paused.tolls[0], Toll(date(2026, 5, 27), date(2026, 5, 28))))
    assert due_date(twice, law()).due == date(2026, 6, 8)


def test_months_end_on_the_last_day_of_a_shorter_one():
    """Three months after 30 November is the last day of February."""
    assert due_date(ClockQuestion("RENEW", date(2024, 11, 30)), law()).due == date(2025, 2, 28)
    assert due_date(ClockQuestion("RENEW", date(2023, 8, 31)), law()).due == date(2024, 2, 29)  # The older version: 6.


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('id = "test"', 'id = test"', "test.toml: Invalid value"),
        ('title = "Test State"', "", "test.toml, title is missing"),
        ('title = "Test State"', 'title = " "', "title must be a text"),
        ('notice = "', 'remark = "x"\nnotice = "', "test.toml, remark is no key here"),
        ("known_from = 2020-01-01", 'known_from = "2020-01-01"', "[calendar]: known_from must be a day"),
        ("known_from = 2020-01-01", "known_from = 2031-01-01", "[calendar]: known_until is earlier than known_from"),
        ("known_from = 2020-01-01", "known_from = 0020-01-01", "[calendar]: known_until is more than 200 years"),
        ("known_until = 2030-12-31", "", "[calendar]: known_until is missing"),
        ('subdivision = "CA"', 'subdivision = "XX"', "[calendar]: country, subdivision, categories do not go together"),
        ('subdivision = "CA"', 'weekend = ["Caturday"]', "weekend 'Caturday' is no day of the week"),
        ('subdivision = "CA"',
         'weekend = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]',
         "weekend leaves no working day"),
        ('subdivision = "CA"', "weekend = [1]", "weekend must be a list of texts"),
        ('name = "Founders Day"', "", "[calendar], add number 1: name is missing"),
        ("[[calendar.add]]", "[calendar.add]", "[calendar]: add must be tables"),
        ('kind = "limit"', 'kind = "deadline"', "rule ANSWER: kind 'deadline' is not possible here; possible"),
        ("number = 10", "number = 0", "rule ANSWER, version 1: number must be a whole number from 1 to 3,660"),
        ("number = 10", 'number = "10"', "rule ANSWER, version 1: number must be a whole number"),
        ("number = 10", "", "rule ANSWER, version 1: number is missing"),
        ("number = 10", "number = 10\nnumber_is_given = true", "number cannot stand beside"),
        ('count = "calendar days"', 'count = "days"', "count 'days' is not possible here; possible are working days"),
        ("confirmed = false", "", "rule WAIT, version 1: confirmed is missing"),
        ("confirmed = false", 'confirmed = "no"', "rule WAIT, version 1: confirmed must be true or false"),
        ('citation = "Test Code 2"', "", "rule WAIT, version 1: citation is missing"),
        ('paused_by = ["WAIT"]', 'paused_by = ["MORE"]', "version 1: paused_by names 'MORE'"),
        ('extended_by = "MORE"', 'extended_by = "LESS"', "rule ANSWER, version 1: extended_by names 'LESS'"),
        ('extended_by = "MORE"', 'opens = "ANSWER"', "version 1: opens names 'ANSWER', and no rule of kind opening"),
        ('id = "RENEW"', 'id = "answer"', "has two rules called answer"),
        ("from = 2024-01-01", "from = 2023-06-01", "rule RENEW: versions overlap or are not in order"),
        ("from = 2024-01-01", "from = 2024-01-01\nuntil = 2023-01-01", "rule RENEW, version 2: until is earlier"),
        ("number = 3", 'number = 3\npaused_by = ["WAIT"]', "rule RENEW, version 2: paused_by is only for limits"),
        ("number = 3", "number = 3\nagencies = [{ agency = 'A' }]", "RENEW, version 2, agency A: count is missing"),
        ("[[rules.versions]]\nfrom", "[[rules.version]]\nfrom", "rule RENEW: version is no key here"),
    ],
)  # fmt: skip
def test_a_mistake_names_file_rule_and_key(old, new, said):
    """Who writes the file is no programmer."""
    assert STATE.count(old) >= 1
    with pytest.raises(InputError) as told:
        law(STATE.replace(old, new, 1))
    assert said in told.value.message
    assert told.value.message.startswith("test.toml")
    assert told.value.hint


def test_a_value_where_a_table_belongs_is_refused():
    """`calendar = 1` would otherwise end in a mistake of ours."""
    with pytest.raises(InputError, match=r"calendar must be a table that begins with \[calendar\]"):
        law(
            STATE.split("[calendar]", maxsplit=1)[0]
            + "calendar = 1\n[[rules]]"
            + STATE.split("[[rules]]", maxsplit=1)[1]
        )


def test_a_file_made_to_break_the_reader_is_refused():
    """Brackets without end, and numbers without end."""
    with pytest.raises(InputError, match="too many brackets"):
        law("id = " + "[" * 100_000)
    with pytest.raises(InputError, match="number must be a whole number"):
        law(STATE.replace("number = 10", f"number = {'9' * 300}"))


def test_a_file_without_rules_or_a_rule_without_versions_is_refused():
    """An empty file would answer nothing."""
    with pytest.raises(InputError, match="at least one"):
        law(STATE.split("[[rules]]", maxsplit=1)[0])
    with pytest.raises(InputError, match="rule WAIT: versions is missing"):
        law(STATE.replace('[[rules.versions]]\ncitation = "Test Code 2"\nconfirmed = false', ""))


def test_the_federal_file_holds_the_rules_of_the_trade():
    """Each with a citation; what nobody confirmed is marked."""
    rules = {rule.id: rule for rule in federal().rules}
    assert set(rules) == {
        "FOIA-20", "TOLL-1", "TOLL-FEE", "EXT-10", "EXHAUST", "EXPED-10", "TRACK-10", "APPEAL-90", "APPEAL-20",
        "ANSWER-30", "FRCP-6", "APPEAL-CA-60", "SOL-6y",
    }  # fmt: skip
    unsure = {
        (rule.id, term.citation)
        for rule in rules.values()
        for version in rule.versions
        for term in (version.term, *(own.term for own in version.agencies))
        if not term.confirmed
    }
    assert {rule for rule, _ in unsure} == {"APPEAL-90", "APPEAL-CA-60", "SOL-6y"}
    assert rules["EXPED-10"].versions[0].term.count is Count.CALENDAR_DAYS
    assert rules["TOLL-1"].kind is RuleKind.PAUSE
    assert [in_force(version) for version in rules["FRCP-6"].versions] == ["to 2009-11-30", "from 2009-12-01"]
