"""Faults of the grader's own: a worker that is killed, broken, or short of memory."""

from __future__ import annotations

import errno
import json
from pathlib import Path
from typing import Any

import jsonschema
import psutil
import pytest
from support import lifelines, programs, worlds
from support.faulty import break_worker
from support.graders import SCHEMA, busy, ids, one_check
from support.watcher import Watcher, checks_of, request, verdicts
from support.worlds import ROOT, needs_linux, needs_posix

from grader.assignment import rubric
from grader.assignment.variants import TCP
from grader.cli import main as command
from grader.fact import fact
from grader.grading import runner, worker_process
from grader.reports.sentences import say
from grader.result.verdict import Reason, Verdict


@needs_posix
def test_worker_is_killed(tmp_path: Path) -> None:
    """What was found before is told, the rest is an ERROR, there is no mark, the status is 3."""
    with lifelines.lifeline(tmp_path) as line:
        with busy(tmp_path, line) as process:
            (worker,) = psutil.Process(process.pid).children()
            worker.kill()
            out, err = process.communicate(timeout=worlds.PATIENCE)
        assert line.gone()
    assert (process.returncode, err) == (3, "")
    found = json.loads(out)
    jsonschema.validate(found, SCHEMA)
    (tcp,) = found["variants"]
    assert ids(tcp) == list(rubric.check_ids((TCP,)))
    lost = [c for c in tcp["checks"] if c["verdict"] == "ERROR"]
    assert {c["reason"] for c in lost} == {"worker"}
    assert len(lost) == len(tcp["checks"])  # the probe is played before any check is known
    assert (tcp["points"], tcp["mark"], found["mark"]) == (0, None, None)


@needs_posix
def test_worker_is_killed_with_daemons_about(tmp_path: Path) -> None:
    """What a submission has started apart from itself does not outlive a worker that is killed."""
    with lifelines.lifeline(tmp_path) as line:
        child = f"import os; os.chdir('/')\n{line.source}\nwhile True: pass"
        daemon = "import subprocess, sys\n"
        daemon += f"subprocess.Popen([sys.executable, '-c', {child!r}], start_new_session=True)\n"
        folder = programs.write_programs(tmp_path / "lab4", tcp_server=daemon + "input()")

        def kill(what: str) -> None:
            line.come()
            for worker in psutil.Process().children():
                worker.kill()

        runner.grade(request(folder, "tcp.starts", portable=True), Watcher(kill))
        assert line.gone()


@needs_posix
def test_grader_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the grader itself is killed, its worker ends what runs, and ends."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))  # it cannot remove its folder
    with lifelines.lifeline(tmp_path) as line, busy(tmp_path, line) as process:
        workers = psutil.Process(process.pid).children()
        process.kill()
        assert line.gone()
        assert not psutil.wait_procs(workers, worlds.PATIENCE)[1]


@needs_linux
def test_worker_has_no_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that gets no memory leaves an ERROR in every check, and no mark."""
    few = "import resource; resource.setrlimit(resource.RLIMIT_AS, (1 << 20, 1 << 20))"
    break_worker(monkeypatch, few)
    result = runner.grade(request(programs.write_programs(tmp_path), variants=("udp",)), Watcher())
    assert set(verdicts(result).values()) == {Verdict.ERROR}
    assert result.mark is None


def test_check_runs_out_of_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A check that runs out of memory is an ERROR, and the others have their verdicts."""
    fault = """\
import sys
sys.path[0] = ROOT
from grader.checks import stories
def texts(story):
    raise MemoryError
stories.STORIES["texts"] = texts
"""
    break_worker(monkeypatch, fault.replace("ROOT", repr(str(ROOT))))
    folder = programs.write_programs(tmp_path)
    wanted = request(folder, "udp.join-notice", "udp.two-users", "udp.rejoin")
    result = runner.grade(wanted, Watcher())
    assert checks_of(result)["udp.two-users"].reason is Reason.MACHINE_LIMIT
    assert verdicts(result) == {
        "udp.join-notice": Verdict.PASS,
        "udp.two-users": Verdict.ERROR,
        "udp.rejoin": Verdict.SKIP,
    }


def test_worker_has_no_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a check cannot have its folder, that is an ERROR."""
    fault = """\
import errno, tempfile
def no_room(*_, **__):
    raise OSError(errno.ENOSPC, 'No space left on device')
tempfile.mkdtemp = no_room
"""
    break_worker(monkeypatch, fault)
    wanted = request(programs.write_programs(tmp_path), "udp.starts", portable=True)
    result = runner.grade(wanted, Watcher())
    check = checks_of(result)["udp.starts"]
    assert (check.verdict, check.reason) == (Verdict.ERROR, Reason.WORKER)
    assert "No space left on device" in say(check.message)


@pytest.mark.parametrize("error", [OSError(errno.EAGAIN, "busy"), RuntimeError("busy")])
def test_worker_cannot_start(
    error: Exception, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where one variant's worker cannot be started, the other variant is graded all the same."""

    class Broken(worker_process.WorkerProcess):
        def __init__(self, variant: str, *arguments: Any) -> None:
            if variant == "tcp":
                raise error
            super().__init__(variant, *arguments)

    monkeypatch.setattr(runner, "WorkerProcess", Broken)
    wanted = request(programs.write_programs(tmp_path), "tcp.starts", "udp.starts")
    result = runner.grade(wanted, Watcher())
    assert verdicts(result) == {"tcp.starts": Verdict.ERROR, "udp.starts": Verdict.PASS}
    check = checks_of(result)["tcp.starts"]
    why = fact("worker-not-started", reason=str(error))
    assert (check.reason, check.message) == (Reason.WORKER, fact("worker-ended", reason=why))


@pytest.mark.parametrize(
    ("package", "words"),
    [
        ("rich", ["reference", "--only", "tcp.starts"]),
        ("msgspec", ["--list"]),
        ("psutil", ["reference", "--only", "tcp.starts"]),
        ("platformdirs", ["reference", "--only", "tcp.starts"]),
        ("jinja2", ["reference", "--only", "tcp.starts", "--format", "html"]),
    ],
)
def test_package_is_missing(package: str, words: list[str]) -> None:
    """Without a package the status is the grader's fault, and a line says what to do."""
    source = (
        f"import runpy, sys; sys.modules[{package!r}] = None; "
        f"sys.argv = ['grader', *{words}]; runpy.run_module('grader', run_name='__main__')"
    )
    done = worlds.python("-c", source)
    assert done.returncode == 3
    assert done.stderr.startswith(f"grader: a package is missing ({package}")
    assert done.stderr.count("\n") == 1


def test_plugin_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without a plugin that the checks need, every check is an ERROR that names it."""
    fault = """\
from importlib.machinery import PathFinder
find = PathFinder.find_spec
PathFinder.find_spec = lambda name, *rest: name != 'pytest_timeout' and find(name, *rest) or None
"""
    break_worker(monkeypatch, fault)
    assert command.main(one_check(tmp_path)) == 3
    found = json.loads(capsys.readouterr().out)
    (check,) = found["variants"][0]["checks"]
    assert (check["verdict"], check["reason"], found["mark"]) == ("ERROR", "worker", None)
    assert "pytest_timeout" in check["message"]["arguments"]["reason"]["arguments"]["text"]
