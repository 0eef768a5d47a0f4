"""How one check is run."""

from __future__ import annotations

from pathlib import Path

from support import programs
from support.checks import graded
from support.programs import changed

from grader.fact import fact
from grader.result.verdict import EventKind, Evidence, Verdict


def test_needs_not_met(tmp_path: Path) -> None:
    """A check whose need did not pass is skipped, and all that need it in turn."""
    submission = programs.write_programs(tmp_path / "submission", tcp_server="1 / 0")
    wanted = "--only=tcp.starts,tcp.two-users,tcp.many-users"
    found, printed = graded(tmp_path, submission, wanted, "--variant=tcp", "-rs")
    results = found.results
    assert list(found.verdicts().values()) == [Verdict.FAIL, Verdict.SKIP, Verdict.SKIP]
    assert results["tcp.two-users"].message == fact("needs", check="starts")
    assert results["tcp.many-users"].message == fact("needs", check="two-users")
    assert "SKIP: needs starts, which did not pass" in printed


def test_need_that_was_not_asked_for(tmp_path: Path) -> None:
    """A check that is run alone is not skipped for want of checks that were not run."""
    submission = programs.write_programs(tmp_path / "submission")
    found, _ = graded(tmp_path, submission, "--only=udp.many-users")
    assert found.verdicts() == {"udp.many-users": Verdict.PASS}


def test_missing_file(tmp_path: Path) -> None:
    """A check whose file is missing is skipped, and the others run."""
    submission = programs.write_programs(tmp_path / "submission")
    (submission / "tcp_client.py").unlink()
    wanted = "--only=tcp.starts,tcp.client-name,tcp.end-to-end"
    found, _ = graded(tmp_path, submission, wanted)
    assert list(found.verdicts().values()) == [Verdict.PASS, Verdict.SKIP, Verdict.SKIP]
    missing = fact("file-trouble", file="tcp_client.py", trouble=fact("is-missing"))
    assert found.results["tcp.client-name"].message == missing


def test_last_look_catches_what_comes_late(tmp_path: Path) -> None:
    """What a check has not seen, because it came only after its end, fails it."""
    late = "    connection.sendall(name + b' joined!' + END)\n"
    gone = "    with lock:\n        del users[name]"
    server = changed(programs.TCP_SERVER, gone, late + gone)
    submission = programs.write_programs(tmp_path / "submission", tcp_server=server)
    found, _ = graded(tmp_path, submission, "--only=tcp.join-not-to-self")
    result = found.results["tcp.join-not-to-self"]
    assert result.verdict is Verdict.FAIL
    assert result.message is not None and result.message.code == "message-late"


def test_passing_check_has_steps_and_evidence(tmp_path: Path) -> None:
    """Of a check that passed it is known what was done, and how the verdict is known."""
    submission = programs.write_programs(tmp_path / "submission")
    found, _ = graded(tmp_path, submission, "--only=tcp.two-users")
    result = found.results["tcp.two-users"]
    assert result.steps[0] == fact("server-starts")
    assert result.evidence == (Evidence.SEEN, Evidence.FENCED)
    assert result.duration_s > 0
    assert any(event.kind is EventKind.GETS for event in result.transcript)
