"""Receives again and again, each time in a process of its own that may be killed at any moment.

That process is forked from one in which everything is loaded, so that a kill meets work, and fifty of them need not
load the program fifty times.
"""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from tests.receive.volumes import ACTOR, RELEASED_ON
from vaughn.receive import receive
from vaughn.store import CaseFile

ROOT = Path(__file__).parents[2]


class Receiver:
    """Receives what it is told, as `vaughn receive` does; one production at a time."""

    def __enter__(self) -> Self:
        # Who is killed writes down nothing of what was measured, so nothing is.
        environment = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.receive.killed_receive"],
            bufsize=0,  # what was said must not wait in a buffer where `select` does not see it
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            env=environment | {"PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])},
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.communicate()

    def receive(self, case: Path, source: Path, *, kill_after: float | None = None) -> int:
        """Return the exit code of receiving *source*, which is killed if it takes longer than so many seconds."""
        self._pipe(self._process.stdin).write(f"{json.dumps([str(case), str(source)])}\n".encode())
        told = self._pipe(self._process.stdout)
        number = int(told.readline())
        if kill_after is not None and not select.select([told], [], [], kill_after)[0]:
            os.kill(number, signal.SIGKILL)
        return int(told.readline())

    @staticmethod
    def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
        assert pipe is not None
        return pipe


def main() -> None:
    """Fork for each line, tell the number of the process, and then how it ended."""
    for line in sys.stdin:
        case, source = json.loads(line)
        child = os.fork()
        if child == 0:
            code = 1
            try:
                with CaseFile.open(Path(case), write=True, actor=ACTOR, wait_seconds=5) as opened:
                    receive(opened, Path(source), agency="ICE", released_on=RELEASED_ON)
                code = 0
            finally:
                os._exit(code)
        print(child, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


if __name__ == "__main__":
    main()
