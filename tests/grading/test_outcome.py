"""From how a check ended to its result."""

from __future__ import annotations

import pytest

from grader import language
from grader.chat.failure import Failure, Unmet
from grader.grading.outcome import Outcome, explain, result_of
from grader.result.check import Event, Place, Point
from grader.result.verdict import Evidence, Verdict

TITLE = "The server binds its port and keeps running."
FAILURE = Failure(
    "the server did not start",
    expected="a server",
    got="nothing",
    hint="run it by hand",
    evidence=[Evidence.QUIET],
)
OUTCOME = Outcome(
    steps=("the server starts",),
    transcript=(Event(0.1, "prints", "server", "hello"),),
    evidence=(Evidence.QUIET,),
    duration_s=0.5,
)
TASK = "task 1: open the listening socket"


def test_pass() -> None:
    """A check that ended well has passed, with all its points."""
    result = result_of("tcp.starts", TITLE, None, OUTCOME)
    assert (result.verdict, result.points, result.max_points) == (Verdict.PASS, 4, 4)
    assert result.message == result.expected == result.got == result.hint == ""


def test_fail() -> None:
    """A failure keeps what was expected, what came and the hint, and earns nothing."""
    result = result_of("tcp.starts", TITLE, FAILURE, OUTCOME)
    assert (result.verdict, result.points, result.max_points) == (Verdict.FAIL, 0, 4)
    assert result.message == "the server did not start"
    assert (result.expected, result.got, result.hint) == ("a server", "nothing", "run it by hand")


@pytest.mark.parametrize("error", [None, FAILURE])
def test_busy_machine(error: Failure | None) -> None:
    """What a check has found where the machine had no time for the submission is an ERROR."""
    result = result_of("tcp.starts", TITLE, error, Outcome(starved=True))
    assert (result.verdict, result.points) == (Verdict.ERROR, 0)
    assert result.message.startswith("this machine is too busy")


def test_todo() -> None:
    """A failure after the skeleton's NotImplementedError is a task that is not written yet."""
    result = result_of("tcp.starts", TITLE, FAILURE, Outcome(not_written=TASK))
    assert (result.verdict, result.points, result.message) == (Verdict.TODO, 0, TASK)


@pytest.mark.parametrize(
    ("written", "message"),
    [
        (TASK, "задание 1: откройте слушающий сокет"),
        ("task 1: откройте слушающий сокет", "задание 1: откройте слушающий сокет"),
        ("task 1: {0} of my own", "задание 1: {0} of my own"),
    ],
)
def test_todo_in_russian(written: str, message: str) -> None:
    """A task is named in the language in use, whichever the skeleton is in."""
    language.use("ru")
    result = result_of("tcp.starts", TITLE, FAILURE, Outcome(not_written=written))
    assert (result.task, result.message) == (1, message)


@pytest.mark.parametrize(
    ("error", "verdict"), [(None, Verdict.PASS), (Unmet("needs x"), Verdict.SKIP)]
)
def test_todo_only_after_a_failure(error: Exception | None, verdict: Verdict) -> None:
    """A check that has passed or was skipped is not about what is not written."""
    assert result_of("tcp.starts", TITLE, error, Outcome(not_written=TASK)).verdict is verdict


def test_skip() -> None:
    """A check that could not be run is skipped, with the reason."""
    result = result_of("tcp.handshake", TITLE, Unmet("needs starts, which did not pass"), Outcome())
    assert (result.verdict, result.points) == (Verdict.SKIP, 0)
    assert result.message == "needs starts, which did not pass"


@pytest.mark.parametrize(
    "error", [ValueError("boom\nand more"), AssertionError("boom"), OSError("boom")]
)
def test_any_other_exception_is_the_graders_fault(error: Exception) -> None:
    """Whatever is no Failure is an ERROR, said in one line."""
    result = result_of("tcp.starts", TITLE, error, OUTCOME)
    assert (result.verdict, result.points) == (Verdict.ERROR, 0)
    assert result.message == f"{type(error).__name__}: boom"


def test_error_is_not_excused_by_what_is_not_written() -> None:
    """The grader's own fault stays one, whatever the submission has reached."""
    result = result_of("tcp.starts", TITLE, ValueError("boom"), Outcome(not_written=TASK))
    assert result.verdict is Verdict.ERROR


@pytest.mark.parametrize("error", [None, FAILURE, Unmet("needs x"), ValueError("boom")])
def test_what_was_done_is_kept(error: Exception | None) -> None:
    """Steps, transcript, evidence and time are there, however the check ended."""
    result = result_of("tcp.starts", TITLE, error, OUTCOME)
    assert result.steps == OUTCOME.steps
    assert result.transcript == OUTCOME.transcript
    assert result.evidence == OUTCOME.evidence
    assert result.duration_s == OUTCOME.duration_s


def test_failure_keeps_its_point_and_place() -> None:
    """What a failure is about, where the code broke and the classic mistake are in the result."""
    point = Point("unwanted", "alice", "alice: hello")
    failure = Failure("a message comes back", point=point)
    outcome = Outcome(place=Place("tcp_server.py", 7))
    result = result_of("tcp.sender-excluded", TITLE, failure, outcome)
    assert result.point == point
    assert result.place == Place("tcp_server.py", 7)
    assert result.mistake == "sender-included"


def test_row_of_the_rubric_is_used() -> None:
    """Points, task and kind come from the rubric, for the variant of the check."""
    result = result_of("udp.client-threads", TITLE, None, Outcome())
    assert (result.max_points, result.task, result.mandatory, result.star) == (15, 18, True, False)
    assert result.title == TITLE


def test_star() -> None:
    """A star that passes earns no points."""
    result = result_of("tcp.storm", TITLE, None, Outcome())
    assert (result.verdict, result.points, result.star) == (Verdict.PASS, 0, True)


def test_explanation_names_everything() -> None:
    """The plain text of a failure has its steps, expected, got, hint and the task."""
    assert explain(result_of("tcp.starts", TITLE, FAILURE, OUTCOME)).splitlines() == [
        "tcp.starts: the server did not start",
        "  1. the server starts",
        "  expected: a server",
        "  got: nothing",
        "  hint: run it by hand",
        "  read again: tasks.md, task 1",
    ]


def test_explanation_leaves_out_what_is_empty() -> None:
    """A failure without a hint has no line for one."""
    text = explain(result_of("tcp.starts", TITLE, Failure("no"), Outcome()))
    assert text.splitlines() == ["tcp.starts: no", "  read again: tasks.md, task 1"]
