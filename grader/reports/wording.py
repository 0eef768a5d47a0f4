"""Small wordings that several parts of the score table share."""

from __future__ import annotations

from grader import language
from grader.language import N_, _, figure, ngettext
from grader.reports.calling import COMMAND, join_arguments
from grader.reports.sentences import say
from grader.result.check import CheckResult
from grader.result.grade import GradeResult

ENDS = 6  # so many steps are shown of the first and of the last ones

# What a result calls that which kept a submission apart.
SANDBOX_WORDS = (
    *(N_("namespaces"), N_("user"), N_("limits")),  # level
    *(N_("private"), N_("landlock"), N_("open")),  # files
    *(N_("namespace"), N_("free-port")),  # network
    *(N_("idle-aware"), N_("wall")),  # clock
)


def number(value: float) -> str:
    """Points or a mark without a needless ``.0``."""
    return figure(f"{round(value, 2):g}")


def points(count: float) -> str:
    """``1 point``, ``61 points``."""
    return ngettext("{count} point", "{count} points", count).format(count=number(count))


def stars(count: int) -> str:
    """``1 star``, ``2 stars``."""
    return ngettext("{count} star", "{count} stars", count).format(count=count)


def steps(check: CheckResult) -> list[tuple[int, str]]:
    """The steps with their numbers; of many those in the middle are counted, as number 0."""
    numbered = [(number, say(step)) for number, step in enumerate(check.steps, 1)]
    left_out = len(numbered) - 2 * ENDS
    if left_out <= 1:
        return numbered
    return [*numbered[:ENDS], (0, _("{count} more").format(count=left_out)), *numbered[-ENDS:]]


def kept_apart(result: GradeResult) -> str:
    """What kept the submission apart: level, files, network, clock."""
    box = result.sandbox
    line = _("{level}; files: {files}; network: {network}; clock: {clock}")
    parts = {"level": box.level, "files": box.files, "network": box.network, "clock": box.clock}
    return line.format(**{name: _(word) for name, word in parts.items()})


def run_only(result: GradeResult, check: CheckResult, command: str = COMMAND) -> str:
    """The command line that runs one check alone."""
    return _command_line(command, *_submission(result), "--only", check.id)


def replay(result: GradeResult, check: CheckResult, command: str = COMMAND) -> str:
    """The command line that runs one check again, with the same names and texts."""
    seed = str(result.seed)
    again = ("--only", check.id, "--seed", seed, "--trace")
    return _command_line(command, *_submission(result), *again)


def _submission(result: GradeResult) -> tuple[str, ...]:
    """What is graded, and by which protocol where it is not the kit's."""
    own = any(variant.own for variant in result.variants)
    return (result.submission, "--mode", "own") if own else (result.submission,)


def _command_line(command: str, *arguments: str) -> str:
    # What the command line would choose by itself need not be said.
    asked = [] if language.in_use() == language.default() else ["--lang", language.in_use()]
    return f"{command} {join_arguments([*arguments, *asked])}"
