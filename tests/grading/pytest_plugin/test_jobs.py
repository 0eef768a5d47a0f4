"""Which work checks need, and which of it can be done at a time."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from grader.assignment.variants import TCP, Role
from grader.chat.dialect import Dialect
from grader.checks import judging
from grader.checks.client_stories import CLIENT_STORIES
from grader.checks.stories import STORIES
from grader.fact import Fact, fact
from grader.grading.pytest_plugin.jobs import Job, Kind, Plan, Stories
from grader.result.verdict import Verdict

SERVER, CLIENT = Role.SERVER, Role.CLIENT
GOOD = Dialect(asks=True, welcomes=True, announces=True, relays=True)
WHOLE = Stories(judging.SERVER_OR_CLIENT, judging.scenarios, STORIES, CLIENT_STORIES)


def plan(*names: str, probed: Any = True, dialect: Dialect = GOOD, **run: Any) -> Plan:
    """The plan for these checks over TCP, of a submission that has both files."""
    missing: dict[Role, Fact] = run.pop("missing", {})
    usual = {
        "request": SimpleNamespace(first=run.pop("first", frozenset())),
        "submission": SimpleNamespace(
            missing=lambda _variant, roles: next(
                (missing[role] for role in roles if role in missing), None
            )
        ),
        "dialects": {TCP: dialect},
        "probed": {(TCP, SERVER): None, (TCP, CLIENT): None} if probed is True else probed or {},
        "played": {},
        "results": {},
    }
    items: Any = [
        SimpleNamespace(
            originalname=f"test_{name.replace('-', '_')}",
            callspec=SimpleNamespace(params={"chat": TCP}),
        )
        for name in names
    ]
    return Plan(SimpleNamespace(**usual | run), WHOLE, items)  # type: ignore[arg-type]


def jobs(made: Plan) -> list[tuple[str, str]]:
    """The kinds of the jobs that can be done now, and their names or whose probe it is."""
    return [(j.kind.name, j.name or j.role.value) for j in made.jobs(list(made.items))]


def passed(name: str, verdict: Verdict) -> dict[str, Any]:
    """The results when one check has this verdict."""
    return {f"tcp.{name}": SimpleNamespace(verdict=verdict)}


def test_probes_come_first() -> None:
    """Nothing else can be done before; only what is needed is probed."""
    both = plan("two-users", "client-shows", "end-to-end", probed=False)
    assert jobs(both) == [("PROBE", "server"), ("PROBE", "client")]
    assert jobs(plan("client-shows", probed=False)) == [("PROBE", "client")]


def test_scenario_is_played_once_for_all() -> None:
    """However many checks look at its journal; the long ones begin first."""
    names = [name for kind, name in jobs(plan("two-users", "many-users", "join-notice"))]
    assert len(names) == len(set(names))
    assert names[0] == "many"
    assert {"two", "texts", "many"} <= set(names)


def test_check_is_ready_when_all_has_been_played() -> None:
    """Then there is no job for it."""
    fault = {(TCP, name): RuntimeError() for name in STORIES}
    ready = plan("two-users", played=fault)
    assert jobs(ready) == []
    assert ready.is_ready("tcp.two-users")
    assert not plan("two-users").is_ready("tcp.two-users")


def test_fault_of_a_probe_makes_ready() -> None:
    """There is nothing to play with a program that nobody could be told of."""
    made = plan("two-users", probed={(TCP, SERVER): RuntimeError()})
    assert made.is_ready("tcp.two-users")


def test_missing_file_makes_ready() -> None:
    """Nothing is probed for a check whose file is not there."""
    made = plan("two-users", probed=False, missing={SERVER: fact("no-file")})
    assert jobs(made) == []
    assert made.is_ready("tcp.two-users")


def test_what_is_sure_goes_first() -> None:
    """A check that may be skipped waits until no other work is left to begin."""
    made = plan("rejoin", "two-users", "ctrl-c", "starts")
    kinds = jobs(made)
    assert kinds[-2:] == [("CHECK", "tcp.rejoin"), ("CHECK", "tcp.ctrl-c")]
    assert ("CHECK", "tcp.starts") in kinds[:-2]


@pytest.mark.parametrize(
    ("verdict", "begins"), [(Verdict.PASS, True), (Verdict.FAIL, False), (Verdict.TODO, False)]
)
def test_check_that_needs_another_one(verdict: Verdict, begins: bool) -> None:
    """It is skipped once that one has not passed."""
    made = plan("restart", "two-users", results=passed("two-users", verdict))
    assert (("CHECK", "tcp.restart") in jobs(made)) is begins
    assert made.is_ready("tcp.restart") is not begins


def test_nothing_is_begun_in_doubt_where_something_is_missing() -> None:
    """The check that others need will hardly pass: they wait for it."""
    made = plan("restart", "two-users", dialect=Dialect(asks=True, welcomes=False))
    assert ("CHECK", "tcp.restart") not in jobs(made)
    assert not made.is_ready("tcp.restart")


def test_what_is_asked_for_first_begins_first() -> None:
    """In watch mode that is what failed last time."""
    made = plan("many-users", "client-name", first=frozenset({"tcp.client-name"}))
    assert jobs(made)[0] == ("SCENARIO", "client-talks")


def test_who_waits_for_a_scenario() -> None:
    """All checks that look at it, and for a check with a world that check."""
    made = plan("two-users", "many-users", "client-name")
    job = Job(Kind.SCENARIO, TCP, SERVER, "many")
    assert made.fed_by(job, list(made.items)) == ["tcp.many-users"]
    alone = Job(Kind.CHECK, TCP, SERVER, "tcp.restart")
    assert made.fed_by(alone, []) == ["tcp.restart"]
