"""What is in the result of a failed check: what was sent, received, printed and complained of."""

from __future__ import annotations

from grader.assignment import protocol
from grader.assignment.variants import UDP
from grader.fact import Fact
from grader.result.check import CheckResult
from grader.result.verdict import Difference, EventKind


def is_about(result: CheckResult, kind: Difference) -> bool:
    """Whether this is wrong with the message that the failure is about."""
    return result.point is not None and result.point.kind == kind


def text_of(result: CheckResult) -> str:
    """The message that the failure is about, if there is one."""
    return result.point.text if result.point else ""


def receiver_of(result: CheckResult) -> str:
    """Who should have got that message, or should not."""
    return result.point.who if result.point else ""


def complains(result: CheckResult, *texts: str) -> bool:
    """Whether the submission has complained of one of these."""
    complaints = [e.text for e in result.transcript if e.kind is EventKind.COMPLAINS]
    complaints += texts_in(result.got)
    return any(text in complaint for complaint in complaints for text in texts)


def texts_in(fact: Fact | None) -> list[str]:
    """The texts in a fact, as they came, and in the facts in it."""
    texts: list[str] = []
    for argument in fact.arguments.values() if fact else ():
        if isinstance(argument, Fact):
            texts += texts_in(argument)
        elif isinstance(argument, tuple):
            texts += [item for item in argument if isinstance(item, str)]
        elif isinstance(argument, str):
            texts.append(argument)
    return texts


def codes_in(fact: Fact | None) -> set[str]:
    """The code of a fact, and of the facts in it."""
    if fact is None:
        return set()
    inner = [a for a in fact.arguments.values() if isinstance(a, Fact)]
    return {fact.code}.union(*map(codes_in, inner))


def received_by_all(result: CheckResult) -> dict[str, list[str]]:
    """The messages that each participant got; on TCP the lines, the last one may be half."""
    received: dict[str, list[str]] = {}
    for event in result.transcript:
        if event.kind is EventKind.GETS:
            received.setdefault(event.who, []).append(event.text)
    if result.variant == UDP.name:
        return received
    return {who: "".join(texts).split("\n") for who, texts in received.items()}


def speaker_of(result: CheckResult) -> str:
    """The speaker of the message that a failure is about, if it is a message of a user."""
    return protocol.speaker_of(text_of(result))


def names_in(result: CheckResult) -> set[str]:
    """Everybody who did something."""
    return {event.who for event in result.transcript} - {""}


def printed_by(result: CheckResult, who: str) -> list[str]:
    """The lines that somebody's program has printed."""
    prints = (e for e in result.transcript if e.kind is EventKind.PRINTS)
    texts = [e.text for e in prints if e.who == who]
    return "".join(texts).split("\n")


def came_to_receiver(result: CheckResult) -> list[str]:
    """The messages that reached the participant whom the failure is about."""
    who = receiver_of(result)
    return [*received_by_all(result).get(who, []), *printed_by(result, who)]


def said_last(result: CheckResult) -> str:
    """What somebody sent last."""
    sent = (e.text for e in reversed(result.transcript) if e.kind is EventKind.SENDS)
    return next(sent, "").strip("\n")


def is_whole(message: str) -> bool:
    """Whether this is a message that the protocol knows."""
    known = (protocol.NAME_REQUEST, *protocol.WELCOME)
    return message in known or bool(protocol.about(message) or protocol.speaker_of(message))
