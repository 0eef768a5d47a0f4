"""Are verdicts the same, however many chats are played side by side?

    python tests/bench/jobs.py                  all correct submissions and mutants, --jobs 1 and 8
    python tests/bench/jobs.py --every 10       each tenth

A row says what differed. The exit status is 1 where a core check did.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from submissions.correct import CORRECT  # noqa: E402 (found only now)
from submissions.mutants import tcp_client, tcp_server, udp_client, udp_server  # noqa: E402
from support import gradings  # noqa: E402
from support.watcher import checks_of, request  # noqa: E402

from grader.assignment import rubric  # noqa: E402
from grader.assignment.check_ids import name_of  # noqa: E402
from grader.grading.runner import grade  # noqa: E402

MODULES = {
    "tcp_server.py": tcp_server,
    "tcp_client.py": tcp_client,
    "udp_server.py": udp_server,
    "udp_client.py": udp_client,
}
SIDE_BY_SIDE = (1, 8)
SIDES = 2  # gradings at a time


def fixtures() -> Iterator[tuple[str, Mapping[str, str]]]:
    """Every submission by its name: the files that are not those of the reference."""
    for correct in CORRECT:
        yield f"correct {correct.name}", correct.sources(gradings.REFERENCE)
    for file, module in MODULES.items():
        for mutant in module.MUTANTS:
            yield f"{file} {mutant.name}", {file: mutant.source(file, gradings.REFERENCE)}


def verdicts(sources: Mapping[str, str], jobs: int) -> dict[str, str]:
    """What the checks find that these files concern."""
    with tempfile.TemporaryDirectory() as folder:
        submission = gradings.write_submission(Path(folder), sources)
        asked = request(submission, *gradings.concerned(sources), seed=gradings.SEED, jobs=jobs)
        found = checks_of(grade(asked, gradings.Silence()))
    return {id_: check.verdict.value for id_, check in found.items()}


def differences(case: tuple[str, Mapping[str, str]]) -> list[tuple[str, str, str]]:
    """The submission, the check and both verdicts, for each that differs."""
    name, sources = case
    one, many = (verdicts(sources, jobs) for jobs in SIDE_BY_SIDE)
    return [
        (name, id_, f"{one[id_]} / {many.get(id_)}") for id_ in one if one[id_] != many.get(id_)
    ]


def main() -> int:
    """Compare, and print what differs."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--every", type=int, default=1, metavar="N", help="each N-th alone")
    cases = list(fixtures())[:: parser.parse_args().every]
    with ThreadPoolExecutor(SIDES) as pool:
        found = [row for rows in pool.map(differences, cases) for row in rows]
    table = Table("submission", "check", "--jobs 1 / --jobs 8", title=f"{len(cases)} submissions")
    for row in found:
        table.add_row(*row)
    Console().print(table)
    return int(any(not rubric.row(name_of(id_)).star for _, id_, _ in found))


if __name__ == "__main__":
    sys.exit(main())
