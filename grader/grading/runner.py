"""Runs the checks in processes of their own and makes a result of what they report."""

from __future__ import annotations

import queue
import threading
import time
from dataclasses import dataclass, field
from typing import Any, Protocol

from grader.assignment import rubric
from grader.grading.worker_process import Message, Work
from grader.language import _
from grader.result import score
from grader.result.verdict import (
    SCHEMA_VERSION,
    CheckResult,
    Event,
    Evidence,
    GradeResult,
    Place,
    Point,
    SandboxInfo,
    VariantResult,
    Verdict,
)
from grader.sandbox import reaper
from grader.sandbox.box import BOOT, scratch_folder

LIMIT = 600  # seconds for a whole grading
GLANCE = 0.1  # seconds between two looks at whether a grading is to stop
# A queue.Queue that Ctrl+C reaches within its condition's __exit__ stays locked, and whoever
# listens to a worker would wait for it without end.
Events = queue.SimpleQueue[Message]
UNKNOWN = SandboxInfo("unknown", "unknown", "unknown", "unknown")


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
    portable: bool = False  # use nothing that only Linux has
    sandbox: str = "auto"  # or a level of it
    notes: tuple[str, ...] = ()  # missing files and the like, for the report
    lang: str = "en"  # the language of all texts in the result
    first: frozenset[str] = frozenset()  # ids of checks that go before the others

    def options(self, variant: str) -> list[str]:
        """The options of the worker for one variant."""
        return [
            f"--submission={self.submission}",
            f"--server={self.server}",
            f"--client={self.client}",
            f"--variant={variant}",
            f"--seed={self.seed}",
            f"--sandbox={self.sandbox}",
            f"--lang={self.lang}",
            f"--checks={','.join(self.planned(variant))}",
            *(["--portable"] if self.portable else []),
        ]

    def planned(self, variant: str) -> tuple[str, ...]:
        """The ids of the checks to run, in order."""
        ids = rubric.check_ids((variant,))
        chosen = [id_ for id_ in ids if not self.checks or id_ in self.checks]
        return tuple(sorted(chosen, key=lambda id_: id_ not in self.first))


class Stopped(Exception):
    """Somebody wanted the end of a grading; nothing of it is left running."""


class Progress(Protocol):
    """Who wants to know how far a grading has got."""

    def started(self, check_id: str, title: str) -> None:
        """A check begins."""

    def finished(self, result: CheckResult) -> None:
        """A check has a verdict."""


@dataclass
class Seen:
    """What the worker for one variant has told so far."""

    titles: dict[str, str] = field(default_factory=dict)
    sandbox: SandboxInfo = UNKNOWN
    results: dict[str, CheckResult] = field(default_factory=dict)
    done: bool = False


def grade(request: Request, progress: Progress, stop: threading.Event | None = None) -> GradeResult:
    """Grade one submission, its variants side by side.

    Ctrl+C ends it early: what is known so far, with ``interrupted`` set. Raises Stopped
    when ``stop`` is set meanwhile, by another thread.
    """
    started = time.monotonic()
    variants = [variant for variant in request.variants if request.planned(variant)]
    seen = {variant: Seen() for variant in variants}
    with scratch_folder() as folder:
        events = Events()
        workers: dict[str, Work] = {}
        complaints: dict[str, str] = {}
        watchdog = threading.Timer(LIMIT, _kill, [workers])
        watchdog.daemon = True
        interrupted = False
        try:
            for variant in variants:
                try:
                    workers[variant] = Work(variant, request.options(variant), folder, events.put)
                except (OSError, RuntimeError) as error:  # no process or thread to be had
                    why = _("it could not start: {reason}").format(reason=error)
                    complaints[variant] = why
                    events.put((variant, None))
            watchdog.start()
            _listen(events, seen, progress, stop)
        except KeyboardInterrupt:
            interrupted = True
        finally:
            watchdog.cancel()
            complaints |= {variant: worker.end() for variant, worker in workers.items()}
            if not all(s.done for s in seen.values()):
                reaper.end_all_in(folder, BOOT)
    if not interrupted:
        for variant in variants:
            _blame_grader(request, variant, seen[variant], complaints[variant])
    return _result(request, seen, time.monotonic() - started, interrupted)


def _kill(workers: dict[str, Work]) -> None:
    for worker in workers.values():
        worker.kill()


def _listen(
    events: Events,
    seen: dict[str, Seen],
    progress: Progress,
    stop: threading.Event | None,
) -> None:
    """Take in what the workers tell, until all of them have ended."""
    working = len(seen)
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
            _take(event, seen[variant], progress)


def _take(event: dict[str, Any], seen: Seen, progress: Progress) -> None:
    kind = event["event"]
    if kind == "planned":
        seen.titles = event["titles"]
        seen.sandbox = SandboxInfo(**event["sandbox"])
    elif kind == "started":
        progress.started(event["id"], seen.titles.get(event["id"], ""))
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
            "transcript": tuple(Event(**event) for event in fields["transcript"]),
            "point": fields["point"] and Point(**fields["point"]),
            "place": fields["place"] and Place(**fields["place"]),
        }
    )


def _blame_grader(request: Request, variant: str, seen: Seen, complaints: str) -> None:
    """A worker that has ended before its work was done: what has no verdict is an ERROR."""
    if seen.done:
        return
    last = " / ".join(complaints.splitlines()[-3:]) or _("it said nothing")
    for id_ in request.planned(variant):
        if id_ in seen.results:
            continue
        name = id_.partition(".")[2]
        row = rubric.row(name)
        seen.results[id_] = CheckResult(
            id=id_,
            title=seen.titles.get(id_, name),
            task=row.task_of(variant),
            verdict=Verdict.ERROR,
            points=0,
            max_points=row.max_points(variant),
            star=row.star,
            mandatory=row.mandatory,
            message=_("the grader's own process ended early: {reason}").format(reason=last),
        )


def _result(
    request: Request, seen: dict[str, Seen], seconds: float, interrupted: bool
) -> GradeResult:
    variants: tuple[VariantResult, ...] = tuple(
        score.variant_result(variant, _in_order(s.results)) for variant, s in seen.items()
    )
    return GradeResult(
        schema_version=SCHEMA_VERSION,
        submission=request.label,
        seed=request.seed,
        duration_s=round(seconds, 2),
        sandbox=next((s.sandbox for s in seen.values() if s.sandbox != UNKNOWN), UNKNOWN),
        mark=score.submission_mark(variants),
        variants=variants,
        notes=request.notes,
        interrupted=interrupted,
    )


def _in_order(results: dict[str, CheckResult]) -> list[CheckResult]:
    """The results in the order of the rubric, in whatever order the checks have run."""
    return [results[id_] for id_ in rubric.check_ids() if id_ in results]
