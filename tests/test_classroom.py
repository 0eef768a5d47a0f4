"""The workflow for a classroom on GitHub: well formed, careful, and a command that is accepted."""

from __future__ import annotations

import re
import shlex
from typing import Any

import yaml
from support import worlds

from grader.cli import arguments

WORKFLOW = yaml.safe_load(
    (worlds.ROOT / "docs" / "github" / "classroom.yml").read_text(encoding="utf-8")
)
JOB = WORKFLOW["jobs"]["grade"]
COMMAND = "python3 noxfile.py -s grade -- "


def steps(action: str) -> list[dict[str, Any]]:
    """What the steps with this action are given."""
    found = [step for step in JOB["steps"] if step.get("uses", "").startswith(f"{action}@")]
    return [step.get("with", {}) for step in found]


def options() -> Any:
    """The options of the grader's command line, as the grader reads them."""
    (line,) = [step["run"] for step in JOB["steps"] if "noxfile.py" in step.get("run", "")]
    assert line.startswith(COMMAND)
    made = arguments.parser().parse_args(shlex.split(line.removeprefix(COMMAND)))
    arguments.agree(made)
    return made


def test_the_command_is_accepted() -> None:
    """The summary and the annotations are printed, the rest is written to files."""
    assert arguments.outputs(options()) == [
        ("github", ""),
        ("junit", "report.xml"),
        ("json", "result.json"),
    ]
    assert options().fail_under == 50


def test_the_result_is_kept() -> None:
    """What the command writes is uploaded, also when the mark is too low."""
    (upload,) = steps("actions/upload-artifact")
    written = {path for _, path in arguments.outputs(options()) if path}
    assert set(upload["path"].split()) == written
    assert JOB["steps"][-1]["if"] == "${{ !cancelled() }}"


def test_it_may_do_little() -> None:
    """It reads the repository, leaves no token where a student's program runs, and ends."""
    assert WORKFLOW["permissions"] == {"contents": "read"}
    assert [given["persist-credentials"] for given in steps("actions/checkout")] == [False]
    assert 0 < JOB["timeout-minutes"] <= 30


def test_actions_are_pinned() -> None:
    """Each action has a major version."""
    used = [step["uses"] for step in JOB["steps"] if "uses" in step]
    assert all(re.fullmatch(r"actions/[a-z-]+@v\d+", name) for name in used)


def test_the_cache_is_made_of_what_it_holds() -> None:
    """Another Python or other packages make another environment."""
    (cache,) = steps("actions/cache")
    assert cache["path"] == ".nox"
    assert "\n" not in cache["key"]
    for part in ("runner.os", "steps.python.outputs.python-version", "hashFiles('pyproject.toml')"):
        assert part in cache["key"]
