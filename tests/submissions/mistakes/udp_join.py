"""Mistakes of a UDP server until somebody is in: tasks 12 to 14."""

from __future__ import annotations

from submissions.mistakes.mistake import NO_UDP_SERVER, QUIET, TALK, Mistake

CONNECTED = 'send(server, "You are connected!", address)'
TERMINATE = 'send(server, "To terminate the connection to the server, enter leave", address)'
NOTICE = 'send_to_others(server, f"{name} joined!", address)'
SENT = "server.sendto(text.encode(), address)"
CASES = """\
            if address not in users:
                join(server, text, address)
            elif text == f"*{users[address]} left*":
                leave(server, address)
            else:
"""

MISTAKES = (
    Mistake(
        name="udp-listens-like-tcp",
        variant="udp",
        role="server",
        task=12,
        edits=(
            (
                "    server.bind((host, port))\n",
                "    server.bind((host, port))\n    server.listen()\n",
            ),
        ),
        line="server.listen()",
        why="There is no listen on a UDP socket: it raises an error and the server ends.",
        fails=("starts",),
        out_of_reach=NO_UDP_SERVER,
        classic="listen-on-udp",
    ),
    Mistake(
        name="udp-makes-a-stream-socket",
        variant="udp",
        role="server",
        task=12,
        edits=(("socket.SOCK_DGRAM)", "socket.SOCK_STREAM)"),),
        line="socket.SOCK_STREAM)",
        why="The socket is one for TCP, so no datagram ever arrives.",
        fails=("starts",),
        out_of_reach=NO_UDP_SERVER,
    ),
    Mistake(
        name="udp-forgets-to-bind",
        variant="udp",
        role="server",
        task=12,
        edits=(("    server.bind((host, port))\n", ""),),
        line="server = socket.socket(",
        why="The socket is never bound, so no client can find the server.",
        fails=("starts",),
        out_of_reach=NO_UDP_SERVER,
    ),
    Mistake(
        name="udp-serves-one-datagram-only",
        variant="udp",
        role="server",
        task=13,
        edits=(
            (
                "        except OSError:\n            pass",
                "            return\n        except OSError:\n            pass",
            ),
        ),
        line="            return\n        except",
        why="The loop returns after the first datagram, and the server ends.",
        out_of_reach=TALK,
        either=("starts", "handshake", *QUIET),
        classic="no-loop",
    ),
    Mistake(
        name="udp-looks-for-the-leave-notice-first",
        variant="udp",
        role="server",
        task=13,
        edits=(
            (
                CASES,
                '            if text == f"*{users[address]} left*":\n'
                "                leave(server, address)\n"
                "            elif address not in users:\n"
                "                join(server, text, address)\n"
                "            else:\n",
            ),
        ),
        line='if text == f"*{users[address]} left*":',
        why="A stranger has no name yet, so users[address] raises KeyError and ends the server.",
        fails=("handshake",),
        out_of_reach=TALK,
        either=("starts", *QUIET),
        classic="key-error",
    ),
    Mistake(
        name="udp-sends-text-instead-of-bytes",
        variant="udp",
        role="server",
        task=14,
        edits=((SENT, "server.sendto(text, address)"),),
        line="server.sendto(text, address)",
        why="A socket sends bytes, and gets text: TypeError ends the server at the first welcome.",
        fails=("handshake",),
        out_of_reach=TALK,
        either=("starts", *QUIET),
        classic="str-sent",
    ),
    Mistake(
        name="udp-ends-every-datagram-with-a-newline",
        variant="udp",
        role="server",
        task=14,
        edits=((SENT, 'server.sendto((text + "\\n").encode(), address)'),),
        line='(text + "\\n").encode()',
        why="A datagram is a message as it is, without a newline at its end.",
        fails=("handshake",),
        either=("end-to-end",),
        classic="newline-on-datagrams",
    ),
    Mistake(
        name="udp-asks-for-the-name-first",
        variant="udp",
        role="server",
        task=14,
        edits=(
            ("users = {}", "asked = set()\nusers = {}"),
            (
                "    name = text.strip()\n    if not name",
                "    if address not in asked:\n"
                "        asked.add(address)\n"
                '        send(server, "name", address)\n'
                "        return\n"
                "    name = text.strip()\n"
                "    if not name",
            ),
        ),
        line="    if address not in asked:",
        why="The first datagram is the name already; this server asks for another, as over TCP.",
        fails=("handshake",),
        either=(*TALK, *QUIET),
        classic="asks-first",
    ),
    Mistake(
        name="udp-welcomes-in-one-datagram",
        variant="udp",
        role="server",
        task=14,
        edits=(
            (
                f"    {CONNECTED}\n    {TERMINATE}\n",
                "    send(\n"
                "        server,\n"
                '        "You are connected!\\nTo terminate the connection to the server, enter leave",\n'
                "        address,\n"
                "    )\n",
            ),
        ),
        line="You are connected!\\nTo terminate",
        why="The two texts of the welcome are one datagram, and should be two.",
        fails=("handshake",),
        classic="one-datagram",
    ),
    Mistake(
        name="udp-welcomes-without-the-exclamation-mark",
        variant="udp",
        role="server",
        task=14,
        edits=((CONNECTED, 'send(server, "You are connected", address)'),),
        line='"You are connected"',
        why="The first text of the welcome lacks its exclamation mark.",
        fails=("handshake",),
        classic="wrong-welcome",
    ),
    Mistake(
        name="udp-looks-for-a-name-among-the-addresses",
        variant="udp",
        role="server",
        task=14,
        edits=(("name in users.values()", "name in users"),),
        line="name in users:",
        why="The keys of users are addresses, so a name is never found to be taken.",
        stars=("taken-name",),
    ),
    Mistake(
        name="udp-goes-on-after-a-bad-name",
        variant="udp",
        role="server",
        task=14,
        edits=(
            (
                '        send(server, "name", address)\n        return\n',
                '        send(server, "name", address)\n',
            ),
        ),
        line='send(server, "name", address)',
        why="Without return a newcomer with a bad name is asked again and taken in all the same.",
        stars=("empty-name", "taken-name"),
        classic="no-return",
    ),
    Mistake(
        name="udp-announces-the-address",
        variant="udp",
        role="server",
        task=14,
        edits=((NOTICE, 'send_to_others(server, f"{address} joined!", address)'),),
        line='f"{address} joined!"',
        why="The join notice has the address in it where the name should be.",
        fails=("join-notice",),
        either=("end-to-end", "join-not-to-self"),
    ),
    Mistake(
        name="udp-forgets-the-join-notice",
        variant="udp",
        role="server",
        task=14,
        edits=((f"    {NOTICE}\n", ""),),
        line=TERMINATE,
        why="Nobody is told that somebody has joined.",
        fails=("join-notice",),
        either=("end-to-end", "join-not-to-self"),
    ),
)
