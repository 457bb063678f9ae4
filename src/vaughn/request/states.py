"""How a request moves: the states it can be in, and from which to which."""

from __future__ import annotations

from collections.abc import Mapping

from vaughn.model import InputError, StateError
from vaughn.request.kinds import REQUEST_STATES

# One row a state: where it can go from there. A request can be withdrawn while it is not over, and a lawsuit can
# begin at any time after it was sent: whether that is allowed yet is what the clock says, not this table.
MOVES: Mapping[str, tuple[str, ...]] = {
    "draft": ("sent", "withdrawn"),
    "sent": ("acknowledged", "processing", "answered in part", "answered", "denied", "in court", "withdrawn"),
    "acknowledged": ("processing", "answered in part", "answered", "denied", "in court", "withdrawn"),
    "processing": ("answered in part", "answered", "denied", "in court", "withdrawn"),
    "answered in part": ("processing", "answered", "denied", "appealed", "in court", "closed", "withdrawn"),
    "answered": ("appealed", "in court", "closed"),
    "denied": ("appealed", "in court", "closed"),
    "appealed": ("appeal decided", "in court", "withdrawn"),
    "appeal decided": ("processing", "answered in part", "answered", "denied", "in court", "closed"),
    "in court": ("processing", "answered in part", "answered", "closed"),
    "closed": ("in court",),
    "withdrawn": (),
}


def require_move(before: str | None, after: str) -> None:
    """Refuse a change of state that the table does not have.

    Args:
        before: `None` for a request that has no state yet; it may begin anywhere, since many are entered afterwards.

    Raises:
        InputError: If there is no such state.
        StateError: If the table has no such move.
    """
    if after not in REQUEST_STATES:
        raise InputError(f"There is no state {after[:60]!r}.", hint=f"There are: {', '.join(REQUEST_STATES)}.")
    if before is None or before == after or after in MOVES[before]:
        return
    open_ways = ", ".join(MOVES[before]) or "nothing; make a new request"
    raise StateError(
        f"A request that is {before} cannot become {after}.", hint=f"From {before} it can go to: {open_ways}."
    )
