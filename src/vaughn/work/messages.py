"""How parent and child talk: length, then a pickle; the parent opens nothing but plain values of ours.

A child reads hostile files. Should one take it over, its answers must not reach further: the parent
unpickles only builtins, days and moments, and the frozen dataclasses and enums of `vaughn`.
"""

from __future__ import annotations

import dataclasses
import datetime
import enum
import importlib
import io
import pickle
import struct
from functools import lru_cache
from typing import IO, Any

_LENGTH = struct.Struct("<Q")
# Words of a thousand crowded pages take 10 MB; the picture of a page 5 MB.
MAX_MESSAGE_BYTES = 1024 * 1024 * 1024


# Values of the standard library that do nothing when they are made.
_PLAIN = {name: getattr(datetime, name) for name in ("date", "datetime", "timedelta", "timezone")}


class _PlainUnpickler(pickle.Unpickler):
    """Opens pickles of builtins, days and moments, and of the frozen dataclasses and enums of this program."""

    def find_class(self, module: str, name: str) -> object:
        return _plain_class(module, name)


@lru_cache(maxsize=1024)
def _plain_class(module: str, name: str) -> object:
    if module == "datetime" and name in _PLAIN:
        return _PLAIN[name]
    if module == "vaughn" or module.startswith("vaughn."):
        found = getattr(importlib.import_module(module), name, None)
        if isinstance(found, type) and (dataclasses.is_dataclass(found) or issubclass(found, enum.Enum)):
            return found
    raise pickle.UnpicklingError("A child process sent something that is no plain value.")


class _Pickler(pickle.Pickler):
    """Writes our frozen dataclasses as calls with their fields, members of enums as calls with their value.

    The way of the standard library asks every dataclass for its fields anew, here and there, and goes around the
    checks of `__post_init__`; for members of enums Python 3.11.0 to 3.11.3 would have `getattr` called.
    """

    def reducer_override(self, value: object) -> Any:
        if isinstance(value, enum.Enum):
            return type(value), (value.value,)
        names = _FIELDS[type(value)]
        return NotImplemented if names is None else (type(value), tuple([getattr(value, name) for name in names]))


class _Fields(dict[type, "tuple[str, ...] | None"]):
    """Of which fields each frozen dataclass of ours is made, in order; `None` for other classes."""

    def __missing__(self, kind: type) -> tuple[str, ...] | None:
        names = None
        if dataclasses.is_dataclass(kind) and kind.__module__.startswith("vaughn."):
            fields = dataclasses.fields(kind)
            is_frozen = kind.__dataclass_params__.frozen  # type: ignore[attr-defined]
            if is_frozen and all(one.init and not one.kw_only for one in fields):
                names = tuple(one.name for one in fields)
        self[kind] = names
        return names


_FIELDS = _Fields()


def send(stream: IO[bytes], value: object) -> None:
    """Write *value* to *stream*."""
    buffer = io.BytesIO()
    _Pickler(buffer, protocol=pickle.HIGHEST_PROTOCOL).dump(value)
    body = buffer.getvalue()
    stream.write(_LENGTH.pack(len(body)) + body if len(body) < 65536 else _LENGTH.pack(len(body)))
    if len(body) >= 65536:
        stream.write(body)
    stream.flush()


def receive_trusted(stream: IO[bytes]) -> object:
    """Return the next value the parent sent.

    Raises:
        EOFError: If the parent is gone.
    """
    return pickle.loads(_body(stream))  # noqa: S301 -- a child trusts its parent


def receive_plain(stream: IO[bytes]) -> object:
    """Return the next value the child sent.

    Raises:
        EOFError: If the child is gone.
        pickle.UnpicklingError: If it sent anything but plain values.
    """
    try:
        return _PlainUnpickler(io.BytesIO(_body(stream))).load()
    except (TypeError, ValueError, AttributeError, LookupError, ArithmeticError, ImportError) as error:
        raise pickle.UnpicklingError("A child process sent a value that cannot be.") from error


def _body(stream: IO[bytes]) -> bytes:
    head = _exactly(stream, _LENGTH.size)
    (length,) = _LENGTH.unpack(head)
    if length > MAX_MESSAGE_BYTES:
        raise EOFError
    return _exactly(stream, length)


def _exactly(stream: IO[bytes], length: int) -> bytes:
    data = stream.read(length)
    if data is None or len(data) < length:
        raise EOFError
    return data
