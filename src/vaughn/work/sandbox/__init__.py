"""A fence around the child processes that open files from strangers.

Comes in: what a child may read and where it may write. Goes out: a child that can do nothing else, as far as this
machine offers it: no other file, no network, no other program. `Level` says which means hold.
"""

from vaughn.work.sandbox.bubblewrap import start_in
from vaughn.work.sandbox.fence import Fence, Level, best_level, levels_here, raise_fence
from vaughn.work.sandbox.places import blob_folder_or_self, import_places, program_places
from vaughn.work.sandbox.surroundings import told_to_children
from vaughn.work.sandbox.trial import FenceReport, Trial, try_the_fence

__all__ = [
    "Fence",
    "FenceReport",
    "Level",
    "Trial",
    "best_level",
    "blob_folder_or_self",
    "import_places",
    "levels_here",
    "program_places",
    "raise_fence",
    "start_in",
    "told_to_children",
    "try_the_fence",
]
