"""The process in which one job of the workbench runs: ``python -m vaughn.app.jobchild``, the job as JSON on stdin.

What it tells the server stands in JSON lines on standard output: progress, the production's id once there is
one, and at the end a message or an error. Libraries that print are sent to standard error.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, NoReturn, TextIO

from vaughn.app.main import EXIT_STOPPED, Stopped, guarded
from vaughn.app.opening import now, open_to_write
from vaughn.app.receiving import (
    Handover,
    Scans,
    check_again,
    read_all_scans,
    receive_handover,
    resume_production,
    scans_left,
)
from vaughn.app.taking import carry_on, read_again, take_records
from vaughn.collect import HandedOver, TakeInOptions, TakenIn, group_documents
from vaughn.fulltext import TextIndex, catch_up, tell_languages
from vaughn.model import GroupScope, VaughnError
from vaughn.receive import check_production
from vaughn.store import CaseFile, JobState

_REPORT_SECONDS = 0.2
# Another program may be writing; a job waits for it longer than a person would.
_WAIT_SECONDS = 600.0
_COMMAND = "workbench job"
# Reading scans takes hours; whoever reads pages meanwhile must not feel it.
_BACKGROUND_NICE = 15


class Teller:
    """Writes reports for the server, progress not oftener than a person can see."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._step = ""
        self._told_at = 0.0

    def tell(self, **report: Any) -> None:
        """Write one report."""
        self._out.write(f"{json.dumps(report)}\n")
        self._out.flush()

    def fail(self, message: str, hint: str | None) -> None:
        """Tell why the job ends."""
        self.tell(error=f"{message} {hint or ''}".strip())

    def progress(self, step: str, done: int, total: int) -> None:
        """Tell how far a step has come."""
        moment = time.monotonic()
        if step != self._step or done >= total or moment - self._told_at >= _REPORT_SECONDS:
            self._step, self._told_at = step, moment
            self.tell(step=step, done=done, total=total)


def _stop(*_: object) -> NoReturn:
    raise Stopped


def _receive(case: CaseFile, order: Mapping[str, Any], teller: Teller) -> str | None:
    handover = Handover(
        Path(order["path"]),
        order["agency"],
        date.fromisoformat(order["released_on"]),
        name=order.get("name"),
        replaces=order.get("replaces"),
        order=order.get("order"),
        scans=Scans(order.get("scans", "auto")),
    )
    result = receive_handover(case, handover, _telling_of(case, handover.production_name, teller))
    teller.tell(production_id=result.production_id)
    teller.tell(scans_left=scans_left(case, result.production_id))
    return "This production was already loaded; nothing was added." if result.already else None


def _telling_of(case: CaseFile, name: str, teller: Teller) -> Callable[[str, int, int], None]:
    """Return a progress that tells the id of the production called *name* as soon as there is one."""
    told = False

    def progress(step: str, done: int, total: int) -> None:
        nonlocal told
        if not told:
            production = case.production(name=name)
            if production is not None:
                teller.tell(production_id=production.id)
                told = True
        teller.progress(step, done, total)

    return progress


def _resume(case: CaseFile, order: Mapping[str, Any], teller: Teller) -> str | None:
    result = resume_production(case, int(order["resumed"]), teller.progress)
    teller.tell(scans_left=scans_left(case, result.production_id))
    return None


def _take_in(case: CaseFile, order: Mapping[str, Any], teller: Teller) -> str | None:
    handed = HandedOver(
        order["from_whom"],
        date.fromisoformat(order["handed_on"]),
        custodian=order.get("custodian"),
        device=order.get("device"),
        medium=order.get("medium"),
        note=order.get("note"),
        name=order["name"],
    )
    options = TakeInOptions(
        tuple(order["exclude"]), tuple(Path(one) for one in order["hash_lists"]), tuple(order["passwords"])
    )
    progress = _telling_of(case, handed.name or "", teller)
    taken = take_records(case, Path(order["path"]), handed, options=options, progress=progress)
    return _told(case, taken, teller)


def _carry_on(case: CaseFile, order: Mapping[str, Any], teller: Teller) -> str | None:
    passwords = tuple(order.get("passwords", ()))
    taken = carry_on(case, int(order["taking"]), passwords=passwords, progress=teller.progress)
    return _told(case, taken, teller)


def _read_again(case: CaseFile, order: Mapping[str, Any], teller: Teller) -> str | None:
    passwords, reasons = tuple(order.get("passwords", ())), tuple(order["reasons"])
    taken = read_again(case, int(order["taking"]), reasons=reasons, passwords=passwords, progress=teller.progress)
    return _told(case, taken, teller)


def _group(case: CaseFile, order: Mapping[str, Any], teller: Teller) -> str | None:
    found = group_documents(case, scope=GroupScope(order["scope"]), near=bool(order["near"]), progress=teller.progress)
    return (
        f"{found.copies:,} copies in {found.duplicate_groups:,} groups, {found.messages_in_threads:,} messages in"
        f" {found.threads:,} threads; {found.missing:,} messages are named and not there."
    )


def _told(case: CaseFile, taken: TakenIn, teller: Teller) -> str | None:
    teller.tell(production_id=taken.production_id)
    teller.tell(scans_left=scans_left(case, taken.production_id))
    return "These records were already taken in; nothing was added." if taken.already else None


def _read_scans(case: CaseFile, order: Mapping[str, Any], teller: Teller) -> str | None:
    production_id = int(order["scanned"])
    read_all_scans(case, production_id, teller.progress, before=int(order.get("done_before", 0)))
    check_again(case, production_id, teller.progress)
    return None


def _check(case: CaseFile, order: Mapping[str, Any], teller: Teller) -> str | None:
    check_production(case, int(order["checked"]), order.get("order"), progress=teller.progress)
    return None


def _index(case: CaseFile, _order: Mapping[str, Any], teller: Teller) -> str | None:
    for production in case.productions():
        tell_languages(case, production.id, progress=teller.progress)
    catch_up(case, TextIndex(case.fulltext), thorough=True, progress=teller.progress)
    return None


def _verify(case: CaseFile, _order: Mapping[str, Any], teller: Teller) -> str | None:
    report = case.verify(teller.progress)
    if report.is_clean:
        return f"Nothing was changed. Head of the event log: {report.head}"
    places = "; ".join(f"{problem.where}: {problem.message}" for problem in report.problems[:5])
    teller.tell(error=f"{len(report.problems)} places were changed. {places}")
    return None


def _publish(case: CaseFile, order: Mapping[str, Any], teller: Teller) -> str | None:
    # The other jobs need nothing of the suit, of letters or of drawing.
    from vaughn.app.publishing import PublishOrder, publish_case  # noqa: PLC0415

    wanted = PublishOrder(now(), tuple(name for name in str(order["releases"]).split("\n") if name))
    done = publish_case([case], Path(order["out"]), wanted, told=lambda at, of: teller.progress("publishing", at, of))
    return (
        f"{done.documents:,} documents, {done.pages:,} pages;"
        f" {done.written:,} files written, {done.unchanged:,} unchanged,"
        f" {done.removed:,} removed; {done.left_out:,} things left out; names covered {done.covered_names:,} times."
        f" Open {Path(order['out']) / 'index.html'}."
    )


_READING: dict[str, Callable[[CaseFile, Mapping[str, Any], Teller], str | None]] = {
    "verify": _verify,
    "publish": _publish,
}
_KINDS: dict[str, Callable[[CaseFile, Mapping[str, Any], Teller], str | None]] = {
    "receive": _receive,
    "resume": _resume,
    "scans": _read_scans,
    "check": _check,
    "index": _index,
    "take in": _take_in,
    "carry on": _carry_on,
    "read again": _read_again,
    "group": _group,
}


def run(order: Mapping[str, Any], teller: Teller) -> None:
    """Do the job that *order* names."""
    path = Path(order["case"])
    if order["kind"] in _READING:
        with CaseFile.open(path) as case:
            message = _READING[order["kind"]](case, order, teller)
    else:
        with open_to_write(path, _COMMAND, wait_seconds=_WAIT_SECONDS) as case:
            message = _recorded(case, order, teller)
    if message is not None:
        teller.tell(message=message)


def _recorded(case: CaseFile, order: Mapping[str, Any], teller: Teller) -> str | None:
    """Do the job, and write down in the case that it began and how it ended."""
    with case.writing("job.begun") as change:
        job = change.add_job(order["kind"])
        job = change.save_job(replace(job, state=JobState.RUNNING))
        change.note(job=job.id)
    state: JobState = JobState.FAILED
    said: str | None = "stopped"
    try:
        message = _KINDS[order["kind"]](case, order, teller)
        state, said = JobState.DONE, None
    except VaughnError as error:
        said = type(error).__name__
        raise
    finally:
        with case.writing("job.ended") as change:
            change.save_job(replace(job, state=state, message=said))
            change.note(job=job.id)
    return message


def _run_given(teller: Teller) -> None:
    order = json.load(sys.stdin)
    if order["kind"] == "scans" and hasattr(os, "nice"):
        os.nice(_BACKGROUND_NICE)
    run(order, teller)


def main() -> NoReturn:
    """Run one job and end the process with the exit code of the command line."""
    code = EXIT_STOPPED
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in the terminal is the server's to pass on.
    # A server that is gone cannot be told anything, not even when the pipe is closed.
    with suppress(BrokenPipeError), os.fdopen(os.dup(1), "w", encoding="utf-8") as out:
        os.dup2(2, 1)
        teller = Teller(out)
        code = guarded(lambda: _run_given(teller), teller.fail)
    sys.exit(code)


if __name__ == "__main__":
    main()
