"""Mistakes of a TCP client that receives: task 9."""

from __future__ import annotations

from submissions.mistakes.mistake import NO_CLIENT, Mistake

STARTED = "threading.Thread(target=receive, args=(lines,), daemon=True).start()"
SHOW = "    for line in lines:\n        print(line)\n    # <<< task 9"

MISTAKES = (
    Mistake(
        name="makes-a-receiver-and-never-starts-it",
        variant="tcp",
        role="client",
        task=9,
        edits=((STARTED, STARTED.removesuffix(".start()")),),
        line="threading.Thread(target=receive",
        why="The receiving thread is made, but start is never called.",
        fails=("client-shows", "client-threads"),
        out_of_reach=("end-to-end",),
        classic="no-start",
    ),
    Mistake(
        name="calls-receive-instead-of-handing-it-over",
        variant="tcp",
        role="client",
        task=9,
        edits=((STARTED, "threading.Thread(target=receive(lines), daemon=True).start()"),),
        line="target=receive(lines)",
        why="With parentheses the main thread runs receive, and the client never lets the person type.",
        fails=("client-sends", "client-threads"),
        out_of_reach=("client-leaves", "end-to-end"),
        either=("client-shows",),
        classic="called-target",
    ),
    Mistake(
        name="receives-without-a-thread",
        variant="tcp",
        role="client",
        task=9,
        edits=((STARTED, "receive(lines)"),),
        line="    receive(lines)\n    # <<<",
        why="The main thread receives, so it never waits for typing.",
        fails=("client-sends", "client-threads"),
        out_of_reach=("client-leaves", "end-to-end"),
        either=("client-shows",),
        classic="receive-not-in-a-thread",
    ),
    Mistake(
        name="forgets-the-comma-after-the-argument",
        variant="tcp",
        role="client",
        task=9,
        edits=((STARTED, STARTED.replace("(lines,)", "(lines)")),),
        line="args=(lines)",
        why="Without its comma args is the lines themselves, and the thread takes each line for an argument.",
        fails=("client-shows",),
        out_of_reach=("end-to-end",),
        either=("client-threads",),
        classic="args-without-comma",
    ),
    Mistake(
        name="keeps-the-program-alive-by-a-thread",
        variant="tcp",
        role="client",
        task=9,
        edits=((STARTED, STARTED.replace(", daemon=True", "")),),
        line="threading.Thread(target=receive, args=(lines,)).start()",
        why="The thread is no daemon; it harms nobody here, because end() ends the whole program.",
        classic="no-daemon",
    ),
    Mistake(
        name="leaves-out-a-bracket",
        variant="tcp",
        role="client",
        task=9,
        edits=((STARTED, STARTED.removesuffix(".start()").removesuffix(")")),),
        line="threading.Thread(target=receive",
        why="A bracket is never closed, so Python does not even start the program.",
        fails=("client-name",),
        out_of_reach=NO_CLIENT,
        classic="syntax-error",
        compiles=False,
    ),
    Mistake(
        name="prints-on-the-error-channel",
        variant="tcp",
        role="client",
        task=9,
        edits=((SHOW, SHOW.replace("print(line)", "print(line, file=sys.stderr)")),),
        line="print(line, file=sys.stderr)",
        why="Messages are printed on stderr: the person sees them all the same.",
        classic="stderr",
    ),
    Mistake(
        name="prints-without-the-end-of-the-line",
        variant="tcp",
        role="client",
        task=9,
        edits=((SHOW, SHOW.replace("print(line)", 'print(line, end=" ")')),),
        line='print(line, end=" ")',
        why="All messages stand in one line; at a terminal they are on the screen at once all the same.",
        either=("end-to-end", "client-shows"),
    ),
    Mistake(
        name="prints-an-arrow-in-front",
        variant="tcp",
        role="client",
        task=9,
        edits=(
            (
                SHOW,
                SHOW.replace("print(line)", 'print("server >>" + line.replace(":", " says", 1))'),
            ),
        ),
        line='print("server >>"',
        why="What arrives is to be printed as it is, and the client changes it.",
        fails=("client-shows",),
        either=("end-to-end",),
    ),
    Mistake(
        name="receives-one-line-only",
        variant="tcp",
        role="client",
        task=9,
        edits=((SHOW, "    print(next(lines))\n    # <<< task 9"),),
        line="print(next(lines))",
        why="There is no loop: after one line the thread ends, and says that the server is gone.",
        fails=("client-shows",),
        out_of_reach=("client-sends", "client-leaves", "client-threads", "end-to-end"),
        classic="no-loop",
    ),
    Mistake(
        name="takes-a-chunk-for-a-line",
        variant="tcp",
        role="client",
        task=9,
        edits=(
            (
                '    with contextlib.suppress(OSError), connection.makefile(encoding="utf-8", errors="replace",'
                ' newline="\\n") as stream:\n'
                "        for line in stream:\n"
                '            yield line.rstrip("\\n")\n',
                "    with contextlib.suppress(OSError):\n"
                "        while chunk := connection.recv(16384):\n"
                '            yield chunk.decode("utf-8", errors="replace").rstrip("\\n")\n',
            ),
            ('if line == "You are connected!":', 'if "You are connected!" in line:'),
        ),
        line="yield chunk.decode(",
        why="What recv returns is taken for a whole line, and bytes may be cut anywhere.",
        stars=("client-framing",),
        classic="recv-is-a-message",
    ),
)
