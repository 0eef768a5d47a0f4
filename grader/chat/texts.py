"""What people say in a scenario: plain words, and texts that programs like to get wrong.

Every text has an unguessable core, by which it is known again whatever was done to the rest.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from grader.assignment.protocol import Framing

PLAIN = ("hello", "morning", "keys", "weather", "lunch", "music", "train", "garden")
# ``{}`` is the core. No text is the leave notice of its speaker, nor begins like one.
AWKWARD = (
    "Good Morning {} EVERYBODY",
    "two  blanks {}   and three",
    "at 10:30: bring {}: pens, paper",
    "I left my {} at home",
    "please leave the {} there",
    "my name is not {} at all",
    "she joined! the {} club",
    "привет, {} как дела? Ёлка",
    "smile 🙂 {} 👍🏽",
    "*{} left*",
    "leave {}",
    "{}: says nobody",
    "{} what is your name",
    "and then {} joined!",
)
LEAVE = "leave"  # what only the keyboard understands; on the wire it is a message like any other
# Over TCP a message longer than a program's buffer is a star.
LONG = "x" * 900 + " {}"
# Only where a message has an end: a blank is not told apart from what stands around a message.
AT_THE_ENDS = ("  blanks before {}", "blanks behind {}  ")


def awkward(rng: random.Random, framing: Framing) -> Iterator[str]:
    """All awkward texts, each once, in any order; ``{}`` stands for the core."""
    texts = list(AWKWARD)
    texts += AT_THE_ENDS if framing is not Framing.RAW else ()
    texts += (LONG,) if framing is Framing.DATAGRAMS else ()
    rng.shuffle(texts)
    return iter(texts)


def plain(rng: random.Random) -> str:
    """A plain word before the core."""
    return f"{rng.choice(PLAIN)}{{}}"
