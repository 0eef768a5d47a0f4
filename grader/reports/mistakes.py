"""What classic mistakes are, in words; ``grader/grading/mistakes.py`` finds them."""

from __future__ import annotations

from typing import NamedTuple

from grader.language import N_, _


class Mistake(NamedTuple):
    """A mistake that many make."""

    title: str  # what is wrong, in the words of a heading
    why: str  # how it comes about, one or two sentences


def named(name: str) -> Mistake | None:
    """The mistake of this name, in the language in use, if there is one."""
    mistake = MISTAKES.get(name)
    return mistake and Mistake(*map(_, mistake))


MISTAKES = {
    "changed-while-looping": Mistake(
        N_("the users change while a loop goes through them"),
        N_(
            "One thread takes a user in or out while another one is in the middle of the loop, and "
            "Python ends that loop. Hold the lock around the whole loop and around each change."
        ),
    ),
    "port-in-use": Mistake(
        N_("the port is still in use"),
        N_(
            "When a server has ended, the system keeps its port for about a minute. The option "
            "SO_REUSEADDR, set before bind, says that this is all right."
        ),
    ),
    "strict-decoding": Mistake(
        N_("bytes that are no text end the program"),
        N_(
            "decode raises an error for bytes that are not UTF-8, and nobody catches it. With "
            'errors="replace" it never does.'
        ),
    ),
    "half-a-character": Mistake(
        N_("half a character is decoded"),
        N_(
            "A character may be several bytes, and they may arrive in two pieces. Collect the "
            "bytes of a whole line, and decode only then."
        ),
    ),
    "text-for-bytes": Mistake(
        N_("a text is sent as it is"),
        N_("A socket sends bytes. encode makes bytes of a text, decode makes a text of bytes."),
    ),
    "gone-is-an-error": Mistake(
        N_("somebody who is gone ends more than their own connection"),
        N_(
            "Sending to somebody who is gone, or receiving from them, may raise an OSError. Nobody "
            "catches it, so it ends the thread of somebody who is still there."
        ),
    ),
    "name-with-newline": Mistake(
        N_("the name still has its newline"),
        N_(
            "The newline ends the line; it is no part of the name. Cut it off before the name is "
            "used, or the join notice falls into two lines."
        ),
    ),
    "name-twice": Mistake(
        N_("the name is put before the message twice"),
        N_("The client sends `name: text` already. The server passes it on as it is."),
    ),
    "without-newline": Mistake(
        N_("a message without its newline"),
        N_(
            "On TCP a message ends at the newline. Without it the other side waits for the rest of "
            "the line, for ever."
        ),
    ),
    "sender-included": Mistake(
        N_("the sender is among those who get the message"),
        N_(
            "The loop that passes a message on goes through all users, and the sender is one of "
            "them. Leave out the one that it came from."
        ),
    ),
    "newcomer-included": Mistake(
        N_("the newcomer is among those who get the join notice"),
        N_(
            "The newcomer is one of the users already when the notice goes to all of them. Leave "
            "the newcomer out."
        ),
    ),
    "back-to-the-sender": Mistake(
        N_("the message goes back to where it came from"),
        N_(
            "A connection leads to one client alone. What goes into the connection that the "
            "message came from comes out at its sender; the others have connections of their own."
        ),
    ),
    "end-is-a-message": Mistake(
        N_("the end of a connection is passed on as a message"),
        N_("When a client is gone recv returns b'' at once. That is no message: it is the end."),
    ),
    "end-ignored": Mistake(
        N_("the end of a connection does not end the loop"),
        N_(
            "When a client is gone recv returns b'' at once, and every time it is called again. A "
            "loop that goes on after that never rests."
        ),
    ),
    "leave-twice": Mistake(
        N_("the leave notice is sent twice"),
        N_(
            "The notice that the client sent and the end of its connection both tell of the same "
            "leaving. Take the user out once, and send the notice only then."
        ),
    ),
    "leave-missing": Mistake(
        N_("nobody is told that somebody is gone"),
        N_(
            "Who is gone without a word cannot send the leave notice. The server finds out by the "
            "end of the connection, and has to send it for them."
        ),
    ),
    "two-in-one": Mistake(
        N_("what recv returns is taken for one message"),
        N_(
            "TCP carries bytes, not messages: two that were sent one after the other may arrive "
            "together. Cut what arrives at the newlines."
        ),
    ),
    "half-a-message": Mistake(
        N_("what recv returns is taken for a whole message"),
        N_(
            "TCP carries bytes, not messages: one that was sent at once may arrive in pieces. Keep "
            "what has come until its newline is there."
        ),
    ),
    "handshake-in-accept-loop": Mistake(
        N_("the main thread waits for a name"),
        N_(
            "While the thread that accepts waits for one newcomer's name, nobody else can come in. "
            "Ask for the name in the thread of the connection."
        ),
    ),
    "send-blocks": Mistake(
        N_("one reader who is slow holds up everybody"),
        N_(
            "sendall waits until the other side reads. Whoever calls it for a user who never reads "
            "waits for ever, and so does everybody who waits for the lock that it holds."
        ),
    ),
    "input-blocks": Mistake(
        N_("while the client waits for typing it does not receive"),
        N_(
            "input waits until somebody presses Enter, and nothing else happens in its thread "
            "meanwhile. Receive and print in a thread of its own."
        ),
    ),
    "prints-only": Mistake(
        N_("the message is printed, and not sent"),
        N_(
            "print writes on the server's own screen. What the others should see has to be sent to "
            "each of them."
        ),
    ),
    "waits-for-the-thread": Mistake(
        N_("the client waits for its receiving thread"),
        N_(
            "A program ends when all of its threads have ended, and that one waits in recv. Make "
            "it a daemon, or end the process."
        ),
    ),
}
