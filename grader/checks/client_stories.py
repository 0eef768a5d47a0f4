"""The scenarios that the checks of the client share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import zip_longest

from grader.chat.client_story import ClientStory
from grader.chat.texts import LEAVE, awkward


def talks(story: ClientStory) -> None:
    """Others say something, the user says something, and leaves."""
    story.begin()
    for _round in range(3):
        story.tell()
        story.type()
    story.tell()
    story.leave()


def leaves(story: ClientStory) -> None:
    """The user says something and leaves."""
    story.begin()
    story.type()
    story.leave()


def texts(story: ClientStory) -> None:
    """Others, and the user, say what programs like to get wrong."""
    story.begin()
    framing = story.manners.framing
    told, typed = awkward(story.rng, framing), awkward(story.rng, framing)
    for others, own in zip_longest(told, typed, fillvalue=""):
        story.tell(others)
        story.type(own)
    story.tell(LEAVE)
    story.leave()


CLIENT_STORIES: Mapping[str, Callable[[ClientStory], None]] = {
    "client-talks": talks,
    "client-texts": texts,
    "client-leaves": leaves,
}
