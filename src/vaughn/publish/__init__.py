"""The page that tells the public: what of a case is shown, to whom, from when.

Comes in: what is public of a case. Goes out: a static site of plain files.
"""

from vaughn.publish.kinds import KINDS

__all__ = ["KINDS"]
