"""Two tables in Markdown: how each kind is judged, and each program that is judged wrongly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from submissions.strangers import Program

from strangers import judging
from strangers.grading import PROGRAMS, Graded
from strangers.judging import Wrong

BEGINNING = Path(__file__).with_name("page.md").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Judged:
    """One program with all its gradings, and what is wrong with each."""

    kind: str
    program: Program
    gradings: tuple[Graded, ...]
    wrong: tuple[Wrong, ...]

    @property
    def right(self) -> bool:
        """Whether nothing is wrong with any of them."""
        return not any(self.wrong)

    def count(self, part: Callable[[Wrong], Sequence[str]]) -> Counter[str]:
        """In how many gradings each of these is wrong."""
        return Counter(text for wrong in self.wrong for text in part(wrong))


def judged(records: Iterable[Graded]) -> list[Judged]:
    """All programs that have been graded, in the order of the tables."""
    by_name: dict[tuple[str, str], list[Graded]] = {}
    for record in records:
        by_name.setdefault((record.kind, record.name), []).append(record)
    found = []
    for kind, programs in PROGRAMS.items():
        for program in programs:
            those = tuple(by_name.get((kind, program.name), ()))
            if those:
                wrong = tuple(judging.judge(program, record) for record in those)
                found.append(Judged(kind, program, those, wrong))
    return found


PARTS: dict[str, Callable[[Wrong], Sequence[str]]] = {
    "wrong passes": lambda wrong: wrong.passes,
    "wrong fails": lambda wrong: wrong.fails,
    "errors": lambda wrong: wrong.errors,
    "slow or left behind": lambda wrong: wrong.others,
}


def kinds(found: Sequence[Judged]) -> str:
    """A row for each kind."""
    rows = [("kind", "programs", "gradings", "judged right", *PARTS, "seconds")]
    for kind in PROGRAMS:
        those = [one for one in found if one.kind == kind]
        if those:
            seconds = [graded.seconds for one in those for graded in one.gradings]
            counts = (str(sum(one.count(part).total() for one in those)) for part in PARTS.values())
            right = sum(one.right for one in those)
            spent = f"{median(seconds):.0f}, {max(seconds):.0f}"
            numbers = (str(len(those)), str(len(seconds)), str(right))
            rows.append((kind, *numbers, *counts, spent))
    return _table(rows)


def wrong_ones(found: Sequence[Judged]) -> str:
    """A row for each program that is judged wrongly."""
    rows = [("program", *PARTS)]
    for one in found:
        if not one.right:
            cells = (_checks(one.count(part), len(one.gradings)) for part in PARTS.values())
            rows.append((f"`{one.kind}/{one.program.name}`", *cells))
    return _table(rows)


def page(found: Sequence[Judged]) -> str:
    """README.md beside the programs."""
    graders = sorted({graded.grader for one in found for graded in one.gradings})
    state = "The state of the grader: " + ", ".join(f"`{grader}`" for grader in graders) + "."
    parts = [BEGINNING, kinds(found), f"{state}\n", "## Judged wrongly\n", wrong_ones(found)]
    lacking = sorted({name for one in found for name in judging.unknown(one.program)})
    if lacking:
        names = ", ".join(f"`{name}`" for name in lacking)
        parts.append(f"The tables also name checks that the grader does not have: {names}.\n")
    return "\n".join(parts)


def _checks(counts: Counter[str], gradings: int) -> str:
    return ", ".join(text if n == gradings else f"{text} ({n}×)" for text, n in counts.items())


def _table(rows: Sequence[tuple[str, ...]]) -> str:
    head, *rest = (f"| {' | '.join(row)} |" for row in rows)
    return "\n".join([head, "|---" * len(rows[0]) + "|", *rest]) + "\n"
