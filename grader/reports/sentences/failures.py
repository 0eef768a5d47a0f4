"""Why a check did not pass, in one sentence."""

from __future__ import annotations

from grader.language import N_

FAILURES = {
    # Starting and stopping.
    "server-not-started": N_("the server did not start"),
    "server-ended": N_("the server ended by itself"),
    "server-not-restarted": N_("the server cannot be started again"),
    "interrupt-unclean": N_("Ctrl+C does not end the server cleanly"),
    "program-gone": N_("{program} has ended"),
    # Coming in.
    "could-not-connect": N_("{name} could not connect"),
    "not-let-in": N_("{name} is not let in"),
    "request-wrong": N_("the name request does not follow the protocol"),
    "welcome-incomplete": N_("the welcome is not complete"),
    "not-told-of-second": N_("the first user was not told of the second"),
    "not-told-of-third": N_("{name} was not told of the third user"),
    "own-join-told": N_("a newcomer gets their own join notice"),
    "not-asked-again": N_("the server does not ask for the name again"),
    "refused-after-empty-name": N_("a good name after an empty one is not accepted"),
    "mute-after-empty-name": N_("a user who gave an empty name first cannot talk"),
    "joined-with-empty-name": N_("somebody joined with an empty name"),
    "refused-after-taken-name": N_("a free name after a taken one is not accepted"),
    "mute-after-taken-name": N_("a user who gave a taken name first cannot talk"),
    "taken-name-accepted": N_("the server accepts a name that is taken"),
    "silence-keeps-out": N_("nobody can join while a newcomer is silent"),
    "silence-keeps-back": N_("a silent newcomer holds up a message"),
    "stranger-not-a-name": N_("the server does not take a stranger's first datagram as a name"),
    "stranger-passed-on": N_("a stranger's datagram is passed on as a message"),
    # Messages.
    "message-missing": N_("{name} did not get a message"),
    "message-unwanted": N_("{name} got a message that was not for them"),
    "message-late": N_("{name} got a late message that was not for them"),
    "not-delivered": N_("a message does not reach the other user"),
    "not-everywhere-once": N_("a message does not reach everyone else exactly once"),
    "echoed": N_("a message comes back to its sender"),
    "no-frames": N_("the server does not end its messages with a newline"),
    "bytes-not-joined": N_("a message sent byte by byte does not reach the others whole"),
    "one-of-two-lost": N_("one of two messages in one segment is lost"),
    "goodbye-in-one-lost": N_(
        "a message and a leave notice sent in one segment do not both arrive"
    ),
    "goodbye-not-understood": N_(
        "the server does not understand a leave notice right after a message"
    ),
    "character-broken": N_("a character cut in two does not reach the others whole"),
    "long-message-cut": N_("a message longer than the buffer does not reach the others whole"),
    "lost-after-broken": N_("after bytes that are not UTF-8, a message does not arrive"),
    "hundred-not-reached": N_("with a hundred users, a message does not reach everyone"),
    "storm-lost": N_("while many users join, leave and talk, a message is lost"),
    "storm-left-deaf": N_("after many users joined, left and talked, a message does not arrive"),
    "not-each-once": N_("{name} did not get every message exactly once"),
    "held-up": N_("one user who never reads holds up everybody"),
    "late-reader-loses": N_("a user who was slow to read does not get every message exactly once"),
    "lost-after-stalled": N_("after a user stopped reading, a message is lost"),
    # Going.
    "leave-not-told": N_("a leave notice does not arrive"),
    "leave-not-once": N_("a leave notice does not come exactly once"),
    "lost-after-leave": N_("after a user has left, a message does not arrive"),
    "sent-to-who-left": N_("the server sends a message to a user who has left"),
    "lost-after-vanish": N_("after a user has vanished, a message does not arrive"),
    "closed-after-vanish": N_("after a user has vanished, nobody can join"),
    "fin-not-told": N_("the server does not announce that a user vanished (fin)"),
    "half-close-not-told": N_("the server does not announce that a user vanished (half-close)"),
    "reset-not-told": N_("the server does not announce that a user vanished (reset)"),
    "mid-line-not-told": N_("the server does not announce that a user vanished (mid-line)"),
    "half-line-passed-on": N_("the server passes on half a line as a message"),
    "rejoined-is-out": N_("a user who rejoined is not in the chat"),
    "cannot-rejoin": N_("a user who left cannot join again"),
    "never-rests": N_("the server is busy although nothing happens"),
    "lost-after-leaving": N_("after others have left, a message does not arrive"),
    # The client.
    "client-not-come": N_("the client did not reach the server"),
    "name-not-alone": N_("the client does not send exactly the typed name"),
    "not-printed": N_("the client does not print what arrives while it waits for typing"),
    "client-ends-on-messages": N_("the client ends when messages arrive"),
    "client-ends-on-welcome": N_("the client ends when the welcome arrives"),
    "not-sent-as-typed": N_("the client does not send what is typed as `name: text`"),
    "not-sent": N_("the client does not send what is typed"),
    "leave-not-announced": N_("the client does not send the leave notice after `leave`"),
    "end-of-file-not-announced": N_("the client does not send the leave notice after end-of-file"),
    "stays-after-leave": N_("the client did not end after `leave`"),
    "ends-badly-after-leave": N_("the client ended with an error after `leave`"),
    "stays-after-end-of-file": N_("the client did not end after end-of-file"),
    "ends-badly-after-end-of-file": N_("the client ended with an error after end-of-file"),
    "stays-without-name": N_("the client did not end after end-of-file instead of a name"),
    "ends-badly-without-name": N_(
        "the client ended with an error after end-of-file instead of a name"
    ),
    "pieces-not-printed": N_("the client does not print a whole message that arrives in pieces"),
    "one-of-two-not-printed": N_("the client does not print one of two messages in one segment"),
    "server-gone-unnoticed": N_("the client does not notice that the server is gone"),
    # Client and server together.
    "welcome-not-shown": N_("the client does not show the server's welcome"),
    "not-client-to-client": N_("a message does not reach another client"),
    "message-taken-for-name": N_("a message is taken for a name"),
    "leave-not-shown": N_("the other clients do not show the leave notice"),
    "lost-after-client-left": N_("after a client has left, a message does not arrive"),
    "shown-twice": N_("a message is shown more than once"),
    # Threads.
    "server-makes-no-thread": N_(
        "the server does not make a thread with `threading` for each connection"
    ),
    "client-makes-no-thread": N_("the client does not make a thread with `threading` to receive"),
    "no-thread-each": N_("the server does not serve each connection in a thread of its own"),
    "connection-shared": N_("several threads wait for one connection"),
    "thread-peeks": N_("the thread of a connection only looks at what comes, and leaves it there"),
    "thread-serves-nobody": N_("the thread of a connection does not receive what its user says"),
    "thread-made-by-library": N_("a library makes the threads, not the program with `threading`"),
    "no-thread-to-receive": N_("the client has no thread that receives"),
    "thread-serves-several": N_("one thread serves several connections"),
    "thread-serves-both": N_("one thread both receives and waits for typing"),
    "nobody-types": N_("the client has no thread that waits for typing"),
}
