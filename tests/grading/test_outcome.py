"""From how a check ended to its result."""

from __future__ import annotations

import errno

import pytest
from msgspec.structs import replace
from support.made_up import happened, step

from grader import language
from grader.chat.failure import Failure, Unmet
from grader.chat.unwritten import Unwritten
from grader.fact import FactError, MachineError, fact
from grader.grading.causes import Cause
from grader.grading.looking import Found
from grader.grading.outcome import LIMITS, Outcome, explain, result_of
from grader.result.check import Place, Point, Raised, Standing
from grader.result.verdict import Difference, EventKind, Evidence, Reason, Verdict

TITLE = "The server binds its port and keeps running."
FAILURE = Failure(
    fact("server-not-started"),
    expected=fact("listens-tcp", port=14901),
    got=fact("nothing"),
    evidence=[Evidence.QUIET],
)
OUTCOME = Outcome(
    transcript=(step("server-starts"), happened(EventKind.PRINTS, "server", "hello")),
    evidence=(Evidence.QUIET,),
    duration_s=0.5,
)
TASK = Unwritten(1, "open the listening socket", Place("tcp_server.py", 7))
RAISED = Raised(Place("tcp_server.py", 9), "users[nme]", "NameError", "no nme", "", "")
STANDING = Standing("MainThread", Place("tcp_server.py", 40), "listener.accept()")
NEEDS = Unmet(fact("needs", check="starts"))


def test_pass() -> None:
    """A check that ended well has passed, with all its points."""
    result = result_of("tcp.starts", TITLE, None, OUTCOME)
    assert (result.verdict, result.points, result.max_points) == (Verdict.PASS, 2, 2)
    assert result.message is result.expected is result.got is result.reason is None


def test_fail() -> None:
    """A failure keeps what was expected and what came, and earns nothing."""
    result = result_of("tcp.starts", TITLE, FAILURE, OUTCOME)
    assert (result.verdict, result.points, result.max_points) == (Verdict.FAIL, 0, 2)
    assert result.message == FAILURE.message
    assert (result.expected, result.got) == (FAILURE.expected, FAILURE.got)
    assert result.reason is None


@pytest.mark.parametrize("error", [None, FAILURE])
def test_busy_machine(error: Failure | None) -> None:
    """What a check has found where the machine had no time for the submission is an ERROR."""
    result = result_of("tcp.starts", TITLE, error, Outcome(starved=True))
    assert (result.verdict, result.points) == (Verdict.ERROR, 0)
    assert (result.reason, result.message) == (Reason.MACHINE_BUSY, fact("machine-busy"))


SHORT = fact("short-of-processes", count=20, needed=400)


def test_short_machine() -> None:
    """A failure that a limit of the machine may be the cause of is an ERROR, and says which."""
    result = result_of("tcp.starts", TITLE, FAILURE, Outcome(shortage=SHORT))
    assert (result.verdict, result.points) == (Verdict.ERROR, 0)
    assert (result.reason, result.message) == (Reason.MACHINE_LIMIT, SHORT)


def test_short_machine_on_which_it_works() -> None:
    """What passes all the same has passed; what is not written is still to be written."""
    passed = result_of("tcp.starts", TITLE, None, Outcome(shortage=SHORT))
    assert passed.verdict is Verdict.PASS
    todo = result_of("tcp.starts", TITLE, FAILURE, Outcome(shortage=SHORT, unwritten=[TASK]))
    assert todo.verdict is Verdict.TODO


def test_todo() -> None:
    """A failure after the skeleton's NotImplementedError is a task that is not written yet."""
    result = result_of("tcp.starts", TITLE, FAILURE, Outcome(unwritten=[TASK]))
    assert (result.verdict, result.points) == (Verdict.TODO, 0)
    assert result.message == fact("task", number=1, title="open the listening socket")


def test_todo_of_an_earlier_task() -> None:
    """What is to be written next may come before the task that the check is about."""
    later = Unwritten(6, "pass messages on", None)
    result = result_of("tcp.two-users", TITLE, FAILURE, Outcome(unwritten=[TASK, later]))
    assert (result.task, result.place) == (1, Place("tcp_server.py", 7))


def test_todo_excuses_nothing_that_came() -> None:
    """What came altered, doubled or unwanted is a failure, whatever is not written."""
    wrong = Failure(fact("request-wrong"), wrong=True)
    outcome = Outcome(unwritten=[TASK], found=Found(raised=(RAISED,)))
    result = result_of("tcp.two-users", TITLE, wrong, outcome)
    assert (result.verdict, result.task, result.place) == (Verdict.FAIL, 6, RAISED.place)


@pytest.mark.parametrize(
    ("id_", "verdict"), [("tcp.starts", Verdict.TODO), ("tcp.two-users", Verdict.PASS)]
)
def test_todo_of_a_check_that_has_found_nothing(id_: str, verdict: Verdict) -> None:
    """A check that found nothing wrong is open all the same while its own task was reached."""
    result = result_of(id_, TITLE, None, Outcome(unwritten=[TASK]))
    assert (result.verdict, result.points > 0) == (verdict, verdict is Verdict.PASS)


def test_todo_stands_in_the_way() -> None:
    """A check that could not be run because of what is not written waits for just that."""
    result = result_of("tcp.handshake", TITLE, NEEDS, Outcome(unwritten=[TASK]))
    assert (result.verdict, result.points, result.task) == (Verdict.TODO, 0, 1)
    assert (result.message, result.place) == (fact("task", number=1, title=TASK.title), TASK.place)


def test_skip() -> None:
    """A check that could not be run is skipped, with the reason."""
    result = result_of("tcp.handshake", TITLE, NEEDS, Outcome())
    assert (result.verdict, result.points) == (Verdict.SKIP, 0)
    assert (result.message, result.reason) == (NEEDS.fact, None)


@pytest.mark.parametrize(
    "error",
    [
        ValueError("boom\nand more"),
        AssertionError("boom"),
        OSError("boom"),
        FactError(fact("no-such-check", word="x")),
    ],
)
def test_any_other_exception_is_the_graders_fault(error: Exception) -> None:
    """Whatever is no Failure is an ERROR, said in one line."""
    result = result_of("tcp.starts", TITLE, error, OUTCOME)
    assert (result.verdict, result.points) == (Verdict.ERROR, 0)
    assert result.reason is Reason.GRADER
    text = "no-such-check" if isinstance(error, FactError) else "boom"
    assert result.message == fact("raised", error=type(error).__name__, text=text)


@pytest.mark.parametrize(
    ("error", "text"),
    [
        *((OSError(number, "no room"), f"[Errno {number}] no room") for number in LIMITS),
        (MemoryError(), ""),
    ],
    ids=ascii,
)
def test_a_machine_that_has_no_more(error: Exception, text: str) -> None:
    """Where no more processes, descriptors, memory or room can be had, the machine is to blame."""
    result = result_of("tcp.starts", TITLE, error, OUTCOME)
    assert (result.verdict, result.reason) == (Verdict.ERROR, Reason.MACHINE_LIMIT)
    assert result.message == fact("raised", error=type(error).__name__, text=text)


@pytest.mark.parametrize("number", [errno.EACCES, errno.ENOENT])
def test_any_other_number_is_the_graders_fault(number: int) -> None:
    """A file that is not there is one that the grader should have made."""
    result = result_of("tcp.starts", TITLE, OSError(number, "no"), OUTCOME)
    assert result.reason is Reason.GRADER


def test_what_the_machine_lacks() -> None:
    """A check that says itself what the machine lacks is an ERROR with that fact."""
    taken = fact("port-taken", port=14901)
    result = result_of("tcp.starts", TITLE, MachineError(taken), OUTCOME)
    assert (result.verdict, result.points) == (Verdict.ERROR, 0)
    assert (result.reason, result.message) == (Reason.MACHINE_LIMIT, taken)


def test_error_is_not_excused_by_what_is_not_written() -> None:
    """The grader's own fault stays one, whatever the submission has reached."""
    result = result_of("tcp.starts", TITLE, ValueError("boom"), Outcome(unwritten=[TASK]))
    assert result.verdict is Verdict.ERROR


@pytest.mark.parametrize("error", [None, FAILURE, NEEDS, ValueError("boom")])
def test_what_was_done_is_kept(error: Exception | None) -> None:
    """Steps, transcript, evidence and time are there, however the check ended."""
    result = result_of("tcp.starts", TITLE, error, OUTCOME)
    assert result.steps == (fact("server-starts"),)
    assert result.transcript == OUTCOME.transcript
    assert result.evidence == OUTCOME.evidence
    assert result.duration_s == OUTCOME.duration_s


def test_failure_keeps_its_point_and_place() -> None:
    """What a failure is about, where the code broke and the classic mistake are in the result."""
    point = Point(Difference.UNWANTED, "alice", "alice: hello")
    failure = Failure(fact("echoed"), point=point)
    outcome = Outcome(found=Found((RAISED,), (STANDING,)))
    result = result_of("tcp.sender-excluded", TITLE, failure, outcome)
    assert result.point == point
    assert result.place == RAISED.place
    assert (result.raised, result.standing, result.cause) == ((RAISED,), (STANDING,), None)
    assert result.mistake == "sender-included"


def test_place_of_a_cause() -> None:
    """Where a cause shows, its line is the one to look at."""
    cause = Cause(fact("start-not-called", line=12), Place("tcp_server.py", 12))
    outcome = Outcome(found=Found((RAISED,), cause=cause))
    result = result_of("tcp.two-users", TITLE, FAILURE, outcome)
    assert (result.cause, result.place) == (cause.fact, cause.place)


def test_exception_without_a_line_has_no_place() -> None:
    """A thread may have ended where the submission has no line."""
    found = Found((replace(RAISED, place=None),))
    assert found.place is None


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
        "  expected: a server listening on TCP port 14901, running",
        "  got: nothing",
        "  hint: run it by hand: what does it print?",
        "  read: tasks.md, task 1",
    ]


def test_explanation_of_a_classic_mistake() -> None:
    """What a mistake is stands beside its name, indented as the rest."""
    point = Point(Difference.UNWANTED, "alice", "alice: hello")
    failure = Failure(fact("echoed"), point=point)
    lines = explain(result_of("tcp.sender-excluded", TITLE, failure, OUTCOME)).splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith("  classic: the sender gets"))
    assert lines[at + 1].startswith("    The loop that passes a message on")


def test_explanation_leaves_out_what_is_empty() -> None:
    """A failure without a hint has no line for one."""
    text = explain(result_of("tcp.starts", TITLE, Failure(fact("server-ended")), Outcome()))
    assert text.splitlines() == [
        "tcp.starts: the server ended by itself",
        "  read: tasks.md, task 1",
    ]


def test_explanation_in_russian() -> None:
    """The same result is explained in the language in use."""
    language.use("ru")
    first = explain(result_of("tcp.starts", TITLE, FAILURE, OUTCOME)).splitlines()[0]
    assert first == "tcp.starts: сервер не запустился"
