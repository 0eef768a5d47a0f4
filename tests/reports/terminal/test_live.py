"""Progress while the checks run."""

from __future__ import annotations

import io
import threading
from typing import NoReturn

import pytest
from rich.console import Console
from support import samples

from grader.reports.terminal.live import Live
from grader.result.verdict import Verdict

HIDE, SHOW = "\x1b[?25l", "\x1b[?25h"
PLANNED = ("tcp.starts", "tcp.join-notice", "udp.starts")


def terminal(width: int = 80) -> tuple[Console, io.StringIO]:
    """A console that takes its file for a terminal."""
    file = io.StringIO()
    return Console(file=file, width=width, force_terminal=True, legacy_windows=False), file


def drawn(file: io.StringIO) -> str:
    """What was drawn since the last look."""
    text = file.getvalue()
    file.seek(0)
    file.truncate()
    return text


def test_a_running_check_is_shown() -> None:
    """The line of its variant names the check and what it shows."""
    console, file = terminal()
    with Live(console, PLANNED) as live:
        drawn(file)
        live.started("tcp.join-notice", "everyone is told")
        text = drawn(file)
    assert "join-notice" in text
    assert "everyone is told" in text


def test_finished_checks_are_counted() -> None:
    """Passes and failures are counted for each variant."""
    console, file = terminal()
    console.no_color = True
    with Live(console, PLANNED) as live:
        live.finished(samples.check("tcp.starts"))
        drawn(file)
        live.finished(samples.check("tcp.join-notice", Verdict.FAIL))
        text = drawn(file)
    assert "2 of 2" in text
    assert "✓ 1" in text
    assert "✗ 1" in text
    assert "0 of 1" in text


def test_a_finished_check_runs_no_longer() -> None:
    """With several checks at once, the one that still runs stays."""
    console, file = terminal()
    with Live(console, PLANNED) as live:
        live.started("tcp.starts", "the first")
        live.started("tcp.join-notice", "the second")
        drawn(file)
        live.finished(samples.check("tcp.join-notice"))
        text = drawn(file)
    assert "the first" in text
    assert "the second" not in text


def test_hostile_titles_are_escaped() -> None:
    """What is shown while running is as harmless as the table."""
    console, file = terminal(400)
    with Live(console, PLANNED) as live:
        live.started("tcp.starts", samples.HOSTILE)
        assert "\\x1b]8;;" in file.getvalue()


def test_nothing_is_drawn_between_events() -> None:
    """No thread redraws while a check runs."""
    console, _ = terminal()
    before = threading.enumerate()
    with Live(console, PLANNED) as live:
        live.started("tcp.starts", "title")
        assert threading.enumerate() == before


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_the_cursor_comes_back(error: type[BaseException]) -> None:
    """However the run ends, the cursor is visible again."""
    console, file = terminal()

    def run() -> NoReturn:
        with Live(console, PLANNED):
            raise error

    with pytest.raises(error):
        run()
    assert file.getvalue().rfind(SHOW) > file.getvalue().rfind(HIDE)


def test_a_file_gets_nothing() -> None:
    """Where the output is not a terminal, only the table is printed."""
    file = io.StringIO()
    with Live(Console(file=file), PLANNED) as live:
        live.started("tcp.starts", "title")
        live.finished(samples.check("tcp.starts"))
    assert file.getvalue() == ""


def test_an_unplanned_check_is_counted_too() -> None:
    """A check that nobody announced is no reason to stop a run."""
    console, file = terminal()
    with Live(console, ()) as live:
        live.finished(samples.check("udp.starts"))
        assert "udp" in file.getvalue()
