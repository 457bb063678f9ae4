"""The agency's own search: what is handed over is taken in, and what stands together is found.

Comes in: files of any type, and the documents made of them. Goes out: documents with their facts and families,
copies of each other, similar ones, threads, and the account of every file.
"""

from vaughn.collect.account import Account, Counted, Fate
from vaughn.collect.custody import Receipt, receipt_lines, receipt_pdf, receipt_xlsx
from vaughn.collect.duplicates import Copies, copies_among
from vaughn.collect.exceptions import ExceptionRow
from vaughn.collect.steps import HandedOver, TakeInOptions, TakenIn, account, exceptions, receipt, retry, take_in

__all__ = [
    "Account",
    "Copies",
    "Counted",
    "ExceptionRow",
    "Fate",
    "HandedOver",
    "Receipt",
    "TakeInOptions",
    "TakenIn",
    "account",
    "copies_among",
    "exceptions",
    "receipt",
    "receipt_lines",
    "receipt_pdf",
    "receipt_xlsx",
    "retry",
    "take_in",
]
