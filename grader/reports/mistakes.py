"""The words for classic mistakes; ``grader/grading/mistakes.py`` finds them."""

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
        N_("the users change during a loop over them"),
        N_(
            "One thread adds or removes a user while another is in the middle of the loop, and "
            "Python ends that loop with an error. Hold the lock for the whole loop and for each "
            "change."
        ),
    ),
    "port-in-use": Mistake(
        N_("the port is still in use"),
        N_(
            "When a server has ended, the system keeps its port for about a minute. Set the "
            "option SO_REUSEADDR before bind to use the port again at once."
        ),
    ),
    "strict-decoding": Mistake(
        N_("bytes that are not UTF-8 end the program"),
        N_(
            "decode raises an error for bytes that are not UTF-8, and nothing catches it. With "
            'errors="replace" it never raises one.'
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
        N_("a string is sent without encode"),
        N_(
            "A socket sends bytes. encode turns a string into bytes, decode turns bytes into a "
            "string."
        ),
    ),
    "gone-is-an-error": Mistake(
        N_("a user who is gone ends more than their own connection"),
        N_(
            "Sending to a user who is gone, or receiving from one, may raise an OSError. Nothing "
            "catches it, so it ends the thread of a user who is still there."
        ),
    ),
    "name-with-newline": Mistake(
        N_("the name still has its newline"),
        N_(
            "The newline ends the line; it is not part of the name. Strip it before you use the "
            "name, or the join notice becomes two lines."
        ),
    ),
    "name-twice": Mistake(
        N_("the name is put before the message twice"),
        N_("The client sends `name: text` already. The server passes it on as it is."),
    ),
    "without-newline": Mistake(
        N_("a message without its newline"),
        N_(
            "On TCP a message ends at the newline. Without it the other side waits forever for "
            "the rest of the line."
        ),
    ),
    "sender-included": Mistake(
        N_("the sender gets their own message"),
        N_(
            "The loop that passes a message on goes through all users, and the sender is one of "
            "them. Leave out the user who sent it."
        ),
    ),
    "newcomer-included": Mistake(
        N_("the newcomer gets their own join notice"),
        N_(
            "The newcomer is already one of the users when the notice goes to all of them. Leave "
            "the newcomer out."
        ),
    ),
    "back-to-the-sender": Mistake(
        N_("the message goes back to where it came from"),
        N_(
            "A connection leads to one client only. What the server sends on the connection that "
            "a message came from goes back to its sender; the others have connections of their "
            "own."
        ),
    ),
    "end-is-a-message": Mistake(
        N_("the end of a connection is passed on as a message"),
        N_(
            "When a client is gone, recv returns b'' at once. That is not a message: it is the "
            "end of the connection."
        ),
    ),
    "end-ignored": Mistake(
        N_("the end of a connection does not end the loop"),
        N_(
            "When a client is gone, recv returns b'' at once, and again each time you call it. A "
            "loop that goes on after that never rests."
        ),
    ),
    "leave-twice": Mistake(
        N_("the leave notice is sent twice"),
        N_(
            "The client's leave notice and the end of its connection both mean that the user "
            "left. Remove the user once, and send the notice only then."
        ),
    ),
    "leave-not-understood": Mistake(
        N_("the leave notice does not end the connection"),
        N_(
            "The server passes the notice on, goes on, and announces the end of the connection "
            "once more. At a line that is exactly the user's own leave notice, remove the user, "
            "tell the others once, and close."
        ),
    ),
    "leave-missing": Mistake(
        N_("nobody is told that a user is gone"),
        N_(
            "A user who vanished cannot send the leave notice. The server notices the end of the "
            "connection, and has to send the notice for them."
        ),
    ),
    "two-in-one": Mistake(
        N_("what recv returns is taken for one message"),
        N_(
            "TCP carries bytes, not messages: two messages sent one after the other may arrive "
            "together. Split what arrives at the newlines."
        ),
    ),
    "half-a-message": Mistake(
        N_("what recv returns is taken for a whole message"),
        N_(
            "TCP carries bytes, not messages: one message may arrive in pieces. Keep the pieces "
            "until its newline arrives."
        ),
    ),
    "handshake-in-accept-loop": Mistake(
        N_("the main thread waits for a name"),
        N_(
            "While the thread that accepts waits for one newcomer's name, nobody else can join. "
            "Ask for the name in the connection's own thread."
        ),
    ),
    "send-blocks": Mistake(
        N_("one slow reader holds up everybody"),
        N_(
            "sendall waits until the other side reads. A thread that calls it for a user who "
            "never reads waits forever, and so does every thread that waits for a lock it holds."
        ),
    ),
    "input-blocks": Mistake(
        N_("the client does not receive while it waits for typing"),
        N_(
            "input waits until the user presses Enter, and its thread does nothing else "
            "meanwhile. Receive and print in another thread."
        ),
    ),
    "prints-only": Mistake(
        N_("the message is printed but not sent"),
        N_(
            "print writes on the server's own screen. What the others should see has to be sent to "
            "each of them."
        ),
    ),
    "leave-is-a-message": Mistake(
        N_("the word leave is sent as a message"),
        N_(
            "What is typed is sent before it is looked at. `leave` is no message: it ends the "
            "loop, and what goes out then is the leave notice."
        ),
    ),
    "waits-for-the-thread": Mistake(
        N_("the client waits for its receiving thread"),
        N_(
            "A program ends when all of its threads have ended, and that one waits in recv. Make "
            "it a daemon thread, or end the process."
        ),
    ),
}
