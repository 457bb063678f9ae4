"""Where the findings of one load file are gathered, so that a million equal faults stay a short list."""

from __future__ import annotations

from vaughn.model import Finding, Place, finding

# Beyond this many places of one code only the count is kept: a report of 200 lines is read, one of a million is not.
PLACES_PER_CODE = 200


class FindingLog:
    """Findings of one pass over one load file, in the order they were met.

    Args:
        path: Name of the load file as the production writes it.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        self._findings: list[Finding] = []
        self._count: dict[str, int] = {}
        self._first_beyond: dict[str, int | None] = {}

    def add(self, code: str, message: str, *, line: int | None = None, field: str | None = None) -> None:
        """Note one fault; *message* never says what a value says."""
        count = self._count.get(code, 0) + 1
        self._count[code] = count
        if count <= PLACES_PER_CODE:
            place = Place(self._path, line=line, field=field)
            self._findings.append(finding(code, message, place=place))
        elif count == PLACES_PER_CODE + 1:
            self._first_beyond[code] = line

    def findings(self) -> list[Finding]:
        """Return what was noted; one more finding a code counts what went beyond the limit."""
        beyond = [
            finding(
                code,
                f"The same fault stands at {self._count[code] - PLACES_PER_CODE} further places, from here on.",
                place=Place(self._path, line=line),
                count=self._count[code] - PLACES_PER_CODE,
            )
            for code, line in self._first_beyond.items()
        ]
        return self._findings + beyond

    def clear(self) -> None:
        """Forget everything, before the file is read once more."""
        self._findings = []
        self._count = {}
        self._first_beyond = {}
