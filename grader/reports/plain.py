"""One check in plain lines, for reports that are read where nothing can be drawn."""

from __future__ import annotations

from grader import mistakes
from grader.reports.escape import visible, visible_lines
from grader.reports.words import replay
from grader.verdict import CheckResult, GradeResult, Verdict

GRADERS_FAULT = "This is the grader's own fault, not yours: please report it."


def details(result: GradeResult, check: CheckResult) -> list[str]:
    """What was done, expected and got, and where to look; escaped, a line each."""
    if check.verdict is Verdict.PASS:
        return []
    lines = visible_lines(check.message) if check.message else []
    if check.verdict is Verdict.ERROR:
        lines.append(GRADERS_FAULT)
    lines += [f"{at}. {visible(step)}" for at, step in enumerate(check.steps, 1)]
    mistake = mistakes.named(check.mistake)
    classic = f"{mistake.title}\n{mistake.why}" if mistake else ""
    facts = {"expected": check.expected, "got": check.got, "classic": classic, "hint": check.hint}
    for label, text in facts.items():
        if text or (label == "got" and check.expected):
            first, *more = visible_lines(text or "nothing")
            lines += [f"{label + ':':10}{first}", *(" " * 10 + line for line in more)]
    if check.verdict is not Verdict.ERROR:
        lines.append(f"{'read:':10}tasks.md, task {check.task}")
    if check.verdict in (Verdict.FAIL, Verdict.ERROR):
        lines.append(f"{'replay:':10}{visible(replay(result, check), 4000)}")
    return lines


def summary(result: GradeResult) -> list[str]:
    """Mark, variants, notes, sandbox and seed, a line each."""
    lines = [mark_line(result)]
    for variant in result.variants:
        waiting = ", ".join(variant.mandatory_failed)
        lines.append(
            f"{variant.name}: {variant.points:g} of {variant.max_points:g} points, "
            f"weight {variant.weight:g}, {variant.stars} of {variant.max_stars} stars"
            + (f"; the mark waits for {waiting}" if waiting else "")
        )
    lines += [f"note: {visible(note)}" for note in result.notes]
    box = result.sandbox
    kept = f"{box.level}; files: {box.files}; network: {box.network}; clock: {box.clock}"
    return [*lines, f"sandbox: {visible(kept)}", f"seed: {result.seed}"]


def mark_line(result: GradeResult) -> str:
    """The mark, or why there is none."""
    if result.mark is not None:
        return f"mark: {result.mark:g}"
    if result.interrupted:
        return "no mark: the grading was interrupted"
    if result.has_error:
        return "no mark: the grader itself failed in a check"
    return "no mark: not every check has run"
