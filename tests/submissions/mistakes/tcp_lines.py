"""Mistakes of a TCP server on the way from bytes to lines: task 3."""

from __future__ import annotations

from submissions.mistakes.mistake import QUIET, TALK, Mistake

READING = """\
    rest = b""
    with contextlib.suppress(OSError):
        while chunk := connection.recv(BUFFER_SIZE):
            *lines, rest = (rest + chunk).split(b"\\n")
            for line in lines:
                yield line.decode("utf-8", errors="replace")
            if len(rest) > MAX_LINE:
                break
"""
RAW = """\
    with contextlib.suppress(OSError):
        while chunk := connection.recv({size}):
            yield chunk.decode("utf-8", errors="replace").strip("\\n")
"""
YIELDED = 'yield line.decode("utf-8", errors="replace")'

MISTAKES = (
    Mistake(
        name="returns-the-first-line-instead-of-yielding",
        variant="tcp",
        role="server",
        task=3,
        edits=((YIELDED, YIELDED.replace("yield", "return")),),
        line="return line.decode(",
        why="read_lines returns one line and is no generator, so the server waits for text before it asks.",
        fails=("handshake",),
        out_of_reach=TALK,
        either=(*QUIET, "server-threads"),
        classic="return-for-yield",
    ),
    Mistake(
        name="takes-a-chunk-for-a-message",
        variant="tcp",
        role="server",
        task=3,
        edits=((READING, RAW.format(size="BUFFER_SIZE")),),
        line="yield chunk.decode(",
        why="What recv returns is taken for a whole message, and bytes may be cut anywhere.",
        either=("end-to-end",),
        stars=("byte-by-byte", "two-in-one", "split-character", "long-message"),
        classic="recv-is-a-message",
    ),
    Mistake(
        name="receives-sixteen-bytes-for-a-message",
        variant="tcp",
        role="server",
        task=3,
        edits=((READING, RAW.format(size=16)),),
        line="connection.recv(16)",
        why="A message of more than sixteen bytes is passed on in several pieces.",
        fails=("two-users",),
        either=(
            "handshake",
            "join-notice",
            "join-not-to-self",
            "many-users",
            "sender-excluded",
            "leave-notice",
            "survives-leave",
            "survives-vanish",
            "end-to-end",
        ),
        classic="recv-is-a-message",
    ),
    Mistake(
        name="decodes-before-it-splits",
        variant="tcp",
        role="server",
        task=3,
        edits=(
            (
                READING,
                READING.replace('b"', '"')
                .replace("(rest + chunk)", '(rest + chunk.decode("utf-8", errors="replace"))')
                .replace(YIELDED, "yield line"),
            ),
        ),
        line="(rest + chunk.decode(",
        why="A character whose bytes come in two pieces is decoded in halves.",
        stars=("split-character",),
        classic="decodes-chunks",
    ),
    Mistake(
        name="forgets-half-a-line",
        variant="tcp",
        role="server",
        task=3,
        edits=(("(rest + chunk).split", "chunk.split"),),
        line='*lines, rest = chunk.split(b"\\n")',
        why="The first half of a line is lost when the second half arrives.",
        stars=("byte-by-byte", "split-character", "long-message"),
        classic="loses-the-rest",
    ),
    Mistake(
        name="never-looks-for-the-end-of-the-connection",
        variant="tcp",
        role="server",
        task=3,
        edits=(
            (
                "        while chunk := connection.recv(BUFFER_SIZE):\n",
                "        while True:\n            chunk = connection.recv(BUFFER_SIZE)\n",
            ),
        ),
        line="chunk = connection.recv(BUFFER_SIZE)",
        why="When a client is gone recv returns nothing at once, again and again, and the loop never ends.",
        either=("survives-vanish",),
        stars=("vanish-once",),
        classic="spin",
    ),
    Mistake(
        name="keeps-the-newline-of-a-line",
        variant="tcp",
        role="server",
        task=3,
        edits=((YIELDED, f'{YIELDED} + "\\n"'),),
        line='errors="replace") + "\\n"',
        why="A line keeps its newline and gets a second one: empty lines, and no leave notice is recognised.",
        fails=("leave-notice",),
        either=(
            "handshake",
            "two-users",
            "many-users",
            "survives-leave",
            "survives-vanish",
            "end-to-end",
        ),
        classic="newline-kept",
    ),
    Mistake(
        name="reads-ascii-only",
        variant="tcp",
        role="server",
        task=3,
        edits=((YIELDED, 'yield line.decode("ascii")'),),
        line='line.decode("ascii")',
        why="The first letter that is not ASCII raises UnicodeDecodeError and ends its user's thread.",
        fails=("two-users",),
        either=("many-users", "survives-leave", "survives-vanish", "end-to-end"),
        stars=("split-character", "broken-text"),
        classic="ascii",
    ),
    Mistake(
        name="drops-letters-that-are-not-ascii",
        variant="tcp",
        role="server",
        task=3,
        edits=((YIELDED, 'yield line.decode("ascii", errors="ignore")'),),
        line='errors="ignore"',
        why="All letters that are not ASCII disappear from the messages.",
        fails=("two-users",),
        either=("many-users", "end-to-end"),
        stars=("split-character",),
        classic="ascii",
    ),
)
