"""Mistakes of a TCP client that leaves, or is left: task 11."""

from __future__ import annotations

from submissions.mistakes.mistake import Mistake

LEAVE = """\
    leaving.set()
    send_line(connection, f"*{name} left*")
    ended.wait(LEAVE_TIME)
"""
GONE = '    print("The server is gone.", file=sys.stderr)\n    end(1)\n'

MISTAKES = (
    Mistake(
        name="sets-leaving-last",
        variant="tcp",
        role="client",
        task=11,
        edits=((LEAVE, "".join(LEAVE.splitlines(keepends=True)[1:]) + "    leaving.set()\n"),),
        line="    leaving.set()\n    # <<<",
        why="The receiving thread does not know yet that the end is expected, and ends with 1 if it is the quicker one.",
        either=("end-to-end", "client-leaves"),
        classic="leaving-last",
    ),
    Mistake(
        name="leaves-without-a-notice",
        variant="tcp",
        role="client",
        task=11,
        edits=((LEAVE, "    leaving.set()\n"),),
        line="    leaving.set()\n    # <<<",
        why="The client ends without sending its leave notice.",
        fails=("client-leaves",),
        either=("end-to-end",),
    ),
    Mistake(
        name="leaves-without-asterisks",
        variant="tcp",
        role="client",
        task=11,
        edits=(('f"*{name} left*"', 'f"{name} left"'),),
        line='f"{name} left"',
        why="The leave notice lacks its two asterisks, so it is a message like any other.",
        fails=("client-leaves",),
        either=("end-to-end",),
        classic="no-asterisks",
    ),
    Mistake(
        name="says-goodbye-twice",
        variant="tcp",
        role="client",
        task=11,
        edits=(
            (
                "        send_typed(connection, name)\n",
                "        send_typed(connection, name)\n        leave(connection, name)\n",
            ),
            ("    ended.wait(LEAVE_TIME)\n", ""),
        ),
        line="        leave(connection, name)\n    except",
        why="chat calls leave at its end, and here it is called before, too.",
        fails=("client-leaves",),
        either=("end-to-end",),
        classic="leave-twice",
    ),
    Mistake(
        name="ends-with-a-text-for-its-status",
        variant="tcp",
        role="client",
        task=11,
        edits=((LEAVE, f'{LEAVE}    sys.exit("You have left the chat.")\n'),),
        line='sys.exit("You have left the chat.")',
        why="sys.exit with a text prints it and ends with status 1, which means that something went wrong.",
        fails=("client-leaves",),
        either=("end-to-end",),
    ),
    Mistake(
        name="does-not-end-after-leaving",
        variant="tcp",
        role="client",
        task=11,
        edits=(
            (
                "    if name:\n        leave(connection, name)\n",
                "    if name:\n        leave(connection, name)\n        input()\n",
            ),
        ),
        line="        leave(connection, name)\n        input()",
        why="After the leave notice the client waits for a key press.",
        fails=("client-leaves",),
        either=("end-to-end",),
    ),
    Mistake(
        name="ends-only-a-thread",
        variant="tcp",
        role="client",
        task=11,
        edits=((GONE, GONE.replace("end(1)", "sys.exit(1)")),),
        line="    sys.exit(1)\n    # <<<",
        why="sys.exit ends only the receiving thread, and the main thread still waits for typing.",
        stars=("client-notices",),
        classic="sys-exit-in-thread",
    ),
    Mistake(
        name="says-that-the-server-is-gone-and-goes-on",
        variant="tcp",
        role="client",
        task=11,
        edits=((GONE, GONE.replace("    end(1)\n", "")),),
        line='print("The server is gone.", file=sys.stderr)',
        why="The client says that the server is gone and does not end.",
        stars=("client-notices",),
    ),
    Mistake(
        name="ends-when-anybody-leaves",
        variant="tcp",
        role="client",
        task=9,
        edits=(
            (
                "        print(line)\n    # <<< task 9",
                '        print(line)\n        if "left*" in line:\n            break\n    # <<< task 9',
            ),
        ),
        line='if "left*" in line:',
        why="The leave notice of any other user ends this client, too.",
        either=("client-shows", "client-sends", "client-leaves", "end-to-end"),
    ),
)
