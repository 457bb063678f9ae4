"""Check 21: every number of the production that is replaced is found again in the one that replaces it."""

from __future__ import annotations

import numpy as np

from vaughn.model import Finding, Place
from vaughn.receive.checks.numbers import likely_spans
from vaughn.receive.checks.spans import Spans, joined, keys, minus, span_of
from vaughn.receive.checks.telling import Teller, counted
from vaughn.receive.facts import EarlierProduction, ProductionFacts


def check_reproductions(facts: ProductionFacts) -> list[Finding]:
    """Return the findings RP001, one for each stretch of numbers that is gone."""
    found: list[Finding] = []
    for production in facts.earlier:
        if production.replaced:
            found += _gone(facts, production)
    return found


def _gone(facts: ProductionFacts, production: EarlierProduction) -> list[Finding]:
    earlier = span_of(production.begin, production.end)
    earlier = earlier.rows(earlier.prefix >= 0)
    later = likely_spans(facts)
    left = minus(earlier, joined(later.rows(later.prefix >= 0), _named_as_prior(facts, earlier)))
    width = dict(zip(production.begin.prefix.tolist(), production.begin.width.tolist(), strict=True))

    def number(row: int, value: int) -> str:
        prefix = int(left.prefix[row])
        return facts.book.spelled(prefix, value, width=width[prefix])

    def message(row: int) -> str:
        first, last = int(left.first[row]), int(left.last[row])
        if first == last:
            return f"{number(row, first)} of the production {production.name} is not in this one."
        numbers = f"{number(row, first)} to {number(row, last)}"
        return f"{counted(last - first + 1, 'number')} of the production {production.name} not in this one: {numbers}."

    return Teller("RP001", "gap", lambda row: Place(bates=number(row, int(left.first[row]))), message).findings(
        np.arange(len(left))
    )


def _named_as_prior(facts: ProductionFacts, earlier: Spans) -> Spans:
    """Return the numbers that documents name as the ones they replace.

    A document that names the first number of an earlier document stands for all of its pages.
    """
    prior = facts.documents.prior.rows(facts.documents.prior.known)
    last = prior.number.copy()
    if len(prior) and len(earlier):
        theirs, mine = keys((earlier.prefix, earlier.first), (prior.prefix, prior.number))
        order = np.argsort(theirs, kind="stable")
        place = np.minimum(np.searchsorted(theirs[order], mine), len(order) - 1)
        same = theirs[order][place] == mine
        last = np.where(same, earlier.last[order][place], last)
    return Spans(prior.prefix, prior.number, last)
