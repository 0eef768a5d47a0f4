"""What a program does not inherit from a parent: signals, the umask, a nameless user."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from support import worlds
from support.worlds import needs_posix

from grader.sandbox import box
from grader.sandbox.box import scratch_folder


@needs_posix
def test_ctrl_c_works_though_the_parent_ignores_it(tmp_path: Path) -> None:
    """Ctrl+C reaches a program also when a shell's background job runs the grader."""
    import signal

    source = "import signal; print(signal.getsignal(signal.SIGINT).__name__)"
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        assert worlds.output(tmp_path, source) == "default_int_handler\n"
    finally:
        signal.signal(signal.SIGINT, before)


@needs_posix
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGCHLD", "SIGUSR1", "SIGALRM"])
def test_no_signal_is_ignored_because_a_parent_does(name: str, tmp_path: Path) -> None:
    """What the grader's parents ignore reaches a program all the same."""
    import signal

    number = getattr(signal, name)
    before = signal.signal(number, signal.SIG_IGN)
    try:
        source = f"import signal; print(signal.getsignal({int(number)}) == signal.SIG_DFL)"
        with worlds.process(tmp_path, source) as program:
            program._stdout.await_end(worlds.PATIENCE)
            assert program._stdout.text == "True\n"
    finally:
        signal.signal(number, before)


@needs_posix
def test_no_signal_is_blocked_because_a_parent_does(tmp_path: Path) -> None:
    """A program starts with no signal blocked."""
    import signal

    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        source = "import signal; print(signal.pthread_sigmask(signal.SIG_BLOCK, ()))"
        assert worlds.output(tmp_path, source) == "set()\n"
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@needs_posix
def test_the_umask_is_that_of_a_shell(tmp_path: Path) -> None:
    """A file that a program makes has the modes that it has elsewhere."""
    before = os.umask(0o077)
    try:
        assert worlds.output(tmp_path, "import os; print(oct(os.umask(0)))") == "0o22\n"
    finally:
        os.umask(before)


@needs_posix
def test_a_user_that_no_file_knows_has_a_name(tmp_path: Path) -> None:
    """``pwd`` has an entry for the program's own user, and for no other that is not there."""
    source = (
        "import os, pathlib, pwd\n"
        "user = os.getuid()\n"
        "entry = pwd.getpwuid(user)\n"
        "print(entry.pw_uid == user, pwd.getpwnam(entry.pw_name).pw_uid == user)\n"
        "print(pathlib.Path(os.getcwd()).owner(), pathlib.Path(os.getcwd()).group())\n"
        "try:\n    pwd.getpwuid(3999999999)\nexcept KeyError:\n    print('unknown')\n"
    )
    unknown = (
        "import grp, pwd\n\ndef nobody(_):\n    raise KeyError\n\n"
        "pwd.getpwuid = grp.getgrgid = nobody\n"
    )
    boot = tmp_path / "boot.py"
    boot.write_text(unknown + Path(box.BOOT).read_text(encoding="utf-8"), encoding="utf-8")
    script = tmp_path / "program.py"
    script.write_text(source)
    with (
        scratch_folder() as folder,
        worlds.started(script, folder, box=replace(worlds.BARE, boot=boot)) as running,
    ):
        printed, complaints = worlds.communicate(running)
    assert (printed, complaints) == (b"True True\nstudent student\nunknown\n", b"")
