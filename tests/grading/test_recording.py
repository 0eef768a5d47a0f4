"""A conversation in a submission's own programs, recorded."""

from __future__ import annotations

from pathlib import Path

from support.gradings import REFERENCE
from support.watcher import request

from grader.grading import recording
from grader.result.check import SERVER, Event
from grader.result.recording import Line
from grader.result.verdict import EventKind


def happened(kind: EventKind, text: str, who: str = "alice") -> Event:
    """Something that a window showed."""
    return Event(0.0, kind, who, text, None, False)


def test_what_is_typed_stands_behind_what_asked_for_it() -> None:
    """A terminal's echo is no second line, and what others did is not in the window."""
    events = [
        happened(EventKind.PRINTS, "What is your name? "),
        happened(EventKind.TYPES, "alice"),
        happened(EventKind.PRINTS, "alice\r\nYou are connected!\r\n"),
        happened(EventKind.PRINTS, "bob: hi\n", "bob"),
        happened(EventKind.TYPES, "hello"),
        happened(EventKind.PRINTS, "bob: \x1b[31mhi\x1b[0m\n"),
    ]
    assert recording._lines("alice", events) == [
        Line("What is your name? ", "alice"),
        Line("You are connected!"),
        Line("", "hello"),
        Line("bob: hi"),
    ]


def test_a_conversation_is_recorded() -> None:
    """Two clients and the server of the reference: they join, talk, and one leaves."""
    asked = request(REFERENCE, label="lab4", variants=("tcp",), seed=1, jobs=1)
    (made,) = recording.recorded(asked)
    assert made.variant == "tcp"
    assert [picture.moment for picture in made.pictures] == ["joined", "talked", "left"]
    server, alice, bob = made.pictures[-1].windows
    assert (server.name, alice.name, bob.name) == (SERVER, "alice", "bob")
    assert Line("Name is bob") in server.lines
    assert Line("What is your name? ", "alice") in alice.lines
    assert Line("bob: hello, alice") in alice.lines and Line("alice: hello, bob") in bob.lines
    assert Line("*bob left*") in alice.lines and Line("", "leave") in bob.lines


def test_without_both_programs_there_is_nothing_to_record(tmp_path: Path) -> None:
    """A report without pictures is better than none."""
    (tmp_path / "tcp_server.py").write_text("print('hello')\n")
    asked = request(tmp_path, label="lab4", variants=("tcp",), seed=1, jobs=1)
    assert recording.recorded(asked) == []
