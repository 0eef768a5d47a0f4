"""What a forked child answers, and what its parent reads."""

from __future__ import annotations

from support.stories import played

from grader.assignment.variants import Role
from grader.chat.dialect import Dialect
from grader.chat.failure import Failure
from grader.fact import fact
from grader.grading.looking import Found
from grader.grading.outcome import unresolved
from grader.grading.pytest_plugin.answers import Answer, Fault, Judged, Learnt, Scene, decoded
from grader.result import codec
from grader.result.check import Place, Raised
from grader.result.verdict import Reason

STEPS = "alice enters\nalice gets name\nalice names\n"


def read(answer: Answer) -> Answer:
    """The same on the other side of the pipe."""
    return decoded(codec.encode(answer))


def test_every_answer_is_read_as_it_was_written() -> None:
    """What has been played and found, learnt and judged, and a fault."""
    raised = Raised(Place("tcp_server.py", 3), "x = 1", "NameError", "x", "", "Traceback")
    remark = fact("speaks-aside", file="tcp_client.py")
    scene = Scene(played("two", STEPS), Found((raised,), sources={"a.py": "x"}), (remark,))
    learnt = Learnt(Dialect(asks=True, relays=False), (Role.SERVER, Role.CLIENT))
    judged = Judged(unresolved("tcp.starts", "It starts."), ())
    fault = Fault(Reason.MACHINE_LIMIT, fact("machine-busy"))
    for answer in (scene, learnt, judged, fault):
        assert read(answer) == answer


def test_failure_is_the_same_again() -> None:
    """All that a failure says goes through as plain data."""
    failure = Failure(fact("echoed"), got=fact("nothing"), wrong=True)
    again = failure.shortfall.failure()
    assert again.shortfall == failure.shortfall


def test_answer_that_breaks_off_is_a_fault() -> None:
    """A child that has ended early is the grader's fault, and says why if that is known."""
    early = decoded(b"")
    assert early == Fault(Reason.WORKER, fact("worker-ended", reason=fact("said-nothing")))
    broken = decoded(b'{"type": "Judged"')
    assert isinstance(broken, Fault)
    assert broken.reason is Reason.WORKER
