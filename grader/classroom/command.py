"""``python -m grader class …``: which command is meant, and how its errors are told."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Mapping, Sequence

from grader.classroom import arguments, deciding, forgetting, grading, pairing, publishing, status
from grader.cli import printable
from grader.cli.arguments import Parser, language_of
from grader.cli.exit_status import ExitStatus
from grader.fact import FactError
from grader.reports.sentences import say

WORD = "class"
COMMANDS: Mapping[str, Callable[[Namespace], int]] = {
    "grade": grading.run,
    "status": status.run,
    "show": status.show,
    "decide": deciding.run,
    "publish": publishing.run,
    "pairs": pairing.run,
    "forget": forgetting.run,
}
# These say what the machine refuses; the others, what was asked for in vain.
OF_THE_MACHINE = frozenset({"class-unusable", "class-in-use"})


def run(words: Sequence[str] | None) -> int:
    """Do what these arguments ask for, which follow the word ``class``; returns the exit status."""
    words = list(sys.argv[2:] if words is None else words)
    asked = printable.use(language_of(words))
    command = words[0] if words[:1] and words[0] in COMMANDS and words[0] != "grade" else "grade"
    parser = arguments.parser(command)
    options = parser.parse_args(words if command == "grade" else words[1:])
    printable.settle(asked, [("table", "")])
    try:
        return COMMANDS[command](options)
    except FactError as error:
        return _told(error, parser)


def _told(error: FactError, parser: Parser) -> int:
    if error.fact.code in OF_THE_MACHINE:
        parser.exit(ExitStatus.GRADER_FAILED, f"grader: {say(error.fact)}\n")
    parser.error(say(error.fact))
