"""What to look at next, by the failure that it is for."""

from __future__ import annotations

from grader.language import N_

_CUT = N_("collect what recv returns and split it at the newlines: one recv is not one message")
_PRINT_LINES = N_("collect what recv returns and split it at the newlines, then decode and print")
_TWO_THREADS = N_("one thread waits in recv, the other in input")
_MAKE_THREAD = "threading.Thread(target=..., args=(...)).start()"
_VANISHED = N_(
    "recv returns nothing, or raises ConnectionError, when a client is gone; "
    "sending to it may raise too: neither may end the server"
)
_TELL_VANISHED = N_(
    "when recv returns nothing or raises ConnectionError, send the leave notice for the "
    "user who is gone"
)
_GOODBYE = N_("send `*name left*` before you close")
_WAKE = N_(
    "closing a socket does not wake a thread that is blocked in recv: "
    "shut the socket down first, or make that thread a daemon"
)

HINTS = {
    "server-not-started": N_("run it by hand: what does it print?"),
    "server-not-restarted": N_(
        "the system keeps the port of a closed connection for a minute (TIME_WAIT); set "
        "SO_REUSEADDR before bind to use it again"
    ),
    "interrupt-unclean": N_("Ctrl+C arrives as KeyboardInterrupt in the main thread"),
    "own-join-told": N_("send the join notice to everyone except the newcomer"),
    "not-asked-again": N_("ask in a loop until the name is neither empty nor taken"),
    "both-got-the-name": N_(
        "look whether the name is taken, and enter it, under one lock that is held for both"
    ),
    "silence-keeps-out": N_(
        "ask for the name in the connection's own thread, not in the accept loop"
    ),
    "stranger-passed-on": N_("look the sender's address up among the users first"),
    "not-delivered": N_("the server sends what it receives to every other user it keeps"),
    "not-everywhere-once": N_("keep every user in one collection; send once to each of them"),
    "echoed": N_("the broadcast includes the sender: leave them out when you send"),
    "no-frames": N_("every message is one line, ended by a newline"),
    "bytes-not-joined": _CUT,
    "one-of-two-lost": _CUT,
    "goodbye-in-one-lost": _CUT,
    "goodbye-not-understood": _CUT,
    "long-message-cut": _CUT,
    "character-broken": N_("decode whole lines, not the pieces that recv returns"),
    "lost-after-broken": N_(
        'decode with errors="replace", and do not let an exception end the server'
    ),
    "not-each-once": N_(
        "guard the users with a lock, and do not change them during a loop over them"
    ),
    "held-up": N_(
        "sendall waits until the receiver reads: send without waiting, or "
        "from a thread for each user, and never while holding the users' lock"
    ),
    "late-reader-loses": N_(
        "keep what you could not send yet, and send it later, from where it was cut off"
    ),
    "lost-after-leave": N_("remove a user who leaves; sending to a closed socket raises an error"),
    "lost-after-vanish": _VANISHED,
    "fin-not-told": _TELL_VANISHED,
    "half-close-not-told": _TELL_VANISHED,
    "reset-not-told": _TELL_VANISHED,
    "mid-line-not-told": _TELL_VANISHED,
    "leave-not-once": N_(
        "the leave notice and the end of the connection both mean that the user left: remove "
        "the user once, and announce it only then"
    ),
    "cannot-rejoin": N_("forget the address when its user leaves"),
    "never-rests": N_("recv returns b'' again and again once a client is gone: end the loop"),
    "name-not-alone": N_("send what input returns, with one newline on TCP and none on UDP"),
    "not-printed": N_("receive and print in a thread other than the one that waits for typing"),
    "not-sent-as-typed": N_("send the name, a colon, a space and the text (on UDP no newline)"),
    "leave-not-announced": _GOODBYE,
    "end-of-file-not-announced": _GOODBYE,
    "stays-after-leave": _WAKE,
    "stays-after-end-of-file": _WAKE,
    "stays-without-name": _WAKE,
    "pieces-not-printed": _PRINT_LINES,
    "one-of-two-not-printed": _PRINT_LINES,
    "server-gone-unnoticed": N_(
        "recv returns nothing when the server has closed the connection; the main thread may "
        "be blocked in input, and nothing can wake it: end the whole process"
    ),
    "server-makes-no-thread": _MAKE_THREAD,
    "client-makes-no-thread": _MAKE_THREAD,
    "no-thread-each": N_("start a threading.Thread for each connection that accept returns"),
    "no-thread-to-receive": _TWO_THREADS,
    "thread-serves-both": _TWO_THREADS,
    "thread-serves-several": N_("receive in the thread of the connection itself"),
    "connection-shared": N_("let one thread alone call recv for a connection"),
    "thread-peeks": N_("receive in the thread of the connection itself"),
    "thread-serves-nobody": N_("receive in the thread of the connection itself"),
    "thread-made-by-library": _MAKE_THREAD,
    "nobody-types": _TWO_THREADS,
}
