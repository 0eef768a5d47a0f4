"""A student's client, driven through a terminal, or through pipes where there is none."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from support import worlds
from support.worlds import needs_posix

from grader.chat.dialect import Dialect
from grader.chat.failure import Failure
from grader.chat.participants.terminal import END_FOR_NAME, END_OF_FILE, Terminal
from grader.chat.transcript import Transcript
from grader.fact import fact
from grader.result.verdict import EventKind, Evidence
from grader.sandbox.box import Site, scratch_folder
from grader.sandbox.clock import Deadline
from grader.sandbox.pseudo_terminal import LONGEST_LINE


@pytest.fixture(autouse=True, params=["pipes", pytest.param("terminal", marks=needs_posix)])
def kind(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Each test holds at a terminal as it does over pipes."""
    box = replace(worlds.BARE, terminals=request.param == "terminal")
    monkeypatch.setattr(worlds, "BARE", box)
    return str(request.param)


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


def test_colours_within_a_text_are_taken_out(tmp_path: Path) -> None:
    """A client may paint the name in another colour than the text, and erase what was there."""
    source = "print('> ', end='')\nprint('\\r\\x1b[K\\x1b[36mbob\\x1b[0m: hi')"
    with terminal(tmp_path, source) as alice:
        alice.expect("bob: hi\n")


def test_it_is_at_a_terminal(tmp_path: Path, kind: str) -> None:
    """A client that asks learns what it is at."""
    with terminal(tmp_path, "import os; print([os.isatty(n) for n in range(3)])") as alice:
        alice.expect("[True, True, False]" if kind == "terminal" else "[False, False, False]")


def test_question_is_on_the_screen(tmp_path: Path) -> None:
    """What `input` asks is printed, and no complaint."""
    with terminal(tmp_path, "input('name? ')") as alice:
        alice.expect("name? ")
        alice.join()
        alice.await_end(END_FOR_NAME)
        assert alice.process.complaints() == ""


@pytest.mark.parametrize(
    "shows",
    ["import sys; print('bob: hi', file=sys.stderr)", "import logging; logging.warning('bob: hi')"],
)
def test_standard_error_counts(shows: str, tmp_path: Path) -> None:
    """A message on standard error is shown, once, and it is known where."""
    with terminal(tmp_path, f"{shows}\nprint('name?', flush=True)\ninput()") as alice:
        alice.expect("name?")
        assert not alice.speaks_aside
        alice.expect("bob: hi")
        assert (alice.count("bob: hi"), alice.speaks_aside) == (1, True)
        assert not alice.inbox.contains("bob: hi")
        for message in ("bob: hi", "bob: hi", "bob: ho"):
            alice.count_in(message)
        assert (alice.inbox.text().count("bob: hi"), alice.speaks_aside) == (1, True)
        assert not alice.inbox.contains("bob: ho")


def test_both_streams_show_one_message(tmp_path: Path) -> None:
    """A client that logs what it shows has shown it once, and where it should."""
    source = "import sys; print('bob: hi', file=sys.stderr); print('bob: hi')"
    with terminal(tmp_path, source) as alice:
        alice.expect("bob: hi")
        assert alice.process.wait(worlds.patient()) == 0
        assert (alice.count("bob: hi"), alice.speaks_aside) == (1, False)


def test_an_exception_shows_nothing(tmp_path: Path) -> None:
    """A message in a traceback is no message that anybody shows."""
    with terminal(tmp_path, "raise ValueError('bob: hi')") as alice:
        with pytest.raises(Failure) as caught:
            alice.expect("bob: hi")
        assert caught.value.evidence == (Evidence.END_OF_STREAM,)
        assert caught.value.got == fact("on-standard-error", text="bob: hi")


def test_end_of_input(tmp_path: Path) -> None:
    """Ctrl+D ends the input."""
    with terminal(tmp_path, "try: input()\nexcept EOFError: print('end')") as alice:
        alice.end_input()
        alice.expect("end")


def test_end_of_input_for_who_edits_lines(tmp_path: Path) -> None:
    """Ctrl+D is pressed again for a client that has lost it by `readline`."""
    pytest.importorskip("readline")
    source = (
        "import readline\nprint('ready')\nwhile not ALICE.exists(): time.sleep(0.001)\n"
        "try: input()\nexcept EOFError: print('end')"
    )
    go = tmp_path / "go"
    source = f"import pathlib, time\nALICE = pathlib.Path({str(go)!r})\n{source}"
    with terminal(tmp_path, source) as alice:
        alice.expect("ready")
        alice.end_input()
        go.touch()
        alice.await_end(END_FOR_NAME)
        assert alice.has("end")


def test_end_of_input_for_who_reads_again(tmp_path: Path) -> None:
    """A client that finds its input ended twice before it ends is told so twice."""
    source = "import sys\nname = sys.stdin.readline()\nfor line in sys.stdin: print(line)"
    with terminal(tmp_path, source) as alice:
        alice.end_input()
        alice.await_end(END_FOR_NAME)
        assert alice.process.status == 0


def test_line_too_long_for_a_keyboard(tmp_path: Path) -> None:
    """Nobody can type such a line: it would be cut without a word."""
    with terminal(tmp_path, "input()") as alice, pytest.raises(ValueError, match="at most"):
        alice.send("x" * (LONGEST_LINE + 1))


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


def test_unwritten_task_is_known(tmp_path: Path) -> None:
    """What a client has not written yet is found, whatever it has asked before."""
    source = "input('name? ')\nraise NotImplementedError('task 9: receive in a thread')"
    with terminal(tmp_path, source) as alice:
        alice.join()
        assert alice.process.wait(worlds.patient()) == 1
        assert [task.number for task in alice.process.unwritten([8, 9])] == [9]


@needs_posix
def test_all_is_heard_when_nothing_is_left(tmp_path: Path) -> None:
    """Once nothing is left to be read, everything written before has been taken in."""
    source = "import sys\nprint('x' * 3000)\nsys.stderr.write('ready')\ninput()"
    with terminal(tmp_path, source) as alice:
        deadline = worlds.patient()
        while alice.process.complaints() != "ready" or not alice.process.is_heard():
            assert not deadline.over()
        assert alice.count("x") == 3000


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
