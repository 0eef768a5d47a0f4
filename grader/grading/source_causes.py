"""What of a source made a failure, where what came shows it: for the explanation alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from grader.assignment import protocol
from grader.fact import fact
from grader.grading.causes import Cause, lacking
from grader.grading.shown import complains, said_last, text_of, texts_in
from grader.result.check import CheckResult, Place
from grader.result.verdict import Difference
from grader.submission import literals, sockets
from grader.submission.literals import Made
from grader.submission.tree import Module, modules

# Whoever says one of these words has not left.
ABOUT_LEAVING = ("left", "leave", "exit", "quit")
NOT_SUPPORTED = ("Operation not supported", "WinError 10045")
MADE_BY_CLIENTS = {"client-name", "client-sends", "client-leaves"}


def cause_of(result: CheckResult, sources: Mapping[str, str]) -> Cause | None:
    """The cause that shows in what came and in the source."""
    known = modules(sources)
    try:
        return next((cause for look in LOOKS for cause in look(result, known)), None)
    except RecursionError:  # what nests so deep is not read
        return None


def place_of(result: CheckResult, sources: Mapping[str, str]) -> Place | None:
    """The one line that has made a text that came in other words than it should have."""
    try:
        made = _made(result, modules(sources))
    except RecursionError:
        return None
    return Place(made.file, made.line) if made else None


def _made(result: CheckResult, known: Sequence[Module]) -> Made | None:
    got, expected = result.got, result.expected
    text = got.arguments.get("text") if got else None
    if got is None or expected is None or not isinstance(text, str):
        return None
    # What a client sends, the client has made; a server should make no message of a user's.
    name = protocol.speaker_of(text)
    ours = result.name in MADE_BY_CLIENTS or text.startswith(protocol.message(name, f"{name}:"))
    least = 1 if ours else literals.LEAST
    if got.code == "newline-too-many-at":
        return literals.made(known, text, ended=True, least=least)
    right = {text_of(result), expected.arguments.get("text")}
    if got.code != "text" or text in right or protocol.is_leave_notice(text):
        return None
    return literals.made(known, text, least=least)


def _unfilled(result: CheckResult, known: Sequence[Module]) -> Iterator[Cause]:
    """An ``f`` is forgotten: what came has a name in braces, as the source has."""
    made = _made(result, known)
    if made is not None and made.unfilled:
        yield _at("forgot-f", (made.file, made.line))


def _thrown_out(result: CheckResult, known: Sequence[Module]) -> Iterator[Cause]:
    """Whoever says a certain word is taken to have left."""
    said = said_last(result)
    notice = protocol.left(protocol.speaker_of(said))
    cut_off = result.message is not None and result.message.code == "cut-off"
    if cut_off or notice in texts_in(result.got):
        for one in literals.sought(known):
            if one.word.strip("* ") in ABOUT_LEAVING and one.is_in(protocol.text_of(said)):
                told = fact("leaves-at-a-word", line=one.line, word=one.word)
                yield Cause(told, Place(one.file, one.line))


def _asked_again(result: CheckResult, known: Sequence[Module]) -> Iterator[Cause]:
    """Whoever is in is asked for a name again: whether they are in depends on what never comes."""
    again = result.point is not None and result.point.kind is Difference.DOUBLED
    if again and text_of(result) == protocol.NAME_REQUEST:
        yield from lacking(known)


def _not_ready(result: CheckResult, known: Sequence[Module]) -> Iterator[Cause]:
    """A server that runs, or ran, and at whose port nobody is."""
    if result.message is None or result.message.code != "server-not-started" or not known:
        return
    for one in result.standing:
        if "input(" in one.code:
            yield Cause(fact("types-first", line=one.place.line), one.place)
    binds = sockets.calls(known, {"bind"})
    datagrams, streams = (sockets.mentions(known, kind) for kind in ("SOCK_DGRAM", "SOCK_STREAM"))
    got = result.got.code if result.got else ""
    if got == "nothing-listens-tcp" and binds and not sockets.calls(known, sockets.LISTENS):
        yield _at("never-listens", binds[0])
    if got == "nothing-bound-udp" and streams and not datagrams:
        yield _at("stream-for-datagrams", streams[0])
    if got == "nothing-bound-udp" and datagrams and not sockets.calls(known, sockets.BINDS):
        yield _at("never-binds", datagrams[0])
    listens = sockets.calls(known, {"listen"})
    if listens and datagrams and not streams and complains(result, *NOT_SUPPORTED):
        yield _at("listens-for-datagrams", listens[0])


def _at(code: str, line: sockets.Line) -> Cause:
    return Cause(fact(code, line=line[1]), Place(*line))


LOOKS: tuple[Callable[[CheckResult, Sequence[Module]], Iterator[Cause]], ...] = (
    _unfilled,
    _thrown_out,
    _asked_again,
    _not_ready,
)
