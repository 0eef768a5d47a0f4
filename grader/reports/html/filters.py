"""What the templates of the page use: parts of a check, made ready to be shown."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from grader import language
from grader.language import N_, _, ngettext
from grader.reports import transcript_text
from grader.reports.diagram import svg
from grader.reports.diagram.sequence import diagram
from grader.reports.escape import fitting, visible, visible_lines
from grader.reports.formats.plain import mark_line
from grader.reports.text_diff import difference
from grader.reports.wording import full_mark, graders_fault, kept_apart, number, short_name, steps
from grader.result import mistakes
from grader.result.verdict import CheckResult, Evidence, GradeResult, VariantResult, Verdict

SIGNS = dict(zip(Verdict, "✓✗…–!", strict=True))
KNOWING = {
    Evidence.SEEN: N_("it arrived"),
    Evidence.FENCED: N_("something sent later arrived, this did not"),
    Evidence.END_OF_STREAM: N_("the connection or the process ended without it"),
    Evidence.QUIET: N_("the submission was idle for a while without sending it"),
    Evidence.STATIC: N_("it was read in the source"),
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
    made = diagram(check)
    return Markup(svg.draw(made) if made else "")


def prose(text: str) -> Markup:
    """A sentence; what stands in it between backticks is code."""
    parts = [html.escape(part) for part in visible(text).split("`")]
    if len(parts) % 2 == 0:  # a backtick without its other one
        return Markup("`".join(parts))
    return Markup("".join(f"<code>{p}</code>" if i % 2 else p for i, p in enumerate(parts)))


def parted(check: CheckResult) -> tuple[tuple[str, str, str], ...] | None:
    """Expected and got, each cut where they begin to differ and where they no longer do."""
    found = difference(check.expected, check.got, WIDTH)
    if found is None:
        return None
    start = "".join(fitting(found.expected, found.column))
    rests = (found.expected[len(start) :], found.got[len(start) :])
    same = 0
    while same < min(map(len, rests)) and rests[0][-same - 1] == rests[1][-same - 1]:
        same += 1
    return tuple((start, rest[: len(rest) - same], rest[len(rest) - same :]) for rest in rests)


def transcript(check: CheckResult) -> Iterator[tuple[str, str]]:
    """The lines of a transcript, each with what kind of line it is."""
    for event, line in zip(check.transcript, transcript_text.transcript(check), strict=True):
        kind = "step" if event.kind == "step" else "fence" if event.fence else ""
        yield kind, visible(line, LONG)


def ended(checks: Sequence[CheckResult], *verdicts: str) -> list[CheckResult]:
    """The checks that ended with one of these verdicts."""
    return [check for check in checks if check.verdict.value in verdicts]


def is_begun(variant: VariantResult) -> bool:
    """Whether there is something of it that could be graded."""
    return any(c.verdict not in (Verdict.TODO, Verdict.SKIP) for c in variant.checks)


def stars_left(result: GradeResult) -> list[str]:
    """The ids of the stars that could still be had."""
    checks = [check for variant in result.variants for check in variant.checks]
    return [check.id for check in checks if check.star and check.verdict is Verdict.FAIL]


FILTERS: dict[str, Callable[..., Any]] = {
    "css": lambda verdict: verdict.value.lower(),
    "ended": ended,
    "knowing": lambda evidence: _(KNOWING[evidence]),
    "lines": visible_lines,
    "mistake": lambda check: mistakes.named(check.mistake),
    "name": short_name,
    "number": number,
    "parted": parted,
    "picture": picture,
    "prose": prose,
    "short": visible,
    "steps": steps,
    "transcript": transcript,
}
TESTS: dict[str, Callable[..., bool]] = {"begun": is_begun}
GLOBALS: dict[str, Any] = {
    "_": _,
    "full_mark": full_mark,
    "graders_fault": graders_fault,
    "kept_apart": kept_apart,
    "language": language.in_use,
    "mark_line": mark_line,
    "ngettext": ngettext,
    "signs": SIGNS,
    "stars_left": stars_left,
}
