"""Letters of a request, from templates that can be edited: names in braces are replaced by the case's data.

A template is plain text. ``{agency.name}`` stands for a value; a line whose only value is unknown and optional,
written ``{?agency.fax}``, is left out. Blank lines part paragraphs, lines that begin with ``- `` are a list,
the first line ``Subject: ...`` is the subject.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from importlib.resources import files

from vaughn.formats.letters import Letter
from vaughn.model import Entity, InputError
from vaughn.request.items import ItemTree
from vaughn.request.kinds import LETTER_KINDS

_NAME = re.compile(r"\{(?P<optional>\?)?(?P<name>[a-z][a-z0-9_.]*)\}")
_SHIPPED = ("request", "expedition", "fee waiver", "appeal", "status", "ogis")
MAX_TEMPLATE_LENGTH = 100_000  # code points


def shipped_template(kind: str) -> str:
    """Return the template of a kind of letter that comes with the program.

    Raises:
        InputError: If there is none of that kind.
    """
    if kind not in _SHIPPED:
        wrong = "no template" if kind in LETTER_KINDS else "no such letter"
        raise InputError(f"{kind[:60]!r}: {wrong} comes with the program.", hint=f"There are: {', '.join(_SHIPPED)}.")
    name = f"{kind.replace(' ', '-')}.txt"
    return (files("vaughn.request") / "templates" / name).read_text(encoding="utf-8")


def shipped_letters() -> tuple[str, ...]:
    """Return the kinds of letters there are templates for."""
    return _SHIPPED


def letter_values(
    request: Entity, entities: Sequence[Entity], *, tree: ItemTree, today: date, due: Mapping[str, str]
) -> dict[str, str]:
    """Return what the names in a template stand for.

    Args:
        due: Due dates in words by rule, e.g. ``{"foia-20": "March 4, 2010"}``; named ``{due.foia-20}`` in templates
            with the hyphen as an underscore.
    """
    by_reference = {entity.reference: entity for entity in entities}
    values: dict[str, str] = {"today": written_day(today)}
    _put(values, "request", request)
    agency = by_reference.get(request.value("agency") or "")
    if agency is not None:
        _put(values, "agency", agency)
        values.setdefault("agency.short", values.get("agency.name", agency.key))
    requesters = [by_reference[name] for name in request.values("requester") if name in by_reference]
    names = [one.value("name") or one.key for one in requesters]
    if names:
        values["requester.names"] = _joined(names)
    values["items"] = "\n".join(
        f"- {'  ' * item.depth}{item.number + ' ' if item.number else ''}{item.text or item.title}"
        for item in tree.items
    )
    for rule, text in due.items():
        values[f"due.{rule.casefold().replace('-', '_')}"] = text
    return {name: value for name, value in values.items() if value}


def _put(values: dict[str, str], name: str, entity: Entity) -> None:
    for field in dict.fromkeys(one.field for one in entity.statements):
        value = entity.value(field)
        if value is not None:
            known = entity.date(field) if field.endswith("_on") else None
            exact = None if known is None else known.exact
            values[f"{name}.{field}"] = value if exact is None else written_day(exact)


def filled(template: str, values: Mapping[str, str]) -> Letter:
    """Return the letter that *template* makes of *values*.

    Raises:
        InputError: If a value is missing; names all that are.
    """
    if len(template) > MAX_TEMPLATE_LENGTH:
        raise InputError(f"The template has {len(template):,} letters; {MAX_TEMPLATE_LENGTH:,} fit.")
    lines = template.replace("\r\n", "\n").replace("\r", "\n").strip("\n").split("\n")
    kept = [line for line in lines if not _is_left_out(line, values)]
    missing = sorted({match["name"] for line in kept for match in _NAME.finditer(line) if match["name"] not in values})
    if missing:
        raise InputError(
            f"The letter needs values that are not in the case: {', '.join(missing)}.",
            hint="Enter them, or take them out of the template.",
        )
    text = "\n".join(_NAME.sub(lambda match: values.get(match["name"], ""), line) for line in kept)
    return _letter(text)


def _is_left_out(line: str, values: Mapping[str, str]) -> bool:
    return any(match["optional"] and match["name"] not in values for match in _NAME.finditer(line))


def _letter(text: str) -> Letter:
    blocks = [block for block in re.split(r"\n[ \t]*\n", text) if block.strip()]
    subject, on = "", ""
    address: tuple[str, ...] = ()
    rest: list[str | tuple[str, ...]] = []
    for block in blocks:
        if block.startswith("Subject: ") and not subject:
            subject = " ".join(block.removeprefix("Subject: ").split())
        elif block.startswith("To:\n") and not address:
            address = tuple(line.strip() for line in block.split("\n")[1:] if line.strip())
        elif block.startswith("Date: ") and not on:
            on = block.removeprefix("Date: ").strip()
        else:
            rest.extend(_paragraphs(block))
    if not subject:
        raise InputError("The template has no subject.", hint="Begin a line with `Subject: `.")
    return Letter(address, on, subject, tuple(rest))


def _paragraphs(block: str) -> list[str | tuple[str, ...]]:
    found: list[str | tuple[str, ...]] = []
    points: list[str] = []
    words: list[str] = []
    for line in block.split("\n"):
        if line.startswith("- "):
            if words:
                found.append(" ".join(words))
                words = []
            points.append(line[2:].rstrip())
        elif points and line.startswith("  "):
            points[-1] += f" {line.strip()}"
        else:
            if points:
                found.append(tuple(points))
                points = []
            words.append(line.strip())
    if points:
        found.append(tuple(points))
    if words:
        found.append(" ".join(words))
    return found


def written_day(day: date) -> str:
    """Return a day as American letters write it: ``February 3, 2010``."""
    return f"{day:%B} {day.day}, {day.year}"


def _joined(names: Sequence[str]) -> str:
    if len(names) <= 2:
        return " and ".join(names)
    return f"{', '.join(names[:-1])}, and {names[-1]}"
