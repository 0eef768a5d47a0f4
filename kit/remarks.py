"""What people read in a program beside its code: comments, and docstrings of one line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from grader.language import _

# A comment has a line of its own, or stands two blanks behind the code.
REMARK = re.compile(
    r'(?P<before> *""")(?P<said>.*)(?P<after>""")|(?P<code> *# |.*?\S  # )(?P<text>.*)'
)


def remarks(lines: Iterable[str]) -> Iterator[str]:
    """All comments and docstrings in some lines, without their signs."""
    for line in lines:
        match = REMARK.fullmatch(line)
        if match:
            yield match["said"] or match["text"]


def translated(line: str) -> str:
    """A line whose comment or docstring is in the language in use."""
    match = REMARK.fullmatch(line)
    if not match:
        return line
    before, after = match["before"] or match["code"], match["after"] or ""
    return f"{before}{_(match['said'] or match['text'])}{after}"
