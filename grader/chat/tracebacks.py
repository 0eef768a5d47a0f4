"""The exceptions that a program says it has died of, read from its standard error.

They are for people to look at, and decide nothing: a submission may print any traceback it likes.
So only lines that its own files have are believed in, and they are quoted from there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from grader.chat.transcript import shorten
from grader.chat.unwritten import SAID
from grader.fact import writable
from grader.result.check import Place, Raised
from grader.submission.own_files import OwnFiles

MOST = 3  # exceptions kept of one program, each place once
MAX_TEXT = 300  # characters of a message
MAX_TRACEBACK = 4000  # characters
BEGINS = "Traceback (most recent call last):"
IN_THREAD = re.compile(r"Exception in thread (.{1,80}):")
ALSO = re.compile(
    "During handling of the above exception, another exception occurred:|"
    "The above exception was the direct cause of the following exception:"
)
FRAME = re.compile(r' +File "([^"]{1,1000})", line (\d{1,6})(?:, in .*)?')
ENDS = re.compile(r"([A-Za-z_][\w.<>]{0,99})(?:: ?(.*))?")
BOOT = re.compile(r"(?:.*[/\\])?boot\.pyc?")
# Others may have gone because of another exception: these are rarely what began it.
FOLLOWING = {
    "BrokenPipeError",
    "ConnectionAbortedError",
    "ConnectionResetError",
    "KeyboardInterrupt",
    "OSError",
}


@dataclass
class _Traceback:
    thread: str
    lines: list[str]  # first those of the exceptions that came before it
    began: int  # where its own lines begin
    error: str = ""
    text: str = ""


def raised(complaints: str, files: OwnFiles) -> tuple[Raised, ...]:
    """The exceptions that have ended a thread of a program, what is likely to have begun it first.

    Those by which the skeleton says that a task is not written are left out.
    """
    found: dict[tuple[Place | None, str], Raised] = {}
    for traceback in _tracebacks(complaints):
        if not any(SAID.match(line) for line in traceback.lines):
            told = _told(traceback, files)
            if told is not None:
                found.setdefault((told.place, told.error), told)
    # Sorting keeps the order of those that are alike.
    return tuple(sorted(found.values(), key=lambda one: one.error in FOLLOWING)[:MOST])


def _tracebacks(text: str) -> Iterator[_Traceback]:
    """Each traceback that is there from its beginning to its end, whoever has written it.

    Two threads may write at once: what is mixed up has no end, or one that is not its own.
    """
    thread, before = "", list[str]()
    now: _Traceback | None = None
    last: _Traceback | None = None
    for line in (line.removesuffix("\r") for line in text.split("\n")):
        if named := IN_THREAD.fullmatch(line):
            thread, before, now = named[1], [], None
        elif last is not None and ALSO.fullmatch(line):
            thread, before, last = last.thread, [*last.lines, "", line, ""], None
        elif line == BEGINS:
            if last is not None:
                yield last
            now, last = _Traceback(thread, [*before, line], len(before)), None
            thread, before = "", []
        elif now is not None and line.startswith(" "):
            now.lines.append(line)
        elif now is not None and (end := ENDS.fullmatch(line)):
            now.lines.append(line)
            now.error, now.text = end[1], end[2] or ""
            now, last = None, now
        elif line:
            now = None
    if last is not None:
        yield last


def _told(traceback: _Traceback, files: OwnFiles) -> Raised | None:
    """What a traceback says; None where neither a line of the program's nor a thread is named."""
    places = _places(traceback.lines[traceback.began :], files)
    if not places and not traceback.thread:
        return None
    place = places[-1] if places else None
    code = files.code(place.file, place.line) if place else ""
    return Raised(
        place=place,
        code=writable(code or ""),
        error=traceback.error.removeprefix("__main__."),
        text=writable(shorten(traceback.text, MAX_TEXT)),
        thread=writable(traceback.thread),
        traceback=writable(shorten(_shown(traceback.lines, files), MAX_TRACEBACK)),
    )


def _places(lines: list[str], files: OwnFiles) -> list[Place]:
    """The lines of the program's own that a traceback names, the innermost last."""
    frames = [frame for line in lines if (frame := FRAME.fullmatch(line))]
    places = [(files.name(frame[1]), int(frame[2])) for frame in frames]
    return [Place(file, line) for file, line in places if files.code(file, line) is not None]


def lines_of(raised: Raised) -> list[Place]:
    """All lines that a traceback as it is shown names, the innermost last."""
    frames = (FRAME.fullmatch(line) for line in raised.traceback.split("\n"))
    return [Place(frame[1], int(frame[2])) for frame in frames if frame]


def _shown(lines: list[str], files: OwnFiles) -> str:
    """The traceback without what started the program, its own files by their names."""
    kept, ours = [], False
    for line in lines:
        if frame := FRAME.fullmatch(line):
            ours = BOOT.fullmatch(frame[1]) is not None
            kept += [] if ours else [line.replace(frame[1], files.name(frame[1]) or frame[1], 1)]
        elif not (ours and line.startswith("    ")):
            kept.append(line)
    return "\n".join(kept)
