"""Faults of UDP servers."""

from submissions.mutants.mutant import Mutant

RELAYS = "                send_to_others(server, text, address)\n            # <<<"
JOINED = 'send_to_others(server, f"{name} joined!", address)'
LEFT = 'send_to_others(server, f"*{name} left*", address)'

MUTANTS = (
    # Coming up.
    Mutant(
        "never-binds",
        "the socket is not bound: nobody can know its port",
        {"starts"},
        (("    server.bind((host, port))\n", ""),),
    ),
    Mutant(
        "serves-one-datagram",
        "the server ends after the first datagram",
        {"join-notice", "ctrl-c"},
        (("            # <<< task 13\n", "            break\n            # <<< task 13\n"),),
    ),
    Mutant(
        "traceback-at-ctrl-c",
        "Ctrl+C ends the server with a traceback",
        {"ctrl-c"},
        (
            (
                "    except KeyboardInterrupt:\n        pass",
                "    except KeyboardInterrupt:\n        raise",
            ),
        ),
    ),
    # Joining.
    Mutant(
        "says-nothing",
        "the server receives, and never sends anything",
        {"handshake"},
        (("        server.sendto(text.encode(), address)", "        pass"),),
    ),
    Mutant(
        "welcome-cut-short",
        "the second text of the welcome is missing",
        {"handshake"},
        (
            (
                '    send(server, "To terminate the connection to the server, enter leave", address)\n',
                "",
            ),
        ),
    ),
    Mutant(
        "welcome-in-one-datagram",
        "both texts of the welcome come in one datagram",
        {"handshake", "empty-name", "taken-name", "rejoin"},
        (
            ('    send(server, "You are connected!", address)\n', ""),
            ('"To terminate', '"You are connected!\\nTo terminate'),
        ),
    ),
    Mutant(
        "newline-on-udp",
        "every datagram ends in a newline, as a line on TCP does",
        {"handshake"},
        (
            (
                "server.sendto(text.encode(), address)",
                'server.sendto(text.encode() + b"\\n", address)',
            ),
        ),
    ),
    Mutant(
        "no-join-notice",
        "nobody is told who has joined",
        {"join-notice", "stranger"},
        ((JOINED, "pass"),),
    ),
    Mutant(
        "join-notice-to-the-first",
        "only the first user is told who has joined",
        {"join-notice", "stranger", "survives-vanish"},
        (
            (
                JOINED,
                "first = next(iter(users))\n"
                '    first == address or send(server, f"{name} joined!", first)',
            ),
        ),
    ),
    Mutant(
        "join-notice-to-the-newcomer",
        "newcomers are told of their own joining",
        {"join-not-to-self"},
        ((JOINED, 'send_to_others(server, f"{name} joined!", None)'),),
    ),
    Mutant(
        "takes-an-empty-name",
        "an empty name is as good as any other",
        {"empty-name"},
        (("if not name or name in", "if name in"),),
    ),
    Mutant(
        "takes-a-name-twice",
        "two users may have the same name",
        {"taken-name"},
        (("if not name or name in users.values():", "if not name:"),),
    ),
    # Messages.
    Mutant(
        "relays-nothing",
        "messages are read and thrown away",
        {"two-users"},
        ((RELAYS, "                pass\n            # <<<"),),
    ),
    Mutant(
        "back-to-the-sender-alone",
        "the server is an echo server",
        {"two-users", "sender-excluded"},
        ((RELAYS, "                send(server, text, address)\n            # <<<"),),
    ),
    Mutant(
        "a-chat-for-two",
        "a message reaches one other user, whoever else is there",
        {"join-notice", "many-users", "survives-vanish", "end-to-end", "stranger"},
        (
            (
                "            send(server, text, address)\n    # <<<",
                "            send(server, text, address)\n            break\n    # <<<",
            ),
        ),
    ),
    Mutant(
        "once-for-each-user",
        "a message is sent again and again, once for each other user",
        {"many-users", "survives-vanish"},
        (
            (
                RELAYS,
                "                for _ in range(len(users) - 1):\n"
                "                    send_to_others(server, text, address)\n            # <<<",
            ),
        ),
    ),
    Mutant(
        "echoes-to-sender",
        "a message goes to everyone, the sender included",
        {"sender-excluded"},
        ((RELAYS, "                send_to_others(server, text, None)\n            # <<<"),),
    ),
    Mutant(
        "echoes-50-ms-later",
        "a timer sends a message back to its sender, long after the others have it",
        {"sender-excluded"},
        (
            ("import sys\n", "import sys\nimport threading\n"),
            (
                RELAYS,
                "                send_to_others(server, text, address)\n"
                "                threading.Timer(0.05, send, [server, text, address]).start()\n"
                "            # <<<",
            ),
        ),
    ),
    Mutant(
        "stranger-passed-on",
        "the first datagram of a stranger is passed on like a message",
        {"stranger", "join-notice"},
        (
            (
                "                join(server, text, address)\n",
                "                join(server, text, address)\n"
                "                send_to_others(server, text, address)\n",
            ),
        ),
    ),
    Mutant(
        "messages-from-anybody",
        "a text with a colon is a message, whoever sends it",
        {"stranger"},
        (
            (
                "            if address not in users:",
                '            if address not in users and ": " in text:\n'
                "                send_to_others(server, text, address)\n"
                "            elif address not in users:",
            ),
        ),
    ),
    # Leaving.
    Mutant(
        "no-leave-notice",
        "nobody is told who has left",
        {"leave-notice", "rejoin", "end-to-end"},
        ((LEFT, "pass"),),
    ),
    Mutant(
        "announces-leave-twice",
        "the leave notice is passed on as a message, and announced as well",
        {"leave-notice"},
        (
            (
                "                leave(server, address)\n",
                "                send_to_others(server, text, address)\n"
                "                leave(server, address)\n",
            ),
        ),
    ),
    Mutant(
        "sends-to-who-left",
        "who has left stays among the users",
        {"survives-leave", "rejoin"},
        (("    name = users.pop(address)\n", "    name = users[address]\n"),),
    ),
    Mutant(
        "everybody-leaves",
        "when one leaves, all users are forgotten",
        {"survives-leave", "rejoin", "storm", "no-spin", "end-to-end"},
        ((LEFT, f"{LEFT}\n    users.clear()"),),
    ),
    Mutant(
        "forgets-the-wrong-one",
        "when one leaves, the first of all users is forgotten",
        {"leave-notice", "survives-leave", "rejoin", "storm", "no-spin", "end-to-end"},
        (
            (
                "    name = users.pop(address)\n",
                "    name = users[address]\n    del users[next(iter(users))]\n",
            ),
        ),
    ),
    Mutant(
        "beginnings-of-names",
        "with one user all those are forgotten whose names begin with that user's name",
        {"leave-notice", "survives-leave"},
        (
            (
                "    name = users.pop(address)\n",
                "    name = users[address]\n"
                "    for a in [a for a, n in users.items() if n.startswith(name)]:\n        del users[a]\n",
            ),
        ),
    ),
    Mutant(
        "name-stays-taken",
        "the names of who has left are never free again",
        {"rejoin"},
        (
            ("name in users.values()", "name in names"),
            ("    users[address] = name\n", "    users[address] = name\n    names.append(name)\n"),
            ("users = {}", "names = []\nusers = {}"),
        ),
    ),
    Mutant(
        "dies-of-a-vanished-user",
        "the refusal of a datagram to somebody who is gone ends the server",
        {"survives-vanish", "storm", "no-spin"},
        (
            (
                "    server.bind((host, port))",
                "    server.bind((host, port))\n"
                "    server.setsockopt(socket.IPPROTO_IP, 11, 1)  # IP_RECVERR of Linux: tell refusals",
            ),
            ("    with contextlib.suppress(OSError):", "    if True:"),
            ("except OSError:", "except ZeroDivisionError:"),
        ),
    ),
    # Bytes, and much of them.
    Mutant(
        "dies-of-broken-utf8",
        "bytes that are not UTF-8 end the server",
        {"broken-text"},
        (('data.decode("utf-8", errors="replace")', 'data.decode("utf-8")'),),
    ),
    Mutant(
        "fifty-at-most",
        "the fifty-first user is not let in",
        {"hundred"},
        (("if not name or", "if len(users) >= 50 or not name or"),),
    ),
    Mutant(
        "busy-after-a-leave",
        "once somebody has left, the server asks again and again whether there is anything",
        {"no-spin"},
        ((LEFT, f"{LEFT}\n    server.setblocking(False)"),),
    ),
)
