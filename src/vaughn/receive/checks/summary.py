"""What a check knew and a report needs, kept beside the case: so the report need not gather a million facts again.

A file in the folder of what can be made again; the event of the check holds its SHA-256, so that nobody changes it
unseen. A file that is missing, other, or made for other ordered fields does not count: the facts are gathered again.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from vaughn.model import ProductionOrder
from vaughn.receive.checks.ordered import FieldLine, FieldState
from vaughn.receive.checks.run import NotRun

FORMAT = 1


@dataclass(frozen=True, slots=True)
class CheckSummary:
    """The ordered fields and what came of them, the checks that were not run, the volumes."""

    fields: tuple[FieldLine, ...]
    not_run: tuple[NotRun, ...]
    volumes: tuple[str, ...]


def summary_path(folder: Path, production_id: int) -> Path:
    """Return where the summary of a production lies in the case's folder of derived files."""
    return folder / f"check-{production_id}.json"


def packed(summary: CheckSummary) -> bytes:
    """Return the bytes of a summary."""
    values = {
        "format": FORMAT,
        "fields": [
            [line.spec.name, line.column, line.owed, line.filled, line.empty, line.state.value]
            for line in summary.fields
        ],
        "not_run": [[one.number, one.reason, one.partly] for one in summary.not_run],
        "volumes": list(summary.volumes),
    }
    return json.dumps(values, ensure_ascii=False).encode("utf-8")


def digest_of(data: bytes) -> str:
    """Return the SHA-256 by which the event of the check names a summary."""
    return hashlib.sha256(data).hexdigest()


def unpacked(data: bytes, order: ProductionOrder | None) -> CheckSummary | None:
    """Return the summary in *data*, `None` if it is none or was made for other fields than those of *order*."""
    values = json.loads(data)
    specs = order.fields if order is not None else ()
    if values.get("format") != FORMAT or [line[0] for line in values["fields"]] != [spec.name for spec in specs]:
        return None
    return CheckSummary(
        tuple(
            FieldLine(spec, column, owed, filled, empty, FieldState(state))
            for spec, (_, column, owed, filled, empty, state) in zip(specs, values["fields"], strict=True)
        ),
        tuple(NotRun(number, reason, partly) for number, reason, partly in values["not_run"]),
        tuple(values["volumes"]),
    )
