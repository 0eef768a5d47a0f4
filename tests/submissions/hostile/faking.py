"""Submissions that look as if they did what they do not do."""

from __future__ import annotations

from submissions.hostile import BEGINS, CLIENT, MARK, REFERENCE, Hostile, reference

WHOLE = REFERENCE.parent / "tests/submissions/mutants/whole"
RELAYS = "        send_to_others(line, user)"
TALK = ("starts", "join-notice", "two-users", "sender-excluded")
THREADS = ("two-users", "server-threads")

USUAL = MARK + """\
import socket, threading
listener = socket.create_server(("127.0.0.1", 14901))
def serve(connection):
    connection.sendall(b"name\\n")
    connection.recv(4096)
    connection.sendall(b"You are connected!\\n")
    connection.sendall(b"To terminate the connection to the server, enter leave\\n")
    for text in ("alice joined!", "bob joined!", "carol joined!", "alice: hello", "bob: hello",
                 "carol: hello", "*alice left*", "*bob left*"):
        connection.sendall(text.encode() + b"\\n")
    while connection.recv(4096): pass
while True:
    threading.Thread(target=serve, args=(listener.accept()[0],)).start()
"""
ALONE = MARK + """\
print("What is your name? ", end="", flush=True)
name = input()
print("You are connected!")
print("To terminate the connection to the server, enter leave", flush=True)
while (text := input()) != "leave":
    print(f"{name}: {text}", flush=True)
    print(f"alice: {text}\\nbob: {text}\\ncarol: {text}\\nbob joined!", flush=True)
"""
LOOP = (WHOLE / "select-server/tcp_server.py").read_text(encoding="utf-8")
ASYNC = (WHOLE / "asyncio-server/tcp_server.py").read_text(encoding="utf-8")
ACCEPTS = "    connection, _ = listener.accept()\n"
IDLE_THREAD = "    threading.Thread(target=threading.Event().wait, daemon=True).start()\n"
BUSY_THREADS = """\
    def tick():
        import time
        while True: time.sleep(0.001)
    threading.Thread(target=tick, daemon=True).start()
"""


def loop(*edits: tuple[str, str]) -> str:
    """A server with one loop for everybody, with edits."""
    text = LOOP.replace("import socket\n", "import socket\nimport threading\n", 1)
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return MARK + text


def server(name: str, attempts: str, checks: tuple[str, ...], passes: set[str], text: str) -> Hostile:
    """A row for a server."""
    return Hostile(name, attempts, checks, passes, {"tcp_server.py": text})


FAKING = (
    server(
        "knows-the-usual-names",
        "says what alice, bob and carol usually say",
        ("starts", "handshake", *TALK),
        {*BEGINS},
        USUAL,
    ),
    server(
        "echoes-to-everybody",
        "sends all that comes to everybody, those who said it included",
        TALK,
        {"starts", "join-notice", "two-users"},
        reference("tcp_server.py", (RELAYS, "        send_to_others(line, None)")),
    ),
    server(
        "echoes-to-the-sender",
        "sends what comes back to where it came from",
        TALK,
        {"starts", "join-notice"},
        reference("tcp_server.py", (RELAYS, "        user.send(line)")),
    ),
    Hostile(
        "echoes-to-everybody-on-udp",
        "sends all that comes to everybody, those who said it included",
        TALK,
        {"starts", "join-notice", "two-users"},
        {
            "udp_server.py": reference(
                "udp_server.py",
                (
                    "                send_to_others(server, text, address)",
                    "                send_to_others(server, text, None)",
                ),
            )
        },
        "udp",
    ),
    Hostile(
        "client-talks-to-itself",
        "prints what a chat would print, without a server",
        (*CLIENT, "client-threads", "end-to-end"),
        files={"tcp_client.py": ALONE},
    ),
    Hostile(
        "client-shows-what-is-typed",
        "prints all that is ever typed, and nothing that arrives",
        (*CLIENT, "client-threads", "end-to-end"),
        {"client-name", "client-sends", "client-leaves", "client-threads"},
        {
            "tcp_client.py": reference(
                "tcp_client.py",
                (
                    "    for line in lines:\n        print(line)\n    # <<<",
                    "    for line in lines:\n        pass\n    # <<<",
                ),
                ("        if text:\n", '        print(f"{name}: {text}")\n        if text:\n'),
            )
        },
    ),
    server(
        "imports-threading-in-vain",
        "imports threading and serves everybody in one loop",
        THREADS,
        {"two-users"},
        loop(),
    ),
    server(
        "threads-to-be-counted",
        "starts an idle thread for each connection and serves everybody in one loop",
        THREADS,
        {"two-users"},
        loop((ACCEPTS, ACCEPTS + IDLE_THREAD)),
    ),
    server(
        "threads-that-tick",
        "starts a thread for each connection that wakes all the time to no purpose",
        THREADS,
        {"two-users"},
        loop((ACCEPTS, ACCEPTS + BUSY_THREADS)),
    ),
    server(
        "asyncio-behind-one-thread",
        "runs asyncio in a thread made by threading",
        THREADS,
        {"two-users"},
        f"{MARK}import threading\n\n\nclass Server(threading.Thread):\n    def run(self):\n"
        "        pass\n\n\nServer(daemon=True).start()\n" + ASYNC,
    ),
    server(
        "a-thread-class-of-its-own",
        "calls a class Thread that makes none",
        THREADS,
        {"two-users"},
        loop(
            (
                "\nclass Client:\n",
                "\nclass Thread:\n    def start(self):\n        pass\n\n\n"
                "for _ in range(9):\n    Thread().start()\n\n\nclass Client:\n",
            )
        ),
    ),
)
