"""The stars for races: two things happen at once, at every line at which it may matter."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from grader.assignment import rubric
from grader.chat.failure import Failure, Unmet
from grader.chat.interleaving import situations
from grader.chat.interleaving.search import Play, Search
from grader.chat.interleaving.situations import STAY, Situation
from grader.chat.journal import Act
from grader.chat.model.finding import Finding
from grader.chat.played import Played, left_behind
from grader.chat.world import Chat
from grader.checks import in_order, ownership, telling
from grader.fact import fact
from grader.grading.looking import Found, look
from grader.grading.pytest_plugin.playing import Journals
from grader.result.verdict import Evidence
from grader.sandbox import activity

SITUATIONS: Mapping[str, tuple[Situation, ...]] = {
    "race-name": (situations.SAME_NAME,),
    "race-join": (situations.SAY_JOIN, situations.JOIN_SAY),
    "race-leave": (
        situations.SAY_LEAVE,
        situations.LEAVE_SAY,
        situations.SAY_RESET,
        situations.RESET_SAY,
    ),
    "race-leaves": (situations.LEAVE_LEAVE, situations.LEAVE_RESET),
}
LONGEST = 30.0  # seconds for one star: on a machine that is too busy, not every place is looked at


def judge_race(journals: Journals, check: str) -> None:
    """Return where nothing goes wrong at any place, or raise Failure or Unmet."""
    journals.require(rubric.row(check))
    if not activity.supported():
        raise Unmet(fact("threads-not-shown"))
    started, plays = time.monotonic(), 0
    for situation in SITUATIONS[check]:
        name = f"{check}-{situation.name}"
        search = Search(
            situation,
            partial(journals.opened, name),
            partial(_keep, journals, name, started),
            started + LONGEST,
        )
        search.run()
        plays += search.plays
        if search.kept is not None:
            played = search.kept
            journals.used, journals.deciding = [played], played
            raise _failure(journals, check, played, alone=search.in_order)
    if not plays:
        raise Unmet(fact("not-shown"))
    journals.evidence = {Evidence.SEEN}


def _keep(journals: Journals, name: str, started: float, chat: Chat, play: Play) -> Played:
    """What is told of a play, while its world is as it was left."""
    assert play.journal is not None and play.shown is not None
    played = left_behind(name, chat, play.journal, play.shown, None, started)
    found = look(chat.processes, missing=True)
    if play.held:
        found = Found(found.raised, (), in_order.cause(play))
        events = sorted((*played.transcript, *in_order.events(chat, play)), key=lambda e: e.at)
        played = replace(played, transcript=tuple(events))
    return journals.keep(played, found)


def _failure(journals: Journals, check: str, played: Played, *, alone: bool) -> Failure | Unmet:
    findings = played.shown.findings
    if alone:
        return Unmet(fact("needs", check=_owner(findings)) if findings else fact("not-shown"))
    journals.transcript = telling.up_to(played, findings[0])
    failure = telling.failure(check, findings[0], played)
    if check == "race-name" and _are_both_in(played):
        failure.message = fact("both-got-the-name")
    return failure


def _are_both_in(played: Played) -> bool:
    """Whether more than one was welcomed of those who had not settled before."""
    entries = played.journal.entries
    settled = {e.who for e in entries if e.act is Act.SETTLES}
    return len(settled) > STAY + 1


def _owner(findings: tuple[Finding, ...]) -> str:
    return ownership.check_of(findings[0])
