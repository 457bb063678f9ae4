"""The commands: one a file; each parses, calls a step and prints."""

from vaughn.app.cli.add import add
from vaughn.app.cli.check import check
from vaughn.app.cli.clock import clock
from vaughn.app.cli.custody import custody
from vaughn.app.cli.demo import demo
from vaughn.app.cli.divide import divide
from vaughn.app.cli.docket_due import group as docket_group
from vaughn.app.cli.doctor import doctor
from vaughn.app.cli.exceptions import exceptions
from vaughn.app.cli.export import export
from vaughn.app.cli.group import group
from vaughn.app.cli.new import new
from vaughn.app.cli.open import open_case, open_workbench
from vaughn.app.cli.people import people
from vaughn.app.cli.productions import productions
from vaughn.app.cli.publish import publish
from vaughn.app.cli.receive import receive
from vaughn.app.cli.request import group as request_group
from vaughn.app.cli.scans import scans
from vaughn.app.cli.search import search
from vaughn.app.cli.timeline import timeline
from vaughn.app.cli.verify import verify

__all__ = [
    "add",
    "check",
    "clock",
    "custody",
    "demo",
    "divide",
    "docket_group",
    "doctor",
    "exceptions",
    "export",
    "group",
    "new",
    "open_case",
    "open_workbench",
    "people",
    "productions",
    "publish",
    "receive",
    "request_group",
    "scans",
    "search",
    "timeline",
    "verify",
]
