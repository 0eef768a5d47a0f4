"""Programs at a terminal of their own, at every level."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
from support import boxes, worlds
from support.boxes import each_level
from support.worlds import needs_linux, needs_posix

from grader.sandbox import pseudo_terminal, waiting
from grader.sandbox.box import Box
from grader.sandbox.process import Process
from grader.sandbox.pseudo_terminal import COLUMNS, LONGEST_LINE, ROWS

fcntl = pytest.importorskip("fcntl")
termios = pytest.importorskip("termios")
pytestmark = needs_posix
# It never blocks: a signal that comes just before would be found after a key alone.
INTERRUPTED = (
    "try:\n    print('ready')\n    while True: pass\n"
    "except KeyboardInterrupt:\n    raise SystemExit(7)"
)


@contextmanager
def at_terminal(scratch: Path, box: Box, source: str) -> Iterator[Process]:
    """A program at a terminal."""
    script = scratch / "submission" / "program.py"
    script.parent.mkdir()
    script.write_text(source, encoding="utf-8")
    box = replace(box, terminals=True)
    room = boxes.room(scratch)
    running = box.start(script, [], room, worlds.LOOPBACK, terminal=True)
    try:
        yield running
    finally:
        running.end()
        running.close()


def screen(child: Process, until: bytes = b"") -> bytes:
    """What is on the screen once this is there, or at the end of the program."""
    shown = b""
    with suppress(OSError):  # Linux ends a terminal with an error
        while not (until and until in shown):
            piece = child.stdout.read(4096)
            if not piece:
                break
            shown += piece
    return shown


@each_level
def test_it_is_a_terminal(box: Box, scratch: Path) -> None:
    """Keyboard and screen are a terminal with a size and a kind; complaints go elsewhere."""
    source = (
        "import os, termios\n"
        "print([os.isatty(n) for n in range(3)], *os.get_terminal_size(), os.environ['TERM'])\n"
        "print(bool(termios.tcgetattr(0)[3] & termios.ICANON), open(os.ttyname(0)).isatty())\n"
    )
    with at_terminal(scratch, box, source) as child:
        assert screen(child).decode() == (
            f"[True, True, False] {COLUMNS} {ROWS} dumb\nTrue True\n"
        ), child.stderr.read()


@each_level
def test_what_is_typed_is_read_and_not_shown(box: Box, scratch: Path) -> None:
    """The screen has what the program writes, its question included, and nothing else."""
    source = "print(input('name? '))\nprint(repr(input()))"
    with at_terminal(scratch, box, source) as child:
        child.stdin.write("álice\n\tone\rtwo\x13\x1a\x7f\n".encode())
        assert screen(child).decode() == "name? álice\n'\\tone\\rtwo\\x13\\x1a\\x7f'\n"
        assert child.stderr.read() == b""


@each_level
def test_ctrl_d_ends_the_input(box: Box, scratch: Path) -> None:
    """It is pressed where a line would begin."""
    source = "print(input())\ntry: input()\nexcept EOFError: print('end')"
    with at_terminal(scratch, box, source) as child:
        child.stdin.write(b"one\n")
        child.end_input()
        assert screen(child) == b"one\nend\n"


@each_level
def test_ctrl_c_on_the_keyboard(box: Box, scratch: Path) -> None:
    """The terminal is the program's own: Ctrl+C comes to it."""
    with at_terminal(scratch, box, INTERRUPTED) as child:
        screen(child, b"ready")
        child.stdin.write(b"\x03")
        assert child.wait(worlds.PATIENCE) == 7


@each_level
def test_interrupt_reaches_the_program(box: Box, scratch: Path) -> None:
    """So does an interrupt that nobody has typed."""
    with at_terminal(scratch, box, INTERRUPTED) as child:
        screen(child, b"ready")
        child.interrupt()
        assert child.wait(worlds.PATIENCE) == 7


@each_level
def test_terminal_by_its_name(box: Box, scratch: Path) -> None:
    """A program finds its own terminal by the name that all programs know."""
    source = "print(open('/dev/tty').readline(), end='')"
    with at_terminal(scratch, box, source) as child:
        child.stdin.write(b"hello\n")
        assert screen(child) == b"hello\n"


@each_level
def test_last_words_are_on_the_screen(box: Box, scratch: Path) -> None:
    """Nothing is lost when the program ends before the screen was read."""
    source = "import os; os.write(1, b'x' * 3000); os._exit(0)"
    with at_terminal(scratch, box, source) as child:
        assert child.wait(worlds.PATIENCE) == 0
        assert len(screen(child)) == 3000


@each_level
def test_hang_up_ends_the_program(box: Box, scratch: Path) -> None:
    """When its window is closed, a program ends as it would on a desktop."""
    with at_terminal(scratch, box, "input('ready')") as child:
        screen(child, b"ready")
        child.close()
        assert child.wait(worlds.PATIENCE) == -signal.SIGHUP


@needs_linux
@each_level
def test_keyboard_is_named_as_from_outside(box: Box, scratch: Path) -> None:
    """Who waits for typing is found by the name of the terminal."""
    source = "print('ready')\ninput()"
    with at_terminal(scratch, box, source) as child:
        screen(child, b"ready")
        assert waiting.files(child.await_pid())[0] == child.keyboard


@needs_linux
@each_level
def test_what_is_typed_is_there_at_once(box: Box, scratch: Path) -> None:
    """When typing is over the program has it all, and needs no time that it is not given."""
    with at_terminal(scratch, box, "print('ready')\nprint(input())") as child:
        screen(child, b"ready\n")
        program = psutil.Process(child.await_pid())
        program.suspend()
        while program.status() != psutil.STATUS_STOPPED:
            pass
        child.type(b"hello\n")
        waiting_bytes = bytearray(4)
        with open(child.keyboard, "rb", buffering=0) as end:
            fcntl.ioctl(end, termios.FIONREAD, waiting_bytes)
        program.resume()
        assert int.from_bytes(waiting_bytes, sys.byteorder) == len(b"hello\n")
        assert screen(child) == b"hello\n"


@pytest.mark.parametrize("length", [1, LONGEST_LINE])
def test_longest_line_comes_whole(length: int, scratch: Path) -> None:
    """So much of a line is handed on."""
    with at_terminal(scratch, worlds.BARE, "print(len(input()))") as child:
        child.stdin.write(b"x" * length + b"\n")
        assert screen(child) == b"%d\n" % length


def test_without_a_terminal_there_are_pipes(scratch: Path) -> None:
    """Where there are none to give, the program is started all the same."""
    script = scratch / "program.py"
    script.write_text("import os; print(os.isatty(0), os.environ.get('TERM'), input('? '))")
    running = worlds.BARE.start(script, [], scratch, worlds.LOOPBACK, terminal=True)
    try:
        assert worlds.communicate(running, b"hello\n")[0] == b"? False None hello\n"
    finally:
        running.end()
        running.close()


def test_nothing_stays_open(scratch: Path) -> None:
    """Neither end of a terminal stays open once its program was ended and closed."""
    before = len(os.listdir("/dev/fd"))
    with at_terminal(scratch, worlds.BARE, "input()"):
        pass
    assert len(os.listdir("/dev/fd")) == before


def test_machine_without_terminals(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that refuses to make one has none."""
    assert pseudo_terminal.available()

    def refuse() -> tuple[int, int]:
        raise OSError("out of pty devices")

    monkeypatch.setattr(os, "openpty", refuse)
    assert not pseudo_terminal.available()
