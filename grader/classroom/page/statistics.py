"""What the rows of a class say together: marks by group, how hard each check is, mistakes."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from grader.classroom.rows import Row, State
from grader.fact import Fact
from grader.result.check import CheckResult
from grader.result.verdict import Verdict

BINS = 10
FEWEST = 10  # people, for a correlation that means something


@dataclass(frozen=True)
class Marks:
    """The marks of a group, counted in bins from 0 to the highest mark."""

    group: str  # empty for everybody
    counts: tuple[int, ...]
    mean: float
    median: float

    @property
    def people(self) -> int:
        """How many have a mark."""
        return sum(self.counts)


@dataclass(frozen=True)
class Check:
    """How one check came out in a class."""

    id: str
    title: str
    star: bool
    tried: int  # people whose variant is begun
    passed: int
    discrimination: float | None  # correlation with the points without this check
    cause: Fact | None  # an example of what went wrong most often
    times: int  # how often that was

    @property
    def share(self) -> float:
        """The share of those who passed it."""
        return self.passed / self.tried if self.tried else 0.0


def marks(rows: Sequence[Row]) -> list[Marks]:
    """The marks of everybody, then of each group if there are several."""
    made = [_marks("", rows)]
    groups = sorted({row.person.group for row in rows if row.person.group})
    if len(groups) > 1:
        made += [_marks(name, [r for r in rows if r.person.group == name]) for name in groups]
    return [one for one in made if one.people]


def _marks(group: str, rows: Sequence[Row]) -> Marks:
    values = sorted(
        row.mark / row.full
        for row in rows
        if row.state is State.GRADED and row.mark is not None and row.full
    )
    full = next((row.full for row in rows if row.mark is not None), 100.0)
    counts = [0] * BINS
    for value in values:
        counts[min(max(int(value * BINS + 1e-9), 0), BINS - 1)] += 1
    middle = len(values) // 2
    median = (values[middle] + values[-middle - 1]) / 2 if values else 0.0
    mean = sum(values) / len(values) if values else 0.0
    return Marks(group, tuple(counts), round(mean * full, 1), round(median * full, 1))


def checks(rows: Sequence[Row]) -> list[Check]:
    """How each check came out, in the order of the rubric."""
    found: dict[str, list[tuple[CheckResult, float]]] = {}
    for row in rows:
        for variant in row.result.variants if row.result else ():
            for check in variant.checks if variant.is_begun else ():
                found.setdefault(check.id, []).append((check, variant.points - check.points))
    return [_check(id_, outcomes) for id_, outcomes in found.items()]


def _check(id_: str, outcomes: Sequence[tuple[CheckResult, float]]) -> Check:
    known = [(c, rest) for c, rest in outcomes if c.verdict is not Verdict.ERROR]
    passed = [float(c.verdict is Verdict.PASS) for c, _rest in known]
    messages = [c.message for c, _ in known if c.verdict is Verdict.FAIL and c.message]
    codes = Counter(message.code for message in messages)
    code, times = codes.most_common(1)[0] if codes else ("", 0)
    return Check(
        id=id_,
        title=outcomes[0][0].title,
        star=outcomes[0][0].star,
        tried=len(known),
        passed=int(sum(passed)),
        discrimination=correlation(passed, [rest for _c, rest in known]),
        cause=next((message for message in messages if message.code == code), None),
        times=times,
    )


def correlation(one: Sequence[float], other: Sequence[float]) -> float | None:
    """Pearson's correlation; None for few people, and where nothing varies."""
    if len(one) < FEWEST:
        return None
    mean, mean_other = sum(one) / len(one), sum(other) / len(other)
    pairs = [(x - mean, y - mean_other) for x, y in zip(one, other, strict=True)]
    spread = math.sqrt(sum(x * x for x, _ in pairs) * sum(y * y for _, y in pairs))
    return round(sum(x * y for x, y in pairs) / spread, 2) if spread > 1e-9 else None


def mistakes(rows: Iterable[Row]) -> list[tuple[str, int]]:
    """The names of classic mistakes with how many people made each, the most frequent first."""
    made: Counter[str] = Counter()
    for row in rows:
        made.update({c.mistake for c in row.result.checks if c.mistake} if row.result else ())
    return sorted(made.items(), key=lambda item: (-item[1], item[0]))
