"""Running steps over many files: each in a child process with limits, so that no file can take the program down.

Comes in: a function of `vaughn.formats` and its arguments. Goes out: an `Outcome` for each, never an
exception for what a file did. Nothing here touches the case.
"""

from vaughn.work.limits import OCR_LIMITS, PAGE_LIMITS, Limits, give_memory_back, reading_limits
from vaughn.work.outcome import Failure, FailureKind, Outcome
from vaughn.work.pool import Done, Task, WorkerPool
from vaughn.work.renderer import PageRenderer, PictureGone

__all__ = [
    "OCR_LIMITS",
    "PAGE_LIMITS",
    "Done",
    "Failure",
    "FailureKind",
    "Limits",
    "Outcome",
    "PageRenderer",
    "PictureGone",
    "Task",
    "WorkerPool",
    "give_memory_back",
    "reading_limits",
]
