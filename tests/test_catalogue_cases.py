"""Every finding code is shown once where it belongs and once where it does not."""

from pathlib import Path

import pytest

from tests.catalogue_cases import Case, all_cases
from vaughn.model import CATALOGUE

CASES = all_cases()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.code)
def test_the_code_is_found_where_the_fault_is(case: Case, tmp_path: Path):
    """A code that nothing triggers is a promise nobody keeps."""
    found = [one for one in case.triggers(tmp_path) if one.code == case.code]
    assert found
    assert case.line is None or case.line in [one.place.line for one in found]
    assert case.bates is None or case.bates in [one.place.bates for one in found]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.code)
def test_the_code_is_not_found_beside_the_fault(case: Case, tmp_path: Path):
    """A false alarm costs the reader's trust in every other finding."""
    assert case.code not in [one.code for one in case.near(tmp_path)]


def test_every_code_of_the_catalogue_has_a_case():
    """The catalogue, the docs and the tests name the same faults."""
    assert {case.code for case in CASES} == set(CATALOGUE)
