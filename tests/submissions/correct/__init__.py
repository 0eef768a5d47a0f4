"""Answers that are built otherwise than the reference and right all the same."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Correct:
    """A submission that earns all points of its variant, and loses exactly these stars.

    Its files are those of the folder ``base`` (of the reference, when there is none) with
    ``edits``, each of a text that occurs once in the file.
    """

    name: str
    loses: Set[str]
    files: tuple[str, ...]
    base: str = ""
    edits: tuple[tuple[str, str], ...] = ()
    skips: Set[str] = frozenset()  # stars that cannot be looked at
    posix: bool = False  # it runs where there are terminals as POSIX has them
    slow: bool = False  # its stars take a minute: the audit alone looks at them

    def sources(self, reference: Path) -> Mapping[str, str]:
        """The text of each file. Raises ValueError when an edit does not fit."""
        folder = FOLDER / self.base if self.base else reference
        found = {}
        for file in self.files:
            text = (folder / file).read_text(encoding="utf-8")
            for old, new in self.edits:
                if text.count(old) != 1:
                    raise ValueError(f"{self.name}: {text.count(old)} times in {file}: {old}")
                text = text.replace(old, new)
            found[file] = text
        return found


TCP = ("tcp_server.py", "tcp_client.py")
SERVER, CLIENT = ("tcp_server.py",), ("tcp_client.py",)
UDP, UDP_SERVER = ("udp_server.py", "udp_client.py"), ("udp_server.py",)

FRAMING = {"byte-by-byte", "two-in-one", "split-character"}
NAMES = {"empty-name", "taken-name"}
RACES = {"race-name", "race-join", "race-leave", "race-leaves"}
CLASSIC = {
    *FRAMING,
    *NAMES,
    "long-message",
    "broken-text",
    "silent-newcomer",
    "stalled-reader",
    "restart",
    "ctrl-c",
    "client-framing",
    "client-notices",
    "client-eof",
    "race-leave",
}

NO_NEWLINE = ("What is your name? ", "What is your name?\\n")
SLOW_IMPORT = ("import argparse\n", "import argparse\nimport time\n\ntime.sleep(1)\n")


def delayed(seconds: float, before: str) -> tuple[tuple[str, str], ...]:
    """Edits that let a file wait a moment before this line of it."""
    indent = before[: len(before) - len(before.lstrip())]
    return (
        (before, f"{indent}time.sleep({seconds})\n{before}"),
        ("import sys\n", "import sys\nimport time\n"),
    )


CORRECT = (
    Correct("classic-raw", CLASSIC, TCP, "classic-raw", skips={"race-name"}),
    Correct(
        "classic-raw-other-port",
        CLASSIC,
        TCP,
        "classic-raw",
        (("14901", "5555"),),
        skips={"race-name"},
    ),
    Correct(
        "classic-raw-localhost",
        CLASSIC,
        TCP,
        "classic-raw",
        (('(("127.0.0.1"', '(("localhost"'),),
        skips={"race-name"},
    ),
    Correct("class-for-each-client", {"stalled-reader"}, SERVER, "class-for-each-client"),
    Correct(
        "any-address",
        {"stalled-reader"},
        SERVER,
        "class-for-each-client",
        (('"127.0.0.1"', '""'),),
    ),
    Correct(
        "localhost",
        {"stalled-reader"},
        SERVER,
        "class-for-each-client",
        (('"127.0.0.1"', '"localhost"'),),
    ),
    Correct(
        "all-addresses",
        {"stalled-reader"},
        SERVER,
        "class-for-each-client",
        (('"127.0.0.1"', '"0.0.0.0"'),),
    ),
    Correct(
        "ipv4-only",
        {"stalled-reader"},
        SERVER,
        "class-for-each-client",
        (
            (
                "    server.bind((HOST, PORT))\n",
                '    found = socket.getaddrinfo("localhost", PORT, socket.AF_INET)\n'
                "    server.bind(found[0][4])\n",
            ),
        ),
    ),
    Correct("queue-for-each-client", set(), SERVER, "queue-for-each-client"),
    Correct("outbox-and-dispatcher", set(), SERVER, "outbox-and-dispatcher"),
    Correct("broadcaster-thread", {"stalled-reader"}, SERVER, "broadcaster-thread"),
    Correct(
        "lines-in-pieces",
        set(),
        SERVER,
        "queue-for-each-client",
        (
            (
                '            conn.sendall((text + "\\n").encode())',
                '            line = (text + "\\n").encode()\n'
                "            for byte in line[:20]:\n"
                "                conn.send(bytes([byte]))\n"
                "            conn.sendall(line[20:])",
            ),
        ),
    ),
    Correct(
        "each-byte-a-segment",
        {"stalled-reader"},
        SERVER,
        "queue-for-each-client",
        (
            (
                '            conn.sendall((text + "\\n").encode())',
                '            for byte in (text + "\\n").encode():\n'
                "                conn.send(bytes([byte]))",
            ),
            (
                "        q = queue.Queue()\n",
                "        conn.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)\n"
                "        q = queue.Queue()\n",
            ),
        ),
        slow=True,
    ),
    Correct(
        "client-each-byte-a-segment",
        set(),
        CLIENT,
        edits=(
            (
                '        connection.sendall(text.encode() + b"\\n")\n',
                '        for byte in text.encode() + b"\\n":\n'
                "            connection.send(bytes([byte]))\n",
            ),
        ),
    ),
    Correct("pool-for-sending", set(), SERVER, "pool-for-sending"),
    Correct("thread-for-each-message", set(), SERVER, "thread-for-each-message"),
    Correct("makefile-and-dict", {"stalled-reader", "ctrl-c"}, SERVER, "makefile-and-dict"),
    Correct(
        "lists-of-connections",
        FRAMING | NAMES | {"stalled-reader", "vanish-once", "restart", "ctrl-c", "race-leaves"},
        SERVER,
        "lists-of-connections",
        skips={"race-name"},
    ),
    Correct(
        "asks-without-newline",
        {
            *FRAMING,
            *NAMES,
            "long-message",
            "stalled-reader",
            "restart",
            "ctrl-c",
            "client-framing",
            "client-eof",
        },
        TCP,
        "asks-without-newline",
        skips={"race-name"},
    ),
    Correct("two-thread-client", {"client-eof"}, CLIENT, "two-thread-client"),
    Correct("paints-what-arrives", {"client-eof"}, CLIENT, "paints-what-arrives"),
    Correct("asks-for-a-terminal", set(), CLIENT, "asks-for-a-terminal", posix=True),
    Correct("asks-on-a-line", {"client-eof"}, CLIENT, "two-thread-client", (NO_NEWLINE,)),
    Correct(
        "delayed-by-50-ms",
        {"stalled-reader"},
        SERVER,
        "class-for-each-client",
        (
            (
                "    def to_others(self, text):\n",
                "    def to_others(self, text):\n        time.sleep(0.05)\n",
            ),
            ("import sys\n", "import sys\nimport time\n"),
        ),
    ),
    Correct(
        "delayed-by-1-ms",
        {"stalled-reader"},
        SERVER,
        "class-for-each-client",
        delayed(0.001, '        data = text.encode() + b"\\n"\n'),
    ),
    Correct(
        "delayed-by-300-ms",
        {"stalled-reader"},
        SERVER,
        "class-for-each-client",
        delayed(
            0.3, "        with ChatClient.lock:\n            for client in ChatClient.clients:\n"
        ),
        slow=True,
    ),
    Correct(
        "wakes-each-millisecond",
        {"stalled-reader"},
        SERVER,
        "class-for-each-client",
        (
            (
                "    try:\n        main()\n",
                "    try:\n        Thread(target=main, daemon=True).start()\n"
                "        while True:\n            time.sleep(0.001)\n",
            ),
            ("import sys\n", "import sys\nimport time\n"),
        ),
    ),
    Correct(
        "timer-for-each-client",
        {"stalled-reader"},
        SERVER,
        "class-for-each-client",
        (
            (
                "        ChatClient(sock, addr).start()\n",
                "        timer = Timer(0, ChatClient(sock, addr).run)\n"
                "        timer.daemon = True\n        timer.start()\n",
            ),
            ("from threading import Lock, Thread", "from threading import Lock, Thread, Timer"),
        ),
    ),
    Correct(
        "another-program-serves",
        {"stalled-reader"},
        SERVER,
        "class-for-each-client",
        (
            (
                "        main()\n    except",
                '        if sys.argv[1:] == ["serve"]:\n            main()\n'
                '        subprocess.call([sys.executable, __file__, "serve"])\n    except',
            ),
            ("import socket\n", "import socket\nimport subprocess\n"),
        ),
        skips=RACES,
    ),
    Correct(
        "megabytes-of-log",
        {"stalled-reader"},
        SERVER,
        "class-for-each-client",
        (
            (
                "    def to_others(self, text):\n",
                "    def to_others(self, text):\n        print('#' * 500_000)\n",
            ),
        ),
    ),
    Correct(
        "client-megabytes-of-log",
        set(),
        CLIENT,
        edits=(
            (
                "    for line in lines:\n        print(line)\n    # <<<",
                "    for line in lines:\n        print(line)\n"
                "        print('#' * 500_000, file=sys.stderr)\n    # <<<",
            ),
        ),
    ),
    Correct("slow-to-import", set(), TCP, edits=(SLOW_IMPORT,), slow=True),
    Correct("udp-slow-to-import", set(), UDP, edits=(SLOW_IMPORT,), slow=True),
    Correct(
        "udp-all-addresses",
        set(),
        UDP_SERVER,
        "udp-thread-for-each-datagram",
        (('"localhost"', '"0.0.0.0"'),),
    ),
    Correct(
        "udp-megabytes-of-log",
        set(),
        UDP_SERVER,
        edits=(
            (
                "    for address in users:\n",
                "    print('#' * 500_000)\n    for address in users:\n",
            ),
        ),
    ),
    Correct(
        "udp-delayed-by-1-ms",
        set(),
        UDP_SERVER,
        edits=delayed(0.001, "    with contextlib.suppress(OSError):\n"),
    ),
    Correct(
        "udp-delayed-by-300-ms",
        set(),
        UDP_SERVER,
        edits=delayed(0.3, "                send_to_others(server, text, address)\n"),
        slow=True,
    ),
    Correct("udp-classic", NAMES | {"ctrl-c", "client-eof"}, UDP, "udp-classic"),
    Correct(
        "udp-thread-for-each-datagram",
        set(),
        UDP_SERVER,
        "udp-thread-for-each-datagram",
    ),
    Correct("udp-class", set(), ("udp_client.py",), "udp-class"),
    Correct(
        "udp-delayed-by-50-ms",
        set(),
        UDP_SERVER,
        edits=delayed(0.05, "                send_to_others(server, text, address)\n"),
    ),
)
