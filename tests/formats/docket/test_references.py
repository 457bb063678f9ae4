"""Which entries a text names, in the ways courts write them."""

from __future__ import annotations

import pytest

from vaughn.formats.docket.references import Outcome, references_in, rulings_in, without_attachments


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("OPINION re: 41 Order", ["41"]),
        ("REPLY re 477 Sealed Document,,,,, 492 Sealed Document,,,", ["477", "492"]),
        ("Response re [34] MOTION to Intervene", ["34"]),
        ("(re: pldg. 1 )", ["1"]),
        ("granting 164 Sealed Motion; granting 176 Motion; and granting 178 Motion", ["164", "176", "178"]),
        ("ORDER GRANTING 28 38 45 MOTIONS TO DISMISS; DENYING 88 MOTION", ["28", "38", "45", "88"]),
        ("MEMORANDUM in support of motion for preliminary injunction 5 (Attachments: # 1 Exhibit)", ["5"]),
        ("motion (Dkt. No. 316), ECF No. 29-1 and docket #54", ["316", "29-1", "54"]),
        ("ORDER re 14 STIPULATION TO ANSWER", ["14"]),
        ("28 U.S.C. 1407, 10 Civ. 3488, Rule 12 motion, General Order 58, 21 days, $ 350 fee, page 3 motion", []),
        ("dated October 24, 2017 order and 4/27/2010 motion", []),
        ("seal ( 1 ) Complaint and memoranda ( 8 & 11 )", ["1", "8", "11"]),
        ("(Attachments: # 1 Exhibit, # 2 Order) MOTION", []),
        ("[17-15589] [10378209]", []),
    ],
)
def test_numbers_of_entries_are_told_from_other_numbers(text, wanted):
    """A docket text is full of numbers; few of them are entries."""
    found = [one.number if one.part is None else f"{one.number}-{one.part}" for one in references_in(text)]
    assert found == wanted


def test_a_ruling_belongs_to_the_word_before_it():
    """Two motions, two outcomes in one sentence."""
    rulings = rulings_in("ORDER granting 12 Motion; denying 13 Motion. 14 Motion is set for hearing")
    assert [(one.number, one.outcome) for one in rulings] == [("12", Outcome.GRANTED), ("13", Outcome.DENIED)]


def test_lists_of_attachments_are_blanked_letter_for_letter():
    """What stands behind them keeps its place."""
    text = "A (Attachments: # 1 B (c), # 2 D) re 3 Order"
    assert len(without_attachments(text)) == len(text)
    assert without_attachments(text).split() == ["A", "re", "3", "Order"]
