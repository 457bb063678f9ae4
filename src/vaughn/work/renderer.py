"""Pictures of pages for the screen: one or two children that keep the files being read open.

Pages come before thumbnails and the newest request before older ones: who has jumped on no longer waits
for the page left behind. Thumbnails never take the last free child: a page may be asked for at any moment.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from vaughn.formats.pages import FileRefused, Refusal, render_page, render_words
from vaughn.model import InputError, PageSize, StateError
from vaughn.work.children import ChildProcess, Reach, places_of
from vaughn.work.limits import PAGE_LIMITS
from vaughn.work.outcome import Failure, FailureKind, Outcome
from vaughn.work.protocol import Job, job_of
from vaughn.work.sandbox import Level

# A second child lets thumbnails come while a heavy page is drawn.
CHILDREN = 2
THUMBNAIL_MAX_WIDTH_PX = 400
# A child can be broken by the file before; a fresh one gets a second try.
_ATTEMPTS = 2
# Cases of a site, and single files; beyond that a child reads what it was started for.
_KNOWN_PLACES = 16


class PictureGone(StateError):
    """The request was overtaken by a newer one of the same viewer, or the renderer was closed."""


@dataclass(eq=False, slots=True)
class _Request:
    """One waiting request."""

    urgency: tuple[bool, int]
    channel: str | None
    is_gone: bool = field(default=False)


class PageRenderer:
    """Renders pages in children of its own. Close it, or use it in a ``with``; call it from any thread.

    Args:
        children: Child processes at once; they start when first needed (or with `warm`).
        readable: Folders of the files to be rendered; files from elsewhere cost a new child.
        level: How the children are fenced; by default as strongly as this machine can.
    """

    def __init__(self, children: int = CHILDREN, *, readable: Iterable[Path] = (), level: Level | None = None) -> None:
        self._reach = Reach(frozenset(str(path.absolute()) for path in readable), level=level)
        self._turn = threading.Condition()
        self._children = children
        self._idle: list[ChildProcess | None] = [None] * children
        self._busy: list[ChildProcess] = []
        self._waiting: list[_Request] = []
        self._count = 0
        self._closed = False

    def __enter__(self) -> PageRenderer:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def warm(self) -> None:
        """Start one child now, so that the first page need not wait for it."""
        with self._turn:
            if None in self._idle and not self._closed:
                self._idle.remove(None)
                self._idle.append(ChildProcess(self._reach, job_of(render_page, (), PAGE_LIMITS)))

    def render(self, path: Path, media_type: str, page: int, *, width_px: int, channel: str | None = None) -> bytes:
        """Return a JPEG of *page*, *width_px* wide.

        *channel* names a viewer: a newer request of the same channel drops its waiting older ones.

        Raises:
            InputError: If the page cannot be shown (`FileRefused` with its code, if the file is at fault).
            PictureGone: If a newer request of *channel* came first, or the renderer is closed.
        """
        return self._drawn(render_page, (path, media_type, page), width_px=width_px, channel=channel)

    def render_words(self, packed: bytes, size: PageSize, *, width_px: int, channel: str | None = None) -> bytes:
        """Return a JPEG of a page that is no paper, *width_px* wide, drawn from its stored words; see `render`.

        Raises:
            InputError: If the page cannot be shown.
            PictureGone: If a newer request of *channel* came first, or the renderer is closed.
        """
        return self._drawn(render_words, (packed, size), width_px=width_px, channel=channel)

    def _drawn(
        self, draw: Callable[..., bytes], args: tuple[object, ...], *, width_px: int, channel: str | None
    ) -> bytes:
        call = replace(job_of(draw, args, PAGE_LIMITS), named={"width_px": width_px})
        for _ in range(_ATTEMPTS):
            outcome = self._in_turn(call, is_page=width_px > THUMBNAIL_MAX_WIDTH_PX, channel=channel)
            if outcome.failure is None or outcome.failure.kind is not FailureKind.CRASHED:
                break
        if isinstance(outcome.value, bytes):
            return outcome.value
        raise _refusal(outcome.failure)

    def close(self) -> None:
        """End all children; waiting requests end with `PictureGone`."""
        with self._turn:
            self._closed = True
            idle, self._idle = self._idle, []
            for child in self._busy:
                child.kill()
            self._turn.notify_all()
        for idle_child in idle:
            if idle_child is not None:
                idle_child.close()

    def child_bytes(self) -> tuple[int, ...]:
        """Return the memory each living idle child held after its last page."""
        with self._turn:
            return tuple(child.resident_bytes or 0 for child in self._idle if child is not None)

    def _in_turn(self, call: Job, *, is_page: bool, channel: str | None) -> Outcome:
        child = self._child_when_due(call, is_page=is_page, channel=channel)
        try:
            return child.run(call)
        finally:
            self._give_back(child)

    def _child_when_due(self, call: Job, *, is_page: bool, channel: str | None) -> ChildProcess:
        with self._turn:
            self._count += 1
            request = _Request((is_page, self._count), channel)
            if channel is not None:
                self._drop_older(channel)
            self._waiting.append(request)
            try:
                self._turn.wait_for(lambda: self._closed or request.is_gone or self._is_due(request))
            finally:
                self._waiting.remove(request)
            if self._closed or request.is_gone:
                self._turn.notify_all()
                raise PictureGone("The page is no longer being looked at.")
            # The child that worked last has its file open; empty places are for new ones; others must give way.
            places = places_of(call)
            self._idle.sort(key=lambda one: (one is not None and one.reach.covers(places), one is None))
            child = self._idle.pop()
            if child is None or not child.reach.covers(places):
                if child is not None:
                    child.close()
                child = self._new_child(call)
            self._busy.append(child)
            self._turn.notify_all()
            return child

    def _new_child(self, call: Job) -> ChildProcess:
        """Return a child that may read what *call* names, and what was rendered before."""
        child = ChildProcess(self._reach, call)
        if len(child.reach.readable) <= _KNOWN_PLACES:
            self._reach = child.reach
        return child

    def _is_due(self, request: _Request) -> bool:
        is_page, _ = request.urgency
        reserved = 0 if is_page or self._children == 1 else 1
        return len(self._idle) > reserved and request is max(self._waiting, key=lambda one: one.urgency)

    def _drop_older(self, channel: str) -> None:
        for request in self._waiting:
            request.is_gone = request.is_gone or request.channel == channel
        self._turn.notify_all()

    def _give_back(self, child: ChildProcess) -> None:
        worn = child.is_worn
        with self._turn:
            self._busy.remove(child)
            if self._closed:
                worn = True
            else:
                self._idle.append(None if worn else child)
            self._turn.notify_all()
        if worn:
            child.close()


def _refusal(failure: Failure | None) -> InputError | PictureGone:
    if failure is None or failure.kind is FailureKind.CANCELLED:
        return PictureGone("The page is no longer being looked at.")
    if failure.code is None:
        return InputError(failure.reason, hint=failure.hint)
    return FileRefused(failure.reason, refusal=Refusal(failure.code), hint=failure.hint)
