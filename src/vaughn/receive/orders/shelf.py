"""Where profiles lie: those shipped with the package, and the user's own files.

The one place of this room besides `steps.py` that reads the disk; it reads settings, never a case.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from vaughn.model import InputError, ProductionOrder
from vaughn.receive.orders.profile import read_order

SUFFIX = ".toml"
# A profile is a page of text; anything larger is another file.
LIMIT_BYTES = 1_000_000


def shipped_orders() -> tuple[ProductionOrder, ...]:
    """Return the profiles that come with the program, by name."""
    folder = files("vaughn.receive.orders") / "profiles"
    found = sorted((entry for entry in folder.iterdir() if entry.name.endswith(SUFFIX)), key=lambda entry: entry.name)
    return tuple(read_order(entry.read_text("utf-8"), name=entry.name.removesuffix(SUFFIX)) for entry in found)


def find_order(name_or_path: str) -> ProductionOrder:
    """Return the shipped profile of that name, or the one in the file at that path.

    Raises:
        InputError: If there is neither, or the file is no profile; the hint lists the shipped names.
    """
    shipped = {order.name: order for order in shipped_orders()}
    if name_or_path in shipped:
        return shipped[name_or_path]
    path = Path(name_or_path).expanduser()
    hint = f"Give the path of a {SUFFIX} file or one of: {', '.join(shipped)}."
    if not path.is_file():
        raise InputError(f"There is no order profile {name_or_path!r}.", hint=hint)
    try:
        if path.stat().st_size > LIMIT_BYTES:
            raise InputError(f"{path.name} is too large to be an order profile.", hint=hint)
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{path.name} is not UTF-8 text.", hint="Save the profile as UTF-8.") from error
    except OSError as error:
        raise InputError(f"{path.name} cannot be read: {error.strerror}.", hint=hint) from error
    return read_order(text, name=path.name.removesuffix(SUFFIX))
