"""The scenarios that the checks of the server share: short stories, played in a fresh world each.

Texts that programs like to get wrong, a third user, leaving and vanishing each have a story of
their own: one fault does not cost every check. In each story that has more than two people, they
talk before anything else happens; what is wrong already then is not blamed on what follows.
"""

from __future__ import annotations

from collections.abc import Mapping

from grader.assignment.protocol import Framing
from grader.assignment.variants import TCP
from grader.chat.journal import Vanishing
from grader.chat.played import Scenario
from grader.chat.story import LATEST, Story
from grader.chat.texts import LEAVE, awkward, plain

TIMES = 3  # so often the same is said in a row
FIRST = ("alice", "bob", "carol", "dave", "erin")


def two(story: Story) -> None:
    """Two join and talk, one of them twice in a row."""
    alice, bob = story.join("alice", "bob")
    for speaker in (alice, bob, bob, alice, bob, alice):
        story.say(speaker)


def texts(story: Story) -> None:
    """Two say what programs like to get wrong; in a chat for two, late is looked for too."""
    everyone = story.join("alice", "bob")
    framing = story.manners.framing
    for text in (*awkward(story.rng, framing), LEAVE):
        story.say(story.rng.choice(everyone), text)
    if framing is not Framing.RAW:  # there the same text twice could not be told from once
        again = plain(story.rng).format(story.chat.draw(""))
        for _time in range(TIMES):
            story.say(everyone[0], again)
    if story.chat.dialect.for_two:
        story.look_late(LATEST)


def many(story: Story) -> None:
    """A third one comes, and more; everybody says something, in any order, twice."""
    everyone = [*story.join("alice", "bob")]
    for speaker in everyone:
        story.say(speaker)
    for number in range(2, story.rng.choice((4, 5))):
        # A name of which another one is the beginning is another name.
        (newcomer,) = story.join(FIRST[number]) if number < 3 else story.join_beginning(everyone[0])
        everyone.append(newcomer)
        speakers = story.rng.sample(everyone, len(everyone))
        for speaker in speakers:
            story.say(speaker)
    for speaker in story.rng.sample(everyone, len(everyone)):
        story.say(speaker)
    story.look_late(LATEST)


def leave_two(story: Story) -> None:
    """One of two leaves; the other one goes on with somebody new."""
    everyone = [*story.join("alice", "bob")]
    for speaker in everyone:
        story.say(speaker)
    going = story.rng.choice(everyone)
    story.leave(going)
    (stays,) = (p for p in everyone if p is not going)
    (carol,) = story.join("carol")
    for speaker in (stays, carol, stays, carol):
        story.say(speaker)


def leave(story: Story) -> None:
    """Three of four leave: the first to come, the last and one in the middle.

    The last to come is not the first to go: two lists that are kept side by side would not show.
    Nor does the last one go with the first, with whose name their own begins.
    """
    first, second, third = story.join(*FIRST[:3])
    (last,) = story.join_beginning(first)
    _talk(story)
    middle = story.rng.choice((second, third))
    going = [first, middle]
    story.rng.shuffle(going)
    going.insert(story.rng.randint(going.index(first) + 1, len(going)), last)
    for one in going:
        story.leave(one)
        _talk_on(story)
    story.look_late()


def vanish_two(story: Story) -> None:
    """One of two vanishes; the other one goes on with somebody new."""
    everyone = [*story.join("alice", "bob")]
    for speaker in everyone:
        story.say(speaker)
    going = story.rng.choice(everyone)
    story.vanish(going, story.rng.choice(ways(story)))
    (stays,) = (p for p in everyone if p is not going)
    (carol,) = story.join("carol")
    for speaker in (stays, carol, stays, carol):
        story.say(speaker)


def vanish(story: Story) -> None:
    """Two of four vanish, over TCP one in order and one by a reset; then somebody new comes."""
    everyone = story.join(*FIRST[:4])
    _talk(story)
    for how, going in zip(ways(story), story.rng.sample(everyone, 2), strict=True):
        story.vanish(going, how)
        _talk_on(story)
    (erin,) = story.join("erin")
    _talk_on(story)
    story.say(erin)


def ways(story: Story) -> tuple[Vanishing, Vanishing]:
    """How people can vanish here."""
    connected = story.chat.variant is TCP
    return (Vanishing.FIN, Vanishing.RESET) if connected else (Vanishing.DEAD, Vanishing.DEAD)


def _talk(story: Story) -> None:
    """Everybody who is there says something, in any order."""
    for speaker in story.rng.sample(story.present, len(story.present)):
        story.say(speaker)


def _talk_on(story: Story) -> None:
    """Everybody who is there says something, twice: what breaks may break only the next time."""
    for _round in range(2):
        for speaker in tuple(story.present):
            story.say(speaker)


# By name, in the order in which a failure is told.
STORIES: Mapping[str, Scenario] = {
    "two": two,
    "texts": texts,
    "many": many,
    "leave-two": leave_two,
    "leave": leave,
    "vanish-two": vanish_two,
    "vanish": vanish,
}
OF_TWO = {"two", "texts", "leave-two", "vanish-two"}  # all that a chat for two can play to its end
