"""Checks side by side: the same verdicts, whoever ends first, and whatever happens to a child."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import programs
from support.programs import changed
from support.watcher import Watcher, checks_of, request, verdicts
from support.worlds import needs_namespaces

from grader.grading import runner
from grader.result.verdict import Verdict

IDS = (
    *("tcp.starts", "tcp.handshake", "tcp.two-users", "tcp.many-users", "tcp.client-shows"),
    *("tcp.rejoin", "tcp.two-in-one", "udp.two-users"),
)


@needs_namespaces
@pytest.mark.parametrize("jobs", [1, 8])
def test_verdicts_do_not_depend_on_the_number_of_jobs(jobs: int, tmp_path: Path) -> None:
    """A check that needs one which fails is skipped, also where it had begun before that."""
    server = changed(programs.TCP_SERVER, "users.items():", "list(users.items())[:2]:")
    folder = programs.write_programs(tmp_path, tcp_server=server)
    found = verdicts(runner.grade(request(folder, *IDS, jobs=jobs), Watcher()))
    assert found.pop("tcp.many-users") is Verdict.FAIL
    assert found.pop("tcp.two-in-one") is Verdict.SKIP
    assert set(found.values()) == {Verdict.PASS}


@needs_namespaces
def test_every_check_is_told_of_once(tmp_path: Path) -> None:
    """Each begins before it ends, in whatever order they do."""
    watcher = Watcher()
    runner.grade(request(programs.write_programs(tmp_path), *IDS, jobs=8), watcher)
    for id_ in IDS:
        assert [what for what, told in watcher.seen if told == id_] == ["started", "finished"]


@needs_namespaces
def test_missing_file_is_told(tmp_path: Path) -> None:
    """Nothing is played for a file that is not there."""
    folder = programs.write_programs(tmp_path)
    (folder / "tcp_server.py").unlink()
    found = checks_of(runner.grade(request(folder, *IDS, jobs=8), Watcher()))
    assert found["tcp.two-users"].verdict is found["tcp.rejoin"].verdict is Verdict.SKIP
    assert found["tcp.client-shows"].verdict is Verdict.PASS
