"""Few faults are listed, many are told as runs, and the count is never lost."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from vaughn.model import Place, finding
from vaughn.receive.checks.telling import LISTED_ONE_BY_ONE, Teller, counted, cut, joined_notes, spot

TELLER = Teller("TX001", "document", lambda row: Place("A.DAT", row + 2, f"A-{row:04d}"), lambda _: "No text file.")


def test_a_hundred_faults_are_listed_one_by_one():
    """A person can go through a hundred places."""
    assert len(TELLER.findings(np.arange(LISTED_ONE_BY_ONE))) == LISTED_ONE_BY_ONE


def test_more_are_told_as_runs_with_first_and_last_place():
    """Five thousand lines of the same fault hide the others."""
    first, second = TELLER.findings(np.append(np.arange(200), [500]))
    assert (first.count, first.place.line, second.count, second.place.line) == (200, 2, 1, 502)
    assert first.message == (
        "No text file. The same holds for 199 more documents that follow; the last is A-0199 (A.DAT, line 201)."
    )


def test_scattered_faults_are_one_finding():
    """Every second document without text is one thing to ask for."""
    (one,) = TELLER.findings(np.arange(0, 1000, 2))
    assert one.count == 500
    assert "the last is A-0998" in one.message


@settings(deadline=None)
@given(st.sets(st.integers(0, 2000), max_size=600))
def test_no_fault_is_lost_in_a_run(rows):
    """The counts add up to the faults, whatever their places."""
    assert sum(one.count for one in TELLER.findings(np.asarray(sorted(rows), np.int64))) == len(rows)


def test_groups_are_told_apart():
    """Each load file has its own hundred."""
    teller = Teller("TX001", "document", TELLER.place, TELLER.message, lambda rows: rows % 2)
    assert len(teller.findings(np.arange(150))) == 150


def test_places_and_counts_read_well():
    """The words go into a letter."""
    assert spot(Place("A.DAT", 3)) == "A.DAT, line 3"
    assert spot(Place("X.tif")) == "X.tif"
    assert spot(Place()) == "not known"
    assert (counted(1, "page"), counted(1204, "page")) == ("1 page", "1,204 pages")
    assert len(cut("x" * 5000)) == 100


NOTE = replace(TELLER, code="BN011", what="page", message=lambda _: "No number.")


def test_a_note_is_told_once_however_often_it_holds():
    """A thousand notes hide the faults."""
    (one,) = NOTE.findings(np.arange(0, 2000, 2))
    assert (one.count, one.place.line) == (1000, 2)
    assert one.message == (
        "No number. This holds for 1,000 pages: A-0000, A-0002, A-0004, A-0006, A-0008 and 995 more."
    )


def test_few_runs_of_a_note_are_named():
    """Volume by volume one sees what it is about."""
    (one,) = NOTE.findings(np.asarray([3, 4, 5, 9]))
    assert one.message == "No number. This holds for 4 pages: A-0003 to A-0005, A-0009."
    assert [own.message for own in NOTE.findings(np.asarray([3]))] == ["No number."]


def test_one_more_page_is_said_in_the_singular():
    """The words go into a letter."""
    rows = np.append(np.arange(0, 200, 2), [300, 301])
    teller = replace(TELLER, code="BN010", what="page")
    assert "1 more page " in teller.findings(np.append(np.arange(0, 150), rows[-2:]))[1].message


def test_notes_of_loading_are_joined_by_file_and_warnings_are_not():
    """Forty unknown columns are one thing to know."""
    notes = [finding("LF008", f"Column {n} is not known.", place=Place("A.DAT", 1, field=f"C{n}")) for n in range(7)]
    others = [finding("LF008", "x.", place=Place("B.DAT")), finding("LF010", "y.", place=Place("A.DAT", 3))]
    joined = joined_notes([notes[0], *others, *notes[1:], replace(others[1], message="z.")])
    assert [(one.code, one.place.path, one.count) for one in joined] == [
        ("LF008", "A.DAT", 7),
        ("LF008", "B.DAT", 1),
        ("LF010", "A.DAT", 1),
        ("LF010", "A.DAT", 1),
    ]
    assert joined[0].message == "Column 0 is not known. The same holds 7 times: C0, C1, C2, C3, C4 and 2 more."
