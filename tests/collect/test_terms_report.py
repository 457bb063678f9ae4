"""What each term finds, held against sets counted one by one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vaughn.collect.terms_report import Numbers, Scope, Term, TermFound, term_report
from vaughn.model import InputError


def ids(*numbers):
    return np.array(numbers, dtype=np.int64)


def term(text, found):
    """Return a term that finds {document: hits}."""
    return TermFound(Term(text, text), ids(*sorted(found)), ids(*(found[one] for one in sorted(found))))


def rows(numbers: Numbers):
    return {
        name: getattr(numbers, name).tolist() for name in ("documents", "hits", "families", "with_families", "unique")
    }


# Six documents of two custodians; 10 and 11 are an e-mail and its attachment, 30 and 31 stand with two custodians.
SCOPE = Scope(ids(10, 11, 20, 30, 31, 40), ("Law", "Rapp"), ids(0, 0, 0, 0, 1, 1), ids(10, 10, 20, 30, 30, 40))


def test_the_table_counts_documents_hits_and_families():
    """A family counts once, its members come with it, and a document two terms find is unique to neither."""
    report = term_report(SCOPE, [term("opt-out", {10: 3, 11: 1, 30: 2}), term("mandatory", {11: 4, 40: 1})])
    assert rows(report.each) == {
        "documents": [[3, 0], [1, 1]],
        "hits": [[6, 0], [4, 1]],
        "families": [[2, 0], [1, 1]],
        "with_families": [[3, 1], [2, 1]],
        "unique": [[2, 0], [0, 1]],
    }
    assert rows(report.by_term) == {
        "documents": [3, 2],
        "hits": [6, 5],
        "families": [2, 2],
        "with_families": [4, 3],
        "unique": [2, 1],
    }
    assert rows(report.union) == {
        "documents": [3, 1],
        "hits": [10, 1],
        "families": [2, 1],
        "with_families": [3, 2],
        "unique": [2, 1],
    }
    assert rows(report.whole) == {"documents": 4, "hits": 11, "families": 3, "with_families": 5, "unique": 3}
    assert report.searched.tolist() == [4, 2]
    assert report.found.tolist() == [10, 11, 30, 40]
    assert report.nulls.tolist() == [20, 31]


def test_a_family_with_two_custodians_counts_once_in_the_total():
    """Adding up the columns would count it twice."""
    report = term_report(SCOPE, [term("x", {30: 1, 31: 1})])
    assert report.each.families.tolist() == [[1, 1]]
    assert report.by_term.families.tolist() == [1]


def test_documents_outside_the_scope_do_not_count():
    """An index holds more than what a list is run over."""
    report = term_report(SCOPE, [term("x", {5: 9, 10: 1, 12: 9, 99: 9})])
    assert report.found.tolist() == [10]
    assert report.whole.hits == 1


def test_a_list_without_terms_and_a_scope_without_documents_give_zeros():
    """Nothing is a number, too."""
    report = term_report(SCOPE, [])
    assert report.each.documents.shape == (0, 2)
    assert report.nulls.tolist() == SCOPE.documents.tolist()
    empty = term_report(Scope(ids(), (), ids(), ids()), [term("x", {1: 1})])
    assert empty.each.documents.shape == (1, 0)
    assert empty.whole.documents == 0


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_every_count_is_that_of_plain_sets(data):
    """Any scope, any terms, ids near each other or far apart: the definition gives the same."""
    far = data.draw(st.sampled_from((1, 1_000_000)))
    documents = sorted(data.draw(st.sets(st.integers(0, 30), max_size=25)))
    column = {one: data.draw(st.integers(0, 2)) for one in documents}
    family = {one: data.draw(st.integers(0, 6)) for one in documents}
    found = data.draw(st.lists(st.dictionaries(st.integers(0, 35), st.integers(1, 5)), max_size=4))
    scope = Scope(
        ids(*documents) * far,
        ("a", "b", ""),
        ids(*(column[one] for one in documents)),
        ids(*(family[one] for one in documents)),
    )
    report = term_report(
        scope, [term(str(place), {one * far: hits for one, hits in held.items()}) for place, held in enumerate(found)]
    )
    for place, held in enumerate(found):
        others = [set(other) for number, other in enumerate(found) if number != place]
        for name in range(3):
            here = {one for one in held if column.get(one) == name}
            families = {family[one] for one in held if one in family}
            assert report.each.documents[place, name] == len(here)
            assert report.each.hits[place, name] == sum(held[one] for one in here)
            assert report.each.families[place, name] == len({family[one] for one in here})
            assert report.each.with_families[place, name] == sum(
                column[one] == name and family[one] in families for one in documents
            )
            assert report.each.unique[place, name] == len(here - set().union(*others))
    union = set().union(*found) & set(documents)
    assert report.found.tolist() == [one * far for one in sorted(union)]
    assert report.nulls.tolist() == [one * far for one in documents if one not in union]
    assert report.whole.families == len({family[one] for one in union})


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(lambda: TermFound(Term("a", "a"), ids(2, 1), ids(1, 1)), id="not sorted"),
        pytest.param(lambda: TermFound(Term("a", "a"), ids(1, 2), ids(1)), id="hits missing"),
        pytest.param(lambda: Scope(ids(1, 1), ("a",), ids(0, 0), ids(1, 1)), id="a document twice"),
        pytest.param(lambda: Scope(ids(1), ("a",), ids(1), ids(1)), id="no such column"),
        pytest.param(lambda: Scope(ids(1), ("a",), ids(0), ids()), id="families missing"),
    ],
)
def test_rows_that_do_not_fit_are_refused(wrong):
    """A report from them would be wrong in silence."""
    with pytest.raises(InputError):
        wrong()
