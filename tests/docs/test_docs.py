"""The documentation must say what the program does: every command, option, exit code, code, field and setting."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from datetime import date

import pytest

from bench.tables import page as measurements_page
from tests.house.source import ROOT, program
from tools.docs_clock import page as clock_page
from tools.docs_fields import page as fields_page
from tools.docs_kinds import page as facts_page
from vaughn.model import CATALOGUE, FIELDS, ClockQuestion, due_date, jurisdiction, read_jurisdiction

DOCS = ROOT / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
ROOT_PAGES = [
    ROOT / name for name in ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")
]


def text(path):
    return (DOCS / path).read_text("utf-8")


def test_the_page_of_fields_is_what_the_program_knows():
    """Run `python tools/docs_fields.py` after a change of model/fields.py."""
    assert text("reference/fields.md") == fields_page()
    assert len(re.findall(r"^\| `", fields_page(), re.M)) == len(FIELDS)


def test_the_page_of_rules_is_what_the_file_says():
    """Run `python tools/docs_clock.py` after a change of model/jurisdictions/federal.toml."""
    assert text("reference/clock-rules.md") == clock_page()


def test_every_key_of_a_jurisdiction_is_in_the_reference():
    """Who writes a state's file has nothing else to go by."""
    keys = {*jurisdiction.TOP_KEYS, *jurisdiction.CALENDAR_KEYS, *jurisdiction.DAY_KEYS, *jurisdiction.RULE_KEYS,
            *jurisdiction.VERSION_KEYS}  # fmt: skip
    page = text("reference/clock-rules.md")
    assert [key for key in sorted(keys) if not re.search(rf"[`.\[]{key}[`\]]", page)] == []


def test_the_state_in_the_guide_can_be_used():
    """The reader copies it."""
    file = re.search(r"```toml\n(.*?)```", text("how-to/deadlines.md"), re.S)[1]
    law = read_jurisdiction(file, file="example-state.toml")
    assert due_date(ClockQuestion("ANSWER-10", date(2026, 5, 22)), law).due == date(2026, 6, 2)
    assert due_date(ClockQuestion("ANSWER-10", date(2023, 12, 22)), law).due == date(2024, 1, 4)


def test_the_page_of_facts_is_what_the_program_knows():
    """Run `python tools/docs_kinds.py` after a change of a room's kinds.py."""
    assert text("reference/facts.md") == facts_page()


def test_the_page_of_measurements_is_what_was_measured():
    """Run `python bench/tables.py` after a benchmark; nobody types a figure."""
    assert text("explanation/measurements.md") == measurements_page()


def test_every_finding_code_has_its_heading():
    """A report cites the code; the reader looks it up."""
    headings = set(re.findall(r"^#+ .*?\b([A-Z]{2}\d{3})\b", text("reference/findings.md"), re.M))
    assert headings == set(CATALOGUE)


def commands():
    """Return (name, option names) of every command of the program."""
    import typer.main

    from vaughn.app.main import app

    group = typer.main.get_command(app)
    found = [(name, command) for name, command in group.commands.items()] + [("", group)]
    return [
        (name, [option for parameter in command.params for option in parameter.opts if option.startswith("--")])
        for name, command in found
    ]


def test_every_command_and_option_is_in_the_reference():
    """Who reads the page must not need `--help`."""
    page = text("reference/commands.md")
    missing = [
        f"vaughn {name}" for name, _ in commands() if name and not re.search(rf"^#+ .*`?vaughn {name}\b", page, re.M)
    ]
    missing += [f"{name} {option}" for name, options in commands() for option in options if f"`{option}" not in page]
    assert not missing, "\n".join(missing)


def test_every_exit_code_is_in_the_reference():
    """Scripts decide by it."""
    from vaughn.model import errors

    codes = {kind.exit_code for kind in vars(errors).values() if isinstance(kind, type) and hasattr(kind, "exit_code")}
    page = text("reference/commands.md")
    assert [code for code in sorted(codes | {0}) if not re.search(rf"^\| {code} \|", page, re.M)] == []


def test_every_setting_is_in_the_reference():
    """A setting is an environment variable that the program reads."""
    settings = {name for module in program() for name in re.findall(r"\bVAUGHN_[A-Z_]+\b", module.text)}
    page = text("reference/commands.md")
    assert [name for name in sorted(settings) if f"`{name}" not in page] == []


def test_every_page_is_in_the_navigation():
    """A page nobody reaches is not documentation."""
    config = tomllib.loads((ROOT / "zensical.toml").read_text("utf-8"))

    def leaves(entries):
        for entry in entries:
            for value in entry.values():
                yield from leaves(value) if isinstance(value, list) else [value]

    assert sorted(leaves(config["project"]["nav"])) == [path.relative_to(DOCS).as_posix() for path in PAGES]


@pytest.mark.parametrize("page", PAGES + ROOT_PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page):
    """A dead link costs the reader's trust in all others."""
    content = re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.S)
    dead = []
    for target in re.findall(r"\]\(([^)\s]+)\)", content):
        path, _, anchor = target.partition("#")
        if "://" in path or path.startswith("mailto:"):
            continue
        place = (page.parent / path) if path else page
        if not place.exists() or (anchor and place.suffix == ".md" and anchor not in anchors(place.read_text("utf-8"))):
            dead.append(target)
    assert dead == []


def anchors(content):
    """Return the anchors of the headings of a page, as the site makes them; `{ #name }` names one itself."""
    found = set(re.findall(r"\{ ?#([\w-]+)", content)) | set(re.findall(r'<a (?:id|name)="([\w-]+)"', content))
    for heading in re.findall(r"^#+ (.*)$", content, re.M):
        plain = re.sub(r"\{.*?\}|[`*]", "", heading).strip().lower()
        found.add(re.sub(r"[\s-]+", "-", re.sub(r"[^\w\s-]", "", plain)).strip("-"))
    return found


def test_readme_is_short_and_has_one_picture():
    """Whoever comes by reads one screen or two."""
    readme = (ROOT / "README.md").read_text("utf-8")
    assert len(readme.splitlines()) <= 120
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", readme)
    assert len(pictures) == 1
    assert (ROOT / pictures[0]).is_file()


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Build the documentation in a copy."""
    folder = tmp_path_factory.mktemp("site")
    shutil.copytree(DOCS, folder / "docs")
    shutil.copy(ROOT / "zensical.toml", folder)
    done = subprocess.run(
        [sys.executable, "-m", "zensical", "build", "--strict"], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "site"


def test_the_site_fetches_nothing_from_elsewhere(site):
    """A reader's address is nobody's business; no fonts, scripts or pictures from other machines."""
    remote = []
    for page in site.rglob("*.html"):
        content = page.read_text("utf-8")
        remote += re.findall(
            r"""<(?:script|img|iframe|source|video)[^>]*\ssrc=["']?((?:https?:)?//[^"'\s>]+)""", content
        )
        links = re.findall(r"<link\b[^>]*>", content)
        remote += [
            link for link in links if re.search(r"""href=["']?(?:https?:)?//""", link) and "canonical" not in link
        ]
    for sheet in site.rglob("*.css"):
        remote += re.findall(r"""(?:url\(["']?|@import\s+["'])((?:https?:)?//[^)"']+)""", sheet.read_text("utf-8"))
    assert remote == []
