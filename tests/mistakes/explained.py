"""What may be named as the cause of each mistake; whatever else is named is wrong.

Codes of causes, names of classic mistakes and types of exceptions. Where nothing stands here,
nothing can be proved of what a program shows.
"""

from __future__ import annotations

from collections.abc import Mapping

CHANGED = ("RuntimeError", "changed-while-looping", "KeyError")
TEXT = ("TypeError", "text-for-bytes")
PIECES = ("half-a-message", "two-in-one", "half-a-character")
ALL = ("newcomer-included", "sender-included")

EXPLAINED: Mapping[str, tuple[str, ...]] = {
    # Starting.
    "binds-with-two-arguments": ("TypeError",),
    "gives-the-port-as-text": ("TypeError",),
    "forgets-to-listen": ("never-listens",),
    "forgets-to-return-the-listener": ("AttributeError", "returns-nothing"),
    "asks-at-the-keyboard-before-it-listens": ("types-first",),
    "does-not-set-reuse-address": ("port-in-use",),
    "sets-reuse-address-after-bind": ("port-in-use",),
    "leaves-out-a-colon": ("SyntaxError",),
    "mixes-tabs-and-blanks": ("TabError",),
    "imports-a-package-that-is-not-there": ("ModuleNotFoundError",),
    "udp-listens-like-tcp": ("listens-for-datagrams",),
    "udp-makes-a-stream-socket": ("stream-for-datagrams",),
    "udp-forgets-to-bind": ("never-binds",),
    # Threads and locks.
    "swaps-the-arguments-of-the-thread": ("TypeError", "thread-misled"),
    "makes-a-thread-and-never-starts-it": ("thread-not-started",),
    "encodes-bytes-again": ("AttributeError",),
    "sends-text-instead-of-bytes": TEXT,
    "calls-serve-instead-of-handing-it-over": ("target-called",),
    "serves-in-the-accept-loop": ("serves-in-accept-loop",),
    "waits-for-each-thread-to-end": ("joins-in-accept-loop",),
    "takes-a-plain-lock-twice": ("waits-for-itself",),
    "holds-the-lock-while-it-waits-for-a-line": ("waits-for-another",),
    "joins-without-the-lock": CHANGED,
    "makes-a-new-lock-each-time": CHANGED,
    "loops-over-users-without-the-lock": CHANGED,
    "leaves-without-the-lock": CHANGED,
    # Lines and names.
    "returns-the-first-line-instead-of-yielding": ("returns-for-yield",),
    "takes-a-chunk-for-a-message": PIECES,
    "receives-sixteen-bytes-for-a-message": PIECES,
    "decodes-before-it-splits": ("half-a-character",),
    "never-looks-for-the-end-of-the-connection": ("end-ignored", "leave-missing"),
    "keeps-the-newline-of-a-line": ("leave-not-understood",),
    "reads-ascii-only": ("UnicodeDecodeError",),
    "keeps-the-newline-of-the-name": ("name-with-newline",),
    "crashes-on-a-misspelt-name-in-its-first-line": ("NameError",),
    # Joining, talking and leaving.
    "forgets-the-f-of-the-join-notice": ("forgot-f",),
    "never-stores-the-name": ("KeyError",),
    "join-returns-nothing": ("never-true",),
    "forgets-an-argument-of-the-join-notice": ("TypeError",),
    "tells-newcomers-that-they-joined": ALL[:1],
    "tells-only-the-newcomer": ALL[:1],
    "sends-to-the-sender-too": ALL,
    "echoes-when-two-are-there": ALL[1:],
    "echoes-when-more-than-two-are-there": ALL[1:],
    "prints-instead-of-sending": ("prints-only",),
    "puts-the-name-in-front-again": ("name-twice",),
    "splits-messages-at-the-colon": ("ValueError",),
    "passes-on-what-is-not-defined": ("NameError",),
    "throws-out-who-says-left": ("leaves-at-a-word",),
    "passes-the-leave-notice-on-and-sends-another": ("leave-twice",),
    "forgets-the-leave-notice": ("leave-missing",),
    "removes-the-user-by-the-wrong-key": ("KeyError",),
    "tells-nobody-when-somebody-vanishes": ("leave-missing",),
    "forgets-the-f-of-the-leave-notice": ("leave-not-understood",),
    "keeps-the-name-in-one-variable-for-all": ("KeyError",),
    # The client.
    "connects-with-two-arguments": ("TypeError",),
    "forgets-to-return-the-connection": ("AttributeError", "returns-nothing"),
    "forgets-to-encode": TEXT,
    "forgets-the-newline-of-the-name": ("without-newline",),
    "goes-on-reading-after-the-welcome": ("returns-nothing",),
    "makes-a-receiver-and-never-starts-it": ("thread-not-started",),
    "calls-receive-instead-of-handing-it-over": ("target-called",),
    "forgets-the-comma-after-the-argument": ("TypeError", "thread-arguments"),
    "leaves-out-a-bracket": ("SyntaxError",),
    "takes-a-chunk-for-a-line": PIECES,
    "forgets-the-f-of-a-message": ("forgot-f",),
    "sends-on-a-misspelt-connection": ("NameError",),
    "sends-leave-as-a-message": ("leave-is-a-message",),
    "leaves-at-the-word-exit": ("leave-is-a-message",),
    "does-not-end-after-leaving": ("EOFError",),
    # UDP.
    "udp-looks-for-the-leave-notice-first": ("KeyError",),
    "udp-sends-text-instead-of-bytes": TEXT,
    "udp-compares-a-name-with-an-address": ALL,
    "udp-prints-instead-of-sending": ("prints-only",),
    "udp-puts-the-name-in-front-again": ("name-twice",),
    "udp-ends-at-bytes-that-are-no-text": ("UnicodeDecodeError", "strict-decoding"),
    "udp-throws-out-who-says-left": ("leaves-at-a-word",),
    "udp-leaves-with-a-name-that-is-not-defined": ("NameError",),
    "udp-forgets-to-encode": TEXT,
    "udp-sends-the-name-with-a-newline": ("name-with-newline",),
    "udp-makes-a-receiver-and-never-starts-it": ("thread-not-started",),
    "udp-calls-receive-instead-of-handing-it-over": ("target-called",),
    "udp-forgets-the-comma-after-the-argument": ("TypeError", "thread-arguments"),
    "udp-receives-only-after-typing": ("input-blocks",),
    "udp-forgets-the-f-of-a-message": ("forgot-f",),
    "udp-leaves-with-a-misspelt-name": ("NameError",),
    # Whole programs: what their stars show beside the mistake.
    "selects-instead-of-making-threads": ("KeyboardInterrupt",),
    "lets-a-library-make-the-threads": ("KeyboardInterrupt",),
    "udp-selects-instead-of-making-a-thread": ("EOFError",),
}

# Lines in which a mistake shows, or which are a part of it, beside the one of the truth.
SENDS = 'send_line(connection, f"{name}: {text}")'
LOOP = "for user in users.values():"
LINES: Mapping[str, tuple[str, ...]] = {
    "takes-a-plain-lock-twice": ("with users_lock:",),
    "joins-without-the-lock": (LOOP, "users[name] = user"),
    "makes-a-new-lock-each-time": (LOOP,),
    "leaves-without-the-lock": (LOOP,),
    "never-stores-the-name": ("del users[user.name]",),
    # The last line of the function that returns nothing.
    "forgets-to-return-the-connection": (
        "connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)",
    ),
    "goes-on-reading-after-the-welcome": ("server_gone()  # the lines have ended",),
    # What sends it.
    "sends-leave-as-a-message": (SENDS,),
    "leaves-at-the-word-exit": (SENDS,),
    # What their stars show beside the mistake.
    "lets-a-library-make-the-threads": (
        "Server((options.host, options.port), Handler).serve_forever()",
    ),
    "udp-selects-instead-of-making-a-thread": ('name = input("What is your name? ").strip()',),
}
