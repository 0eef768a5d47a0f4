"""The worker's part for chats of their own protocol: plays the stories, and tells the events."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from grader.assignment import modes
from grader.assignment.variants import Variant, variant
from grader.chat.own import written
from grader.fact import fact
from grader.grading.events import Done, Event, Finished, Learnt, Planned, Started
from grader.grading.outcome import failed_by, unresolved
from grader.grading.own import results, understanding
from grader.grading.own.playing import Machine, Playing
from grader.grading.request import Request
from grader.reports.sentences.own import TITLES
from grader.result.grade import SandboxInfo
from grader.result.own import OwnProtocol
from grader.result.verdict import Reason
from grader.sandbox import activity, levels, limits, networks, reaper
from grader.sandbox.box import scratch_folder
from grader.submission import intake
from grader.submission.intake import Submission
from grader.submission.own import pair
from grader.submission.own.pair import Pairs

Tell = Callable[[Event], None]


def run(request: Request, tell: Tell, listen: Callable[[], None]) -> None:
    """Grade the one variant of a request; ``listen`` is called once there may be more threads."""
    with scratch_folder() as copy, scratch_folder() as tools:
        machine, sandbox = prepared(request, tools)
        listen()
        planned = request.planned()
        titles = {id_: TITLES[id_.partition(".")[2]] for id_ in planned}
        tell(Planned(titles, sandbox))
        for name in request.variants:
            _grade(request, variant(name), staged(request, copy), machine, tell)
        tell(Done())


def prepared(request: Request, tools: Path) -> tuple[Machine, SandboxInfo]:
    """What programs are run with here, and what to say of it."""
    reaper.adopt_orphans()
    limits.allow_many_files()
    if request.portable:
        activity.disable()
    # The network first: for an ordinary user it brings a user namespace.
    nets, no_network = networks.best(portable=request.portable)
    box, no_level = levels.choose(request.sandbox, portable=request.portable)
    info = SandboxInfo(
        level=box.level,
        files=box.files,
        network=nets.kind,
        clock="idle-aware" if activity.supported() else "wall",
        notes=tuple(filter(None, (no_level, no_network))),
    )
    return Machine(
        nets, replace(box.compiled(tools), in_a_copy=True), request.seed, request.jobs
    ), info


def staged(request: Request, copy: Path) -> Pairs:
    """A copy of what was handed in: what is run and read is never the student's own files."""
    folder = Path(request.submission)
    given = [Path(path) for path in (request.server, request.client) if path]
    if not request.submission:
        folder = given[0].parent.resolve()
    intake.copied(Submission(request.label, {}, folder=folder), copy)
    if not given:
        return pair.in_folder(copy)
    return pair.named(*(copy / path.name for path in given))


def _grade(request: Request, graded: Variant, pairs: Pairs, machine: Machine, tell: Tell) -> None:
    if graded not in pairs.pairs:
        nothing = fact("own-no-pair", variant=graded.name)
        tell(Learnt(OwnProtocol((), "", nothing, None)))
        return
    if machine.networks.kind != "namespace":
        tell(Learnt(OwnProtocol((), "", fact("own-needs-namespaces"), None)))
        return
    ids = request.planned()
    tell(Started(ids[0]))
    began = time.monotonic()
    try:
        told = written.given(written.read(request.dialect))
        playing = Playing(pairs.pairs[graded], graded, pairs.folder, machine, told)
        found = playing.grade(id_.partition(".")[2] for id_ in ids)
    except Exception as error:  # noqa: BLE001 (the grader's own fault, in every check)
        with contextlib.suppress(ValueError):
            _blame(ids, error, tell)
        return
    lines = understanding.lines(found.dialect, pairs.pairs[graded], pairs.folder)
    tell(Learnt(OwnProtocol(lines, written.text(found.dialect), found.declined, None)))
    if found.declined is not None:
        return
    seconds = (time.monotonic() - began) / max(len(ids), 1)
    for id_ in ids:
        judgement = found.judgements[id_.partition(".")[2]]
        tell(Started(id_))
        tell(Finished(results.result_of(graded, id_, judgement, round(seconds, 4))))


def _blame(ids: tuple[str, ...], error: Exception, tell: Tell) -> None:
    text = next(iter(str(error).splitlines()), "")
    raised = fact("raised", error=type(error).__name__, text=text)
    for id_ in ids:
        blank = unresolved(id_, TITLES[id_.partition(".")[2]], modes.OWN)
        tell(Started(id_))
        tell(Finished(failed_by(Reason.GRADER, raised, blank)))
