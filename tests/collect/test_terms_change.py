"""From one version of a term list to the next."""

from __future__ import annotations

import numpy as np
import pytest

from vaughn.collect.terms_change import TermFate, list_change, paired_terms, sample_of_nulls
from vaughn.collect.terms_report import Scope, Term, TermFound, term_report
from vaughn.model import InputError


def found(text, *documents):
    held = np.array(documents, dtype=np.int64)
    return TermFound(Term(text, text), held, np.ones_like(held))


def fates(before, after):
    pairs = paired_terms([Term(one, one) for one in before], [Term(one, one) for one in after])
    return {(pair.fate.value, pair.before and pair.before.typed, pair.after and pair.after.typed) for pair in pairs}


def test_a_connector_that_was_changed_is_a_changed_term():
    """The line stands in the same place and is read otherwise."""
    assert fates(["a", "x w/5 y", "b"], ["a", "x and y", "b"]) == {
        ("kept", "a", "a"),
        ("changed", "x w/5 y", "x and y"),
        ("kept", "b", "b"),
    }


def test_lines_that_only_moved_are_kept():
    """The order of a list means nothing."""
    assert {fate for fate, _, _ in fates(["a", "b", "c"], ["c", "a", "b"])} == {"kept"}


def test_lines_typed_otherwise_and_read_alike_are_kept():
    """`OPT-OUT` and `opt-out` ask the same."""
    pairs = paired_terms([Term("OPT OUT", "opt out")], [Term("opt  out", "opt out")])
    assert [(one.fate, one.before.typed, one.after.typed) for one in pairs] == [(TermFate.KEPT, "OPT OUT", "opt  out")]


def test_added_and_removed_lines_are_told_apart():
    """Where one line became two nobody can say which is which."""
    assert fates(["a", "x", "b"], ["a", "y", "z", "b", "c"]) == {
        ("kept", "a", "a"),
        ("removed", "x", None),
        ("added", None, "y"),
        ("added", None, "z"),
        ("kept", "b", "b"),
        ("added", None, "c"),
    }


def test_documents_gained_and_lost_are_named_by_term_and_in_all():
    """What a changed term loses, another may still find."""
    change = list_change([found("a", 1, 2), found("x w/5 y", 2, 3)], [found("a", 1, 2), found("x w/3 y", 3, 4)])
    by_term = [(one.pair.fate.value, one.gained.tolist(), one.lost.tolist()) for one in change.terms]
    assert by_term == [("kept", [], []), ("changed", [4], [2])]
    assert (change.gained.tolist(), change.lost.tolist()) == ([4], [])


def test_a_kept_term_gains_what_was_entered_since():
    """The same term over other documents is a change as well."""
    change = list_change([found("a", 1)], [found("a", 1, 7), found("b")])
    assert change.terms[0].gained.tolist() == [7]
    assert change.terms[1].pair.fate is TermFate.ADDED


def scope(size=100):
    numbers = np.arange(1, size + 1, dtype=np.int64)
    return Scope(numbers, ("Law", "Rapp"), (numbers > 80).astype(np.int64), numbers)


def test_the_sample_of_nulls_holds_no_document_a_term_finds():
    """And the same seed gives the same documents."""
    report = term_report(scope(), [found("a", *range(1, 51))])
    sample = sample_of_nulls(scope(), report, 10, seed="2012")
    assert len(set(sample.members)) == 10
    assert all(51 <= int(one) <= 100 for one in sample.members)
    assert sample == sample_of_nulls(scope(), report, 10, seed="2012")
    assert sample.frame_size == 50


def test_each_custodian_gives_its_share_of_the_nulls():
    """30 and 20 nulls: six and four of ten; a small share gives at least one."""
    report = term_report(scope(), [found("a", *range(1, 51))])
    sample = sample_of_nulls(scope(), report, 10, seed="2012", by_column=True)
    assert sample.asked == (6, 4)
    assert sum(int(one) > 80 for one in sample.members) == 4
    assert sample_of_nulls(scope(), report, 1, seed="s", by_column=True).asked == (1, 1)


def test_more_nulls_than_there_are_are_refused():
    """Nothing is drawn twice to make up the number."""
    report = term_report(scope(), [found("a", *range(1, 100))])
    with pytest.raises(InputError):
        sample_of_nulls(scope(), report, 2, seed="s")
