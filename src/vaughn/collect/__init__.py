"""The agency's own search: what is handed over is taken in, and what stands together is found.

Comes in: files of any type, and the documents made of them. Goes out: documents with their facts and families,
copies of each other, similar ones, threads, and the account of every file.
"""

from vaughn.collect.duplicates import Copies, copies_among

__all__ = ["Copies", "copies_among"]
