"""Mistakes of a TCP server with its threads: task 2."""

from __future__ import annotations

from submissions.mistakes.mistake import QUIET, TALK, Mistake

STARTED = "threading.Thread(target=serve, args=(connection, address), daemon=True).start()"
SENDING = "while data := user.take():\n            user.connection.sendall(data)"

MISTAKES = (
    Mistake(
        name="calls-serve-instead-of-handing-it-over",
        variant="tcp",
        role="server",
        task=2,
        edits=(
            (STARTED, "threading.Thread(target=serve(connection, address), daemon=True).start()"),
        ),
        line="target=serve(connection, address)",
        why="With parentheses the main thread runs serve, and the second client waits for ever.",
        fails=("handshake",),
        out_of_reach=(*TALK, "server-threads"),
        either=QUIET,
        classic="called-target",
    ),
    Mistake(
        name="serves-in-the-accept-loop",
        variant="tcp",
        role="server",
        task=2,
        edits=((STARTED, "serve(connection, address)"),),
        line="            serve(connection, address)",
        why="The main thread serves the first client, and accepts nobody else until that one has left.",
        fails=("handshake",),
        out_of_reach=(*TALK, "server-threads"),
        either=QUIET,
        classic="blocking-accept",
    ),
    Mistake(
        name="waits-for-each-thread-to-end",
        variant="tcp",
        role="server",
        task=2,
        edits=(
            (
                STARTED,
                "thread = threading.Thread(target=serve, args=(connection, address), daemon=True)\n"
                "            thread.start()\n"
                "            thread.join()",
            ),
        ),
        line="thread.join()",
        why="join waits until the first client has left, and meanwhile nobody else is accepted.",
        fails=("handshake",),
        out_of_reach=TALK,
        either=(*QUIET, "server-threads"),
        classic="blocking-accept",
    ),
    Mistake(
        name="serves-from-a-pool-of-threads",
        variant="tcp",
        role="server",
        task=2,
        edits=(
            ("import contextlib\n", "import concurrent.futures\nimport contextlib\n"),
            (
                "users_lock = threading.RLock()",
                "pool = concurrent.futures.ThreadPoolExecutor(max_workers=200)\nusers_lock = threading.RLock()",
            ),
            (STARTED, "pool.submit(serve, connection, address)"),
        ),
        line="pool.submit(serve, connection, address)",
        why="A library makes the threads, not the student's own code with threading.",
        fails=("server-threads",),
    ),
    Mistake(
        name="serves-in-processes",
        variant="tcp",
        role="server",
        task=2,
        edits=(
            ("import contextlib\n", "import contextlib\nimport multiprocessing\n"),
            (
                STARTED,
                'fork = multiprocessing.get_context("fork")\n'
                "            fork.Process(target=serve, args=(connection, address), daemon=True).start()",
            ),
        ),
        line="fork.Process(target=serve",
        why="A process has users of its own, so each user is alone in their chat.",
        fails=("join-notice", "two-users"),
        out_of_reach=(
            "server-threads",
            "many-users",
            "leave-notice",
            "survives-leave",
            "survives-vanish",
            "end-to-end",
        ),
        either=QUIET,
    ),
    Mistake(
        name="never-stops-taking-from-the-outbox",
        variant="tcp",
        role="server",
        task=2,
        edits=(
            (
                SENDING,
                "while True:\n            data = user.take()\n            user.connection.sendall(data)",
            ),
        ),
        line="        while True:\n            data",
        why="The writer does not end at the empty bytes, so a connection closes two seconds late.",
        either=("survives-leave", "leave-notice"),
        classic="no-end",
    ),
    Mistake(
        name="sends-only-a-part",
        variant="tcp",
        role="server",
        task=2,
        edits=(("user.connection.sendall(data)", "user.connection.send(data)"),),
        line="user.connection.send(data)",
        why="send may send only a part of a long text, and the rest is lost.",
        classic="send-for-sendall",
    ),
    Mistake(
        name="never-rests-in-accept",
        variant="tcp",
        role="server",
        task=2,
        edits=(
            ("    listener.listen()\n", "    listener.listen()\n    listener.setblocking(False)\n"),
            ("except TimeoutError:", "except (TimeoutError, BlockingIOError):"),
        ),
        line="except (TimeoutError, BlockingIOError):",
        why="accept does not wait, so the main thread goes round at full speed and keeps a processor busy.",
        stars=("no-spin",),
        classic="spin",
    ),
)
