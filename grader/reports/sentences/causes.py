"""Why something is missing, where the source and the threads show it."""

from __future__ import annotations

from collections.abc import Mapping

from grader.language import N_, Sentence

CAUSES: Mapping[str, Sentence] = {
    "waits-for-lock": N_("a thread waits for {lock} in line {line}"),
    "waits-for-itself": N_(
        "deadlock: a thread waits for {lock} in line {line}, "
        "which the same thread took in line {taken}"
    ),
    "waits-for-another": N_(
        "a thread waits for {lock} in line {line}, which {thread} took in line {taken}"
    ),
    "thread-not-started": N_("the thread for {function} is made in line {line}, but never started"),
    "start-not-called": N_("line {line} names start without calling it: start() begins the thread"),
    "run-for-start": N_("line {line} calls run(), so {function} runs in no thread of its own"),
    "target-called": N_(
        "line {line} calls {function} itself: target={function}, without brackets, "
        "lets the thread call it"
    ),
    "thread-arguments": N_(
        "the thread of line {line} cannot call {function}: its args do not fit, "
        "or are no tuple, as (x,) is one"
    ),
    "serves-in-accept-loop": N_(
        "the loop that accepts connections calls, in line {called}, what waits for one client's "
        "data in line {line}: nobody else gets in"
    ),
    "receives-in-accept-loop": N_(
        "the loop that accepts connections waits for one client's data in line {line}: "
        "nobody else gets in"
    ),
    "joins-in-accept-loop": N_(
        "the loop that accepts connections waits in line {line} until a thread has ended: "
        "nobody else gets in"
    ),
    "returns-for-yield": N_(
        "{function} returns the first element in line {line} and ends; "
        "yield gives one after another"
    ),
    "returns-nothing": N_(
        "line {line} uses what {function} returns, and {function} ends in line {last} "
        "without returning anything"
    ),
    "never-true": N_(
        "line {line} depends on what {function} returns, and {function} ends in line {last} "
        "without returning True"
    ),
    "thread-misled": N_(
        "the thread of line {line} calls {function} with what it cannot use: look at its args"
    ),
    "forgot-f": N_(
        'line {line} has a name in braces and no f before its quotes: only f"…" puts the value in'
    ),
    "leaves-at-a-word": N_(
        "line {line} takes every text with {word!r} in it for a leave notice: "
        "compare the whole line"
    ),
    "types-first": N_(
        "the server waits for typing in line {line}, before anybody can connect: nobody types there"
    ),
    "never-listens": N_("the socket is bound in line {line}, and listen() is never called"),
    "never-binds": N_("the socket is made in line {line}, and bind() is never called"),
    "stream-for-datagrams": N_(
        "line {line} makes a socket for TCP (SOCK_STREAM); over UDP it is SOCK_DGRAM"
    ),
    "listens-for-datagrams": N_("line {line} calls listen(), which a socket for UDP does not have"),
    "interleaved": N_(
        "a race: while {first}'s thread was held before line {line}, {second}'s thread ran "
        "lines {lines}"
    ),
    "held-alone": N_("a race: {first}'s thread was held before line {line} while {second} acted"),
    "main-thread": N_("the main thread"),
    "thread-named": N_("thread {name}"),
    "another-thread": N_("another thread"),
}
