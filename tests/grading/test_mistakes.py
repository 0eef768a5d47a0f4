"""Classic mistakes are named where a result shows them, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest
from submissions.mutants import tcp_client, tcp_server, udp_client, udp_server
from support import gradings
from support.made_up import happened

from grader.chat.failure import Failure
from grader.fact import Fact, fact
from grader.grading import mistakes
from grader.grading.looking import Found
from grader.grading.outcome import Outcome, result_of
from grader.result.check import CheckResult, Event, Place, Point, Standing
from grader.result.verdict import Difference, EventKind

SAID = "alice: hello"
MUTANTS = {
    (file, mutant.name): mutant
    for file, table in (
        ("tcp_server.py", tcp_server.MUTANTS),
        ("tcp_client.py", tcp_client.MUTANTS),
        ("udp_server.py", udp_server.MUTANTS),
        ("udp_client.py", udp_client.MUTANTS),
    )
    for mutant in table
}
# By the mistake: a mutant that makes it, and a check that shows it.
SHOWN = (
    ("port-in-use", "tcp_server.py", "no-reuseaddr", "restart"),
    ("strict-decoding", "tcp_server.py", "dies-of-broken-utf8", "broken-text"),
    ("strict-decoding", "udp_server.py", "dies-of-broken-utf8", "broken-text"),
    ("half-a-character", "tcp_server.py", "decodes-pieces", "split-character"),
    ("gone-is-an-error", "tcp_server.py", "reset-unannounced", "vanish-once"),
    ("name-with-newline", "tcp_server.py", "name-with-newline", "join-notice"),
    ("name-with-newline", "udp_client.py", "name-with-newline", "client-name"),
    ("name-twice", "tcp_server.py", "adds-the-name-again", "two-users"),
    ("without-newline", "tcp_client.py", "message-without-newline", "client-sends"),
    ("sender-included", "tcp_server.py", "echoes-to-sender", "sender-excluded"),
    ("sender-included", "udp_server.py", "echoes-50-ms-later", "sender-excluded"),
    ("newcomer-included", "tcp_server.py", "join-notice-to-the-newcomer", "join-not-to-self"),
    ("back-to-the-sender", "tcp_server.py", "back-to-the-sender-alone", "two-users"),
    ("end-ignored", "tcp_server.py", "spins-at-end-of-stream", "no-spin"),
    ("leave-twice", "tcp_server.py", "announces-leave-twice", "leave-notice"),
    ("leave-missing", "tcp_server.py", "vanishes-unannounced", "vanish-once"),
    ("half-a-message", "tcp_server.py", "recv-taken-for-a-message", "byte-by-byte"),
    ("", "tcp_server.py", "handshake-in-accept-loop", "silent-newcomer"),  # the cause says it
    ("send-blocks", "tcp_server.py", "sendall-holds-the-lock", "stalled-reader"),
    ("", "udp_client.py", "input-blocks-receiving", "client-shows"),  # likewise
    ("prints-only", "tcp_server.py", "prints-only", "two-users"),
    ("waits-for-the-thread", "udp_client.py", "waits-for-the-thread", "client-leaves"),
    ("", "tcp_server.py", "relays-nothing", "two-users"),
    ("", "tcp_server.py", "takes-an-empty-name", "empty-name"),
    ("", "tcp_server.py", "two-seats", "byte-by-byte"),
    ("", "tcp_server.py", "a-chat-for-two", "two-in-one"),
    ("", "tcp_client.py", "shows-nothing", "client-shows"),
    ("", "udp_server.py", "everybody-leaves", "survives-leave"),
    ("", "udp_server.py", "a-chat-for-two", "stranger"),
    ("", "tcp_client.py", "text-without-name", "client-sends"),
    ("", "tcp_client.py", "sends-once", "client-sends"),
    ("", "udp_client.py", "text-without-name", "client-sends"),
)


def gets(text: str) -> Event:
    """A piece that came to bob."""
    return happened(EventKind.GETS, "bob", text)


AGAIN = Point(Difference.DOUBLED, "bob", "*alice left*")
GOES = happened(EventKind.SENDS, "alice", "*alice left*\n")
GONE = happened(EventKind.VANISHES, "carol", fact=fact("how", how="FIN"))
TWICE = gets("*alice left*\n*alice left*\n")
ODD = gets("eft*\n\n")
HUNG_UP = happened(EventKind.SEES, "alice", fact=fact("connection-closed"))


def failed(
    id_: str,
    point: Point | Event | None = None,
    *events: Event,
    got: Fact | None = None,
    message: Fact = fact("not-delivered"),  # noqa: B008 (it is frozen)
    stands: str = "",
) -> CheckResult:
    """A check that has failed, after these events, while a thread stood in this line."""
    if isinstance(point, Event):
        point, events = None, (point, *events)
    place = Place("tcp_server.py", 1)
    standing = (Standing("MainThread", place, stands),) if stands else ()
    outcome = Outcome(
        transcript=(happened(EventKind.CONNECTS, "alice"), *events), found=Found((), standing)
    )
    failure = Failure(message, got=got, point=point)
    return result_of(id_, "", failure, outcome)


def missing(text: str) -> Point:
    """A message that bob should have got."""
    return Point(Difference.MISSING, "bob", text)


@pytest.mark.parametrize(("name", "file", "mutant", "check"), SHOWN)
def test_a_mistake_of_a_submission_is_named(
    name: str, file: str, mutant: str, check: str, tmp_path: Path
) -> None:
    """The failure of a submission that makes a classic mistake names it; others name none."""
    source = MUTANTS[file, mutant].source(file, gradings.REFERENCE)
    folder = gradings.write_submission(tmp_path, {file: source})
    id_ = f"{file[:3]}.{check}"
    assert gradings.verdicts(folder, (id_,))[id_].mistake == name


@pytest.mark.parametrize(
    ("name", "result"),
    [
        (
            "changed-while-looping",
            failed(
                "tcp.storm",
                missing(SAID),
                happened(
                    EventKind.COMPLAINS,
                    "server",
                    "RuntimeError: dictionary changed size during iteration\n",
                ),
            ),
        ),
        (
            "text-for-bytes",
            failed(
                "tcp.two-users",
                missing(SAID),
                happened(
                    EventKind.COMPLAINS, "server", "a bytes-like object is required, not 'str'"
                ),
            ),
        ),
        (
            "end-is-a-message",
            failed(
                "tcp.survives-vanish",
                missing(SAID),
                happened(EventKind.VANISHES, "carol", fact=fact("how", how="FIN")),
                happened(EventKind.GETS, "bob", "\n\n\n"),
            ),
        ),
        (
            "two-in-one",
            failed(
                "tcp.two-in-one",
                missing("alice: second"),
                happened(EventKind.SENDS, "alice", "alice: first\nalice: second\n"),
                happened(EventKind.GETS, "bob", "alice: first\n"),
            ),
        ),
        ("leave-twice", failed("tcp.leave-notice", AGAIN, GOES, TWICE, HUNG_UP)),
        ("leave-not-understood", failed("tcp.leave-notice", AGAIN, GOES, TWICE)),
        ("", failed("udp.leave-notice", AGAIN, GOES, TWICE)),
        ("", failed("tcp.leave-notice", AGAIN, GOES, TWICE, ODD, HUNG_UP)),
        ("half-a-message", failed("tcp.two-users", missing(SAID), gets("alice: h\nello\n"))),
        ("", failed("tcp.two-users", missing(SAID), gets("alice: h\n"))),
        ("", failed("tcp.two-users", missing(SAID), gets("alice:\nhello\n"))),
        ("", failed("tcp.vanish-once", missing("*carol left*"), GONE, gets("carol left\n"))),
        ("leave-missing", failed("tcp.vanish-once", missing("*carol left*"), GONE)),
        (
            "",
            failed(
                "tcp.vanish-once",
                missing("*carol left*"),
                GONE,
                got=fact("then-closed", came=fact("nothing")),
            ),
        ),
        ("", failed("tcp.client-leaves", got=fact("still-runs"), stands="input()")),
        ("leave-is-a-message", failed("tcp.client-leaves", got=fact("text", text="alice: leave"))),
        ("", failed("tcp.client-sends", got=fact("text", text="alice: leave"))),
        ("handshake-in-accept-loop", failed("tcp.silent-newcomer")),
        (
            "input-blocks",
            failed(
                "tcp.client-shows", missing(SAID), happened(EventKind.PRINTS, "bob", f"{SAID}\n")
            ),
        ),
        ("", failed("tcp.stalled-reader", message=fact("held-up"))),
        (
            "send-blocks",
            failed("tcp.stalled-reader", message=fact("held-up"), stands="c.sendall(b)"),
        ),
        ("", failed("tcp.no-spin", GONE, message=fact("never-rests"), stands="l.accept()")),
        (
            "end-ignored",
            failed("tcp.no-spin", GONE, message=fact("never-rests"), stands="c.recv(1)"),
        ),
        (
            "",
            failed(
                "tcp.split-character",
                missing("alice: hé"),
                happened(EventKind.COMPLAINS, "server", "UnicodeDecodeError: 'ascii' codec\n"),
            ),
        ),
        (
            "",
            failed(
                "tcp.two-in-one",
                missing("alice: second"),
                happened(EventKind.SENDS, "alice", "alice: first\nalice: second\n"),
            ),
        ),
        (
            "port-in-use",
            failed(
                "tcp.starts",
                got=fact(
                    "complaining",
                    how=fact("program-ended", file="tcp_server.py", status=1),
                    complaint="OSError: [WinError 10048] Only one usage",
                ),
            ),
        ),
        ("", failed("tcp.storm", missing(SAID))),
    ],
)
def test_a_mistake_in_a_result_is_named(name: str, result: CheckResult) -> None:
    """What the transcript shows decides, not the check alone."""
    assert result.mistake == name


def test_every_mistake_is_shown_by_something() -> None:
    """Each mistake of the table is named in one of the tests above."""
    here = Path(__file__).read_text(encoding="utf-8")
    for name in (*mistakes.COMPLAINED, *mistakes.SHOWS):
        assert f'"{name}",' in here, name
