"""How one check is run: its world or its journals, its needs, and what it leaves behind."""

from __future__ import annotations

import time
from collections.abc import Generator

import pytest

from grader.assignment import rubric
from grader.assignment.check_ids import check_id as make_id
from grader.assignment.check_ids import name_of
from grader.chat.failure import Failure, Unmet
from grader.chat.unwritten import Unwritten
from grader.chat.world import Chat, World
from grader.fact import fact
from grader.grading.looking import NOTHING, look
from grader.grading.outcome import Outcome
from grader.grading.pytest_plugin.check_run import CHECK_RUN, CheckRun
from grader.grading.pytest_plugin.playing import Journals, dialect_of, world
from grader.grading.pytest_plugin.selection import check_id
from grader.result.verdict import Evidence, Verdict

OUTCOME = pytest.StashKey[Outcome]()


@pytest.fixture(name="chat")
def _chat(request: pytest.FixtureRequest) -> Generator[Chat]:
    """The world of this check, fresh."""
    run = request.config.stash[CHECK_RUN]
    variant, name = request.param, name_of(check_id(request.node))
    dialect = dialect_of(run, variant, *rubric.row(name).files)
    with world(run, variant, name, dialect) as chat:
        yield chat


@pytest.fixture(name="journals")
def _journals(request: pytest.FixtureRequest) -> Journals:
    """The journals of the scenarios of this variant."""
    return Journals(request.config.stash[CHECK_RUN], request.param)


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Generator[None, object, object]:
    """Run a check, and keep what it leaves behind."""
    world = pyfuncitem.funcargs.get("chat")
    journals = pyfuncitem.funcargs.get("journals")
    started = time.monotonic()
    failure: Failure | None = None
    try:
        if isinstance(world, World):
            _require(pyfuncitem, world)
        result = yield
        if isinstance(world, World):
            world.finish()
    except Failure as error:
        failure = error
        raise
    finally:
        run = pyfuncitem.config.stash[CHECK_RUN]
        seconds = round(time.monotonic() - started, 4)
        if isinstance(world, World):
            pyfuncitem.stash[OUTCOME] = _of_world(run, world, failure, seconds)
        if isinstance(journals, Journals):
            pyfuncitem.stash[OUTCOME] = _of_journals(run, journals, failure, seconds)
    return result


def _of_world(run: CheckRun, world: Chat, failure: Failure | None, seconds: float) -> Outcome:
    """What a check leaves behind that has played in a world of its own."""
    if failure or world.is_unfinished():
        world.hear_out()
    run.remark(world)
    return Outcome(
        transcript=world.transcript.events(),
        evidence=_evidence(world, failure),
        duration_s=seconds,
        starved=world.dialect.patience.starved,
        unwritten=world.unwritten(),
        found=look(world.processes, missing=not failure.wrong) if failure else NOTHING,
        shortage=run.shortage if failure and world.may_lack() else None,
    )


def _of_journals(
    run: CheckRun, journals: Journals, failure: Failure | None, seconds: float
) -> Outcome:
    """What a check leaves behind that has looked at journals."""
    played, evidence = journals.deciding, tuple(sorted(journals.evidence))
    if played is None:  # it has played by itself, or nothing was played for it
        return Outcome(evidence=evidence, duration_s=seconds if evidence else 0.0)
    reached: dict[int, Unwritten] = {}
    for story in [played] if failure else journals.used:
        reached |= {task.number: task for task in story.unwritten}
    return Outcome(
        transcript=journals.transcript or played.transcript,
        evidence=failure.evidence if failure else evidence,
        duration_s=max(story.seconds for story in (played, *journals.used)),
        starved=any(story.starved for story in journals.used),
        unwritten=[reached[number] for number in sorted(reached)],
        found=journals.found(played, missing=not failure.wrong) if failure else NOTHING,
        shortage=run.shortage if failure and played.may_lack else None,
    )


def _require(item: pytest.Item, world: Chat) -> None:
    """Raises Unmet when a file is missing, or a check that this one needs did not pass."""
    results = item.config.stash[CHECK_RUN].results
    row = rubric.row(name_of(check_id(item)))
    missing = world.submission.missing(world.variant, row.files)
    if missing is not None:
        raise Unmet(missing)
    for need in row.needs:
        result = results.get(make_id(world.variant.name, need))
        if result is not None and result.verdict is not Verdict.PASS:
            raise Unmet(fact("needs", check=need))


def _evidence(world: Chat, failure: Failure | None) -> tuple[Evidence, ...]:
    if failure is not None and failure.evidence:
        return failure.evidence
    seen = set(world.evidence).union(*(p.evidence for p in world.everybody()))
    return tuple(e for e in Evidence if e in seen)
