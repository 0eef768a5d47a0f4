"""Classic mistakes, and how a failed check shows one of them.

It is for the explanation alone: no verdict depends on it. What the submission prints is looked
at too, so a submission can lie here, to nobody but itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from grader.language import N_, _
from grader.result import symptoms
from grader.result.verdict import CheckResult


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


MISTAKES = (
    Mistake(
        "changed-while-looping",
        N_("the users change while a loop goes through them"),
        N_(
            "One thread takes a user in or out while another one is in the middle of the loop, and "
            "Python ends that loop. Hold the lock around the whole loop and around each change."
        ),
        (5, 15),
        symptoms.iteration_breaks,
    ),
    Mistake(
        "port-in-use",
        N_("the port is still in use"),
        N_(
            "When a server has ended, the system keeps its port for about a minute. The option "
            "SO_REUSEADDR, set before bind, says that this is all right."
        ),
        (1, 12),
        symptoms.port_is_in_use,
    ),
    Mistake(
        "strict-decoding",
        N_("bytes that are no text end the program"),
        N_(
            "decode raises an error for bytes that are not UTF-8, and nobody catches it. With "
            'errors="replace" it never does.'
        ),
        (3, 13),
        symptoms.decoding_breaks,
    ),
    Mistake(
        "half-a-character",
        N_("half a character is decoded"),
        N_(
            "A character may be several bytes, and they may arrive in two pieces. Collect the "
            "bytes of a whole line, and decode only then."
        ),
        (3, 13),
        symptoms.half_a_character,
    ),
    Mistake(
        "text-for-bytes",
        N_("a text is sent as it is"),
        N_("A socket sends bytes. encode makes bytes of a text, decode makes a text of bytes."),
        (6, 15),
        symptoms.sends_text,
    ),
    Mistake(
        "gone-is-an-error",
        N_("somebody who is gone ends more than their own connection"),
        N_(
            "Sending to somebody who is gone, or receiving from them, may raise an OSError. Nobody "
            "catches it, so it ends the thread of somebody who is still there."
        ),
        (7, 15),
        symptoms.gone_breaks,
    ),
    Mistake(
        "name-with-newline",
        N_("the name still has its newline"),
        N_(
            "The newline ends the line; it is no part of the name. Cut it off before the name is "
            "used, or the join notice falls into two lines."
        ),
        (4, 14),
        symptoms.keeps_the_newline,
    ),
    Mistake(
        "name-twice",
        N_("the name is put before the message twice"),
        N_("The client sends `name: text` already. The server passes it on as it is."),
        (6, 15),
        symptoms.adds_the_name_again,
    ),
    Mistake(
        "without-newline",
        N_("a message without its newline"),
        N_(
            "On TCP a message ends at the newline. Without it the other side waits for the rest of "
            "the line, for ever."
        ),
        (3, 13),
        symptoms.without_newline,
    ),
    Mistake(
        "sender-included",
        N_("the sender is among those who get the message"),
        N_(
            "The loop that passes a message on goes through all users, and the sender is one of "
            "them. Leave out the one that it came from."
        ),
        (6, 15),
        symptoms.includes_the_sender,
    ),
    Mistake(
        "newcomer-included",
        N_("the newcomer is among those who get the join notice"),
        N_(
            "The newcomer is one of the users already when the notice goes to all of them. Leave "
            "the newcomer out."
        ),
        (5, 14),
        symptoms.includes_the_newcomer,
    ),
    Mistake(
        "back-to-the-sender",
        N_("the message goes back to where it came from"),
        N_(
            "A connection leads to one client alone. What goes into the connection that the "
            "message came from comes out at its sender; the others have connections of their own."
        ),
        (6, 15),
        symptoms.answers_the_sender,
    ),
    Mistake(
        "end-is-a-message",
        N_("the end of a connection is passed on as a message"),
        N_("When a client is gone recv returns b'' at once. That is no message: it is the end."),
        (7, 16),
        symptoms.passes_on_the_end,
    ),
    Mistake(
        "end-ignored",
        N_("the end of a connection does not end the loop"),
        N_(
            "When a client is gone recv returns b'' at once, and every time it is called again. A "
            "loop that goes on after that never rests."
        ),
        (7, 16),
        symptoms.spins,
    ),
    Mistake(
        "leave-twice",
        N_("the leave notice is sent twice"),
        N_(
            "The notice that the client sent and the end of its connection both tell of the same "
            "leaving. Take the user out once, and send the notice only then."
        ),
        (7, 16),
        symptoms.leaves_twice,
    ),
    Mistake(
        "leave-missing",
        N_("nobody is told that somebody is gone"),
        N_(
            "Who is gone without a word cannot send the leave notice. The server finds out by the "
            "end of the connection, and has to send it for them."
        ),
        (7, 16),
        symptoms.vanishing_is_not_told,
    ),
    Mistake(
        "two-in-one",
        N_("what recv returns is taken for one message"),
        N_(
            "TCP carries bytes, not messages: two that were sent one after the other may arrive "
            "together. Cut what arrives at the newlines."
        ),
        (3, 15),
        symptoms.one_of_two,
    ),
    Mistake(
        "half-a-message",
        N_("what recv returns is taken for a whole message"),
        N_(
            "TCP carries bytes, not messages: one that was sent at once may arrive in pieces. Keep "
            "what has come until its newline is there."
        ),
        (3, 15),
        symptoms.half_a_message,
    ),
    Mistake(
        "handshake-in-accept-loop",
        N_("the main thread waits for a name"),
        N_(
            "While the thread that accepts waits for one newcomer's name, nobody else can come in. "
            "Ask for the name in the thread of the connection."
        ),
        (2, 14),
        symptoms.waits_for_a_name,
    ),
    Mistake(
        "send-blocks",
        N_("one reader who is slow holds up everybody"),
        N_(
            "sendall waits until the other side reads. Whoever calls it for a user who never reads "
            "waits for ever, and so does everybody who waits for the lock that it holds."
        ),
        (6, 15),
        symptoms.waits_for_a_reader,
    ),
    Mistake(
        "input-blocks",
        N_("while the client waits for typing it does not receive"),
        N_(
            "input waits until somebody presses Enter, and nothing else happens in its thread "
            "meanwhile. Receive and print in a thread of its own."
        ),
        (9, 18),
        symptoms.shown_in_the_end,
    ),
    Mistake(
        "prints-only",
        N_("the message is printed, and not sent"),
        N_(
            "print writes on the server's own screen. What the others should see has to be sent to "
            "each of them."
        ),
        (6, 15),
        symptoms.prints_only,
    ),
    Mistake(
        "waits-for-the-thread",
        N_("the client waits for its receiving thread"),
        N_(
            "A program ends when all of its threads have ended, and that one waits in recv. Make "
            "it a daemon, or end the process."
        ),
        (11, 20),
        symptoms.does_not_end,
    ),
)
