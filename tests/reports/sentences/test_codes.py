"""Every fact that the grader makes has a sentence that takes its arguments; none is idle."""

from __future__ import annotations

import ast
import string
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest
from support.worlds import ROOT

from grader.chat.own import threads
from grader.chat.participants import base, terminal, wire
from grader.checks import codes, telling, test_leave, test_threads
from grader.grading import causes
from grader.reports.sentences import KNOWN, SENTENCES
from grader.sandbox import limits

THREAD_FAULTS = [*test_threads.SERVER_FAULTS.values(), *test_threads.CLIENT_FAULTS.values()]
# Where a code is not written in the call: by the file and what stands there, the codes.
COMPUTED: Mapping[tuple[str, str], Collection[str]] = {
    ("grader/chat/participants/base.py", "THEN_ENDED[self.inbox.ended]"): (
        base.THEN_ENDED.values()
    ),
    ("grader/chat/participants/host.py", "expected"): ("connection-to-port", "name-to-port"),
    ("grader/chat/participants/terminal.py", "failures.badly"): (
        terminal.END_OF_FILE.badly, terminal.END_FOR_NAME.badly
    ),
    ("grader/chat/participants/terminal.py", "failures.stays"): (
        terminal.END_OF_FILE.stays, terminal.END_FOR_NAME.stays
    ),
    ("grader/chat/participants/wire.py", "SEEN[how]"): wire.SEEN.values(),
    ("grader/chat/server.py", "expected"): ("listens-tcp", "bound-udp"),
    ("grader/chat/server.py", "nothing"): ("nothing-listens-tcp", "nothing-bound-udp"),
    ("grader/chat/story.py", "doing"): ("connects-and-gives-name", "sends-name"),
    ("grader/checks/test_join.py", "THEN_ENDED[inbox.ended]"): base.THEN_ENDED.values(),
    ("grader/chat/own/threads.py", "NONE_MADE[role]"): threads.NONE_MADE.values(),
    ("grader/chat/own/threads.py", "message"): {code for code, _ in THREAD_FAULTS},
    ("grader/chat/own/threads.py", "got"): {code for _, code in threads.SERVER_FAULTS.values()},
    ("grader/chat/own/threads.py", "seen"): {code for _, code in threads.CLIENT_FAULTS.values()},
    ("grader/checks/telling.py", "SEEN.get(finding.got, 'nothing')"): (
        *wire.SEEN.values(), "nothing"
    ),
    ("grader/checks/telling.py", "code"): {
        *codes.MESSAGES.values(), *codes.OF_THE_REQUEST.values(), telling.TOGETHER
    },
    ("grader/checks/test_leave.py", "why"): test_leave.UNANNOUNCED.values(),
    ("grader/checks/test_threads.py", "NONE_MADE[role]"): test_threads.NONE_MADE.values(),
    ("grader/checks/test_threads.py", "message"): {code for code, _ in THREAD_FAULTS},
    ("grader/checks/test_threads.py", "got"): {
        code for _, code in test_threads.SERVER_FAULTS.values()
    },
    ("grader/checks/test_threads.py", "seen"): {
        code for _, code in test_threads.CLIENT_FAULTS.values()
    },
    ("grader/grading/causes.py", "UNSTARTED[one.use]"): causes.UNSTARTED.values(),
    ("grader/grading/causes.py", "code"): ("thread-arguments", "target-called", "thread-misled"),
    ("grader/grading/source_causes.py", "code"): (
        "forgot-f", "never-listens", "stream-for-datagrams", "never-binds", "listens-for-datagrams"
    ),
    ("grader/sandbox/limits.py", "SHORT[name]"): limits.SHORT.values(),
    ("grader/sandbox/levels.py", "complaint"): (
        "bubblewrap-fails", "landlock-fails", "python-out-of-reach"
    ),
}  # fmt: skip


class Made(NamedTuple):
    """One place where facts are made."""

    where: str
    codes: frozenset[str]
    names: frozenset[str]  # of the arguments that are written there
    more: bool  # whether there may be others


def calls(path: Path) -> Iterator[ast.Call]:
    """The calls of ``fact`` in a file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "fact":
            yield node


def literals(code: ast.expr) -> frozenset[str]:
    """The codes that are written in a call, one or ``one if … else another``; or none."""
    if isinstance(code, ast.IfExp):
        return literals(code.body) | literals(code.orelse)
    if isinstance(code, ast.Constant):
        return frozenset({str(code.value)})
    return frozenset()


def made() -> Iterator[Made]:
    """All places of the grader where facts are made."""
    for path in sorted((ROOT / "grader").rglob("*.py")):
        file = path.relative_to(ROOT).as_posix()
        for call in calls(path):
            code = call.args[0]
            known = literals(code) or frozenset(COMPUTED[file, ast.unparse(code)])
            names = [keyword.arg for keyword in call.keywords]
            written = frozenset(name for name in names if name is not None)
            yield Made(f"{file}:{call.lineno}", known, written, None in names)


def placeholders(code: str) -> frozenset[str]:
    """The names of what goes into a sentence; an unknown code is an error."""
    sentence = SENTENCES[code]
    forms = (sentence,) if isinstance(sentence, str) else sentence
    fields = (string.Formatter().parse(form) for form in forms)
    return frozenset(name for form in fields for _, name, _, _ in form if name) - KNOWN.keys()


PLACES = tuple(made())


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.where)
def test_the_sentence_takes_the_arguments(place: Made) -> None:
    """There is a sentence for each code, and no argument that none of them has a place for."""
    assert place.codes <= SENTENCES.keys()
    wanted = {code: placeholders(code) for code in place.codes}
    assert place.names <= frozenset[str]().union(*wanted.values())
    assert place.more or all(names <= place.names for names in wanted.values()), wanted


@pytest.mark.parametrize("code", SENTENCES)
def test_every_sentence_has_a_user(code: str) -> None:
    """A sentence that nobody would ever read is not kept, and not translated."""
    assert any(code in place.codes for place in PLACES)


def test_computed_codes_are_those_that_are_computed() -> None:
    """The table above has no place that is not there any more, and its codes stand in the file."""
    for file, code in COMPUTED:
        there = [ast.unparse(call.args[0]) for call in calls(ROOT / file)]
        assert code in there, (file, code)
    makers = [p for p in (ROOT / "grader").rglob("*.py") if p.parent.name != "sentences"]
    text = "".join(path.read_text("utf-8") for path in makers)
    for (file, _), written in COMPUTED.items():
        assert all(f'"{code}"' in text for code in written), file
