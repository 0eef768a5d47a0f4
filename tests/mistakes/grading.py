"""Grades programs with one mistake each, and keeps what a student is told of them."""

from __future__ import annotations

import hashlib
import json
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from msgspec.structs import replace
from submissions.mistakes import MISTAKES
from submissions.mistakes.mistake import Mistake
from support import gradings
from support.watcher import request

from grader.grading.runner import grade as run
from grader.result import codec
from grader.result.check import CheckResult
from grader.result.grade import GradeResult
from grader.result.verdict import Verdict

LABEL = "lab4"


@dataclass(frozen=True)
class Graded:
    """What became of one grading of one mistake."""

    name: str
    program: str  # the state of the program
    grader: str  # the state of the grader
    seconds: float
    result: str  # as JSON, without the transcripts of what has passed


def named(only: Iterable[str]) -> list[Mistake]:
    """The mistakes of these names, or all. Raises ValueError for another name."""
    wanted = set(only)
    unknown = wanted - {mistake.name for mistake in MISTAKES}
    if unknown:
        raise ValueError(f"expected names of mistakes, got {', '.join(sorted(unknown))}")
    return [mistake for mistake in MISTAKES if not wanted or mistake.name in wanted]


def state_of(mistake: Mistake) -> str:
    """Says whether its program has changed since a grading."""
    return hashlib.sha256(mistake.program(gradings.REFERENCE).encode()).hexdigest()[:12]


def result_of(mistake: Mistake, checks: Iterable[str] = ()) -> GradeResult:
    """Grade its variant, or these checks of it; the other files are the reference's."""
    with tempfile.TemporaryDirectory(prefix="mistakes-") as name:
        folder = Path(name) / LABEL
        folder.mkdir()
        files = {mistake.file: mistake.program(gradings.REFERENCE)}
        gradings.write_submission(folder, files)
        ids = [f"{mistake.variant}.{check}" for check in checks]
        fields = {"label": LABEL, "seed": gradings.SEED, "variants": (mistake.variant,)}
        return run(request(folder, *ids, **fields), gradings.Silence())


def grade(mistake: Mistake, grader: str) -> Graded:
    """Grade it once."""
    started = time.monotonic()
    result = result_of(mistake)
    seconds = round(time.monotonic() - started, 1)
    text = codec.encode(_short(result)).decode()
    return Graded(mistake.name, state_of(mistake), grader, seconds, text)


def _short(result: GradeResult) -> GradeResult:
    variants = (
        replace(variant, checks=tuple(map(_shortened, variant.checks)))
        for variant in result.variants
    )
    return replace(result, variants=tuple(variants))


def _shortened(check: CheckResult) -> CheckResult:
    return replace(check, transcript=()) if check.verdict is Verdict.PASS else check


def append(path: Path, graded: Graded) -> None:
    """Add a grading to a log, a line of JSON each."""
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(asdict(graded)) + "\n")


def read(path: Path) -> Iterator[Graded]:
    """The gradings of a log, if there is one."""
    if path.exists():
        for line in path.read_text(encoding="utf-8").splitlines():
            yield Graded(**json.loads(line))
