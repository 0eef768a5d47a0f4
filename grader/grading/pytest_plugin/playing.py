"""The scenarios of one variant: each is played once, when the first check asks for it."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from grader.assignment.check_ids import check_id
from grader.assignment.rubric import Row
from grader.assignment.variants import Role, Variant
from grader.chat import probe
from grader.chat.chats import opened
from grader.chat.dialect import Dialect
from grader.chat.failure import Unmet
from grader.chat.played import ClientScenario, Played, Scenario, play, play_client
from grader.chat.world import Chat
from grader.fact import fact
from grader.grading.looking import NOTHING, Found, look
from grader.grading.pytest_plugin.check_run import CheckRun
from grader.result.check import Event
from grader.result.verdict import Evidence, Verdict
from grader.sandbox.clock import Patience

PROBE = "probe"
Play = Callable[[Chat, Callable[[], None]], Played]  # the second is for the first gap


@contextmanager
def world(run: CheckRun, variant: Variant, what: str, dialect: Dialect) -> Iterator[Chat]:
    """A fresh world, whose draws depend on the seed, the variant and what is played alone."""
    rng = random.Random(f"{run.request.seed}:{variant.name}.{what}")
    with opened(variant, run.submission, dialect, run.networks, rng, run.box) as chat:
        yield chat


def dialect_of(run: CheckRun, variant: Variant, *roles: Role) -> Dialect:
    """A copy of what the probes have learnt; those that are needed are played first."""
    for role in roles:
        _learn(run, variant, role)
        if role is Role.CLIENT and run.dialects[variant].client_absent:
            _try_where_the_server_is(run, variant)
    return run.dialects[variant].copy(served=Role.SERVER in roles)


def _learn(run: CheckRun, variant: Variant, role: Role) -> None:
    """Play the probe of one program if it has not been played."""
    if (variant, role) not in run.probed and (variant, role) in run.submission.files:
        run.probed[variant, role] = _probed(run, variant, role)
    fault = run.probed.get((variant, role))
    if fault is not None:  # in every check that would go by what was learnt
        raise fault


def _try_where_the_server_is(run: CheckRun, variant: Variant) -> None:
    """Whoever comes nowhere may come to the port of the server, whoever has told them of it."""
    dialect, known = run.dialects[variant], run.dialects[variant].address
    _learn(run, variant, Role.SERVER)
    if dialect.address != known:
        dialect.client_absent = False
        del run.probed[variant, Role.CLIENT]
        _learn(run, variant, Role.CLIENT)


def _probed(run: CheckRun, variant: Variant, role: Role) -> Exception | None:
    """Play the probe of one program; the grader's own fault, if there was one."""
    dialect = run.dialects[variant]
    # Whatever was probed before: each probe has all the time that it may take.
    dialect.patience = Patience(starved=dialect.patience.starved)
    try:
        with world(run, variant, f"{PROBE}-{role.value}", dialect) as chat:
            if role is Role.SERVER:
                probe.probe_server(chat)
            else:
                probe.probe_client(chat)
    except Exception as error:  # noqa: BLE001 (raised again by whoever asks)
        return error
    return None


def probed(run: CheckRun, variant: Variant, role: Role) -> Dialect:
    """What the probe of one program has found out. Raises what was the grader's own fault."""
    dialect_of(run, variant, role)
    return run.dialects[variant]


def server_scenario(
    run: CheckRun, variant: Variant, name: str, scenario: Scenario
) -> tuple[Played, Found | None]:
    """Play a scenario of the server, and look at what went wrong before anything is ended."""
    return _scenario(run, variant, Role.SERVER, name, lambda chat, _: play(name, scenario, chat))


def client_scenario(
    run: CheckRun, variant: Variant, name: str, scenario: ClientScenario
) -> tuple[Played, Found | None]:
    """The same for a scenario in front of the client."""
    return _scenario(
        run, variant, Role.CLIENT, name, lambda chat, gap: play_client(name, scenario, chat, gap)
    )


def _scenario(
    run: CheckRun, variant: Variant, role: Role, name: str, play_it: Play
) -> tuple[Played, Found | None]:
    missing = run.submission.missing(variant, (role,))
    if missing is not None:
        raise Unmet(missing)
    with world(run, variant, name, dialect_of(run, variant, role)) as chat:
        early: list[Found] = []
        played = play_it(chat, lambda: early.append(look(chat.processes, missing=True)))
        run.remark(chat)
        if not played.differs:
            return played, None
        # While its programs are as the story has left them.
        return played, look(chat.processes, missing=True).with_threads_of(early)


class Journals:
    """What a check looks at, and what it leaves behind."""

    def __init__(self, run: CheckRun, variant: Variant) -> None:
        self._run, self.variant = run, variant
        self.used: list[Played] = []
        self.deciding: Played | None = None  # the one that the verdict is about
        self.transcript: tuple[Event, ...] = ()  # of it, up to what is wrong
        self.evidence: set[Evidence] = set()
        self._whole = False  # whether all that was found is told, also where nothing is missing

    def dialect(self, role: Role) -> Dialect:
        """How a program speaks. Raises Unmet where there is none."""
        missing = self._run.submission.missing(self.variant, (role,))
        if missing is not None:
            raise Unmet(missing)
        return dialect_of(self._run, self.variant, role)

    def played(self, name: str, scenario: Scenario) -> Played:
        """A scenario's journal; it is played if it has not been."""
        return self._once(name, lambda: server_scenario(self._run, self.variant, name, scenario))

    def played_client(self, name: str, scenario: ClientScenario) -> Played:
        """The same for a scenario in front of the client."""
        return self._once(name, lambda: client_scenario(self._run, self.variant, name, scenario))

    def opened(self, what: str) -> AbstractContextManager[Chat]:
        """A fresh world, for a check that plays in several."""
        return world(self._run, self.variant, what, self.dialect(Role.SERVER))

    def keep(self, played: Played, found: Found) -> Played:
        """Keep what the programs of such a world have shown, all of it."""
        self._whole = True
        self._run.found[self.variant, played.name] = found
        return played

    def require(self, row: Row) -> None:
        """Raises Unmet when a check that this one needs did not pass."""
        for need in row.needs:
            result = self._run.results.get(check_id(self.variant.name, need))
            if result is not None and result.verdict is not Verdict.PASS:
                raise Unmet(fact("needs", check=need))

    def found(self, played: Played, *, missing: bool) -> Found:
        """What its programs showed of what went wrong.

        If nothing is missing, not where the threads stood, nor what was raised only later.
        """
        found = self._run.found.get((self.variant, played.name), NOTHING)
        if missing or self._whole:
            return found
        return found.by_then(self.transcript or played.transcript)

    def _once(self, name: str, play_it: Callable[[], tuple[Played, Found | None]]) -> Played:
        key = self.variant, name
        if key not in self._run.played:
            self._run.played[key] = self._play(name, play_it)
        played = self._run.played[key]
        if isinstance(played, Exception):  # the grader's own fault, in every check that it feeds
            raise played
        return played

    def _play(
        self, name: str, play_it: Callable[[], tuple[Played, Found | None]]
    ) -> Played | Exception:
        try:
            played, found = play_it()
        except Exception as error:  # noqa: BLE001 (raised again by whoever asks)
            return error
        if found is not None:
            self._run.found[self.variant, name] = found
        return played
