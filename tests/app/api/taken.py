"""A case into which the small pile was taken through the interface."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from starlette.testclient import TestClient

from tests.app.pile import PASSWORD
from vaughn.app.api.workbench import Workbench

SECONDS = 60.0


@dataclass(frozen=True)
class Taken:
    """The workbench on the case, and the id of the taking in."""

    client: TestClient
    workbench: Workbench
    case: Path
    id: int

    def document(self, control: str) -> int:
        """Return the id of the first document of this name."""
        rows = self.client.get("/api/documents", params={"limit": 100}).json()["rows"]
        return next(row["id"] for row in rows if row["control"] == control)


def taking_of(pile: Path) -> dict[str, object]:
    """Return the order to take *pile* in."""
    return {
        "path": str(pile),
        "name": "Laptop",
        "from_whom": "ICE CIO",
        "handed_on": "2026-01-05",
        "custodian": "Palmer, Jon",
        "device": "Laptop 7",
        "exclude": ["*.tmp", " "],
        "passwords": [PASSWORD],
    }
