"""Samples that anybody can draw again."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaughn.model import InputError
from vaughn.model.sampling import Drawn, Frame, Stratum, draw_sample, frame_of, proportional

TEN = frame_of(f"ICE-{number:02}" for number in range(10))


def test_a_draw_can_be_done_again_by_hand():
    """One hash and one division give the member: `printf 2012-07-13,1 | sha256sum`."""
    sample = draw_sample(TEN, {"": 1}, seed="2012-07-13")
    by_hand = "1c10d052aa86f0a020a8aa368224080b7955ee72cb6ac7e69cefc0887c8e9200"
    assert sample.draws[0].digest == by_hand
    assert sample.members == (f"ICE-{int(by_hand, 16) % 10:02}",)


def test_a_stratum_has_its_own_row_of_draws():
    """Adding a stratum must not change what is drawn from another."""
    one = frame_of("abcdef", stratum_of=dict.fromkeys("abcdef", "FBI"))
    two = frame_of("abcdefuvw", stratum_of=dict.fromkeys("abcdef", "FBI") | dict.fromkeys("uvw", "ICE"))
    alone = draw_sample(one, {"FBI": 3}, seed="7")
    both = draw_sample(two, {"FBI": 3, "ICE": 1}, seed="7")
    assert both.members[:3] == alone.members
    assert both.draws[0].digest == sha256(b"7,FBI,1").hexdigest()
    assert draw_sample(two, {"ICE": 1}, seed="7").members == both.members[3:]


def test_the_digest_of_a_frame_is_that_of_its_lines():
    """It proves later what could have been drawn."""
    frame = frame_of(["b", "a", "c"], stratum_of={"a": "x", "b": "x", "c": "y"})
    assert frame.digest == sha256(b"x\ta\nx\tb\ny\tc\n").hexdigest()
    assert frame_of(["b", "a", "b"]).digest == sha256(b"\ta\n\tb\n").hexdigest()
    assert frame.size == 3


def test_a_member_drawn_twice_is_passed_over_and_logged():
    """All ten members are drawn in the end, and every draw stands in the log."""
    sample = draw_sample(TEN, {"": 10}, seed="s")
    assert sorted(sample.members) == list(TEN.strata[0].members)
    assert [draw.number for draw in sample.draws] == list(range(1, len(sample.draws) + 1))
    assert Counter(draw.outcome for draw in sample.draws)[Drawn.REPEATED] == len(sample.draws) - 10
    assert all(TEN.strata[0].members[draw.place - 1] == draw.member for draw in sample.draws)


def test_a_member_that_cannot_be_read_is_replaced_by_the_next_draw():
    """The others stay drawn, and the log says who was replaced and why."""
    first = draw_sample(TEN, {"": 3}, seed="s")
    second = draw_sample(TEN, {"": 3}, seed="s", unusable={first.members[1]: "locked"})
    assert set(first.members) - set(second.members) == {first.members[1]}
    assert len(second.members) == 3
    assert [(draw.member, draw.reason) for draw in second.draws if draw.outcome is Drawn.REPLACED] == [
        (first.members[1], "locked")
    ]
    assert not second.is_short


def test_a_stratum_without_readable_members_gives_a_short_sample():
    """It ends, and says so, instead of drawing for ever."""
    sample = draw_sample(TEN, {"": 2}, seed="s", unusable=dict.fromkeys(TEN.strata[0].members, "locked"))
    assert sample.members == ()
    assert sample.is_short


@given(st.integers(0, 40), st.integers(0, 40), st.text("abc123", min_size=1))
def test_a_larger_sample_holds_the_smaller_one(small, large, seed):
    """Drawing more later wastes nothing that was read."""
    frame = frame_of(str(number) for number in range(40))
    small, large = sorted((small, large))
    few = draw_sample(frame, {"": small}, seed=seed).members
    assert draw_sample(frame, {"": large}, seed=seed).members[:small] == few
    assert len(set(few)) == small


def test_every_member_is_drawn_equally_often():
    """Over 2,000 seeds each of ten members is taken about 600 times (five sigma are 102)."""
    counts = Counter(member for seed in range(2000) for member in draw_sample(TEN, {"": 3}, seed=str(seed)).members)
    assert sum(counts.values()) == 6000
    assert all(abs(count - 600) < 102 for count in counts.values())


def test_shares_go_to_the_largest_remainders():
    """Of 10 from 50, 30 and 20: 5, 3, 2; of 7: 3.5, 2.1 and 1.4."""
    frame = frame_of(
        (f"{name}{number:02}" for name, size in (("a", 50), ("b", 30), ("c", 20)) for number in range(size)),
        stratum_of={f"{n}{i:02}": n for n in "abc" for i in range(50)},
    )
    assert proportional(frame, 10) == {"a": 5, "b": 3, "c": 2}
    assert proportional(frame, 7) == {"a": 4, "b": 2, "c": 1}
    assert proportional(frame, 0) == {"a": 0, "b": 0, "c": 0}
    assert proportional(frame, 2, at_least=2) == {"a": 2, "b": 2, "c": 2}
    assert proportional(Frame(()), 0) == {}


@given(st.lists(st.integers(0, 30), min_size=1, max_size=6), st.data())
def test_shares_sum_to_what_was_asked_and_fit(sizes, data):
    """Whatever the sizes, nobody is asked for more than is there."""
    frame = Frame(
        tuple(Stratum(f"s{place}", tuple(f"{number:02}" for number in range(size))) for place, size in enumerate(sizes))
    )
    total = data.draw(st.integers(0, frame.size))
    counts = proportional(frame, total)
    assert sum(counts.values()) == total
    assert all(counts[one.name] <= len(one.members) for one in frame.strata)


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(lambda: draw_sample(TEN, {"": 11}, seed="s"), id="more than there are"),
        pytest.param(lambda: draw_sample(TEN, {"": -1}, seed="s"), id="below none"),
        pytest.param(lambda: draw_sample(TEN, {"x": 1}, seed="s"), id="unknown stratum"),
        pytest.param(lambda: draw_sample(TEN, {"": 1}, seed=""), id="no seed"),
        pytest.param(lambda: draw_sample(TEN, {"": 1}, seed="1,2"), id="comma in the seed"),
        pytest.param(lambda: proportional(TEN, 11), id="shares of more than there are"),
        pytest.param(lambda: frame_of(["a\tb"]), id="tab"),
        pytest.param(lambda: frame_of(["a"], stratum_of={}), id="in no stratum"),
        pytest.param(lambda: Stratum("", ("b", "a")), id="not sorted"),
        pytest.param(lambda: Frame((Stratum("b", ()), Stratum("a", ()))), id="strata not sorted"),
    ],
)
def test_what_cannot_be_drawn_is_refused(wrong):
    """A sample that silently differs from what was asked is worth nothing."""
    with pytest.raises(InputError):
        wrong()
