"""Job objects, which only Windows has; what is asked of it can be seen everywhere."""

from __future__ import annotations

import ctypes
import io
import subprocess
import sys
from types import SimpleNamespace
from typing import Any

import pytest
from support.worlds import PATIENCE

from grader.sandbox import job_objects, process
from grader.sandbox.job_objects import Job, Limits
from grader.sandbox.process import JobProcess

JOB, PROCESS, PID = 70, 80, 4711


class Windows:
    """What stands in for kernel32 and for a process of Windows; ``log`` tells what was asked."""

    def __init__(self, refuses: str = "") -> None:
        self.log: list[str] = []
        self.limits = Limits()
        self.kernel = SimpleNamespace(
            CreateJobObjectW=self._call("create", JOB),
            SetInformationJobObject=self._call("limit"),
            AssignProcessToJobObject=self._call("assign"),
            TerminateJobObject=self._call("terminate"),
            CloseHandle=self._call("close"),
        )
        if refuses:
            getattr(self.kernel, refuses).answer[0] = 0
        self.popen: Any = SimpleNamespace(
            pid=PID,
            _handle=PROCESS,
            stdin=io.BytesIO(),
            stdout=io.BytesIO(),
            stderr=io.BytesIO(),
            poll=lambda: None,
            kill=lambda: self.log.append("kill"),
            wait=lambda: self.log.append("wait"),
        )

    def _call(self, name: str, result: int = 1) -> Any:
        answer = [result]

        def call(*arguments: Any) -> int:
            self.log.append(name)
            if name == "limit":
                self.limits = ctypes.cast(arguments[2], ctypes.POINTER(Limits)).contents
            if name == "assign":
                assert [a.value for a in arguments] == [JOB, PROCESS]
            return answer[0]

        call.answer = answer  # type: ignore[attr-defined]
        return call


@pytest.fixture
def resumed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A log into which the process of :class:`Windows` writes that it was let run."""
    log: list[str] = []

    def found(pid: int) -> SimpleNamespace:
        assert pid == PID
        return SimpleNamespace(resume=lambda: log.append("resume"))

    monkeypatch.setattr(process.psutil, "Process", found)
    monkeypatch.setattr(process.reaper, "end_tree", lambda pid: None)
    return log


def test_limits_of_a_job() -> None:
    """A job has its limits before anything is in it."""
    windows = Windows()
    Job(1 << 30, 100, kernel=windows.kernel)
    assert windows.log == ["create", "limit"]
    assert (windows.limits.job_memory, windows.limits.basic.processes) == (1 << 30, 100)
    assert windows.limits.basic.flags & job_objects.KILL_ON_CLOSE


def test_process_runs_only_once_it_is_in_its_job(resumed: list[str]) -> None:
    """A process can start nothing before it is in the job: it is let run afterwards."""
    windows = Windows()
    windows.log = resumed
    JobProcess(windows.popen, Job(1 << 30, 100, kernel=windows.kernel))
    assert resumed == ["create", "limit", "assign", "resume"]


def test_handle_is_closed_at_the_end(resumed: list[str]) -> None:
    """The job is ended, then its handle given back, once."""
    windows = Windows()
    windows.log = resumed
    running = JobProcess(windows.popen, Job(1 << 30, 100, kernel=windows.kernel))
    running.end()
    running.end()
    assert resumed[4:] == ["terminate", "kill", "wait", "close", "kill", "wait"]


@pytest.mark.parametrize("refused", ["CreateJobObjectW", "SetInformationJobObject"])
def test_job_that_windows_refuses(refused: str) -> None:
    """A job that cannot be had is an error, and leaves no handle."""
    windows = Windows(refused)
    with pytest.raises(OSError, match=refused):
        Job(1 << 30, 100, kernel=windows.kernel)
    assert windows.log in (["create"], ["create", "limit", "close"])


def test_process_that_windows_refuses_is_not_left_suspended(resumed: list[str]) -> None:
    """A process that cannot be put into its job is ended, and its streams closed."""
    windows = Windows("AssignProcessToJobObject")
    windows.log = resumed
    with pytest.raises(OSError, match="AssignProcessToJobObject"):
        JobProcess(windows.popen, Job(1 << 30, 100, kernel=windows.kernel))
    assert resumed[2:] == ["assign", "terminate", "kill", "wait", "close"]
    assert windows.popen.stdout.closed


@pytest.mark.skipif(sys.platform == "win32", reason="for other systems")
def test_elsewhere_there_are_none() -> None:
    """Where there are no jobs it is said so."""
    with pytest.raises(OSError, match="expected Windows"):
        Job(1 << 30, 100)


@pytest.mark.skipif(sys.platform != "win32", reason="needs Windows")
def test_a_job_ends_with_all_that_is_in_it() -> None:
    """A process is started suspended, let run, and ended with its job."""
    command = [sys.executable, "-c", "print('runs', flush=True); input()"]
    popen: subprocess.Popen[bytes] = process.spawn(command, None, {}, suspended=True)
    running = JobProcess(popen, Job(1 << 30, 100))
    assert running.stdout.read(4) == b"runs"
    running.end()
    assert running.wait(PATIENCE) != 0
    running.close()
