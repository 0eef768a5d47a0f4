"""How one check is run: its world, its needs, and what it leaves behind."""

from __future__ import annotations

import random
import time
from collections.abc import Generator

import pytest

from grader.assignment import rubric
from grader.assignment.check_ids import check_id as make_id
from grader.assignment.check_ids import name_of
from grader.chat.chats import opened
from grader.chat.failure import Failure, Unmet
from grader.chat.world import Chat, World
from grader.fact import fact
from grader.grading.outcome import Outcome
from grader.grading.pytest_plugin.check_run import CHECK_RUN
from grader.grading.pytest_plugin.selection import check_id
from grader.result.verdict import Evidence, Verdict

OUTCOME = pytest.StashKey[Outcome]()


@pytest.fixture(name="chat")
def _chat(request: pytest.FixtureRequest) -> Generator[Chat]:
    """The world of this check, fresh."""
    run = request.config.stash[CHECK_RUN]
    variant, id_ = request.param, check_id(request.node)
    rng = random.Random(f"{run.request.seed}:{id_}")
    dialect = run.dialects[variant]
    dialect.patience.starved = False
    with opened(variant, run.submission, dialect, run.networks, rng, run.box) as world:
        yield world


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Generator[None, object, object]:
    """Run a check: first its needs, then the check, then a last look at all inboxes."""
    world = pyfuncitem.funcargs.get("chat")
    if not isinstance(world, World):
        return (yield)
    run = pyfuncitem.config.stash[CHECK_RUN]
    _require(pyfuncitem, world)
    started = time.monotonic()
    failure: Failure | None = None
    try:
        result = yield
        world.finish()
    except Failure as error:
        failure = error
        raise
    finally:
        if failure or world.is_unfinished():
            world.hear_out()
        pyfuncitem.stash[OUTCOME] = Outcome(
            transcript=world.transcript.events(),
            evidence=_evidence(world, failure),
            duration_s=round(time.monotonic() - started, 4),
            starved=world.dialect.patience.starved,
            unwritten=world.unwritten(),
            place=world.place() if failure else None,
            shortage=run.shortage if failure and world.may_lack() else None,
        )
    return result


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
