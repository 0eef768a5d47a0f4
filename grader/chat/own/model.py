"""What was shown on the screens, compared with what was done: a pure function of a journal.

A journal is cut into windows: one thing that somebody did, and what all screens showed from then
on until the next thing was done.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from grader.chat.journal import Act, Entry, Journal

DONE = {Act.ENTERS, Act.SAYS, Act.LEAVES, Act.VANISHES}
MUCH = 4000  # characters that nobody has caused
OFTEN = 6  # times that the one who has gone is named


@dataclass
class Window:
    """One thing that somebody did, and what the screens showed after it."""

    entry: Entry
    present: tuple[str, ...]  # all who are among them, whoever acts included
    after: Act | None  # LEAVES or VANISHES, once somebody has gone
    shown: dict[str, str] = field(default_factory=dict)
    warmed: list[str] = field(default_factory=list)  # words that were typed only to be typed
    exited: bool = False
    flooded: bool = False
    crashed: bool = False


@dataclass(frozen=True)
class Delivery:
    """A word that somebody said, and one screen on which it was to be seen."""

    speaker: str
    word: str
    receiver: str
    count: int  # times that it was shown before the next thing was done
    late: bool  # it was shown only afterwards
    label: str  # what stood in its line beside it
    crowd: int  # how many were there
    after: Act | None
    at: int  # the number of the window


@dataclass(frozen=True)
class Notice:
    """What one screen said of somebody who came or went."""

    act: Act
    about: str
    receiver: str
    lines: tuple[str, ...]  # lines that nobody has typed
    named: int  # of these with the name
    others: tuple[str, ...]  # somebody else's names in them
    late: bool  # only after the next thing was done
    at: int


def windows(journal: Journal) -> list[Window]:
    """The journal cut into windows."""
    found: list[Window] = []
    present: list[str] = []
    after: Act | None = None
    for entry in journal.entries:
        if entry.act in DONE:
            found.append(Window(entry, tuple(present), after))
        if entry.act is Act.SETTLES:
            present.append(entry.who)
        elif entry.act in (Act.LEAVES, Act.VANISHES):
            after = entry.act
            present = [who for who in present if who != entry.who]
        elif found and entry.act is Act.SHOWS:
            shown = found[-1].shown
            shown[entry.who] = shown.get(entry.who, "") + entry.text
        elif found and entry.act is Act.TELLS:
            found[-1].warmed.append(entry.text)
        elif found and entry.act is Act.EXITS:
            found[-1].exited = True
        elif found and entry.act is Act.CRASHES:
            found[-1].crashed = True
        elif found and entry.act is Act.FLOODS:
            found[-1].flooded = True
    return found


def deliveries(told: Sequence[Window]) -> list[Delivery]:
    """Every word on every screen where it was to be seen."""
    found = []
    for number, window in enumerate(told):
        if window.entry.act is not Act.SAYS:
            continue
        word = window.entry.text
        for who in window.present:
            if who == window.entry.who:
                continue
            text = window.shown.get(who, "")
            later = any(word in after.shown.get(who, "") for after in told[number + 1 :])
            found.append(
                Delivery(
                    window.entry.who,
                    word,
                    who,
                    text.count(word),
                    later and word not in text,
                    _label(text, word),
                    len(window.present),
                    window.after,
                    number,
                )
            )
    return found


@dataclass(frozen=True)
class Echo:
    """A word that somebody said, and how often their own screen has shown it."""

    speaker: str
    word: str
    count: int
    at: int


def echoes(told: Sequence[Window]) -> list[Echo]:
    """What everybody's own screen has shown of what they said."""
    found = []
    for number, window in enumerate(told):
        if window.entry.act is Act.SAYS:
            who, word = window.entry.who, window.entry.text
            count = sum(after.shown.get(who, "").count(word) for after in told)
            found.append(Echo(who, word, count, number))
    return found


def notices(told: Sequence[Window], act: Act, shape: str, word: str = "") -> list[Notice]:
    """What everybody there was told of those who came, left or vanished.

    Whoever never said a word that came to somebody, and never got one, has not been there.
    """
    people = {window.entry.who for window in told}
    said = [window.entry.text for window in told if window.entry.act is Act.SAYS]
    said += [word for window in told for word in window.warmed]
    came = [one for one in deliveries(told) if one.count]
    part = {who for one in came for who in (one.speaker, one.receiver)}
    found = []
    for number, window in enumerate(told):
        about = window.entry.who
        if window.entry.act is not act or about not in part:
            continue
        for who in window.present:
            if who == about or who not in part:
                continue
            lines = _lines(window.shown.get(who, ""), said, about, shape, word)
            named = [line for line in lines if about in line]
            late = False
            if not named:
                later = (after.shown.get(who, "") for after in told[number + 1 :])
                after_all = [n for t in later for n in _lines(t, said, about, shape, word)]
                after_all = [line for line in after_all if about in line]
                late, named = bool(after_all), after_all
            others = {other for line in lines for other in people - {about} if other in line}
            found.append(
                Notice(
                    act, about, who, tuple(lines), len(named), tuple(sorted(others)), late, number
                )
            )
    return found


def _lines(text: str, said: Iterable[str], about: str, shape: str, word: str) -> list[str]:
    """The lines of a text that are notices: no messages, no empty ones, no prompts."""
    said = list(said)
    found = []
    for line in map(str.strip, text.splitlines()):
        if not any(char.isalnum() for char in line) or any(one in line for one in said):
            continue
        if any(bare(line) == bare(message) for message in _said_by(about, shape, word)):
            continue
        if word and bare(line).endswith(" " + bare(word)) and about not in line:
            continue
        found.append(line)
    return found


def _said_by(who: str, shape: str, word: str) -> list[str]:
    """How the word of leaving, and nothing at all, look as messages."""
    texts = ["", word] if word else [""]
    shaped = [shape.format(name=who, text=text) for text in texts] if shape else []
    return [*texts, *shaped]


def bare(text: str) -> str:
    """A line without prompts; of times of day and other numbers only that they are there."""
    return re.sub(r"\d+", "0", " ".join(text.split()).strip("> "))


def _label(text: str, word: str) -> str:
    """What stands beside a word in its line, or in the one before if there is nothing."""
    lines = text.splitlines()
    for number, line in enumerate(lines):
        if word in line:
            beside = line.replace(word, "").strip()
            if not any(char.isalnum() for char in beside) and number:
                beside = lines[number - 1].strip()
            return beside
    return ""


def flooded(window: Window) -> str:
    """Who is shown more than anybody has caused after somebody has gone; nobody: nothing."""
    for who in window.present:
        text = window.shown.get(who, "")
        if who != window.entry.who and (
            len(text) > MUCH or text.count(window.entry.who) >= OFTEN or window.flooded
        ):
            return who
    return ""
