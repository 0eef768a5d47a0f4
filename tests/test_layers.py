"""Who may import whom: downwards only."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
GRADER = ROOT / "grader"

# From top to bottom. A part is a module of the grader, or a package of it with all its modules;
# it imports parts of the layers below its own alone.
LAYERS = (
    {"__main__"},  # the command line
    {"watch"},  # gradings again and again
    {"arguments", "memory"},
    {"pack", "session", "reports"},  # a grading, and what it is shown as
    {"checks", "worker", "tables", "translations"},
    {"plugin"},  # pytest on one side, verdicts on the other
    {"chat"},  # what a check has at hand
    {"delivery", "server"},
    {"participants"},
    {"process", "work"},  # a process of a submission, a process of the grader
    {"judge", "profile", "sandbox", "score", "submission"},
    {"child", "failure", "inbox", "mistakes", "network", "rubric"},
    {"ending"},
    {"activity", "bubblewrap", "jobs", "landlock", "symptoms", "transcript"},
    {"boot", "clock", "protocol", "skeleton", "source", "verdict"},  # plain data, plain tools
    {"gaps", "remarks"},
    {"language"},  # what people are talked to in
)
# Parts that know less than their layer would let them.
KNOWS_ONLY = {
    "reports": {"language", "mistakes", "protocol", "rubric", "verdict"},
    "rubric": {"verdict"},
    "score": {"rubric", "verdict"},
    "session": {"ending", "language", "rubric", "sandbox", "score", "verdict", "work"},
}
PACKAGES = {"babel", "jinja2", "platformdirs", "psutil", "pytest", "rich", "watchfiles"}
FOR_ONE_ALONE = {
    "babel": "translations",
    "jinja2": "reports",
    "platformdirs": "memory",
    "rich": "reports",
    "watchfiles": "watch",
}
STANDARD_LIBRARY_ALONE = {
    *("boot", "gaps", "language", "pack", "remarks", "skeleton", "rubric", "score", "verdict"),
}
SUBMISSION = {"tcp_server.py", "tcp_client.py", "udp_server.py", "udp_client.py"}


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """The line and the full name of everything that a file imports, wherever it does."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}:{node.lineno}: expected a full name, got a relative one"
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def part_of(path: Path) -> str:
    """The part of the grader that a file belongs to."""
    return path.relative_to(GRADER).parts[0].removesuffix(".py")


def layer_of(part: str) -> int:
    """The layer of a part, counted from the top."""
    found = [number for number, layer in enumerate(LAYERS) if part in layer]
    assert len(found) == 1, f"grader.{part}: expected in one layer, got {len(found)}"
    return found[0]


MODULES = sorted(path for path in GRADER.rglob("*.py") if path != GRADER / "__init__.py")
each_module = pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(ROOT).as_posix())


@each_module
def test_imports_go_downwards(path: Path) -> None:
    """A module imports its own package and the layers below, as far as it may know them."""
    part = part_of(path)
    below = set().union(*LAYERS[layer_of(part) + 1 :])
    allowed = KNOWS_ONLY.get(part, below) | ({part} if path.parent != GRADER else set())
    for line, name in imports(path):
        package, _, rest = name.partition(".")
        if package == "grader":
            assert rest.partition(".")[0] in allowed, f"{path}:{line} imports {name}"


@each_module
def test_packages(path: Path) -> None:
    """Besides the standard library there are a few packages, most of them for one part alone."""
    part = part_of(path)
    allowed = {"grader"} if part in STANDARD_LIBRARY_ALONE else PACKAGES | {"grader"}
    allowed -= {package for package, owner in FOR_ONE_ALONE.items() if owner != part}
    for line, name in imports(path):
        package = name.partition(".")[0]
        assert package in allowed or package in sys.stdlib_module_names, (
            f"{path}:{line} imports {name}"
        )


@pytest.mark.parametrize("folder", ["lab4", "reference"])
@pytest.mark.parametrize("file", sorted(SUBMISSION))
def test_submissions_need_the_standard_library_alone(folder: str, file: str) -> None:
    """What students read and write runs wherever Python does, each file by itself."""
    for line, name in imports(ROOT / folder / file):
        assert name.partition(".")[0] in sys.stdlib_module_names, f"{file}:{line} imports {name}"


def test_layers_name_what_is_there() -> None:
    """No part of the layers has gone."""
    assert {part_of(path) for path in MODULES} == set().union(*LAYERS)
