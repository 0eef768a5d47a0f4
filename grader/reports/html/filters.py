"""What the templates of the page use: parts of a check, made ready to be shown."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from grader import language
from grader.language import N_, _, ngettext
from grader.reports import mistakes, own, transcript_text
from grader.reports.diagram import svg
from grader.reports.diagram.sequence import diagram
from grader.reports.escape import fitting, visible, visible_lines
from grader.reports.explanation import Label, message, quotes_both, rows, title, whose_fault
from grader.reports.formats.plain import mark_line
from grader.reports.sentences import say
from grader.reports.signs import SIGNS
from grader.reports.text_diff import difference
from grader.reports.wording import kept_apart, number, steps
from grader.result.check import CheckResult
from grader.result.grade import GradeResult
from grader.result.verdict import EventKind, Evidence, Verdict

KNOWING = {
    Evidence.SEEN: N_("it arrived"),
    Evidence.FENCED: N_("something sent later arrived, this did not"),
    Evidence.END_OF_STREAM: N_("the connection or the process ended without it"),
    Evidence.QUIET: N_("the submission was idle for a while without sending it"),
    Evidence.STATIC: N_("it was found in the source"),
    Evidence.RUNTIME: N_("the running program's record of its threads says so"),
}
LONG = 4000  # for commands and transcripts, which must stay whole
WIDTH = 200  # for two texts that are compared


class Markup(str):
    """HTML of our own, which stands in the page as it is."""

    __slots__ = ()

    def __html__(self) -> str:
        """What Jinja asks for instead of escaping."""
        return self


def picture(check: CheckResult) -> Markup:
    """The diagram of a check; nothing where there is none."""
    drawing = diagram(check)
    return Markup(svg.draw(drawing) if drawing else "")


def prose(text: str, limit: int = 400) -> Markup:
    """A sentence; what stands in it between backticks is code."""
    parts = [html.escape(part) for part in visible(text, limit).split("`")]
    if len(parts) % 2 == 0:  # a backtick without its other one
        return Markup("`".join(parts))
    return Markup("".join(f"<code>{p}</code>" if i % 2 else p for i, p in enumerate(parts)))


def parted(check: CheckResult) -> tuple[tuple[str, str, str], ...] | None:
    """Expected and got, each cut where they begin to differ and where they no longer do."""
    if not quotes_both(check):
        return None
    parting = difference(say(check.expected), say(check.got), WIDTH)
    if parting is None:
        return None
    start = "".join(fitting(parting.expected, parting.column))
    rests = (parting.expected[len(start) :], parting.got[len(start) :])
    same = 0
    while same < min(map(len, rests)) and rests[0][-same - 1] == rests[1][-same - 1]:
        same += 1
    return tuple((start, rest[: len(rest) - same], rest[len(rest) - same :]) for rest in rests)


def transcript(check: CheckResult) -> Iterator[tuple[str, str]]:
    """The lines of a transcript, each with what kind of line it is."""
    for event, line in zip(check.transcript, transcript_text.transcript(check), strict=True):
        kind = "step" if event.kind is EventKind.STEP else "fence" if event.fence else ""
        yield kind, visible(line, LONG)


def ended(checks: Sequence[CheckResult], *verdicts: str) -> list[CheckResult]:
    """The checks that ended with one of these verdicts."""
    return [check for check in checks if check.verdict.value in verdicts]


def stars_left(result: GradeResult) -> list[str]:
    """The ids of the stars that are still to earn."""
    return [check.id for check in result.checks if check.star and check.verdict is Verdict.FAIL]


FILTERS: dict[str, Callable[..., Any]] = {
    "declined": own.declined,
    "understood": own.understood,
    "marks": own.marks,
    "css": lambda verdict: verdict.value.lower(),
    "ended": ended,
    "figure": language.figure,
    "knowing": lambda evidence: _(KNOWING[evidence]),
    "lines": visible_lines,
    "mistake": lambda check: mistakes.named(check.mistake),
    "message": message,
    "number": number,
    "parted": parted,
    "rows": rows,
    "say": say,
    "title": title,
    "picture": picture,
    "prose": prose,
    "prose_long": lambda text: prose(text, LONG),
    "short": visible,
    "steps": steps,
    "transcript": transcript,
}
GLOBALS: dict[str, Any] = {
    "_": _,
    "whose_fault": whose_fault,
    "kept_apart": kept_apart,
    "labels": Label,
    "language": language.in_use,
    "mark_line": mark_line,
    "ngettext": ngettext,
    "signs": SIGNS,
    "span": own.span,
    "stars_left": stars_left,
}
