"""Mail: whether every message, attachment and item of the corpus comes out, and what a message costs.

    python bench/mail.py [--messages 20000] [--json FILE]

Data: ``$VAUGHN_SHARED/corpus/mail`` (default ``../shared``), whose README names the known answers; for the speed a
mailbox of its messages with names, dates, numbers and words changed by a fixed seed. Peers in the same run: the
standard library (`mailbox` and `email.policy.default`, and the older `compat32`), asked for the same things: headers,
people, date, text, attachments; for Outlook mailboxes libpff (`pypff`) and `readpst`, if they are installed.
CPU seconds, children included.
"""

from __future__ import annotations

import argparse
import email.header
import email.policy
import email.utils
import importlib
import json
import mailbox
import os
import random
import re
import resource
import shutil
import subprocess
import tempfile
import textwrap
from collections.abc import Callable, Iterable, Iterator
from email.message import EmailMessage
from pathlib import Path

from vaughn.formats.archive_pieces import ArchiveEnd
from vaughn.formats.faults import FileRefused
from vaughn.formats.mail.eml import mail_record
from vaughn.formats.mail.faults import Faults
from vaughn.formats.mail.message import reading_of
from vaughn.formats.mail.mime import parsed
from vaughn.formats.readers import Reading, ReadingRequest, container_pieces, reader_of

SHARED = Path(os.environ.get("VAUGHN_SHARED", Path(__file__).resolve().parents[2] / "shared"))
CORPUS = SHARED / "corpus" / "mail"
EML, MBOX, MSG = "message/rfc822", "application/mbox", "application/vnd.ms-outlook"
PST, TNEF = "application/vnd.ms-outlook-pst", "application/vnd.ms-tnef"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--messages", type=int, default=20_000)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        answers = list(_answers(Path(folder)))
        items = list(_outlook_items(Path(folder)))
        speed = _speed(Path(folder), options.messages)
    result = {"answers": answers, "outlook": items, "speed": speed}
    _show(result)
    if options.json:
        options.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


def _answer(what: str, known: object, ours: object, note: str = "") -> dict[str, object]:
    return {"what": what, "known": known, "ours": ours, "equal": known == ours, "note": note}


def _answers(folder: Path) -> Iterator[dict[str, object]]:
    files = [path for name in ("eml-mail-gem", "eml-cpython", "mimekit/messages") for path in _files(name)]
    read = [_read(path, EML) for path in files]
    yield _answer("messages that become documents", 182, sum(one is not None for one in read))
    broken = [_read(path, EML) for path in _files("eml-mail-gem/error_emails")]
    told = sum(any(found.code.startswith("IN00") for found in one.findings) for one in broken if one)
    documents = sum(one is not None for one in broken)
    yield _answer("messages broken on purpose that become documents", len(broken), documents)
    yield _answer("  with a finding (the others only broke another parser)", len(broken), told,
                  "well-formed: an empty group, a body line that begins with From, empty X- fields")  # fmt: skip
    for name, note in (
        ("content-length", ""),
        ("issue1189", ""),
        ("simple", ""),
        ("unmunged", "two lines of prose that begin with From are text; Python takes them for messages and misses the "
         "first one behind its byte order mark: 3 by accident"),
    ):  # fmt: skip
        known = {"content-length": 29, "issue1189": 4, "simple": 3, "unmunged": 3}[name]
        path = CORPUS / "mimekit" / "mbox" / f"{name}.mbox.txt"
        members, end = _unpacked(path, MBOX)
        yield _answer(f"messages in {name}.mbox", known, len(members), note)
        yield _answer("  as counted apart", len(members), end.expected)
        offsets = path.with_name(f"{name}.unix-offsets.json")
        if offsets.exists():
            data = path.read_bytes()
            bounds = [(one["beginOffset"], one["endOffset"]) for one in json.loads(offsets.read_text("utf-8"))]
            same = sum(
                data[start:end] == member for (start, end), member in zip(bounds, members.values(), strict=False)
            )
            yield _answer("  with the bytes of the known offsets", known, same)
    yield from _attached_answers()
    partial = [_read(path, EML) for path in sorted((CORPUS / "mimekit/partial").glob("message-partial.?.eml"))]
    yield _answer("parts of a divided message that say so", 3,
                  sum("IN003" in {found.code for found in one.findings} for one in partial if one))  # fmt: skip
    yield from _same_message(folder)


def _attached_answers() -> Iterator[dict[str, object]]:
    messages = [_read(path, MSG) for path in _files("msg-poi")]
    yield _answer("MSG files that become documents", 30, sum(one is not None for one in messages))
    known, ours = 0, 0
    for path in sorted((CORPUS / "mimekit" / "tnef").glob("*.tnef")):
        reading = _read(path, TNEF)
        inside = {one.name: one.data or b"" for one in reading.parts} if reading else {}
        for one in path.with_suffix("").glob("*"):
            if not one.name.startswith(("message.", "Untitled")):
                known += 1
                ours += inside.get(one.name, b"").replace(b"\r\n", b"\n") == one.read_bytes().replace(b"\r\n", b"\n")
    yield _answer("files in TNEF with the known bytes (line ends apart)", known, ours)


def _same_message(folder: Path) -> Iterator[dict[str, object]]:
    """The same message as file and out of a mailbox has one identity; messages with different text have not."""
    messages = [path.read_bytes() for path in _files("mimekit/messages") if not path.read_bytes().startswith(b"From ")]
    box = folder / "same.mbox"
    box.write_bytes(b"".join(b"From a@b.org Mon Jan 17 09:03:00 2011\n" + one + b"\n" for one in messages))
    members, _ = _unpacked(box, MBOX)
    same = sum(_identity(one) == _identity(member) for one, member in zip(messages, members.values(), strict=False))
    yield _answer("messages with one identity as file and in a mailbox", len(messages), same)


def _outlook_items(folder: Path) -> Iterator[dict[str, object]]:
    known = {"flags_john_doe": 10, "four_nesting_levels": 1, "unsent_email": 3, "dist-list": 3, "passworded": 2}
    for path in sorted((CORPUS / "pst").glob("*/*.pst")):
        members, end = _unpacked(path, PST)
        readings = [_reading(data) for data in members.values()]
        yield {
            "mailbox": path.stem,
            "known": known.get(path.stem),
            "ours": len(members),
            "expected": end.expected,
            "libpff": _libpff_items(path),
            "readpst": _readpst_files(path, folder / path.stem),
            "attachments": sum(len(one.parts) for one in readings),
            "levels": max(map(_levels, readings), default=0),
            "note": {
                "flags_john_doe": "readpst also writes a hidden setting of the topmost folder",
                "unsent_email": "libpff counts the calendar's free-busy settings, which nobody wrote",
                "dist-list": "the same; readpst leaves out the distribution list",
                "passworded": "the same; readpst leaves out the distribution list",
                "four_nesting_levels": "readpst counts the message inside as a file of its own",
            }.get(path.stem, ""),
        }


def _levels(reading: Reading) -> int:
    inner = [_reading(one.data) for one in reading.parts if one.media_type == EML and one.data]
    return 1 + max(map(_levels, inner), default=0)


def _libpff_items(path: Path) -> int | None:
    try:
        pypff = importlib.import_module("pypff")
    except ImportError:
        return None
    file = pypff.file()
    file.open(str(path))
    waiting, count = [file.get_root_folder()], 0
    while waiting:
        folder = waiting.pop()
        count += folder.number_of_sub_messages
        waiting += [folder.get_sub_folder(place) for place in range(folder.number_of_sub_folders)]
    return count + file.number_of_orphan_items


def _readpst_files(path: Path, folder: Path) -> int | None:
    if shutil.which("readpst") is None:
        return None
    folder.mkdir()
    subprocess.run(
        ["readpst", "-D", "-e", "-t", "eacj", "-o", str(folder), str(path)], check=False, capture_output=True
    )
    return sum(one.is_file() for one in folder.rglob("*"))


def _speed(folder: Path, count: int) -> dict[str, object]:
    box = folder / "large.mbox"
    _write_mailbox(box, count)
    data_mb = box.stat().st_size / 1e6
    rows = []
    for name, run in (
        ("ours: mailbox to readings with pages", _ours),
        ("ours: mailbox alone", _ours_split),
        ("standard library, policy.default", lambda path: _stdlib(path, modern=True)),
        ("standard library, compat32", lambda path: _stdlib(path, modern=False)),
    ):
        seconds, messages = _timed(run, box)
        rows.append(
            {"reader": name, "messages": messages, "cpu_seconds": seconds, "per_cpu_second": messages / seconds}
        )
    return {"megabytes": data_mb, "mean_bytes": data_mb * 1e6 / count, "peak_mb": _peak_mb(), "readers": rows}


# How often each folder of the corpus is drawn from: an office's mailbox is mostly plain text, one message in ten has
# files (the 1,500 Enron messages of an earlier trial were all plain).
_MIXTURE = (
    ("eml-mail-gem/plain_emails", 5),
    ("eml-mail-gem/rfc2822", 2),
    ("eml-mail-gem/mime_emails", 1),
    ("mimekit/messages", 1),
    ("eml-mail-gem/attachment_emails", 1),
    ("eml-mail-gem/multipart_report_emails", 0.3),
    ("eml-mail-gem/multi_charset", 0.3),
)
_WORDS = ("budget", "memo", "detention", "request", "hearing", "schedule", "review", "draft", "contract", "records",
          "summary", "visit")  # fmt: skip


def _write_mailbox(path: Path, count: int) -> None:
    """Write a mailbox of corpus messages, each changed a little so that no two are alike."""
    chance = random.Random(4)
    drawn = [[one.read_bytes() for one in _files(name) if one.stat().st_size < 60_000] for name, _ in _MIXTURE]
    with path.open("wb") as file:
        for place in range(count):
            message = chance.choice(chance.choices(drawn, [weight for _, weight in _MIXTURE])[0])
            subject = b"\\1 %s %d " % (chance.choice(_WORDS).encode(), place)
            message = re.sub(rb"(?mi)^(message-id:\s*<)", rb"\g<1>%d." % place, message, count=1)
            message = re.sub(rb"(?mi)^(subject:)", subject, message, count=1)
            message = re.sub(rb"(?m)^From ", b">From ", message)
            if b"multipart" not in message.lower():
                words = " ".join(chance.choices(_WORDS, k=chance.randrange(20, 300)))
                message += b"\n" + textwrap.fill(words, 72).encode() + b"\n"
            line = b"From sender@example.org Mon Jan 17 09:03:%02d 2011\n" % (place % 60)
            file.write(line + message.rstrip(b"\n") + b"\n\n")


def _ours(path: Path) -> int:
    count = 0
    request = ReadingRequest(path, MBOX, path.name)
    for piece in container_pieces(request):
        if not isinstance(piece, ArchiveEnd):
            _reading(piece.data)
            count += piece.is_last
    return count


def _ours_split(path: Path) -> int:
    return sum(not isinstance(one, ArchiveEnd) for one in container_pieces(ReadingRequest(path, MBOX, path.name)))


def _stdlib(path: Path, *, modern: bool) -> int:
    policy = email.policy.default if modern else email.policy.compat32
    box = mailbox.mbox(str(path), factory=lambda file: email.message_from_binary_file(file, policy=policy))
    count = 0
    for message in box:
        (_ask_modern if modern else _ask_old)(message)
        count += 1
    box.close()
    return count


def _ask_modern(message: EmailMessage) -> None:
    """Ask for what a record needs; a header that cannot be parsed is passed over."""
    for name in ("from", "to", "cc"):
        _tried(lambda name=name: [str(one) for one in message[name].addresses] if message[name] else [])
    _tried(lambda: message["date"].datetime if message["date"] else None)
    _tried(lambda: [(name, str(value)) for name, value in message.items()])
    for part in message.walk():
        if not part.is_multipart():
            _tried(part.get_content)
            _tried(part.get_filename)


def _ask_old(message: email.message.Message) -> None:
    for name, value in message.items():
        _tried(lambda value=value: str(email.header.make_header(email.header.decode_header(value))))
        if name.lower() in {"from", "to", "cc"}:
            _tried(lambda value=value: email.utils.getaddresses([str(value)]))
    _tried(lambda: email.utils.parsedate_to_datetime(message["date"]))
    for part in message.walk():
        if not part.is_multipart():
            payload = part.get_payload(decode=True) or b""
            _tried(lambda payload=payload, part=part: payload.decode(part.get_content_charset() or "utf-8", "replace"))
            _tried(part.get_filename)


def _tried(ask: Callable[[], object]) -> None:
    try:
        ask()
    except Exception:  # noqa: BLE001 -- peers fail in their own ways; the time they took counts all the same
        return


def _files(name: str) -> list[Path]:
    return sorted(path for path in (CORPUS / name).rglob("*") if path.is_file())


def _read(path: Path, kind: str) -> Reading | None:
    reader = reader_of(kind)
    assert reader is not None
    try:
        return reader(ReadingRequest(path, kind, path.name))
    except FileRefused:
        return None


def _reading(data: bytes) -> Reading:
    faults = Faults()
    return reading_of(mail_record(data, parsed(data), faults), faults, ReadingRequest(Path(), EML, ""))


def _identity(data: bytes) -> str | None:
    return _reading(data).identity


def _unpacked(path: Path, kind: str) -> tuple[dict[str, bytes], ArchiveEnd]:
    members: dict[str, bytes] = {}
    end = ArchiveEnd(())
    for piece in container_pieces(ReadingRequest(path, kind, path.name)):
        if isinstance(piece, ArchiveEnd):
            end = piece
        else:
            members[piece.path] = members.get(piece.path, b"") + piece.data
    return members, end


def _timed(run: Callable[[Path], int], path: Path) -> tuple[float, int]:
    started = _cpu_seconds()
    count = run(path)
    return _cpu_seconds() - started, count


def _cpu_seconds() -> float:
    usages: Iterable[resource.struct_rusage] = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _show(result: dict) -> None:  # type: ignore[type-arg]
    for row in result["answers"]:
        note = "" if row["equal"] else row["note"]
        print(f"  {row['what']:58} known {row['known']!s:>4}  ours {row['ours']!s:>4}  {note}")
    for row in result["outlook"]:
        print("  {mailbox:22} known {known}  ours {ours}  expected {expected}  libpff {libpff}  readpst {readpst}  "
              "levels {levels}  {note}".format(**row))  # fmt: skip
    speed = result["speed"]
    size = f"mailbox of {speed['megabytes']:.0f} MB, {speed['mean_bytes']:.0f} bytes a message"
    print(f"  {size}; peak {speed['peak_mb']:.0f} MB")
    ours = speed["readers"][0]["per_cpu_second"]
    for row in speed["readers"]:
        rate = row["per_cpu_second"]
        print(f"  {row['reader']:40} {row['messages']:7} messages  {rate:8.0f}/CPU s  ours is {ours / rate:6.2f} times")


if __name__ == "__main__":
    main()
