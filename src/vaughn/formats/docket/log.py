"""Where the findings of one docket file are gathered: equal faults stay a short list, dates are read on the way."""

from __future__ import annotations

import re
from datetime import date

from vaughn.formats.docket.dates import court_date
from vaughn.model import Finding, Place, finding

# Beyond this many places of one code only the count is kept.
PLACES_PER_CODE = 100
# "0000-00-00" is how databases write that they know no day.
_SAID = re.compile(r"[^\W_0]")


class DocketLog:
    """Findings of one docket file, in the order they were met.

    Args:
        path: The name the file goes by.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        self._findings: list[Finding] = []
        self._beyond: dict[str, tuple[int, int | None]] = {}
        self._count: dict[str, int] = {}

    def add(self, code: str, message: str, *, line: int | None = None, field: str | None = None) -> None:
        """Note one fault; *message* never says what an entry says."""
        self._count[code] = self._count.get(code, 0) + 1
        if self._count[code] <= PLACES_PER_CODE:
            self._findings.append(finding(code, message, place=Place(self._path, line=line, field=field)))
        else:
            count, first = self._beyond.get(code, (0, line))
            self._beyond[code] = (count + 1, first)

    def date(self, text: str, *, line: int | None, field: str) -> date | None:
        """Return the day *text* names; text that is no day is noted, no text at all is not."""
        found = court_date(text)
        if found is None and _SAID.search(text):
            self.add("DK002", f"What stands under {field} is no possible day.", line=line, field=field)
        return found

    def findings(self) -> tuple[Finding, ...]:
        """Return what was noted; one more finding a code counts what went beyond the limit."""
        more = (
            finding(
                code, f"The same fault stands at {count} further places, from here on.",
                place=Place(self._path, line=line), count=count,
            )
            for code, (count, line) in self._beyond.items()
        )  # fmt: skip
        return (*self._findings, *more)
