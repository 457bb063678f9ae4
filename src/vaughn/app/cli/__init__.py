"""The commands: one a file; each parses, calls a step and prints."""

from vaughn.app.cli.doctor import doctor

COMMANDS = (("doctor", doctor),)

__all__ = ["COMMANDS"]
