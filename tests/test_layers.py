"""Who may import whom: downwards only."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
GRADER = ROOT / "grader"
PROGRAMS = ROOT / "tests" / "submissions"  # are graded, not read
TESTS = [path for path in (ROOT / "tests").rglob("*.py") if PROGRAMS not in path.parents]

# From top to bottom. A room is a package or a single module; it imports itself and the rooms of
# the layers below its own alone.
LAYERS = (
    {"grader"},  # python -m grader
    {"classroom"},  # a whole class
    {"kit"},  # what builds the kit, and what teachers have beside it
    {"cli"},  # the command line
    {"grading", "checks"},  # from a request to a result; the checks, which grading plays
    {"chat", "reports"},  # what a check has at hand; what people see
    {"sandbox"},  # a student's process, kept apart
    {"submission", "result"},  # what was handed in; what was found
    {"assignment", "fact", "language", "start"},  # the rubric, the protocol; what is said
    {"bootstrap"},  # what noxfile.py needs before any package is there
)
# Rooms that know less than their layer would let them, or a neighbour.
KNOWS_ONLY = {
    "checks": {"assignment", "chat", "fact", "grading", "result", "sandbox", "submission"},
    "reports": {"assignment", "fact", "language", "result"},
    "result": {"assignment", "fact"},
}
PACKAGES = {"babel", "jinja2", "msgspec", "platformdirs", "psutil", "pytest", "rich", "watchfiles"}
OWNERS = {
    "babel": {"kit"},
    "jinja2": {"reports", "classroom"},
    "platformdirs": {"cli"},
    "rich": {"reports", "kit", "classroom"},
    "watchfiles": {"cli"},
}
STANDARD_LIBRARY_ALONE = {"assignment", "bootstrap", "language", "submission"}
SUBMISSION = {"tcp_server.py", "tcp_client.py", "udp_server.py", "udp_client.py"}


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """The line and the full name of everything that a file imports, wherever it does."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}:{node.lineno}: expected a full name, got a relative one"
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def room_of(name: str) -> str:
    """The room of a full name such as ``grader.chat.world``."""
    parts = name.split(".")
    return parts[1] if parts[0] == "grader" and len(parts) > 1 else parts[0]


def layer_of(room: str) -> int:
    """The layer of a room, counted from the top."""
    found = [number for number, layer in enumerate(LAYERS) if room in layer]
    assert len(found) == 1, f"{room}: expected in one layer, got {len(found)}"
    return found[0]


def module(path: Path) -> str:
    """The full name of the module in a file."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(part for part in parts if part not in ("__init__", "__main__"))


MODULES = sorted([*GRADER.rglob("*.py"), *(ROOT / "kit").rglob("*.py")])
each_module = pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(ROOT).as_posix())


@each_module
def test_imports_go_downwards(path: Path) -> None:
    """A module imports its own room and the layers below, as far as it may know them."""
    room = room_of(module(path))
    below = set().union(*LAYERS[layer_of(room) + 1 :])
    allowed = KNOWS_ONLY.get(room, below) | {room}
    for line, name in imports(path):
        if name.partition(".")[0] in ("grader", "kit"):
            assert room_of(name) in allowed, f"{path}:{line} imports {name}"


REPORTS = [path for path in MODULES if room_of(module(path)) == "reports"]


@pytest.mark.parametrize("path", REPORTS, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_reports_read_the_result_alone(path: Path) -> None:
    """A result of another rubric can be shown: what a report needs of ours stands in the result."""
    if path == GRADER / "reports" / "terminal" / "progress.py":
        return  # the task of a check that the rubric still has; of all others that of the result
    for line, name in imports(path):
        ours = ("grader.assignment.rubric", "grader.result.score")
        assert not name.startswith(ours), f"{path}:{line} imports {name}"


TALK = {"reports", "cli", "classroom", "kit", "language"}  # rooms that put something into words
# The help of the options, which the command line and plain pytest share.
HELP = {"grader.grading.options", "grader.grading.pytest_plugin.configuration"}


@each_module
def test_who_talks(path: Path) -> None:
    """Sentences are made in reports, and in cli the command line's own; others hand on facts."""
    name = module(path)
    words = {f"grader.language.{marker}" for marker in ("_", "ngettext", "N_", "NP_")}
    talks = any(imported in words for _line, imported in imports(path))
    assert not talks or room_of(name) in TALK or name in HELP, path


@each_module
def test_packages(path: Path) -> None:
    """Besides the standard library there are a few packages, most of them for one room alone."""
    room = room_of(module(path))
    allowed = {"grader", "kit"} | (set() if room in STANDARD_LIBRARY_ALONE else PACKAGES)
    allowed -= {package for package, rooms in OWNERS.items() if room not in rooms}
    for line, name in imports(path):
        package = name.partition(".")[0]
        assert package in allowed or package in sys.stdlib_module_names, (
            f"{path}:{line} imports {name}"
        )


@each_module
def test_modules_are_small(path: Path) -> None:
    """A module fits into one sitting: 250 lines at most."""
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 250


def test_files_of_tests_are_short() -> None:
    """A file of tests has 300 lines at most."""
    lines = {path: len(path.read_text("utf-8").splitlines()) for path in TESTS}
    assert len(lines) > 100
    assert not {path for path, count in lines.items() if count > 300}


@pytest.mark.parametrize("folder", ["lab4", "reference"])
@pytest.mark.parametrize("file", sorted(SUBMISSION))
def test_submissions_need_the_standard_library_alone(folder: str, file: str) -> None:
    """What students read and write runs wherever Python does, each file by itself."""
    for line, name in imports(ROOT / folder / file):
        assert name.partition(".")[0] in sys.stdlib_module_names, f"{file}:{line} imports {name}"


def test_layers_name_what_is_there() -> None:
    """No room of the layers has gone."""
    assert {room_of(module(path)) for path in MODULES} == set().union(*LAYERS)
