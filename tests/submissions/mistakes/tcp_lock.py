"""Mistakes of a TCP server with its lock: tasks 5 to 7."""

from __future__ import annotations

from submissions.mistakes.mistake import QUIET, TALK, Mistake

JOIN = """\
    with users_lock:
        if name in users:
            return False
        user.name = name
        users[name] = user
        user.send("You are connected!")
        user.send("To terminate the connection to the server, enter leave")
        send_to_others(f"{name} joined!", user)
    return True
"""
LOOK = """\
    if name in users:
        return False
"""
ACT = """\
    user.name = name
    users[name] = user
    user.send("You are connected!")
    user.send("To terminate the connection to the server, enter leave")
    send_to_others(f"{name} joined!", user)
    return True
"""
TO_OTHERS = """\
    with users_lock:
        for user in users.values():
            if user is not sender:
                user.send(text)
"""
LEAVE = """\
    with users_lock:
        del users[user.name]
        send_to_others(f"*{user.name} left*", user)
"""

MISTAKES = (
    Mistake(
        name="takes-a-plain-lock-twice",
        variant="tcp",
        role="server",
        task=5,
        edits=(("users_lock = threading.RLock()", "users_lock = threading.Lock()"),),
        line="users_lock = threading.Lock()",
        why="join holds the lock and send_to_others takes it again: with a plain Lock the thread waits for itself.",
        fails=("handshake",),
        out_of_reach=TALK,
        either=(*QUIET, "server-threads"),
        classic="deadlock",
    ),
    Mistake(
        name="holds-the-lock-while-it-waits-for-a-line",
        variant="tcp",
        role="server",
        task=6,
        edits=(
            (
                """\
    for line in lines:
        # >>> task 6: pass messages on to everyone else
""",
                """\
    users_lock.acquire()
    for line in lines:
        # >>> task 6: pass messages on to everyone else
""",
            ),
            (
                '        if line == f"*{user.name} left*":\n            return\n',
                '        if line == f"*{user.name} left*":\n            users_lock.release()\n            return\n',
            ),
        ),
        line="users_lock.acquire()",
        why="relay holds the lock while it waits for its user's next line, so nobody else can join.",
        fails=("handshake",),
        out_of_reach=TALK,
        either=(*QUIET, "server-threads"),
        classic="lock-in-relay",
    ),
    Mistake(
        name="joins-without-the-lock",
        variant="tcp",
        role="server",
        task=5,
        edits=((JOIN, LOOK + ACT),),
        line="    if name in users:",
        why="Two newcomers can both find the same name free, because join does not hold the lock.",
        classic="no-lock",
    ),
    Mistake(
        name="looks-under-one-lock-and-acts-under-another",
        variant="tcp",
        role="server",
        task=5,
        edits=(
            (
                JOIN,
                "    with users_lock:\n"
                "        taken = name in users\n"
                "    if taken:\n"
                "        return False\n"
                "    with users_lock:\n" + "".join(f"    {line}\n" for line in ACT.splitlines()),
            ),
        ),
        line="taken = name in users",
        why="Between the look and the change the lock is free, and a second newcomer can take the name.",
        classic="two-locks",
    ),
    Mistake(
        name="makes-a-new-lock-each-time",
        variant="tcp",
        role="server",
        task=5,
        edits=((JOIN, JOIN.replace("users_lock", "threading.Lock()")),),
        line="with threading.Lock():",
        why="Every thread makes a lock of its own, so no thread ever waits for another.",
        classic="no-lock",
    ),
    Mistake(
        name="loops-over-users-without-the-lock",
        variant="tcp",
        role="server",
        task=5,
        edits=((TO_OTHERS, "\n".join(line[4:] for line in TO_OTHERS.splitlines()[1:]) + "\n"),),
        line="for user in users.values():",
        why="Somebody can join or leave during the loop, and Python stops it with a RuntimeError.",
        classic="no-lock",
    ),
    Mistake(
        name="leaves-without-the-lock",
        variant="tcp",
        role="server",
        task=7,
        edits=((LEAVE, "\n".join(line[4:] for line in LEAVE.splitlines()[1:]) + "\n"),),
        line="del users[user.name]",
        why="users is changed while another thread may be in the middle of its loop.",
        classic="no-lock",
    ),
)
