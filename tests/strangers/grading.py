"""Grades one program as a teacher does, by the command, in a folder beside somebody else's."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from audit import run
from audit.log import verdicts_of
from submissions.strangers import Program, broken, cheating, correct
from support import gradings

from grader.result import codec

PROGRAMS = {
    "correct": correct.PROGRAMS,
    "broken": broken.PROGRAMS,
    "cheating": cheating.PROGRAMS,
}
PATIENCE = 120  # seconds for a grading; it should take half of it at most
SANDBOX = "namespaces"  # some would harm whoever runs them with less
ALONE = Path(__file__).with_name("alone.py")


@dataclass(frozen=True)
class Graded:
    """What became of one grading of one program."""

    kind: str
    name: str
    number: int  # which of its runs
    grader: str  # the state of the grader
    seconds: float
    status: int | None  # of the grader; None: it was ended after PATIENCE
    verdicts: Mapping[str, str] = field(default_factory=dict)  # check id -> verdict
    messages: Mapping[str, str] = field(default_factory=dict)  # of those that did not pass
    left: tuple[str, ...] = ()  # processes and files that are still there


def named(kinds: Iterable[str], only: Iterable[str] = ()) -> list[tuple[str, Program]]:
    """The programs of these kinds, or those of these names. Raises ValueError for another name."""
    found = [(kind, program) for kind in kinds for program in PROGRAMS[kind]]
    unknown = set(only) - {program.name for _, program in found}
    if unknown:
        raise ValueError(f"expected names of programs, got {', '.join(sorted(unknown))}")
    return [(kind, program) for kind, program in found if not only or program.name in only]


def grade(
    kind: str, program: Program, number: int, state: str, checks: tuple[str, ...] = ()
) -> Graded:
    """Grade it once, with other names and texts for each number; all its checks or only these."""
    with tempfile.TemporaryDirectory(prefix="strangers-", ignore_cleanup_errors=True) as name:
        top = Path(name)
        top.chmod(0o755)
        folder, temporary, output = top / "mine", top / "temporary", top / "result.json"
        program.lay_out(kind, folder)
        gradings.write_submission(_made(top / "theirs"), {})
        _made(temporary)
        before = _inside(folder)
        command = [
            *(sys.executable, str(ALONE), str(PATIENCE)),
            *(sys.executable, "-m", "grader", str(folder)),
            *("--sandbox", SANDBOX, "--no-cache", "--format", "json", "--output", str(output)),
            *("--seed", str(run.seed(program.name, kind, number))),
            *(("--only", *checks) if checks else ("--variant", _variant(program))),
        ]
        started = time.monotonic()
        done = subprocess.run(
            command,
            cwd=gradings.ROOT,
            env={**os.environ, "TMPDIR": str(temporary)},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            check=True,
        )
        seconds = round(time.monotonic() - started, 1)
        said = json.loads(done.stdout.decode().splitlines()[-1])
        changed = _inside(folder) ^ before | _inside(temporary)
        left = (*said["left"], *sorted(name for name, _ in changed))
        found = _result(output) if said["status"] is not None else ({}, {})
        return Graded(kind, program.name, number, state, seconds, said["status"], *found, left)


def append(path: Path, graded: Graded) -> None:
    """Add a grading to a log, a line of JSON each."""
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(asdict(graded)) + "\n")


def read(path: Path) -> Iterator[Graded]:
    """The gradings of a log, if there is one."""
    if path.exists():
        for line in path.read_text(encoding="utf-8").splitlines():
            yield Graded(**json.loads(line))


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _inside(folder: Path) -> set[tuple[str, int]]:
    with os.scandir(folder) as entries:
        return {(entry.name, entry.stat(follow_symlinks=False).st_mtime_ns) for entry in entries}


def _variant(program: Program) -> str:
    variants = {file.partition("_")[0] for file in program.files}
    return variants.pop() if len(variants) == 1 else "all"


def _result(output: Path) -> tuple[dict[str, str], dict[str, str]]:
    if not output.exists():
        return {}, {}
    result = codec.loads(output.read_text(encoding="utf-8"))
    return verdicts_of({check.id: check for part in result.variants for check in part.checks})
