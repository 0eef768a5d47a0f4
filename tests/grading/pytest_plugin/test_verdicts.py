"""From how a check ended to its verdict."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import programs
from support.checks import TWO_CHECKS, graded
from support.programs import changed

from grader.fact import Fact, fact
from grader.reports.sentences import say
from grader.result.check import Place
from grader.result.verdict import Reason, Verdict


def test_failure_reads_well(tmp_path: Path) -> None:
    """A check that fails shows its steps, what was expected and what came, and no traceback."""
    server = changed(programs.TCP_SERVER, 'b" joined!"', 'b" is here!"')
    submission = programs.write_programs(tmp_path / "submission", tcp_server=server)
    found, printed = graded(tmp_path, submission, "--only=tcp.join-notice", "--variant=tcp")
    result = found.results["tcp.join-notice"]
    assert (result.verdict, result.points) == (Verdict.FAIL, 0)
    assert "joined!" in say(result.expected) and "is here!" in say(result.got)
    assert f"  expected: {say(result.expected)}\n" in printed
    assert f"  got: {say(result.got)}\n" in printed
    assert "  1. the server starts\n" in printed
    assert "Traceback" not in printed and "chat.py" not in printed


def test_failure_shows_the_students_line(tmp_path: Path) -> None:
    """Of a server that ends, the student's own error is shown."""
    submission = programs.write_programs(tmp_path / "submission", tcp_server="1 / 0")
    found, _ = graded(tmp_path, submission, "--only=tcp.starts", "--variant=tcp")
    result = found.results["tcp.starts"]
    assert result.verdict is Verdict.FAIL and result.got is not None
    assert result.got.arguments["complaint"] == "ZeroDivisionError: division by zero"
    assert "1 / 0" in "".join(event.text for event in result.transcript)
    assert result.place == Place("tcp_server.py", 1)


def test_task_not_written(tmp_path: Path) -> None:
    """A failure after the skeleton's NotImplementedError is a task still to be written."""
    server = "raise NotImplementedError('task 1: open the listening socket')"
    submission = programs.write_programs(tmp_path / "submission", tcp_server=server)
    found, printed = graded(tmp_path, submission, "--only=tcp.starts", "-rs")
    result = found.results["tcp.starts"]
    assert result.verdict is Verdict.TODO
    assert result.message == fact("task", number=1, title="open the listening socket")
    assert "TODO: task 1: open the listening socket" in printed


STARVED = '''
def test_starts(chat):
    """The first check."""
    chat.dialect.patience.starved = True

def test_client_name(chat):
    """One that does not need it."""
'''


def test_busy_machine(tmp_path: Path) -> None:
    """Where the machine had no time for a submission a check is an ERROR, and it alone."""
    submission = programs.write_programs(tmp_path / "submission")
    found, _ = graded(tmp_path, submission, "--variant=udp", checks=STARVED)
    assert found.verdicts() == {"udp.starts": Verdict.ERROR, "udp.client-name": Verdict.PASS}
    assert found.results["udp.starts"].reason is Reason.MACHINE_BUSY


@pytest.mark.parametrize(
    ("body", "verdict", "message"),
    [
        ("pass", Verdict.PASS, None),
        ("raise Failure(fact('not-sent'))", Verdict.FAIL, fact("not-sent")),
        ("raise Unmet(fact('server-silent'))", Verdict.SKIP, fact("server-silent")),
        ("raise MachineError(fact('task'))", Verdict.ERROR, fact("task")),
        (
            "raise ValueError('boom')",
            Verdict.ERROR,
            fact("raised", error="ValueError", text="boom"),
        ),
        (
            "assert 1 == 2",
            Verdict.ERROR,
            fact("raised", error="AssertionError", text="assert 1 == 2"),
        ),
    ],
)
def test_verdicts(body: str, verdict: Verdict, message: Fact | None, tmp_path: Path) -> None:
    """How a check ends says what its verdict is; what is no Failure is the grader's own fault."""
    submission = programs.write_programs(tmp_path / "submission")
    checks = TWO_CHECKS.format(body)
    found, _ = graded(tmp_path, submission, "--variant=tcp", checks=checks)
    first, second = found.results["tcp.starts"], found.results["tcp.handshake"]
    assert (first.verdict, first.message) == (verdict, message)
    assert first.title == "The first check."
    assert second.verdict is Verdict.PASS  # it needs no other


def test_grader_fails_while_it_cleans_up(tmp_path: Path) -> None:
    """An exception while the world of a check is taken down is the grader's own fault."""
    submission = programs.write_programs(tmp_path / "submission")
    breaking = TWO_CHECKS.format("chat.close = None")
    found, _ = graded(tmp_path, submission, "--variant=tcp", checks=breaking)
    assert found.results["tcp.starts"].verdict is Verdict.ERROR
    assert found.results["tcp.starts"].reason is Reason.GRADER
