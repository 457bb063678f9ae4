"""What a child may send: plain values, days and moments; nothing that runs when it is opened."""

from __future__ import annotations

import io
import os
import pickle
import struct
from datetime import UTC, date, datetime, timedelta
from pathlib import PurePosixPath

import pytest

from vaughn.formats.pages import Attempt
from vaughn.model import Moment, PageSize, PartialDate, TextSource
from vaughn.work import FailureKind
from vaughn.work.messages import receive_plain, send
from vaughn.work.protocol import Answer


def through(value):
    """Return *value* as the parent gets it."""
    stream = io.BytesIO()
    send(stream, value)
    stream.seek(0)
    return receive_plain(stream)


@pytest.mark.parametrize(
    "value",
    [
        (1, "a", b"b", None, [2.5], {"k": True}),
        PartialDate(2011, 2),
        (FailureKind.CRASHED, TextSource.OCR),
        (date(2011, 2, 7), datetime(2011, 2, 7, 12, tzinfo=UTC), timedelta(days=1)),
    ],
)
def test_plain_values_come_through(value):
    """A docket is days and texts."""
    assert through(value) == value


def test_our_values_inside_each_other_come_through():
    """A reading is dataclasses in tuples in dataclasses."""
    value = Answer(Attempt((Moment(datetime(2011, 2, 7, 12, tzinfo=UTC), -300), PageSize(612, 792))), 5, 0.25)
    assert through(value) == value


def test_a_value_that_its_own_class_would_not_make_is_refused():
    """What holds of a value here must hold of one that a child sends."""
    moment = Moment(datetime(2011, 2, 7, 12, tzinfo=UTC))
    object.__setattr__(moment, "at", datetime(2011, 2, 7, 12))
    with pytest.raises(pickle.UnpicklingError):
        through(moment)


@pytest.mark.parametrize(
    "pickled",
    [b"cvaughn.nowhere\nThing\n.", b"cvaughn.model\nPageSize\n(Nt}b.", b"\x80\x05h\x07."],
    ids=["a module that is not there", "fields that are none", "a memory that was never filled"],
)
def test_a_broken_value_is_refused_and_ends_nothing(pickled):
    """The run over ten thousand files goes on, whatever one child sends."""
    stream = io.BytesIO(struct.pack("<Q", len(pickled)) + pickled)
    with pytest.raises(pickle.UnpicklingError):
        receive_plain(stream)


class Opened:
    """Runs a command when it is unpickled."""

    def __reduce__(self):
        return os.system, ("true",)


@pytest.mark.parametrize("value", [Opened(), PurePosixPath("/"), os.system, datetime.now])
def test_anything_else_is_refused(value):
    """A child that a hostile file took over must not reach further."""
    with pytest.raises(pickle.UnpicklingError):
        through(value)
