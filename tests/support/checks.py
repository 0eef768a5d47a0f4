"""The checks, or others, run by pytest as a maintainer does."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import msgspec

from grader.result.check import CheckResult
from grader.result.grade import SandboxInfo
from grader.result.verdict import Verdict
from support import worlds

CHECKS = worlds.ROOT / "grader" / "checks"
# What a grading has found, written down at the end for the test.
KEEP = """

def pytest_sessionfinish(session):
    import msgspec, os
    from grader.grading.pytest_plugin.check_run import CHECK_RUN
    if CHECK_RUN in session.config.stash:
        run = session.config.stash[CHECK_RUN]
        found = {
            "results": run.results,
            "sandbox": run.sandbox,
        }
        with open(os.environ["KEEP"], "wb") as file:
            file.write(msgspec.json.encode(found))
"""


class Found(msgspec.Struct):
    """What a run has left: the results by the ids of the checks, and where they were had."""

    results: dict[str, CheckResult]
    sandbox: SandboxInfo

    def verdicts(self) -> dict[str, Verdict]:
        """The verdicts by the ids of the checks."""
        return {id_: result.verdict for id_, result in self.results.items()}


def run_pytest(
    *arguments: str, cwd: Path = worlds.ROOT, **options: Any
) -> subprocess.CompletedProcess[str]:
    """Run the checks by pytest, as a maintainer does."""
    cache = "-pno:cacheprovider"
    return worlds.python("-B", "-m", "pytest", cache, *arguments, cwd=cwd, **options)


def graded(
    folder: Path, submission: Path | None, *arguments: str, checks: str | None = None
) -> tuple[Found, str]:
    """Run checks on a submission: what was found, and what pytest printed.

    Without a submission the arguments name single files. ``checks`` is the source of checks to
    run in place of the kit's own.
    """
    mine = folder / "checks"
    mine.mkdir()
    conftest = (CHECKS / "conftest.py").read_text(encoding="utf-8")
    (mine / "conftest.py").write_text(conftest + KEEP, encoding="utf-8")
    (mine / "pytest.ini").write_text("[pytest]\naddopts = --import-mode=importlib\n")
    if checks is None:
        for path in CHECKS.glob("test_*.py"):
            shutil.copyfile(path, mine / path.name)
    else:
        (mine / "test_mine.py").write_text(checks, encoding="utf-8")
    kept = folder / "kept.json"
    scratch = folder / "scratch"
    scratch.mkdir()
    environment = {**os.environ, "KEEP": str(kept), "PYTHONPATH": str(worlds.ROOT)}
    environment["TMPDIR"] = str(scratch)
    named = [f"--submission={submission}"] if submission else []
    done = run_pytest(str(mine), *named, *arguments, cwd=folder, env=environment)
    assert kept.exists(), done.stdout + done.stderr
    return msgspec.json.decode(kept.read_bytes(), type=Found), done.stdout


# Two checks; what the first one does is put in.
TWO_CHECKS = '''
from grader.chat.failure import Failure, Unmet
from grader.fact import MachineError, fact

def test_starts(chat):
    """The first check."""
    {0}

def test_handshake(chat):
    """The second check."""
'''
