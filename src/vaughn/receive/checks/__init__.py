"""The receiver's checks: a production's facts come in, findings go out.

Each module is one group of the numbered checks in docs/reference/findings.md. All but `steps` are pure.
"""

from vaughn.receive.checks.ordered import FieldLine, FieldState, field_lines
from vaughn.receive.checks.run import CHECKS, CheckNumber, NotRun, check, not_run

__all__ = ["CHECKS", "CheckNumber", "FieldLine", "FieldState", "NotRun", "check", "field_lines", "not_run"]
