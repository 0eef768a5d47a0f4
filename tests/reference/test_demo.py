"""The demo: what it shows, that it ends, and that nothing of it is left."""

from __future__ import annotations

import contextlib
import html
import os
import re
import socket
import subprocess
from pathlib import Path

import pytest
from support.demo import ON_POSIX, PATIENCE, command, processes_with, run


def assert_in_order(lines: list[str], *wanted: str) -> None:
    """Assert that these lines are there, one after the other, whatever comes between."""
    rest = iter(lines)
    for line in wanted:
        assert line in rest, f"{line!r} is not there, or too early"


COMMON = (
    "alice: What is your name? alice",
    "alice: You are connected!",
    "server: Name is alice",
    "bob: What is your name? bob",
    "alice: bob joined!",
    "carol: What is your name? carol",
    "alice: carol joined!",
    "bob: carol joined!",
    "alice> hello, everyone!",
    "bob: alice: hello, everyone!",
    "carol: alice: hello, everyone!",
    "bob> leave",
    "bob: (ended, status 0)",
    "alice: *bob left*",
    "carol: *bob left*",
    "carol> see you, bob",
    "alice: carol: see you, bob",
    "carol: (killed)",
)


def test_tcp(port: int) -> None:
    """Over TCP, a client that is killed is noticed, and so is the end of the server."""
    done = run("--fast", "--port", port)
    assert (done.returncode, done.stderr) == (0, "")
    assert_in_order(
        done.stdout.splitlines(),
        *COMMON,
        "alice: *carol left*",
        "server> ^C",
        "alice: The server is gone.",
        "alice: (ended, status 1)",
    )
    assert not processes_with(port)


def test_udp(port: int) -> None:
    """Over UDP, neither is noticed before somebody writes."""
    done = run("--fast", "--udp", "--port", port)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert_in_order(lines, *COMMON, "alice> carol?", "server> ^C", "alice> is anybody there?")
    assert any(line.startswith("alice: cannot reach the server") for line in lines)
    assert "alice: *carol left*" not in lines
    assert not processes_with(port)


@pytest.mark.parametrize("variant", [[], ["--udp"]], ids=["tcp", "udp"])
def test_messages_do_not_come_back(port: int, variant: list[str]) -> None:
    """Nobody is shown a message or a notice of their own."""
    lines = run("--fast", *variant, "--port", port).stdout.splitlines()
    for name in ("alice", "bob", "carol"):
        assert f"{name}: {name} joined!" not in lines
        assert f"{name}: *{name} left*" not in lines
        assert not [line for line in lines if line.startswith(f"{name}: {name}: ")]


@pytest.mark.parametrize("variant", [[], ["--udp"]], ids=["tcp", "udp"])
def test_russian(port: int, variant: list[str]) -> None:
    """All that the demo says itself is in Russian; the chat is what it is."""
    done = run("--fast", "--lang", "ru", *variant, "--port", port)
    assert (done.returncode, done.stderr) == (0, "")
    captions = [line for line in done.stdout.splitlines() if line.startswith("== ")]
    english = re.compile(r"(?:\b[A-Za-z]{2,} ){2}")
    assert len(captions) > 10 and not [line for line in captions if english.search(line)]
    assert "bob: (завершён, код 0)" in done.stdout
    assert "carol: (завершён принудительно)" in done.stdout


def test_nobody_comes_before_the_server(port: int) -> None:
    """At full speed, too, the server is there before a client is: none has to be started again."""
    for _ in range(3):
        lines = run("--fast", "--udp", "--port", port).stdout.splitlines()
        before = lines[
            : lines.index("== Ctrl+C ends the server. Over UDP, alice's client does not notice.")
        ]
        assert not [line for line in before if "cannot reach" in line]
        assert lines.count("alice: You are connected!") == 1


def test_same_every_time(port: int) -> None:
    """Apart from the ports of the clients, the text is the same in every run."""
    first, second = (run("--fast", "--port", port).stdout for _ in range(2))
    clients = re.compile(r"\('127\.0\.0\.1', \d+\)")
    assert clients.sub("", first) == clients.sub("", second)


def test_pipe_gets_no_escape_codes(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a pipe there are plain lines, even where colours are forced."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b" not in run("--fast", "--port", port).stdout


def test_usual_port_taken() -> None:
    """Where the usual port is taken, the demo uses another one."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other:
        with contextlib.suppress(OSError):  # somebody else has it: as good
            other.bind(("127.0.0.1", 14901))
        done = run("--fast", "--udp")
    assert (done.returncode, done.stderr) == (0, "")
    assert "on port 14901." not in done.stdout


def test_picture(port: int, tmp_path: Path) -> None:
    """The picture shows the conversation and loads nothing."""
    file = tmp_path / "demo.svg"
    assert run("--fast", "--port", port, "--svg", file).returncode == 0
    svg = file.read_text(encoding="utf-8")
    assert "@font-face" not in svg
    assert not re.search(r"(href|src)=|url\((?!#)|@import", svg)
    text = html.unescape(svg).replace("\xa0", " ")
    for piece in (">hello, everyone!<", ">: hello, everyone!<", ">leave<", ">(killed)<"):
        assert piece in text
    assert "The server is gone." not in text


def test_picture_not_writable(port: int, tmp_path: Path) -> None:
    """A picture that cannot be written is one line on stderr, and the processes end."""
    done = run("--fast", "--port", port, "--svg", tmp_path / "nowhere" / "demo.svg")
    assert done.returncode == 1
    assert re.fullmatch(r"demo: .*demo\.svg.*\n", done.stderr)
    assert not processes_with(port)


@pytest.mark.parametrize("text", ["abc", "0", "-1", "65536", ""])
def test_wrong_port(text: str) -> None:
    """A port that no server can have is refused before anything starts."""
    done = run("--fast", f"--port={text}")
    assert done.returncode == 2
    assert done.stdout == ""
    assert "expected a number from 1 to 65535" in done.stderr


@pytest.mark.parametrize("variant", [[], ["--udp"]], ids=["tcp", "udp"])
def test_port_taken(port: int, variant: list[str]) -> None:
    """A server that cannot have the port it was given is one line on stderr."""
    kind = socket.SOCK_DGRAM if variant else socket.SOCK_STREAM
    with socket.socket(socket.AF_INET, kind) as other:  # answers nobody
        other.bind(("127.0.0.1", port))
        if not variant:
            other.listen()
        done = run("--fast", *variant, "--port", port)
    assert done.returncode == 1
    assert re.fullmatch(rf"demo: the server has ended: cannot .*port {port}: .*\n", done.stderr)
    assert not processes_with(port)


def test_text_stays_text(port: int, copy: Path, tmp_path: Path) -> None:
    """What a process prints is shown as it is, without a meaning for the screen."""
    file = copy / "tcp_client.py"
    text = file.read_text(encoding="utf-8")
    file.write_text(r'print("[red]x[/] \x1b[2J")' + "\n" + text, encoding="utf-8")
    svg = tmp_path / "demo.svg"
    done = run("--fast", "--port", port, "--svg", svg, folder=copy)
    assert (done.returncode, done.stderr) == (0, "")
    assert "bob: [red]x[/] ?[2J" in done.stdout
    assert "[red]x[/]" in svg.read_text(encoding="utf-8")


@ON_POSIX
@pytest.mark.parametrize("colours", [True, False], ids=["colours", "no-colours"])
def test_terminal(port: int, colours: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal there are panels, and at the end the cursor is back."""
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)
    if not colours:
        monkeypatch.setenv("NO_COLOR", "1")
    screen = run_in_terminal("--fast", "--port", str(port))
    assert "╭" in screen and "That was all." in screen
    assert screen.rfind("\x1b[?25h") > screen.rfind("\x1b[?25l") >= 0
    assert screen.rfind("\x1b[?1049l") > screen.rfind("\x1b[?1049h") >= 0
    assert bool(re.search(r"\x1b\[(\d+;)*[349]\d[;m]", screen)) == colours
    assert not processes_with(port)


def run_in_terminal(*arguments: str) -> str:
    """Run the demo in a terminal of 80 columns and 24 lines; return all that was written to it."""
    import fcntl
    import struct
    import termios

    ours, theirs = os.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    with subprocess.Popen(command(*arguments), stdin=theirs, stdout=theirs) as demo:
        os.close(theirs)
        written = b""
        with contextlib.suppress(OSError):  # how Linux says that nobody writes any more
            while data := os.read(ours, 65536):
                written += data
        os.close(ours)
        assert demo.wait(PATIENCE) == 0
    return written.decode()
