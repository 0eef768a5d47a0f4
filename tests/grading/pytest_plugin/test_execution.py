"""How one check is run."""

from __future__ import annotations

from pathlib import Path

from support import programs
from support.checks import graded
from support.programs import changed


def test_needs_not_met(tmp_path: Path) -> None:
    """A check whose need did not pass is skipped, and all that need it in turn."""
    submission = programs.write_programs(tmp_path / "submission", tcp_server="1 / 0")
    wanted = "--only=tcp.starts,tcp.two-users,tcp.many-users"
    found, printed = graded(tmp_path, submission, wanted, "--variant=tcp", "-rs")
    results = found["results"]
    assert [r["verdict"] for r in results.values()] == ["FAIL", "SKIP", "SKIP"]
    assert results["tcp.two-users"]["message"] == "needs starts, which did not pass"
    assert results["tcp.many-users"]["message"] == "needs two-users, which did not pass"
    assert "SKIP: needs starts, which did not pass" in printed


def test_need_that_was_not_asked_for(tmp_path: Path) -> None:
    """A check that is run alone is not skipped for want of checks that were not run."""
    submission = programs.write_programs(tmp_path / "submission")
    found, _ = graded(tmp_path, submission, "--only=udp.many-users")
    assert {id_: r["verdict"] for id_, r in found["results"].items()} == {"udp.many-users": "PASS"}


def test_missing_file(tmp_path: Path) -> None:
    """A check whose file is missing is skipped, and the others run."""
    submission = programs.write_programs(tmp_path / "submission")
    (submission / "tcp_client.py").unlink()
    wanted = "--only=tcp.starts,tcp.client-name,tcp.end-to-end"
    results = graded(tmp_path, submission, wanted)[0]["results"]
    assert [r["verdict"] for r in results.values()] == ["PASS", "SKIP", "SKIP"]
    assert results["tcp.client-name"]["message"] == "tcp_client.py is missing"


def test_last_look_catches_what_comes_late(tmp_path: Path) -> None:
    """What a check has not seen, because it came only after its end, fails it."""
    late = "    connection.sendall(name + b' joined!' + END)\n"
    gone = "    with lock:\n        del users[name]"
    server = changed(programs.TCP_SERVER, gone, late + gone)
    submission = programs.write_programs(tmp_path / "submission", tcp_server=server)
    results = graded(tmp_path, submission, "--only=tcp.join-not-to-self")[0]["results"]
    result = results["tcp.join-not-to-self"]
    assert result["verdict"] == "FAIL"
    assert "late" in result["message"]


def test_passing_check_has_steps_and_evidence(tmp_path: Path) -> None:
    """Of a check that passed it is known what was done, and how the verdict is known."""
    submission = programs.write_programs(tmp_path / "submission")
    results = graded(tmp_path, submission, "--only=tcp.two-users")[0]["results"]
    result = results["tcp.two-users"]
    assert result["steps"][0] == "the server starts"
    assert result["evidence"] == ["seen", "fenced"]
    assert result["duration_s"] > 0
    assert any(event["kind"] == "gets" for event in result["transcript"])
