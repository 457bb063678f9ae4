"""A copy is a whole family; the one that is shown does not depend on the order; every place is kept."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from vaughn.collect import Copies, copies_among
from vaughn.collect.duplicates import SAME_BYTES, SAME_MESSAGE, WITH_PARENT, members_of
from vaughn.model import GroupRole, GroupScope
from vaughn.store import HeldDocument

FIRST_DAY, LATER_DAY = date(2011, 1, 17), date(2011, 2, 1)


def held(number: int, sha256: str | None = None, **known: object) -> HeldDocument:
    """A loose file of Palmer's, unless said otherwise."""
    document = HeldDocument(
        number, None, 1, "January", FIRST_DAY, number, "Palmer", f"disk/{number:03}.doc", sha256, None
    )
    return replace(document, **known)  # type: ignore[arg-type]


def message(number: int, identity: str, **known: object) -> HeldDocument:
    return held(number, f"bytes of {number}", **{"identity": identity, "mail_folder": "Inbox", **known})


def shown(copies: tuple[Copies, ...]) -> list[tuple[int, list[int]]]:
    return [(one.primary.id, [other.id for other in one.others]) for one in copies]


def test_the_same_bytes_are_copies_and_other_bytes_are_not() -> None:
    """A loose file is what its bytes are, whatever it is called."""
    found = copies_among([held(1, "aa"), held(2, "bb"), held(3, "aa"), held(4, None), held(5, None)])
    assert shown(found) == [(1, [3])]
    assert found[0].basis == SAME_BYTES


def test_the_same_message_in_another_file_is_a_copy() -> None:
    """A message saved as .eml and found in a mailbox again has other bytes and is the same."""
    found = copies_among([message(1, "m1"), message(2, "m1"), message(3, "m2")])
    assert shown(found) == [(1, [2])]
    assert found[0].basis == SAME_MESSAGE


def test_a_message_with_other_attachments_is_no_copy() -> None:
    """What went out with it is part of what was sent."""
    family = [message(1, "m1"), held(2, "report", parent_id=1)]
    other = [message(3, "m1"), held(4, "other report", parent_id=3)]
    bare = [message(5, "m1")]
    assert copies_among([*family, *other, *bare]) == ()


def test_attachments_are_copies_with_their_message_and_only_so() -> None:
    """The same attachment of two messages, or lying loose, is a document of its own."""
    documents = [
        message(1, "m1"),
        held(2, "one", parent_id=1),
        held(3, "two", parent_id=1),
        message(4, "m1"),
        held(5, "one", parent_id=4),
        held(6, "two", parent_id=4),
        message(7, "another"),
        held(8, "one", parent_id=7),
        held(9, "one"),
    ]
    found = copies_among(documents)
    assert shown(found) == [(1, [4]), (2, [5]), (3, [6])]
    assert [one.basis for one in found] == [SAME_MESSAGE, WITH_PARENT, WITH_PARENT]


def test_the_order_of_attachments_counts() -> None:
    """The order is part of the message."""
    documents = [
        message(1, "m1"),
        held(2, "one", parent_id=1),
        held(3, "two", parent_id=1),
        message(4, "m1"),
        held(5, "two", parent_id=4),
        held(6, "one", parent_id=4),
    ]
    assert copies_among(documents) == ()


def test_messages_in_messages_are_compared_all_the_way_down() -> None:
    """An attachment of an attached message makes a difference too."""
    equal = [message(1, "m"), message(2, "inner", parent_id=1), held(3, "x", parent_id=2)]
    same = [message(4, "m"), message(5, "inner", parent_id=4), held(6, "x", parent_id=5)]
    other = [message(7, "m"), message(8, "inner", parent_id=7), held(9, "y", parent_id=8)]
    assert shown(copies_among([*equal, *same, *other])) == [(1, [4]), (2, [5]), (3, [6])]


def test_a_family_of_which_anything_is_unknown_is_no_copy() -> None:
    """Nothing is hidden on a guess."""
    documents = [message(1, "m"), held(2, None, parent_id=1), message(3, "m"), held(4, None, parent_id=3)]
    assert copies_among(documents) == ()


def test_what_was_handed_over_first_is_shown() -> None:
    """A later handing over never takes the place away from an earlier one."""
    late, early = held(1, "aa", handed_on=LATER_DAY), held(2, "aa", handed_on=FIRST_DAY, path="z.doc")
    again = held(3, "aa", handed_on=FIRST_DAY, path="y.doc")
    assert shown(copies_among([late, early, again])) == [(3, [2, 1])]


def test_per_custodian_what_two_people_had_is_kept_twice() -> None:
    """Who had a document may matter more than reading it once."""
    documents = [held(1, "aa"), held(2, "aa", custodian=" PALMER "), held(3, "aa", custodian="Venturella")]
    assert shown(copies_among(documents, scope=GroupScope.CUSTODIAN)) == [(1, [2])]
    assert shown(copies_among(documents)) == [(1, [2, 3])]


def test_per_custodian_unknown_people_are_one_only_within_a_handing_over() -> None:
    """Two unknown custodians of two offices may be two people."""
    documents = [held(1, "aa", custodian=None), held(2, "aa", custodian=None)]
    documents.append(held(3, "aa", custodian=None, production_id=2, production="February"))
    assert shown(copies_among(documents, scope=GroupScope.CUSTODIAN)) == [(1, [2])]


def test_every_custodian_path_folder_and_production_is_kept() -> None:
    """Whoever had it, and wherever, is evidence."""
    documents = [
        message(1, "m", path="a.pst/1.eml"),
        message(2, "m", path="b.pst/9.eml", custodian="Venturella"),
        message(3, "m", path="b.pst/9.eml", mail_folder=None, production_id=2, production="February"),
    ]
    (copies,) = copies_among(documents)
    assert copies.custodians == ("Palmer", "Venturella")  # February comes before January by name
    assert copies.paths == ("b.pst/9.eml", "a.pst/1.eml")
    assert copies.mail_folders == ("Inbox",)
    assert set(copies.productions) == {"January", "February"}


def test_members_name_the_shown_one_and_whose_copies_the_others_are() -> None:
    """What is stored says why each one is there."""
    members = list(members_of(copies_among([held(1, "aa"), held(2, "aa"), held(3, "bb"), held(4, "bb")])))
    assert [(one.group, one.document_id, one.role, one.parent_id) for one in members] == [
        (1, 1, GroupRole.PRIMARY, None),
        (1, 2, GroupRole.COPY, 1),
        (2, 3, GroupRole.PRIMARY, None),
        (2, 4, GroupRole.COPY, 3),
    ]


def test_documents_that_are_each_others_parents_are_left_alone() -> None:
    """Damaged families end in no loop and hide nothing."""
    documents = [held(1, "aa", parent_id=2), held(2, "aa", parent_id=1), held(3, "aa", parent_id=3), held(4, "aa")]
    assert shown(copies_among(documents)) == [(3, [4])]


def test_a_very_deep_family_ends() -> None:
    """A message in a message in a message ... is no reason to stop."""
    chain = [message(1, "m0"), *(message(n, f"m{n}", parent_id=n - 1) for n in range(2, 300))]
    assert copies_among([*chain, held(500, "aa"), held(501, "aa")]) != ()


ANY_DOCUMENTS = st.lists(
    st.tuples(st.sampled_from("abc"), st.integers(0, 8), st.sampled_from(["Palmer", "Venturella", None])), max_size=14
).map(
    lambda rows: [
        held(number, digest, parent_id=parent if 0 < parent < number else None, custodian=custodian)
        for number, (digest, parent, custodian) in enumerate(rows, start=1)
    ]
)


@settings(deadline=None)
@given(ANY_DOCUMENTS, st.sampled_from(GroupScope), st.randoms(use_true_random=False))
def test_the_order_of_documents_does_not_matter(
    documents: list[HeldDocument], scope: GroupScope, chance: random.Random
) -> None:
    """The same records give the same answer, however they were read."""
    shuffled = chance.sample(documents, len(documents))
    assert copies_among(shuffled, scope=scope) == copies_among(documents, scope=scope)


@settings(deadline=None)
@given(ANY_DOCUMENTS, st.sampled_from(GroupScope))
def test_a_document_is_in_one_group_at_most(documents: list[HeldDocument], scope: GroupScope) -> None:
    """Whatever is hidden has exactly one document that is shown for it."""
    found = [document.id for copies in copies_among(documents, scope=scope) for document in copies.all]
    assert len(found) == len(set(found))
    hidden = {other.id for copies in copies_among(documents, scope=scope) for other in copies.others}
    assert hidden.isdisjoint(copies.primary.id for copies in copies_among(documents, scope=scope))
