"""What a journal shows: what went wrong, when that was, and what there was an occasion for."""

from __future__ import annotations

import pytest
from support.journals import journal

from grader.assignment.protocol import WELCOME
from grader.chat.journal import Act
from grader.chat.model.findings import Occasion, findings, shown
from grader.chat.model.owed import Matter, Situation

TWO = "+ alice\n+ bob\n"
THREE = TWO + "+ carol\n"
CAROL = "carol enters\ncarol gets name\ncarol names\n"
GREETED = "".join(f"carol gets {line}\n" for line in WELCOME)
# What was done last before it, and how many had settled by then.
PLACES = {
    "nobody has done anything": ("crashes", (None, 0)),
    "the first one comes": ("alice enters\nalice refused", (Act.ENTERS, 0)),
    "a name is given": (TWO + CAROL + "crashes", (Act.NAMES, 2)),
    "who was greeted counts": (TWO + CAROL + GREETED + "crashes", (Act.NAMES, 3)),
    "somebody talks": (THREE + "alice says hi\ncrashes", (Act.SAYS, 3)),
    "somebody leaves": (THREE + "alice leaves\ncrashes", (Act.LEAVES, 2)),
    "somebody vanishes": (THREE + "alice vanishes fin\ncrashes", (Act.VANISHES, 2)),
    "a message is about when it was said": (
        TWO + "alice says hi\nquiet\nbob says yo\nalice gets bob: yo\nquiet", (Act.SAYS, 2)
    ),
    "a flood": (TWO + "bob leaves\nalice floods", (Act.LEAVES, 1)),
}  # fmt: skip


@pytest.mark.parametrize(("steps", "place"), PLACES.values(), ids=PLACES)
def test_when_it_went_wrong(steps: str, place: tuple[Act | None, int]) -> None:
    """The moment decides which check a finding belongs to."""
    first, *_others = findings(journal(steps))
    assert (first.act, first.present) == place


SITUATIONS = {
    "among two": (TWO + "alice: hi >", Situation.TWO),
    "among three": (THREE + "alice: hi > bob", Situation.MANY),
    "a third one has left": (THREE + "- carol > alice bob\nalice: hi >", Situation.AFTER_LEAVE),
    "a third one has vanished": (
        THREE + "! carol fin > alice bob\nalice: hi >", Situation.AFTER_VANISH
    ),
    "one has vanished, and one has left": (
        THREE + "! carol fin > alice bob\n- bob >", Situation.AFTER_VANISH
    ),
    "nobody said it, after a leave": (
        THREE + "- carol > alice bob\nalice: hi > bob\nbob gets 1 2 3\nquiet", Situation.AFTER_LEAVE
    ),
}  # fmt: skip


@pytest.mark.parametrize(("steps", "situation"), SITUATIONS.values(), ids=SITUATIONS)
def test_who_was_there_when_it_went_wrong(steps: str, situation: Situation) -> None:
    """And who had gone by then."""
    assert [f.situation for f in findings(journal(steps))] == [situation]


def occasions(steps: str) -> tuple[set[tuple[Matter, Situation]], set[tuple[Matter, Situation]]]:
    """What was due, and of that what came, but for greetings and joins among the first two."""
    what = shown(journal(steps))
    dull = shown(journal(TWO)).due
    return _short(what.due - dull), _short(what.came - dull)


def _short(all_of_them: frozenset[Occasion]) -> set[tuple[Matter, Situation]]:
    return {(one.matter, one.situation) for one in all_of_them}


TALK = (Matter.TEXT, Situation.TWO)
TALK_OF_MANY = (Matter.TEXT, Situation.MANY)
GOODBYE = (Matter.LEAVE, Situation.TWO)
OCCASIONS = {
    "nothing but joins": (TWO, set(), set()),
    "a message that comes": (TWO + "alice: hi > bob", {TALK}, {TALK}),
    "a message that is lost": (TWO + "alice: hi >", {TALK}, set()),
    "a message that comes altered": (
        TWO + "alice says hi there\nbob gets alice:hi there\nquiet", {TALK}, {TALK}
    ),
    "nobody is there to get it": ("+ alice\nalice: hi >", set(), set()),
    "only what follows from a crash": (TWO + "crashes\nalice: hi >", set(), set()),
    "lost among two, and so among many": (
        TWO + "alice: hi >\n+ carol\nbob: hi >", {TALK}, set()
    ),
    "who vanishes says no goodbye": (TWO + "! alice fin > bob", {GOODBYE}, {GOODBYE}),
}  # fmt: skip


@pytest.mark.parametrize(("steps", "due", "came"), OCCASIONS.values(), ids=OCCASIONS)
def test_what_there_was_an_occasion_for(
    steps: str, due: set[tuple[Matter, Situation]], came: set[tuple[Matter, Situation]]
) -> None:
    """A check passes only where its behaviour could be seen."""
    later = {(Matter.JOIN, Situation.MANY), (Matter.REQUEST, Situation.MANY)}
    later |= {(Matter.WELCOME, Situation.MANY), (Matter.JOIN, Situation.TWO)}
    found_due, found_came = occasions(steps)
    assert (found_due - later, found_came - later) == (due, came)


def test_findings_are_in_the_order_of_the_journal() -> None:
    """Whoever they happened to."""
    steps = THREE + "alice: one > carol\nbob: two > alice\ncarol: three >"
    found = findings(journal(steps))
    assert [f.at for f in found] == sorted(f.at for f in found)
    assert len(found) == 4
