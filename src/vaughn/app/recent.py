"""Which cases were opened last, so that the start screen can offer them; a small file of the user's own."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from vaughn.app.log import state_folder

MAX_CASES = 12
_FILE = "recent.json"


@dataclass(frozen=True, slots=True)
class RecentCase:
    """A case that was opened; `opened_at` is ISO 8601 in UTC."""

    path: str
    caption: str
    opened_at: str


def recent_cases() -> list[RecentCase]:
    """Return the cases that were opened last and are still there, newest first."""
    try:
        rows = json.loads((state_folder() / _FILE).read_text(encoding="utf-8"))
        cases = [RecentCase(str(row["path"]), str(row["caption"]), str(row["opened_at"])) for row in rows]
    except (OSError, ValueError, TypeError, KeyError):
        return []
    return [case for case in cases if (Path(case.path) / "case.db").is_file()]


def remember_case(path: Path, caption: str, *, at: datetime) -> None:
    """Put a case at the top of the list; a list that cannot be written is not worth stopping for."""
    case = RecentCase(str(path), caption, at.isoformat(timespec="seconds"))
    cases = [case, *(known for known in recent_cases() if known.path != case.path)][:MAX_CASES]
    rows = [{"path": known.path, "caption": known.caption, "opened_at": known.opened_at} for known in cases]
    target = state_folder() / _FILE
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_suffix(".part")
        part.write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")
        part.replace(target)
    except OSError:
        return
