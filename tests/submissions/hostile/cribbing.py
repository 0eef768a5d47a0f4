"""Submissions that look for the answer, for what the grader knows, or for the grader."""

from __future__ import annotations

from submissions.hostile import MARK, SERVER, Hostile, mute, only_if, reference

RUNS = """\
import glob, os, sys
def run(path):
    try:
        with open(path, encoding="utf-8") as file: source = file.read()
    except (OSError, ValueError): return
    if "MAX_WAITING" in source and "MAX_" + "WAITING" in source and path != __file__:
        exec(compile(source, path, "exec"), {"__name__": "__main__", "__file__": path})
"""
ABOVE = """\
for start in (os.path.abspath(__file__), os.path.abspath(sys.argv[0]), os.getcwd()):
    while start != "/":
        start = os.path.dirname(start)
        run(start + "/reference/tcp_server.py")
"""
EVERYWHERE = """\
left = 20000  # folders
for folder, below, files in os.walk("/"):
    left -= 1
    if not left: break
    if folder in ("/proc", "/sys", "/usr"): below[:] = []
    if "tcp_server.py" in files: run(folder + "/tcp_server.py")
"""
BESIDE = """\
for path in ("@BESIDE@/tcp_server.py", *glob.glob(os.path.dirname(__file__) + "/../*/*.py"),
             *glob.glob("../*/*.py"), *glob.glob("../*/*/*.py")):
    run(path)
"""
OTHER_PROCESSES = """\
for cwd in glob.glob("/proc/[0-9]*/cwd"):
    for path in ("/tcp_server.py", "/reference/tcp_server.py", "/../reference/tcp_server.py"):
        run(cwd + path)
    root = cwd[:-3] + "root"
    for path in ("@KIT@/reference/tcp_server.py", "@BESIDE@/tcp_server.py"):
        run(root + path)
"""
IMPORTS = """\
def found():
    import sys
    sys.path.insert(0, "@KIT@")
    for name in ("grader.assignment.rubric", "grader.chat.transcript", "grader.sandbox.clock", "reference.tcp_server"):
        try: __import__(name)
        except Exception: continue
        return True
"""
OTHERS_MEMORY = """\
import glob, os
def found():
    words = {words}
    for path in glob.glob("/proc/[0-9]*/{file}"):
        if path.split("/")[2] == str(os.getpid()): continue
        try:
            with open(path, "rb") as file: text = file.read(65536)
        except OSError: continue
        if any(word in text for word in words): return True
"""
GRADED = """\
import os, sys
def found():
    if any(n.startswith(("PYTEST", "GRADE", "NOX", "VIRTUAL_ENV")) for n in os.environ): return True
    if {"pytest", "grader", "rich"} & set(sys.modules): return True
    try:
        with open(f"/proc/{os.getppid()}/cmdline", "rb") as file: parent = file.read()
    except OSError: parent = b""
    return b"pytest" in parent or b"grader.grading.worker" in parent
"""
GRADERS_PLACES = """\
import os
def found():
    for path in ("@KIT@", "@KIT@/grader", "@KIT@/grader/checks/test_messages.py", "@BESIDE@"):
        try:
            if os.path.isdir(path): os.listdir(path)
            else: open(path).close()
        except OSError: continue
        return True
"""
PACKAGES = """\
def found():
    for name in ("pytest", "rich", "psutil", "_pytest"):
        try: __import__(name)
        except Exception: continue
        return True
"""
# Three clients that pass messages to each other by themselves, on ports that they agree on.
BEHIND = """\
import select
PORTS = range(5001, 5007)
aside = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
for port in PORTS:
    try: aside.bind(("127.0.0.1", port))
    except OSError: continue
    break
def hear():
    while True: print(aside.recv(65536).decode(), flush=True)
threading.Thread(target=hear, daemon=True).start()
original = send_line
def send_line(connection, text):
    original(connection, text)
    for port in PORTS:
        if port != aside.getsockname()[1]: aside.sendto(text.encode(), ("127.0.0.1", port))
"""


def runs(name: str, attempts: str, search: str) -> Hostile:
    """A program of nothing but a search for the answer, which it runs."""
    return Hostile(name, attempts, SERVER, files={"tcp_server.py": MARK + RUNS + search})


def gated(name: str, attempts: str, found: str) -> Hostile:
    """The reference, which begins only if the attack has found what it looks for."""
    return Hostile(name, attempts, SERVER, files={"tcp_server.py": only_if(found)})


CRIBBING = (
    runs("runs-the-reference-above-it", "looks for reference/ in all folders above", ABOVE),
    runs(
        "runs-the-reference",
        "knows where the kit is and runs its reference",
        'run("@KIT@/reference/tcp_server.py")\n',
    ),
    runs("searches-everywhere", "walks through all folders for a server to run", EVERYWHERE),
    runs("runs-what-is-beside-it", "runs another submission", BESIDE),
    runs(
        "runs-through-other-processes",
        "reaches the folders of other processes by /proc",
        OTHER_PROCESSES,
    ),
    gated("imports-the-grader", "imports the grader and the reference", IMPORTS),
    gated("imports-its-packages", "imports the packages of the grader", PACKAGES),
    gated("reads-the-grader", "reads the checks, or lists the kit or another submission", GRADERS_PLACES),
    gated(
        "reads-environments",
        "reads the environment of other processes",
        OTHERS_MEMORY.format(file="environ", words='(b"CHAT_LAB_SECRET", b"PYTEST")'),
    ),
    gated(
        "reads-command-lines",
        "reads the seed in the command lines of other processes",
        OTHERS_MEMORY.format(file="cmdline", words='(b"--seed", b"grader.grading.worker", b"@RESULT@")'),
    ),
    gated("works-only-when-graded", "looks whether it is graded, and works only then", GRADED),
    Hostile(
        "reads-its-own-folder-for-more",
        "imports the answer from a folder that it links to",
        SERVER,
        files={"tcp_server.py": MARK + "from answer.tcp_server import main\nmain()\n"},
        make=lambda folder, places: (folder / "answer").symlink_to(places.kit / "reference"),
    ),
    Hostile(
        "clients-talk-behind-the-server",
        "passes messages from client to client, past a server that passes nothing on",
        ("end-to-end", "two-users"),
        files={
            "tcp_server.py": mute(),
            "tcp_client.py": reference(
                "tcp_client.py",
                (
                    "\n\ndef receive(lines):\n",
                    "\n\n" + BEHIND + "\n\ndef receive(lines):\n",
                ),
            ),
        },
    ),
)
