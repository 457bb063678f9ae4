"""What an imported docket adds: found again by name and number, confirmed or inferred, never twice."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.lawsuit.facts import Facts, told
from vaughn.formats.docket import (
    DocketAttachment,
    DocketAttorney,
    DocketEntryRead,
    DocketFact,
    DocketFile,
    DocketKind,
    DocketParty,
    read_entry_text,
)
from vaughn.lawsuit.docket_plan import court_id, docket_named, plan
from vaughn.lawsuit.docket_reading import ReadCase
from vaughn.lawsuit.suit import OWN_KINDS
from vaughn.model import ValueKind, canonical_value, require_key


def read(*entries: DocketEntryRead, parties: tuple[DocketParty, ...] = (), **more: object) -> ReadCase:
    """Return a docket as a file tells it."""
    said = {"kind": DocketKind.DISTRICT, "court_id": "nysd", "docket_number": "1:10-cv-03488", **more}
    file = DocketFile(**said, entries=entries, parties=parties)  # type: ignore[arg-type]
    names = [party.name for party in parties]
    return ReadCase(file, tuple(read_entry_text(entry.description, parties=names) for entry in entries))


def drafts(case: ReadCase, facts: Facts | None = None):
    return {one.reference: one for one in plan(case, (facts or Facts()).suit()).drafts}


MOTION = DocketEntryRead(
    "12", date(2010, 10, 28), description="MOTION for Preliminary Injunction. Document filed by ACLU."
)
ORDER = DocketEntryRead("41", date(2011, 2, 7), description="ORDER denying 12 Motion for Preliminary Injunction.")
ACLU = DocketParty("ACLU", "Plaintiff", (DocketAttorney("Jane Roe", ("LEAD ATTORNEY",), "1 Main St\n555-1234"),))


def test_what_stands_in_the_file_is_said_and_the_rest_inferred():
    """A reader must know which words are the court's."""
    made = drafts(read(MOTION, ORDER, parties=(ACLU,)))
    motion = made["entry/nysd-1-10-cv-03488-12"]
    assert motion.said["number"] == ("12",)
    assert motion.said["filed_on"] == ("2010-10-28",)
    assert motion.inferred == {
        "title": ("MOTION for Preliminary Injunction",),
        "type": ("motion",),
        "filed_by": ("party/aclu",),
    }
    order = made["entry/nysd-1-10-cv-03488-41"]
    assert order.inferred["decides"] == ("entry/nysd-1-10-cv-03488-12",)
    (outcome,) = [one for reference, one in made.items() if reference.startswith("outcome/")]
    assert (outcome.said, outcome.inferred["result"]) == ({}, ("denied",))


def test_addresses_of_lawyers_are_not_taken_over():
    """A case is published one day; a lawyer's telephone has no place in it."""
    made = drafts(read(parties=(ACLU,)))
    assert made["person/jane-roe"].said == {"role": ("attorney",), "name": ("Jane Roe",)}
    assert made["party/aclu"].said["counsel"] == ("person/jane-roe",)
    assert not any("555" in value for one in made.values() for values in one.said.values() for value in values)


def test_known_things_are_found_again():
    """A docket imported beside what was typed in makes nothing double."""
    facts = told("docket/mine", number="10 Civ. 3488", court="S.D.N.Y.", caption="A v. B")
    facts.told("entry/motion", docket="docket/mine", number="12")
    facts.told("party/a", name="American Civil Liberties Union", alias="ACLU")
    facts.told("person/judge", name="Shira A. Scheindlin", misspelling="Shira Schiendlin")
    made = drafts(read(MOTION, ORDER, parties=(ACLU,), assigned_to="Shira Schiendlin"), facts)
    assert set(made) == {
        "person/judge",
        "docket/mine",
        "person/jane-roe",
        "party/a",
        "entry/motion",
        "entry/mine-41",
        "outcome/motion-by-41",
    }
    assert made["docket/mine"].said["judge"] == ("person/judge",)
    assert "court" not in made["docket/mine"].said


@pytest.mark.parametrize(
    ("number", "court", "found"),
    [
        ("1:10-cv-03488", "nysd", True),
        ("1:10-cv-03488-SAS", None, True),
        ("1:10-cv-03488", "dcd", False),
        ("1:10-cv-03489", "nysd", False),
        ("11-711", "ca2", True),
        (None, None, False),
    ],
)
def test_a_docket_is_the_same_by_number_and_court(number, court, found):
    """The same number stands in ninety-four districts."""
    facts = told("docket/d", number="1:10-cv-03488", court="S.D.N.Y.").told(
        "docket/a", number="11-711", court="2d Cir."
    )
    assert (docket_named(facts.suit(), number=number, court=court) is not None) is found


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("S.D.N.Y.", "nysd"),
        ("D. Md.", "mdd"),
        ("N.D. Cal.", None),
        ("D.D.C.", "dcd"),
        ("2d Cir.", "ca2"),
        ("11th Cir.", "ca11"),
        ("nysd", "nysd"),
        ("Southern District", None),
        (None, None),
    ],
)
def test_courts_by_their_abbreviation(text, short):
    """What is not understood is not compared."""
    assert court_id(text) == short


def test_entries_without_a_number_are_known_by_day_and_text():
    """Minute entries have none."""
    minute = DocketEntryRead(None, date(2011, 3, 1), description="Minute Entry: conference held. (Entered: 03/02/2011)")
    (first,) = [one for one in drafts(read(minute)) if one.startswith("entry/")]
    later = DocketEntryRead(None, date(2011, 3, 1), description="Minute entry: CONFERENCE held (Entered: 03/02/2011) x")
    facts = told("docket/nysd-1-10-cv-03488", number="1:10-cv-03488", court="nysd")
    facts.told(first, docket="docket/nysd-1-10-cv-03488", filed_on="2011-03-01", text=minute.description)
    assert first in drafts(read(later), facts)


def test_one_number_for_two_entries_stays_two():
    """Clerks give a number twice; neither entry may vanish, and importing again finds both."""
    first = DocketEntryRead("12", date(2000, 5, 25), description="ORDER for Katherine Adams to appear.")
    second = DocketEntryRead("12", date(2000, 5, 25), description="ORDER on the motion of Lisa Meyer.")
    case = read(first, second, first)
    made = [one for one in drafts(case) if one.startswith("entry/")]
    assert made == ["entry/nysd-1-10-cv-03488-12", "entry/nysd-1-10-cv-03488-12-2"]
    facts = told("docket/nysd-1-10-cv-03488", number="1:10-cv-03488", court="nysd")
    for reference, entry in zip(made, (first, second), strict=True):
        facts.told(reference, docket="docket/nysd-1-10-cv-03488", number="12", text=entry.description)
    assert [one for one in drafts(read(second, first), facts) if one.startswith("entry/")] == made[::-1]
    changed = DocketEntryRead("12", date(2000, 5, 25), description="ORDER on the amended motion of Lisa Meyer.")
    assert [one for one in drafts(read(first, changed), facts) if one.startswith("entry/")] == made


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Pretrial Conference held before Judge Shira A. Scheindlin. (djc)", None),
        ("MOTION to stay by Texaco Inc. of Delaware. Filed.", "MOTION to stay by Texaco Inc. of Delaware"),
        ("ORDER. The motion is denied", "ORDER. The motion is denied"),
        ("", "Entry 5"),
    ],
)
def test_a_title_is_the_first_sentence_of_the_text(text, title):
    """An initial or an abbreviation ends no sentence."""
    made = drafts(read(DocketEntryRead("5", description=text)))["entry/nysd-1-10-cv-03488-5"]
    assert made.inferred["title"] == (title or "Pretrial Conference held before Judge Shira A. Scheindlin",)


def test_names_of_two_that_make_one_key_stay_two():
    """Long names of agencies begin alike."""
    alike = "Department of " + "Very Long Names " * 10
    parties = (DocketParty(alike + "East", "Defendant"), DocketParty(alike + "West", "Defendant"))
    made = [one for reference, one in drafts(read(parties=parties)).items() if reference.startswith("party/")]
    assert [one.said["name"][0][-4:] for one in made] == ["East", "West"]


def test_a_party_with_two_roles_keeps_the_first():
    """Who sues and is sued back is no contradiction."""
    parties = (DocketParty("ACLU", "Plaintiff"), DocketParty("ACLU", "Counter Defendant"))
    made = drafts(read(parties=parties))["party/aclu"]
    assert (made.said["role"], made.said["note"]) == (("plaintiff",), ("Also: Counter Defendant",))


def test_what_no_field_can_take_is_counted():
    """A day before 1900 is kept in the file and told."""
    odd = DocketEntryRead("1", date(1899, 1, 1), description="COMPLAINT", url="javascript:alert(1)")
    planned = plan(read(odd), Facts().suit())
    assert planned.left_out == 2
    entry = next(one for one in planned.drafts if one.kind == "entry")
    assert "filed_on" not in entry.said
    assert "link" not in entry.said


def test_links_of_notices_are_not_kept():
    """A notice's link opens the document once, for free, for whoever comes first."""
    linked = DocketEntryRead("1", description="COMPLAINT", url="https://ecf.nysd.uscourts.gov/doc1/1?caseid=1&magic=2")
    assert "link" not in drafts(read(linked, kind=DocketKind.NOTICE))["entry/nysd-1-10-cv-03488-1"].said
    assert "link" in drafts(read(linked))["entry/nysd-1-10-cv-03488-1"].said


@pytest.mark.parametrize("number", ["١٢", "12A", "9" * 40, "-1", " "])
def test_odd_numbers_are_kept_as_printed(number):
    """What is no number cannot be referred to, and is not lost."""
    entry = DocketEntryRead(number, date(2011, 1, 1), description="ORDER")
    made = next(one for one in plan(read(entry), Facts().suit()).drafts if one.kind == "entry")
    assert "number" not in made.said
    if number.strip():
        assert made.said["note"] == (f"Number as printed: {number}",)


def test_attachments_and_other_columns_are_kept():
    """A spreadsheet's remarks belong to the entry."""
    entry = DocketEntryRead(
        "29",
        description="MOTION",
        attachments=(DocketAttachment(1, "Declaration", page_count=4), DocketAttachment(None, "Exhibit")),
        facts=(DocketFact("Remarks", "call court"),),
    )
    said = drafts(read(entry))["entry/nysd-1-10-cv-03488-29"].said
    assert said["attachment"] == ("1: Declaration (4 pages)", "Exhibit")
    assert said["note"] == ("Remarks: call court",)


def test_who_filed_may_stand_in_a_column():
    """People's own tables say it so."""
    entry = DocketEntryRead(
        "12", description="MOTION", facts=(DocketFact("Filed by", "aclu"), DocketFact("Court", "x"))
    )
    made = drafts(read(entry, parties=(ACLU,)))["entry/nysd-1-10-cv-03488-12"]
    assert made.inferred["filed_by"] == ("party/aclu",)
    assert made.said["note"] == ("Filed by: aclu",)


def test_entries_that_name_themselves_answer_nothing():
    """A slip of the clerk must not make a circle of one."""
    entry = DocketEntryRead("12", description="MOTION to amend 12 Motion. Document filed by X.")
    assert "responds_to" not in drafts(read(entry))["entry/nysd-1-10-cv-03488-12"].inferred


texts = st.text(max_size=60) | st.sampled_from(
    [
        "MOTION to stay 3 Order. Document filed by A, B.",
        "ORDER granting in part and denying in part 1 Motion; denying [2] Motion.",
        "REPLY re: 1 MOTION. Document filed by ../etc.",
        "=HYPERLINK(1) <b>x</b>",
    ]
)
numbers = st.none() | st.integers(0, 6).map(str) | st.text(max_size=4)
entries = st.builds(
    DocketEntryRead,
    numbers,
    date_filed=st.none() | st.dates(date(1850, 1, 1), date(2100, 1, 1)),
    description=texts,
    url=st.none() | texts,
    attachments=st.lists(st.builds(DocketAttachment, st.none() | st.integers(1, 9), texts), max_size=2).map(tuple),
)
parties = st.builds(
    DocketParty,
    texts,
    st.none() | st.sampled_from(["Plaintiff", "Defendant", "Movant"]),
    st.lists(st.builds(DocketAttorney, texts), max_size=2).map(tuple),
)


@given(st.lists(entries, max_size=8), st.lists(parties, max_size=4), st.none() | texts, st.none() | texts)
def test_whatever_a_docket_says_makes_keys_and_references_that_hold(rows, people, court, number):
    """Names and numbers come from strangers; what is entered must open again."""
    case = read(*rows, parties=tuple(people), court_id=court, docket_number=number)
    planned = plan(case, Facts().suit())
    known = {draft.reference for draft in planned.drafts}
    assert planned.docket in known
    assert len({one for one in known if one.startswith("entry/")}) <= len(rows)
    for draft in planned.drafts:
        require_key(draft.key)
        kind = OWN_KINDS[draft.kind]
        for said in (draft.said, draft.inferred):
            for field_id, values in said.items():
                for value in values:
                    assert canonical_value(kind, field_id, value) == value
                    assert kind.field(field_id).kind is not ValueKind.REFERENCE or value in known


@settings(max_examples=300)
@given(st.lists(entries, max_size=8))
def test_a_docket_read_again_finds_every_entry_again(rows):
    """Importing twice makes no entry twice."""
    first = plan(read(*rows), Facts().suit())
    facts = told("docket/nysd-1-10-cv-03488", number="1:10-cv-03488", court="nysd")
    for draft in first.drafts:
        if draft.kind == "entry":
            facts.told(draft.reference, **draft.said)
    again = plan(read(*rows), facts.suit())
    assert {one.reference for one in again.drafts} == {one.reference for one in first.drafts}
