"""What a sequence diagram shows, before it is drawn."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from support import diagrams
from support.diagrams import ALICE, BOB, CAROL, SAID
from support.made_up import happened
from support.samples import check

from grader.fact import fact
from grader.reports.diagram import sequence
from grader.reports.diagram.sequence import (
    ARROW,
    FENCE,
    GAP,
    MAX_LANES,
    MAX_ROWS,
    NOTE,
    Diagram,
    Row,
)
from grader.result.check import SERVER, CheckResult, Point
from grader.result.verdict import Difference, EventKind, Verdict


def of(result: CheckResult) -> Diagram:
    """The diagram of a check that has one."""
    made = sequence.diagram(result)
    assert made is not None
    return made


def loud(made: Diagram) -> list[Row]:
    """The rows that stand out."""
    return [row for row in made.rows if row.loud]


def test_nothing_is_drawn_where_nobody_has_come() -> None:
    """A check in which no message went anywhere has no diagram."""
    assert sequence.diagram(check("tcp.starts")) is None


def test_server_stands_first() -> None:
    """The lanes are the server's and then those of the others, in the order of coming."""
    assert of(diagrams.everybody()).lanes == (SERVER, ALICE, BOB, CAROL)


def test_message_goes_through_the_server() -> None:
    """What one sends goes to the server, and from there to each who gets it."""
    rows = [row for row in of(diagrams.everybody()).rows if row.text == SAID]
    assert [(row.source, row.target) for row in rows] == [
        (ALICE, SERVER),
        (SERVER, BOB),
        (SERVER, CAROL),
    ]


def test_fence_is_one_row() -> None:
    """All the traffic of a fence is drawn as one row."""
    kinds = [row.kind for row in of(diagrams.everybody()).rows]
    assert kinds.count(FENCE) == 1
    assert kinds[-1] is FENCE


def test_handshake_is_left_out() -> None:
    """Name request, name and welcome are drawn only where the check is about them."""
    texts = {row.text for row in of(diagrams.everybody()).rows}
    assert "joins" in texts and "name" not in texts and ALICE not in texts
    about = of(replace(diagrams.not_let_in(), name="handshake"))
    texts = {row.text for row in about.rows}
    assert {"connects", "name", ALICE, "You are connected!"} <= texts


def test_message_that_never_came() -> None:
    """It is drawn at the end, on its way to whom it should have reached."""
    made = of(diagrams.never_came())
    (row,) = loud(made)
    assert made.rows[-1] == row
    assert (row.source, row.target, row.text, row.lost) == (SERVER, CAROL, SAID, True)


def test_message_that_should_not_have_come() -> None:
    """It is marked where it came."""
    (row,) = loud(of(diagrams.came_back()))
    assert (row.source, row.target, row.text, row.lost) == (SERVER, ALICE, SAID, False)


def test_message_that_came_twice() -> None:
    """The first one is as it should be, the second one is marked."""
    made = of(diagrams.came_twice())
    both = [row for row in made.rows if row.text == f"*{BOB} left*"]
    assert [row.loud for row in both] == [False, True]


def test_failure_about_no_message() -> None:
    """It is said at the end what went wrong."""
    (row,) = loud(of(diagrams.not_let_in()))
    assert (row.kind, row.text) == (NOTE, "bob is not let in")


def test_unwanted_message_that_is_not_found() -> None:
    """Where the message came in pieces it is said beside whom it reached."""
    (row,) = loud(of(replace(diagrams.came_back(), point=Point(Difference.UNWANTED, BOB, "half"))))
    assert (row.kind, row.source, row.text) == (NOTE, BOB, "half")


def test_passed_check_has_nothing_loud() -> None:
    """Where nothing went wrong nothing stands out."""
    passed = replace(diagrams.never_came(), verdict=Verdict.PASS)
    assert not loud(of(passed))


def test_client_in_front_of_a_scripted_server() -> None:
    """What is typed and printed stands beside the client's lane; messages are arrows."""
    made = of(diagrams.in_front_of_a_client())
    assert made.lanes == (SERVER, ALICE)
    assert Row(NOTE, ALICE, ALICE, "types hello4d5e6f") in made.rows
    assert Row(ARROW, ALICE, SERVER, "hello4d5e6f") in made.rows
    (row,) = loud(made)
    assert (row.source, row.target, row.text) == (ALICE, SERVER, SAID)


def test_own_clients_and_own_server() -> None:
    """Where the messages cannot be seen, what is typed and printed stands for them."""
    rows = of(diagrams.through_both()).rows
    assert Row(ARROW, ALICE, SERVER, "hello4d5e6f") in rows
    assert Row(ARROW, SERVER, BOB, SAID) in rows


def test_lane_lives_from_coming_to_going() -> None:
    """A lane begins where somebody comes and ends where they vanish."""
    made = of(diagrams.came_twice())
    life = made.life(BOB)
    assert made.rows[life.start].text == "joins"
    assert made.rows[life.stop - 1].text == "vanishes (FIN)"
    assert made.life(SERVER) == range(len(made.rows))


def test_crowd_is_cut() -> None:
    """Of many lanes those stay that the failure is about; of many rows the first and last."""
    made = of(diagrams.crowd())
    assert len(made.lanes) == MAX_LANES
    assert made.others == 21 - MAX_LANES
    assert {SERVER, "user000000", "user000001"} <= set(made.lanes)
    assert len(made.rows) <= MAX_ROWS + MAX_LANES
    assert loud(made) == [made.rows[-1]]


def test_long_talk_is_cut_in_the_middle() -> None:
    """Where rows are left out it is said how many; the lanes go on."""
    events = [*diagrams.joins(ALICE), *diagrams.joins(BOB, ALICE)]
    for number in range(30):
        events += diagrams.says(ALICE, f"hello{number}", BOB)
    made = of(check("tcp.two-users", transcript=tuple(events)))
    gaps = [row for row in made.rows if row.kind is GAP]
    assert [row.text for row in gaps] == ["36 more"]
    assert len(made.rows) == MAX_ROWS


def test_dropped_events_are_a_gap() -> None:
    """What the transcript has dropped is left out here as well."""
    omitted = fact("events-omitted", count=3800)
    events = (*diagrams.joins(ALICE), happened(EventKind.OMITTED, fact=omitted))
    rows = of(check("tcp.hundred", transcript=events)).rows
    assert rows[-1] == Row(GAP, "", "", "(and 3800 more events)")


def test_nobody_has_no_lane() -> None:
    """What nobody did is not drawn: a stored result may have such an event, or such a point."""
    nobody = (
        happened(EventKind.SENDS, "", "hello"),
        happened(EventKind.VANISHES),
        happened(EventKind.PRINTS, "", "hello"),
    )
    found = diagrams.not_let_in()
    made = of(replace(found, transcript=(*found.transcript, *nobody)))
    assert made == of(found)
    assert of(replace(found, point=Point(Difference.UNWANTED, "", "hello"))) == made


@pytest.mark.parametrize("name", diagrams.DRAWN)
def test_rows_touch_known_lanes(name: str) -> None:
    """No row leads to somebody who is not drawn."""
    made = of(diagrams.DRAWN[name]())
    assert all(row.lanes <= set(made.lanes) for row in made.rows)
