"""Who is told of whom: what is judged of coming and going."""

from __future__ import annotations

from grader.chat.journal import Act
from grader.chat.own import model
from grader.chat.own.case import Case, Judgement, failed, passed, skipped
from grader.chat.own.dialect import Identity, Way
from grader.chat.own.model import Notice
from grader.fact import Fact, fact
from grader.result.verdict import Evidence


def client_leaves(case: Case) -> Judgement:
    """Somebody has left as the chat has it, and their client has ended."""
    story = "two" if case.dialect.operator else "three"
    left = [window for window in case.windows(story) if window.entry.act is Act.LEAVES]
    if not left:
        return skipped(fact("needs", check="two-users"))
    who, at = left[0].entry.who, case.windows(story).index(left[0])
    if case.dialect.way is Way.WORD:
        if left[0].exited:
            return passed(story, Evidence.END_OF_STREAM)
        expected = fact("own-ends-after", text=case.dialect.word)
        return failed(story, fact("own-stays"), expected, fact("still-runs"), at=at)
    complaint = case.told[story].complaints.get(who, "")
    if left[0].exited and "Traceback" not in complaint:
        return passed(story, Evidence.END_OF_STREAM)
    got = case.told[story].gone.get(who, fact("still-runs"))
    return failed(story, fact("own-no-way"), fact("own-way-out"), got, at=at)


def join_notice(case: Case) -> Judgement:
    """Everybody there was told who came."""
    return _noticed(case, "three" if case.notices("three", Act.ENTERS) else "two", Act.ENTERS)


def leave_notice(case: Case) -> Judgement:
    """Everybody there was told who left."""
    if not any(window.entry.act is Act.LEAVES for window in case.windows("three")):
        return skipped(fact("needs", check="many-users"))
    return _noticed(case, "three", Act.LEAVES)


def _noticed(case: Case, story: str, act: Act) -> Judgement:
    found = case.notices(story, act)
    if not found or not case.delivers:
        return skipped(fact("needs", check="two-users"))
    due = fact("own-join-due" if act is Act.ENTERS else "own-leave-due", about=found[0].about)
    for one in found:
        wrong = _wrong(case, story, one)
        if wrong is not None:
            got = fact("own-screen", text=case.shown(story, one.at, one.receiver))
            return failed(story, wrong, due, got, at=one.at)
    return passed(story)


def _wrong(case: Case, story: str, one: Notice) -> Fact | None:
    """What is wrong with what one screen said of somebody."""
    who = {"name": one.receiver, "about": one.about}
    joins = one.act is Act.ENTERS
    untold = fact("own-join-untold" if joins else "own-leave-untold", **who)
    window = case.windows(story)[one.at]
    if not joins and one.named != 1 and model.flooded(window):
        return untold
    if case.dialect.identity in (Identity.GIVEN, Identity.NONE):
        return None if one.lines else untold
    if one.named and one.late and not joins:
        return fact("own-leave-late", **who)
    if one.named:
        mine = [line for line in one.lines if one.about in line]
        twice = len(mine) != len(set(mine)) and not case.told[story].redraws
        return fact("own-told-twice", **who) if twice else None
    if one.others and not joins:
        return fact("own-wrong-name", **who, other=one.others[0])
    return untold
