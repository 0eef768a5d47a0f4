"""Mistakes of a TCP client that sends what is typed: task 10."""

from __future__ import annotations

from submissions.mistakes.mistake import Mistake

TYPED = """\
    while (text := input()) != "leave":
        if text:
            send_line(connection, f"{name}: {text}")
"""
MESSAGE = 'f"{name}: {text}"'

MISTAKES = (
    Mistake(
        name="leaves-out-the-blank-after-the-colon",
        variant="tcp",
        role="client",
        task=10,
        edits=((MESSAGE, 'f"{name}:{text}"'),),
        line='f"{name}:{text}"',
        why="There must be a blank between the colon and the text.",
        fails=("client-sends",),
        either=("end-to-end",),
        classic="no-blank",
    ),
    Mistake(
        name="forgets-the-f-of-a-message",
        variant="tcp",
        role="client",
        task=10,
        edits=((MESSAGE, MESSAGE[1:]),),
        line='send_line(connection, "{name}: {text}")',
        why="Without the f in front the braces go out as they are.",
        fails=("client-sends",),
        out_of_reach=("end-to-end",),
        classic="forgot-f",
    ),
    Mistake(
        name="sends-the-text-without-the-name",
        variant="tcp",
        role="client",
        task=10,
        edits=((MESSAGE, "text"),),
        line="send_line(connection, text)\n    # <<<",
        why="The name is not put in front of the text, so nobody sees who said it.",
        fails=("client-sends",),
        either=("end-to-end",),
    ),
    Mistake(
        name="sends-what-is-typed-twice",
        variant="tcp",
        role="client",
        task=10,
        edits=(
            (
                f"send_line(connection, {MESSAGE})",
                'send_line(connection, f"{name}: {text}\\n{name}: {text}")',
            ),
        ),
        line="{text}\\n{name}",
        why="Every text goes out twice.",
        fails=("client-sends",),
        either=("end-to-end",),
        classic="sends-twice",
    ),
    Mistake(
        name="ends-a-message-with-a-newline-of-its-own",
        variant="tcp",
        role="client",
        task=10,
        edits=((MESSAGE, 'f"{name}: {text}\\n"'),),
        line='{text}\\n"',
        why="send_line adds the newline, so an empty line follows each message.",
        fails=("client-sends",),
        either=("end-to-end",),
        classic="extra-newline",
    ),
    Mistake(
        name="sends-on-a-misspelt-connection",
        variant="tcp",
        role="client",
        task=10,
        edits=((f"send_line(connection, {MESSAGE})", f"send_line(conection, {MESSAGE})"),),
        line="conection",
        why="The parameter is called connection, so conection raises NameError at the first text.",
        fails=("client-sends",),
        out_of_reach=("end-to-end",),
        either=("client-leaves",),
        classic="name-error",
    ),
    Mistake(
        name="sends-only-the-first-word",
        variant="tcp",
        role="client",
        task=10,
        edits=((MESSAGE, 'f"{name}: {text.split()[0]}"'),),
        line="text.split()[0]",
        why="Only the first word of what is typed goes out.",
        fails=("client-sends",),
        either=("end-to-end",),
    ),
    Mistake(
        name="sends-one-text-only",
        variant="tcp",
        role="client",
        task=10,
        edits=((TYPED, TYPED.replace("while (text := input())", "if (text := input())")),),
        line='if (text := input()) != "leave":',
        why="There is no loop, so the client leaves after the first text.",
        fails=("client-sends",),
        either=("client-shows", "client-leaves", "client-threads", "end-to-end"),
        classic="no-loop",
    ),
    Mistake(
        name="prints-its-own-messages",
        variant="tcp",
        role="client",
        task=10,
        edits=((TYPED, f"{TYPED}            print({MESSAGE})\n"),),
        line=f"print({MESSAGE})",
        why="What the person typed is on the screen already, and the client prints it again.",
        either=("client-shows",),
    ),
    Mistake(
        name="sends-leave-as-a-message",
        variant="tcp",
        role="client",
        task=10,
        edits=(
            (
                TYPED,
                '    text = ""\n'
                '    while text != "leave":\n'
                "        text = input()\n"
                "        if text:\n"
                f"            send_line(connection, {MESSAGE})\n",
            ),
        ),
        line='    while text != "leave":',
        why="The client sends the word leave as a message before it looks at it.",
        fails=("client-leaves",),
        either=("client-sends", "end-to-end"),
        classic="leave-as-message",
    ),
    Mistake(
        name="leaves-at-the-word-exit",
        variant="tcp",
        role="client",
        task=10,
        edits=(('!= "leave"', '!= "exit"'),),
        line='!= "exit"',
        why="The word to leave is leave; this client takes it for a message.",
        fails=("client-leaves",),
        either=("end-to-end",),
    ),
    Mistake(
        name="goes-on-at-the-end-of-the-input",
        variant="tcp",
        role="client",
        task=10,
        edits=(
            (
                TYPED,
                "    while True:\n"
                "        try:\n"
                "            text = input()\n"
                "        except EOFError:\n"
                "            continue\n"
                '        if text == "leave":\n'
                "            return\n"
                "        if text:\n"
                f"            send_line(connection, {MESSAGE})\n",
            ),
        ),
        line="except EOFError:\n            continue",
        why="At the end of the input input() raises EOFError each time, and the loop goes on for ever.",
        stars=("client-eof",),
        classic="catches-everything",
    ),
)
