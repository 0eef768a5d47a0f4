"""Faults of TCP clients."""

from submissions.mutants.mutant import Mutant

SHOWS = "    for line in lines:\n        print(line)\n"
STARTS = "    threading.Thread(target=receive, args=(lines,), daemon=True).start()"
SENDS_NAME = "            send_line(connection, name)\n"

MUTANTS = (
    # The name.
    Mutant(
        "name-with-newline",
        "the name is sent with a newline too many, as readline returns it",
        {"client-name"},
        ((SENDS_NAME, '            send_line(connection, name + "\\n")\n'),),
    ),
    Mutant(
        "name-in-a-sentence",
        "the name goes out inside a sentence",
        {"client-name"},
        ((SENDS_NAME, '            send_line(connection, f"My name is {name}")\n'),),
    ),
    Mutant(
        "name-never-sent",
        "the name is asked for and kept",
        {"client-name", "end-to-end"},
        ((SENDS_NAME, "            pass\n"),),
    ),
    Mutant(
        "name-of-its-own",
        "the name is not the one that was typed",
        {"client-name", "end-to-end"},
        ((SENDS_NAME, '            send_line(connection, "guest")\n'),),
    ),
    Mutant(
        "other-port",
        "the client connects to a port where no server is",
        {"client-name"},
        (("connection.connect((host, port))", "connection.connect((host, port - 1))"),),
    ),
    Mutant(
        "ends-after-connecting",
        "the client connects and ends",
        {"client-name", "client-eof", "client-notices", "end-to-end", "client-threads"},
        (
            (
                "        chat(connect(options.host, options.port))",
                "        connect(options.host, options.port)",
            ),
        ),
    ),
    # Receiving.
    Mutant(
        "shows-nothing",
        "what arrives is received and thrown away",
        {"client-shows", "end-to-end"},
        ((SHOWS, "    for line in lines:\n        pass\n"),),
    ),
    Mutant(
        "shows-the-first-alone",
        "the thread that receives shows only the first message",
        {"client-shows", "end-to-end"},
        ((SHOWS, "    print(next(lines))\n    for line in lines:\n        pass\n"),),
    ),
    Mutant(
        "output-kept-in-the-buffer",
        "what is printed stays in a buffer until the client ends",
        {"client-shows", "end-to-end"},
        (("line_buffering=True, ", "line_buffering=False, write_through=False, "),),
    ),
    Mutant(
        "input-blocks-receiving",
        "one thread types and receives in turn",
        {
            "client-shows",
            "client-notices",
            "end-to-end",
            "client-threads",
            "client-sends",
        },
        (
            ("        start_receiving(lines)\n", ""),
            ("        send_typed(connection, name)", "        send_typed(connection, name, lines)"),
            ("def send_typed(connection, name)", "def send_typed(connection, name, lines)"),
            ("        if text:\n", "        print(next(lines))\n        if text:\n"),
        ),
    ),
    Mutant(
        "run-in-place-of-start",
        "the thread's run is called, so that no thread starts and typing is never read",
        {"client-sends", "client-leaves", "client-threads", "client-eof", "end-to-end"},
        (("daemon=True).start()", "daemon=True).run()"),),
    ),
    Mutant(
        "recv-taken-for-a-message",
        "what one recv returns is decoded and printed as one message",
        {"client-framing"},
        (
            (
                '        for line in stream:\n            yield line.rstrip("\\n")',
                "        while data := connection.recv(16384):\n"
                '            for line in data.decode(errors="replace").split("\\n"):\n'
                "                if line:\n                    yield line",
            ),
        ),
    ),
    # Sending.
    Mutant(
        "text-without-name",
        "what is typed goes out without the name",
        {"client-sends", "client-eof", "end-to-end"},
        (('f"{name}: {text}"', "text"),),
    ),
    Mutant(
        "no-blank-after-the-colon",
        "the blank between colon and text is missing",
        {"client-sends", "client-eof", "end-to-end"},
        (('f"{name}: {text}"', 'f"{name}:{text}"'),),
    ),
    Mutant(
        "sends-once",
        "only the first text that is typed goes out",
        {"client-sends", "end-to-end"},
        (
            (
                "        if text:\n",
                "        if text and name not in sys.argv:\n            sys.argv.append(name)\n",
            ),
        ),
    ),
    Mutant(
        "message-without-newline",
        "messages are not ended by a newline",
        {"client-sends", "client-eof", "end-to-end"},
        (
            (
                'send_line(connection, f"{name}: {text}")',
                'connection.sendall(f"{name}: {text}".encode())',
            ),
        ),
    ),
    # Leaving.
    Mutant(
        "leave-is-a-text",
        "leave goes out like any other text, and the client goes on",
        {"client-leaves", "end-to-end"},
        (('while (text := input()) != "leave":', "while (text := input()) is not None:"),),
    ),
    Mutant(
        "leaves-without-a-word",
        "leave ends the client without a leave notice",
        {"client-leaves", "client-eof", "end-to-end"},
        (('    send_line(connection, f"*{name} left*")\n', ""),),
    ),
    Mutant(
        "leaves-and-stays",
        "after the leave notice the client waits for a key",
        {"client-leaves", "client-eof"},
        (("    ended.wait(LEAVE_TIME)", "    input()"),),
    ),
    Mutant(
        "leaves-with-an-error",
        "leave ends the client with status 1",
        {"client-leaves", "client-eof"},
        (("    end(0)", "    end(1)"),),
    ),
    Mutant(
        "dies-of-end-of-file",
        "end-of-file ends the client with a traceback",
        {"client-eof"},
        (("except (EOFError, KeyboardInterrupt):", "except KeyboardInterrupt:"),),
    ),
    Mutant(
        "has-no-name-yet",
        "end-of-file at the name prompt ends the client with a traceback",
        {"client-eof"},
        (('    name = ""\n    try:', "    try:"),),
    ),
    Mutant(
        "waits-for-a-key",
        "when the server is gone, the client goes on waiting for typing",
        {"client-notices"},
        (("    if not leaving.is_set():\n        server_gone()", "    pass"),),
    ),
    Mutant(
        "prints-nothing-for-ever",
        "when the server is gone, recv returns nothing for ever and all of it is printed",
        {"client-notices"},
        (
            (
                "    if not leaving.is_set():\n        server_gone()",
                '    while not leaving.is_set():\n        print("")',
            ),
        ),
    ),
    # Threads.
    Mutant(
        "select-client",
        "one loop around select waits for the socket and for typing",
        {"client-threads", "client-eof"},
        base="select-client",
    ),
    Mutant(
        "decorative-thread",
        "beside a loop around select one thread does nothing",
        {"client-threads", "client-eof"},
        (
            ("import sys\n", "import sys\nimport threading\n"),
            (
                "    while True:\n",
                "    threading.Thread(target=threading.Event().wait, daemon=True).start()\n"
                "    while True:\n",
            ),
        ),
        base="select-client",
    ),
    Mutant(
        "low-level-thread",
        "the thread that receives is made by _thread",
        {"client-threads"},
        (
            ("import argparse\n", "import _thread\nimport argparse\n"),
            (STARTS, "    _thread.start_new_thread(receive, (lines,))"),
        ),
    ),
    Mutant(
        "thread-pool",
        "the thread that receives is made by an executor",
        {"client-threads"},
        (
            ("import argparse\n", "import argparse\nimport concurrent.futures\n"),
            (STARTS, "    concurrent.futures.ThreadPoolExecutor().submit(receive, lines)"),
        ),
    ),
    Mutant(
        "polling-client",
        "a thread looks at the socket and at what is typed, in turn",
        {"client-threads"},
        base="polling-client",
    ),
    # With others.
    Mutant(
        "leaves-when-another-leaves",
        "any leave notice ends the client, not only its own",
        {"end-to-end", "client-shows"},
        ((SHOWS, f'{SHOWS}        if line.endswith(" left*"):\n            end(0)\n'),),
    ),
    Mutant(
        "everything-twice",
        "each message is shown twice",
        {"end-to-end", "client-shows"},
        ((SHOWS, f"{SHOWS}        print(line)\n"),),
    ),
)
