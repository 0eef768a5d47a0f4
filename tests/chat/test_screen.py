"""What can be read of what a program writes to a terminal."""

from __future__ import annotations

import pytest

from grader.chat.screen import LONGEST, Screen, readable

TEXTS = {
    "plain text, a tab": (b"bob: hi\tthere\n", b"bob: hi\tthere\n"),
    "letters beyond ASCII": ("боб: ¡привет 👋\n".encode(), "боб: ¡привет 👋\n".encode()),
    "a colour within a word": (b"b\x1b[1;38;5;208mo\x1b[0mb: hi", b"bob: hi"),
    "a colour by colons": (b"\x1b[38:2::255:0:0mbob", b"bob"),
    "an erased line": (b"\r\x1b[2Kbob: hi", b"\nbob: hi"),
    "a prompt that is overwritten": (b"> \rbob: hi\n> ", b"> \nbob: hi\n> "),
    "newlines of a terminal": (b"one\r\ntwo\r\n", b"one\ntwo\n"),
    "a cursor that moves": (b"\x1b[10;20Hbob\x1b[A\x1b[?25l", b"bob"),
    "a title": (b"\x1b]0;my chat\x07bob", b"bob"),
    "a title ended by an escape": (b"\x1b]2;my chat\x1b\\bob", b"bob"),
    "a link": (b"\x1b]8;;http://localhost\x1b\\bob\x1b]8;;\x1b\\", b"bob"),
    "a text for the device": (b"\x1bPq#0\x1b\\bob", b"bob"),
    "a place kept and found again": (b"\x1b7bob\x1b8", b"bob"),
    "a set of letters": (b"\x1b(Bbob", b"bob"),
    "what a key gets": (b"\x1b=\x1b>bob\x1bc", b"bob"),
    "bracketed paste": (b"\x1b[?2004h> \x1b[?2004lbob", b"> bob"),
    "bells and backspaces": (b"\x07bob\x08\x00\x7f", b"bob"),
    "controls of the second set": ("\x9bbob\x85".encode(), b"bob"),
    "an escape alone": (b"bob\x1b", b"bob"),
    "a title without an end": (b"\x1b]0;bob\n", b"]0;bob\n"),
}


@pytest.mark.parametrize(("written", "seen"), TEXTS.values(), ids=TEXTS)
def test_colours_and_controls_are_taken_out(written: bytes, seen: bytes) -> None:
    """What is left is what a person reads."""
    assert readable(written) == seen


@pytest.mark.parametrize("written", [written for written, _ in TEXTS.values()], ids=TEXTS)
def test_pieces_may_be_cut_anywhere(written: bytes) -> None:
    """Byte by byte it is the same text."""
    screen = Screen()
    written += b"\n"
    assert b"".join(screen.write(bytes([byte])) for byte in written) == readable(written)


def test_letters_wait_for_nothing() -> None:
    """What is surely to be read is handed on at once."""
    screen = Screen()
    assert screen.write(b"bob: hi\x1b[") == b"bob: hi"
    assert screen.write(b"0m\n") == b"\n"


def test_nobody_waits_for_a_sequence_without_an_end() -> None:
    """A program that begins a title and goes on with other things is heard."""
    screen = Screen()
    screen.write(b"\x1b]0;" + b"x" * LONGEST)
    assert screen.write(b"bob") == b"bob"
