"""The scenarios of one variant: each is played once, in a world of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from support import programs, worlds
from support.programs import changed
from support.watcher import request

from grader.assignment.protocol import Framing
from grader.assignment.variants import TCP, UDP, Role, Variant
from grader.chat import probe
from grader.chat.client_story import ClientStory
from grader.chat.dialect import EACH, Dialect
from grader.chat.failure import Unmet
from grader.chat.story import Story
from grader.fact import fact
from grader.grading.pytest_plugin.playing import Journals, dialect_of
from grader.sandbox.clock import Patience
from grader.submission import intake

MakeRun = Callable[..., Any]


@pytest.fixture
def make(tmp_path: Path) -> MakeRun:
    """What all checks of one run share, around the small programs."""

    def made(seed: int = 1, without: str = "", **sources: str) -> Any:
        folder = programs.write_programs(tmp_path / "submission", **sources)
        (folder / without).unlink() if without else None
        return SimpleNamespace(
            request=request(folder, seed=seed),
            submission=intake.in_folder(folder),
            dialects={TCP: Dialect(), UDP: Dialect()},
            probed={},
            played={},
            found={},
            remark=lambda _chat: None,
            networks=worlds.networks("free-port"),
            box=worlds.BARE,
        )

    return made


@pytest.fixture
def learnt(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The probes that are played; they learn nothing."""
    seen: list[str] = []

    def server(_chat: Any) -> Dialect:
        seen.append("server")
        return Dialect()

    monkeypatch.setattr(probe, "probe_server", server)
    monkeypatch.setattr(probe, "probe_client", lambda _chat: seen.append("client"))
    return seen


class Draws:
    """A scenario that draws words and does nothing else."""

    def __init__(self) -> None:
        self.drawn: list[tuple[str, ...]] = []

    def __call__(self, story: Any) -> None:
        self.drawn.append(tuple(story.chat.draw("hello") for _one in range(3)))


def test_scenario_is_played_once(make: MakeRun, learnt: list[str]) -> None:
    """However many checks ask for it, whatever object of theirs asks."""
    run, draws = make(), Draws()
    first = Journals(run, TCP).played("two", draws)
    assert Journals(run, TCP).played("two", draws) is first
    assert len(draws.drawn) == 1
    assert learnt == ["server"]


def test_each_variant_plays_for_itself(make: MakeRun, learnt: list[str]) -> None:
    """Over TCP and over UDP the same scenario is played, and probed, apart."""
    run, draws = make(), Draws()
    assert Journals(run, TCP).played("two", draws) is not Journals(run, UDP).played("two", draws)
    assert len(set(draws.drawn)) == 2
    assert learnt == ["server"] * 2


def drawn(run: Any, variant: Variant, *names: str) -> dict[str, tuple[str, ...]]:
    """What each of these scenarios draws, played one after the other."""
    journals, found = Journals(run, variant), {}
    for name in names:
        draws = Draws()
        play = journals.played_client if name.startswith("client") else journals.played
        play(name, draws)
        (found[name],) = draws.drawn
    return found


@pytest.mark.usefixtures("learnt")
def test_draws_do_not_depend_on_what_was_played_before(make: MakeRun) -> None:
    """A scenario that is played alone is the same as among all others."""
    whole = drawn(make(), TCP, "two", "client-talks", "many", "leave")
    for name, words in whole.items():
        assert drawn(make(), TCP, name) == {name: words}


@pytest.mark.usefixtures("learnt")
def test_draws_depend_on_seed_variant_and_scenario(make: MakeRun) -> None:
    """Each of them makes them others."""
    words = drawn(make(), TCP, "two", "many")
    assert words["two"] != words["many"]
    assert drawn(make(), UDP, "two")["two"] != words["two"]
    assert drawn(make(seed=2), TCP, "two")["two"] != words["two"]


@pytest.mark.usefixtures("learnt")
def test_fault_of_the_grader_is_raised_in_each_check(make: MakeRun) -> None:
    """A scenario that fails by itself is not played again, and its checks all say so."""
    run, played = make(), []

    def broken(story: Story) -> None:
        played.append(story)
        raise ValueError("boom")

    for _check in range(3):
        with pytest.raises(ValueError, match="boom"):
            Journals(run, TCP).played("two", broken)
    assert len(played) == 1
    Journals(run, TCP).played("many", Draws())


@pytest.mark.parametrize("role", Role)
def test_fault_of_a_probe_is_raised_in_each_check(
    role: Role, make: MakeRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a probe that failed has learnt is not believed by anybody."""
    played = []

    def broken(chat: Any) -> None:
        played.append(chat)
        chat.dialect.asks = True
        raise ValueError("boom")

    monkeypatch.setattr(probe, f"probe_{role.value}", broken)
    run = make()
    for _check in range(2):
        with pytest.raises(ValueError, match="boom"):
            Journals(run, TCP).dialect(role)
    with pytest.raises(ValueError, match="boom"):
        drawn(run, TCP, "two" if role is Role.SERVER else "client-talks")
    assert len(played) == 1


@pytest.mark.parametrize(
    ("file", "role", "name"),
    [("udp_server.py", Role.SERVER, "two"), ("udp_client.py", Role.CLIENT, "client-talks")],
)
def test_missing_file(file: str, role: Role, name: str, make: MakeRun, learnt: list[str]) -> None:
    """Where a program is missing nothing is played, nor probed."""
    run = make(without=file)
    missing = fact("file-trouble", file=file, trouble=fact("is-missing"))
    for ask in (lambda: Journals(run, UDP).dialect(role), lambda: drawn(run, UDP, name)):
        with pytest.raises(Unmet) as caught:
            ask()
        assert caught.value.fact == missing
    assert learnt == []


def test_only_those_are_probed_that_are_asked_for(make: MakeRun, learnt: list[str]) -> None:
    """A check of the client leaves the server alone, and the other way round."""
    run = make()
    dialect_of(run, TCP, Role.CLIENT)
    assert learnt == ["client"]
    dialect_of(run, TCP, Role.SERVER, Role.CLIENT)
    dialect_of(run, TCP)
    assert learnt == ["client", "server"]


@pytest.mark.usefixtures("learnt")
def test_changed_dialect_stays_in_its_scenario(make: MakeRun) -> None:
    """What a scenario finds out, or how long it waits, is unknown to the next one."""
    run, seen = make(), []

    def learns(story: Story) -> None:
        dialect = story.chat.dialect
        seen.append((dialect.asks, dialect.server_framing, dialect.patience.left))
        dialect.asks, dialect.server_framing = True, Framing.RAW
        dialect.patience.spend(5)

    for name in ("two", "many"):
        Journals(run, TCP).played(name, learns)
    assert seen == [(None, None, EACH.left)] * 2


def test_each_probe_has_a_time_of_its_own(make: MakeRun, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that never rests takes nothing from the client that is probed after it."""
    left = []

    def restless(chat: Any) -> None:
        left.append(chat.dialect.patience.left)
        chat.dialect.patience.spend(100)
        chat.dialect.restless = True

    monkeypatch.setattr(probe, "probe_server", restless)
    monkeypatch.setattr(probe, "probe_client", restless)
    run = make()
    served = dialect_of(run, TCP, Role.SERVER, Role.CLIENT)
    assert left == [Patience().left] * 2
    assert served.patience.left < dialect_of(run, TCP, Role.CLIENT).patience.left == EACH.left


OWN_PORT = """\
from settings import PORT
address = options.host, PORT
"""


@pytest.mark.parametrize("served", [False, True])
def test_client_that_knows_the_port_of_its_server(
    served: bool, make: MakeRun, tmp_path: Path
) -> None:
    """A client whose port stands in another file is met there, whoever was probed first."""
    port = worlds.free_port("tcp")
    usual = "address = options.host, options.port\n"
    sources = {
        "tcp_server": changed(programs.TCP_SERVER, usual, OWN_PORT),
        "tcp_client": changed(programs.TCP_CLIENT, usual, OWN_PORT),
    }
    run = make(**sources)
    (tmp_path / "submission" / "settings.py").write_text(f"PORT = {port}\n")
    if served:
        dialect_of(run, TCP, Role.SERVER)
    learnt = dialect_of(run, TCP, Role.CLIENT)
    assert not learnt.client_absent
    assert learnt.client_framing is Framing.LINES

    def begins(story: ClientStory) -> None:
        story.begin()

    assert Journals(run, TCP).played_client("client-talks", begins).failure is None


def test_client_that_comes_nowhere(make: MakeRun, learnt: list[str], monkeypatch: Any) -> None:
    """A client that stays away is tried again only where more is known than before."""

    def absent(chat: Any) -> None:
        learnt.append("client")
        chat.dialect.client_absent = True

    monkeypatch.setattr(probe, "probe_client", absent)
    run = make()
    for _check in range(2):
        assert dialect_of(run, TCP, Role.CLIENT).client_absent
    assert learnt == ["client", "server"]
