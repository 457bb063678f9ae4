"""Whether work survives `kill -9` of the program or of one of its readers, at random moments.

    python bench/kills.py [--command add] [--kills 50] [--seed 20110117] [--json FILE]

Data: a generated pile of records (PDF files, texts, messages, a mailbox, an archive in an archive). The command runs
in a process of its own; half the kills hit it, half one of the processes it has started, while it goes on.
After each, the case is opened and verified, and what was finished before must still be there, unchanged. When a run
comes to its end, what is in the case is compared with a run that nobody disturbed, and a new case is begun.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import io
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import zipfile
from dataclasses import asdict, dataclass, field
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import vaughn
from vaughn.model import ProductionState
from vaughn.store import CaseFile

COMMANDS = {
    "add": ("add", "--custodian", "Palmer", "--on", "2011-01-17"),
    "receive": ("receive", "--agency", "ICE", "--released", "2011-01-17", "--ocr", "never"),
}
# A kill falls between these shares of the time that an undisturbed run takes.
EARLIEST, LATEST = 0.10, 0.98
LOOK_SECONDS = 0.02  # for a reader to be killed, if there is none at the moment


@dataclass(slots=True)
class Tally:
    """What was seen."""

    command: str
    kills_of_the_program: int = 0
    kills_of_a_reader: int = 0
    came_too_late: int = 0
    runs_to_the_end: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def kills(self) -> int:
        """All of them."""
        return self.kills_of_the_program + self.kills_of_a_reader


@dataclass(frozen=True, slots=True)
class Kept:
    """What is finished in a case: tasks by kind and key, words by page, files by path."""

    tasks: frozenset[tuple[str, str]]
    words: dict[int, str]
    files: frozenset[str]


NOTHING = Kept(frozenset(), {}, frozenset())


@dataclass(frozen=True, slots=True)
class Whole:
    """What a run to the end has brought, told by names and not by ids."""

    documents: int
    pages: int
    files: tuple[str, ...]
    ledger: tuple[str, ...]
    balances: bool
    words: str
    failed: int


def main() -> None:
    """Kill, look, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--command", choices=COMMANDS, default="add")
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=20110117)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="vaughn-bench-") as scratch:
        tally = killed(Path(scratch), options.command, options.kills, random.Random(options.seed))
    result = {"version": vaughn.__version__, **asdict(tally), "faults": tally.faults or "none"}
    print(json.dumps(result, indent=1))
    if options.json:
        options.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    if tally.faults:
        sys.exit(1)


def killed(scratch: Path, command: str, kills: int, chance: random.Random) -> Tally:
    """Return what was seen in *kills* kills."""
    source = pile(scratch / "handed over")
    undisturbed = new_case(scratch / "undisturbed")
    began = time.monotonic()
    start(command, undisturbed, source).wait()
    seconds = time.monotonic() - began
    expected = whole(undisturbed)
    tally, serial, before = Tally(command), 0, NOTHING
    folder = new_case(scratch / "case 0")
    while tally.kills < kills:
        one_kill(start(command, folder, source), chance.uniform(EARLIEST, LATEST) * seconds, tally, chance)
        now = kept(folder)
        tally.faults += lost(before, now) + damaged(folder)
        before = now
        if is_finished(folder):
            tally.faults += differences(expected, whole(folder))
            tally.runs_to_the_end += 1
            serial, before = serial + 1, NOTHING
            folder = new_case(scratch / f"case {serial}")
    start(command, folder, source).wait()
    tally.runs_to_the_end += 1
    tally.faults += lost(before, kept(folder)) + differences(expected, whole(folder))
    return tally


def one_kill(program: subprocess.Popen[bytes], after: float, tally: Tally, chance: random.Random) -> None:
    """Let *program* run for *after* seconds, then kill it or one of the processes it has started."""
    try:
        program.wait(timeout=after)
    except subprocess.TimeoutExpired:
        pass
    else:
        tally.came_too_late += 1
        return
    if tally.kills_of_a_reader < tally.kills_of_the_program:
        while program.poll() is None:
            readers = started_by(program.pid)
            if readers:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(chance.choice(readers), signal.SIGKILL)
                tally.kills_of_a_reader += 1
                program.wait()
                return
            time.sleep(LOOK_SECONDS)
        tally.came_too_late += 1
        return
    program.kill()
    program.wait()
    tally.kills_of_the_program += 1


def started_by(pid: int) -> list[int]:
    """Return the processes that *pid* has started, and theirs."""
    found: list[int] = []
    with contextlib.suppress(OSError):
        for thread in Path(f"/proc/{pid}/task").iterdir():
            for child in map(int, (thread / "children").read_text("ascii").split()):
                found += [child, *started_by(child)]
    return found


def start(command: str, case: Path, source: Path) -> subprocess.Popen[bytes]:
    """Start the command as a person does."""
    name, *rest = COMMANDS[command]
    words = [sys.executable, "-m", "vaughn", name, str(case), str(source), *rest, "--wait", "10", "--json"]
    return subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def new_case(folder: Path) -> Path:
    """Return a new case."""
    subprocess.run(
        [sys.executable, "-m", "vaughn", "new", str(folder), "--caption", "Killed v. Kept", "--json"],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return folder


# -- what is in a case ------------------------------------------------------------------------------------------------


def rows(case: Path, query: str) -> list[tuple[Any, ...]]:
    """Return what the database says."""
    with contextlib.closing(sqlite3.connect(f"file:{case / 'case.db'}?mode=ro", uri=True)) as connection:
        return connection.execute(query).fetchall()


def kept(case: Path) -> Kept:
    """Return what is finished."""
    return Kept(
        frozenset(rows(case, "SELECT kind, key FROM task WHERE state = 2")),
        {
            page: hashlib.sha256(packed).hexdigest()
            for page, packed in rows(case, "SELECT page_id, packed FROM page_words")
        },
        frozenset(path for (path,) in rows(case, "SELECT path FROM source_file")),
    )


def lost(before: Kept, now: Kept) -> list[str]:
    """Return what was finished before and is not, or not the same, now."""
    found = [f"task {kind} {key} was finished and is not" for kind, key in before.tasks - now.tasks]
    found += [f"words of page {page} changed" for page, words in before.words.items() if now.words.get(page) != words]
    return found + [f"file {path} is gone" for path in before.files - now.files]


def damaged(case: Path) -> list[str]:
    """Return what does not verify, and what is there twice."""
    with CaseFile.open(case) as opened:
        found = [f"verify: {problem}" for problem in opened.verify().problems]
    doubled = rows(case, "SELECT production_id, path FROM source_file GROUP BY 1, 2 HAVING count(*) > 1")
    return found + [f"file {path} is there twice" for _, path in doubled]


def is_finished(case: Path) -> bool:
    """Tell whether the run came to its end."""
    with CaseFile.open(case) as opened:
        return [one.state for one in opened.productions()] == [ProductionState.LOADED]


def whole(case: Path) -> Whole:
    """Return what a run to the end has brought."""
    with CaseFile.open(case) as opened:
        (production,) = opened.productions()
        counts = opened.counts(production.id)
        ledger = opened.ledger(production.id)
        documents = list(opened.all_documents())
        words = sorted(
            hashlib.sha256(opened.packed_words(page.id) or b"").hexdigest()
            for document in documents
            for page in opened.pages(document.id)
        )
        return Whole(
            counts.documents,
            counts.pages,
            tuple(sorted(file.path for file in opened.source_files(production.id))),
            tuple(str(line) for line in ledger.lines) if ledger else (),
            ledger is not None and ledger.balances,
            hashlib.sha256("".join(words).encode()).hexdigest(),
            opened.task_counts().failed,
        )


def differences(expected: Whole, found: Whole) -> list[str]:
    """Return in what a run that was killed differs from one that nobody disturbed."""
    return [
        f"{name}: {getattr(found, name)!r}, undisturbed {getattr(expected, name)!r}"
        for name in ("documents", "pages", "files", "ledger", "balances", "words", "failed")
        if getattr(found, name) != getattr(expected, name)
    ]


# -- what is taken in -------------------------------------------------------------------------------------------------


def pile(folder: Path) -> Path:
    """Make the records."""
    folder.mkdir()
    for number in range(60):
        (folder / f"letter {number:03}.pdf").write_bytes(pdf([f"Letter {number}, page {page}" for page in range(4)]))
    for number in range(30):
        (folder / f"note {number:03}.txt").write_text(f"Note {number} of the county.\n" * 20, "utf-8")
        (folder / f"mail {number:03}.eml").write_bytes(message(number))
    box = b"".join(b"From x Mon Jan 17 12:00:00 2011\n" + message(100 + n) + b"\n" for n in range(40))
    (folder / "kept.mbox").write_bytes(box)
    inner = zipped({f"inner {n}.pdf": pdf([f"Inner {n}"]) for n in range(20)})
    outer = {f"outer {n}.txt": f"Outer {n}".encode() for n in range(20)} | {"inner.zip": inner}
    (folder / "outer.zip").write_bytes(zipped(outer))
    return folder


def zipped(members: dict[str, bytes]) -> bytes:
    """Return a zip."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def message(number: int) -> bytes:
    """Return a mail with an attachment."""
    mail = EmailMessage()
    mail["From"], mail["To"] = "palmer@agency.example", "rapp@agency.example"
    mail["Subject"], mail["Date"] = f"Opt-out {number}", "Mon, 17 Jan 2011 09:00:00 -0500"
    mail["Message-ID"] = f"<{number}@agency.example>"
    mail.set_content(f"Message {number}: the county asks again.\n" * 5)
    mail.add_attachment(f"Attachment {number}".encode(), maintype="text", subtype="plain", filename=f"a{number}.txt")
    return bytes(mail)


def pdf(pages: list[str]) -> bytes:
    """Return a PDF of a line a page."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, text in enumerate(pages):
        content = f"BT /F 24 Tf 72 700 Td ({text}) Tj ET"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {5 + 2 * number} 0 R"
            " /Resources << /Font << /F 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{body}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    trailer = f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(data)}\n%%EOF\n"
    return data + (end + trailer).encode()


if __name__ == "__main__":
    main()
