"""Whatever is killed, every finished document is kept, none is doubled, and the account comes out."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
from pathlib import Path

from tests.collect.piles import clock, mailbox, message, new_case, taken, write_pile, zipped
from vaughn.collect import account
from vaughn.store import Actor, CaseFile

ROOT = Path(__file__).parents[3]
KILLS = 2


def big_pile(folder: Path) -> Path:
    """Return a pile that takes a second: mail with attachments in mailboxes and archives, and loose files."""
    mails = [message(f"Report {n}", f"Text {n}", attached=f"Attached {n}".encode()) for n in range(30)]
    files = {f"loose/{n}.eml": mails[n] for n in range(10)}
    files |= {"a.mbox": mailbox(*mails[10:20]), "b.zip": zipped({f"{n}.eml": mails[n] for n in range(20, 30)})}
    files |= {f"text/{n}.txt": f"Note {n}".encode() for n in range(100)}
    return write_pile(folder / "pile", files)


def seen(case: CaseFile) -> list[tuple[object, ...]]:
    """Return everything that must be the same however often it was interrupted."""
    files = {file.id: file.path for file in case.source_files(1)}
    return sorted(
        (
            files[one.native_file_id or 0],
            one.ordinal,
            one.title,
            one.page_count,
            files.get((case.document(one.parent_id).native_file_id or 0) if one.parent_id else 0),
            tuple(case.packed_words(one.first_page_id + page) for page in range(one.page_count)),
        )
        for one in case.all_documents(current_only=False)
    )


def test_a_killed_taking_in_goes_on_without_loss_or_doubles(tmp_path: Path) -> None:
    """Power fails in the third hour of forty."""
    pile = big_pile(tmp_path)
    (tmp_path / "whole").mkdir()
    with new_case(tmp_path / "whole") as case:
        taken(case, pile)
        wanted = seen(case)
    new_case(tmp_path).close()
    chance = random.Random(7)
    command = [sys.executable, "-m", "tests.collect.steps.killed", str(tmp_path / "case"), str(pile)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")])}
    for _ in range(KILLS):
        until = _tasks(tmp_path / "case") + chance.randrange(10, 80)
        with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL) as process:
            while _is_running(process) and _tasks(tmp_path / "case") <= until:
                pass
            process.kill()
    with CaseFile.open(tmp_path / "case", write=True, actor=Actor("a", clock), wait_seconds=10) as case:
        taken(case, pile)
        assert seen(case) == wanted
        assert account(case, 1).balances
        assert case.ledger(1).balances
        assert case.verify().problems == ()


def _is_running(process: subprocess.Popen[bytes]) -> bool:
    """Tell whether it runs still, after giving it two milliseconds to end."""
    try:
        process.wait(0.002)
    except subprocess.TimeoutExpired:
        return True
    return False


def _tasks(path: Path) -> int:
    """Return how many files were stored, and again how many were read."""
    connection = sqlite3.connect(f"file:{path / 'case.db'}?mode=ro", uri=True)
    try:
        return int(connection.execute("SELECT count(*) + coalesce(sum(state = 2), 0) FROM task").fetchone()[0])
    finally:
        connection.close()
