"""The command line: one command, one file in `vaughn.app.cli`; errors are told here, with what to do next.

Nothing heavy is imported until a command needs it, so that ``vaughn --version`` answers at once.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from types import FrameType
from typing import Annotated, NoReturn

import typer

from vaughn import __version__
from vaughn.app import cli
from vaughn.app.cli import options
from vaughn.model import VaughnError

# Not one of the codes of `VaughnError`: a mistake of ours. 70 is EX_SOFTWARE of sysexits.h.
EXIT_FAILURE = 70
EXIT_STOPPED = 130  # 128 + SIGINT, as shells count.

app = typer.Typer(
    name="vaughn",
    help="Software for freedom-of-information lawsuits. Without a command: opens the workbench in the browser.",
    epilog="Exit codes: 0 fine, 1 findings of severity error or a ledger that does not balance, 2 usage, 3 input, "
    "4 state, 5 integrity, 6 tool missing, 70 our mistake, 130 stopped.",
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
# In the order of a production's life; `vaughn --help` lists them so.
COMMANDS = (
    ("demo", cli.demo),
    ("clock", cli.clock),
    ("new", cli.new),
    ("open", cli.open_case),
    ("add", cli.add),
    ("exceptions", cli.exceptions),
    ("custody", cli.custody),
    ("receive", cli.receive),
    ("scans", cli.scans),
    ("group", cli.group),
    ("people", cli.people),
    ("productions", cli.productions),
    ("check", cli.check),
    ("divide", cli.divide),
    ("search", cli.search),
    ("export", cli.export),
    ("publish", cli.publish),
    ("timeline", cli.timeline),
    ("verify", cli.verify),
    ("doctor", cli.doctor),
)
for _name, _command in COMMANDS:
    app.command(_name)(_command)
# Commands with commands of their own.
GROUPS = (("request", cli.request_group), ("docket", cli.docket_group))
for _name, _group in GROUPS:
    app.add_typer(_group, name=_name)


def _print_version(wanted: bool) -> None:
    if wanted:
        sys.stdout.write(f"vaughn {__version__}\n")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    port: options.Port = 0,
    no_browser: options.NoBrowser = False,
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Open the workbench on its start screen when no command is given."""
    if context.invoked_subcommand is None:
        cli.open_workbench(port=port, browser=not no_browser)


class Stopped(BaseException):
    """The user, or the system, asked the program to stop."""


def main() -> NoReturn:
    """Run the command line and end the process with the exit code that `docs/reference/commands.md` lists."""
    _prepare_streams()
    signal.signal(signal.SIGINT, _stop)
    signal.signal(signal.SIGTERM, _stop)
    sys.exit(guarded(app, _tell))


def guarded(action: Callable[[], object], tell: Callable[[str, str | None], None]) -> int:
    """Run *action* and return the exit code of what came of it; failures are told as (message, hint)."""
    try:
        action()
    except VaughnError as error:
        tell(error.message, error.hint)
        return error.exit_code
    except Stopped:
        tell("Stopped.", "Run the same command again; it goes on where it was.")
        return EXIT_STOPPED
    except BrokenPipeError:
        # Whoever read the output has enough (`| head`); nothing more can be written, not even at exit.
        sys.stdout = None
        return 0
    except Exception as error:  # noqa: BLE001 - the one place of the program that may
        from vaughn.app.log import log_failure  # noqa: PLC0415

        path = log_failure(error)
        tell(f"Something went wrong that should not ({type(error).__name__}).", f"Tell us; details are in {path}.")
        return EXIT_FAILURE
    return 0


def _stop(_number: int, _frame: FrameType | None) -> NoReturn:
    raise Stopped


def _prepare_streams() -> None:
    """Let letters that the terminal's code page lacks be replaced instead of ending the program."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def _tell(message: str, hint: str | None) -> None:
    sys.stderr.write(f"{message}\n" + (f"What to do: {hint}\n" if hint else ""))


if __name__ == "__main__":
    main()
