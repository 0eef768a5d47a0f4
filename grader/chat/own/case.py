"""What is known of one chat, and what can be said of a check."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from grader.chat.journal import Act
from grader.chat.own import model
from grader.chat.own.dialect import OwnDialect
from grader.chat.own.model import Delivery, Notice, Window
from grader.chat.own.stories import Told
from grader.fact import Fact
from grader.result.check import Event, Point
from grader.result.verdict import Evidence, Verdict

SHOWN = 300  # characters of a screen that are quoted


@dataclass(frozen=True)
class Judgement:
    """What is to be said of one check."""

    verdict: Verdict
    message: Fact | None = None
    expected: Fact | None = None
    got: Fact | None = None
    evidence: tuple[Evidence, ...] = ()
    point: Point | None = None
    story: str = ""  # whose transcript shows it
    at: int | None = None  # up to which window
    transcript: tuple[Event, ...] = ()


@dataclass
class Case:
    """All that is known of one chat: its dialect, and the stories by their names."""

    dialect: OwnDialect
    told: Mapping[str, Told]
    _cut: dict[str, list[Window]] = field(default_factory=dict)

    def windows(self, name: str) -> list[Window]:
        """A story's journal, cut into windows; nothing of one that was not played."""
        if name not in self._cut:
            told = self.told.get(name)
            self._cut[name] = model.windows(told.journal) if told else []
        return self._cut[name]

    def deliveries(self, *names: str) -> list[tuple[str, Delivery]]:
        """Every word that was to be seen, and in which story."""
        return [(name, one) for name in names for one in model.deliveries(self.windows(name))]

    def notices(self, name: str, act: Act) -> list[Notice]:
        """What the others were told in a story."""
        return model.notices(self.windows(name), act, self.dialect.shape, self.dialect.word)

    @cached_property
    def delivers(self) -> bool:
        """Whether anything that was typed has come to anybody."""
        return any(one.count for _name, one in self.deliveries(*self.told))

    def shown(self, name: str, at: int, who: str) -> str:
        """What a screen showed in one window, shortened."""
        text = self.windows(name)[at].shown.get(who, "")
        return text if len(text) <= SHOWN else f"{text[: SHOWN // 2]}…{text[-SHOWN // 2 :]}"


def passed(story: str, *evidence: Evidence) -> Judgement:
    """The behaviour was seen."""
    return Judgement(Verdict.PASS, evidence=evidence or (Evidence.SEEN,), story=story)


def skipped(why: Fact) -> Judgement:
    """No story came so far."""
    return Judgement(Verdict.SKIP, why)


def left_open(why: Fact) -> Judgement:
    """It cannot be told; the fact says why."""
    return Judgement(Verdict.OPEN, why)


def failed(
    story: str,
    message: Fact,
    expected: Fact,
    got: Fact,
    *,
    at: int | None = None,
    seen: bool = False,
    point: Point | None = None,
) -> Judgement:
    """A story shows, up to a window, that the behaviour is missing; something was ``seen``."""
    evidence = (Evidence.SEEN if seen else Evidence.QUIET,)
    return Judgement(Verdict.FAIL, message, expected, got, evidence, point, story, at)
