"""What-if, as a person types it: ``order/form stayed 2011-02-25..2011-04-21``, ``obligation/form met 2011-03-05``."""

from __future__ import annotations

import re
from collections.abc import Iterable

from vaughn.lawsuit.kinds import ORDER_STATES
from vaughn.lawsuit.obligations import supposed_met
from vaughn.lawsuit.orders import supposed_change
from vaughn.lawsuit.suit import Suit
from vaughn.lawsuit.values import Obligation, Order
from vaughn.model import InputError, read_day

_SUPPOSED = re.compile(r"(?P<what>\S+/\S+)\s+(?P<state>\S.*?)\s+(?P<first>\S+?)(?:\.\.(?P<last>\S*))?")
_HINT = "Write: order/KEY stayed 2011-02-25..2011-04-21, or obligation/KEY met 2011-03-05."


def supposing(suit: Suit, texts: Iterable[str]) -> Suit:
    """Return *suit* as it would be; nothing in the case is changed.

    Raises:
        InputError: If a text cannot be read, or names nothing of the suit.
    """
    for text in texts:
        match = _SUPPOSED.fullmatch(text.strip())
        if match is None:
            raise InputError(f"{text[:80]!r} cannot be supposed.", hint=_HINT)
        first = read_day(match["first"], what="The first day")
        last = read_day(match["last"], what="The last day") if match["last"] else None
        if last is not None and last < first:
            raise InputError(f"{text[:80]!r} ends before it begins.", hint="Write the first day first.")
        order, owed = suit.one(Order, match["what"]), suit.one(Obligation, match["what"])
        if order is not None and match["state"] in ORDER_STATES:
            suit = suit.supposing(supposed_change(order, match["state"], since=first, until=last))
        elif owed is not None and match["state"] == "met" and last is None:
            suit = suit.supposing(supposed_met(owed, first))
        elif order is None and owed is None:
            raise InputError(f"There is no order or obligation {match['what'][:80]!r} in this case.", hint=_HINT)
        else:
            states = f"met {first}" if order is None else ", ".join(ORDER_STATES)
            raise InputError(f"{match['what']} cannot be {match['state'][:40]!r}.", hint=f"It can be: {states}.")
    return suit
