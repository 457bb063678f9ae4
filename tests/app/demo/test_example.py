"""The example lawsuit: every fact is valid, has a source, and is entered once."""

from __future__ import annotations

import pytest

from vaughn.app.demo import enter_example, example_facts, example_is_entered, example_sources
from vaughn.app.facts import kind_named
from vaughn.model import Confidence, canonical_value


@pytest.mark.parametrize("facts", example_facts(), ids=lambda facts: f"{facts.kind}/{facts.key}-{facts.sources[0]}")
def test_every_table_of_the_files_can_be_entered(facts):
    """A mistake in a file is told with its place, not found by a reader of the case."""
    kind = kind_named(facts.kind)
    assert facts.values, "a table that says nothing"
    for field, texts in facts.values.items():
        assert texts
        for text in texts:
            canonical_value(kind, field, text)
    assert set(facts.sources) <= set(example_sources())


def test_the_example_is_entered_whole_and_known_as_such(case):
    """A second `vaughn demo ndlon` must only open it."""
    assert example_is_entered(case)
    assert case.verify().problems == ()


def test_entering_it_again_says_nothing_twice(case):
    """Who updates the program may enter the example again."""
    before = sum(len(entity.statements) for entity in case.entities())
    assert enter_example(case) == 0
    assert sum(len(entity.statements) for entity in case.entities()) == before


def test_every_source_says_something(case):
    """A source that nothing stands on is noise."""
    used = {one.source_id for entity in case.entities() for one in entity.statements}
    assert [source.key for source in case.sources() if source.id not in used] == []


def test_what_is_from_memory_is_marked_as_not_confirmed(case):
    """Nothing from memory may be read as a fact."""
    (memory,) = [source.id for source in case.sources() if source.key == "recollection"]
    said = [(entity.reference, one) for entity in case.entities() for one in entity.statements]
    assert {one.confidence for _, one in said if one.source_id == memory} == {Confidence.NOT_CONFIRMED}
    marked = {reference for reference, one in said if one.confidence is Confidence.NOT_CONFIRMED}
    assert marked >= {
        "order/2011-02-07-form",  # fields for e-mail and paper
        "order/2011-02-14-supplemental",  # its content
        "order/2011-04-08-sampling",  # terms
        "order/2011-06-17-form",  # operative terms
        "order/2011-07-12-fpl",  # the list
        "order/2013-03-settlement",  # terms
        "outcome/cut-off",  # no ruling found
        "outcome/reconsider",  # how far it succeeded
    }


def test_every_entity_has_a_title(case):
    """Lists show entities by their title."""
    untitled = [entity.reference for entity in case.entities() if not entity.value(kind_named(entity.kind).title_field)]
    assert untitled == []
