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
)
# Only where a message has an end: a blank is not told apart from what stands around a message.
AT_THE_ENDS = ("  blanks before {}", "blanks behind {}  ")


def awkward(rng: random.Random, framing: Framing) -> Iterator[str]:
    """All awkward texts, each once, in any order; ``{}`` stands for the core."""
    texts = list(AWKWARD if framing is Framing.RAW else AWKWARD + AT_THE_ENDS)
    rng.shuffle(texts)
    return iter(texts)


def plain(rng: random.Random) -> str:
    """A plain word before the core."""
    return f"{rng.choice(PLAIN)}{{}}"
