"""Runs the checks in processes of their own and makes a result of what they report."""

from __future__ import annotations

import queue
import threading
import time
from dataclasses import dataclass, field
from typing import Protocol

from grader.assignment import modes
from grader.assignment.check_ids import name_of
from grader.assignment.variants import variant
from grader.fact import Fact, fact, writable
from grader.grading.events import Done, Event, Finished, Learnt, Planned, Started
from grader.grading.outcome import failed_by, unresolved
from grader.grading.request import Request
from grader.grading.worker_process import Message, WorkerProcess
from grader.result import score
from grader.result.check import CheckResult
from grader.result.grade import SCHEMA_VERSION, GradeResult, SandboxInfo, VariantResult
from grader.result.own import OwnProtocol
from grader.result.verdict import Reason
from grader.sandbox import reaper
from grader.sandbox.box import BOOT, scratch_folder

LIMIT = 600  # seconds for a whole grading
GLANCE = 0.1  # seconds between two looks at whether a grading is to stop
# A queue.Queue that Ctrl+C interrupts in its condition's __exit__ stays locked, and a thread
# that listens to a worker would wait for it forever.
Events = queue.SimpleQueue[Message]
UNKNOWN = SandboxInfo("unknown", "unknown", "unknown", "unknown", ())


class Stopped(Exception):
    """The grading was stopped; nothing of it is left running."""


class Progress(Protocol):
    """What is told how far a grading has got."""

    def started(self, check_id: str, title: str) -> None:
        """A check begins."""

    def finished(self, result: CheckResult) -> None:
        """A check has a verdict."""


@dataclass
class WorkerReport:
    """What the worker for one variant has told so far."""

    titles: dict[str, str] = field(default_factory=dict)
    sandbox: SandboxInfo = UNKNOWN
    results: dict[str, CheckResult] = field(default_factory=dict)
    notes: tuple[Fact, ...] = ()
    own: OwnProtocol | None = None
    done: bool = False


def grade(request: Request, progress: Progress, stop: threading.Event | None = None) -> GradeResult:
    """Grade one submission, its variants side by side.

    Ctrl+C ends it early: what is known so far, with ``interrupted`` set. Raises Stopped
    when ``stop`` is set meanwhile, by another thread.
    """
    started = time.monotonic()
    variants = [variant for variant in request.variants if request.of_variant(variant).planned()]
    reports = {variant: WorkerReport() for variant in variants}
    with scratch_folder(last=True) as folder, reaper.adopting() as before:
        events = Events()
        workers: dict[str, WorkerProcess] = {}
        complaints: dict[str, Fact] = {}
        watchdog = threading.Timer(LIMIT, _kill, [workers])
        watchdog.daemon = True
        interrupted = False
        try:
            for variant in variants:
                try:
                    workers[variant] = WorkerProcess(variant, request, folder, events.put)
                except (OSError, RuntimeError) as error:  # the system has no process or thread left
                    complaints[variant] = fact("worker-not-started", reason=str(error))
                    events.put((variant, None))
            watchdog.start()
            _listen(events, reports, progress, stop)
        except KeyboardInterrupt:
            interrupted = True
        finally:
            watchdog.cancel()
            complaints |= {v: _last_words(worker.end()) for v, worker in workers.items()}
            if not all(report.done for report in reports.values()):
                reaper.end_adopted(before)
                reaper.end_all_in(folder, BOOT)
    if not interrupted:
        for variant in variants:
            _blame_grader(request, variant, reports[variant], complaints[variant])
    return _result(request, reports, time.monotonic() - started, interrupted)


def _kill(workers: dict[str, WorkerProcess]) -> None:
    for worker in workers.values():
        worker.kill()


def _listen(
    events: Events,
    reports: dict[str, WorkerReport],
    progress: Progress,
    stop: threading.Event | None,
) -> None:
    """Collect the workers' events until all of them have ended."""
    working = len(reports)
    while working:
        if stop is not None and stop.is_set():
            raise Stopped
        try:
            variant, event = events.get(timeout=None if stop is None else GLANCE)
        except queue.Empty:
            continue
        if event is None:
            working -= 1
        else:
            _add_event(event, reports[variant], progress)


def _add_event(event: Event, report: WorkerReport, progress: Progress) -> None:
    match event:
        case Planned(titles=titles, sandbox=sandbox):
            report.titles, report.sandbox = titles, sandbox
        case Started(id=id_):
            progress.started(id_, report.titles.get(id_, ""))
        case Finished(result=result):
            report.results[result.id] = result
            progress.finished(result)
        case Learnt(own=own):
            report.own = own
        case Done(notes=notes):
            report.done, report.notes = True, notes


def _last_words(complaints: str) -> Fact:
    """The end of a worker's standard error."""
    lines = complaints.splitlines()[-3:]
    return fact("verbatim", text=" / ".join(lines)) if lines else fact("said-nothing")


def _blame_grader(request: Request, variant: str, report: WorkerReport, why: Fact) -> None:
    """A worker that has ended before its work was done: what has no verdict is an ERROR."""
    if report.done:
        return
    message = fact("worker-ended", reason=why)
    for id_ in request.of_variant(variant).planned():
        if id_ not in report.results:
            title = report.titles.get(id_, name_of(id_))
            result = unresolved(id_, title, request.mode)
            report.results[id_] = failed_by(Reason.WORKER, message, result)


def _result(
    request: Request, reports: dict[str, WorkerReport], seconds: float, interrupted: bool
) -> GradeResult:
    variants: tuple[VariantResult, ...] = tuple(
        _variant(request, variant, report) for variant, report in reports.items()
    )
    sandboxes = [report.sandbox for report in reports.values()]
    return GradeResult(
        schema_version=SCHEMA_VERSION,
        submission=writable(request.label),
        seed=request.seed,
        duration_s=round(seconds, 2),
        sandbox=next((sandbox for sandbox in sandboxes if sandbox != UNKNOWN), UNKNOWN),
        mark=score.submission_mark(variants),
        full_mark=score.full_mark(),
        variants=variants,
        notes=(*request.notes, *(note for report in reports.values() for note in report.notes)),
        interrupted=interrupted,
    )


def _variant(request: Request, name: str, report: WorkerReport) -> VariantResult:
    """One variant; its results in the order of the rubric, in whatever order checks have run."""
    order = modes.check_ids(request.mode, [variant(name)])
    checks = [report.results[id_] for id_ in order if id_ in report.results]
    return score.variant_result(name, checks, modes.rows(request.mode, variant(name)), report.own)
