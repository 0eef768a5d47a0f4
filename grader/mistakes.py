"""Classic mistakes, and how a failed check shows one of them.

It is for the explanation alone: no verdict depends on it. What the submission prints is looked
at too, so a submission can lie here, to nobody but itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from grader.language import N_, _
from grader.verdict import CheckResult

LEFT = re.compile(r"\*.+ left\*")
IN_USE = ("Address already in use", "WinError 10048")
GONE = ("BrokenPipeError", "ConnectionResetError", "ConnectionAbortedError")


@dataclass(frozen=True)
class Mistake:
    """A mistake that many make."""

    name: str
    title: str  # what is wrong, in the words of a heading
    why: str  # how it comes about, one or two sentences
    task: tuple[int, int]  # the task to read, (tcp, udp)
    shows: Callable[[CheckResult], bool]


def diagnosed(result: CheckResult) -> str:
    """The name of the first mistake that this failure shows, or nothing.

    The failure must be in words of the language in use.
    """
    return next((mistake.name for mistake in MISTAKES if mistake.shows(result)), "")


def named(name: str) -> Mistake | None:
    """The mistake of this name, in the language in use, if there is one."""
    found = next((mistake for mistake in MISTAKES if mistake.name == name), None)
    return found and replace(found, title=_(found.title), why=_(found.why))


# What can be seen in a result.


def _check(result: CheckResult) -> str:
    return result.id.partition(".")[2]


def _is(result: CheckResult, kind: str) -> bool:
    return result.point is not None and result.point.kind == kind


def _text(result: CheckResult) -> str:
    return result.point.text if result.point else ""


def _who(result: CheckResult) -> str:
    return result.point.who if result.point else ""


def _complains(result: CheckResult, texts: Iterable[str]) -> bool:
    said = "".join(e.text for e in result.transcript if e.kind == "complains") + result.got
    return any(text in said for text in texts)


def _received(result: CheckResult) -> dict[str, list[str]]:
    """The messages that each participant got; on TCP the lines, the last one may be half."""
    found: dict[str, list[str]] = {}
    for event in result.transcript:
        if event.kind == "gets":
            found.setdefault(event.who, []).append(event.text)
    if result.id.startswith("udp."):
        return found
    return {who: "".join(texts).split("\n") for who, texts in found.items()}


def _speaker(result: CheckResult) -> str:
    """Who has said the message that a failure is about, if it is something that was said."""
    text = _text(result)
    return text.partition(": ")[0] if ": " in text else ""


def _without_newline() -> str:
    """What is said behind a text that lacks its newline."""
    return _("{text} (without a newline)").removeprefix("{text}")


def _printed(result: CheckResult, who: str) -> list[str]:
    """The lines that somebody's program has printed."""
    texts = [e.text for e in result.transcript if e.kind == "prints" and e.who == who]
    return "".join(texts).split("\n")


# The mistakes.


def _answers_the_sender(result: CheckResult) -> bool:
    who, text = _speaker(result), _text(result)
    sent = any(e.kind == "sends" and e.who == who and text in e.text for e in result.transcript)
    return _is(result, "missing") and sent and text in _received(result).get(who, [])


def _includes_the_sender(result: CheckResult) -> bool:
    return _is(result, "unwanted") and _speaker(result) == _who(result)


def _includes_the_newcomer(result: CheckResult) -> bool:
    return _is(result, "unwanted") and _text(result) == f"{_who(result)} joined!"


def _passes_on_the_end(result: CheckResult) -> bool:
    """After somebody has gone, another one gets an empty line."""
    events = enumerate(result.transcript)
    gone = [at for at, e in events if e.kind == "vanishes" or "left*" in e.text]
    after = result.transcript[gone[0] :] if gone else ()
    empty = [e for e in after if e.kind == "gets" and f"\n{e.text}".startswith("\n\n")]
    return result.id.startswith("tcp.") and bool(empty)


def _prints(result: CheckResult) -> bool:
    text = _text(result)
    nobody = not any(text in messages for messages in _received(result).values())
    return _is(result, "missing") and nobody and text in _printed(result, "server")


def _keeps_the_newline(result: CheckResult) -> bool:
    if _check(result) == "client-name":
        return result.got.endswith(("\\n'", "\\r'"))
    names = {event.who for event in result.transcript} - {""}
    whole = ["\n".join(messages) for messages in _received(result).values()]
    return any(f"{name}\n joined!" in text for text in whole for name in names)


def _adds_the_name_again(result: CheckResult) -> bool:
    names = {event.who for event in result.transcript} - {""}
    messages = [m for received in _received(result).values() for m in received]
    return any(m.startswith(f"{name}: {name}: ") for m in messages for name in names)


def _shown_in_the_end(result: CheckResult) -> bool:
    """The message was printed, only later: once something had been typed."""
    printed = _printed(result, f"{_who(result)}'s client")
    return _is(result, "missing") and _text(result) in printed


def _pieces(result: CheckResult) -> list[str]:
    """Lines that are a piece of the message that is missing, cut anywhere."""
    text, who = _text(result), _who(result)
    whole = {"", text, *text.split(": ", 1)}  # a name alone, or a text without it, is another thing
    messages = [*_received(result).get(who, []), *_printed(result, f"{who}'s client")]
    cut = [m for m in messages if m in text and m not in whole]
    return cut if result.id.startswith("tcp.") else []


def _one_of_two(result: CheckResult) -> bool:
    """Of two messages that were sent together one has come and the other one has not."""
    text, who = _text(result), _who(result)
    came = [*_received(result).get(who, []), *_printed(result, f"{who}'s client")]
    together = [e.text.split("\n") for e in result.transcript if e.kind == "sends"]
    pairs = [lines for lines in together if text in lines and len(lines) > 2]
    other = any(line in came for lines in pairs for line in lines if line and line != text)
    return _is(result, "missing") and _check(result) in ("two-in-one", "client-framing") and other


def _half_a_character(result: CheckResult) -> bool:
    broken = [m for messages in _received(result).values() for m in messages]
    start = _text(result)[:-1]
    return bool(start) and any(m.startswith(start) and m != _text(result) for m in broken)


MISTAKES = (
    Mistake(
        "changed-while-looping",
        N_("the users change while a loop goes through them"),
        N_(
            "One thread takes a user in or out while another one is in the middle of the loop, and "
            "Python ends that loop. Hold the lock around the whole loop and around each change."
        ),
        (5, 15),
        lambda r: _complains(r, ["changed size during iteration", "mutated during iteration"]),
    ),
    Mistake(
        "port-in-use",
        N_("the port is still in use"),
        N_(
            "When a server has ended, the system keeps its port for about a minute. The option "
            "SO_REUSEADDR, set before bind, says that this is all right."
        ),
        (1, 12),
        lambda r: _complains(r, IN_USE),
    ),
    Mistake(
        "strict-decoding",
        N_("bytes that are no text end the program"),
        N_(
            "decode raises an error for bytes that are not UTF-8, and nobody catches it. With "
            'errors="replace" it never does.'
        ),
        (3, 13),
        lambda r: _check(r) == "broken-text" and _complains(r, ["UnicodeDecodeError"]),
    ),
    Mistake(
        "half-a-character",
        N_("half a character is decoded"),
        N_(
            "A character may be several bytes, and they may arrive in two pieces. Collect the "
            "bytes of a whole line, and decode only then."
        ),
        (3, 13),
        lambda r: (
            _check(r) == "split-character"
            and (_complains(r, ["UnicodeDecodeError"]) or _half_a_character(r))
        ),
    ),
    Mistake(
        "text-for-bytes",
        N_("a text is sent as it is"),
        N_("A socket sends bytes. encode makes bytes of a text, decode makes a text of bytes."),
        (6, 15),
        lambda r: _complains(r, ["a bytes-like object is required, not 'str'"]),
    ),
    Mistake(
        "gone-is-an-error",
        N_("somebody who is gone ends more than their own connection"),
        N_(
            "Sending to somebody who is gone, or receiving from them, may raise an OSError. Nobody "
            "catches it, so it ends the thread of somebody who is still there."
        ),
        (7, 15),
        lambda r: _complains(r, GONE),
    ),
    Mistake(
        "name-with-newline",
        N_("the name still has its newline"),
        N_(
            "The newline ends the line; it is no part of the name. Cut it off before the name is "
            "used, or the join notice falls into two lines."
        ),
        (4, 14),
        _keeps_the_newline,
    ),
    Mistake(
        "name-twice",
        N_("the name is put before the message twice"),
        N_("The client sends `name: text` already. The server passes it on as it is."),
        (6, 15),
        _adds_the_name_again,
    ),
    Mistake(
        "without-newline",
        N_("a message without its newline"),
        N_(
            "On TCP a message ends at the newline. Without it the other side waits for the rest of "
            "the line, for ever."
        ),
        (3, 13),
        lambda r: r.id.startswith("tcp.") and _without_newline() in r.got,
    ),
    Mistake(
        "sender-included",
        N_("the sender is among those who get the message"),
        N_(
            "The loop that passes a message on goes through all users, and the sender is one of "
            "them. Leave out the one that it came from."
        ),
        (6, 15),
        _includes_the_sender,
    ),
    Mistake(
        "newcomer-included",
        N_("the newcomer is among those who get the join notice"),
        N_(
            "The newcomer is one of the users already when the notice goes to all of them. Leave "
            "the newcomer out."
        ),
        (5, 14),
        _includes_the_newcomer,
    ),
    Mistake(
        "back-to-the-sender",
        N_("the message goes back to where it came from"),
        N_(
            "A connection leads to one client alone. What goes into the connection that the "
            "message came from comes out at its sender; the others have connections of their own."
        ),
        (6, 15),
        _answers_the_sender,
    ),
    Mistake(
        "end-is-a-message",
        N_("the end of a connection is passed on as a message"),
        N_("When a client is gone recv returns b'' at once. That is no message: it is the end."),
        (7, 16),
        _passes_on_the_end,
    ),
    Mistake(
        "end-ignored",
        N_("the end of a connection does not end the loop"),
        N_(
            "When a client is gone recv returns b'' at once, and every time it is called again. A "
            "loop that goes on after that never rests."
        ),
        (7, 16),
        lambda r: (
            _check(r) == "no-spin"
            and r.message == _("the server is busy although nothing happens")
        ),
    ),
    Mistake(
        "leave-twice",
        N_("the leave notice is sent twice"),
        N_(
            "The notice that the client sent and the end of its connection both tell of the same "
            "leaving. Take the user out once, and send the notice only then."
        ),
        (7, 16),
        lambda r: _is(r, "doubled") and bool(LEFT.fullmatch(_text(r))),
    ),
    Mistake(
        "leave-missing",
        N_("nobody is told that somebody is gone"),
        N_(
            "Who is gone without a word cannot send the leave notice. The server finds out by the "
            "end of the connection, and has to send it for them."
        ),
        (7, 16),
        lambda r: (
            _is(r, "missing")
            and bool(LEFT.fullmatch(_text(r)))
            and any(e.kind == "vanishes" for e in r.transcript)
        ),
    ),
    Mistake(
        "two-in-one",
        N_("what recv returns is taken for one message"),
        N_(
            "TCP carries bytes, not messages: two that were sent one after the other may arrive "
            "together. Cut what arrives at the newlines."
        ),
        (3, 15),
        _one_of_two,
    ),
    Mistake(
        "half-a-message",
        N_("what recv returns is taken for a whole message"),
        N_(
            "TCP carries bytes, not messages: one that was sent at once may arrive in pieces. Keep "
            "what has come until its newline is there."
        ),
        (3, 15),
        lambda r: _is(r, "missing") and bool(_pieces(r)),
    ),
    Mistake(
        "handshake-in-accept-loop",
        N_("the main thread waits for a name"),
        N_(
            "While the thread that accepts waits for one newcomer's name, nobody else can come in. "
            "Ask for the name in the thread of the connection."
        ),
        (2, 14),
        lambda r: _check(r) == "silent-newcomer" and r.point is None,
    ),
    Mistake(
        "send-blocks",
        N_("one reader who is slow holds up everybody"),
        N_(
            "sendall waits until the other side reads. Whoever calls it for a user who never reads "
            "waits for ever, and so does everybody who waits for the lock that it holds."
        ),
        (6, 15),
        lambda r: (
            _check(r) == "stalled-reader"
            and r.message == _("one user who never reads holds up everybody")
        ),
    ),
    Mistake(
        "input-blocks",
        N_("while the client waits for typing it does not receive"),
        N_(
            "input waits until somebody presses Enter, and nothing else happens in its thread "
            "meanwhile. Receive and print in a thread of its own."
        ),
        (9, 18),
        _shown_in_the_end,
    ),
    Mistake(
        "prints-only",
        N_("the message is printed, and not sent"),
        N_(
            "print writes on the server's own screen. What the others should see has to be sent to "
            "each of them."
        ),
        (6, 15),
        _prints,
    ),
    Mistake(
        "waits-for-the-thread",
        N_("the client waits for its receiving thread"),
        N_(
            "A program ends when all of its threads have ended, and that one waits in recv. Make "
            "it a daemon, or end the process."
        ),
        (11, 20),
        lambda r: _check(r) in ("client-leaves", "client-eof") and r.got == _("it still runs"),
    ),
)
