"""What was expected, and what came instead."""

from __future__ import annotations

from collections.abc import Mapping

from grader.language import N_, NP_, Sentence

VALUES: Mapping[str, Sentence] = {
    # Texts.
    "text": "{text!r}",
    "texts": "{texts!r}",
    "without-newline": N_("{text!r} (without a newline)"),
    "texts-without-newline": N_("{texts!r}, {text!r} (without a newline)"),
    "nothing": N_("nothing"),
    "on-standard-error": N_(
        "{text!r} on standard error; what users are to read goes to standard output"
    ),
    "got-nothing": N_("{name} got nothing like it"),
    "once": N_("{text!r} once"),
    "exactly-once": N_("{text!r} exactly once"),
    "a-second-time": N_("{text!r} a second time"),
    "nothing-like": N_("nothing like {text!r} for {name}"),
    "nothing-unasked": N_("nothing for {name} but what the protocol says"),
    "datagram-each": N_("each message in a datagram of its own"),
    "newline-each": N_("a newline at the end of each message"),
    "one-newline": N_("one newline at the end of each message"),
    "no-newline": N_("a datagram without a newline"),
    "newline-too-many-at": N_("a newline too many, at {text!r}"),
    "too-late": N_("{text!r}, long after it was due"),
    "only-what-was-typed": N_("only what the user has typed"),
    "no-end": N_("messages without end"),
    "connection-stays": N_("a connection that stays until {name} leaves"),
    "accepts": N_("a server that accepts connections"),
    "came-times": NP_("it came {count} time", "it came {count} times"),
    "came-twice": N_("it came twice"),
    "times": N_("{count} times"),
    "got-times": NP_("{name} got it {count} time", "{name} got it {count} times"),
    "then-closed": N_("{came} (then the connection was closed)"),
    "then-reset": N_("{came} (then the connection was reset)"),
    "then-ended": N_("{came} (then the connection was ended)"),
    # Many messages.
    "six-million-bytes": N_("6 million bytes"),
    "bytes-then-nothing": N_("{count:,} bytes, then nothing more"),
    "each-once": N_("{count} messages, each once"),
    "each-once-or-end": N_("{count} messages, each once, or the end of the connection"),
    "lost-and-doubled": N_("{lost} lost, {doubled} doubled"),
    "one-long-message": N_("one message of {count} characters"),
    "longest-message": N_("the longest message has {count} characters"),
    # Programs.
    "listens-tcp": N_("a server listening on TCP port {port}, running"),
    "nothing-listens-tcp": N_("nothing is listening on TCP"),
    "bound-udp": N_("a server bound on UDP port {port}, running"),
    "nothing-bound-udp": N_("nothing is bound on UDP"),
    "accepts-on-port": N_("a server that accepts connections on port {port}"),
    "runs-until-stopped": N_("a server that runs until it is stopped"),
    "listens-again": N_("a server that listens again at once"),
    "sleeps-until-something": N_("a server that sleeps until something arrives"),
    "busy-share": N_("it runs, or waits for a processor, {share:.0%} of the time"),
    "program-runs": N_("{file} runs"),
    "program-ended": N_("{file} ended with status {status}"),
    "program-signalled": N_("{file} was killed by {signal}"),
    "complaining": "{how}: {complaint}",
    "goes-on-running": N_("a program that keeps running"),
    "ends-with-0": N_("the process ends with status 0"),
    "ends-by-itself": N_("the process ends by itself, with status 0"),
    "ends-without-a-key": N_("the process ends by itself, without a key"),
    "exit-status-0": N_("exit status 0"),
    "still-runs": N_("it still runs"),
    "client-runs-on": N_("a client that runs until its user leaves or the server is gone"),
    "client-ended-before": N_("the client ended before that"),
    "connection-to-port": N_("a connection to port {port}"),
    "name-to-port": N_("a datagram with the name to port {port}"),
    # Threads.
    "thread-made": N_("a threading.Thread, or a subclass of it, is made"),
    "none-made": N_("none in {file}"),
    "none-made-but": N_("none in {file}, but {others}"),
    "more-threads": N_("{count} more threads with {count} more connections"),
    "threads-before-after": N_("{before} threads with one user, {after} with {users}"),
    "two-threads": N_("at least 2 threads while it is connected"),
    "thread-count": NP_("{count} thread", "{count} threads"),
    "recorded": NP_(
        "{count} thread started by the program itself",
        "{count} threads started by the program itself",
    ),
    "made-by-library": N_("threads made by {modules}"),
    "made-otherwise": N_("a thread that `threading` has not started"),
    "first-thread": N_("the first thread of a process waits for {name}'s messages"),
    "first-threads": N_("only the first thread of a process"),
    "thread-each": N_("for each user a thread that waits, in recv, for their connection alone"),
    "none-waits": N_("no thread waits in recv for {name}'s messages"),
    "waits-for-several": NP_(
        "one thread waits for {count} connection at once",
        "one thread waits for {count} connections at once",
    ),
    "several-wait": NP_(
        "{count} thread waits for {name}'s messages", "{count} threads wait for {name}'s messages"
    ),
    "one-peeks": N_("{name}'s thread receives with MSG_PEEK"),
    "sleeps-on": N_(
        "{name}'s messages get through while the thread that waits for them is held still"
    ),
    "thread-to-receive": N_("a thread that waits, in recv, for what arrives, and for that alone"),
    "none-receives": N_("no thread waits for what arrives"),
    "one-for-both": N_("one thread waits for typing and for what arrives"),
    "several-receive": NP_(
        "{count} thread waits for what arrives", "{count} threads wait for what arrives"
    ),
    "receiver-peeks": N_("the thread that waits for what arrives receives with MSG_PEEK"),
    "thread-to-type": N_("a thread that waits for typing, in input"),
    "none": N_("none"),
}
