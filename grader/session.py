"""Runs the checks in a process of their own and makes a result of what it reports."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Protocol

from grader import rubric, sandbox, score
from grader.verdict import CheckResult, Evidence, GradeResult, SandboxInfo, Verdict

LIMIT = 600  # seconds for a whole grading
PATIENCE = 5  # seconds for the worker to clean up after an interruption
UNKNOWN = SandboxInfo("unknown", "unknown", "unknown")


@dataclass(frozen=True)
class Request:
    """What is to be graded, and how."""

    label: str  # the submission, as the user gave it
    variants: tuple[str, ...]
    seed: int
    submission: str = ""  # a folder, or else single files
    server: str = ""
    client: str = ""
    checks: tuple[str, ...] = ()  # ids; empty means all

    def options(self) -> list[str]:
        """The options of the worker."""
        return [
            f"--submission={self.submission}",
            f"--server={self.server}",
            f"--client={self.client}",
            f"--variant={','.join(self.variants)}",
            f"--seed={self.seed}",
            f"--checks={','.join(self.checks)}",
        ]


class Progress(Protocol):
    """Who wants to know how far a grading has got."""

    def started(self, check_id: str, title: str) -> None:
        """A check begins."""

    def finished(self, result: CheckResult) -> None:
        """A check has a verdict."""


@dataclass
class _Seen:
    """What the worker has told so far."""

    planned: dict[str, str] = field(default_factory=dict)  # title by id
    sandbox: SandboxInfo = UNKNOWN
    notes: tuple[str, ...] = ()
    results: dict[str, CheckResult] = field(default_factory=dict)
    running: str = ""
    done: bool = False
    interrupted: bool = False


def grade(request: Request, progress: Progress) -> GradeResult:
    """Grade one submission. Ctrl+C ends it early, with ``interrupted`` set."""
    started = time.monotonic()
    seen = _Seen()
    with tempfile.TemporaryFile() as complaints, sandbox.scratch_folder() as folder:
        worker = _start(request, complaints, folder)
        watchdog = threading.Timer(LIMIT, worker.kill)
        watchdog.daemon = True
        watchdog.start()
        try:
            for event in _events(worker):
                _take(event, seen, progress)
        except KeyboardInterrupt:
            seen.interrupted = True
        finally:
            watchdog.cancel()
            _end(worker)
            if not seen.done:
                sandbox.end_all_in(folder)
        complaints.seek(0)
        why = complaints.read().decode(errors="replace").strip()
    if not seen.done and not seen.interrupted:
        _blame_grader(request, seen, why)
    return _result(request, seen, time.monotonic() - started)


def _start(request: Request, complaints: IO[bytes], folder: Path) -> subprocess.Popen[bytes]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST_")}
    environment["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    environment["PYTHONPATH"] = os.pathsep.join(p for p in (_ROOT, *_python_path()) if p)
    # All that the checks start runs in here: so it can be found again after a crash.
    environment |= dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder))
    # In a group of its own the worker is not reached by Ctrl+C: it is told by its input.
    return subprocess.Popen(
        [sys.executable, "-B", "-m", "grader.worker", *request.options()],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=complaints,
        env=environment,
        start_new_session=True,
        creationflags=sandbox.NEW_GROUP,
    )


def _python_path() -> list[str]:
    return os.environ.get("PYTHONPATH", "").split(os.pathsep)


_ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def _events(worker: subprocess.Popen[bytes]) -> Iterator[dict[str, Any]]:
    assert worker.stdout is not None
    for line in worker.stdout:
        with contextlib.suppress(ValueError):  # a line cut off by a crash
            event = json.loads(line)
            if isinstance(event, dict):
                yield event


def _take(event: dict[str, Any], seen: _Seen, progress: Progress) -> None:
    kind = event["event"]
    if kind == "planned":
        seen.planned = event["titles"]
        seen.sandbox = SandboxInfo(**event["sandbox"])
        seen.notes = tuple(event["notes"])
    elif kind == "started":
        seen.running = event["id"]
        progress.started(event["id"], seen.planned.get(event["id"], ""))
    elif kind == "finished":
        result = _check_result(event["result"])
        seen.results[result.id] = result
        progress.finished(result)
    elif kind == "done":
        seen.done = True


def _check_result(fields: dict[str, Any]) -> CheckResult:
    return CheckResult(
        **{
            **fields,
            "verdict": Verdict(fields["verdict"]),
            "evidence": tuple(Evidence(e) for e in fields["evidence"]),
            "steps": tuple(fields["steps"]),
            "transcript": tuple(fields["transcript"]),
        }
    )


def _end(worker: subprocess.Popen[bytes]) -> None:
    """Let the worker clean up, then make sure that it is gone."""
    assert worker.stdin is not None and worker.stdout is not None
    with contextlib.suppress(OSError):
        worker.stdin.close()
    try:
        worker.wait(PATIENCE)
    except (subprocess.TimeoutExpired, KeyboardInterrupt):
        if sys.platform != "win32":
            with contextlib.suppress(OSError):
                os.killpg(worker.pid, signal.SIGKILL)
        worker.kill()
        worker.wait()
    worker.stdout.close()


def _blame_grader(request: Request, seen: _Seen, why: str) -> None:
    """The worker has ended before its work was done: what has no verdict is an ERROR."""
    last = why.splitlines()[-1] if why else "it said nothing"
    for id_ in seen.planned or request.checks or rubric.check_ids(request.variants):
        if id_ in seen.results:
            continue
        variant, _, name = id_.partition(".")
        row = rubric.row(name)
        seen.results[id_] = CheckResult(
            id=id_,
            title=seen.planned.get(id_, name),
            task=row.task_of(variant),
            verdict=Verdict.ERROR,
            points=0,
            max_points=row.max_points(variant),
            star=row.star,
            mandatory=row.mandatory,
            message=f"the grader's own process ended early: {last}",
        )


def _result(request: Request, seen: _Seen, seconds: float) -> GradeResult:
    variants = tuple(
        score.variant_result(
            variant, [r for r in seen.results.values() if r.id.startswith(f"{variant}.")]
        )
        for variant in request.variants
    )
    return GradeResult(
        schema_version=1,
        submission=request.label,
        seed=request.seed,
        duration_s=round(seconds, 2),
        sandbox=seen.sandbox,
        mark=score.submission_mark(variants),
        variants=variants,
        notes=seen.notes,
        interrupted=seen.interrupted,
    )
