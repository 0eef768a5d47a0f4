"""Mistakes of a TCP server when somebody leaves: tasks 6 and 7."""

from __future__ import annotations

from submissions.mistakes.mistake import QUIET, TALK, Mistake

OWN_NOTICE = '        if line == f"*{user.name} left*":\n'
RETURN = f"{OWN_NOTICE}            return\n"
DELETE = "        del users[user.name]\n"
NOTICE = 'send_to_others(f"*{user.name} left*", user)'

MISTAKES = (
    Mistake(
        name="passes-the-leave-notice-on-and-sends-another",
        variant="tcp",
        role="server",
        task=7,
        edits=(
            (RETURN, f"{OWN_NOTICE}            send_to_others(line, user)\n            return\n"),
        ),
        line="            send_to_others(line, user)\n            return",
        why="relay passes the leave notice on, and leave sends it once more.",
        fails=("leave-notice",),
        either=("end-to-end",),
        classic="leave-twice",
    ),
    Mistake(
        name="forgets-the-leave-notice",
        variant="tcp",
        role="server",
        task=7,
        edits=((f"        {NOTICE}\n", ""),),
        line=DELETE,
        why="The user is removed, and nobody is told.",
        fails=("leave-notice",),
        either=("end-to-end",),
        stars=("vanish-once",),
    ),
    Mistake(
        name="leaves-out-the-asterisks",
        variant="tcp",
        role="server",
        task=7,
        edits=((NOTICE, 'send_to_others(f"{user.name} left", user)'),),
        line='f"{user.name} left"',
        why="The leave notice lacks its two asterisks.",
        fails=("leave-notice",),
        either=("end-to-end",),
        stars=("vanish-once",),
    ),
    Mistake(
        name="never-removes-who-left",
        variant="tcp",
        role="server",
        task=7,
        edits=((DELETE, ""),),
        line=NOTICE,
        why="Who has left stays in users, and the name stays taken.",
        either=("survives-leave",),
        stars=("rejoin",),
        classic="leave-without-delete",
    ),
    Mistake(
        name="removes-the-user-by-the-wrong-key",
        variant="tcp",
        role="server",
        task=7,
        edits=((DELETE, "        del users[user]\n"),),
        line="del users[user]",
        why="The keys of users are names, so the user as a key raises KeyError before anybody is told.",
        fails=("leave-notice",),
        either=("survives-leave", "survives-vanish", "end-to-end"),
        stars=("vanish-once", "rejoin"),
        classic="key-error",
    ),
    Mistake(
        name="tells-the-leaver-too",
        variant="tcp",
        role="server",
        task=7,
        edits=(
            (
                f"{DELETE}        {NOTICE}\n",
                f"        {NOTICE.replace(', user', ', None')}\n{DELETE}",
            ),
        ),
        line='left*", None)',
        why="The leave notice goes to everybody while the leaver is still in users, so the leaver gets it back.",
        fails=("sender-excluded",),
    ),
    Mistake(
        name="tells-nobody-when-somebody-vanishes",
        variant="tcp",
        role="server",
        task=7,
        edits=(
            (RETURN, f"{OWN_NOTICE}            leave(user)\n            return\n"),
            (
                "                relay(user, lines)\n                leave(user)\n",
                "                relay(user, lines)\n",
            ),
        ),
        line="            leave(user)\n            return",
        why="leave is called only for a leave notice, so a user who vanishes stays in users for ever.",
        either=("survives-vanish",),
        stars=("vanish-once",),
        classic="polite-only",
    ),
    Mistake(
        name="goes-on-after-the-leave-notice",
        variant="tcp",
        role="server",
        task=6,
        edits=((RETURN, f"{OWN_NOTICE}            continue\n"),),
        line="            continue\n        send_to_others(line",
        why="After the leave notice the server waits for the client to close, when it should close itself.",
        either=("leave-notice", "survives-leave", "end-to-end"),
    ),
    Mistake(
        name="stops-the-server-when-somebody-leaves",
        variant="tcp",
        role="server",
        task=7,
        edits=((f"        {NOTICE}\n", f"        {NOTICE}\n        os._exit(0)\n"),),
        line="        os._exit(0)\n    # <<<",
        why="The first user who leaves ends the whole server.",
        fails=("survives-leave", "survives-vanish"),
        either=("leave-notice", "end-to-end"),
    ),
    Mistake(
        name="keeps-the-name-in-one-variable-for-all",
        variant="tcp",
        role="server",
        task=7,
        edits=(
            (
                "        user.name = name\n",
                "        global current_name\n        current_name = user.name = name\n",
            ),
            (RETURN, RETURN.replace("user.name", "current_name")),
            (
                f"{DELETE}        {NOTICE}",
                f"{DELETE}        {NOTICE}".replace("user.name", "current_name"),
            ),
        ),
        line="del users[current_name]",
        why="All threads share one variable for the name, so the user who joined last leaves in place of another.",
        fails=("leave-notice",),
        either=("survives-leave", "survives-vanish", "sender-excluded", "end-to-end"),
    ),
    Mistake(
        name="forgets-the-f-of-the-leave-notice",
        variant="tcp",
        role="server",
        task=6,
        edits=((OWN_NOTICE, OWN_NOTICE.replace('f"', '"')),),
        line='if line == "*{user.name} left*":',
        why="Without the f the line is compared with braces, so the notice is passed on like a message and sent again.",
        fails=("leave-notice",),
        either=("end-to-end",),
        classic="forgot-f",
    ),
    Mistake(
        name="closes-the-socket-of-the-whole-server",
        variant="tcp",
        role="server",
        task=2,
        edits=(
            (
                "            threading.Thread(target=serve, args=(connection, address), daemon=True).start()\n",
                "            threading.Thread(target=serve, args=(connection, address), daemon=True).start()\n"
                "            listener.close()\n",
            ),
        ),
        line="            listener.close()",
        why="The server closes its listening socket after the first client, so nobody else can connect.",
        out_of_reach=TALK,
        either=("starts", "handshake", *QUIET, "server-threads"),
    ),
)
