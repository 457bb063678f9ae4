"""What an entry is: the name of the event at its beginning, and what follows it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vaughn.formats.docket import EntryType, Topic, read_entry_text


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("COMPLAINT against ICE filed by NDLON. (Attachments: # 1 Civil Cover Sheet)", "complaint"),
        ("AMENDED COMPLAINT by A (Answer due 5/22/00)", "complaint"),
        ("SUMMONS Issued as to complaint", "other"),
        ("CERTIFICATE OF SERVICE of Complaint on U.S. Attorney", "other"),
        ("ANSWER to Complaint. Document filed by DHS.", "answer"),
        ("MOTION for Preliminary Injunction. Document filed by NDLON.", "motion"),
        ("CROSS MOTION for Summary Judgment", "cross-motion"),
        ("NOTICE OF MOTION to stay", "motion"),
        ("NOTICE of Motion by A for presentment of motion before Judge B", "notice"),
        ("JOINT LETTER MOTION for Extension of Time", "motion"),
        ("APPLICATION to Appear Pro Hac Vice", "motion"),
        ("MEMORANDUM OF LAW in Support re: 12 MOTION", "memorandum"),
        ("MEMORANDUM OF LAW in Opposition re: 12 MOTION", "opposition"),
        ("REPLY MEMORANDUM OF LAW in Support", "reply"),
        ("RESPONSE in Opposition to Motion", "opposition"),
        ("Response to Motion", "opposition"),
        ("Reply to Response to Motion", "reply"),
        ("OBJECTION to Report", "opposition"),
        ("DECLARATION of David Hardy in Opposition re: 12 MOTION", "declaration"),
        ("AFFIDAVIT OF SERVICE of Summons", "other"),
        ("ORDER granting 14 Motion", "order"),
        ("Order on Motion to Stay", "order"),
        ("MEMO ENDORSEMENT on re: 12 Letter", "order"),
        ("MINUTE ORDER granting 164 Sealed Motion", "order"),
        ("OPINION AND ORDER. For the reasons set forth", "opinion"),
        ("MEMORANDUM OPINION", "opinion"),
        ("CLERK'S JUDGMENT", "judgment"),
        ("STIPULATION AND ORDER regarding sampling", "stipulation"),
        ("NOTICE OF INTERLOCUTORY APPEAL from 41 Order", "notice of appeal"),
        ("ORDER STAYING CASE.", "stay"),
        ("STAY ORDER: the order of October 24 is stayed", "stay"),
        ("MOTION to Stay re: 41 Order", "motion"),
        ("MANDATE of USCA (Certified Copy)", "mandate"),
        ("NOTICE of Settlement", "settlement"),
        ("BILL OF COSTS", "fees"),
        ("NOTICE OF APPEARANCE by Ada Counsel", "notice"),
        ("TRANSCRIPT of Proceedings re: motion", "other"),
        ("Filed (ECF) notice of appearance of Ada Counsel", "notice"),
        ("ENTERED IN ERROR.....TRANSCRIPT OF STATUS CONFERENCE", "other"),
        ("Pretrial Conference held before Judge Shira A. Scheindlin", "other"),
        ("(Signed by Judge Scheindlin) it is hereby ordered", "order"),
        ("", "other"),
    ],
)  # fmt: skip
def test_the_first_words_say_what_an_entry_is(text, wanted):
    """Clerks begin with the name of the event."""
    assert read_entry_text(text).type.value == wanted


def test_topics_hold_whatever_the_entry_is():
    """A motion about fees is a motion, and about fees."""
    read = read_entry_text("MOTION for Attorney Fees and to Stay discovery. (Attachments: # 1 Order of dismissal)")
    assert read.type is EntryType.MOTION
    assert read.topics == (Topic.STAY, Topic.FEES, Topic.DISCOVERY)


def test_an_order_says_all_of_it_at_once():
    """Type, entries decided, the judge; not the filer of the motion it decides."""
    text = (
        "ORDER granting in part and denying in part 12 MOTION for Summary Judgment filed by ICE; denying as moot "
        "14 Motion. Production due by 3/4/2011. (Signed by Judge Shira A. Scheindlin on 2/14/2011) "
        "(Attachments: # 1 Exhibit 99)(rjm)"
    )
    read = read_entry_text(text, parties=["ICE"])
    assert read.type is EntryType.ORDER
    assert [(one.number, one.part) for one in read.references] == [("12", None), ("14", None)]
    assert [(one.number, one.outcome.value) for one in read.rulings] == [("12", "granted in part"), ("14", "moot")]
    assert [day.day.isoformat() for day in read.days] == ["2011-03-04"]
    assert (read.judge, read.judge_initials, read.filed_by) == ("Shira A. Scheindlin", "SAS", ())


def test_entries_that_name_each_other_are_told_as_they_stand():
    """Whether a chain runs in a circle is judged where the chain is built."""
    assert [one.number for one in read_entry_text("REPLY re: 7 Reply, 7 Reply re: 7 Reply").references] == ["7"]


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read(text):
    """Texts of dockets hold everything people paste."""
    assert read_entry_text(text).type in EntryType


@pytest.mark.parametrize(
    "text",
    ["(" * 50_000, "(Attachments: # 1 x, " * 10_000, "re 1 Order " * 5_000, "joint " * 50_000 + "motion",
     " " * 500_000 + "ORDER", "filed by " + "A " * 50_000, "granting " + "1 " * 30_000,
     "motion " + "a " * 50_000 + "1 ("],
    ids=["brackets", "attachments", "references", "adjectives", "spaces", "names", "numbers", "words"],
)  # fmt: skip
def test_texts_made_to_hang_are_read_in_a_moment(text):
    """Patterns that look back over the whole text take hours for a megabyte."""
    assert read_entry_text(text).type in EntryType
