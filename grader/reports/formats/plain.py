"""One check in plain lines, for reports that are read where nothing can be drawn."""

from __future__ import annotations

from grader.language import _, ngettext
from grader.reports.escape import visible, visible_lines
from grader.reports.explanation import Label, message, no_mark, rows, whose_fault
from grader.reports.own import declined, span, understood
from grader.reports.sentences import say
from grader.reports.wording import kept_apart, number, replay, steps
from grader.result.check import CheckResult
from grader.result.grade import GradeResult, VariantResult
from grader.result.verdict import Verdict


def details(result: GradeResult, check: CheckResult) -> list[str]:
    """What was done, expected and got, and where to look; escaped, a line each."""
    if check.verdict is Verdict.PASS:
        return []
    lines = visible_lines(message(check)) if check.message else []
    if check.verdict is Verdict.ERROR:
        lines.append(whose_fault(check))
    lines += [f"{at}. {visible(step)}" if at else f"… {step}" for at, step in steps(check)]
    for label, text in rows(check):
        if label is not Label.WHERE or check.cause:
            lines += _fact(label.word, visible_lines(text))
    if check.verdict in (Verdict.FAIL, Verdict.ERROR):
        lines += _fact(_("replay"), [visible(replay(result, check), 4000)])
    return lines


def _fact(label: str, texts: list[str]) -> list[str]:
    """A label with its lines, all in one column."""
    width = max(len(word) for word in (_("replay"), *(label.word for label in Label))) + 2
    first, *more = texts
    return [f"{label + ':':{width}}{first}", *(" " * width + line for line in more)]


def summary(result: GradeResult) -> list[str]:
    """Mark, variants, notes, sandbox and seed, a line each."""
    lines = [mark_line(result)]
    for variant in result.variants:
        waiting = ", ".join(variant.mandatory_failed)
        line = _("{variant}: {sums}").format(variant=variant.name, sums=_sums(variant))
        also = _("{line}; the mark waits for {checks}").format(line=line, checks=waiting)
        lines.append(also if waiting else line)
        if why := declined(variant):
            lines[-1] = _("{variant}: {sums}").format(variant=variant.name, sums=visible(why))
        lines += [f"{visible(what)} ({known})" for what, known in understood(variant)]
    lines += [_("note: {text}").format(text=visible(say(note))) for note in result.notes]
    sandbox = _("sandbox: {kept}").format(kept=visible(kept_apart(result)))
    return [*lines, sandbox, _("seed: {seed}").format(seed=result.seed)]


def _sums(variant: VariantResult) -> str:
    line = ngettext(
        "{points} of {max_points} point, weight {weight}, {stars} of {max_stars} stars",
        "{points} of {max_points} points, weight {weight}, {stars} of {max_stars} stars",
        variant.max_points,
    )
    return line.format(
        points=number(variant.points),
        max_points=number(variant.max_points),
        weight=number(variant.weight),
        stars=variant.stars,
        max_stars=variant.max_stars,
    )


def mark_line(result: GradeResult) -> str:
    """The mark, or why there is none."""
    if result.mark is not None:
        return _("mark: {mark}").format(mark=span(result.mark, result.most))
    if result.interrupted:
        return _("no mark: the grading was interrupted")
    return no_mark(result)
