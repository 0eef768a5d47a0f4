"""Which task a line of a submission belongs to, where it was made from the skeleton."""

from __future__ import annotations

import re

from grader.assignment.tasks import FUNCTIONS

DEFINED = re.compile(r"^(?:async +)?def +(\w+)", re.MULTILINE)
GOES_ON = re.compile(r"\s|[#)\]}]|$")  # how a line begins that ends no function
LINE_ENDS = re.compile("\r\n|\r|\n")  # as Python counts them


def task_of(file: str, text: str, line: int) -> int | None:
    """The task of the function that a line of a file with this text is in.

    None outside those that students write, and in a file that lacks one of them: it is not made
    from the skeleton, and a function of the same name may be anything. The text is not parsed:
    it may be what Python cannot read.
    """
    tasks = FUNCTIONS.get(file, {})
    if not tasks or not set(tasks) <= set(DEFINED.findall(text)):
        return None
    for code in reversed(LINE_ENDS.split(text)[:line]):
        if defined := DEFINED.match(code):
            return tasks.get(defined[1])
        if not GOES_ON.match(code):
            return None
    return None
