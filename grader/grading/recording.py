"""A short conversation in the submission's own programs, recorded for a report.

Its server and two of its clients run as in a grading: kept apart, at terminals where there are
some. Nothing is judged, and nothing is expected of what they say: so it works for any protocol.

``python -m grader.grading.recording`` reads a request of one variant from its standard input and
writes the recording to its standard output: a process that has entered a sandbox ends with it.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterable
from typing import TypeVar

from grader import start
from grader.assignment.variants import Role, variant
from grader.chat.failure import Failure
from grader.chat.screen import readable
from grader.chat.world import Chat
from grader.grading import request as requests
from grader.grading.pytest_plugin.check_run import CheckRun
from grader.grading.pytest_plugin.playing import world
from grader.grading.request import Request
from grader.result import codec
from grader.result.check import SERVER, Event
from grader.result.recording import Line, Picture, Recording, Window
from grader.result.verdict import EventKind

COMMAND = (sys.executable, "-B", start.__file__, "grader.grading.recording")
TIME = 120  # seconds for a conversation
REST = 0.2  # seconds of stillness after which somebody does the next thing
WHO = ("alice", "bob")
SHOWN = {EventKind.PRINTS, EventKind.COMPLAINS, EventKind.TYPES}
T = TypeVar("T")


def recorded(request: Request) -> list[Recording]:
    """A conversation over each variant of which both programs are there."""
    made = []
    for name in request.variants:
        asked = requests.dumps(request.of_variant(name)).encode()
        try:
            done = subprocess.run(
                COMMAND, input=asked, stdout=subprocess.PIPE, timeout=TIME, check=True
            )
            recording: Recording = codec.decode(done.stdout, Recording)
        except (subprocess.SubprocessError, OSError, ValueError):
            continue  # a report without pictures is better than none
        if recording.pictures:
            made.append(recording)
    return made


def record(request: Request) -> Recording:
    """The conversation over the one variant of this request."""
    name = request.variants[0]
    run = CheckRun(request)
    pictures: list[Picture] = []
    try:
        if run.submission.missing(variant(name), Role) is None:
            with world(run, variant(name), "recording", run.dialects[variant(name)]) as chat:
                _converse(chat, lambda moment: pictures.append(_picture(moment, chat)))
    except Failure:
        pass  # it ended: what there was to see is there
    finally:
        run.close()
    return Recording(name, tuple(pictures))


def _converse(chat: Chat, look: Callable[[str], None]) -> None:
    chat.start_server()
    alice = _done(chat, lambda: chat.terminal("alice", name="alice"))
    _done(chat, alice.join)
    bob = _done(chat, lambda: chat.terminal("bob", name="bob"))
    _done(chat, bob.join)
    look("joined")
    _done(chat, lambda: alice.say("hello, bob"))
    _done(chat, lambda: bob.say("hello, alice"))
    look("talked")
    _done(chat, bob.leave)
    look("left")


def _done(chat: Chat, what: Callable[[], T]) -> T:
    """Do something, and wait until all programs have done what they do about it."""
    done = what()
    chat.settle(REST, cap=5.0)
    return done


def _picture(moment: str, chat: Chat) -> Picture:
    chat.hear_out()
    events = [event for event in chat.transcript.events() if event.kind in SHOWN]
    windows = (Window(name, tuple(_lines(name, events))) for name in (SERVER, *WHO))
    return Picture(moment, tuple(windows))


def _lines(name: str, events: Iterable[Event]) -> list[Line]:
    """The lines of one window; what a terminal echoes stands there once."""
    lines = [Line()]
    echoed = ""  # what was typed, and a terminal may show as well
    for event in events:
        if event.who != name:
            continue
        if event.kind is EventKind.TYPES:
            lines[-1] = Line(lines[-1].printed, event.text)
            lines.append(Line())
            echoed = event.text
            continue
        text = readable(event.text.encode()).decode(errors="replace")
        if echoed and text.lstrip("\n").startswith(echoed):
            text = text.lstrip("\n")[len(echoed) :].removeprefix("\n")
        echoed = ""
        first, *more = text.split("\n")
        lines[-1] = Line(lines[-1].printed + first, lines[-1].typed)
        lines += map(Line, more)
    return lines[:-1] if lines[-1] == Line() else lines


def main() -> None:
    """Record what the request asks for."""
    asked = requests.loads(sys.stdin.buffer.read())
    sys.stdout.buffer.write(codec.encode(record(asked)) + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
