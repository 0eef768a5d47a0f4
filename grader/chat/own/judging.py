"""From stories that were played to a judgement for each check of the rubric.

Pure: a check passes when the stories came far enough to show the behaviour and showed it; what
nobody can tell is open.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from grader.chat.failure import Failure
from grader.chat.own import coming, talking
from grader.chat.own.case import Case, Judgement, left_open, passed, skipped
from grader.chat.own.stories import Told
from grader.fact import fact
from grader.result.check import Event
from grader.result.verdict import Evidence, Verdict


def judge(check: str, case: Case) -> Judgement:
    """The judgement of one check, going by these stories alone."""
    judgement = JUDGES[check](case)
    told = case.told.get(judgement.story)
    if told is None:
        return judgement
    if told.starved:
        return left_open(fact("own-machine-busy"))
    return replace(judgement, transcript=_up_to(told, judgement.at))


def _up_to(told: Told, at: int | None) -> tuple[Event, ...]:
    """The events of a story, up to the end of a window."""
    if at is None or at + 1 >= len(told.cuts):
        return told.transcript
    return told.transcript[: told.cuts[at + 1]]


def threads(which: str, case: Case) -> Judgement:
    """The threads of one program are as the assignment wants them."""
    story = "two" if case.dialect.operator else "three"
    told = case.told[story]
    if not told.started or which not in told.threads:
        return skipped(fact("needs", check="two-users"))
    found = told.threads[which]
    if found is False:
        return left_open(fact("own-open-threads"))
    if isinstance(found, Failure):
        return Judgement(
            Verdict.FAIL, found.message, found.expected, found.got, found.evidence, None, story
        )
    return passed(story, Evidence.SEEN)


JUDGES: Mapping[str, Callable[[Case], Judgement]] = {
    "starts": talking.starts,
    "two-users": talking.two_users,
    "many-users": talking.many_users,
    "sender-named": talking.sender_named,
    "sender-excluded": talking.sender_excluded,
    "survives-leave": talking.survives_leave,
    "survives-vanish": talking.survives_vanish,
    "client-leaves": coming.client_leaves,
    "join-notice": coming.join_notice,
    "leave-notice": coming.leave_notice,
    "server-threads": lambda case: threads("server", case),
    "client-threads": lambda case: threads("client", case),
}
# Which stories a check is about: those that are played again where it fails.
FED_BY: Mapping[str, tuple[str, ...]] = {
    "two-users": ("two",),
    "survives-vanish": ("vanishing",),
}
