"""The end of a chat: its processes, its folder, who is gone."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from support import lifelines, programs, worlds
from support.worlds import needs_posix, world_with

from grader.chat.world import Chat
from grader.sandbox import box

SERVERS = {"tcp": programs.TCP_SERVER, "udp": programs.UDP_SERVER}


@needs_posix
def test_everything_is_ended(tmp_path: Path, variant: str) -> None:
    """After the check no process of it is left, however it ended."""
    folder = tmp_path / "submission"
    with lifelines.lifeline(tmp_path) as line:
        server = line.source + SERVERS[variant]
        with pytest.raises(AssertionError, match="broken"):
            breaks(world_with(folder, variant, server), line)
        assert line.gone()


def breaks(opened: contextlib.AbstractContextManager[Chat], line: lifelines.Lifeline) -> None:
    """A check that is broken itself, in the middle of a chat."""
    with opened as world:
        world.join("alice", "bob")
        world.terminal("carol")
        line.come()
        raise AssertionError("broken")


def test_chat_without_processes_is_gone(world: Chat) -> None:
    """Where nothing was started there is nothing to wait for."""
    assert world.settle(0.01)
    sample = world.sample()
    assert sample is None or not sample.alive


def test_folder_is_gone_afterwards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder that the submission runs in goes with the check."""
    monkeypatch.setattr(box.tempfile, "tempdir", str(tmp_path))
    with worlds.world(tmp_path / "submission", "tcp") as world:
        world.start_server()
        assert len(list(tmp_path.glob("chat-*"))) == 1
    assert list(tmp_path.glob("chat-*")) == []
