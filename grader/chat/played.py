"""A scenario that was played: its journal, and what else is to be said of it."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from dataclasses import dataclass

from grader.chat.client_story import ClientStory
from grader.chat.failure import Shortfall
from grader.chat.journal import Journal
from grader.chat.model import client, findings
from grader.chat.model.findings import Shown
from grader.chat.story import Over, Story
from grader.chat.unwritten import Unwritten
from grader.chat.world import Chat
from grader.fact import Fact
from grader.result.check import Event

Scenario = Callable[[Story], None]
ClientScenario = Callable[[ClientStory], None]


@dataclass(frozen=True)
class Played:
    """What one scenario has left behind."""

    name: str
    journal: Journal
    shown: Shown  # what the model says of it
    transcript: tuple[Event, ...]
    unwritten: tuple[Unwritten, ...]  # the tasks that the submission reached, the lowest first
    end: Fact | None  # how the program ended, if it did
    starved: bool  # whether a wait was over because the machine had no time
    may_lack: bool  # whether the machine may have granted too little
    failure: Shortfall | None = None  # a client that never reached its server
    seconds: float = 0.0  # that it took

    @property
    def differs(self) -> bool:
        """Whether anything went wrong."""
        return bool(self.shown.findings) or self.failure is not None


def play(name: str, scenario: Scenario, chat: Chat) -> Played:
    """Play a scenario; a fault of the submission's is in the journal, and raises nothing."""
    started, story = time.monotonic(), Story(chat)
    with contextlib.suppress(Over):
        scenario(story)
    journal = story.journal()
    return left_behind(name, chat, journal, findings.shown(journal), None, started)


def play_client(
    name: str, scenario: ClientScenario, chat: Chat, at_gap: Callable[[], None] = lambda: None
) -> Played:
    """The same in front of a student's client; ``at_gap`` see :class:`ClientStory`."""
    started, story = time.monotonic(), ClientStory(chat, at_gap)
    with contextlib.suppress(Over):
        scenario(story)
    journal = story.journal()
    failure = story.failure.shortfall if story.failure else None
    return left_behind(name, chat, journal, client.shown(journal), failure, started)


def left_behind(
    name: str,
    chat: Chat,
    journal: Journal,
    shown: Shown,
    failure: Shortfall | None,
    started: float,
) -> Played:
    """What has been played in a world that is still open, since it ``started``."""
    differs = bool(shown.findings) or failure is not None
    if differs or chat.is_unfinished():
        chat.hear_out()
    program = chat.processes[0] if chat.processes else None
    return Played(
        name,
        journal,
        shown,
        chat.transcript.events(),
        tuple(chat.unwritten()),
        program.how_it_ended() if program and not program.alive else None,
        chat.dialect.patience.starved,
        chat.may_lack(),
        failure,
        round(time.monotonic() - started, 4),
    )
