"""Mistakes of a UDP server that passes messages on: tasks 13, 15 and 16."""

from __future__ import annotations

from submissions.mistakes.mistake import QUIET, TALK, Mistake

PASS_ON = "send_to_others(server, text, address)\n            # <<<"
LOOP = """\
        if address != sender:
            send(server, text, address)
"""
CASES = """\
            if address not in users:
                join(server, text, address)
            elif text == f"*{users[address]} left*":
                leave(server, address)
            else:
"""
LEAVE = """\
    name = users.pop(address)
    send_to_others(server, f"*{name} left*", address)
"""
LOST = ("many-users", "survives-leave", "survives-vanish", "end-to-end")

MISTAKES = (
    Mistake(
        name="udp-compares-a-name-with-an-address",
        variant="udp",
        role="server",
        task=15,
        edits=((LOOP, LOOP.replace("address != sender", "users[address] != sender")),),
        line="if users[address] != sender:",
        why="sender is an address and is compared with a name, so the sender gets everything, too.",
        fails=("join-not-to-self", "sender-excluded"),
        either=("end-to-end",),
        classic="sender-included",
    ),
    Mistake(
        name="udp-stops-after-the-first-receiver",
        variant="udp",
        role="server",
        task=15,
        edits=((LOOP, f"{LOOP}            break\n"),),
        line="            break",
        why="The loop ends after the first user it sends to, so a third one never gets anything.",
        fails=("join-notice", "many-users"),
        out_of_reach=("end-to-end",),
        either=("survives-leave", "survives-vanish", "leave-notice"),
    ),
    Mistake(
        name="udp-prints-instead-of-sending",
        variant="udp",
        role="server",
        task=15,
        edits=((LOOP, LOOP.replace("send(server, text, address)", "print(text)")),),
        line="print(text)",
        why="Messages and notices are printed on the server's screen and sent to nobody.",
        fails=("join-notice", "two-users"),
        out_of_reach=("leave-notice", *LOST),
        either=QUIET,
        classic="print-for-send",
    ),
    Mistake(
        name="udp-puts-the-name-in-front-again",
        variant="udp",
        role="server",
        task=13,
        edits=((PASS_ON, PASS_ON.replace("text,", 'f"{users[address]}: {text}",')),),
        line='f"{users[address]}: {text}"',
        why="The client has put the name in front already.",
        fails=("two-users",),
        either=("end-to-end",),
        classic="name-twice",
    ),
    Mistake(
        name="udp-sends-every-message-twice",
        variant="udp",
        role="server",
        task=13,
        edits=(
            (
                PASS_ON,
                PASS_ON.replace(
                    "\n", "\n                send_to_others(server, text, address)\n", 1
                ),
            ),
        ),
        line="                send_to_others(server, text, address)\n                send_to_others",
        why="Every message is passed on twice.",
        fails=("two-users",),
        out_of_reach=("many-users",),
        either=("survives-leave", "survives-vanish", "end-to-end"),
        classic="sends-twice",
    ),
    Mistake(
        name="udp-strips-every-text",
        variant="udp",
        role="server",
        task=13,
        edits=(
            (
                'text = data.decode("utf-8", errors="replace")',
                'text = data.decode("utf-8", errors="replace").strip()',
            ),
        ),
        line='errors="replace").strip()',
        why="Blanks at the end belong to the message, and the server takes them away.",
        fails=("two-users",),
    ),
    Mistake(
        name="udp-takes-sixteen-bytes-of-a-datagram",
        variant="udp",
        role="server",
        task=13,
        edits=(("address = server.recvfrom(BUFFER_SIZE)", "address = server.recvfrom(16)"),),
        line="address = server.recvfrom(16)",
        why="What does not fit into the buffer of recvfrom is lost, so long messages are cut off.",
        fails=("two-users",),
        either=("handshake", *TALK[:1], *TALK[2:], *QUIET),
    ),
    Mistake(
        name="udp-ends-at-bytes-that-are-no-text",
        variant="udp",
        role="server",
        task=13,
        edits=(('data.decode("utf-8", errors="replace")', "data.decode()"),),
        line="text = data.decode()",
        why="Bytes that are not UTF-8 raise UnicodeDecodeError, which ends the server.",
        stars=("broken-text",),
    ),
    Mistake(
        name="udp-believes-the-name-in-the-text",
        variant="udp",
        role="server",
        task=13,
        edits=(
            (
                CASES,
                CASES.replace(
                    "if address not in users:", 'if ":" not in text and address not in users:'
                ).replace("users[address]", "users.get(address)"),
            ),
        ),
        line='if ":" not in text and',
        why="What a stranger sends is passed on when it looks like a message.",
        stars=("stranger",),
    ),
    Mistake(
        name="udp-throws-out-who-says-left",
        variant="udp",
        role="server",
        task=13,
        edits=(('elif text == f"*{users[address]} left*":', 'elif "left" in text:'),),
        line='elif "left" in text:',
        why="Any message with the word left in it counts as a leave notice.",
        fails=("two-users",),
        either=("many-users", "leave-notice", "survives-leave"),
        classic="left-anywhere",
    ),
    Mistake(
        name="udp-has-no-case-for-leaving",
        variant="udp",
        role="server",
        task=13,
        edits=(
            (
                '            elif text == f"*{users[address]} left*":\n                leave(server, address)\n',
                "",
            ),
        ),
        line="if address not in users:",
        why="A leave notice is passed on like any message, and who has left stays in users.",
        either=("survives-leave",),
        stars=("rejoin",),
        classic="leave-without-delete",
    ),
    Mistake(
        name="udp-never-removes-who-left",
        variant="udp",
        role="server",
        task=16,
        edits=((LEAVE, LEAVE.replace("users.pop(address)", "users[address]")),),
        line="name = users[address]",
        why="Who has left stays in users, still gets everything, and can never join again.",
        either=("survives-leave",),
        stars=("rejoin",),
        classic="leave-without-delete",
    ),
    Mistake(
        name="udp-tells-the-leaver-too",
        variant="udp",
        role="server",
        task=16,
        edits=(
            (
                LEAVE,
                '    send_to_others(server, f"*{users[address]} left*", None)\n    users.pop(address)\n',
            ),
        ),
        line='left*", None)',
        why="The leave notice goes to everybody while the leaver is still in users, so the leaver gets it back.",
        fails=("sender-excluded",),
    ),
    Mistake(
        name="udp-leaves-with-a-name-that-is-not-defined",
        variant="udp",
        role="server",
        task=16,
        edits=((LEAVE, LEAVE.replace("name = users.pop(address)", "users.pop(address)")),),
        line='f"*{name} left*"',
        why="name is never set in leave, so NameError ends the whole server when somebody leaves.",
        out_of_reach=("leave-notice",),
        fails=("survives-leave",),
        either=("end-to-end",),
        classic="name-error",
    ),
)
