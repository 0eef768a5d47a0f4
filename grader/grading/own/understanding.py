"""What the grader has understood of how a chat works, a line each, and how it is known."""

from __future__ import annotations

from pathlib import Path

from grader.chat.own.asking import Asks
from grader.chat.own.dialect import Identity, OwnDialect, Way
from grader.fact import Fact, fact
from grader.result.own import Known, Understood
from grader.submission.own.pair import Pair


def lines(dialect: OwnDialect, pair: Pair, folder: Path) -> tuple[Understood, ...]:
    """Which programs there are, where names come from, what messages look like, how one leaves."""
    server, client = (_command(path, folder) for path in (pair.server, pair.client))
    arguments = " ".join([*filter(None, [pair.server_word]), *dialect.server_arguments])
    to_server = f"{server} {arguments}".strip()
    arguments = " ".join([*filter(None, [pair.client_word]), *dialect.client_arguments])
    to_client = f"{client} {arguments}".strip()
    found = [
        Understood(fact("own-programs", server=to_server, client=to_client), Known.READ),
        _names(dialect),
        _messages(dialect),
        Understood(_way(dialect), Known.READ if dialect.way is Way.WORD else Known.GUESSED),
    ]
    if dialect.restless:
        found.append(Understood(fact("own-restless"), Known.SEEN))
    return tuple(found)


def _command(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()


def _names(dialect: OwnDialect) -> Understood:
    asked = tuple(line for _kind, line in dialect.questions)
    guessed = any(kind is Asks.ELSE for kind, _line in dialect.questions)
    if asked:
        return Understood(fact("own-asks", asked=asked), Known.GUESSED if guessed else Known.SEEN)
    told = {
        Identity.ARGUMENT: fact("own-name-argument"),
        Identity.SILENT: fact("own-name-silent"),
        Identity.GIVEN: fact("own-name-given"),
    }
    return Understood(told.get(dialect.identity, fact("own-nameless")), Known.SEEN)


def _messages(dialect: OwnDialect) -> Understood:
    if dialect.operator:
        return Understood(fact("own-operator"), Known.SEEN)
    if not dialect.shape:
        return Understood(fact("own-nothing-shown"), Known.SEEN)
    shape = dialect.shape.format(name="alice", text="hello")
    return Understood(fact("own-shows", text=shape), Known.SEEN)


def _way(dialect: OwnDialect) -> Fact:
    if dialect.way is Way.WORD:
        return fact("own-word", text=dialect.word)
    return fact("own-no-word")
