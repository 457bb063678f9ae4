"""The steps of taking in: the only part of this room that opens the case.

COPYING (originals are stored and hashed) > READING (containers are opened, every file becomes a document) > LOADED.
Each step can be stopped at any moment and is taken up again where it was.
"""

from vaughn.collect.steps.finishing import account
from vaughn.collect.steps.taking import HandedOver, TakeInOptions, TakenIn, retry, take_in
from vaughn.collect.steps.telling import exceptions, receipt

__all__ = ["HandedOver", "TakeInOptions", "TakenIn", "account", "exceptions", "receipt", "retry", "take_in"]
