"""Submissions that take what they can get: processes, memory, files, time, output.

Each is bounded in itself too, so that an escape does limited harm.
"""

from __future__ import annotations

from submissions.hostile import APART, MARK, WALLS, Hostile, before_main, mute, reference

CHECKS = ("starts", "two-users")
FORKS = """\
import time
for _ in range(5000):
    try:
        if os.fork() == 0:
            time.sleep(600)
            os._exit(0)
    except OSError: break
"""
TREE = """\
import time
for _ in range(11):  # at most 2048
    try: os.fork()
    except OSError: break
else: time.sleep(600)
"""
THREADS = """\
for _ in range(5000):
    try: threading.Thread(target=time.sleep, args=(600,), daemon=True).start()
    except RuntimeError: break
"""
MEMORY = """\
taken = []
try:
    for _ in range(128): taken.append(bytearray(b"x" * (64 << 20)))  # 8 GiB at most
except MemoryError: pass
"""
DISK = """\
for number in range(4096):  # 4 GiB at most
    for folder in (".", "/tmp", "/dev/shm", "/var/tmp"):
        try:
            with open(f"{folder}/@TOKEN@-{number}", "wb") as file: file.write(bytes(1 << 20))
        except OSError: pass
"""
FILES = """\
opened = []
try:
    while len(opened) < 100000: opened.append(open("/dev/null"))
except OSError: pass
"""
OUTPUT = """\
def flood():
    try:
        while True: sys.stdout.write("PASS \\x1b[2J" * 4096 + "\\n")
    except OSError: pass
threading.Thread(target=flood, daemon=True).start()
"""
PORTS = """\
held = []
for number in range(1024, 65536):
    if number == PORT: continue
    try: held.append(socket.create_server(("127.0.0.1", number)))
    except OSError: pass
    if len(held) > 3500: break
"""
DEAF = """\
import signal
for number in signal.valid_signals():
    try: signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError): pass
"""
DAEMON = """\
import subprocess, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        {does}
        time.sleep(600)
    os._exit(0)
"""
EXECS = DAEMON.format(
    does="os.chdir('/'); os.execve(sys.executable, [sys.executable, '-c', "
    "'import time; time.sleep(600)', '@TOKEN@'], {})"
)
LISTENS = DAEMON.format(
    does="other = socket.create_server(('127.0.0.1', 14999)); os.closerange(0, 3)"
)
ITSELF = """\
if len(sys.argv) < 500:  # it ends after all
    os.execv(sys.executable, [sys.executable, "-I", "-S", __file__, *sys.argv[1:], "--"])
"""
SENDS_FOR_EVER = """\
def send_for_ever(user):
    try:
        while True: user.connection.sendall(b"x" * 65536 + b"\\n")
    except OSError: pass
"""


def row(name: str, attempts: str, attack: str, **options: frozenset[str]) -> Hostile:
    """A server that passes no messages on, with an attack in it."""
    files = {"tcp_server.py": mute(attack)}
    return Hostile(name, attempts, CHECKS, {"starts"}, files, **options)


def whole(name: str, attempts: str, text: str) -> Hostile:
    """A server that is nothing but the attack."""
    return Hostile(name, attempts, ("starts",), files={"tcp_server.py": MARK + text})


RESOURCES = (
    row("fork-bomb", "forks as often as it can", FORKS, stopped_at=APART),
    row("fork-tree", "forks children that fork", TREE, stopped_at=APART),
    row("thread-bomb", "starts as many threads as it can", THREADS, stopped_at=APART),
    row("memory-hog", "takes as much memory as it can", MEMORY, stopped_at=WALLS),
    row("disk-hog", "fills every folder that it can write to", DISK, stopped_at=WALLS),
    row("file-hog", "opens as many files as it can", FILES),
    row("output-flood", "prints without end", OUTPUT),
    row("listens-everywhere", "listens on all the ports that it can get", PORTS),
    row("deaf-to-signals", "ignores all signals", DEAF),
    row("leaves-a-daemon", "leaves a process behind, with its pipes open", DAEMON.format(does="")),
    row("leaves-a-daemon-elsewhere", "leaves a process that is another program by then", EXECS),
    row("leaves-a-listening-daemon", "leaves a process that listens", LISTENS),
    row("becomes-itself", "starts itself in its own place again and again", ITSELF),
    whole(
        "holds-the-interpreter",
        "keeps the interpreter busy in one step that nothing interrupts",
        "import re\nre.match('(a*)*b', 'a' * 64)\n",
    ),
    whole(
        "spins-with-many-threads",
        "keeps many threads busy without end",
        "import threading\ndef spin():\n    while True: pass\n"
        "for _ in range(8): threading.Thread(target=spin).start()\n",
    ),
    whole(
        "starves-itself",
        "gives way to busy processes of its own, so that the machine seems to have no time for it",
        "import os\nfor _ in range(8):\n    if os.fork() == 0:\n        while True: pass\n"
        "os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))\nwhile True: pass\n",
    ),
    whole("sleeps-for-hours", "sleeps", "import time\ntime.sleep(36000)\n"),
    whole(
        "stops-itself",
        "stops itself",
        "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)\n",
    ),
    whole(
        "runs-out-of-stack",
        "recurses until it crashes",
        "import sys\nsys.setrecursionlimit(10**9)\n"
        "class Deep:\n    def __repr__(self): return repr(self)\nrepr(Deep())\n",
    ),
    Hostile(
        "socket-flood",
        "sends without end to whoever comes",
        ("two-users",),
        set(),
        {
            "tcp_server.py": before_main(
                SENDS_FOR_EVER,
                reference(
                    "tcp_server.py",
                    ("            relay(user, lines)\n", "            send_for_ever(user)\n"),
                ),
            )
        },
    ),
    Hostile(
        "client-flood",
        "sends without end to the server",
        ("client-sends",),
        set(),
        {
            "tcp_client.py": reference(
                "tcp_client.py",
                (
                    '            send_line(connection, f"{name}: {text}")\n',
                    "            while True:\n"
                    '                send_line(connection, "x" * 65536)\n',
                ),
            )
        },
    ),
    Hostile(
        "client-trickle",
        "sends a little to the server, again and again without end",
        ("client-sends",),
        set(),
        {
            "tcp_client.py": reference(
                "tcp_client.py",
                (
                    '            send_line(connection, f"{name}: {text}")\n',
                    "            import time\n"
                    "            while True:\n"
                    '                send_line(connection, "x")\n'
                    "                time.sleep(0.001)\n",
                ),
            )
        },
    ),
    Hostile(
        "udp-flood",
        "sends datagrams without end to whoever comes",
        ("two-users",),
        set(),
        {
            "udp_server.py": reference(
                "udp_server.py",
                (
                    "                send_to_others(server, text, address)",
                    '                while True: send(server, "x" * 60000, address)',
                ),
            )
        },
        "udp",
    ),
)
