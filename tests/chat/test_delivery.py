"""One message, and what became of it."""

from __future__ import annotations

import pytest
from support import worlds

from grader.chat.delivery import Delivery
from grader.chat.dialect import Dialect
from grader.chat.failure import Failure
from grader.chat.participants.udp import UdpClient
from grader.chat.transcript import Transcript
from grader.fact import fact
from grader.result.check import Point
from grader.result.verdict import Difference, Evidence
from grader.sandbox.network import Address

ALICE = UdpClient(
    "alice", Address("", 0), worlds.LOOPBACK, Dialect(), Transcript(), worlds.patient
)  # who never opens a socket
LINE = "alice: hi"
LOST = fact("not-delivered")


def delivery(**counts: int) -> Delivery:
    return Delivery(LINE, ALICE, counts, Evidence.FENCED)


@pytest.mark.parametrize("exactly", [False, True])
def test_message_that_everybody_got(exactly: bool) -> None:
    """A message that everybody got once is no failure."""
    delivered = delivery(bob=1, carol=1)
    delivered.expect_everywhere(LOST, exactly=exactly)
    assert delivered.evidence is Evidence.FENCED


def test_message_that_came_twice_may_be_good_enough() -> None:
    """Where only the arrival matters, a message may come twice."""
    delivered = delivery(bob=2)
    delivered.expect_everywhere(LOST)
    assert delivered.counts == {"bob": 2}


@pytest.mark.parametrize("exactly", [False, True])
def test_message_that_somebody_did_not_get(exactly: bool) -> None:
    """A message that is missing somewhere is a failure that names the receiver."""
    with pytest.raises(Failure) as caught:
        delivery(bob=1, carol=0).expect_everywhere(LOST, exactly=exactly)
    failure = caught.value
    assert failure.message == LOST
    assert failure.expected == fact("exactly-once" if exactly else "text", text=LINE)
    assert failure.got == fact("got-nothing", name="carol")
    assert failure.point == Point(Difference.MISSING, "carol", LINE)
    assert failure.evidence == (Evidence.FENCED,)


def test_message_that_somebody_got_twice() -> None:
    """A message that came too often is a failure, and that was seen."""
    with pytest.raises(Failure) as caught:
        delivery(bob=2).expect_everywhere(LOST, exactly=True)
    failure = caught.value
    assert failure.expected == fact("exactly-once", text=LINE)
    assert failure.got == fact("got-times", name="bob", count=2)
    assert failure.point == Point(Difference.DOUBLED, "bob", LINE)
    assert failure.evidence == (Evidence.SEEN,)


def test_message_to_nobody() -> None:
    """A message that nobody else could get is no failure."""
    alone = delivery()
    alone.expect_everywhere(LOST, exactly=True)
    assert alone.counts == {}
