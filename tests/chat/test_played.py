"""What a scenario that was played has left behind."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import programs, worlds
from support.programs import changed

from grader.assignment.protocol import Framing
from grader.chat.client_story import ClientStory
from grader.chat.dialect import Dialect
from grader.chat.journal import Act
from grader.chat.model.finding import Kind
from grader.chat.played import ClientScenario, Played, Scenario, play, play_client
from grader.chat.story import Over, Story
from grader.chat.world import Chat
from grader.fact import fact
from grader.sandbox.clock import Patience

SERVER = programs.TCP_SERVER
CLIENT = programs.TCP_CLIENT
RELAY = "            relay(data, name)\n"
KNOWN = Dialect(Framing.LINES, Framing.LINES, True, True, True, True, True)


def talk(story: Story) -> None:
    """Two come, and one says something."""
    alice, _bob = story.join("alice", "bob")
    story.say(alice)


def talk_to_client(story: ClientStory) -> None:
    story.begin()
    story.tell()
    story.leave()


def played(folder: Path, server: str = SERVER, scenario: Scenario = talk) -> Played:
    with worlds.world(folder, "tcp", dialect=KNOWN.copy(), tcp_server=server) as world:
        return play("two", scenario, world)


def played_client(
    folder: Path, client: str = CLIENT, scenario: ClientScenario = talk_to_client
) -> Played:
    with worlds.world(folder, "tcp", dialect=KNOWN.copy(), tcp_client=client) as world:
        return play_client("client-talks", scenario, world)


def test_nothing_is_wrong(tmp_path: Path) -> None:
    """A story in which all went well has its journal, its steps, and no findings."""
    found = played(tmp_path)
    assert found.name == "two"
    assert found.journal.entries[-1].act is Act.QUIET
    assert found.shown.due and not found.shown.findings and not found.differs
    assert found.transcript[0].fact == fact("server-starts")
    assert not (found.unwritten or found.end or found.starved or found.may_lack or found.failure)


def test_what_is_wrong_is_found(tmp_path: Path) -> None:
    """The model's findings are those of the journal."""
    found = played(tmp_path, changed(SERVER, RELAY, 2 * RELAY))
    assert found.differs
    assert [finding.kind for finding in found.shown.findings] == [Kind.DOUBLED]


def test_story_that_is_over_early(tmp_path: Path) -> None:
    """What was played of a story that could not go on is kept."""

    def stops(story: Story) -> None:
        story.join("alice")
        raise Over

    found = played(tmp_path, scenario=stops)
    assert Act.SETTLES in [entry.act for entry in found.journal.entries]
    assert not found.differs


def test_fault_of_the_story_itself(tmp_path: Path) -> None:
    """What is no fault of the submission's is raised."""

    def breaks(story: Story) -> None:
        raise ValueError(str(story.manners.framing))

    with pytest.raises(ValueError, match="LINES"):
        played(tmp_path, scenario=breaks)


def test_how_a_server_ended(tmp_path: Path) -> None:
    """Of a server that ended by itself it is known how."""
    found = played(tmp_path, changed(SERVER, RELAY, "            os._exit(3)\n"))
    assert found.end == fact("program-ended", file="tcp_server.py", status=3)
    assert [finding.kind for finding in found.shown.findings] == [Kind.CRASHED]


def test_tasks_that_were_reached(tmp_path: Path) -> None:
    """The tasks that are not written are known, though their last words come late."""
    gap = "            raise NotImplementedError('task 6: pass the message on')\n"
    found = played(tmp_path, changed(SERVER, RELAY, gap))
    assert [(task.number, task.title) for task in found.unwritten] == [(6, "pass the message on")]


def test_machine_that_had_no_time(tmp_path: Path) -> None:
    """That a wait was over for want of time is told."""

    def starves(story: Story) -> None:
        story.chat.dialect.patience = Patience(starved=True)

    assert played(tmp_path, scenario=starves).starved


def test_machine_that_may_grant_too_little(tmp_path: Path) -> None:
    """That a program complains of what the machine lacks is told."""
    complains = "            print('MemoryError', file=__import__('sys').stderr, flush=True)\n"
    assert played(tmp_path, changed(SERVER, RELAY, complains)).may_lack


def test_client(tmp_path: Path) -> None:
    """In front of a client the same is left behind."""
    found = played_client(tmp_path)
    assert found.name == "client-talks"
    assert found.end == fact("program-ended", file="tcp_client.py", status=0)
    assert not found.differs


def test_client_that_shows_nothing(tmp_path: Path) -> None:
    """What the model of a client finds is found."""
    shows = "        print(data.decode(), flush=True)\n"
    found = played_client(tmp_path, changed(CLIENT, shows, "        pass\n"))
    assert [finding.kind for finding in found.shown.findings] == [Kind.MISSING]


def test_client_that_never_comes(tmp_path: Path) -> None:
    """A client that never reached its server has a failure, and nothing to find."""
    found = played_client(tmp_path, "1 / 0")
    assert found.failure is not None and found.differs
    assert found.failure.message == fact("client-not-come")


def test_no_program_at_all(tmp_path: Path) -> None:
    """A story in which nobody comes starts nothing."""
    started: list[Chat] = []

    def nothing(story: Story) -> None:
        started.append(story.chat)

    found = played(tmp_path, scenario=nothing)
    assert not started[0].processes
    assert found.journal.entries == ()
    assert found.end is None
