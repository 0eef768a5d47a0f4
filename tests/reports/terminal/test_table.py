"""The score table: right at every width, in every encoding, and never led by a submission."""

from __future__ import annotations

import io
import re
import shlex
from collections.abc import Callable

import pytest
from msgspec.structs import replace
from rich.cells import cell_len
from rich.console import Console
from support import samples
from support.made_up import check_result, grade_result, step

from grader.assignment import rubric
from grader.assignment.variants import TCP
from grader.reports import dumps
from grader.reports.terminal import table
from grader.reports.terminal.console import make_console
from grader.result.verdict import Verdict

ENCODINGS = ("utf-8", "cp1252", "cp437", "cp866", "ascii", "gbk")
Page = Callable[..., str]


@pytest.mark.parametrize(
    ("name", "width"), [*((name, 80) for name in samples.SAMPLES), ("full", 120), ("failing", 120)]
)
def test_page(
    name: str, width: int, page: Page, same_as_golden: Callable[[str, str], None]
) -> None:
    """Each kind of page is the one that was last looked at and found good."""
    same_as_golden(f"{name}-{width}", page(samples.SAMPLES[name](), width))


def test_trace(page: Page, same_as_golden: Callable[[str, str], None]) -> None:
    """With trace, each explained check is followed by its transcript."""
    same_as_golden("trace-80", page(samples.failing(), trace=True))


def test_a_narrow_code_page(page: Page, same_as_golden: Callable[[str, str], None]) -> None:
    """Where the output knows only a code page, the page is in ASCII."""
    same_as_golden("failing-80-cp437", page(samples.failing(), encoding="cp437"))


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("name", samples.SAMPLES)
def test_every_encoding_can_write_every_page(name: str, encoding: str, page: Page) -> None:
    """No output ends in a UnicodeEncodeError, whatever a submission wrote."""
    text = page(samples.SAMPLES[name](), encoding=encoding, trace=True)
    assert "tcp" in text


@pytest.mark.parametrize("width", [40, 80, 120])
@pytest.mark.parametrize("name", samples.SAMPLES)
def test_only_commands_are_wider_than_the_screen(name: str, width: int, page: Page) -> None:
    """A line that is to be copied stays whole; every other one fits."""
    for line in page(samples.SAMPLES[name](), width, trace=True).splitlines():
        assert cell_len(line) <= width or "noxfile.py -s grade" in line


@pytest.mark.parametrize(("encoding", "gap"), [("utf-8", "… 88 more"), ("ascii", "... 88 more")])
def test_of_many_steps_the_ends_are_shown(encoding: str, gap: str, page: Page) -> None:
    """The first and the last steps are there, with their numbers; between them a count."""
    many = tuple(step("sends-long", name="alice", count=at) for at in range(1, 101))
    change = samples.failed(transcript=many)
    text = page(samples.graded({"tcp.storm": change}), encoding=encoding)
    shown = re.findall(r"(\d+)\. alice sends a message of (\d+) characters", text)
    assert shown == [(str(at), str(at)) for at in (*range(1, 7), *range(95, 101))]
    assert gap in text


def test_hostile_text_reaches_no_terminal() -> None:
    """In colour, the only escape sequences are the table's own colours."""
    file = io.StringIO()
    console = Console(file=file, width=80, force_terminal=True, color_system="truecolor")
    table.write(samples.hostile(), console, trace=True)
    rest = re.sub(r"\x1b\[[0-9;]*m", "", file.getvalue())
    assert rest.replace("\n", "").isprintable()


def test_markup_of_a_submission_is_text(page: Page) -> None:
    """Rich markup in a name is shown as it was written."""
    assert "[bold]rich[/]" in page(samples.hostile(), 120)


def test_no_color_leaves_no_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    """NO_COLOR is respected on a terminal."""
    monkeypatch.setenv("NO_COLOR", "1")
    file = io.StringIO()
    table.write(samples.failing(), Console(file=file, width=80, force_terminal=True))
    assert not re.search(r"\x1b\[[0-9;]*3[0-7]", file.getvalue())


def test_a_file_gets_no_escape_sequences() -> None:
    """What is not a terminal gets plain text."""
    file = io.StringIO()
    table.write(samples.failing(), make_console(file, width=80))
    assert "\x1b" not in file.getvalue()


def test_the_replay_command_can_be_pasted(page: Page) -> None:
    """A path with blanks is quoted, and the line is never broken."""
    result = replace(samples.failing(), submission="work of bob/lab 4")
    line = next(s for s in page(result, 60).splitlines() if "--only tcp.join-notice" in s)
    words = shlex.split(line.replace('"', "'"))
    assert words == [
        *("python3", "noxfile.py", "-s", "grade", "--", "work of bob/lab 4"),
        *("--only", "tcp.join-notice", "--seed", "123", "--trace"),
    ]


def test_the_command_can_be_another(page: Page) -> None:
    """Who calls the grader with python is shown that command."""
    text = page(samples.failing(), command="python -m grader")
    assert "python -m grader lab4 --only tcp.join-notice --seed 123 --trace" in text


def test_points_wait_for_a_mandatory_check(page: Page) -> None:
    """While a mandatory check has not passed, the table says which points wait for it."""
    text = page(samples.mandatory_missing())
    assert "90 of 100 points, mark 0" in text
    assert "server-threads is mandatory: 90 points wait for it" in text


def test_the_caret_stands_under_the_difference(page: Page) -> None:
    """The caret points at the first character that is not as expected."""
    lines = page(samples.failing()).splitlines()
    at = next(i for i, line in enumerate(lines) if line.strip().startswith("got       'bob"))
    column = lines[at + 1].index("^")
    assert lines[at][column - 5 : column + 1] == "'bob  "


def test_the_step_that_broke_is_marked(page: Page) -> None:
    """The last step carries the symbol of the verdict."""
    assert "  ✗ 3. bob gives a name" in page(samples.failing())


def test_an_untouched_skeleton_is_told_where_to_start(page: Page) -> None:
    """The page is short and ends with the first task."""
    lines = page(samples.skeleton()).rstrip().splitlines()
    assert len(lines) < 24
    assert lines[-2].startswith("next  task 1: write this first (see tasks.md)")


def test_the_first_task_is_written(page: Page) -> None:
    """Who has written it is told so; one check that ran alone does not tell, but what is next."""
    waits = replace(check_result("tcp.starts", Verdict.TODO), task=2)
    rest = [check_result(id_, Verdict.SKIP) for id_ in rubric.check_ids((TCP,))[1:]]
    assert page(samples.result([waits, *rest])).startswith(
        "\ntcp: task 1 is written, 2 is next, 100 points × 1.0 to earn"
    )
    alone = page(samples.result([waits]))
    assert alone.startswith("\ntcp: task 2 is next, 2 points")
    assert "Nothing is written yet" not in alone


def test_a_partial_run_has_no_mark(page: Page) -> None:
    """One check alone says nothing about the mark."""
    assert "no mark: not every check has run" in page(samples.partial())


def test_a_replay_that_passes_shows_its_transcript(page: Page) -> None:
    """Who asks for a transcript gets it, also where there is nothing to explain."""
    assert "alice gets 'name\\n'" in page(samples.partial(), trace=True)


def test_what_has_changed_is_said_below_the_mark(page: Page) -> None:
    """Where something was known before, the summary says what is better and what is worse."""
    before = {**dict.fromkeys(samples.IDS, Verdict.PASS), "tcp.storm": Verdict.FAIL}
    lines = page(samples.graded({"udp.storm": samples.failed()}), before=before).splitlines()
    at = next(i for i, line in enumerate(lines) if line.startswith("mark"))
    assert [line.rstrip() for line in lines[at + 1 : at + 3]] == [
        "since    the last run: 1 more check passes: tcp.storm",
        "         1 check no longer passes: udp.storm",
    ]


def test_an_error_is_not_blamed_on_the_student(page: Page) -> None:
    """The grader's own fault is called that."""
    text = page(samples.core_error())
    assert "the grader's own fault" in text.lower()
    assert "no mark: the grader itself failed in a check" in text


def test_every_verdict_has_a_word(page: Page) -> None:
    """Without colour and symbols, the verdicts can still be told apart."""
    names = ("starts", "handshake", "two-users")
    others = (Verdict.TODO, Verdict.SKIP, Verdict.ERROR)
    changes = {
        f"tcp.{name}": samples.became(verdict) for name, verdict in zip(names, others, strict=True)
    }
    changes["tcp.join-notice"] = samples.failed()
    text = page(samples.graded(changes), encoding="ascii")
    for word in ("+ PASS", "x FAIL", ". TODO", "- SKIP", "! ERROR"):
        assert word in text


def test_error_in_a_mandatory_check_is_no_mark_of_nought() -> None:
    """A mandatory check in which the grader failed is not one that was not passed."""
    failed = check_result("tcp.server-threads", Verdict.ERROR)
    text = dumps(grade_result(check_result("tcp.starts"), failed, mark=None), "table")
    assert "no mark: the grader itself failed in a check" in text
    assert "mark 0" not in text
