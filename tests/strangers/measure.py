"""How are programs judged whose authors had not seen the grader? Grades them and compares.

    python tests/strangers/measure.py                        all of them, once: half an hour
    python tests/strangers/measure.py --kind broken --runs 3
    python tests/strangers/measure.py --only pool-of-eight
    python tests/strangers/measure.py --log FILE --write     go on with a log, and write the page

Exit status: 0 nothing is judged wrongly; 1 something is; 2 wrong arguments; 130 interrupted.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
if __name__ == "__main__":  # what is beside this file is the package strangers, found from tests/
    sys.path[:1] = [str(ROOT), str(ROOT / "tests")]

from audit.run import grader_fingerprint  # noqa: E402 (found only now)
from rich.console import Console  # noqa: E402
from rich.markdown import Markdown  # noqa: E402
from rich.progress import Progress  # noqa: E402

from strangers import grading, report  # noqa: E402
from strangers.grading import Graded  # noqa: E402

PAGE = ROOT / "tests/submissions/strangers/README.md"


def arguments(given: Sequence[str] | None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description="Grade programs by people who had not seen it.")
    add = parser.add_argument
    kinds = tuple(grading.PROGRAMS)
    add("--kind", nargs="+", default=kinds, choices=kinds, help="these kinds of programs")
    add("--only", nargs="+", default=[], metavar="NAME", help="these programs")
    add("--runs", type=int, default=1, metavar="N", help="gradings of each (default: 1)")
    add("--jobs", type=int, default=2, metavar="N", help="gradings side by side (default: 2)")
    add("--log", type=Path, metavar="FILE", help="keep gradings here; none is done twice")
    add("--write", action="store_true", help=f"write {PAGE.relative_to(ROOT).as_posix()}")
    options = parser.parse_args(given)
    if options.runs < 1 or options.jobs < 1:
        parser.error("expected at least one grading and one job")
    return options


def measure(options: argparse.Namespace, console: Console) -> list[Graded]:
    """Grade what the log lacks of what is wanted; return all that is wanted."""
    state = grader_fingerprint()
    wanted = {
        (kind, program.name, number): program
        for number in range(options.runs)
        for kind, program in grading.named(options.kind, options.only)
    }
    known = grading.read(options.log) if options.log else ()
    found = {(g.kind, g.name, g.number): g for g in known if g.grader == state}
    missing = [key for key in wanted if key not in found]

    def grade(key: tuple[str, str, int]) -> Graded:
        kind, _, number = key
        return grading.grade(kind, wanted[key], number, state)

    with Progress(console=console, disable=not missing) as progress, _pool(options.jobs) as pool:
        for graded in progress.track(pool.map(grade, missing), total=len(missing)):
            found[graded.kind, graded.name, graded.number] = graded
            if options.log:
                grading.append(options.log, graded)
    return [found[key] for key in wanted]


@contextlib.contextmanager
def _pool(jobs: int) -> Iterator[ThreadPoolExecutor]:
    """Threads that begin nothing more once this is left, as after Ctrl+C."""
    with ThreadPoolExecutor(jobs) as pool:
        try:
            yield pool
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def main(given: Sequence[str] | None = None) -> int:
    """Grade, and say what is judged wrongly; the exit status."""
    options = arguments(given)
    console = Console(width=None if sys.stdout.isatty() else 160)
    try:
        found = report.judged(measure(options, console))
    except ValueError as error:
        print(f"strangers: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    console.print(Markdown(report.kinds(found)), Markdown(report.wrong_ones(found)))
    if options.write:
        PAGE.write_text(report.page(found), encoding="utf-8")
        console.print(f"written: {PAGE.relative_to(ROOT)}")
    return 0 if all(one.right for one in found) else 1


if __name__ == "__main__":
    sys.exit(main())
