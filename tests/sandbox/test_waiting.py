"""Which thread of a process waits for data on which of its files."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from support import worlds

from grader.sandbox import activity, clock, waiting
from grader.sandbox.box import scratch_folder
from grader.sandbox.process import Process
from grader.sandbox.waiting import Waiter

pytestmark = pytest.mark.skipif(
    not waiting.tells(os.getpid()), reason="the system does not tell what threads wait for"
)

HEAD = """\
import ctypes, os, select, selectors, socket, sys, threading
one, other = socket.socketpair()
two, _ = socket.socketpair()
def start(target, *args): threading.Thread(target=target, args=args, daemon=True).start()
def epoll(sock):
    s = selectors.EpollSelector()
    s.register(sock, selectors.EVENT_READ)
    s.select()
def poll(*socks):
    p = select.poll()
    for sock in socks: p.register(sock, select.POLLIN)
    p.poll()
def writing(sock):
    p = select.poll()
    p.register(sock, select.POLLERR)
    p.poll()
def closed(sock):
    copy = sock.dup()
    s = selectors.EpollSelector()
    s.register(copy, selectors.EVENT_READ)
    copy.close()
    s.select()
"""
TAIL = """
print(os.readlink(f"/proc/self/fd/{one.fileno()}"), flush=True)
print(os.readlink(f"/proc/self/fd/{two.fileno()}"), flush=True)
threading.Event().wait()
"""
ALONE = {
    "recv": "start(one.recv, 9)",
    "recv_into": "start(one.recv_into, bytearray(9))",
    "recvmsg": "start(one.recvmsg, 9)",
    "read": "start(os.read, one.fileno(), 9)",
    "makefile": "start(one.makefile().readline)",
    "a timeout": "one.settimeout(60); start(one.recv, 9)",
    "select": "start(select.select, [one], [], [])",
    "select, with who writes": "start(select.select, [one], [], [two], 60)",
    "poll": "start(poll, one)",
    "epoll": "start(epoll, one)",
    "a duplicate": "start(one.dup().recv, 9)",
    "a duplicate that is closed": "start(closed, one)",
}
BOTH = {
    "select": "start(select.select, [one, two], [], [])",
    "poll": "start(poll, one, two)",
}


@contextlib.contextmanager
def waiters(folder: Path, source: str) -> Iterator[tuple[Process, list[Waiter], str, str]]:
    """Who waits in a program that is still, and the names of its two sockets."""
    script = folder / "program.py"
    script.write_text(HEAD + source + TAIL, encoding="utf-8")
    with scratch_folder() as scratch, worlds.started(script, scratch) as process:
        one, two = (process.stdout.readline().decode().strip() for _ in range(2))
        pid = process.await_pid()
        assert clock.wait_still(lambda: activity.sample([pid]), 0.02, cap=worlds.PATIENCE)
        yield process, waiting.waiters([pid]), one, two


@pytest.mark.parametrize("source", ALONE.values(), ids=ALONE)
def test_one_file(source: str, tmp_path: Path) -> None:
    """A thread that waits for one socket waits for that alone, whatever it calls."""
    with waiters(tmp_path, source) as (_process, found, one, _two):
        assert [waiter.files for waiter in found] == [{one}]
        assert not found[0].is_first and not found[0].peeks


@pytest.mark.parametrize("source", BOTH.values(), ids=BOTH)
def test_two_files(source: str, tmp_path: Path) -> None:
    """A thread that waits for two sockets waits for both."""
    with waiters(tmp_path, source) as (_process, found, one, two):
        assert [waiter.files for waiter in found] == [{one, two}]


@pytest.mark.parametrize("call", ["one.recv", "one.recvmsg"])
def test_peeking(call: str, tmp_path: Path) -> None:
    """A thread that leaves the data where it is peeks."""
    arguments = "9, socket.MSG_PEEK" if call == "one.recv" else "9, 0, socket.MSG_PEEK"
    with waiters(tmp_path, f"start({call}, {arguments})") as (_process, found, _one, _two):
        assert [waiter.peeks for waiter in found] == [True]


def test_waiting_for_something_else(tmp_path: Path) -> None:
    """Whoever waits for an event, or for a socket's errors alone, does not wait for its data."""
    source = "start(writing, one); start(threading.Event().wait); start(one.accept) if 0 else None"
    with waiters(tmp_path, source) as (_process, found, one, _two):
        assert not [waiter for waiter in found if one in waiter.files]


def test_first_thread(tmp_path: Path) -> None:
    """The thread with which a process begins is known."""
    script = tmp_path / "program.py"
    script.write_text("print('ready', flush=True); input()", encoding="utf-8")
    with scratch_folder() as scratch, worlds.started(script, scratch) as process:
        assert process.stdout.readline() == b"ready\n"
        pid = process.await_pid()
        assert clock.wait_still(lambda: activity.sample([pid]), 0.02, cap=worlds.PATIENCE)
        (waiter,) = waiting.waiters([pid])
        assert waiter.is_first and waiter.inner == waiter.thread
        assert waiter.files == {f"pipe:[{os.fstat(process.stdin.fileno()).st_ino}]"}


def test_name_of_a_thread_does_not_matter(tmp_path: Path) -> None:
    """A thread that gives itself a name like a line of its status has the id that it has."""
    source = (
        "def named():\n    ctypes.CDLL(None).prctl(15, b'x\\nNSpid:\\t1', 0, 0, 0)\n"
        "    one.recv(9)\nstart(named)"
    )
    with waiters(tmp_path, source) as (_process, found, _one, _two):
        assert [waiter.inner for waiter in found] == [waiter.thread for waiter in found]


def test_process_that_is_gone(tmp_path: Path) -> None:
    """In a process that is gone nobody waits."""
    with waiters(tmp_path, ALONE["recv"]) as (process, _found, _one, _two):
        process.end()
        assert waiting.waiters([process.await_pid()]) == []
        assert waiting.files(process.await_pid()) == {}


def test_nothing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system does not tell about threads, or the machine is another one, it is said."""
    monkeypatch.setattr(waiting, "_NAMES", {})
    assert not waiting.tells(os.getpid())
    monkeypatch.undo()
    monkeypatch.setattr(activity, "_supported", False)
    assert not waiting.tells(os.getpid())
