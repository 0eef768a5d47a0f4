"""How far can the grader's verdicts be trusted? Grades mutants and correct answers again and again.

    python tests/audit/audit.py                        every case five times: some hours
    python tests/audit/audit.py --runs 1 --kind hand   the mutants written by hand, once
    python tests/audit/audit.py --load 4               the same with four busy loops per core
    python tests/audit/audit.py --goal 100             whole gradings under load
    python tests/audit/audit.py --runs 100 --kind caught   only the checks that must find a mutant
    python tests/audit/audit.py --runs 0 --write       write docs/audit.md from the log
    python tests/audit/audit.py --cut                  a dozen mutants, once

Exit status: 0 no verdict is wrong; 1 some are; 2 wrong arguments; 130 interrupted.
"""

from __future__ import annotations

import argparse
import fnmatch
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
if __name__ == "__main__":  # what is beside this file is the package audit, found from tests/
    sys.path[:1] = [str(ROOT), str(ROOT / "tests")]

from rich.console import Console  # noqa: E402 (found only now)
from rich.progress import Progress  # noqa: E402

from audit import cases, classify, log, report, run  # noqa: E402
from audit.cases import Case  # noqa: E402

BUSY = 4  # loops for each core
LOG_HELP = "the log; what is packed of it is FILE.xz (default: docs/audit.jsonl)"
LOAD_HELP = f"keep K busy loops on each core (default: 0; {BUSY} without K)"


def arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description="Audit the verdicts of the grader.")
    add = parser.add_argument
    add("--runs", type=int, default=5, metavar="N", help="gradings of each case (default: 5)")
    add("--load", type=int, nargs="?", default=0, const=BUSY, metavar="K", help=LOAD_HELP)
    add("--switch", action="store_true", help="let the submission's threads take turns often")
    add("--only", nargs="+", default=[], metavar="NAME", help="these cases; * stands for anything")
    kinds = (*cases.KINDS, "caught")
    add("--kind", nargs="+", default=cases.KINDS, choices=kinds, help="these kinds of cases")
    add("--jobs", type=int, default=2, metavar="N", help="gradings side by side (default: 2)")
    add("--goal", type=int, default=0, metavar="N", help="N whole gradings under load, no others")
    add("--write", action="store_true", help="pack the log, write docs/audit.md and its picture")
    add("--cut", action="store_true", help="a dozen mutants once, without the log")
    add("--log", type=Path, default=ROOT / "docs/audit.jsonl", metavar="FILE", help=LOG_HELP)
    options = parser.parse_args(arguments)
    if min(options.runs, options.load, options.goal) < 0 or options.jobs < 1:
        parser.error("expected numbers that are not negative, and at least one job")
    return options


def chosen(kinds: Iterable[str], only: Sequence[str]) -> list[Case]:
    """The cases of these kinds, as far as one of the names fits. Raises ValueError if none is."""
    found = [case for case in cases.known() if case.kind in kinds]
    if not only:
        return found
    for pattern in only:
        if not any(_fits(case, pattern) for case in found):
            raise ValueError(f"expected the name of a case, got {pattern}")
    return [case for case in found if any(_fits(case, pattern) for pattern in only)]


def _fits(case: Case, pattern: str) -> bool:
    return any(fnmatch.fnmatchcase(name, pattern) for name in (case.name, case.short))


def cut() -> list[Case]:
    """Three mutants of each file, from its whole table."""
    picked = []
    for file in cases.TABLES:
        of_file = [case for case in cases.by_hand() if file in case.files]
        picked += of_file[:: len(of_file) // 3][:3]
    return picked


def audit_cut(chosen: Sequence[Case], jobs: int) -> list[classify.Summary]:
    """Grade these cases once; nothing is kept."""
    records: list[log.Record] = []
    run.grade_all([(case, 0) for case in chosen], log.PLAIN, jobs, records.append)
    return classify.summaries(chosen, records)


def audit(options: argparse.Namespace, console: Console) -> list[classify.Summary]:
    """Grade what the log lacks; return what the whole log says."""
    load = options.load or (BUSY if options.goal else 0)
    conditions = run.mode(load, switch=options.switch)
    wanted = cases.goal() if options.goal else tuple(chosen(options.kind, options.only))
    runs = -(-options.goal // len(wanted)) if options.goal else options.runs
    known = log.read(options.log)
    work = run.planned(wanted, runs, conditions, known, options.goal or None)
    with Progress(console=console, disable=not work) as progress, run.busy(load if work else 0):
        task = progress.add_task("grading", total=len(work))

        def keep(record: log.Record) -> None:
            log.append(options.log, record)
            progress.advance(task)

        run.grade_all(work, conditions, options.jobs, keep)
    return classify.summaries(cases.known(), list(log.read(options.log)))


def condensed(known: Iterable[Case], records: Iterable[log.Record]) -> list[log.Record]:
    """A log as it is kept: messages only where a verdict is wrong.

    What was found of files that have changed since is left out.
    """
    by_name = {(case.name, case.fingerprint): case for case in known}
    kept = []
    for record in records:
        case = by_name.get((record.case, record.fingerprint))
        if case is not None:
            wrong = classify.wrong_verdicts(case, record.whole(case.checks))
            kept.append(record if wrong else replace(record, messages={}))
    return log.condensed(kept, {case.fingerprint: case.checks for case in by_name.values()})


def main(given: Sequence[str] | None = None) -> int:
    """Audit, and say what was found; the exit status."""
    options = arguments(given)
    console = Console(width=None if sys.stdout.isatty() else 120)
    try:
        summaries = audit_cut(cut(), options.jobs) if options.cut else audit(options, console)
    except ValueError as error:
        print(f"audit: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    present = run.grader_fingerprint()
    console.print(report.table(summaries, present))
    wrong = report.complaints(summaries)
    for line in wrong:
        console.print(line, markup=False, highlight=False)
    if options.write:
        log_file = log.write(options.log, condensed(cases.known(), log.read(options.log)))
        for path in (log_file, *report.write(summaries, present, ROOT / "docs")):
            console.print(f"written: {path.relative_to(ROOT)}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
