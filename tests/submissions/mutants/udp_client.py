"""Faults of UDP clients."""

from submissions.mutants.mutant import Mutant

MUTANTS = (
    # The name.
    Mutant(
        "name-with-newline",
        "the name is sent with a newline, as a line on TCP is",
        {"client-name"},
        (("        send_text(client, name)", '        client.send(name.encode() + b"\\n")'),),
    ),
    Mutant(
        "greets-first",
        "the first datagram is a greeting, the name comes after it",
        {"client-name", "end-to-end"},
        (('    answer = "name"\n', '    answer = "name"\n    client.send(b"hello")\n'),),
    ),
    Mutant(
        "name-never-sent",
        "the name is asked for and kept",
        {"client-name"},
        (("        send_text(client, name)\n", ""),),
    ),
    Mutant(
        "other-port",
        "the client talks to a port where no server is",
        {"client-name"},
        (("client.connect((host, port))", "client.connect((host, port - 1))"),),
    ),
    # Receiving.
    Mutant(
        "shows-nothing",
        "what arrives is received and thrown away",
        {"client-shows", "end-to-end"},
        (("        print(receive_text(client))", "        receive_text(client)"),),
    ),
    Mutant(
        "shows-the-first-alone",
        "the thread that receives ends after the first message",
        {"client-shows", "end-to-end", "client-threads"},
        (
            (
                "    while True:\n        print(receive_text(client))",
                "    print(receive_text(client))",
            ),
        ),
    ),
    Mutant(
        "input-blocks-receiving",
        "one thread types and receives in turn",
        {"client-shows", "end-to-end", "client-threads", "client-sends"},
        (
            (
                "    threading.Thread(target=receive, args=(client,), daemon=True).start()\n",
                "    threading.Thread(target=receive, args=(client,), daemon=True)\n",
            ),
            ("        if text:\n", "        print(receive_text(client))\n        if text:\n"),
        ),
    ),
    Mutant(
        "run-in-place-of-start",
        "the thread's run is called, so that no thread starts and typing is never read",
        {"client-sends", "client-leaves", "client-threads", "client-eof", "end-to-end"},
        (("daemon=True).start()", "daemon=True).run()"),),
    ),
    # Sending.
    Mutant(
        "text-without-name",
        "what is typed goes out without the name",
        {"client-sends", "client-eof", "end-to-end"},
        (('f"{name}: {text}"', "text"),),
    ),
    Mutant(
        "socket-for-each-message",
        "each message goes out from a new socket, from an address that nobody knows",
        {"client-sends", "client-eof", "end-to-end"},
        (
            (
                '            send_text(client, f"{name}: {text}")',
                "            again = open_socket(*client.getpeername())\n"
                '            send_text(again, f"{name}: {text}")',
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
        (('    send_text(client, f"*{name} left*")\n', "    pass\n"),),
    ),
    Mutant(
        "leaves-with-an-error",
        "leave ends the client with status 1",
        {"client-leaves", "client-eof"},
        (("    end(0)", "    end(1)"),),
    ),
    Mutant(
        "waits-for-the-thread",
        "after leave the client waits for the thread that receives, which never ends",
        {"client-leaves", "client-eof"},
        (("    end(0)", "    threading.enumerate()[-1].join()"),),
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
    # Threads.
    Mutant(
        "select-client",
        "one loop around select waits for the socket and for typing",
        {"client-threads", "client-eof"},
        base="select-client",
    ),
    Mutant(
        "low-level-thread",
        "the thread that receives is made by _thread",
        {"client-threads"},
        (
            ("import threading\n", "import _thread\n"),
            (
                "    threading.Thread(target=receive, args=(client,), daemon=True).start()",
                "    _thread.start_new_thread(receive, (client,))",
            ),
        ),
    ),
    Mutant(
        "thread-pool",
        "the thread that receives is made by an executor",
        {"client-threads"},
        (
            ("import threading\n", "import concurrent.futures\n"),
            (
                "    threading.Thread(target=receive, args=(client,), daemon=True).start()",
                "    concurrent.futures.ThreadPoolExecutor().submit(receive, client)",
            ),
        ),
    ),
    # With others.
    Mutant(
        "leaves-when-another-leaves",
        "any leave notice ends the client, not only its own",
        {"end-to-end", "client-shows"},
        (
            (
                "        print(receive_text(client))",
                "        text = receive_text(client)\n"
                "        print(text)\n"
                '        if text.endswith(" left*"):\n            end(0)',
            ),
        ),
    ),
)
