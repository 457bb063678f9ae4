"""Running steps over many files: each in a child process with limits, so that no file can take the program down.

Comes in: a function of `vaughn.formats` and its arguments. Goes out: an `Outcome` for each, never an
exception for what a file did. Archives and load files come piece by piece, however large they are. Nothing
here touches the case.
"""

from vaughn.work.archives import ArchiveReader, MemberBytes
from vaughn.work.cluster import DaskExecutor
from vaughn.work.executor import Done, Executor, InlineExecutor, Task
from vaughn.work.limits import OCR_LIMITS, PAGE_LIMITS, Limits, give_memory_back, reading_limits
from vaughn.work.loadfiles import open_load_file, open_text_list
from vaughn.work.outcome import Failure, FailureKind, Outcome
from vaughn.work.pool import WorkerPool, fence_report
from vaughn.work.progress import Amount, Estimate, Pace
from vaughn.work.renderer import PageRenderer, PictureGone
from vaughn.work.sandbox import FenceReport, Level, best_level, levels_here
from vaughn.work.typing import file_type

__all__ = [
    "OCR_LIMITS",
    "PAGE_LIMITS",
    "Amount",
    "ArchiveReader",
    "DaskExecutor",
    "Done",
    "Estimate",
    "Executor",
    "Failure",
    "FailureKind",
    "FenceReport",
    "InlineExecutor",
    "Level",
    "Limits",
    "MemberBytes",
    "Outcome",
    "Pace",
    "PageRenderer",
    "PictureGone",
    "Task",
    "WorkerPool",
    "best_level",
    "fence_report",
    "file_type",
    "give_memory_back",
    "levels_here",
    "open_load_file",
    "open_text_list",
    "reading_limits",
]
