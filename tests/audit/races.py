"""Measures how often the stars for races find what they are for, and where they say it is.

``python tests/audit/races.py [--times N] [NAME ...]``: a line for each mutant of
``submissions/mutants/tcp_races.py``: how often it was found, by which stars, the line that was
held, how often that was in one of the mutant's functions, and how long a grading took.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1]), str(Path(__file__).resolve().parents[2])]

from submissions.correct import FOLDER  # noqa: E402
from submissions.mutants.tcp_races import FILE, RACES, Race  # noqa: E402
from support import gradings  # noqa: E402

from grader.fact import Fact  # noqa: E402
from grader.result.check import CheckResult  # noqa: E402
from grader.result.verdict import EventKind, Verdict  # noqa: E402
from grader.submission.tree import modules  # noqa: E402

STARS = ("race-name", "race-join", "race-leave", "race-leaves")


def main() -> None:
    """Grade each mutant so many times."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--times", type=int, default=1)
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    for race in RACES:
        if not options.names or race.name in options.names:
            print(_measured(race, options.times), flush=True)


def _measured(race: Race, times: int) -> str:
    source = race.source(gradings.REFERENCE, FOLDER)
    found, right, stars, lines = 0, 0, Counter[str](), Counter[str]()
    with tempfile.TemporaryDirectory() as folder:
        path = gradings.write_submission(Path(folder), {FILE: source})
        for time in range(times):
            ids = tuple(f"tcp.{star}" for star in STARS)
            checks = gradings.verdicts(path, ids, seed=gradings.SEED + time).values()
            failed = [check for check in checks if check.verdict is Verdict.FAIL]
            found += bool(failed)
            right += any(set(race.functions) & _functions(source, check) for check in failed)
            stars.update(check.name for check in failed)
            lines.update(f"{c.name}:{c.place.line}" for c in failed if c.place)
    told = " ".join(f"{line}x{count}" for line, count in sorted(lines.items()))
    return f"{race.name:38} found {found}/{times}, right {right}/{times}  {told}"


def _functions(source: str, check: CheckResult) -> set[str]:
    """The functions in which lines are told that ran."""
    (module,) = modules({FILE: source})
    told = [e.fact for e in check.transcript if e.kind is EventKind.RUNS and e.fact]
    return {
        function.name
        for line in map(_line, told)
        for function in module.functions()
        if function.lineno <= line <= (function.end_lineno or 0)
    }


def _line(fact: Fact) -> int:
    line = fact.arguments["line"]
    assert isinstance(line, int)
    return line


if __name__ == "__main__":
    main()
