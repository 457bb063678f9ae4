"""What declarations leave open."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import count

import pytest

from vaughn.collect.kinds import KINDS
from vaughn.collect.search_gaps import gaps_of_declaration, gaps_of_terms, never_searched, uneven_detail
from vaughn.collect.search_kinds import DECLARED_SEARCH
from vaughn.model import Confidence, Entity, Rank, Statement, canonical_value, kinds_by_id

BY_ID = kinds_by_id(KINDS)
NUMBERS = count(1)


def entity(reference, **values):
    """Return an entity; several values of a field as a list."""
    kind, _, key = reference.partition("/")
    statements = [
        Statement(
            next(NUMBERS), field, canonical_value(BY_ID[kind], field, value), 1, Confidence.STATED, Rank.NORMAL, None,
            datetime(2012, 7, 13, tzinfo=UTC),
        )
        for field, held in values.items()
        for value in (held if isinstance(held, list) else [held])
    ]  # fmt: skip
    return Entity(next(NUMBERS), kind, key, tuple(statements))


FULL = {
    "method": "query",
    "custodian": "custodian/venturella",
    "repository": "repository/mailbox",
    "terms": "opt out",
    "connectors": "or",
    "full_text": "yes",
    "tool": "Outlook",
    "hits": "12",
    "not_searchable": "0",
    "operator": "the custodian",
    "instruction": "Search everything.",
    "checked_by": "counsel",
    "on": "2011-08",
    "cut_off": "2010-10-15",
    "cut_off_basis": "agreed",
}
MANUAL = {"looked_through": "one cabinet", "criteria": "mentions opting out", "review_hours": "6"}
RANKED = {"seed_set": "500", "control_set": "1,000", "recall": "0.8", "recall_interval": "0.75 to 0.85"}


def fields(gaps):
    return [gap.field for gap in gaps]


@pytest.mark.parametrize("field", sorted(FULL))
def test_each_thing_left_unsaid_is_a_gap(field):
    """And nothing but that."""
    said = {name: value for name, value in FULL.items() if name != field}
    gaps = gaps_of_declaration(entity("declared-search/a", **said))
    assert fields(gaps) == [field]
    assert gaps[0].about == "declared-search/a"
    assert gaps[0].reason.endswith(".")
    assert gaps[0].reason_es.endswith(".")


def test_a_declaration_that_says_everything_has_no_gap():
    """Also one by hand, which has no terms and no program."""
    assert gaps_of_declaration(entity("declared-search/a", **FULL)) == ()
    by_hand = {name: FULL[name] for name in FULL if name not in ("terms", "connectors", "full_text", "tool", "hits")}
    by_hand = by_hand | MANUAL | {"method": "manual review"}
    del by_hand["not_searchable"]
    assert gaps_of_declaration(entity("declared-search/a", **by_hand)) == ()
    assert gaps_of_declaration(entity("declared-search/a", **by_hand | RANKED | {"method": "ranked review"})) == ()


def test_each_method_has_its_own_questions():
    """A review by hand is asked what was read; a ranked one what it was measured with."""
    by_hand = fields(gaps_of_declaration(entity("declared-search/a", method="manual review")))
    ranked = fields(gaps_of_declaration(entity("declared-search/a", method="ranked review")))
    assert set(MANUAL) <= set(by_hand)
    assert not {*RANKED, "terms", "hits"} & set(by_hand)
    assert set(RANKED) <= set(ranked)
    assert not {*MANUAL, "terms", "hits"} & set(ranked)


def test_without_a_method_the_questions_of_a_query_are_asked():
    """It must not help a declaration to say less."""
    asked = fields(gaps_of_declaration(entity("declared-search/a")))
    assert set(asked) == set(FULL)


def test_what_a_court_asked_says_where_that_was_read():
    """Who quotes it must know that it stands in a report, not in the opinion itself."""
    sources = {gap.field: gap.source for gap in gaps_of_declaration(entity("declared-search/a"))}
    for field in ("terms", "connectors", "full_text", "operator", "instruction", "checked_by"):
        assert "877 F. Supp. 2d 87" in sources[field]
        assert "as reported by" in sources[field]
    for field in ("hits", "tool", "on", "cut_off", "cut_off_basis", "not_searchable", "custodian", "method"):
        assert sources[field] == ""


def test_a_term_instructed_and_not_run_is_named():
    """With the term, so that it can be asked for."""
    agreed = entity("term-list/one", terms="opt out\nmandatory w/5 2013")
    ran = entity("declared-search/a", terms="OPT-OUT\nmandatory and 2013")
    (gap,) = gaps_of_terms(ran, agreed)
    assert gap.reason == (
        "“mandatory w/5 2013” was instructed, “mandatory and 2013” was run: the same words combined otherwise."
    )
    assert "combinadas de otro modo" in gap.reason_es
    missing, added = (
        gaps_of_terms(entity("declared-search/a", terms=terms), agreed)
        for terms in ("opt out", "opt out\nmandatory w/5 2013\nident")
    )
    assert [gap.reason for gap in missing + added] == [
        "“mandatory w/5 2013” was instructed and is not among the terms declared.",
        "“ident” was run and not instructed.",
    ]


def test_a_declaration_without_terms_has_one_gap_not_one_a_term():
    """That terms are missing is told by the declaration's own gap."""
    assert gaps_of_terms(entity("declared-search/a"), entity("term-list/one", terms="a\nb")) == ()


def test_custodians_of_the_final_list_that_nobody_searched_are_named():
    """A refused item asks nothing."""
    items = [
        entity("final-list-item/1", custodian=["custodian/venturella", "custodian/rapp"], state="agreed"),
        entity("final-list-item/2", custodian="custodian/other", state="refused"),
    ]
    gaps = never_searched(items, [], [entity("declared-search/a", custodian="custodian/rapp")])
    assert [gap.about for gap in gaps] == ["custodian/venturella"]


def test_places_of_a_listed_custodian_that_nobody_searched_are_named():
    """A place said not to be searched needs a reason, and one with a reason is no gap."""
    items = [entity("final-list-item/1", custodian="custodian/rapp")]
    places = [
        entity("repository/mailbox", custodian="custodian/rapp", repository_type="mailbox"),
        entity("repository/pst", custodian="custodian/rapp", repository_type="pst file"),
        entity("repository/paper", custodian="custodian/rapp", searched="no"),
        entity("repository/old", custodian="custodian/rapp", searched="no", reason="Destroyed in 2009."),
        entity("repository/else", custodian="custodian/nobody"),
    ]
    search = entity("declared-search/a", custodian="custodian/rapp", repository="repository/mailbox")
    gaps = never_searched(items, places, [search])
    assert [(gap.about, gap.field) for gap in gaps] == [
        ("repository/pst", "repository"),
        ("repository/paper", "reason"),
    ]
    assert "ECF 179" in gaps[0].source
    assert gaps[1].source == ""


def test_declarations_of_one_agency_that_differ_in_detail_are_named():
    """Another agency's declarations do not count, nor one without an agency."""
    gaps = uneven_detail(
        [
            entity("declared-search/a", agency="agency/ice", tool="Outlook", method="query"),
            entity("declared-search/b", agency="agency/ice", method="query"),
            entity("declared-search/c", agency="agency/fbi", full_text="no"),
            entity("declared-search/d", checked_by="counsel"),
        ]
    )
    assert [(gap.about, gap.field) for gap in gaps] == [("agency/ice", "tool")]
    assert gaps[0].reason == "“Program” is told in 1 of 2 declarations of this agency; not in declared-search/b."


def test_every_question_is_about_a_field_there_is():
    """A question about no field could never be answered."""
    known = {field.id for field in DECLARED_SEARCH.fields}
    asked = {
        gap.field
        for method in ("query", "manual review", "ranked review")
        for gap in gaps_of_declaration(entity("declared-search/a", method=method))
    }
    assert asked <= known


def test_no_gap_pronounces_a_verdict():
    """Whether a search was enough is for a judge."""
    said = " ".join(gap.reason for gap in gaps_of_declaration(entity("declared-search/a")))
    assert not {"adequate", "inadequate", "complete", "incomplete"} & set(said.lower().replace(".", " ").split())
