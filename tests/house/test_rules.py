"""What STYLE asks of the code and a tool can check, beyond what ruff and the import contracts check."""

from __future__ import annotations

import ast
import re
import sys

import pytest

from tests.house.source import ROOT, SRC, STAGES, functions, imported, own_tests, program

MAX_SOURCE_LINES, MAX_TEST_LINES, MAX_FUNCTION_LINES, MAX_PARAMETERS = 500, 700, 60, 6
FREE_PARAMETERS = 4  # STYLE asks for two; four is where a call can no longer be read at all
FORBIDDEN = {"utils", "util", "helpers", "helper", "misc", "process", "handle", "manage", "do"}
# Where a process of ours begins: the command line, and the child that does long work for the server.
FRONT_DOORS = ("src/vaughn/app/main.py", "src/vaughn/app/jobchild.py")
# Receiving a production takes what a person says about it; the design fixed its parameters.
THE_EXCEPTION = "receive"
# The web framework and the command line pass parameters by name from what people typed.
CALLED_BY_FRAMEWORK = ("vaughn.app.cli", "vaughn.app.api")


def test_source_files_stay_within_their_size():
    """A file that cannot be read in one sitting is not read."""
    sizes = {module.where: len(module.text.splitlines()) for module in program()}
    assert {where: lines for where, lines in sizes.items() if lines > MAX_SOURCE_LINES} == {}
    sizes = {module.where: len(module.text.splitlines()) for module in own_tests()}
    assert {where: lines for where, lines in sizes.items() if lines > MAX_TEST_LINES} == {}


def test_functions_stay_within_their_size():
    """A function tells one level of the story; its docstring does not count."""
    long = {}
    for module in program():
        for function in functions(module):
            first = function.body[0]
            documented = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
            docstring = first.end_lineno - first.lineno + 1 if documented else 0
            lines = function.end_lineno - function.lineno + 1 - docstring
            if lines > MAX_FUNCTION_LINES:
                long[f"{module.where}:{function.lineno} {function.name}"] = lines
    assert not long, long


def test_functions_take_few_parameters_and_most_of_them_by_name():
    """`f(a, b, True, None, 3)` cannot be read; six is a type that nobody wrote."""
    bad = []
    for module in program():
        if module.name.startswith(CALLED_BY_FRAMEWORK):
            continue
        for function in functions(module):
            arguments = function.args
            free = [a.arg for a in arguments.posonlyargs + arguments.args if a.arg not in {"self", "cls"}]
            if function.name.startswith("__"):
                free = []
            if len(free) > FREE_PARAMETERS and not function.name.startswith("_"):
                bad.append(f"{module.where}:{function.lineno} {function.name}: {len(free)} without a name")
            if len(free) + len(arguments.kwonlyargs) > MAX_PARAMETERS and function.name != THE_EXCEPTION:
                bad.append(f"{module.where}:{function.lineno} {function.name}: {len(free) + len(arguments.kwonlyargs)}")
    assert not bad, "\n".join(bad)


def test_no_name_says_nothing():
    """`process_data` and `utils.py` hide what they do."""
    named = {module.where: set(module.name.split(".")) & FORBIDDEN for module in program()}
    bad = [where for where, words in named.items() if words]
    for module in program():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                words = re.findall(r"[a-z]+", re.sub(r"(?<!^)(?=[A-Z])", "_", node.name).lower())
                if words and words[0] in FORBIDDEN:
                    bad.append(f"{module.where}:{node.lineno} {node.name}")
    assert not bad, "\n".join(bad)


def test_private_names_stay_in_their_module():
    """`_name` may change without a look around."""
    bad = []
    for module in (*program(), *own_tests()):
        for source, name, line in imported(module):
            private = name is not None and name.startswith("_") and not name.startswith("__")
            inside = any(part.startswith("_") and not part.startswith("__") for part in source.split("."))
            if source.startswith("vaughn") and (private or inside):
                bad.append(f"{module.where}:{line} {source}.{name}")
    assert not bad, "\n".join(bad)


def test_rooms_are_entered_by_the_front_door():
    """Other rooms import from a room's face, absolutely; what is behind it may move."""
    # In `formats` each format has a face of its own, so that reading a load file does not load the PDF library.
    formats = {module.name for module in program() if module.room == "formats" and module.name.count(".") == 2}
    packages = {module.name for module in program() if module.is_package} | formats
    bad = []
    for module in program():
        for source, name, line in imported(module):
            if source.startswith("."):
                bad.append(f"{module.where}:{line} relative import")
            if not source.startswith("vaughn.") or source.split(".")[1] == module.room:
                continue
            if source not in packages and module.path.name != "__main__.py":
                bad.append(f"{module.where}:{line} {source}" + (f".{name}" if name else ""))
    assert not bad, "\n".join(bad)


def test_a_face_has_a_docstring_and_a_list_of_names_and_no_logic():
    """Whoever opens a room reads its `__init__.py` first."""
    bad = []
    for module in program():
        if not module.is_package or module.name == "vaughn":
            continue
        if not ast.get_docstring(module.tree):
            bad.append(f"{module.where}: no docstring")
        for node in module.tree.body[1:]:
            is_list = isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Tuple | ast.List)
            if not isinstance(node, ast.Import | ast.ImportFrom) and not is_list:
                bad.append(f"{module.where}:{node.lineno} logic")
        has_imports = any(isinstance(node, ast.ImportFrom) for node in module.tree.body)
        if has_imports and "__all__" not in module.text:
            bad.append(f"{module.where}: no __all__")
    assert not bad, "\n".join(bad)


def test_only_steps_open_the_case():
    """Everything else in a stage room is pure: values in, values out."""
    bad = [
        f"{module.where}:{line} {name}"
        for module in program()
        if module.room in STAGES and "steps" not in module.name.split(".")
        for source, name, line in imported(module)
        if source.split(".")[:2] == ["vaughn", "store"] and name in {None, "CaseFile", "Change"}
    ]
    assert not bad, "\n".join(bad)


def test_the_model_needs_nothing_but_python_and_a_table_of_holidays():
    """Types and laws outlive every library; holidays change by statute, and one module knows where they come from."""
    allowed = set(sys.stdlib_module_names) | {"vaughn"}
    bad = [
        f"{module.where}:{line} {source}"
        for module in program()
        if module.room == "model"
        for source, _, line in imported(module)
        if source.split(".")[0] not in allowed | ({"holidays"} if module.name == "vaughn.model.calendar" else set())
    ]
    assert not bad, "\n".join(bad)


def test_clock_and_chance_stay_out_of_pure_rooms():
    """The same case file and options give the same bytes."""
    pure = [m for m in program() if m.room == "model" or (m.room in STAGES and "steps" not in m.name.split("."))]
    bad = [
        f"{module.where}:{node.lineno} {node.attr}"
        for module in pure
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and node.attr in {"now", "today", "utcnow", "random", "time_ns", "uuid4"}
    ]
    assert not bad, "\n".join(bad)


def test_all_exceptions_are_caught_in_two_places_only():
    """One in the front door, one per file of the records; anywhere else it hides a mistake of ours."""
    places = [
        f"{module.where}:{node.lineno}"
        for module in program()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ExceptHandler)
        and not isinstance(node.body[-1], ast.Raise)  # cleaning up and passing on is no catching
        and (node.type is None or (isinstance(node.type, ast.Name) and node.type.id in {"Exception", "BaseException"}))
        and not module.where.startswith(("src/vaughn/formats/", *FRONT_DOORS))
    ]
    assert not places, "\n".join(places)


def test_every_test_file_mirrors_a_module():
    """Who changes `receive/split.py` finds its tests without searching: `test_split.py`, or `test_split_by_size.py`."""
    elsewhere = {"house", "browser", "docs", "end_to_end"}
    # What many modules do together.
    together = {
        "test_values.py",
        "test_security.py",
        "test_kill.py",
        "test_routes.py",
        "test_variants.py",
        "test_written.py",
    }
    bad = []
    for module in own_tests():
        parts = module.path.relative_to(ROOT / "tests").parts
        if len(parts) == 1 or parts[0] in elsewhere or not parts[-1].startswith("test_") or parts[-1] in together:
            continue
        room = SRC.joinpath(*parts[:-1])
        subjects = {path.stem for path in room.iterdir()} if room.is_dir() else set()
        stem = parts[-1].removeprefix("test_").removesuffix(".py")
        if not any(f"_{subject}_" in f"_{stem}_" for subject in subjects):
            bad.append(module.where)
    assert not bad, "\n".join(bad)


def test_tests_do_not_sleep_or_replace_our_own_code():
    """A sleeping test is slow or wrong; a replaced function is not tested."""
    bad = []
    for module in own_tests():
        for node in ast.walk(module.tree):
            hangs_on_purpose = module.where == "tests/work/jobs.py"
            if isinstance(node, ast.Attribute) and ast.unparse(node) == "time.sleep" and not hangs_on_purpose:
                bad.append(f"{module.where}:{node.lineno} time.sleep")
        bad += [f"{module.where}:{line} {source}" for source, _, line in imported(module) if source == "unittest.mock"]
    assert not bad, "\n".join(bad)


@pytest.mark.parametrize("module", program(), ids=lambda module: module.name)
def test_every_module_says_what_it_is_for(module):
    """A module docstring answers one question."""
    docstring = ast.get_docstring(module.tree) or ""
    assert docstring.split("\n")[0].endswith((".", ":", "?")), docstring[:80]


def test_only_the_worker_room_opens_archives_and_recognises_load_files():
    """Workbooks, XML and archives of strangers are parsed in child processes alone (SECURITY.md)."""
    guarded = {("vaughn.formats.loadfile", "recognise"), ("vaughn.formats.pages", "open_archive")}
    found = [
        f"{module.where}:{line}: {name}"
        for module in program()
        if module.room not in {"formats", "work"}
        for source, name, line in imported(module)
        if (source, name) in guarded
    ]
    assert found == []
