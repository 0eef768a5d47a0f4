"""How one check is run."""

from __future__ import annotations

from pathlib import Path

from support import programs
from support.checks import graded
from support.programs import changed

from grader.fact import fact
from grader.result.verdict import EventKind, Evidence, Verdict

NEVER = '''
def test_starts(chat):
    """A check that sees to it that something never comes."""
    alice, bob = chat.join("alice", "bob")
    chat.fence(bob)
    bob.never_got(f"{bob.name} joined!")
'''


def test_needs_not_met(tmp_path: Path) -> None:
    """A check that nothing can be told of, since a server does not run, is skipped and says so."""
    submission = programs.write_programs(tmp_path / "submission", tcp_server="1 / 0")
    wanted = "--only=tcp.starts,tcp.two-users,tcp.many-users,tcp.restart"
    found, printed = graded(tmp_path, submission, wanted, "--variant=tcp", "-rs")
    results = found.results
    assert results.pop("tcp.starts").verdict is Verdict.FAIL
    assert {result.verdict for result in results.values()} == {Verdict.SKIP}
    assert results["tcp.two-users"].message == fact("needs", check="starts")
    assert results["tcp.many-users"].message == fact("needs", check="starts")
    assert results["tcp.restart"].message == fact("needs", check="two-users")
    assert "SKIP: needs starts, which did not pass" in printed


def test_silent_server(tmp_path: Path) -> None:
    """Of a server that runs and says nothing, only the greeting is missing."""
    server = changed(programs.TCP_SERVER, "while True:", "threading.Event().wait()\nwhile True:")
    submission = programs.write_programs(tmp_path / "submission", tcp_server=server)
    found, _ = graded(tmp_path, submission, "--only=tcp.handshake,tcp.two-users,tcp.leave-notice")
    assert found.results["tcp.handshake"].verdict is Verdict.FAIL
    for id_ in ("tcp.two-users", "tcp.leave-notice"):
        assert found.results[id_].verdict is Verdict.SKIP
        assert found.results[id_].message == fact("server-silent")


def test_need_that_was_not_asked_for(tmp_path: Path) -> None:
    """What a check needs runs before it, whether it was asked for or not."""
    submission = programs.write_programs(tmp_path / "submission")
    found, _ = graded(tmp_path, submission, "--only=udp.rejoin")
    assert found.verdicts() == {"udp.two-users": Verdict.PASS, "udp.rejoin": Verdict.PASS}


def test_missing_file(tmp_path: Path) -> None:
    """A check whose file is missing is skipped, and the others run."""
    submission = programs.write_programs(tmp_path / "submission")
    (submission / "tcp_client.py").unlink()
    wanted = "--only=tcp.starts,tcp.client-name,tcp.end-to-end"
    found, _ = graded(tmp_path, submission, wanted)
    missing = fact("file-trouble", file="tcp_client.py", trouble=fact("is-missing"))
    for id_ in ("tcp.client-name", "tcp.end-to-end"):
        result = found.results.pop(id_)
        assert (result.verdict, result.message) == (Verdict.SKIP, missing)
    assert set(found.verdicts().values()) == {Verdict.PASS}


def test_last_look_catches_what_comes_late(tmp_path: Path) -> None:
    """What a check in a world of its own has not seen, because it came after its end, fails it."""
    late = "    connection.sendall(name + b' joined!' + END)\n"
    gone = "    with lock:\n        del users[name]"
    server = changed(programs.TCP_SERVER, gone, late + gone)
    submission = programs.write_programs(tmp_path / "submission", tcp_server=server)
    found, _ = graded(tmp_path, submission, "--variant=tcp", checks=NEVER)
    result = found.results["tcp.starts"]
    assert result.verdict is Verdict.FAIL
    assert result.message is not None and result.message.code == "message-late"


def test_story_catches_what_comes_late(tmp_path: Path) -> None:
    """What comes once everybody has stopped talking fails a check that looks at journals."""
    relay = "            relay(data, name)"
    late = "            threading.Timer(0.6, connection.sendall, (data + END,)).start()\n"
    server = changed(programs.TCP_SERVER, relay, late + relay)
    submission = programs.write_programs(tmp_path / "submission", tcp_server=server)
    found, _ = graded(tmp_path, submission, "--only=tcp.sender-excluded")
    result = found.results["tcp.sender-excluded"]
    assert (result.verdict, result.evidence) == (Verdict.FAIL, (Evidence.SEEN,))


def test_passing_check_has_steps_and_evidence(tmp_path: Path) -> None:
    """Of a check that passed it is known what was done, and how the verdict is known."""
    submission = programs.write_programs(tmp_path / "submission")
    found, _ = graded(tmp_path, submission, "--only=tcp.two-users,tcp.sender-excluded")
    result = found.results["tcp.two-users"]
    assert result.steps[0] == fact("server-starts")
    assert result.evidence == (Evidence.SEEN,)
    assert result.duration_s > 0
    assert any(event.kind is EventKind.GETS for event in result.transcript)
    assert set(found.results["tcp.sender-excluded"].evidence) == {Evidence.SEEN, Evidence.QUIET}


def test_task_that_stands_in_the_way(tmp_path: Path) -> None:
    """Each check that a task not written keeps from its end waits for that task."""
    gap = "            raise NotImplementedError('task 6: pass the message on')"
    server = changed(programs.TCP_SERVER, "            relay(data, name)", gap)
    submission = programs.write_programs(tmp_path / "submission", tcp_server=server)
    found, _ = graded(tmp_path, submission, "--only=tcp.handshake,tcp.two-users,tcp.many-users")
    assert found.results["tcp.handshake"].verdict is Verdict.PASS
    for id_ in ("tcp.two-users", "tcp.many-users"):
        assert (found.results[id_].verdict, found.results[id_].task) == (Verdict.TODO, 6)
