"""What people read in a program and of it: comments, docstrings of one line, its own complaints."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from grader.language import _

# A comment has a line of its own, or stands two blanks behind the code.
REMARK = re.compile(
    r'(?P<before> *""")(?P<said>.*)(?P<after>""")|(?P<code> *# |.*?\S  # )(?P<text>.*)'
)
# What it says at run time: of its options, and why it cannot go on. The chat itself stays.
SPOKEN = re.compile(
    r'(?P<before> *(?:parser.*(?:description|help)=|sys\.exit\(f|end\(1, f|print\(f?)")'
    r'(?P<said>[^"]+)(?P<after>".*)'
)


def remarks(lines: Iterable[str]) -> Iterator[str]:
    """All comments and docstrings in some lines, without their signs."""
    for line in lines:
        match = REMARK.fullmatch(line)
        if match:
            yield match["said"] or match["text"]
        elif spoken := _spoken(line):
            yield spoken["said"]


def translated(line: str) -> str:
    """A line whose comment, docstring or complaint is in the language in use."""
    match = REMARK.fullmatch(line)
    if not match and (spoken := _spoken(line)):
        return f"{spoken['before']}{_(spoken['said'])}{spoken['after']}"
    if not match:
        return line
    before, after = match["before"] or match["code"], match["after"] or ""
    return f"{before}{_(match['said'] or match['text'])}{after}"


def _spoken(line: str) -> re.Match[str] | None:
    match = SPOKEN.fullmatch(line)
    # What goes to the standard output is the chat.
    return match if match and ("print(" not in line or "sys.stderr" in line) else None
