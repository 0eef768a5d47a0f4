"""Programs that are right, of unusual kinds.

Where a program has both variants, the sets hold for both. Modules and data beside the files are not
listed.
"""

from __future__ import annotations

from submissions.strangers import Program

TS, TC, US, UC = (("tcp_server.py",), ("tcp_client.py",), ("udp_server.py",), ("udp_client.py",))
BLOCKS = {"stalled-reader"}
SENDS = (
    "It sends with a plain sendall to everybody (most while holding the one lock), so a user who "
    "never reads makes the others wait."
)

PROGRAMS: tuple[Program, ...] = (
    # TCP servers
    Program(
        "thread-for-each-message",
        TS,
        what="A reader thread for each connection starts one more thread for each "
        "message and joins it, with the lock held.",
        fails=BLOCKS,
        why=SENDS + " Order is kept, because the reader joins the thread.",
    ),
    Program(
        "dispatcher-with-one-queue",
        TS,
        what="Reader threads post events in a queue; one dispatcher thread owns the "
        "users and does all the sending but the name request.",
        fails=BLOCKS,
        why="The dispatcher is stuck in sendall at a user who never reads. Each "
        "connection does have a reader thread of its own.",
    ),
    Program(
        "postbox-and-postman-each",
        TS,
        what="Each guest (dataclass in a list, the name kept with its blanks beside "
        "the stripped one) has a SimpleQueue and a writer thread.",
        why="Nothing waits for anybody; half lines are no messages.",
    ),
    Program(
        "forked-child-accepts",
        TS,
        what="The parent opens the port and forks a child, which accepts and makes "
        "one thread for each connection; the child ends when the parent does.",
        fails=BLOCKS,
        either={"restart"},
        why=SENDS
        + (
            " The threads live in the child process: still one threading thread for "
            "each connection. The child notices a killed parent within milliseconds, "
            "until then it holds the port. Ctrl+C works for the parent alone and for "
            "the group."
        ),
    ),
    Program(
        "hands-sockets-to-a-child",
        TS,
        what="The parent accepts and hands each descriptor with send_fds to "
        "holder.py, a child that makes one thread for each connection.",
        fails=BLOCKS,
        why=SENDS
        + (
            " The threads live in the child process; the child is in a session of "
            "its own and ends when the parent's socket pair closes."
        ),
    ),
    Program(
        "threads-from-a-factory",
        TS,
        what="Threads come from a factory closure over functools.partial(Thread, "
        "daemon=True), held in an attribute; a seat is a context manager.",
        fails=BLOCKS,
        why=SENDS,
    ),
    Program(
        "visitor-is-a-thread",
        TS,
        what="Visitor is a subclass of Thread (imported as Life); RLock taken several "
        "times; optparse; a set of visitors.",
        fails=BLOCKS,
        why=SENDS,
    ),
    Program(
        "timer-of-zero-seconds",
        TS,
        what="The thread of each connection is a threading.Timer of 0 seconds.",
        fails=BLOCKS,
        why=SENDS + " A Timer is a subclass of threading.Thread.",
    ),
    Program(
        "decorator-starts-the-thread",
        TS,
        what="A decorator starts the thread of each connection; an executor with one "
        "worker writes the log; users in two lists; announces before it appends.",
        fails=BLOCKS,
        why=SENDS + (" The executor only prints; the connections are served by threading threads."),
    ),
    Program(
        "announces-before-it-appends",
        TS,
        what="The newcomer is welcomed, then announced, and only then put into the "
        "list, all with the lock held.",
        fails=BLOCKS,
        why=SENDS + " Because of the lock nobody can slip a message in between.",
    ),
    Program(
        "every-send-takes-300-ms",
        TS,
        what="A writer thread for each user sleeps 300 ms before each send.",
        either={"hundred", "storm", "stalled-reader", "two-in-one"},
        why="Everything arrives, once and in order, but a user with many lines "
        "waiting gets three a second: whether that is in time is a matter of "
        "patience. Lines still waiting for who leaves are dropped.",
    ),
    Program(
        "main-wakes-each-millisecond",
        TS,
        what="The main thread sleeps a millisecond at a time and looks whether it "
        "should stop; a thread accepts.",
        fails=BLOCKS,
        either={"no-spin"},
        why=SENDS
        + (
            " The waking costs one or two per cent of a processor, all the time, no "
            "more after somebody left."
        ),
    ),
    Program(
        "settimeout-loops-everywhere",
        TS,
        what="Accept, recv and send all have a timeout of 250 ms and are repeated; "
        "threads that are no daemons.",
        fails=BLOCKS,
        why=SENDS
        + (
            " With a few users it wakes four times a second per connection, which is "
            "next to no processor time."
        ),
    ),
    Program(
        "select-on-its-one-descriptor",
        TS,
        what="Each connection's thread waits in select for its one descriptor before "
        "recv; a lock for each user; relays to a snapshot outside the lock.",
        fails=BLOCKS,
        why="A sender's thread is stuck in sendall at a user who never reads. It is "
        "not one select for all: every connection has its thread.",
    ),
    Program(
        "one-byte-at-a-time",
        TS,
        what="A beginner's server at module level that reads with recv(1), two lists.",
        fails=BLOCKS | {"ctrl-c"},
        why=SENDS + " Ctrl+C ends it with a traceback (KeyboardInterrupt is not caught).",
    ),
    Program(
        "recv-into-a-bytearray",
        TS,
        what="Recv_into a preallocated block with a memoryview, type hints, class "
        "variables for the registry, TCP_NODELAY.",
        fails=BLOCKS,
        why=SENDS,
    ),
    Program(
        "sendmsg-name-in-two-pieces",
        TS,
        what="Asks the name as 'na', 20 ms later 'me\\n'; sends with sendmsg; takes a "
        "CR before the line end off; waits for nobody but the receiver's own "
        "lock.",
        fails=BLOCKS,
        why="A sender's thread is stuck in sendmsg at a user who never reads. The "
        "name request is whole for whoever reads lines. A message that ends in "
        "CR loses it (no text of the protocol does).",
    ),
    Program(
        "rlock-taken-thrice-and-history",
        TS,
        what="An RLock taken three deep; the history is kept (500 lines) and sent to "
        "nobody; makefile; users keyed by their sockets.",
        fails=BLOCKS,
        why=SENDS,
    ),
    Program(
        "weak-references",
        TS,
        what="The users are in a WeakValueDictionary, makefile for reading, the << "
        "operator for sending.",
        fails=BLOCKS,
        why=SENDS
        + (
            " Each user's own thread holds the strong reference; leaving takes the "
            "user out by hand as well."
        ),
    ),
    Program(
        "shared-log-with-cursors",
        TS,
        what="All is written to one shared log; a writer thread for each user follows "
        "it with a cursor and leaves out the user's own entries.",
        why="Nobody waits for anybody: a stalled reader's cursor stays behind.",
    ),
    Program(
        "everywhere-with-backlog-one",
        TS,
        what="Binds to '' (all addresses) with listen(1), ignores --host; users are "
        "dicts in a list; text makefile.",
        fails=BLOCKS,
        either={"hundred", "storm"},
        why=SENDS
        + (
            " --host is ignored, --port works. With a backlog of one, a connection "
            "made in a burst may take a second or more (SYN sent again), but it is "
            "accepted."
        ),
    ),
    Program(
        "shuts-down-first-then-closes",
        TS,
        what="At the end shutdown(SHUT_WR), waits up to 3 s for the other side, "
        "closes; logs everything on stderr at DEBUG with long lines.",
        fails=BLOCKS,
        why=SENDS + " Lots of output on stderr: an examiner has to read it or send it away.",
    ),
    Program(
        "next-thread-for-the-next-line",
        TS,
        what="The thread of a connection reads one line, relays it, starts the next "
        "thread for the next line and ends.",
        fails=BLOCKS,
        either={"server-threads"},
        why=SENDS
        + (
            " At each moment one threading thread serves each connection and only "
            "that one, though not the same all the time; whoever insists on the same "
            "one could say no."
        ),
    ),
    Program(
        "socketserver-with-threads",
        TS,
        what="Socketserver.ThreadingTCPServer with a StreamRequestHandler.",
        fails=BLOCKS,
        either={"server-threads"},
        why=SENDS
        + (
            " ThreadingMixIn makes a threading.Thread for each connection, so it is "
            "a threading thread of its own; whoever wants the student to make it "
            "could say no."
        ),
    ),
    # TCP clients
    Program(
        "colours-the-whole-line",
        TC,
        what="Prints each line in a colour of its sender, escape sequences before and "
        "after the whole line.",
        why="The text between the escape sequences is unchanged.",
    ),
    Program(
        "redraws-its-prompt",
        TC,
        what="Has the prompt '> ', clears the line with \\r ESC[K when something "
        "arrives and draws the prompt anew with what is typed so far.",
        why="The message stands on a line of its own, unchanged. A receiving thread "
        "from the start; the main thread asks and types.",
    ),
    Program(
        "time-of-day-beside",
        TC,
        what="Prints [12:34:56] before each line; module level, tabs.",
        why="The message itself is unchanged.",
    ),
    Program(
        "name-before-it-is-asked",
        TC,
        what="Sends the name as soon as it is typed, without waiting for the name "
        "request; takes a second request as 'taken'; a receiving and a printing "
        "thread with a queue between.",
        why="The first name request is answered already; the name goes out once.",
    ),
    Program(
        "terminal-size-and-cleared-line",
        TC,
        what="Os.get_terminal_size() without a fallback, rules as wide as the "
        "terminal, clears the line with \\r, blanks and \\r.",
        why="Needs a terminal for its output (with a pipe it ends at once with "
        "OSError): people have one, a just examiner gives it one.",
    ),
    Program(
        "main-thread-receives",
        TC,
        what="The main thread receives, a daemon thread asks the name and types.",
        why="Receiving and typing are in different threads, one of them made by "
        "threading. Ends with os._exit, because the keyboard thread may be in "
        "input().",
    ),
    Program(
        "greets-user-and-host",
        TC,
        what="A banner with getpass.getuser() and socket.gethostname(), then as "
        "usual; a class, makefile, a Gone exception.",
        why="The account's name is shown, never sent. Ends with status 3 when the "
        "server goes away.",
    ),
    Program(
        "reads-lines-of-stdin",
        TC,
        what="Sys.stdin.readline() in place of input(), a receiver that waits with "
        "selectors for its one socket, a second at a time.",
        why="Prompt without input(). After 'leave' is typed, what still arrives may "
        "or may not be printed.",
    ),
    Program(
        "asks-before-it-connects",
        TC,
        what="Asks the name first and connects only then; text makefile; a closure as thread.",
        either={"client-eof"},
        why="'The client connects, asks the person': a person sees no difference. An "
        "examiner that waits for a connection before typing the name waits in "
        "vain. End-of-file before the name ends it with status 0, but it never "
        "connected.",
    ),
    # UDP servers
    Program(
        "udp-thread-for-each-datagram",
        US,
        what="Each datagram is handled by a thread, which first joins the thread of "
        "the datagram before.",
        why="So the order is kept.",
    ),
    Program(
        "udp-connected-socket-for-each",
        US,
        what="For each user a connected socket on the server's own port "
        "(SO_REUSEADDR) and a thread that receives from it.",
        either={"rejoin"},
        why="Strangers' datagrams that get to the new socket before its connect are "
        "handled by their address. A datagram that arrives in the instant in "
        "which a leaver's socket is closed is lost, as UDP may.",
    ),
    Program(
        "udp-postman-thread",
        US,
        what="The main thread receives, a postman thread sends what is in a queue; a "
        "dict from name to address.",
        why="One queue, so the order is kept.",
    ),
    Program(
        "udp-dataclasses-in-a-list",
        US,
        what="Frozen dataclasses in a list, match statement, logging at DEBUG on stderr.",
        why="No threads, none needed.",
    ),
    Program(
        "udp-timeout-loop-on-all-addresses",
        US,
        what="Bound to 0.0.0.0, settimeout(0.2) loop, recvfrom_into, two lists, ignores --host.",
        why="--host is ignored, --port works. Five wakings a second are next to no processor time.",
    ),
    Program(
        "udp-recvmsg-and-generators",
        US,
        what="Recvmsg and sendmsg; each address has a generator that is fed with its texts.",
        why="Strangers who never give a good name keep a generator each.",
    ),
    # UDP clients
    Program(
        "udp-client-listens-before-the-name",
        UC,
        what="The receiving thread starts before the name is asked; the main thread "
        "waits for its verdict at a Condition.",
        why="While it waits for the answer to the name nothing can be typed.",
    ),
    Program(
        "udp-client-without-connect",
        UC,
        what="Sendto and recvfrom on a socket bound to all addresses; hears only the "
        "server; higher-order functions.",
        why="Does not notice a missing server, nor must it.",
    ),
    Program(
        "udp-client-types-in-a-thread",
        UC,
        what="The main thread receives (settimeout 0.1), a subclass of Thread types "
        "with sys.stdin.readline().",
        why="Receiving and typing are in different threads, one of them made by threading.",
    ),
    Program(
        "udp-client-clock-and-colour",
        UC,
        what="Clears the line, prints the time in grey and the message in green; the "
        "receiving thread is a Timer of 0 s and waits with select on its one "
        "socket.",
        why="The message itself is unchanged between escape sequences.",
    ),
    Program(
        "udp-client-two-threads-and-an-event",
        UC,
        what="Both receiving and typing have a thread, the main thread waits for an Event; getopt.",
        why="Ends with os._exit after the notice is sent.",
    ),
    # pairs and more
    Program(
        "classic-pair-without-line-ends",
        TS + TC,
        what="The classic at module level: no line ends, constants for host and port, "
        "handshake in the accept loop, bare except, no SO_REUSEADDR.",
        fails={
            "byte-by-byte",
            "two-in-one",
            "split-character",
            "long-message",
            "silent-newcomer",
            "taken-name",
            "stalled-reader",
            "restart",
            "ctrl-c",
            "client-framing",
            "client-eof",
        },
        either={"empty-name", "vanish-once", "hundred", "storm", "broken-text", "end-to-end"},
        why="--host and --port are ignored (127.0.0.1, 14901). Correct in its "
        "dialect as long as messages come one at a time; the welcome is two "
        "sends, the first ends in \\n, and they may arrive as one. An empty name "
        "can't be said in this dialect (the connection is closed); half a "
        "message is a message; bytes are relayed undecoded, but its own client "
        "stops at bytes that are not UTF-8; the client asks the name after "
        "connecting, before it reads the request; in end-to-end two notices may "
        "arrive as one, which its client prints together.",
    ),
    Program(
        "nested-packages-and-a-config",
        TS + TC,
        what="Server and client share the package chatkit with packages inside; all "
        "texts and the address come from config.json beside the files.",
        fails=BLOCKS,
        why=SENDS + " Needs chatkit/ and config.json beside it.",
    ),
    Program(
        "udp-pair-with-a-shared-module",
        US + UC,
        what="UDP server and client with a shared wire.py; the users are a subclass of dict.",
        why="Needs wire.py beside it.",
    ),
    Program(
        "four-files-one-common",
        TS + TC + US + UC,
        what="All four files, with a package common (options, background threads, "
        "typing loop); TCP with a queue and a writer thread for each user.",
        why="Threads are made in common/background.py. Takes --port=N as well as --port N.",
    ),
)
