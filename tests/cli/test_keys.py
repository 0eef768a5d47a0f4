"""Keys while ``--watch`` waits, and what they show."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest
from support import samples
from support.worlds import needs_posix

from grader import language
from grader.cli import keys, watch
from grader.reports.terminal import on_demand, screen
from grader.reports.terminal.console import make_console


@needs_posix
def test_a_key_is_there_without_enter(monkeypatch: pytest.MonkeyPatch) -> None:
    """In small letters and unseen; afterwards the terminal is what it was."""
    import pty
    import termios

    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "r", encoding="utf-8") as terminal:
        monkeypatch.setattr(sys, "stdin", terminal)
        monkeypatch.setattr(keys, "_is_there", lambda: True)
        before = termios.tcgetattr(terminal)
        with keys.Keys() as there:
            assert there.pressed() == ""
            os.write(ours, b"H")
            assert there.pressed() == "h"
            flags = termios.tcgetattr(terminal)[3]
            assert not flags & termios.ECHO and flags & termios.ISIG
        assert termios.tcgetattr(terminal) == before
    os.close(ours)


def test_without_a_terminal_there_are_no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pipe is no keyboard: what comes there is left alone."""
    monkeypatch.setattr(sys, "stdin", io.StringIO("q"))
    with keys.Keys() as there:
        assert not there.are_there and there.pressed() == ""


class Pressed:
    """A keyboard on which one key is pressed."""

    def __init__(self, key: str) -> None:
        self._key = key

    def pressed(self) -> str:
        """The key."""
        return self._key


@pytest.mark.parametrize("key", ["q", "й"])
def test_q_ends(key: str) -> None:
    """Also where the keyboard has Cyrillic letters just now."""
    shown = screen.Screen(make_console(io.StringIO()))
    with pytest.raises(KeyboardInterrupt):
        watch._answer(Pressed(key), shown, None)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("key", "told"), [("h", "Task 5: welcome the newcomer"), ("t", "transcript"), ("x", "")]
)
def test_a_key_shows_something(key: str, told: str) -> None:
    """The hint of the next task, the trace of the first failure; others do nothing."""
    page = io.StringIO()
    shown = screen.Screen(make_console(page, width=100))
    watch._answer(Pressed(key), shown, samples.failing())  # type: ignore[arg-type]
    assert told in page.getvalue() and bool(told) == bool(page.getvalue())


def test_nothing_to_hint_at() -> None:
    """A full mark has neither."""
    page = io.StringIO()
    on_demand.hint(samples.full(), make_console(page))
    on_demand.trace(samples.full(), make_console(page))
    assert "nothing is left to write" in page.getvalue()
    assert "no check has failed" in page.getvalue()


@pytest.mark.parametrize("lang", language.LANGUAGES)
def test_every_task_has_a_hint(lang: str) -> None:
    """In each language, by its number."""
    language.use(lang)
    assert all(on_demand.section(task) for task in range(1, 21))
    assert on_demand.section(21) == ""
    assert (Path(on_demand.ROOT) / "hints.md").is_file()
