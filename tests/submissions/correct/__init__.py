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
}

CORRECT = (
    Correct("classic-raw", CLASSIC, TCP, "classic-raw"),
    Correct("classic-raw-other-port", CLASSIC, TCP, "classic-raw", (("14901", "5555"),)),
    Correct(
        "classic-raw-localhost",
        CLASSIC,
        TCP,
        "classic-raw",
        (('(("127.0.0.1"', '(("localhost"'),),
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
    Correct("queue-for-each-client", set(), SERVER, "queue-for-each-client"),
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
    Correct("makefile-and-dict", {"stalled-reader", "ctrl-c"}, SERVER, "makefile-and-dict"),
    Correct(
        "lists-of-connections",
        FRAMING | NAMES | {"stalled-reader", "vanish-once", "restart", "ctrl-c"},
        SERVER,
        "lists-of-connections",
    ),
    Correct("two-thread-client", set(), CLIENT, "two-thread-client"),
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
        edits=(
            (
                "                send_to_others(server, text, address)\n",
                "                time.sleep(0.05)\n"
                "                send_to_others(server, text, address)\n",
            ),
            ("import sys\n", "import sys\nimport time\n"),
        ),
    ),
)
