"""How are the mistakes explained that students make? Grades them, and compares with the truth.

    python tests/mistakes/measure.py                      all of them: half an hour
    python tests/mistakes/measure.py --only sends-to-the-sender-too
    python tests/mistakes/measure.py --log FILE           go on with a log
    python tests/mistakes/measure.py --log FILE --known   what it knows, whatever has changed since
    python tests/mistakes/measure.py --log FILE --keep FOLDER   a result each, for `grader show`
    python tests/mistakes/measure.py --log FILE --golden  store what golden texts are made of

Exit status: 0 all are explained rightly; 1 one is not; 2 wrong arguments; 130 interrupted.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
if __name__ == "__main__":  # what is beside this file is the package mistakes, found from tests/
    sys.path[:1] = [str(ROOT), str(ROOT / "tests")]

from audit.run import grader_fingerprint  # noqa: E402 (found only now)
from rich.console import Console  # noqa: E402
from rich.markdown import Markdown  # noqa: E402
from rich.progress import Progress  # noqa: E402

from grader.result import codec  # noqa: E402
from mistakes import golden, grading, report  # noqa: E402
from mistakes.grading import Graded  # noqa: E402
from mistakes.judging import judge  # noqa: E402


def arguments(given: Sequence[str] | None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description="Grade programs with a mistake each.")
    add = parser.add_argument
    add("--only", nargs="+", default=[], metavar="NAME", help="these mistakes")
    add("--jobs", type=int, default=2, metavar="N", help="gradings side by side (default: 2)")
    add("--log", type=Path, metavar="FILE", help="keep gradings here; none is done twice")
    add("--known", action="store_true", help="take what the log has of an earlier grader, too")
    add("--keep", type=Path, metavar="FOLDER", help="write the result of each into this folder")
    add("--golden", action="store_true", help="store the failures of the twenty of golden.py")
    add("--write", type=Path, metavar="FILE", help="write the tables, in Markdown")
    options = parser.parse_args(given)
    if options.jobs < 1:
        parser.error("expected at least one job")
    return options


def measure(options: argparse.Namespace, console: Console) -> list[Graded]:
    """Grade what the log lacks of what is wanted; return all that is wanted."""
    state = grader_fingerprint()
    wanted = {mistake.name: mistake for mistake in grading.named(options.only)}
    found = {
        graded.name: graded
        for graded in (grading.read(options.log) if options.log else ())
        if graded.name in wanted
        and graded.program == grading.state_of(wanted[graded.name])
        and (options.known or graded.grader == state)
    }
    missing = [mistake for name, mistake in wanted.items() if name not in found]
    with Progress(console=console, disable=not missing) as progress, _pool(options.jobs) as pool:
        done = pool.map(lambda mistake: grading.grade(mistake, state), missing)
        for graded in progress.track(done, total=len(missing)):
            found[graded.name] = graded
            if options.log:
                grading.append(options.log, graded)
    return [found[name] for name in wanted]


@contextlib.contextmanager
def _pool(jobs: int) -> Iterator[ThreadPoolExecutor]:
    """Threads that begin nothing more once this is left, as after Ctrl+C."""
    with ThreadPoolExecutor(jobs) as pool:
        try:
            yield pool
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _keep(folder: Path, found: Sequence[Graded]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for graded in found:
        text = codec.dumps(codec.loads(graded.result))
        (folder / f"{graded.name}.json").write_text(text, encoding="utf-8")


def main(given: Sequence[str] | None = None) -> int:
    """Grade, and say what is explained wrongly; the exit status."""
    options = arguments(given)
    console = Console(width=None if sys.stdout.isatty() else 160)
    try:
        found = measure(options, console)
    except ValueError as error:
        print(f"mistakes: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    if options.keep:
        _keep(options.keep, found)
    if options.golden:
        golden.write(found)
    judged = [judge(graded) for graded in found]
    tables = report.page(judged)
    console.print(Markdown(tables))
    if options.write:
        options.write.write_text(tables, encoding="utf-8")
    return 0 if all(one.right for one in judged) else 1


if __name__ == "__main__":
    sys.exit(main())
