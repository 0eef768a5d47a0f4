"""Submissions that reach past their walls, or leave behind what outlives them."""

from __future__ import annotations

from submissions.hostile import BEGINS, MARK, SERVER, Hostile, mute, only_if, reference

LIBC = "import ctypes, os\nlibc = ctypes.CDLL(None, use_errno=True)\n"
ROOT_AGAIN = f"{LIBC}def found(): return libc.unshare(0x10000000) == 0  # CLONE_NEWUSER\n"
LIMITS = """\
import os, resource
for kind in (resource.RLIMIT_NOFILE, resource.RLIMIT_DATA, resource.RLIMIT_CPU):
    try: resource.prlimit(os.getppid(), kind, (1, 1))
    except OSError: pass
"""
SLOWS = """\
import os
for call in (lambda: os.sched_setaffinity(os.getppid(), {0}),
             lambda: os.sched_setscheduler(os.getppid(), os.SCHED_IDLE, os.sched_param(0)),
             lambda: os.setpriority(os.PRIO_PROCESS, os.getppid(), 19)):
    try: call()
    except OSError: pass
"""
OBJECTS = LIBC + """\
libc.shmget(0, 4096, 0o1600)
libc.semget(0, 1, 0o1600)
libc.msgget(0, 0o1600)
"""
DEEP = """\
import os
at = os.open(".", os.O_RDONLY)
for _ in range(20000):
    os.mkdir("d", dir_fd=at)
    below = os.open("d", os.O_RDONLY, dir_fd=at)
    os.close(at)
    at = below
"""
CLOSED = """\
import fcntl, os
for name in ("a", "b", "c"):
    os.makedirs(name + "/below")
    with open(name + "/below/file", "w") as file: file.write("x")
    for path in (name + "/below/file", name + "/below", name):
        opened = os.open(path, os.O_RDONLY)
        try: fcntl.ioctl(opened, 0x40086602, b"\\x10\\0\\0\\0\\0\\0\\0\\0")  # immutable
        except OSError: pass
        try: os.fchmod(opened, 0)
        except OSError: pass
        os.close(opened)
    os.mkdir(name + "-closed", 0)
os.chmod(".", 0)
"""
MODES = """\
import os
for path in ("@KIT@", "@KIT@/grader/checks", "@KIT@/grader/sandbox/boot.py", "@BESIDE@",
             "@BESIDE@/tcp_server.py", os.path.dirname(__file__), __file__, ".."):
    try: os.chmod(path, 0)
    except OSError: pass
    try: os.setxattr(path, "user.hostile", b"1")
    except OSError: pass
"""
DESCRIPTORS = """\
import os, socket
held = []
def take(*makers):
    for make in makers:
        try:
            while True: held.append(make())
        except OSError: pass
for _ in range(3):
    if os.fork() == 0: break
    take(socket.socketpair, os.pipe, lambda: open("/dev/null"))
for thing in held[:64]:
    if isinstance(thing, tuple) and isinstance(thing[0], int): os.close(thing[0]); os.close(thing[1])
    elif isinstance(thing, tuple): thing[0].close(); thing[1].close()
    else: thing.close()
"""
# Clients that say all to each other at names that they agree on, and nothing to the server.
MEET = """\
PLACES = [f"\\0@TOKEN@-{number}" for number in range(6)]
aside = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
for place in PLACES:
    try: aside.bind(place)
    except OSError: continue
    break
def hear():
    while True: print(aside.recv(65536).decode(), flush=True)
threading.Thread(target=hear, daemon=True).start()
original = send_line
def send_line(connection, text):
    if ":" not in text: return original(connection, text)
    for other in PLACES:
        if other != place:
            try: aside.sendto(text.encode(), other)
            except OSError: pass
"""


def row(name: str, attempts: str, attack: str) -> Hostile:
    """A server that passes no messages on, with an attack in it."""
    return Hostile(name, attempts, SERVER, BEGINS, {"tcp_server.py": mute(attack)})


ESCAPING = (
    Hostile(
        "becomes-root-in-a-namespace",
        "makes a user namespace, and begins only if it may",
        SERVER,
        files={"tcp_server.py": only_if(ROOT_AGAIN)},
    ),
    row("limits-its-parent", "takes files, memory and time from the process that started it", LIMITS),
    row("slows-its-parent", "takes the processors from the process that started it", SLOWS),
    row("leaves-shared-memory", "leaves shared memory, semaphores and a queue of the kernel's", OBJECTS),
    row("leaves-a-deep-folder", "leaves folders in folders, more than can be recursed into", DEEP),
    row("leaves-closed-folders", "leaves folders that may not be read, changed or removed", CLOSED),
    row("closes-others-files", "takes all rights from the files of the grader and of others", MODES),
    row("descriptor-hog", "opens files, pipes and sockets in several processes", DESCRIPTORS),
    Hostile(
        "clients-meet-at-abstract-sockets",
        "passes messages from client to client at sockets beside the network",
        ("two-users", "end-to-end"),
        {"two-users"},
        {
            "tcp_server.py": MARK + reference("tcp_server.py"),
            "tcp_client.py": reference(
                "tcp_client.py",
                ("\n\ndef receive(lines):\n", "\n\n" + MEET + "\n\ndef receive(lines):\n"),
            ),
        },
    ),
)
