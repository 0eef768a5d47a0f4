"""Two tables in Markdown: how many mistakes are explained rightly, and what is said of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from mistakes.judging import Judged, Told

PARTS: dict[str, Callable[[Judged], Told]] = {
    "verdicts": lambda one: Told.WRONG if one.wrong else Told.RIGHT,
    "task": lambda one: one.task,
    "line": lambda one: one.line,
    "cause": lambda one: one.cause,
}


def counts(found: Sequence[Judged]) -> str:
    """A row for each part of an explanation."""
    rows = [("of an explanation", *(told.value for told in Told))]
    for name, part in PARTS.items():
        numbers = Counter(part(one) for one in found)
        rows.append((name, *(str(numbers[told]) for told in Told)))
    return _table(rows)


def each(found: Sequence[Judged]) -> str:
    """A row for each mistake."""
    rows = [("mistake", *PARTS, "named", "seconds")]
    for one in found:
        tasks = ", ".join(map(str, dict.fromkeys(one.tasks)))
        cells = {
            "verdicts": "; ".join(one.wrong) or "right",
            "task": f"{one.task.value} ({tasks}, not {one.mistake.task})"
            if one.task is Told.WRONG
            else one.task.value,
            "line": f"{one.line.value}: {_code(one.lines)}"
            if one.line is Told.WRONG
            else one.line.value,
            "cause": one.cause.value,
        }
        named = ", ".join(one.causes)
        rows.append((f"`{one.mistake.name}`", *cells.values(), named, f"{one.seconds:.0f}"))
    return _table(rows)


def page(found: Sequence[Judged]) -> str:
    """Both tables."""
    return "\n".join([counts(found), each(found)])


def _code(lines: Sequence[str]) -> str:
    return ", ".join(f"`{line}`" for line in lines).replace("|", "\\|")


def _table(rows: Sequence[tuple[str, ...]]) -> str:
    head, *rest = (f"| {' | '.join(row)} |" for row in rows)
    return "\n".join([head, "|---" * len(rows[0]) + "|", *rest]) + "\n"
