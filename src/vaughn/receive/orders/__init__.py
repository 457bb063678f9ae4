"""Production orders: a profile (a TOML file, shipped or the user's own) comes in, a `ProductionOrder` goes out.

A profile says which fields, images, text, natives and load files were asked for, and on whose word.
`docs/reference/orders.md` describes the file; nothing here says what the law requires.
"""

from vaughn.receive.orders.profile import APPLIES_TO, read_order
from vaughn.receive.orders.shelf import find_order, shipped_orders

__all__ = ["APPLIES_TO", "find_order", "read_order", "shipped_orders"]
