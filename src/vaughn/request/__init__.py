"""What is asked, of whom, and what is due when: requests, letters, items and their coverage, fees.

Comes in: statements of the case file. Goes out: due dates with reasons, letters, the matrix of what was answered.
"""

from vaughn.request.kinds import KINDS

__all__ = ["KINDS"]
