"""What tasks.md tells people to try by hand after a task works then, and shows what it promises."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from support.by_hand import Terminal, Trial, commands, promises, trying
from support.stages import REFERENCE, solved

WELCOME = ("You are connected!", "To terminate the connection to the server, enter leave")
Story = Callable[[Trial], None]


def listening(trial: Trial) -> tuple[Terminal, Terminal]:
    """The server, and alice of task 5, who is in the chat."""
    server, alice = trial.serve(), trial.start(5, 0)
    for line in ("name", *WELCOME):
        alice.sees(line)
    return server, alice


def udp_listening(trial: Trial) -> tuple[Terminal, Terminal]:
    """The UDP server, and alice of task 14, who is in the chat."""
    server, alice = trial.serve(), trial.start(14)
    for text in WELCOME:
        alice.shows(f"b'{text}'")
    return server, alice


def client(trial: Trial, task: int, name: str) -> Terminal:
    """A client, started by the command of this task, with a name that was typed."""
    terminal = trial.start(task)
    terminal.shows("What is your name? ")
    terminal.types(name)
    return terminal


def two_clients(trial: Trial, task: int) -> tuple[Terminal, Terminal]:
    """Two clients, alice and bob, who talk."""
    trial.serve()
    alice = client(trial, task, "alice")
    alice.shows(WELCOME[1])
    bob = client(trial, task, "bob")
    bob.shows(WELCOME[1])
    alice.shows("bob joined!")
    alice.types("hello, bob")
    bob.shows("alice: hello, bob")
    bob.types("hello, alice")
    alice.shows("bob: hello, alice")
    return alice, bob


def task_1(trial: Trial) -> None:
    server = trial.start(1)
    server.misses(2)
    server.ends()


def task_2(trial: Trial) -> None:
    server = trial.serve()
    for _again in range(2):
        guest = trial.start(2)
        guest.shows("connected. Enter ends this ")
        server.sees("Connected with ('127.0.0.1', 50312)")
        server.misses(3)
        guest.types("")
        guest.ends()
    assert server.is_running()


def task_3(trial: Trial) -> None:
    trial.start(3).sees("['bob: hello', 'second']")


def task_4(trial: Trial) -> None:
    server, alice = trial.serve(), trial.start(4)
    alice.sees(r"b'name\n'")
    alice.sees(r"b'name\n'")
    server.misses(5)


def task_5(trial: Trial) -> None:
    server, alice = listening(trial)
    trial.start(5, 1)
    alice.sees("bob joined!")
    server.misses(6)
    assert alice.is_running()


def task_6(trial: Trial) -> None:
    server, alice = listening(trial)
    bob = trial.start(5, 1)
    alice.sees("bob joined!")
    alice.sees("bob: hello")
    bob.types("")
    server.misses(7)


def task_7(trial: Trial) -> None:
    _server, alice = listening(trial)
    bob = trial.start(5, 1)
    alice.shows("bob: hello")
    bob.types("")
    alice.sees("*bob left*")
    bob = trial.start(7)
    alice.sees("bob joined!")
    alice.sees("*bob left*")
    bob.shows(WELCOME[1])
    bob.ends()
    assert alice.seen("*bob left*") == 2


def task_8(trial: Trial) -> None:
    trial.serve()
    alice = client(trial, 8, "alice")
    alice.sees("You are connected!")
    alice.misses(9)
    alice.ends()


def task_9(trial: Trial) -> None:
    trial.serve()
    alice = client(trial, 9, "alice")
    alice.misses(10)
    alice.ends()


def task_10(trial: Trial) -> None:
    alice, _bob = two_clients(trial, 8)
    alice.types("leave")
    alice.misses(11)
    alice.ends()


def task_11(trial: Trial) -> None:
    alice, bob = two_clients(trial, 8)
    alice.types("leave")
    alice.ends()
    bob.sees("*alice left*")
    bob.end_input()
    bob.ends()
    carol = client(trial, 8, "carol")
    carol.shows(WELCOME[1])
    trial.server.close()
    carol.ends()


def task_12(trial: Trial) -> None:
    server = trial.start(12)
    server.misses(13)
    server.ends()


def task_13(trial: Trial) -> None:
    server = trial.serve()
    trial.start(13)
    server.misses(14)


def task_14(trial: Trial) -> None:
    server, _alice = udp_listening(trial)
    server.misses(15)


def task_15(trial: Trial) -> None:
    server, alice = udp_listening(trial)
    trial.start(15)
    alice.sees("b'bob joined!'")
    alice.sees("b'bob: hello'")
    server.misses(16)


def task_16(trial: Trial) -> None:
    server, alice = udp_listening(trial)
    trial.start(15)
    alice.sees("b'*bob left*'")
    assert server.is_running()


def task_17(trial: Trial) -> None:
    trial.serve()
    alice = client(trial, 17, "alice")
    alice.sees("You are connected!")
    alice.misses(18)
    alice.ends()


def task_18(trial: Trial) -> None:
    trial.serve()
    alice = client(trial, 18, "alice")
    alice.misses(19)
    alice.ends()


def task_19(trial: Trial) -> None:
    alice, _bob = two_clients(trial, 17)
    alice.types("leave")
    alice.misses(20)
    alice.ends()


def task_20(trial: Trial) -> None:
    alice, bob = two_clients(trial, 17)
    alice.types("leave")
    alice.ends()
    bob.sees("*alice left*")


STORIES: tuple[Story, ...] = (
    *(task_1, task_2, task_3, task_4, task_5, task_6, task_7, task_8, task_9, task_10),
    *(task_11, task_12, task_13, task_14, task_15, task_16, task_17, task_18, task_19, task_20),
)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__)
def test_by_hand(story: Story, tmp_path: Path) -> None:
    """With all tasks done up to this one, its commands show all that its paragraph promises."""
    task = int(story.__name__.partition("_")[2])
    with trying(tmp_path, task) as trial:
        story(trial)


@pytest.mark.parametrize("task", range(1, 21))
def test_a_stage_has_the_gaps_that_are_left(task: int) -> None:
    """After a task exactly the later ones are still to be written."""
    for name in ("tcp_server.py", "tcp_client.py", "udp_server.py", "udp_client.py"):
        source = (REFERENCE / name).read_text(encoding="utf-8")
        gaps = {n for n in range(1, 21) if f"# >>> task {n}:" in source}
        text = solved(source, task)
        assert {n for n in range(1, 21) if f'Error("task {n}: ' in text} == {
            n for n in gaps if n > task
        }


def test_what_is_quoted_is_a_promise() -> None:
    """Commands are found in code blocks and in the text; what is quoted otherwise is a promise."""
    assert commands(1) == ["python3 lab4/tcp_server.py"] and promises(1) == {"task 2"}
    assert len(commands(5)) == 2 and "bob joined!" in promises(5)
    assert commands(17) == ["python3 lab4/udp_client.py"]
    assert promises(17) == {"You are connected!", "task 18"}
