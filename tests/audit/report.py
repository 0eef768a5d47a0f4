"""What an audit has found: a table for the terminal, docs/audit.md and its picture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from rich import box
from rich.table import Table
from support import gradings

from audit import classify, picture
from audit.classify import Summary
from audit.equivalent import EQUIVALENT
from audit.log import PLAIN
from grader.assignment import rubric

KIND_TITLES = {
    "reference": "the reference, the skeleton",
    "correct": "correct submissions, built otherwise",
    "hand": "mutants written by hand",
    "generated": "mutants made by rule",
    "caught": "mutants written by hand, only the checks that must find them",
    "goal": "whole gradings: the reference, the skeleton, five mutants",
}
TITLE = "Which check notices which mutant"
PICTURE = "audit.svg"
BEGINNING = Path(__file__).with_name("page.md").read_text(encoding="utf-8")


OUTCOMES = (classify.EXACT, classify.MISSED, classify.OTHERS, classify.FLAKY, classify.ERROR)
COLUMNS = (
    *("what", "conditions", "cases", "right", "this grader"),
    *(*OUTCOMES, classify.UNNOTICED),
)


def figures(summaries: Sequence[Summary], present: str) -> list[tuple[str, ...]]:
    """A row for each kind of case, by its name, and each set of conditions.

    ``present`` is the state of the grader as it is.
    """
    rows = []
    for mode in dict.fromkeys(s.mode for s in summaries):
        for kind in KIND_TITLES:
            those = [s for s in summaries if s.mode == mode and s.case.kind == kind]
            if those:
                runs, right = sum(s.runs for s in those), sum(s.right for s in those)
                now = sum(s.graders.get(present, 0) for s in those)
                cells = (kind, mode, str(len(those)), f"{right}/{runs}", str(now))
                rows.append((*cells, *_outcomes(kind, those)))
    return rows


def _outcomes(kind: str, those: Sequence[Summary]) -> Iterator[str]:
    """How many of the cases came out how; of those made by rule it is not known what must fail."""
    counts = Counter(s.outcome for s in those)
    made = kind == "generated"
    for outcome in OUTCOMES:
        known = not made or outcome in {classify.FLAKY, classify.ERROR}
        yield str(counts[outcome]) if known else "–"
    yield str(counts[classify.UNNOTICED]) if made else "–"


def table(summaries: Sequence[Summary], present: str) -> Table:
    """The figures for the terminal."""
    found = Table(title="the audit so far", box=box.SIMPLE_HEAD)
    for at, column in enumerate(COLUMNS):
        found.add_column(column, justify="left" if at < 2 else "right", no_wrap=at > 0)
    for row in figures(summaries, present):
        found.add_row(*row)
    return found


def complaints(summaries: Iterable[Summary]) -> list[str]:
    """One line for each case that was not graded as it must be: what was wrong, and said last."""
    lines = []
    for s in summaries:
        if s.wrong or s.outcome in {classify.MISSED, classify.OTHERS, classify.ERROR}:
            what = [_wrong(s, text, count) for text, count in s.wrong.items()]
            what[6:] = [f"and {len(what) - 6} more"] if len(what) > 6 else []
            how = f"{s.outcome}, {s.right}/{s.runs} right"
            lines.append(f"{s.case.name}, {s.mode}: {how}; {', '.join(what)}")
    return lines


def unnoticed(summaries: Iterable[Summary]) -> tuple[list[Summary], list[Summary]]:
    """Generated mutants that no check notices in any conditions: explained ones, and others."""
    by_case: dict[str, list[Summary]] = {}
    for s in summaries:
        if s.case.kind == "generated":
            by_case.setdefault(s.case.short, []).append(s)
    quiet = [
        group[0]
        for group in by_case.values()
        if all(s.outcome == classify.UNNOTICED for s in group)
    ]
    return (
        [s for s in quiet if s.case.short in EQUIVALENT],
        [s for s in quiet if s.case.short not in EQUIVALENT],
    )


def flaky(summaries: Iterable[Summary]) -> list[str]:
    """One line for each case whose runs differ, with how often each check failed.

    With a reason below it, where there is one for not being noticed every time.
    """
    lines = []
    for s in summaries:
        if s.outcome == classify.FLAKY:
            shares = ", ".join(f"{name} {share:.0%}" for name, share in sorted(s.shares.items()))
            why = EQUIVALENT.get(s.case.short, "") if s.noticed < s.runs else ""
            head = f"`{s.case.name}`, {s.mode}, a check failed in {s.noticed} of {s.runs} runs"
            lines.append(f"{head}: {shares}" + (f"  \n  {why}" if why else ""))
    return lines


def page(summaries: Sequence[Summary], present: str) -> str:
    """docs/audit.md."""
    explained, others = unnoticed(summaries)
    parts = [BEGINNING, "## Figures\n", _markdown(figures(summaries, present)), ""]
    parts += [f"The grader as it is: `{present}`. {_earlier(summaries, present)}\n"]
    parts += ["## Wrong verdicts\n", *_items(complaints(summaries))]
    parts += ["## Cases whose runs differ\n", *_items(flaky(summaries))]
    parts += ["## Not noticed: a check is missing\n", *_items(_unnoticed_line(s) for s in others)]
    parts += ["## Not noticed, for a reason\n"]
    parts += _items(f"{_unnoticed_line(s)}  \n  {EQUIVALENT[s.case.short]}" for s in explained)
    parts += [f"## {TITLE}\n"]
    parts += [f"![{TITLE}]({PICTURE})\n"]
    return "\n".join(parts)


def drawn(summaries: Sequence[Summary]) -> str:
    """docs/audit.svg: a table for each file of the reference, from all gradings in peace."""
    tables = {}
    for file in gradings.FILES:
        ids = gradings.concerned([file])
        names = [id_.partition(".")[2] for id_ in ids if id_ in rubric.check_ids()]
        rows: dict[str, list[picture.Row]] = {}
        for s in summaries:
            if s.mode == PLAIN and s.case.kind in {"hand", "generated"} and file in s.case.files:
                name = s.case.short.partition(":")[2]
                made = s.case.kind == "generated"
                label = f"{name}: {s.case.text}" if made else name
                due = None if s.case.fails is None else frozenset(s.case.fails)
                row = picture.Row(label, s.shares, s.skipped, due)
                rows.setdefault(KIND_TITLES[s.case.kind], []).append(row)
        if rows:
            tables[file] = picture.Table(names, rows)
    return picture.draw(TITLE, tables)


def write(summaries: Sequence[Summary], present: str, folder: Path) -> list[Path]:
    """Write the page and its picture; return the files."""
    texts = {PICTURE: drawn(summaries), "audit.md": page(summaries, present)}
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in texts]


def _earlier(summaries: Iterable[Summary], present: str) -> str:
    states = {state for s in summaries for state in s.graders} - {present}
    if not states:
        return "No grading is by another one."
    names = ", ".join(f"`{state}`" for state in sorted(states))
    return f"The other gradings are by earlier states: {names}."


def _items(lines: Iterable[str]) -> list[str]:
    return [*(f"- {line}" for line in lines), ""] if (lines := list(lines)) else ["None.\n"]


def _unnoticed_line(s: Summary) -> str:
    return f"`{s.case.short}`: {_code(s.case.text)}"


def _wrong(s: Summary, text: str, count: int) -> str:
    said = s.messages.get(text, "")
    return f"{text} ({count}×)" + (f": {_code(said)}" if said else "")


def _code(text: str) -> str:
    """As code, so that what it contains is no markup."""
    return "`" + text.replace("`", "'") + "`"


def _markdown(rows: Sequence[tuple[str, ...]]) -> str:
    rows = [(KIND_TITLES[kind], *cells) for kind, *cells in rows]
    rules = tuple("---" if at < 2 else "---:" for at in range(len(COLUMNS)))
    return "\n".join("| " + " | ".join(row) + " |" for row in (COLUMNS, rules, *rows))
