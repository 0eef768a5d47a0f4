"""Mistakes of a TCP server that asks for a name: task 4."""

from __future__ import annotations

from submissions.mistakes.mistake import NO_TCP_SERVER, QUIET, Mistake

ASKING = """\
    user.send("name")
    for line in lines:
        name = line.strip()
        if name and join(user, name):
            return True
        user.send("name")
    return False
"""

MISTAKES = (
    Mistake(
        name="keeps-the-newline-of-the-name",
        variant="tcp",
        role="server",
        task=4,
        edits=(
            (
                "    for line in lines:\n        name = line.strip()\n",
                "    while chunk := user.connection.recv(1024):\n        name = chunk.decode()\n",
            ),
        ),
        line="name = chunk.decode()",
        why="The name keeps the newline that came with it, so every notice is torn in two lines.",
        fails=("join-notice", "leave-notice"),
        either=("join-not-to-self", "survives-leave", "survives-vanish", "end-to-end"),
        classic="newline-kept",
    ),
    Mistake(
        name="waits-for-the-name-before-it-asks",
        variant="tcp",
        role="server",
        task=4,
        edits=((ASKING, ASKING.removeprefix('    user.send("name")\n')),),
        line="for line in lines:\n        name = line.strip()",
        why="The server never sends the first name request, and the client waits for it.",
        fails=("handshake",),
        out_of_reach=("end-to-end",),
        classic="waits-for-name",
    ),
    Mistake(
        name="asks-with-a-capital-and-a-colon",
        variant="tcp",
        role="server",
        task=4,
        edits=((ASKING, ASKING.replace('"name"', '"Name: "')),),
        line='    user.send("Name: ")\n    for',
        why="The name request must be exactly the word name.",
        fails=("handshake",),
        out_of_reach=("end-to-end",),
        stars=("empty-name", "taken-name"),
        classic="name-colon",
    ),
    Mistake(
        name="asks-once-more-after-a-good-name",
        variant="tcp",
        role="server",
        task=4,
        edits=(
            (
                ASKING,
                "    for line in lines:\n"
                '        user.send("name")\n'
                "        name = line.strip()\n"
                "        if name and join(user, name):\n"
                "            return True\n"
                "    return False\n",
            ),
            ("def ask_name(user, lines):\n", 'def ask_name(user, lines):\n    user.send("name")\n'),
        ),
        line='    for line in lines:\n        user.send("name")',
        why="The server asks again before it looks at the answer, so a good name is asked for twice.",
        fails=("handshake",),
        out_of_reach=("end-to-end",),
        classic="asks-twice",
    ),
    Mistake(
        name="hangs-up-on-an-empty-name",
        variant="tcp",
        role="server",
        task=4,
        edits=(
            (
                "        name = line.strip()\n",
                "        name = line.strip()\n        if not name:\n            break\n",
            ),
        ),
        line="if not name:\n            break",
        why="An empty name ends the loop and the connection, when the server should ask again.",
        stars=("empty-name",),
        classic="break-on-empty-name",
    ),
    Mistake(
        name="takes-an-empty-name",
        variant="tcp",
        role="server",
        task=4,
        edits=(("if name and join(user, name):", "if join(user, name):"),),
        line="if join(user, name):",
        why="Nobody looks whether the name is empty.",
        stars=("empty-name",),
    ),
    Mistake(
        name="crashes-on-a-misspelt-name-in-its-first-line",
        variant="tcp",
        role="server",
        task=4,
        edits=(
            (
                '    user.send("name")\n    for line in lines:',
                '    usr.send("name")\n    for line in lines:',
            ),
        ),
        line='usr.send("name")',
        why="The parameter is called user, so usr raises NameError in the thread of every client.",
        fails=("handshake",),
        out_of_reach=tuple(
            check for check in NO_TCP_SERVER if check not in QUIET and check != "handshake"
        ),
        either=QUIET,
        classic="name-error",
    ),
)
