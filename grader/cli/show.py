"""``python -m grader show RESULT.json``: a stored result in any language and format.

Nothing is graded, and neither the submission nor the rubric is needed: the result has it all.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from grader.cli import arguments, output, printable
from grader.cli.exit_status import ExitStatus
from grader.language import _
from grader.reports.calling import COMMAND
from grader.result import codec
from grader.result.grade import GradeResult

MAX_BYTES = 64 << 20  # a file longer than this is no result


def run(words: Sequence[str], asked: str) -> int:
    """Show the result that these arguments name, in the language ``asked`` for if possible.

    Returns the exit status.
    """
    parser = arguments.Parser(
        prog=COMMAND.replace("-s grade ", "-s show "),
        description=_("Show a stored result of --format json in any language and format."),
    )
    help_ = _("the stored result; - reads it from the standard input")
    parser.add_argument("path", metavar="RESULT.json", help=help_)
    arguments.add_outputs(parser)
    arguments.add_language(parser)
    options = parser.parse_args(words)
    try:
        arguments.agree(options)
        outputs = arguments.outputs(options)
        result = read(options.path)
    except ValueError as error:
        parser.error(str(error))
    printable.settle(asked, outputs)
    try:
        output.write_all(result, outputs, options, {})
    except output.NotWritten as error:
        parser.exit(ExitStatus.GRADER_FAILED, f"grader: {error}\n")
    return ExitStatus.GRADED


def read(path: str) -> GradeResult:
    """A stored result. Raises ValueError, with a line for the user, where there is none."""
    try:
        return codec.loads(_data(path).decode())
    except OSError as error:
        line = _("{path}: cannot be read ({reason})")
        raise ValueError(line.format(path=path, reason=error.strerror)) from None
    except ValueError as error:
        line = _("{path}: expected a result of --format json ({reason})")
        raise ValueError(line.format(path=path, reason=error)) from None


def _data(path: str) -> bytes:
    if path != "-":
        with Path(path).open("rb") as file:
            return file.read(MAX_BYTES)
    if sys.stdin is None:  # closed from the beginning
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))
    return sys.stdin.buffer.read(MAX_BYTES)
