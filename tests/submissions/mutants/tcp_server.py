"""Faults of TCP servers."""

from submissions.mutants.mutant import Mutant

IMPORT_THREADING = ("import socket\n", "import socket\nimport threading\n")
IDLE_THREAD = "threading.Thread(target=threading.Event().wait, daemon=True).start()"

IDLE = "    threading.Event().wait()\n"
PEEK = """\
    try:
        while connection.recv(1, socket.MSG_PEEK):
            time.sleep(0.01)
    except OSError:
        pass
"""
SLEEP_ON = """\
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, 1 << 16)
    select.select([connection], [], [])
"""

WATCH = """\
    try:
        while select.select([connection], [], []):
            time.sleep(0.01)
    except (OSError, ValueError):
        pass
"""

LOCKED = "    with users_lock:\n"

MUTANTS = (
    # Coming up.
    Mutant(
        "ends-at-once",
        "the server binds its port and ends",
        {"starts"},
        (("        accept_clients(listener)", "        pass"),),
    ),
    Mutant(
        "never-listens",
        "bind without listen: nobody can connect",
        {"starts"},
        (("    listener.listen()\n", ""),),
    ),
    Mutant(
        "no-reuseaddr",
        "the port stays taken for a minute after a restart",
        {"restart"},
        (("listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)", "pass"),),
    ),
    Mutant(
        "traceback-at-ctrl-c",
        "Ctrl+C ends the server with a traceback",
        {"ctrl-c"},
        (("        os._exit(0)", "        raise"),),
    ),
    Mutant(
        "ignores-ctrl-c",
        "Ctrl+C is taken for one more error of accept",
        {"ctrl-c"},
        (("except TimeoutError:", "except (TimeoutError, KeyboardInterrupt):"),),
    ),
    # The handshake.
    Mutant(
        "writer-never-started",
        "the thread that is to send is made, and never started",
        {"handshake"},
        (("        self.writer.start()\n", ""),),
    ),
    Mutant(
        "writer-never-woken",
        "nobody tells the writer thread that there is something to send",
        {"handshake"},
        (('                self.bell.put("something to send")', "                pass"),),
    ),
    Mutant(
        "writer-sends-once",
        "the writer thread ends once it has sent something",
        {"handshake", "join-notice", "two-users"},
        (("        while data := user.take():", "        if data := user.take():"),),
    ),
    Mutant(
        "says-nothing",
        "the server accepts, and never sends anything",
        {"handshake"},
        (
            (
                "            lines = read_lines(connection)\n",
                "            time.sleep(600)\n            lines = read_lines(connection)\n",
            ),
        ),
    ),
    Mutant(
        "asks-otherwise",
        "the name request is another text than the protocol's",
        {"handshake", "end-to-end", "empty-name", "taken-name"},
        (('user.send("name")\n    for', 'user.send("Your name?")\n    for'),),
    ),
    Mutant(
        "name-request-without-newline",
        "the name request alone has no end of line",
        {
            "byte-by-byte",
            "two-in-one",
            "split-character",
            "long-message",
            "end-to-end",
        },
        (('user.send("name")\n    for', 'user.connection.sendall(b"name")\n    for'),),
    ),
    Mutant(
        "welcome-cut-short",
        "the second line of the welcome is missing",
        {"handshake"},
        (('user.send("To terminate the connection to the server, enter leave")', "pass"),),
    ),
    Mutant(
        "no-welcome",
        "the newcomer is not welcomed at all",
        {"handshake", "end-to-end", "empty-name", "taken-name"},
        (
            ('user.send("You are connected!")', "pass"),
            ('user.send("To terminate the connection to the server, enter leave")', "pass"),
        ),
    ),
    Mutant(
        "handshake-in-accept-loop",
        "the name is asked for before the next client is accepted",
        {"silent-newcomer"},
        (
            (
                "            threading.Thread(target=serve, args=(connection, address), daemon=True)"
                ".start()",
                "            serve(connection, address)",
            ),
            (
                "            if ask_name(user, lines):",
                "            ask_name(user, lines)\n        finally:\n            pass\n"
                "    threading.Thread(target=go_on, args=(user, lines), daemon=True).start()\n\n\n"
                "def go_on(user, lines):\n    with user.connection:\n        try:\n"
                "            if user.name:",
            ),
            ("    with connection:\n        user =", "    if True:\n        user ="),
        ),
    ),
    Mutant(
        "takes-an-empty-name",
        "an empty name is as good as any other",
        {"empty-name"},
        (("if name and join(", "if join("),),
    ),
    Mutant(
        "turns-away-an-empty-name",
        "who gives an empty name is not asked again but cut off",
        {"empty-name"},
        (
            (
                "        name = line.strip()\n",
                "        name = line.strip()\n        if not name:\n            return False\n",
            ),
        ),
    ),
    Mutant(
        "takes-a-name-twice",
        "two users may have the same name",
        {"taken-name"},
        (("        if name in users:\n            return False\n", ""),),
    ),
    # Joining.
    Mutant(
        "no-join-notice",
        "nobody is told who has joined",
        {"join-notice"},
        (('send_to_others(f"{name} joined!", user)', "pass"),),
    ),
    Mutant(
        "join-notice-to-the-first",
        "only the first user is told who has joined",
        {"join-notice"},
        (
            (
                'send_to_others(f"{name} joined!", user)',
                "first = next(iter(users.values()))\n"
                '        first is user or first.send(f"{name} joined!")',
            ),
        ),
    ),
    Mutant(
        "join-notice-before-the-name",
        "the join notice has the address in place of the name",
        {"join-notice"},
        (('f"{name} joined!"', 'f"{user.connection.getpeername()} joined!"'),),
    ),
    Mutant(
        "join-notice-to-the-newcomer",
        "newcomers are told of their own joining",
        {"join-not-to-self"},
        (('send_to_others(f"{name} joined!", user)', 'send_to_others(f"{name} joined!", None)'),),
    ),
    Mutant(
        "name-with-newline",
        "the newline that ended the name stays part of it",
        {
            "join-notice",
            "empty-name",
            "taken-name",
            "vanish-once",
            "leave-notice",
        },
        (("user.name = name", 'user.name = name = name + "\\n"'),),
    ),
    # Messages.
    Mutant(
        "relays-nothing",
        "messages are read and thrown away",
        {"two-users"},
        (("        send_to_others(line, user)", "        pass"),),
    ),
    Mutant(
        "prints-only",
        "messages are printed on the server's own screen",
        {"two-users"},
        (("        send_to_others(line, user)", "        print(line)"),),
    ),
    Mutant(
        "back-to-the-sender-alone",
        "the server is an echo server",
        {"two-users", "sender-excluded"},
        (("        send_to_others(line, user)", "        user.send(line)"),),
    ),
    Mutant(
        "drops-the-same-again",
        "a text that a user has just sent is not passed on once more",
        {"two-users"},
        (
            (
                "        send_to_others(line, user)",
                '        if line != getattr(user, "last", ""):\n            send_to_others(line, user)\n'
                "        user.last = line",
            ),
        ),
    ),
    Mutant(
        "echoes-once-somebody-vanished",
        "once a user has gone without a leave notice, messages come back to their senders",
        {"survives-vanish"},
        (
            ("users = {}", "vanished = []\nusers = {}"),
            ('left*":\n            return', 'left*":\n            user.polite = True\n            return'),
            (
                "        del users[user.name]\n",
                "        del users[user.name]\n"
                '        vanished.extend([] if hasattr(user, "polite") else [user])\n',
            ),
            ("        send_to_others(line, user)", "        send_to_others(line, None if vanished else user)"),
        ),
    ),
    Mutant(
        "later-ones-only",
        "a message goes only to those who came after the sender",
        {"two-users", "end-to-end"},
        (
            (
                "        send_to_others(line, user)",
                "        later = list(users.values())\n"
                "        for other in later[later.index(user) + 1 :]:\n            other.send(line)",
            ),
        ),
    ),
    Mutant(
        "a-chat-for-two",
        "a message reaches one other user, whoever else is there",
        {"many-users", "end-to-end"},
        (
            (
                "        send_to_others(line, user)",
                "        next(u for u in users.values() if u is not user).send(line)",
            ),
        ),
    ),
    Mutant(
        "two-seats",
        "the server accepts two connections and no more",
        {"many-users", "end-to-end", "rejoin", "vanish-once"},
        (
            ("users = {}", "seats = [1, 2]\nusers = {}"),
            (
                "            connection, address = listener.accept()",
                "            seats.pop() if seats else threading.Event().wait()\n"
                "            connection, address = listener.accept()",
            ),
        ),
    ),
    Mutant(
        "once-for-each-user",
        "a message is sent again and again, once for each other user",
        {"many-users"},
        (
            (
                "        send_to_others(line, user)",
                "        for _ in range(len(users) - 1):\n            send_to_others(line, user)",
            ),
        ),
    ),
    Mutant(
        "adds-the-name-again",
        "the server puts the name before a message that has it already",
        {"two-users"},
        (
            (
                "        send_to_others(line, user)",
                '        send_to_others(f"{user.name}: {line}", user)',
            ),
        ),
    ),
    Mutant(
        "echoes-to-sender",
        "a message goes to everyone, the sender included",
        {"sender-excluded"},
        (("        send_to_others(line, user)", "        send_to_others(line, None)"),),
    ),
    Mutant(
        "echoes-to-sender-last",
        "a message comes back to its sender once all others have it",
        {"sender-excluded"},
        (
            (
                "        send_to_others(line, user)",
                "        send_to_others(line, user)\n"
                "        time.sleep(0.005)\n        user.send(line)",
            ),
        ),
    ),
    Mutant(
        "echoes-50-ms-later",
        "a timer sends a message back to its sender, long after the others have it",
        {"sender-excluded"},
        (
            (
                "        send_to_others(line, user)",
                "        send_to_others(line, user)\n"
                "        threading.Timer(0.05, user.send, [line]).start()",
            ),
        ),
    ),
    # Leaving.
    Mutant(
        "no-leave-notice",
        "nobody is told who has left",
        {"leave-notice", "vanish-once", "two-in-one", "end-to-end", "rejoin"},
        (('        send_to_others(f"*{user.name} left*", user)', "        pass"),),
    ),
    Mutant(
        "announces-leave-twice",
        "the leave notice is passed on as a message, and announced as well",
        {"leave-notice", "two-in-one"},
        (
            (
                "            return\n        send_to_others(line, user)",
                "            send_to_others(line, user)\n            return\n"
                "        send_to_others(line, user)",
            ),
        ),
    ),
    Mutant(
        "leave-is-a-message",
        "the leave notice is just passed on: the user stays in the chat",
        {"leave-notice", "two-in-one"},
        (('        if line == f"*{user.name} left*":\n            return\n', ""),),
    ),
    Mutant(
        "sends-to-who-left",
        "who has left stays among the users, with an open connection",
        {"left-alone", "rejoin"},
        (
            ("        del users[user.name]\n", ""),
            ("    with connection:\n", "    with contextlib.nullcontext():\n"),
            ("            user.close()  # whatever", "            pass  # whatever"),
        ),
    ),
    Mutant(
        "everybody-leaves",
        "when one leaves, politely or not, all users are forgotten",
        {
            "leave-notice",
            "survives-leave",
            "survives-vanish",
            "end-to-end",
            "rejoin",
            "two-in-one",
            "stalled-reader",
            "vanish-once",
            "storm",
            "no-spin",
        },
        (("        del users[user.name]\n", "        users.clear()\n"),),
    ),
    Mutant(
        "one-leaves-all-leave",
        "the server ends when the first user leaves",
        {
            *("survives-leave", "two-in-one", "storm", "no-spin"),
            *("end-to-end", "rejoin"),
        },
        (('left*":\n            return', 'left*":\n            os._exit(0)'),),
    ),
    Mutant(
        "ends-with-a-vanished-user",
        "the server ends when somebody vanishes without a leave notice",
        {"survives-vanish", "stalled-reader", "vanish-once", "storm", "no-spin"},
        (
            (
                "        send_to_others(line, user)\n        # <<< task 6\n",
                "        send_to_others(line, user)\n    os._exit(1)\n",
            ),
        ),
    ),
    Mutant(
        "vanishes-unannounced",
        "nobody is told that somebody has vanished",
        {"vanish-once"},
        (
            (
                "        send_to_others(line, user)\n        # <<< task 6\n",
                "        send_to_others(line, user)\n    sys.exit()\n",
            ),
        ),
    ),
    Mutant(
        "reset-unannounced",
        "a connection that is reset is another end than one that is closed",
        {"vanish-once"},
        (
            (
                "    with contextlib.suppress(OSError):\n        while chunk",
                "    if True:\n        while chunk",
            ),
        ),
    ),
    Mutant(
        "half-a-line-passed-on",
        "what is left without a newline when somebody vanishes goes out as a message",
        {"vanish-once"},
        (
            (
                "            if len(rest) > MAX_LINE:\n                break\n",
                "            if len(rest) > MAX_LINE:\n                break\n"
                '    if rest:\n        yield rest.decode(errors="replace")\n',
            ),
        ),
    ),
    Mutant(
        "spins-after-a-leave",
        "after a leave notice the thread goes on receiving nothing",
        {"no-spin"},
        (
            (
                '        if line == f"*{user.name} left*":\n            return\n',
                '        if line == f"*{user.name} left*":\n'
                "            leave(user)\n"
                "            while True:\n                user.connection.recv(BUFFER_SIZE)\n",
            ),
        ),
    ),
    Mutant(
        "spins-at-end-of-stream",
        "recv returns nothing for ever, and the loop goes on for ever",
        {"no-spin", "vanish-once"},
        (
            (
                "        while chunk := connection.recv(BUFFER_SIZE):",
                "        while True:\n            chunk = connection.recv(BUFFER_SIZE)",
            ),
        ),
    ),
    # A stream of bytes.
    Mutant(
        "recv-taken-for-a-message",
        "each recv is taken for one message, its newlines cut off",
        {"byte-by-byte", "two-in-one", "split-character", "long-message", "vanish-once"},
        (
            (
                '            *lines, rest = (rest + chunk).split(b"\\n")',
                '            lines = [chunk.rstrip(b"\\n")]',
            ),
        ),
    ),
    Mutant(
        "forgets-half-a-line",
        "half a line at the end of a recv is lost",
        {"byte-by-byte", "split-character", "long-message"},
        (("(rest + chunk).split", "chunk.split"),),
    ),
    Mutant(
        "decodes-pieces",
        "what recv returns is decoded before it is put together",
        {"split-character"},
        (
            (
                "(rest + chunk).split",
                '(rest + chunk.decode("utf-8", errors="replace").encode()).split',
            ),
        ),
    ),
    Mutant(
        "message-as-long-as-the-buffer",
        "who sends a line longer than the buffer is cut off",
        {"long-message"},
        (("MAX_LINE = 1024 * 1024", "MAX_LINE = 16 * 1024"),),
    ),
    Mutant(
        "dies-of-broken-utf8",
        "bytes that are not UTF-8 end the thread of who has sent them",
        {"broken-text"},
        (('line.decode("utf-8", errors="replace")', 'line.decode("utf-8")'),),
    ),
    Mutant(
        "never-forgets",
        "the name of who has left stays taken",
        {"rejoin"},
        (
            (
                "        del users[user.name]\n",
                "        taken.add(user.name)\n        del users[user.name]\n",
            ),
            ("        if name in users:", "        if name in users or name in taken:"),
            ("users = {}  #", "taken = set()\nusers = {}  #"),
        ),
    ),
    # Many, and much.
    Mutant(
        "sendall-holds-the-lock",
        "one user who never reads holds up everybody",
        {"stalled-reader"},
        (
            (
                "        with self.lock:\n            if not self.outbox:",
                "        with contextlib.suppress(OSError):\n"
                '            return self.connection.sendall(text.encode() + b"\\n")\n'
                "        with self.lock:\n            if not self.outbox:",
            ),
        ),
    ),
    Mutant(
        "forgets-the-slow",
        "what does not fit into the outbox of a slow reader is thrown away, without a word",
        {"stalled-reader"},
        (
            ("MAX_WAITING = 16 * 1024 * 1024", "MAX_WAITING = 1024 * 1024"),
            ("            else:\n                self.cut_off()\n", ""),
        ),
    ),
    Mutant(
        "waits-in-the-outbox-of-another",
        "who sends to a user with a full outbox waits until there is room in it",
        {"stalled-reader"},
        (
            ("MAX_WAITING = 16 * 1024 * 1024", "MAX_WAITING = 1024 * 1024"),
            (
                "        with self.lock:\n            if not self.outbox:",
                "        while len(self.outbox) >= MAX_WAITING:\n            time.sleep(0.001)\n"
                "        with self.lock:\n            if not self.outbox:",
            ),
        ),
    ),
    Mutant(
        "joins-without-the-lock",
        "a newcomer is entered while others go through the users",
        {"storm", "race-name", "race-join"},
        ((f"{LOCKED}        if name in users:", "    if True:\n        if name in users:"),),
    ),
    Mutant(
        "leaves-without-the-lock",
        "who leaves is taken out while others go through the users",
        {"storm", "race-leave", "race-leaves"},
        ((f"{LOCKED}        del users", "    if True:\n        del users"),),
    ),
    Mutant(
        "sends-without-the-lock",
        "the users may change while one thread goes through them",
        {"storm", "race-join", "race-leave"},
        ((f"{LOCKED}        for user in", "    if True:\n        for user in"),),
    ),
    Mutant(
        "fifty-at-most",
        "the fifty-first user is not let in",
        {"hundred"},
        (("        if name in users:", "        if name in users or len(users) >= 50:"),),
    ),
    # Threads.
    Mutant(
        "select-server",
        "one loop around select serves everybody",
        {"server-threads"},
        base="select-server",
    ),
    Mutant(
        "asyncio-server",
        "coroutines serve everybody",
        {"server-threads"},
        base="asyncio-server",
    ),
    Mutant(
        "low-level-threads",
        "a thread for each connection is made by _thread",
        {"server-threads", "stalled-reader"},
        base="low-level-threads",
    ),
    Mutant(
        "process-for-each-client",
        "os.fork makes a process for each connection",
        {"server-threads", "stalled-reader"},
        base="process-for-each-client",
    ),
    Mutant(
        "threading-mix-in",
        "socketserver makes the threads",
        {"server-threads", "stalled-reader"},
        base="threading-mix-in",
    ),
    Mutant(
        "thread-pool",
        "an executor makes the threads",
        {"server-threads", "stalled-reader"},
        base="thread-pool",
    ),
    Mutant(
        "decorative-thread",
        "beside a select loop that serves everybody one thread does nothing",
        {"server-threads"},
        (IMPORT_THREADING, ("    while True:\n", f"    {IDLE_THREAD}\n    while True:\n")),
        base="select-server",
    ),
    Mutant(
        "decorative-thread-beside-asyncio",
        "beside the coroutines that serve everybody one thread does nothing",
        {"server-threads"},
        (
            ("import asyncio", "import asyncio\nimport threading"),
            ("    await server", f"    {IDLE_THREAD}\n    await server"),
        ),
        base="asyncio-server",
    ),
    Mutant(
        "idle-thread-for-each-client",
        "a select loop serves everybody; a thread for each is there only to be counted",
        {"server-threads"},
        (
            IMPORT_THREADING,
            (
                '    client.send("name")\n\n\ndef main',
                f'    client.send("name")\n    {IDLE_THREAD}\n\n\ndef main',
            ),
        ),
        base="select-server",
    ),
    Mutant(
        "nobody-waits",
        "a loop that never waits serves everybody; a thread for each is there only to be counted",
        {"server-threads"},
        base="polling-server",
    ),
    Mutant(
        "peeking-thread-for-each-client",
        "a loop that never waits serves everybody; a thread for each looks at what comes",
        {"server-threads"},
        ((IDLE, PEEK),),
        base="polling-server",
    ),
    Mutant(
        "sleeping-thread-for-each-client",
        "a loop that never waits serves everybody; a thread for each waits for more than ever comes",
        {"server-threads"},
        ((IDLE, SLEEP_ON), ("import socket\n", "import select\nimport socket\n")),
        base="polling-server",
    ),
    Mutant(
        "watching-thread-for-each-client",
        "a loop that never waits serves everybody; a thread for each wakes with its messages",
        {"server-threads"},
        ((IDLE, WATCH), ("import socket\n", "import select\nimport socket\n")),
        base="polling-server",
    ),
    Mutant(
        "two-threads-for-one-connection",
        "beside the thread that receives another one waits for the same messages",
        {"server-threads"},
        (
            (
                'print("Name is", user.name)\n',
                'print("Name is", user.name)\n                threading.Thread('
                "target=watch, args=(connection,), daemon=True).start()\n",
            ),
            ("def send_outbox(user):", f"def watch(connection):\n{PEEK}\n\ndef send_outbox(user):"),
        ),
    ),
)
