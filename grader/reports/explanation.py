"""The explanation of a check that did not pass: the rows that every report lays out."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from grader.fact import Fact
from grader.language import N_, _
from grader.reports import code_rows, interleaving, mistakes
from grader.reports.sentences import hint, say
from grader.result.check import CheckResult
from grader.result.grade import GradeResult
from grader.result.verdict import Reason, Verdict

# Facts that quote what arrived: beside the expected text, the first difference is shown.
QUOTING = {"text", "texts", "without-newline", "texts-without-newline"}


# Hints for these say what a text should be: they are for one that came.
ABOUT_A_TEXT = {"name-not-alone", "not-sent-as-typed"}
MACHINES = {Reason.MACHINE_BUSY, Reason.MACHINE_LIMIT}


class Label(Enum):
    """What a row is about; the value is its word in English."""

    EXPECTED = N_("expected")
    GOT = N_("got")
    RAISED = N_("raised")
    CAUSE = N_("cause")
    ORDER = N_("in order")
    THREADS = N_("threads")
    CLASSIC = N_("classic")
    HINT = N_("hint")
    WHERE = N_("where")
    READ = N_("read")

    @property
    def word(self) -> str:
        """The word before the row, in the language in use."""
        return _(self.value)

    @property
    def heading(self) -> str:
        """The same where nothing else parts it from its row."""
        return _("{label}").format(label=self.word)


class Row(NamedTuple):
    """One row, in the language in use; its text may have several lines."""

    label: Label
    text: str


def title(check: CheckResult) -> str:
    """What a check shows, in the language in use."""
    return _(check.title)


def message(check: CheckResult) -> str:
    """Why it did not pass, in a sentence."""
    return say(check.message)


def rows(check: CheckResult) -> Iterator[Row]:
    """Expected, got, what the code did, a hint, where to look: those that there are."""
    if check.verdict is Verdict.PASS:
        return
    if check.expected:
        yield Row(Label.EXPECTED, say(check.expected))
    if check.expected or check.got:
        yield Row(Label.GOT, say(check.got) or _("nothing"))
    if check.raised:
        yield Row(Label.RAISED, code_rows.raised(check.raised[0]))
    if check.cause:
        yield Row(Label.CAUSE, say(check.cause))
    if interleaving.lines_run(check):
        yield Row(Label.ORDER, interleaving.columns(check))
    mistake = mistakes.named(check.mistake)
    if check.standing and not (check.raised or check.cause or mistake):
        yield Row(Label.THREADS, code_rows.standing(check.standing))
    if mistake:
        yield Row(Label.CLASSIC, f"{mistake.title}\n{mistake.why}")
    if check.verdict is Verdict.FAIL and hint(check.message) and not _is_explained(check):
        yield Row(Label.HINT, hint(check.message))
    if check.place:
        yield Row(Label.WHERE, code_rows.at(check.place))
    if check.verdict is not Verdict.ERROR and check.task:
        yield Row(Label.READ, _("tasks.md, task {number}").format(number=check.task))


def _is_explained(check: CheckResult) -> bool:
    """Whether a hint would lead elsewhere: the fault is known, or what it is about came."""
    if check.raised or check.cause or mistakes.named(check.mistake):
        return True
    if check.message is not None and check.message.code in ABOUT_A_TEXT:
        return check.got is None or check.got.code != "text"
    wanted = check.point.text if check.point else ""
    texts = check.got.arguments.get("texts", ()) if check.got else ()
    return bool(wanted) and isinstance(texts, tuple) and any(wanted in str(text) for text in texts)


def quotes_both(check: CheckResult) -> bool:
    """Whether what was expected and what came are texts, which may be compared."""
    return _quotes(check.expected) and _quotes(check.got)


def _quotes(fact: Fact | None) -> bool:
    if fact is None:
        return False
    came = fact.arguments.get("came")  # "… (then the connection was closed)"
    return fact.code in QUOTING or (isinstance(came, Fact) and _quotes(came))


def no_mark(result: GradeResult) -> str:
    """Why there is no mark although the grading was not interrupted."""
    errors = [check for check in result.checks if check.verdict is Verdict.ERROR]
    if any(variant.own and variant.own.declined for variant in result.variants):
        return _("no mark: to be graded by hand")
    if not errors:
        return _("no mark: not every check has run")
    if is_machines_fault(*errors):
        return _("no mark: this machine could not finish a check")
    return _("no mark: the grader itself failed in a check")


def is_machines_fault(*errors: CheckResult) -> bool:
    """Whether only the machine failed in these checks."""
    return bool(errors) and all(check.reason in MACHINES for check in errors)


def whose_fault(*errors: CheckResult) -> str:
    """The line about an ERROR, or several: whose fault it is, and what to do."""
    if is_machines_fault(*errors):
        return _(
            "This is this machine's fault, not yours. Try again when fewer programs run on it."
        )
    return _("This is the grader's own fault, not yours. If it happens again, report it.")
