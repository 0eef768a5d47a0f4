"""Whether people understand each other: what is judged of the words that were said."""

from __future__ import annotations

import re
from collections.abc import Iterable

from grader.chat.journal import Act
from grader.chat.own import model
from grader.chat.own.case import Case, Judgement, failed, left_open, passed, skipped
from grader.chat.own.dialect import Identity
from grader.chat.own.model import Delivery
from grader.fact import fact
from grader.result.check import Point
from grader.result.verdict import Difference, Evidence

TIME = re.compile(r"\d{1,2}:\d\d(:\d\d)?")


def starts(case: Case) -> Judgement:
    """The server has got to where somebody can come, in every story."""
    for name, told in case.told.items():
        if not told.started:
            got = told.ended or fact("own-not-listening")
            return failed(name, fact("server-not-started"), fact("own-listens"), got)
    return passed(next(iter(case.told), ""), Evidence.SEEN)


def _talk(story: str, crowd: int, case: Case) -> Judgement:
    """Every word came once, as long as nobody has gone."""
    told = case.told[story]
    if not told.started:
        return skipped(fact("needs", check="starts"))
    mine = [
        one for _name, one in case.deliveries(story) if one.after is None and one.crowd >= crowd
    ]
    faulty = _fault(case, story, mine)
    if faulty is not None:
        return faulty
    if not mine:
        return _nobody(case, story, crowd)
    return _ended(case, story, None) or passed(story)


def two_users(case: Case) -> Judgement:
    """Two have talked."""
    return _talk("two", 2, case)


def many_users(case: Case) -> Judgement:
    """Three have talked."""
    if case.dialect.operator:
        return failed("two", fact("own-for-two"), fact("own-third-served"), fact("own-third-waits"))
    return _talk("three", 3, case)


def _fault(case: Case, story: str, among: Iterable[Delivery]) -> Judgement | None:
    """What is wrong with one of these deliveries, the first one."""
    for one in among:
        text, expected = one.word, fact("own-on-screen", text=one.word)
        got = fact("own-screen", text=case.shown(story, one.at, one.receiver))
        who = {"name": one.receiver, "speaker": one.speaker}
        if one.count == 0 and one.late:
            message, kind = fact("own-late", **who), Difference.MISSING
        elif one.count == 0:
            message, kind = fact("own-missing", **who), Difference.MISSING
        elif one.count > 1 and not case.told[story].redraws:
            message, kind = fact("own-doubled", **who), Difference.DOUBLED
        else:
            continue
        point = Point(kind, one.receiver, text)
        return failed(story, message, expected, got, point=point, seen=one.count > 0, at=one.at)
    return None


def _nobody(case: Case, story: str, crowd: int) -> Judgement:
    """Nobody has said anything: why."""
    told = case.told[story]
    gone = _ended(case, story, None)
    if gone is not None:
        return gone
    for name, how in told.gone.items():
        return failed(story, fact("own-client-ended", name=name), fact("goes-on-running"), how)
    return failed(story, fact("own-nobody-talks"), fact("own-users", count=crowd), fact("nothing"))


def _ended(case: Case, story: str, after: Act | None) -> Judgement | None:
    """The server ended by itself, at a time."""
    for window in case.windows(story):
        goes = window.entry.act in (Act.LEAVES, Act.VANISHES)
        if window.crashed and window.after == after and not goes:
            got = case.told[story].ended or fact("nothing")
            return failed(story, fact("server-ended"), fact("goes-on-running"), got)
    return None


def sender_named(case: Case) -> Judgement:
    """Whoever read a word saw from whom it was."""
    names = ("three",) if any(one.count for _n, one in case.deliveries("three")) else ("two",)
    came = [(name, one) for name, one in case.deliveries(*names) if one.count and not one.after]
    if not came:
        return skipped(fact("needs", check="two-users"))
    if case.dialect.identity in (Identity.GIVEN, Identity.NONE):
        return _labelled(case, came)
    for name, one in came:
        if case.dialect.operator or one.speaker in case.shown(name, one.at, one.receiver):
            continue
        got = fact("own-screen", text=case.shown(name, one.at, one.receiver))
        expected = fact("own-name-beside", speaker=one.speaker, text=one.word)
        message = fact("own-unnamed", name=one.receiver, speaker=one.speaker)
        return failed(name, message, expected, got, seen=True, at=one.at)
    return passed(names[0])


def _labelled(case: Case, came: list[tuple[str, Delivery]]) -> Judgement:
    """Where nobody has a name: what stands beside a text, but for the time, tells them apart."""
    labels: dict[str, dict[str, set[str]]] = {}
    for _name, one in came:
        labels.setdefault(one.receiver, {}).setdefault(one.speaker, set()).add(
            TIME.sub("", one.label)
        )
    name, one = came[0]
    for by_speaker in labels.values():
        shown = list(by_speaker.values())
        told_apart = all(any(c.isalnum() for c in text) for s in shown for text in s)
        if not told_apart or any(a & b for i, a in enumerate(shown) for b in shown[i + 1 :]):
            got = fact("own-screen", text=case.shown(name, one.at, one.receiver))
            expected = fact("own-told-apart")
            message = fact("own-unnamed", name=one.receiver, speaker=one.speaker)
            return failed(name, message, expected, got, seen=True, at=came[-1][1].at)
    return passed(name)


def sender_excluded(case: Case) -> Judgement:
    """No word came back to who had said it."""
    if not case.delivers:
        return skipped(fact("needs", check="two-users"))
    story = "three" if any(one.count for _n, one in case.deliveries("three")) else "two"
    wire = case.told[story].came_back
    for one in model.echoes(case.windows(story)):
        if not one.count:
            continue
        back = wire.get(one.word)
        if back is None:
            return left_open(fact("own-open-wire"))
        if back:
            expected, got = fact("own-not-back", text=one.word), fact("own-back", count=one.count)
            message = fact("own-came-back", name=one.speaker)
            point = Point(Difference.UNWANTED, one.speaker, one.word)
            return failed(story, message, expected, got, point=point, seen=True, at=one.at)
    return passed(story)


def survives(story: str, act: Act, case: Case) -> Judgement:
    """All words came after somebody had gone."""
    deliveries = [one for _name, one in case.deliveries(story)]
    before = [one for one in deliveries if one.after is None and one.crowd >= 3]
    windows = [w for w in case.windows(story) if w.entry.act is act]
    if not windows or not before or not all(one.count for one in before):
        return skipped(fact("needs", check="many-users"))
    who = model.flooded(windows[0])
    if who:
        at = case.windows(story).index(windows[0])
        got = fact("own-screen", text=case.shown(story, at, who))
        message = fact("own-flood", name=who)
        return failed(story, message, fact("own-quiet"), got, seen=True, at=at)
    after = [one for one in deliveries if one.after is act]
    crashed = windows[0].crashed or any(w.crashed and w.after for w in case.windows(story))
    if crashed:
        got = case.told[story].ended or fact("nothing")
        return failed(story, fact("server-ended"), fact("goes-on-running"), got)
    return _fault(case, story, after) or passed(story)


def survives_leave(case: Case) -> Judgement:
    """All words came after somebody had left."""
    return survives("three", Act.LEAVES, case)


def survives_vanish(case: Case) -> Judgement:
    """All words came after somebody had vanished."""
    return survives("vanishing", Act.VANISHES, case)
