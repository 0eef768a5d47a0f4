"""What a failed check shows, in its transcript and in the words of its failure.

Each function looks for one thing, and says of a result whether it is there: in codes, and in
what was sent, received and printed; never in a sentence.
"""

from __future__ import annotations

from grader.assignment import protocol
from grader.assignment.variants import TCP
from grader.grading.shown import (
    came_to_receiver,
    codes_in,
    complains,
    is_about,
    is_whole,
    names_in,
    printed_by,
    received_by_all,
    receiver_of,
    speaker_of,
    text_of,
    texts_in,
)
from grader.result.check import CLIENT, SERVER, CheckResult, Event
from grader.result.verdict import Difference, EventKind
from grader.submission.stacks import FIRST

IN_USE = ("Address already in use", "WinError 10048")
GONE = ("BrokenPipeError", "ConnectionResetError", "ConnectionAbortedError")
CANNOT_DECODE = "UnicodeDecodeError: 'utf-8'"
BROKEN = "\N{REPLACEMENT CHARACTER}"
RECEIVES, SENDS = "recv", "send"  # in the line that a thread stands in
CHANGED = ("changed size during iteration", "mutated during iteration")


# What the program complains of.


def iteration_breaks(result: CheckResult) -> bool:
    """A collection was changed while a loop went through it."""
    return complains(result, *CHANGED)


def port_is_in_use(result: CheckResult) -> bool:
    """The server could not bind its port once more."""
    return CLIENT not in result.roles and complains(result, *IN_USE)


def decoding_breaks(result: CheckResult) -> bool:
    """Bytes that are not UTF-8 end the program."""
    return result.name == "broken-text" and complains(result, CANNOT_DECODE)


def sends_text(result: CheckResult) -> bool:
    """A text was given to send, which takes bytes."""
    return complains(result, "a bytes-like object is required, not 'str'")


def gone_breaks(result: CheckResult) -> bool:
    """Sending to a user who is gone raises an error that nothing catches."""
    return complains(result, *GONE)


# What comes, and to whom.


def half_a_character(result: CheckResult) -> bool:
    """A character in two pieces comes out broken, or breaks the program."""
    messages = [m for texts in received_by_all(result).values() for m in texts]
    start = text_of(result)[:-1]
    broken = any(m.startswith(start + BROKEN) for m in messages)
    breaks = (bool(start) and broken) or complains(result, CANNOT_DECODE)
    return result.name == "split-character" and breaks


def keeps_the_newline(result: CheckResult) -> bool:
    """A name is followed by its newline, where it is announced or where it is sent."""
    if result.name == "client-name":
        too_many = "newline-too-many-at" in codes_in(result.got)
        return too_many or any(text.endswith(("\n", "\r")) for text in texts_in(result.got))
    whole = ["\n".join(messages) for messages in received_by_all(result).values()]
    return any(protocol.joined(f"{name}\n") in text for text in whole for name in names_in(result))


def adds_the_name_again(result: CheckResult) -> bool:
    """A message begins with its sender's name twice."""
    messages = [m for texts in received_by_all(result).values() for m in texts]
    messages += texts_in(result.got)
    twice = [protocol.message(name, protocol.message(name, "")) for name in names_in(result)]
    return any(m.startswith(start) for m in messages for start in twice)


def without_newline(result: CheckResult) -> bool:
    """What came over TCP lacks its newline."""
    codes = codes_in(result.got) & {"without-newline", "texts-without-newline"}
    return result.variant == TCP.name and bool(codes)


def includes_the_sender(result: CheckResult) -> bool:
    """A message came back to who had said it."""
    return is_about(result, Difference.UNWANTED) and speaker_of(result) == receiver_of(result)


def includes_the_newcomer(result: CheckResult) -> bool:
    """A newcomer got their own join notice."""
    return is_about(result, Difference.UNWANTED) and text_of(result) == protocol.joined(
        receiver_of(result)
    )


def answers_the_sender(result: CheckResult) -> bool:
    """What should have reached another user came back to the sender."""
    who, text = speaker_of(result), text_of(result)
    sent = any(
        e.kind is EventKind.SENDS and e.who == who and text in e.text for e in result.transcript
    )
    return (
        is_about(result, Difference.MISSING)
        and sent
        and text in received_by_all(result).get(who, [])
    )


def prints_only(result: CheckResult) -> bool:
    """What should have been sent was printed by the server, and reached nobody."""
    text = text_of(result)
    nobody = not any(text in messages for messages in received_by_all(result).values())
    return is_about(result, Difference.MISSING) and nobody and text in printed_by(result, SERVER)


def shown_in_the_end(result: CheckResult) -> bool:
    """The message was printed too late: only once something had been typed."""
    printed = printed_by(result, receiver_of(result))
    return is_about(result, Difference.MISSING) and text_of(result) in printed


def half_a_message(result: CheckResult) -> bool:
    """The missing message came in pieces, cut anywhere."""
    text, came = text_of(result), came_to_receiver(result)
    last = [message for message in came if message][-3:]  # of many the first are left out
    whole = any(text in message for message in came)
    in_pieces = not whole and (
        text in "".join(came) or (len(last) > 1 and text.endswith("".join(last)))
    )
    # Between the name and the text a server may cut by itself.
    name, words = protocol.speaker_of(text), protocol.text_of(text)
    halves = {name, protocol.message(name, "").rstrip(), words, f" {words}"} if name else set()
    cut = in_pieces and halves.isdisjoint(came)
    return result.variant == TCP.name and is_about(result, Difference.MISSING) and cut


def one_of_two(result: CheckResult) -> bool:
    """Of two messages sent together, one arrived and the other did not."""
    text, came = text_of(result), came_to_receiver(result)
    together = [e.text.split("\n") for e in result.transcript if e.kind is EventKind.SENDS]
    pairs = [lines for lines in together if text in lines and len(lines) > 2]
    other = any(line in came for lines in pairs for line in lines if line and line != text)
    concerned = result.name in ("two-in-one", "client-framing") and speaker_of(result)
    return is_about(result, Difference.MISSING) and bool(concerned) and other


# What happens at the end, and what does not happen at all.


def _goes(event: Event) -> bool:
    """Whether somebody goes, with a word or without."""
    says = event.kind is EventKind.SENDS and protocol.has_leave_notice(event.text)
    return event.kind is EventKind.VANISHES or says


def passes_on_the_end(result: CheckResult) -> bool:
    """After a user is gone, another user gets an empty line."""
    events = enumerate(result.transcript)
    vanishes = EventKind.VANISHES
    gone = [at for at, e in events if e.kind is vanishes or protocol.has_leave_notice(e.text)]
    after = result.transcript[gone[0] :] if gone else ()
    empty = [e for e in after if e.kind is EventKind.GETS and f"\n{e.text}".startswith("\n\n")]
    return result.variant == TCP.name and bool(empty)


def spins(result: CheckResult) -> bool:
    """The server is busy once users are gone, and still receives from one of them."""
    gone = {e.who for e in result.transcript if _goes(e)}
    receiving = sum(RECEIVES in thread.code for thread in result.standing)
    there = len({e.who for e in result.transcript if e.kind is EventKind.SENDS} - gone)
    return "never-rests" in codes_in(result.message) and receiving > there


def leaves_twice(result: CheckResult) -> bool:
    """A leave notice arrived twice, and the server had understood that its user leaves."""
    return _is_told_twice(result) and _is_hung_up_on(result)


def leaving_is_not_understood(result: CheckResult) -> bool:
    """A leave notice arrived, the connection stayed, and the notice arrived again at its end."""
    return _is_told_twice(result) and not _is_hung_up_on(result)


def _is_told_twice(result: CheckResult) -> bool:
    """A leave notice arrived twice over TCP, and nothing else is wrong with what came."""
    whole = all(is_whole(m) for texts in received_by_all(result).values() for m in texts[:-1])
    twice = is_about(result, Difference.DOUBLED) and protocol.is_leave_notice(text_of(result))
    among_users = result.variant == TCP.name and receiver_of(result) != SERVER
    return among_users and twice and whole


def _is_hung_up_on(result: CheckResult) -> bool:
    """Whether the server ended the connection of whoever left."""
    leaver = protocol.about(text_of(result))
    return any(e.kind is EventKind.SEES and e.who == leaver for e in result.transcript)


def vanishing_is_not_told(result: CheckResult) -> bool:
    """A user vanished, and nobody was told, in whatever words, though the server still runs."""
    gone = protocol.about(text_of(result))
    told = any(
        gone in message and "left" in message
        for texts in received_by_all(result).values()
        for message in texts
    )
    vanished = any(e.kind is EventKind.VANISHES and e.who == gone for e in result.transcript)
    runs = not any(code.startswith("then-") for code in codes_in(result.got))
    return is_about(result, Difference.MISSING) and bool(gone) and vanished and runs and not told


def waits_for_a_name(result: CheckResult) -> bool:
    """A newcomer who gives no name keeps the next one out."""
    return result.name == "silent-newcomer" and result.point is None


def waits_for_a_reader(result: CheckResult) -> bool:
    """A user who never reads holds up everybody: a thread waits until it can send to them."""
    sending = any(SENDS in thread.code for thread in result.standing)
    return "held-up" in codes_in(result.message) and sending


def does_not_end(result: CheckResult) -> bool:
    """The client runs on after its user has left, when its main thread has ended."""
    leaving = result.name in ("client-leaves", "client-eof")
    main = any(t.thread == FIRST and "join(" not in t.code for t in result.standing)
    return leaving and "still-runs" in codes_in(result.got) and bool(result.standing) and not main


def sends_leave(result: CheckResult) -> bool:
    """The client sends the word `leave` as a message, in place of the leave notice or before it."""
    words = [text for text in texts_in(result.got) if protocol.text_of(text) == "leave"]
    return result.name == "client-leaves" and bool(words)
