"""A student's client, driven through its standard input and output."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support import worlds
from support.worlds import needs_posix

from grader.chat.dialect import Dialect
from grader.chat.failure import Failure
from grader.chat.participants.terminal import END_OF_FILE, Terminal
from grader.chat.transcript import Transcript
from grader.fact import fact
from grader.result.verdict import EventKind, Evidence
from grader.sandbox.box import Site, scratch_folder
from grader.sandbox.clock import Deadline


@contextlib.contextmanager
def terminal(
    folder: Path, source: str, *arguments: str, deadline: Callable[..., Deadline] = worlds.patient
) -> Iterator[Terminal]:
    """Alice's terminal, in which this program runs."""
    script = folder / "client.py"
    script.write_text(source, encoding="utf-8")
    with scratch_folder() as scratch:
        made = Terminal(
            "alice",
            script,
            list(arguments),
            Site(worlds.BARE, scratch, worlds.LOOPBACK),
            Transcript(),
            deadline,
            Dialect(),
        )
        try:
            yield made
        finally:
            made.close()


def test_name_is_typed(tmp_path: Path) -> None:
    """Joining is typing the name."""
    with terminal(tmp_path, "print('I am', input('name? '))") as alice:
        alice.join()
        alice.expect("I am alice")


def test_text_is_typed_without_the_name(tmp_path: Path) -> None:
    """What is typed is the text alone; the others should get it with the name before it."""
    with terminal(tmp_path, "print('typed:', input())") as alice:
        assert alice.say("good morning") == "alice: good morning"
        alice.expect("typed: good morning\n")


def test_leave_is_typed(tmp_path: Path) -> None:
    """Leaving is typing `leave`."""
    with terminal(tmp_path, "print('typed:', input())") as alice:
        alice.leave()
        alice.expect("typed: leave\n")


def test_arguments_reach_the_client(tmp_path: Path) -> None:
    """The client gets the arguments that lead it to the server."""
    with terminal(tmp_path, "import sys; print(sys.argv[1:])", "--port", "1") as alice:
        alice.expect("['--port', '1']")


def test_text_anywhere_in_the_output_counts(tmp_path: Path) -> None:
    """A client may print what arrives between other things, as it likes."""
    with terminal(tmp_path, "print('\\x1b[1m>> bob: hi\\x1b[0m', end='')") as alice:
        alice.expect("bob: hi")
        assert alice.count("bob: hi") == 1


def test_text_printed_in_pieces_counts(tmp_path: Path) -> None:
    """A text that is printed letter by letter is found."""
    with terminal(tmp_path, "for c in 'bob: hi': print(c, end='', flush=True)") as alice:
        alice.expect("bob: hi")


def test_complaints_do_not_count(tmp_path: Path) -> None:
    """What the client prints to standard error is no message that it shows."""
    source = "import sys; print('bob: hi', file=sys.stderr)"
    with terminal(tmp_path, source) as alice:
        with pytest.raises(Failure) as caught:
            alice.expect("bob: hi")
        assert caught.value.evidence == (Evidence.END_OF_STREAM,)
        assert caught.value.got == fact("on-standard-error", text="bob: hi")


def test_logged_messages_are_said_to_be_so(tmp_path: Path) -> None:
    """A client that shows what arrives by logging learns where it came out."""
    source = "import logging; logging.warning('%s', 'bob: hi')"
    with terminal(tmp_path, source) as alice:
        with pytest.raises(Failure) as caught:
            alice.expect("bob: hi")
        assert caught.value.got == fact("on-standard-error", text="bob: hi")


def test_end_of_input(tmp_path: Path) -> None:
    """Ctrl+D ends the input."""
    with terminal(tmp_path, "try: input()\nexcept EOFError: print('end')") as alice:
        alice.end_input()
        alice.expect("end")


@needs_posix
def test_vanish_kills_the_client(tmp_path: Path) -> None:
    """Vanishing is being killed, without a chance to say goodbye."""
    with terminal(tmp_path, "try: input()\nfinally: print('bye')") as alice:
        alice.vanish()
        alice.inbox.wait(lambda: False, worlds.patient())
        assert not alice.has("bye")


def test_end_with_status_0(tmp_path: Path) -> None:
    """A client that ends by itself with status 0 has ended well."""
    with terminal(tmp_path, "input()") as alice:
        alice.leave()
        alice.await_end(END_OF_FILE)
        assert Evidence.END_OF_STREAM in alice.evidence


def test_end_with_another_status(tmp_path: Path) -> None:
    """A client that ends with another status has not, and it is said how it ended."""
    with terminal(tmp_path, "input(); 1 / 0") as alice:
        alice.leave()
        with pytest.raises(Failure) as caught:
            alice.await_end(END_OF_FILE)
    assert caught.value.message == fact(END_OF_FILE.badly)
    how = fact("program-ended", file="client.py", status=1)
    complaint = "ZeroDivisionError: division by zero"
    assert caught.value.got == fact("complaining", how=how, complaint=complaint)


def test_client_that_does_not_end(tmp_path: Path) -> None:
    """A client that goes on is not waited for after the deadline."""
    with terminal(
        tmp_path, "while True: input()", deadline=lambda **_: worlds.Countdown(2)
    ) as alice:
        alice.leave()
        with pytest.raises(Failure) as caught:
            alice.await_end(END_OF_FILE)
    assert caught.value.message == fact(END_OF_FILE.stays)
    assert caught.value.got == fact("still-runs")
    assert caught.value.evidence == (Evidence.QUIET,)


def test_end_of_the_client_is_the_end_of_the_stream(tmp_path: Path) -> None:
    """Once the client has ended nobody waits for its output."""
    with terminal(tmp_path, "") as alice:
        assert not alice.inbox.wait(lambda: False, worlds.patient())
        assert alice.inbox.ended == "ended"


def test_transcript_tells_what_was_typed(tmp_path: Path) -> None:
    """What was typed and what the client printed stand in the transcript."""
    with terminal(tmp_path, "import sys; sys.stdout.write(f'I am {input()}')") as alice:
        alice.join()
        alice.expect("I am alice")
    events = {(e.who, e.kind, e.text) for e in alice.transcript.events()}
    assert ("alice", EventKind.TYPES, "alice") in events
    assert ("alice", EventKind.PRINTS, "I am alice") in events
