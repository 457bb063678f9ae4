"""Writing what was found wrong, and whether every number is accounted for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import orjson

from vaughn.model import Finding, Ledger, Severity
from vaughn.store.chain import moment_text
from vaughn.store.codes import CODE
from vaughn.store.schema import CHECK_RUN, FINDING, LEDGER_LINE
from vaughn.store.storable import storable
from vaughn.store.transaction import Transaction


class CheckWrites(Transaction):
    """Findings and ledgers."""

    def add_check_run(
        self, production_id: int, kind: str, *, findings: Sequence[Finding], order: str | None = None
    ) -> int:
        """Store one run of checks and what it found; findings of the production's last run of that kind go.

        Args:
            kind: e.g. ``load``, ``read`` or ``check``.
        """
        self.delete(
            FINDING,
            self.ids(
                "SELECT finding.id FROM finding JOIN check_run ON check_run.id = check_run_id"
                " WHERE check_run.production_id = ? AND check_run.kind = ?",
                production_id,
                kind,
            ),
        )
        severities = Counter(found.severity for found in findings)
        (run_id,) = self.add(
            CHECK_RUN,
            [
                {
                    "production_id": production_id,
                    "kind": kind,
                    "at": moment_text(self.actor.clock()),
                    "order_name": order,
                    "errors": severities[Severity.ERROR],
                    "warnings": severities[Severity.WARNING],
                    "notes": severities[Severity.NOTE],
                }
            ],
        )
        self._add_findings(run_id, production_id, findings)
        return run_id

    def add_findings(self, check_run_id: int, findings: Sequence[Finding]) -> None:
        """Add findings to a run that is still going on."""
        row = self.connection.exec_driver_sql(
            "SELECT production_id, errors, warnings, notes FROM check_run WHERE id = ?", (check_run_id,)
        ).one()
        severities = Counter(found.severity for found in findings)
        self.update(
            CHECK_RUN,
            ("errors", "warnings", "notes"),
            [
                (
                    check_run_id,
                    row[1] + severities[Severity.ERROR],
                    row[2] + severities[Severity.WARNING],
                    row[3] + severities[Severity.NOTE],
                )
            ],
        )
        self._add_findings(check_run_id, row[0], findings)

    def set_ledger(self, production_id: int, ledger: Ledger) -> None:
        """Store the ledger of a production in place of the last one."""
        self.delete(LEDGER_LINE, self.ids("SELECT id FROM ledger_line WHERE production_id = ?", production_id))
        self.add(
            LEDGER_LINE,
            [
                {
                    "production_id": production_id,
                    "position": position,
                    "subject": storable(line.subject),
                    "expected": line.expected,
                    "parts": orjson.dumps(line.parts).decode(),
                }
                for position, line in enumerate(ledger.lines)
            ],
        )

    def _add_findings(self, run_id: int, production_id: int, findings: Sequence[Finding]) -> None:
        self.add(
            FINDING,
            [
                {
                    "check_run_id": run_id,
                    "production_id": production_id,
                    "code": found.code,
                    "severity": CODE[found.severity],
                    "path": None if found.place.path is None else storable(found.place.path),
                    "line": found.place.line,
                    "bates": found.place.bates,
                    "field": found.place.field,
                    "document_id": found.place.document_id,
                    "page_id": found.place.page_id,
                    "count": found.count,
                    "message": storable(found.message),
                }
                for found in findings
            ],
        )
