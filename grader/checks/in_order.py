"""What is told of a play in which a thread was held: its line, and the lines that ran meanwhile."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from grader.chat.interleaving.places import frame_of, sharing_of
from grader.chat.interleaving.search import Play
from grader.chat.world import Chat
from grader.fact import Fact, fact
from grader.grading.causes import Cause
from grader.result.check import Event, Place
from grader.result.verdict import EventKind
from grader.sandbox.tracing import Ran
from grader.submission.sharing import Sharing

MOST = 6  # groups of lines that are named
BEFORE, MEANWHILE, AFTER = 2, 6, 1  # lines that are told


def cause(play: Play) -> Cause:
    """Who was held where, and what ran meanwhile."""
    file, line, _function = play.lines.before[-1].stack[0]
    first, second = play.doers
    meanwhile = others(play)
    if not meanwhile:
        return Cause(fact("held-alone", first=first, second=second, line=line), Place(file, line))
    lines = spans(ran.at[1] for ran in meanwhile)
    told = fact("interleaved", first=first, second=second, line=line, lines=lines)
    return Cause(told, Place(file, line))


def others(play: Play) -> Sequence[Ran]:
    """What the other one's thread ran meanwhile: the first thread that had not run before.

    Functions that it calls from further in than the line that is held do not matter.
    """
    known = {ran.thread for ran in play.lines.before}
    thread = next((ran.thread for ran in play.lines.held if ran.thread not in known), None)
    deepest = len(play.lines.before[-1].stack)
    mine = [ran for ran in play.lines.held if ran.thread == thread]
    return [ran for ran in mine if len(ran.stack) <= deepest] or mine


def told_of(meanwhile: Sequence[Ran], held: Ran, sharing: Sharing) -> Sequence[Ran]:
    """Those of the lines that are told, each once.

    From where the thread is in the same function, or a little before it changes something.
    """
    once = list({ran.at: ran for ran in reversed(meanwhile)}.values())[::-1]
    same = (at for at, ran in enumerate(once) if ran.stack[0][2] == held.stack[0][2])
    changing = (max(at - 2, 0) for at, r in enumerate(once) if sharing.line(frame_of(r)).changes)
    start = next(same, next(changing, max(len(once) - MEANWHILE, 0)))
    return once[start : start + MEANWHILE]


def spans(lines: Iterable[int]) -> str:
    """Lines in the order in which they ran; those that follow one another as "150-152"."""
    found: list[list[int]] = []
    for line in lines:
        if found and line == found[-1][-1] + 1:
            found[-1].append(line)
        elif not found or line not in found[-1]:
            found.append([line])
    shown = [f"{s[0]}-{s[-1]}" if len(s) > 1 else f"{s[0]}" for s in found]
    return ", ".join([*shown[:MOST], "…"] if len(shown) > MOST else shown)


def events(chat: Chat, play: Play) -> Iterator[Event]:
    """The lines of both threads, as events of the transcript."""
    held, sharing = play.lines.before[-1], sharing_of(chat.processes[0])
    mine, after = (
        [ran for ran in lines if ran.thread == held.thread and len(ran.stack) <= len(held.stack)]
        for lines in (play.lines.before, play.lines.after)
    )
    first, second = play.doers
    told = [(first, _runs(chat, ran), ran) for ran in mine[-BEFORE - 1 : -1]]
    told.append((first, fact("held-before-line", **_line(chat, held)), held))
    meanwhile = told_of(others(play), held, sharing)
    told += [(second, _runs(chat, ran), ran) for ran in meanwhile]
    told.append((first, fact("goes-on-with-line", **_line(chat, held)), held))
    told += [(first, _runs(chat, ran), ran) for ran in after[:AFTER]]
    since = 0.0
    for who, line, ran in told:
        # The thread that is held runs its line only when it goes on.
        since = max(since, ran.when)
        yield Event(chat.transcript.since(since), EventKind.RUNS, who, "", line, False)


def _runs(chat: Chat, ran: Ran) -> Fact:
    return fact("runs-line", **_line(chat, ran))


def _line(chat: Chat, ran: Ran) -> dict[str, str | int]:
    file, line = ran.at
    return {"file": file, "line": line, "text": chat.processes[0].files.code(file, line) or ""}
