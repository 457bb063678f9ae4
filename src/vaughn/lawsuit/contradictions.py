"""Everything the program finds contradicted, by rules that know nothing of any one case.

What is found here is shown and never resolved: a person may prefer a statement, and the others still stand.
"""

from __future__ import annotations

from datetime import date

from vaughn.lawsuit.contradiction import Contradiction, Weight
from vaughn.lawsuit.differing import (
    different_sets,
    different_values,
    entries_after_the_end,
    lacking_on_case_pages,
    partly,
    same_title_twice,
    unreadable_values,
)
from vaughn.lawsuit.reckoned import misnamed_quarters, on_holidays, service_days, stated_states, wrong_durations
from vaughn.lawsuit.spelling import addresses_written_otherwise, known_misspellings, near_names, near_surnames
from vaughn.lawsuit.suit import Suit
from vaughn.model import Jurisdiction

_BY_SUIT = (
    unreadable_values,
    different_values,
    different_sets,
    same_title_twice,
    partly,
    lacking_on_case_pages,
    misnamed_quarters,
    wrong_durations,
    known_misspellings,
    near_names,
    near_surnames,
    addresses_written_otherwise,
    entries_after_the_end,
)


def contradictions(suit: Suit, *, law: Jurisdiction, on: date) -> tuple[Contradiction, ...]:
    """Return what is told in two ways, contradictions before what is only worth a look.

    Args:
        on: The day on which obligations are looked at.
    """
    found = [one for rule in _BY_SUIT for one in rule(suit)]
    found += [*on_holidays(suit, law), *service_days(suit, law), *stated_states(suit, law, on)]
    return tuple(sorted(found, key=lambda one: one.weight is Weight.NOTE))
