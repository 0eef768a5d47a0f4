"""What a failed check shows, in its transcript and in the words of its failure.

Each function looks for one thing, and says of a result whether it is there: in codes, and in
what was sent, received and printed; never in a sentence.
"""

from __future__ import annotations

from grader.assignment import protocol
from grader.assignment.variants import TCP, UDP
from grader.fact import Fact
from grader.result.check import SERVER, CheckResult
from grader.result.verdict import Difference, EventKind

IN_USE = ("Address already in use", "WinError 10048")
GONE = ("BrokenPipeError", "ConnectionResetError", "ConnectionAbortedError")
CHANGED = ("changed size during iteration", "mutated during iteration")


# What is in a result.


def _is(result: CheckResult, kind: Difference) -> bool:
    return result.point is not None and result.point.kind == kind


def _text(result: CheckResult) -> str:
    return result.point.text if result.point else ""


def _who(result: CheckResult) -> str:
    return result.point.who if result.point else ""


def _complains(result: CheckResult, *texts: str) -> bool:
    complaints = [e.text for e in result.transcript if e.kind is EventKind.COMPLAINS]
    complaints += _texts(result.got)
    return any(text in complaint for complaint in complaints for text in texts)


def _texts(fact: Fact | None) -> list[str]:
    """The texts in a fact, as they came, and in the facts in it."""
    texts: list[str] = []
    for argument in fact.arguments.values() if fact else ():
        if isinstance(argument, Fact):
            texts += _texts(argument)
        elif isinstance(argument, tuple):
            texts += [item for item in argument if isinstance(item, str)]
        elif isinstance(argument, str):
            texts.append(argument)
    return texts


def _codes(fact: Fact | None) -> set[str]:
    """The code of a fact, and of the facts in it."""
    if fact is None:
        return set()
    inner = [a for a in fact.arguments.values() if isinstance(a, Fact)]
    return {fact.code}.union(*map(_codes, inner))


def _received(result: CheckResult) -> dict[str, list[str]]:
    """The messages that each participant got; on TCP the lines, the last one may be half."""
    received: dict[str, list[str]] = {}
    for event in result.transcript:
        if event.kind is EventKind.GETS:
            received.setdefault(event.who, []).append(event.text)
    if result.variant == UDP.name:
        return received
    return {who: "".join(texts).split("\n") for who, texts in received.items()}


def _speaker(result: CheckResult) -> str:
    """The speaker of the message that a failure is about, if it is a message of a user."""
    return protocol.speaker_of(_text(result))


def _names(result: CheckResult) -> set[str]:
    return {event.who for event in result.transcript} - {""}


def _printed(result: CheckResult, who: str) -> list[str]:
    """The lines that somebody's program has printed."""
    prints = (e for e in result.transcript if e.kind is EventKind.PRINTS)
    texts = [e.text for e in prints if e.who == who]
    return "".join(texts).split("\n")


def _came(result: CheckResult) -> list[str]:
    """The messages that reached the participant whom the failure is about."""
    who = _who(result)
    return [*_received(result).get(who, []), *_printed(result, who)]


# What the program complains of.


def iteration_breaks(result: CheckResult) -> bool:
    """A collection was changed while a loop went through it."""
    return _complains(result, *CHANGED)


def port_is_in_use(result: CheckResult) -> bool:
    """The port could not be bound once more."""
    return _complains(result, *IN_USE)


def decoding_breaks(result: CheckResult) -> bool:
    """Bytes that are not UTF-8 end the program."""
    return result.name == "broken-text" and _complains(result, "UnicodeDecodeError")


def sends_text(result: CheckResult) -> bool:
    """A text was given to send, which takes bytes."""
    return _complains(result, "a bytes-like object is required, not 'str'")


def gone_breaks(result: CheckResult) -> bool:
    """Sending to a user who is gone raises an error that nothing catches."""
    return _complains(result, *GONE)


# What comes, and to whom.


def half_a_character(result: CheckResult) -> bool:
    """A character in two pieces comes out broken, or breaks the program."""
    messages = [m for texts in _received(result).values() for m in texts]
    start = _text(result)[:-1]
    broken = any(m.startswith(start) and m != _text(result) for m in messages)
    breaks = (bool(start) and broken) or _complains(result, "UnicodeDecodeError")
    return result.name == "split-character" and breaks


def keeps_the_newline(result: CheckResult) -> bool:
    """A name is followed by its newline, where it is announced or where it is sent."""
    if result.name == "client-name":
        too_many = "newline-too-many-at" in _codes(result.got)
        return too_many or any(text.endswith(("\n", "\r")) for text in _texts(result.got))
    whole = ["\n".join(messages) for messages in _received(result).values()]
    return any(protocol.joined(f"{name}\n") in text for text in whole for name in _names(result))


def adds_the_name_again(result: CheckResult) -> bool:
    """A message begins with its sender's name twice."""
    messages = [m for texts in _received(result).values() for m in texts]
    twice = [protocol.message(name, protocol.message(name, "")) for name in _names(result)]
    return any(m.startswith(start) for m in messages for start in twice)


def without_newline(result: CheckResult) -> bool:
    """What came over TCP lacks its newline."""
    codes = _codes(result.got) & {"without-newline", "texts-without-newline"}
    return result.variant == TCP.name and bool(codes)


def includes_the_sender(result: CheckResult) -> bool:
    """A message came back to who had said it."""
    return _is(result, Difference.UNWANTED) and _speaker(result) == _who(result)


def includes_the_newcomer(result: CheckResult) -> bool:
    """A newcomer got their own join notice."""
    return _is(result, Difference.UNWANTED) and _text(result) == protocol.joined(_who(result))


def answers_the_sender(result: CheckResult) -> bool:
    """What should have reached another user came back to the sender."""
    who, text = _speaker(result), _text(result)
    sent = any(
        e.kind is EventKind.SENDS and e.who == who and text in e.text for e in result.transcript
    )
    return _is(result, Difference.MISSING) and sent and text in _received(result).get(who, [])


def prints_only(result: CheckResult) -> bool:
    """What should have been sent was printed by the server, and reached nobody."""
    text = _text(result)
    nobody = not any(text in messages for messages in _received(result).values())
    return _is(result, Difference.MISSING) and nobody and text in _printed(result, SERVER)


def shown_in_the_end(result: CheckResult) -> bool:
    """The message was printed too late: only once something had been typed."""
    printed = _printed(result, _who(result))
    return _is(result, Difference.MISSING) and _text(result) in printed


def half_a_message(result: CheckResult) -> bool:
    """A piece of the missing message came, cut anywhere."""
    text = _text(result)
    # A name alone, or a text without it, is another thing.
    whole = {"", text, protocol.speaker_of(text), protocol.text_of(text)}
    cut = [m for m in _came(result) if m in text and m not in whole]
    return result.variant == TCP.name and _is(result, Difference.MISSING) and bool(cut)


def one_of_two(result: CheckResult) -> bool:
    """Of two messages sent together, one arrived and the other did not."""
    text, came = _text(result), _came(result)
    together = [e.text.split("\n") for e in result.transcript if e.kind is EventKind.SENDS]
    pairs = [lines for lines in together if text in lines and len(lines) > 2]
    other = any(line in came for lines in pairs for line in lines if line and line != text)
    concerned = result.name in ("two-in-one", "client-framing")
    return _is(result, Difference.MISSING) and concerned and other


# What happens at the end, and what does not happen at all.


def passes_on_the_end(result: CheckResult) -> bool:
    """After a user is gone, another user gets an empty line."""
    events = enumerate(result.transcript)
    vanishes = EventKind.VANISHES
    gone = [at for at, e in events if e.kind is vanishes or protocol.has_leave_notice(e.text)]
    after = result.transcript[gone[0] :] if gone else ()
    empty = [e for e in after if e.kind is EventKind.GETS and f"\n{e.text}".startswith("\n\n")]
    return result.variant == TCP.name and bool(empty)


def spins(result: CheckResult) -> bool:
    """The server is busy once a user is gone."""
    return "never-rests" in _codes(result.message)


def leaves_twice(result: CheckResult) -> bool:
    """A leave notice arrived twice."""
    return _is(result, Difference.DOUBLED) and protocol.is_leave_notice(_text(result))


def vanishing_is_not_told(result: CheckResult) -> bool:
    """A user vanished, and the leave notice never arrived."""
    vanished = any(e.kind is EventKind.VANISHES for e in result.transcript)
    return _is(result, Difference.MISSING) and protocol.is_leave_notice(_text(result)) and vanished


def waits_for_a_name(result: CheckResult) -> bool:
    """A newcomer who gives no name keeps the next one out."""
    return result.name == "silent-newcomer" and result.point is None


def waits_for_a_reader(result: CheckResult) -> bool:
    """A user who never reads holds up everybody."""
    return "held-up" in _codes(result.message)


def does_not_end(result: CheckResult) -> bool:
    """The client runs on after its user has left."""
    return result.name in ("client-leaves", "client-eof") and "still-runs" in _codes(result.got)
