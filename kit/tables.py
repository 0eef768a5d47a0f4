"""Write the rubric into tasks.md and tasks.ru.md, so that text and rubric cannot disagree.

Each block between two markers that stand alone on their lines is made from ``grader/assignment/rubric.py``:

    <!-- rubric: core -->       a table of all checks that earn points
    <!-- rubric: stars -->      a table of all stars
    <!-- rubric: task 3 -->     a list of the checks of one task
    <!-- end of rubric -->      the end of each of them

    python -m kit.tables            write the blocks of both
    python -m kit.tables --check    exit with 1 if they are not what would be written

Exit status: 0 written or up to date; 1 not up to date; 2 a page cannot be read or a marker is wrong.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from grader import language
from grader.assignment import rubric
from grader.assignment.variants import VARIANTS, Variant
from grader.grading.titles import titles
from grader.language import _, ngettext

COMMAND = "python -m kit.tables"
ROOT = Path(__file__).resolve().parent.parent
PAGES = (ROOT / "tasks.md", ROOT / "tasks.ru.md")
MARKER = re.compile(r"<!--\s*(end of )?rubric\b")
OPENS = re.compile(r"<!-- rubric: (?P<block>.+) -->")
CLOSES = "<!-- end of rubric -->"


class MarkerError(Exception):
    """A marker in tasks.md is wrong; the text is one line that says where and how."""


def blocks() -> dict[str, str]:
    """The text of every block, by what its marker says, in the language in use."""
    what = {name: _(title) for name, title in titles().items()}
    tasks = sorted({row.task_of(v) for row, v in _everywhere()})
    return {
        "core": _table((row for row in rubric.RUBRIC if not row.star), what, stars=False),
        "stars": _table((row for row in rubric.RUBRIC if row.star), what, stars=True),
        **{f"task {task}": _list(task, what) for task in tasks},
    }


def _everywhere() -> Iterator[tuple[rubric.Row, Variant]]:
    for variant in VARIANTS:
        for row in rubric.rows(variant):
            yield row, variant


def _table(rows: Iterable[rubric.Row], what: dict[str, str], *, stars: bool) -> str:
    head = _("| check | what it shows | TCP | UDP | task |")
    lines = [head, "| --- | --- | ---: | ---: | --- |"]
    sums = [0] * len(VARIANTS)
    for row in rows:
        worth = []
        for number, variant in enumerate(VARIANTS):
            sums[number] += row.max_points(variant)
            points = "★" if stars else str(row.max_points(variant))
            worth.append(points if row.has(variant) else "–")
        tasks = " / ".join(str(row.task_of(v)) if row.has(v) else "–" for v in VARIANTS)
        title = what[row.name].replace("|", r"\|")
        cells = (
            f"`{row.name}`",
            _mandatory(row, *filter(row.has, VARIANTS)) + title,
            *worth,
            tasks,
        )
        lines.append(f"| {' | '.join(cells)} |")
    if not stars:
        together = _("together")
        lines.append(f"| | {together} | {' | '.join(map(str, sums))} | |")
    return "\n".join(lines)


def _list(task: int, what: dict[str, str]) -> str:
    here = [(row, v) for row, v in _everywhere() if row.task_of(v) == task]
    points = sum(row.max_points(v) for row, v in here)
    stars = sum(row.star for row, v in here)
    worth = [_points(points)] if points else []
    worth += [ngettext("{count} star", "{count} stars", stars).format(count=stars)] if stars else []
    together = _(" and ").join(worth)
    lines = [_("**{points}.** The grader will check:").format(points=together), ""]
    for row, variant in here:
        value = "★" if row.star else _points(row.max_points(variant))
        lines.append(
            f"- `{variant}.{row.name}` ({value}): {_mandatory(row, variant)}{what[row.name]}"
        )
    return "\n".join(lines)


def _mandatory(row: rubric.Row, *variants: Variant) -> str:
    """Whether the check is mandatory in these variants, and in which if not in all."""
    where = [str(variant).upper() for variant in variants if row.is_mandatory(variant)]
    if len(where) < len(variants):
        return _("**Mandatory over {variant}.**").format(variant=where[0]) + " " if where else ""
    return _("**Mandatory.**") + " "


def _points(count: int) -> str:
    return ngettext("{count} point", "{count} points", count).format(count=count)


def fill(text: str, name: str = "tasks.md") -> str:
    """The text with every block made again. Raises MarkerError."""
    texts = blocks()
    seen: set[str] = set()
    lines: list[str] = []
    block, opened = "", 0
    for number, line in enumerate(text.splitlines(), start=1):
        here = f"{name}:{number}:"
        match = OPENS.fullmatch(line)
        if not MARKER.search(line):
            if not block:
                lines.append(line)
        elif line == CLOSES:
            if not block:
                raise MarkerError(f"{here} stray marker {CLOSES}: no block is open")
            lines += [line]
            block = ""
        elif not match:
            raise MarkerError(f"{here} malformed marker: expected <!-- rubric: … --> or {CLOSES}")
        elif block:
            raise MarkerError(f"{here} nested marker: {block!r}, line {opened}, is still open")
        elif match["block"] not in texts:
            raise MarkerError(
                f"{here} unknown block {match['block']!r}: expected one of {', '.join(texts)}"
            )
        elif match["block"] in seen:
            raise MarkerError(f"{here} the block {match['block']!r} is there already")
        else:
            block, opened = match["block"], number
            seen.add(block)
            lines += [line, "", texts[block], ""]
    if block:
        raise MarkerError(f"{name}:{opened}: the block {block!r} is never closed by {CLOSES}")
    missing = [block for block in texts if block not in seen]
    if missing:
        raise MarkerError(f"{name}: missing marker <!-- rubric: {missing[0]} -->")
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str] | None = None, *pages: Path) -> int:
    """The command line; returns the exit status."""
    parser = argparse.ArgumentParser(prog=COMMAND, description="Write the rubric into the tasks.")
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit with 1 if it is not up to date"
    )
    options = parser.parse_args(arguments)
    return max(_page(path, options.check) for path in pages or PAGES)


def _page(path: Path, check: bool) -> int:
    """Write one page, in its own language, or only look at it; returns the exit status."""
    try:
        old = path.read_text(encoding="utf-8")
        language.use("ru" if path.name.endswith(".ru.md") else "en")
        new = fill(old, path.name)
        if new != old and not check:
            with path.open("w", encoding="utf-8", newline="\n") as file:
                file.write(new)
    except MarkerError as error:
        print(error, file=sys.stderr)
        return 2
    except UnicodeDecodeError:
        print(f"{path.name}: expected UTF-8 text", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"{path.name}: {error.strerror}", file=sys.stderr)
        return 2
    finally:
        language.use("en")
    if new != old and check:
        print(f"{path.name}: stale\nrun: {COMMAND}", file=sys.stderr)
        return 1
    print(f"{path.name} is up to date" if new == old else f"written: {path.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
