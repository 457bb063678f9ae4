"""Conversations: who answers whom, what is missing, and what need not be read because it stands in a later message."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from vaughn.collect.messages import Message, MessageReader
from vaughn.collect.threads import BY_INDEX, BY_REFERENCES, FIRST, SAME_ID, Threads, members_of, threads_among
from vaughn.model import GroupRole, MailAddress, Moment, RecordFacts
from vaughn.store import HeldMessage

MONDAY = datetime(2011, 1, 17, 9, tzinfo=UTC)
PEOPLE = {
    name: MailAddress(f"{name}@ice.example", name.title() + " Smith") for name in ("palmer", "venturella", "counsel")
}
READER = MessageReader()
QUESTION = "Can a county opt out of the program? Please advise before noon, the sheriff called again."
ANSWER = "No county can, see the memorandum of October; I will send the language for the letter."


def message(
    number: int,
    text: str = QUESTION,
    *,
    hours: float = 0,
    subject: str | None = "Opt-out",
    by: str = "palmer",
    to: tuple[str, ...] = ("venturella",),
    files: tuple[str, ...] = (),
    **known: object,
) -> Message:
    sent = Moment(MONDAY + timedelta(hours=hours), 0)
    facts = RecordFacts(title=subject, author=PEOPLE[by], to=tuple(PEOPLE[one] for one in to), sent=sent)
    facts = replace(facts, **known)  # type: ignore[arg-type]
    return READER.message(HeldMessage(number, facts, None, None, None, None), text, attachments=files)


def quoting(answer: str, quoted: str, *, by: str = "Palmer Smith", when: str = "January 17, 2011 9:00 AM") -> str:
    return (
        f"{answer}\n\n-----Original Message-----\nFrom: {by}\nSent: Monday, {when}\nTo: somebody\n"
        f"Subject: Opt-out\n\n{quoted}\n"
    )


def followed(found: Threads) -> list[list[tuple[int, int | None, str]]]:
    return [[(one.id, one.parent_id, one.basis) for one in thread.members] for thread in found.threads]


def test_ids_say_who_answers_whom() -> None:
    """The last one named is the one that is answered."""
    found = threads_among(
        [
            message(
                3, hours=2, message_id="<c@x>", references=("<a@x>", "<b@x>"), in_reply_to="<b@x>", subject="other"
            ),
            message(1, message_id="<a@x>"),
            message(2, hours=1, message_id="<b@x>", in_reply_to="<a@x>"),
            message(4, hours=3, message_id="<d@x>", subject="Lunch"),
        ]
    )
    assert followed(found) == [[(1, None, FIRST), (2, 1, BY_REFERENCES), (3, 2, BY_REFERENCES)]]
    assert found.missing == ()


def test_a_message_that_is_named_and_not_there_is_told() -> None:
    """Two answers to a withheld message stand together, and its absence is evidence."""
    found = threads_among(
        [
            message(1, message_id="a@x"),
            message(2, hours=2, message_id="c@x", references=("a@x", "b@x")),
            message(3, hours=3, message_id="d@x", references=("b@x",), subject="x"),
        ]
    )
    assert followed(found) == [[(1, None, FIRST), (2, 1, BY_REFERENCES), (3, 1, BY_REFERENCES)]]
    assert [member.gap for member in found.threads[0].members] == [False, True, True]
    assert [(one.message_id, one.named_by) for one in found.missing] == [("b@x", (2, 3))]


def test_references_that_run_in_a_circle_end() -> None:
    """Ids are what the sender wrote, and senders lie."""
    found = threads_among(
        [
            message(1, message_id="a@x", in_reply_to="b@x"),
            message(2, message_id="b@x", in_reply_to="c@x", hours=1),
            message(3, message_id="c@x", in_reply_to="a@x", hours=2),
            message(4, message_id="d@x", in_reply_to="d@x", subject="self", hours=3),
        ]
    )
    (thread,) = found.threads
    assert [one.id for one in thread.members] == [1, 2, 3]
    assert sum(one.parent_id is None for one in thread.members) == 1


def test_two_messages_of_one_id_stand_together() -> None:
    """One was changed on the way: that is no copy, and belongs beside the other."""
    found = threads_among([message(1, message_id="a@x"), message(2, "changed", message_id="a@x", subject="changed")])
    assert followed(found) == [[(1, None, FIRST), (2, 1, SAME_ID)]]


def test_outlooks_index_says_who_answers_whom() -> None:
    """Five bytes for each answer after the twenty-two of the conversation."""
    head = "01" + "ab" * 21
    found = threads_among(
        [
            message(1, conversation_index=head, subject="a"),
            message(2, conversation_index=head + "00" * 5, subject="b", hours=1),
            message(3, conversation_index=head + "00" * 5 + "11" * 5, subject="c", hours=2),
            message(4, conversation_index=head + "22" * 5 + "33" * 5, subject="d", hours=3),
            message(5, conversation_index="damaged", subject="e"),
            message(6, conversation_index="01" + "cd" * 21, subject="f"),
        ]
    )
    assert followed(found) == [[(1, None, FIRST), (2, 1, BY_INDEX), (3, 2, BY_INDEX), (4, 1, BY_INDEX)]]


def test_a_quoted_header_names_the_message_that_is_answered() -> None:
    """Author, time and subject, by the clock of the sender or by one in another zone."""
    texts = [quoting(ANSWER, QUESTION), quoting(ANSWER, QUESTION, when="January 17, 2011 4:00 AM")]
    for text in texts:
        found = threads_among([message(1), message(2, text, hours=1, subject="RE: Opt-out", by="venturella", to=())])
        assert followed(found) == [[(1, None, FIRST), (2, 1, "quoted header")]]
        assert found.missing == ()


def test_a_quoted_message_that_is_not_there_is_told_and_joins_its_answers() -> None:
    """What somebody quotes was once sent."""
    found = threads_among(
        [
            message(1, quoting(ANSWER, QUESTION), hours=1, subject="RE: Opt-out", by="venturella"),
            message(2, quoting("I object.", QUESTION), hours=2, subject="RE: Opt-out", by="counsel"),
        ]
    )
    assert followed(found) == [[(1, None, "quoted header"), (2, None, "quoted header")]]
    (missing,) = found.missing
    assert missing.header is not None
    assert (missing.header.author, missing.named_by) == ("Palmer Smith", (1, 2))


def test_quoted_words_find_the_message_without_a_header() -> None:
    """A mark before each line is all some programs leave."""
    text = ANSWER + "\n\n" + "\n".join(f"> {part}" for part in QUESTION.split(","))
    found = threads_among([message(1), message(2, text, hours=30, subject="Re: Opt-out", by="counsel", to=())])
    assert followed(found) == [[(1, None, FIRST), (2, 1, "subject and quotation")]]


def test_subject_people_and_dates_find_an_answer_that_quotes_nothing() -> None:
    """From one who got it to one who sent it, soon, with a mark of answering."""
    first = message(1)
    answer = message(2, ANSWER, hours=1, subject="AW: Opt-out", by="venturella", to=("palmer",))
    assert followed(threads_among([first, answer])) == [[(1, None, FIRST), (2, 1, "subject, people and dates")]]
    for other in (
        message(2, ANSWER, hours=1, subject="Opt-out", by="venturella", to=("palmer",)),
        message(2, ANSWER, hours=24 * 40, subject="AW: Opt-out", by="venturella", to=("palmer",)),
        message(2, ANSWER, hours=1, subject="AW: Opt-out", by="counsel", to=("palmer",)),
        message(2, ANSWER, hours=1, subject="AW: Opt-out", by="venturella", to=("counsel",)),
        message(2, ANSWER, hours=-24, subject="AW: Opt-out", by="venturella", to=("palmer",)),
        message(2, ANSWER, hours=1, subject="AW:", by="venturella", to=("palmer",)),
    ):
        assert threads_among([first, other]).threads == ()


def test_what_a_later_message_quotes_in_full_is_contained() -> None:
    """It need not be read; the answer to it must be."""
    found = threads_among(
        [message(1), message(2, quoting(ANSWER, QUESTION), hours=1, subject="RE: Opt-out", by="venturella")]
    )
    assert [one.contained_in for one in found.threads[0].members] == [2, None]
    assert [(one.role, one.position, one.parent_id) for one in members_of(found.threads)] == [
        (GroupRole.CONTAINED, 1, None),
        (GroupRole.INCLUSIVE, 2, 1),
    ]


def test_a_message_is_inclusive_if_one_word_of_it_is_not_quoted() -> None:
    """Who answers may have cut a sentence out, or changed it."""
    for quoted in (
        QUESTION.replace(" again", ""),
        QUESTION.replace("county", "city"),
        QUESTION.split("?", maxsplit=1)[0],
    ):
        found = threads_among(
            [message(1), message(2, quoting(ANSWER, quoted), hours=1, subject="RE: Opt-out", by="venturella")]
        )
        assert [one.contained_in for one in found.threads[0].members] == [None, None]


def test_a_message_whose_attachment_did_not_go_on_is_inclusive() -> None:
    """Answers leave attachments out."""
    answer = quoting(ANSWER, QUESTION)
    for files, container in (((), None), (("aa",), None), (("aa", "bb"), 2)):
        found = threads_among(
            [
                message(1, files=("aa", "bb")),
                message(2, answer, hours=1, subject="RE: Opt-out", by="venturella", files=files),
            ]
        )
        assert found.threads[0].members[0].contained_in == container


def test_marks_wrapping_and_letter_case_do_not_hide_that_a_message_is_quoted() -> None:
    """Words are compared, not lines."""
    wrapped = "> " + QUESTION.upper().replace(" the ", "\n> the ").replace(" PLEASE", "\n> PLEASE")
    text = f"{ANSWER}\n\nOn Mon, Jan 17, 2011 at 9:00 AM, Palmer Smith <palmer@ice.example> wrote:\n{wrapped}"
    found = threads_among([message(1), message(2, text, hours=1, subject="Re: Opt-out", by="venturella")])
    assert found.threads[0].members[0].contained_in == 2


def test_few_words_are_contained_only_as_a_whole_quotation() -> None:
    """``Yes.`` stands in every long message by chance."""
    yes = message(2, "Yes.", hours=1, subject="RE: Opt-out", by="venturella", to=("palmer",))
    quoted = quoting("Thanks.", "Yes.", by="Venturella Smith", when="January 17, 2011 10:00 AM")
    by_chance = quoting("Thanks.", "I wrote yes to him.", by="Venturella Smith", when="January 17, 2011 10:00 AM")
    for text, container in ((quoted, 3), (by_chance, None)):
        found = threads_among([message(1), yes, message(3, text, hours=2, subject="RE: Opt-out")])
        assert {one.id: one.contained_in for one in found.threads[0].members}[2] == container


def test_of_two_messages_that_say_the_same_one_stays_inclusive() -> None:
    """Containing each other must not hide both."""
    text = quoting("", QUESTION)
    found = threads_among([message(1), message(2, text, hours=1), message(3, text, hours=2)])
    for thread in found.threads:
        assert any(one.contained_in is None for one in thread.members)
        assert all(one.contained_in is None or one.contained_in > one.id for one in thread.members)


def test_a_message_without_text_is_inclusive() -> None:
    """Nothing is known of what it says."""
    found = threads_among([message(1, "", message_id="a@x"), message(2, hours=1, in_reply_to="a@x")])
    assert [one.contained_in for one in found.threads[0].members] == [None, None]


def test_a_produced_message_is_known_by_the_header_on_its_page() -> None:
    """Releases often have pictures of messages and no fields."""
    stamps = "UNCLASSIFIED U.S. Department of State Case F-1\n"
    page = f"{stamps}From: Palmer, Jon\nSent: Monday, January 17, 2011 9:00 AM\nTo: V\nSubject: Opt-out\n\n"
    held = HeldMessage(1, None, None, None, None, None)
    first = READER.message(held, page + QUESTION)
    assert (first.author, first.subject, first.sent) == ("Palmer, Jon", "Opt-out", datetime(2011, 1, 17, 9))
    listed = READER.message(replace(held, id=2, title="RE: Opt-out", sender="V", date="2011-01-18"), "no header")
    assert (listed.author, listed.subject, listed.sent) == ("V", "RE: Opt-out", datetime(2011, 1, 18))


def test_no_messages_make_no_threads() -> None:
    """An empty mailbox is looked through like any other."""
    assert threads_among([]) == Threads((), ())


def test_a_long_chain_is_one_thread() -> None:
    """Depth is not recursion."""
    chain = [
        message(number, f"note {number}", hours=number, message_id=f"{number}@x", in_reply_to=f"{number - 1}@x")
        for number in range(1, 1500)
    ]
    (thread,) = threads_among(chain).threads
    assert len(thread.members) == 1499


IDS = st.sampled_from(["a@x", "b@x", "c@x", "d@x"])
MESSAGES = st.lists(
    st.tuples(IDS, st.lists(IDS, max_size=3), st.sampled_from(["Opt-out", "Re: Opt-out", ""]), st.integers(0, 5)),
    max_size=7,
).map(
    lambda rows: [
        message(number, hours=hours, message_id=own, references=tuple(named), subject=subject)
        for number, (own, named, subject, hours) in enumerate(rows, start=1)
    ]
)


@settings(deadline=None, max_examples=60)
@given(MESSAGES, st.randoms(use_true_random=False))
def test_the_order_of_messages_does_not_matter_and_nobody_is_lost_twice(
    messages: list[Message], chance: random.Random
) -> None:
    """Each message is in one thread at most; parents are in the same one; parents never run in a circle."""
    found = threads_among(messages)
    assert threads_among(chance.sample(messages, len(messages))) == found
    everyone = [one.id for thread in found.threads for one in thread.members]
    assert len(everyone) == len(set(everyone))
    for thread in found.threads:
        parents = {one.id: one.parent_id for one in thread.members}
        for start in parents:
            place: int | None = start
            for _ in parents:
                place = parents[place] if place is not None else None
            assert place is None
