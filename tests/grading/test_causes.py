"""Why something is missing: from the source, the stacks and the exceptions to a fact."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from support.sources import FILE, line, stack
from support.worlds import ROOT

from grader.fact import Fact, fact
from grader.grading.causes import causes
from grader.result.check import Place, Raised
from grader.submission.stacks import Frame, Stack

CORRECT = ROOT / "tests" / "submissions" / "correct"

SERVER = """\
import threading
users_lock = threading.Lock()
def accept_clients(listener):
    while True:
        connection, address = listener.accept()  # accepts
        {}  # begins
def serve(connection, address):
    for text in lines(connection):
        relay(text)  # relays
def lines(connection):
    while chunk := connection.recv(100):  # receives
        for part in chunk.split():
            {} part  # each
def relay(text):
    with users_lock:  # takes
        send(text)  # calls
def send(text):
    with users_lock:  # waits
        pass
"""
START = "threading.Thread(target=serve, args=(connection, address), daemon=True).start()"
GOOD = SERVER.format(START, "yield")
ACCEPTS = (("accept_clients", "# accepts"),)
RECEIVES = (("lines", "# receives"), ("serve", "# relays"))
STUCK = (("send", "# waits"), ("relay", "# calls"), ("serve", "# relays"))
MISFIT = Raised(None, "", "TypeError", "serve() takes 1", "Thread-1 (serve)", "")


def begins(code: str) -> str:
    """The server, but that it begins to serve in another way."""
    return SERVER.format(code, "yield")


def found(source: str, stacks: list[Stack], *raised: Raised) -> list[tuple[Fact, Place]]:
    return [(c.fact, c.place) for c in causes({FILE: source}, stacks, raised)]


CASES = {
    "never started": (
        begins("threading.Thread(target=serve, args=(connection, address))"),
        [ACCEPTS],
        fact("thread-not-started", function="serve", line=6),
        "# begins",
    ),
    "start not called": (
        begins(START.removesuffix("()")),
        [ACCEPTS],
        fact("start-not-called", function="serve", line=6),
        "# begins",
    ),
    "run for start": (
        begins(START.replace("start", "run")),
        [(*RECEIVES, ("accept_clients", "# begins"))],
        fact("run-for-start", function="serve", line=6),
        "# begins",
    ),
    "target called": (
        begins("threading.Thread(target=serve(connection, address)).start()"),
        [(*RECEIVES, ("accept_clients", "# begins"))],
        fact("target-called", function="serve", line=6),
        "# begins",
    ),
    "serves in the accept loop": (
        begins("serve(connection, address)"),
        [(*RECEIVES, ("accept_clients", "# begins"))],
        fact("serves-in-accept-loop", line=11, called=6),
        "# begins",
    ),
    "asks in the accept loop": (
        begins("connection.recv(100)"),
        [(("accept_clients", "# begins"),)],
        fact("receives-in-accept-loop", line=6),
        "# begins",
    ),
    "joins in the accept loop": (
        begins("thread.join()"),
        [(("accept_clients", "# begins"),)],
        fact("joins-in-accept-loop", line=6),
        "# begins",
    ),
    "return for yield": (
        SERVER.format(START, "return"),
        [ACCEPTS],
        fact("returns-for-yield", function="lines", line=13),
        "# each",
    ),
    "waits for itself": (
        GOOD,
        [ACCEPTS, STUCK],
        fact("waits-for-itself", lock="users_lock", line=18, taken=15),
        "# waits",
    ),
    "waits for another": (
        GOOD,
        [STUCK[:1], STUCK[1:]],
        fact(
            "waits-for-another",
            lock="users_lock", line=18, taken=15, thread=fact("thread-named", name="1"),
        ),
        "# takes",
    ),
    "waits for nobody knows whom": (
        GOOD,
        [ACCEPTS, STUCK[:1]],
        fact("waits-for-lock", lock="users_lock", line=18),
        "# waits",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_cause(case: str) -> None:
    """The surest cause comes first, with the line where it is."""
    source, threads, told, mark = CASES[case]
    stacks = [stack(source, *frames, thread=str(n)) for n, frames in enumerate(threads)]
    assert found(source, stacks)[0] == (told, Place(FILE, line(source, mark)))


def test_the_main_thread_may_hold_it() -> None:
    """Who holds a lock is told as people call it."""
    stacks = [stack(GOOD, *STUCK[:1], thread=""), stack(GOOD, *STUCK[1:])]
    ((told, _place),) = found(GOOD, stacks)
    assert told.arguments["thread"] == fact("main-thread")
    stacks = [stack(GOOD, *STUCK[:1], thread="one"), stack(GOOD, *STUCK[1:], thread="")]
    ((told, _place),) = found(GOOD, stacks)
    assert told.arguments["thread"] == fact("another-thread")


def test_nothing_is_wrong() -> None:
    """Of a server that waits as it should, nothing is said."""
    assert found(GOOD, [stack(GOOD, *ACCEPTS), stack(GOOD, *RECEIVES, thread="one")]) == []


def test_thread_that_is_not_made_with_what_it_takes() -> None:
    """The function of a thread could not be called: where the thread is made is the place."""
    told = fact("thread-arguments", function="serve", line=6)
    assert found(GOOD, [], MISFIT) == [(told, Place(FILE, 6))]


def test_thread_that_is_made_with_something_else() -> None:
    """Its function ends in a line that the skeleton gives: the thread is made wrongly."""
    text = (ROOT / "reference" / FILE).read_text(encoding="utf-8")
    given, made = (text[: text.index(part)].count("\n") + 1 for part in ("with connection:", START))
    raised = Raised(Place(FILE, given), "", "TypeError", "", "Thread-1 (serve)", "")
    told = fact("thread-misled", function="serve", line=made)
    assert found(text, [], raised) == [(told, Place(FILE, made))]
    assert found(text.replace("def relay(", "def pass_on("), [], raised) == []
    assert found(text, [], replace(raised, place=Place(FILE, made))) == []
    assert found(text, [], replace(raised, error="ValueError")) == []


def test_what_a_function_does_not_return() -> None:
    """A value that there is not, or a condition that is never true."""
    makes = "def made():\n    listen()\nuse(made())\n"
    told = fact("returns-nothing", function="made", line=3, last=2)
    assert found(makes, []) == [(told, Place(FILE, 2))]
    told = fact("never-true", function="made", line=3, last=2)
    assert found(makes.replace("use(made())", "if made(): pass"), []) == [(told, Place(FILE, 2))]


@pytest.mark.parametrize(
    ("source", "raised"),
    [
        (GOOD, Raised(Place(FILE, 9), "", "TypeError", "", "Thread-1 (serve)", "")),
        (GOOD, Raised(None, "", "ValueError", "", "Thread-1 (serve)", "")),
        (GOOD, Raised(None, "", "TypeError", "", "Thread-1 (other)", "")),
        (GOOD, Raised(None, "", "TypeError", "", "alice", "")),
        (f"{GOOD}\n{START}\n", MISFIT),
    ],
)
def test_other_exceptions(source: str, raised: Raised) -> None:
    """An exception that has a line, or may be of another thread, says nothing of how it is made."""
    assert found(source, [], raised) == []


def test_without_stacks_no_thread_is_missed() -> None:
    """Where the system does not tell where threads stand, nobody knows that one is missing."""
    assert found(CASES["never started"][0], []) == []


@pytest.mark.parametrize("source", ["def (", "", "x = " + "1 + " * 3000 + "1\n", "\0"])
def test_hostile_sources(source: str) -> None:
    """A source that cannot be read, or that nests too deep, has no cause."""
    assert found(source, [Stack("MainThread", stack(GOOD, *ACCEPTS).frames)]) == []


PROGRAMS = [*(ROOT / "reference").glob("*.py"), *CORRECT.rglob("*.py")]


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_correct_programs(path: Path) -> None:
    """In the sources of correct programs nothing looks like a mistake, however they are written."""
    elsewhere = Stack("MainThread", (Frame(path.name, 1, "nowhere"),))
    assert causes({path.name: path.read_text(encoding="utf-8")}, [elsewhere], ()) == ()
