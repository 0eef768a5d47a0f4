"""What --watch shows: one page that takes the place of the one before."""

from __future__ import annotations

import io

from rich.console import Console
from support import samples

from grader.reports.terminal.console import make_console
from grader.reports.terminal.screen import Screen
from grader.result.verdict import Verdict

CLEAR = "\x1b[2J"
BEFORE = {"tcp.storm": Verdict.FAIL}


def test_a_page_takes_the_place_of_the_one_before() -> None:
    """On a terminal the screen is cleared before each page, and not before a line."""
    file = io.StringIO()
    console = Console(file=file, width=80, force_terminal=True, legacy_windows=False)
    screen = Screen(console)
    screen.draw(samples.full(), BEFORE)
    assert file.getvalue().startswith((CLEAR, f"\x1b[H{CLEAR}"))
    screen.draw(samples.full(), BEFORE)
    screen.say("lab4: no such folder")
    assert file.getvalue().count(CLEAR) == 2


def test_a_file_gets_one_page_after_the_other() -> None:
    """What is not a terminal gets plain text."""
    file = io.StringIO()
    screen = Screen(make_console(file, width=80))
    screen.draw(samples.failing(), {})
    screen.draw(samples.full(), BEFORE)
    assert "\x1b" not in file.getvalue()
    assert file.getvalue().count("watching lab4") == 2


def test_what_has_changed_stands_at_the_end() -> None:
    """Where the page is longer than the screen, its end is what is seen."""
    file = io.StringIO()
    Screen(make_console(file, width=80)).draw(samples.full(), BEFORE)
    *_, heading, change, blank, last = [line.rstrip() for line in file.getvalue().splitlines()]
    assert (heading, change, blank) == ("since the last run", "  tcp.storm  FAIL → PASS", "")
    assert last == "watching lab4: save a file to grade it again; stop with Ctrl+C"


def test_only_what_comes_next() -> None:
    """The page may be that of --next."""
    file = io.StringIO()
    Screen(make_console(file, width=80), only_next=True).draw(samples.failing(), {})
    assert "tcp.join-notice" in file.getvalue()
    assert "tcp.client-shows" not in file.getvalue()


def test_a_hostile_name_reaches_no_terminal() -> None:
    """The path of a submission is shown as harmlessly as everything else."""
    file = io.StringIO()
    screen = Screen(make_console(file, width=400))
    screen.draw(samples.hostile(), {})
    screen.say(samples.HOSTILE)
    assert all(line.isprintable() for line in file.getvalue().splitlines())
