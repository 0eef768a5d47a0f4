"""Programs that are after points that they have not earned, or after the machine.

None of them may end a grading in an ERROR, take more than a minute, or leave a process, a file or
an IPC object behind. A SKIP or a TODO is as good as a FAIL: what counts is that there are no points.
"""

from __future__ import annotations

from submissions.strangers import Program

TCP_S, TCP_C, UDP_S, UDP_C = ("tcp_server.py", "tcp_client.py", "udp_server.py", "udp_client.py")
RELAY = {
    "join-notice",
    "two-users",
    "many-users",
    "sender-excluded",
    "leave-notice",
    "survives-leave",
    "survives-vanish",
}
TCP_STARS = {
    "byte-by-byte",
    "two-in-one",
    "split-character",
    "long-message",
    "broken-text",
    "stalled-reader",
    "vanish-once",
    "hundred",
    "storm",
    "rejoin",
    "nothing-after-leave",
}
UDP_STARS = {"broken-text", "hundred", "storm", "rejoin", "stranger", "nothing-after-leave"}
ALONE = {
    "join-not-to-self",
    "silent-newcomer",
    "taken-name",
    "empty-name",
    "no-spin",
    "restart",
    "ctrl-c",
}
CLIENT = {"client-name", "client-shows", "client-sends", "client-leaves", "client-threads"}
CLIENT_STARS = {"client-framing", "client-notices", "client-eof"}
# Welcomes, and passes nothing on.
DEAF = RELAY | TCP_STARS
# Threads are tried with messages that get through.
DEAF_EITHER = ALONE | {"server-threads"}
DEAF_UDP = RELAY | UDP_STARS - {"stranger", "broken-text", "rejoin", "nothing-after-leave"}
DEAF_UDP_EITHER = {
    "join-not-to-self",
    "taken-name",
    "empty-name",
    "no-spin",
    "ctrl-c",
    "stranger",
    "broken-text",
    "rejoin",
    "nothing-after-leave",
}
# Not even a welcome.
NOTHING = {"handshake", "join-not-to-self"} | DEAF
# Sends with sendall to everybody, one after the other.
BLOCKS = {"stalled-reader"}
LOOP = {"server-threads", "stalled-reader"}
WHY_DECOY = "must not earn server-threads: the thread neither receives nor sends for its connection"
WHY_MEET = "must not earn end-to-end: what the clients see has not gone through the server"

PROGRAMS: tuple[Program, ...] = (
    # threads that are not what they seem
    Program(
        "decoy-sleepers-beside-selectors",
        (TCP_S,),
        what="selectors loop with buffers serves; a thread for each connection waits on an Event.",
        fails={"server-threads"},
        why=WHY_DECOY,
    ),
    Program(
        "peeking-thread-beside-poll",
        (TCP_S,),
        what="poll loop serves; each connection's thread peeks with MSG_PEEK, so it "
        "wakes with its user's messages.",
        fails=LOOP,
        either={"no-spin"},
        why=WHY_DECOY,
    ),
    Program(
        "waits-on-a-duplicate",
        (TCP_S,),
        what="epoll loop serves; each connection's thread waits, edge-triggered, on a "
        "dup of the descriptor.",
        fails=LOOP,
        why=WHY_DECOY,
    ),
    Program(
        "asyncio-that-wakes-a-clerk",
        (TCP_S,),
        what="asyncio serves; each user's thread is woken through a queue for each "
        "message and counts.",
        fails={"server-threads"},
        why=WHY_DECOY + ", although it wakes at the right moments",
    ),
    Program(
        "thread-call-never-reached",
        (TCP_S,),
        what="select loop; threading.Thread stands in the source, behind a condition "
        "that is never true.",
        fails=LOOP,
        why="must not earn server-threads by its source.",
    ),
    Program(
        "threads-by-underscore-thread",
        (TCP_S,),
        what="a real thread for each connection, made by _thread.",
        fails=LOOP,
        why="the assignment says: made by `threading`.",
    ),
    Program(
        "pool-of-eight",
        (TCP_S,),
        what="ThreadPoolExecutor of 8: a thread each for the first eight, who comes ninth waits.",
        fails={"hundred", "stalled-reader", "storm"},
        either={"server-threads", "silent-newcomer"},
        why="a thread for each, made by threading, but inside concurrent.futures; "
        "storm and a silent newcomer depend on how many are there.",
    ),
    Program(
        "threads-by-socketserver",
        (TCP_S,),
        what="socketserver.ThreadingTCPServer makes a threading.Thread for each connection.",
        fails=BLOCKS,
        either={"server-threads"},
        why="a thread of its own and by threading, though not by the student.",
    ),
    Program(
        "child-holds-the-connections",
        (TCP_S,),
        what="the sockets are sent to a forked child with asyncio; the parent has a "
        "thread for each that waits for the hang-up.",
        fails={"server-threads"},
        why=WHY_DECOY + "; the child must be gone afterwards",
    ),
    Program(
        "process-for-each-client",
        (TCP_S,),
        what="multiprocessing: a process for each client, the parent passes on through pipes.",
        fails=LOOP,
        why="processes are no threads; the workers must be gone afterwards.",
    ),
    Program(
        "thread-for-each-message",
        (TCP_S,),
        what="select loop receives; a short thread sends each message and is joined.",
        fails=LOOP,
        why="no thread belongs to a connection.",
    ),
    Program(
        "crowd-made-beforehand",
        (TCP_S,),
        what="128 threads from the start, one is woken for each message; a poll loop serves.",
        fails=LOOP,
        why=WHY_DECOY,
    ),
    Program(
        "fakes-the-threading-record",
        (TCP_S,),
        what="select loop; raw threads that sleep are entered into threading._active "
        "as if threading had made them, with a false audit event.",
        fails=LOOP,
        why="must not earn server-threads by what the process says of itself.",
    ),
    Program(
        "lies-to-the-recorder",
        (TCP_S,),
        what="epoll loop; replaces the functions of any recorder in the process and "
        "writes false records into inherited pipes and sockets.",
        fails=LOOP,
        why="must not earn server-threads, must not give ERROR.",
    ),
    Program(
        "thread-names-with-brackets-and-newlines",
        (TCP_S,),
        what="a good threaded server whose process and threads are named like lines "
        "of /proc (brackets, tabs, newlines, no UTF-8).",
        why="must get its points: /proc/*/stat and status must be parsed with care.",
    ),
    Program(
        "client-select-with-an-idle-thread",
        (TCP_C,),
        what="select over stdin and socket in the main thread, and a thread that "
        "waits on an Event.",
        fails={"client-threads"},
        why="must not earn client-threads.",
    ),
    Program(
        "udp-client-whose-thread-only-peeks",
        (UDP_C,),
        what="select in the main thread; the receiving thread only peeks.",
        fails={"client-threads"},
        why="must not earn client-threads.",
    ),
    # clients that meet elsewhere
    Program(
        "clients-meet-in-an-abstract-socket",
        (TCP_S, TCP_C),
        what="deaf server, real clients that also talk through abstract unix sockets.",
        fails=DEAF | {"end-to-end"},
        either=DEAF_EITHER,
        why=WHY_MEET,
    ),
    Program(
        "calls-through-a-path-socket",
        (TCP_S, TCP_C),
        what="the TCP side is deaf; the own clients are relayed through a unix socket "
        "in the folder.",
        fails=DEAF | {"end-to-end"},
        either=DEAF_EITHER,
        why=WHY_MEET
        + (" on TCP, though it went through the same process; a socket file is left in the folder"),
    ),
    Program(
        "relay-daemon-left-behind",
        (TCP_S, TCP_C),
        what="deaf server; the first client starts a daemon (two forks, no "
        "environment, named kworker, 45 s) that relays.",
        fails=DEAF | {"end-to-end"},
        either=DEAF_EITHER,
        why=WHY_MEET + "; the daemon must be gone",
    ),
    Program(
        "clients-leave-notes-in-tmp",
        (UDP_S, UDP_C),
        what="deaf UDP server; the clients read each other's notes in a file of the "
        "temporary folder.",
        fails=DEAF_UDP | {"end-to-end"},
        either=DEAF_UDP_EITHER,
        why=WHY_MEET + "; the file must be gone",
    ),
    Program(
        "gossip-in-shared-memory",
        (UDP_S, UDP_C),
        what="deaf UDP server; the clients share a System V segment.",
        fails=DEAF_UDP | {"end-to-end"},
        either=DEAF_UDP_EITHER,
        why=WHY_MEET + "; the segment must be gone, killed clients leave it",
    ),
    Program(
        "udp-clients-find-each-other-directly",
        (UDP_S, UDP_C),
        what="the server writes the addresses into a file in /tmp, the clients send to each other.",
        fails=DEAF_UDP | {"end-to-end"},
        either=DEAF_UDP_EITHER,
        why=WHY_MEET
        + ("; the client's own checks pass unless other clients' addresses are in the file"),
    ),
    # servers that know who is looking
    Program(
        "behaves-only-for-machines",
        (TCP_S,),
        what="perfect for who answers the name request within 100 ms, deaf for people.",
        fails=BLOCKS,
        either=RELAY | TCP_STARS - BLOCKS | {"server-threads", "join-not-to-self"},
        why="can only be seen by an examiner who waits before giving a name.",
    ),
    Program(
        "good-for-the-first-six",
        (TCP_S,),
        what="relays for the first six connections of the process, then for nobody new.",
        fails=BLOCKS | {"hundred", "storm"},
        either=DEAF - BLOCKS - {"hundred", "storm"} | ALONE,
        why="no points where more than six have come; depends on how many "
        "connections one process sees.",
    ),
    Program(
        "echoes-when-nobody-looks",
        (TCP_S,),
        what="the sender gets message and own join notice back 2 s later.",
        fails={"sender-excluded", "join-not-to-self", "stalled-reader"},
        either=RELAY - {"sender-excluded"}
        | TCP_STARS - BLOCKS
        | {"no-spin", "taken-name", "empty-name", "silent-newcomer"},
        why="fences alone do not see it; the late echoes may spoil other checks, which is just.",
    ),
    Program(
        "says-the-message-twice-slowly",
        (UDP_S,),
        what="passes on well, and repeats all messages to everybody, sender included, "
        "after 1.5 s of quiet.",
        fails={"sender-excluded", "two-users", "many-users"},
        either=RELAY - {"sender-excluded", "two-users", "many-users"}
        | UDP_STARS
        | {"no-spin", "taken-name", "empty-name", "join-not-to-self"},
        why="fences alone do not see it.",
    ),
    Program(
        "knows-the-phrases-by-heart",
        (TCP_S,),
        what="sends every newcomer all likely phrases and relays nothing.",
        fails=DEAF | {"taken-name", "empty-name", "ctrl-c"},
        either={
            "join-not-to-self",
            "silent-newcomer",
            "no-spin",
            "restart",
            "server-threads",
            "handshake",
        },
        why="no points for guesses: names and texts are drawn.",
    ),
    Program(
        "client-that-guesses",
        (TCP_C,),
        what="never receives; a thread prints likely phrases.",
        fails={"client-shows", "client-threads", "client-framing", "client-notices", "client-eof"},
        why="no points for guesses.",
    ),
    Program(
        "reads-the-exam-over-the-shoulder",
        (TCP_S,),
        what="relays nothing, but sends what looks like chat in the memory of its "
        "parent (names with SEED in environment and command line are looked at, "
        "too).",
        fails=DEAF | {"taken-name", "empty-name"},
        either={
            "join-not-to-self",
            "silent-newcomer",
            "no-spin",
            "restart",
            "server-threads",
            "ctrl-c",
            "handshake",
        },
        why="memory, environment and command line of the grader must be out of reach.",
    ),
    Program(
        "borrows-the-neighbours-homework",
        (TCP_S,),
        what="runs the largest threaded tcp_server.py that lies up to two folders above.",
        fails={"starts", "server-threads"} | NOTHING | ALONE,
        why="other submissions must be out of reach; where nobody is to be found it exits with 1.",
    ),
    # forged words
    Program(
        "claims-a-task-is-not-written",
        (TCP_S,),
        what="sends messages and leave notices twice and prints tracebacks of "
        "NotImplementedError and 'not written yet'.",
        fails={"two-users", "many-users", "sender-excluded", "leave-notice", "survives-leave"}
        | TCP_STARS,
        either={
            "survives-vanish",
            "server-threads",
            "join-notice",
            "join-not-to-self",
            "silent-newcomer",
            "taken-name",
            "empty-name",
            "no-spin",
        },
        why="FAIL, not TODO: the program sent something else. join-notice by itself is right.",
    ),
    Program(
        "client-with-a-forged-excuse",
        (TCP_C,),
        what="sends a wrong name and wrong texts, prints forged tracebacks of task 8 "
        "to 11, exit status 3.",
        fails=CLIENT | CLIENT_STARS,
        why="FAIL, not TODO, for what it sent.",
    ),
    Program(
        "prints-its-own-verdicts",
        (TCP_S,),
        what="deaf; prints tables of PASS, JSON, notices, markup, screen-clearing "
        "sequences; writes result files into its folder.",
        fails=DEAF,
        either=DEAF_EITHER,
        why="no verdict from output or files; the report must show neither sequences "
        "nor markup as such; the files must not be left.",
    ),
    Program(
        "names-dressed-in-escapes",
        (TCP_S,),
        what="changes every message and name with escape sequences, markup, bidi "
        "marks, NUL and broken UTF-8.",
        fails={"two-users"} | TCP_STARS,
        either=RELAY - {"two-users"} - TCP_STARS
        | {
            "join-not-to-self",
            "silent-newcomer",
            "taken-name",
            "empty-name",
            "no-spin",
            "server-threads",
            "survives-vanish",
        },
        why="the report must show them escaped; FAIL, not ERROR.",
    ),
    # too much
    Program(
        "says-everything-without-a-newline",
        (TCP_S,),
        what="48 MB without a newline to everyone who connects.",
        fails=NOTHING | {"taken-name", "empty-name"},
        either={"silent-newcomer", "no-spin", "restart", "ctrl-c", "server-threads"},
        why="bounded memory and time in the grader.",
    ),
    Program(
        "lines-of-sixteen-megabytes",
        (TCP_S,),
        what="each notice and message has 16 MB of blanks behind it (30 times, then "
        "one blank and a dot).",
        fails=RELAY - {"sender-excluded"} | TCP_STARS,
        either=ALONE | {"server-threads", "sender-excluded"},
        why="bounded memory and time, short reports.",
    ),
    Program(
        "client-of-a-hundred-thousand-messages",
        (TCP_C,),
        what="each typed text is followed by 100,000 small messages.",
        fails={"client-sends"},
        either={
            "client-leaves",
            "client-notices",
            "client-eof",
            "client-threads",
            "client-framing",
        },
        why="FAIL within seconds.",
    ),
    Program(
        "udp-server-answers-with-a-storm",
        (UDP_S,),
        what="answers the first datagram of an address with 100,000 useless ones "
        "(empty, NUL, 65,000 bytes, forged).",
        fails={"handshake", "join-not-to-self", "taken-name", "empty-name"}
        | RELAY
        | UDP_STARS - {"stranger"},
        either={"no-spin", "ctrl-c", "stranger"},
        why="bounded memory and time.",
    ),
    Program(
        "talks-to-the-screen-without-end",
        (TCP_S,),
        what="a good threaded server that writes 64 MB of log, then a little for ever.",
        either={"no-spin"},
        why="the grader must read or drop it, and not keep it; the server gets its points.",
    ),
    Program(
        "a-gigabyte-of-nothing",
        (TCP_S,),
        what="deaf, takes 900 MB in pieces of 10 MB.",
        fails=DEAF,
        either=DEAF_EITHER | {"starts", "handshake"},
        why="a limit may end it (then starts and handshake fail, not ERROR).",
    ),
    Program(
        "the-longest-exception",
        (TCP_S,),
        what="ends each connection at the first message, with 28 MB of chained "
        "exceptions (twice), surrogates and NUL in the text.",
        fails=DEAF | {"ctrl-c"},
        either=DEAF_EITHER - {"ctrl-c"},
        why="short report; 'NotImplementedError: task N' in the chain must not break anything.",
    ),
    # never at rest, never gone
    Program(
        "echo-that-never-rests",
        (TCP_S,),
        what="a good threaded server; two of its own UDP sockets pass a byte to and fro for ever.",
        fails={"no-spin"},
        why="the examination must end although the process is never idle.",
    ),
    Program(
        "two-millisecond-lives",
        (TCP_S,),
        what="a good threaded server; beside it, for 40 s, endless chains of "
        "processes and of threads that live 2 ms and ignore SIGTERM and SIGINT.",
        either={"no-spin", "server-threads"},
        why="no ERROR from pids and threads that are gone; no link of the chain may "
        "be left; threads not counted twice.",
    ),
    Program(
        "main-thread-stuck-in-vfork",
        (TCP_S,),
        what="a good threaded server whose main thread is in a vfork (state D) for 50 s.",
        fails={"ctrl-c", "stalled-reader"},
        why="SIGINT is not handled while it is stuck; the child must be gone afterwards.",
    ),
    Program(
        "stops-itself-at-the-second-guest",
        (TCP_S,),
        what="SIGSTOP to itself when the second user has come.",
        fails=DEAF | {"ctrl-c"},
        either=DEAF_EITHER - {"ctrl-c"},
        why="a stopped process must be ended and waited for.",
    ),
    Program(
        "cannot-be-asked-to-end",
        (TCP_S,),
        what="a good threaded server in a session of its own that ignores all signals "
        "but SIGKILL and SIGSTOP.",
        fails={"ctrl-c"},
        why="must be gone afterwards; server checks pass.",
    ),
    Program(
        "daemon-with-an-empty-environment",
        (TCP_S,),
        what="the started process exits with 0 at once; a daemon in another session, "
        "renamed, serves for 60 s.",
        fails={"ctrl-c", "stalled-reader"},
        either={"starts", "handshake"} | DEAF - BLOCKS | DEAF_EITHER - {"ctrl-c"},
        why="'keeps running' is not true of what was started; must be gone "
        "afterwards and must not serve the next submission.",
    ),
    Program(
        "a-chain-of-children",
        (TCP_S,),
        what="a good threaded server with 150 idle descendants that keep its output "
        "open for 40 s, half of them in own sessions.",
        either={"starts"},
        why="the grader must not wait for the end of the output; a limit on "
        "processes may hit; nothing may be left.",
    ),
    # against the machine
    Program(
        "folder-of-endless-depth",
        (TCP_S,),
        what="deaf; makes 1500 folders one in the other, names of 200 letters, in its "
        "folder and in the temporary one.",
        fails=DEAF | {"ctrl-c"},
        either=DEAF_EITHER - {"ctrl-c"},
        why="removing them must not end in RecursionError or 'name too long'.",
    ),
    Program(
        "files-nobody-can-remove",
        (TCP_S,),
        what="a good threaded server that leaves folders without permissions, odd "
        "names, FIFO, socket, loop, and (where permitted) an immutable file.",
        why="must be removed, or never written.",
    ),
    Program(
        "limits-of-the-parent",
        (TCP_S,),
        what="deaf; takes limits, priority and processors from its parent "
        "(interpreter or bwrap only).",
        fails=DEAF,
        either=DEAF_EITHER,
        why="the grader's own limits must stay as they are.",
    ),
    Program(
        "knocks-out-the-one-who-started-it",
        (TCP_S,),
        what="deaf; when the second user has come it sends signals up to SIGKILL to "
        "its parent (interpreter or bwrap only).",
        fails=DEAF | {"ctrl-c"},
        either=DEAF_EITHER - {"ctrl-c"},
        why="the grader must not be hit; a sandbox that is hit means FAIL, not ERROR.",
    ),
    Program(
        "closes-what-it-inherited",
        (TCP_S,),
        what="a good threaded server that closes all descriptors first, 0 to 2 included.",
        either={"server-threads"},
        why="points as for any other; an in-process recorder loses its descriptor, "
        "so threads may be unproven.",
    ),
    Program(
        "swaps-its-files-while-running",
        (TCP_S, TCP_C),
        what="deaf server, client not written; while it runs the server puts good "
        "ones in their place, and a FIFO and a link to itself as UDP files.",
        fails=DEAF | CLIENT | CLIENT_STARS | {"end-to-end"},
        either=DEAF_EITHER,
        why="what was handed in is marked, and the folder stays as it was; the FIFO "
        "must not be read.",
    ),
    Program(
        "links-out-of-the-folder",
        (TCP_S,),
        what="a good threaded server; tcp_client.py is a link to /etc/hostname, and "
        "there are links to elsewhere, in circles and to nowhere.",
        fails=CLIENT | CLIENT_STARS | {"end-to-end"},
        why="no content of foreign files in the report; the linked client is no submission.",
        links=(
            ("elsewhere", "/etc/profile.d"),
            ("loop", "loop"),
            ("tcp_client.py", "/etc/hostname"),
        ),
    ),
    Program(
        "written-in-utf-7",
        (TCP_S,),
        what="a good threaded server in UTF-7 that prints UTF-16.",
        why="runs under Python, so gets its points; a reader of sources must not give ERROR.",
    ),
)
