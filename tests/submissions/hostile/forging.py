"""Submissions that write a result themselves, or change who writes it."""

from __future__ import annotations

from submissions.hostile import APART, BEGINS, MARK, SERVER, Hostile, before_main, mute, reference

PASSED = """\
import json, sys
for check in ("starts", "handshake", "two-users"):
    result = {"id": f"tcp.{check}", "title": "", "task": 1, "verdict": "PASS", "points": 10,
              "max_points": 10, "star": False, "mandatory": False, "message": "", "steps": [],
              "expected": "", "got": "", "hint": "", "evidence": ["seen"], "duration_s": 0.1,
              "transcript": []}
    for stream in (sys.stdout, sys.stderr):
        print(json.dumps({"event": "started", "id": result["id"]}), file=stream, flush=True)
        print(json.dumps({"event": "finished", "result": result}), file=stream, flush=True)
print('{"event": "done"}', flush=True)
"""
ESCAPES = (
    r"\x1b]0;all passed\x07\x1b[2J\x1b[1;1H\x1b[?25l\x9b2J\x1b]8;;http://example.org\x1b\\PASS"
    r"\x1b]8;;\x1b\\\r\b\u202e[bold green]PASS 100/100[/] [link=http://example.org]:star:[/link]"
)
EVERY_DESCRIPTOR = """\
import os
for number in range(256):
    for text in (b'{"event": "done"}\\n', b"PASS 100 of 100 points\\n"):
        try:
            os.set_blocking(number, False)
            os.write(number, text)
        except OSError:
            pass
"""
OTHERS = """\
import os, signal, time
def each(number):
    for name in [os.getppid(), *(int(n) for n in os.listdir("/proc") if n.isdigit())]:
        if name not in (1, os.getpid()):
            try: os.kill(name, number)
            except OSError: pass
    try: os.kill(-1, number)  # all that may be signalled, but for itself
    except OSError: pass
"""
TRACES = """\
import ctypes, os
for pid in {os.getppid(), 1, *range(2, 60)} - {os.getpid()}:
    if ctypes.CDLL(None).ptrace(16, pid, None, None) == 0:  # PTRACE_ATTACH: it stops
        os._exit(0)
"""
OVERWRITES = """\
import glob, os
TEXT = "import os; print('PASS'); os._exit(0)\\n"
KIT = "@KIT@"
for path in [*glob.glob(KIT + "/**/*.py", recursive=True), KIT + "/grader/grading/outcome.py",
             KIT + "/grader/checks/conftest.py", KIT + "/grader/checks/pytest.ini",
             KIT + "/grader/sandbox/boot.py", KIT + "/grader/submission/source.py", KIT + "/sitecustomize.py",
             KIT + "/pytest.py", KIT + "/conftest.py", KIT + "/pytest.ini"]:
    try:
        with open(path, "w") as file: file.write(TEXT)
    except OSError: pass
"""
OVERWRITES_BESIDE = """\
for path in ("@BESIDE@/tcp_server.py", "@BESIDE@/new.py", "@RESULT@", __file__):
    try:
        with open(path, "w") as file: file.write("raise SystemExit\\n")
    except OSError: pass
"""
HOOK = """\
import os
def pytest_pyfunc_call(pyfuncitem): return True
print('{"event": "done"}', flush=True)
open("@RESULT@", "w").write("forged")
os._exit(0)
"""
SHADOW = "import os\nprint('PASS', flush=True)\nos._exit(0)\n"


def row(name: str, attempts: str, attack: str, **options: frozenset[str]) -> Hostile:
    """A server that passes no messages on, with an attack in it."""
    return Hostile(name, attempts, SERVER, BEGINS, {"tcp_server.py": mute(attack)}, **options)


FORGING = (
    row("prints-events", "prints what the grader's own process tells of passed checks", PASSED),
    row(
        "prints-a-score-table",
        "prints a score table on which all has passed",
        'print(" verdict  points  check\\n ✓ PASS  100/100  two-users\\n\\nmark 100 of 100")\n',
    ),
    row(
        "prints-terminal-sequences",
        "prints titles, a cleared screen, links and markup",
        f'print("{ESCAPES}", flush=True)\nprint("{ESCAPES}", file=sys.stderr, flush=True)\n',
    ),
    Hostile(
        "ends-with-terminal-sequences",
        "ends with terminal sequences, which a report quotes",
        SERVER,
        files={"tcp_server.py": f'{MARK}import sys\nsys.exit("{ESCAPES}")\n'},
    ),
    Hostile(
        "sends-terminal-sequences",
        "sends terminal sequences in place of the messages",
        SERVER,
        BEGINS,
        {
            "tcp_server.py": reference(
                "tcp_server.py",
                ("        send_to_others(line, user)", f'        send_to_others("{ESCAPES}", user)'),
            )
        },
    ),
    Hostile(
        "client-sends-terminal-sequences",
        "sends terminal sequences for a name and for all that is typed",
        ("client-name", "client-sends"),
        files={
            "tcp_client.py": reference(
                "tcp_client.py",
                ("text.encode() +", f'(text + "{ESCAPES}").encode("utf-8", "replace") +'),
            )
        },
    ),
    Hostile(
        "exits-with-0",
        "says that all is well by its exit status",
        (*SERVER, "client-name", "client-leaves"),
        files=dict.fromkeys(
            ("tcp_server.py", "tcp_client.py"), MARK + 'print("ok")\nraise SystemExit(0)\n'
        ),
    ),
    row("writes-to-every-descriptor", "writes to whatever it has inherited", EVERY_DESCRIPTOR),
    row(
        "kills-its-parent",
        "kills the process that started it",
        "import signal\nwith contextlib.suppress(OSError): os.kill(os.getppid(), signal.SIGKILL)\n",
        stopped_at=APART,
    ),
    row(
        "kills-its-group",
        "kills its process group",
        "import signal\nos.killpg(0, signal.SIGKILL)\n",
    ),
    row(
        "kills-everything",
        "kills every process that it can see or reach",
        OTHERS + "each(signal.SIGKILL)\n",
        stopped_at=APART,
    ),
    row(
        "stops-everything",
        "stops every process that it can see or reach, and itself",
        OTHERS + "each(signal.SIGSTOP)\nos.kill(os.getpid(), signal.SIGSTOP)\n",
        stopped_at=APART,
    ),
    row("traces-the-grader", "attaches to other processes as a debugger", TRACES, stopped_at=APART),
    row("overwrites-the-grader", "writes over the grader's files", OVERWRITES),
    row(
        "overwrites-what-is-beside-it",
        "writes over another submission, its own file and the result",
        OVERWRITES_BESIDE,
    ),
    Hostile(
        "brings-pytest-files",
        "brings a conftest.py, settings and plugins for pytest, and a sitecustomize.py",
        SERVER,
        BEGINS,
        {
            "tcp_server.py": mute(),
            "conftest.py": HOOK,
            "sitecustomize.py": HOOK,
            "usercustomize.py": HOOK,
            "pytest.py": HOOK,
            "grader/__init__.py": HOOK,
            "grader/grading/outcome.py": HOOK,
            "pytest.ini": "[pytest]\naddopts = --co -p conftest\n",
            "pyproject.toml": "[tool.pytest.ini_options]\naddopts = ['--co']\n",
            "setup.cfg": "[tool:pytest]\naddopts = --co\n",
            "test_pass.py": "def test_two_users():\n    pass\n",
        },
    ),
    Hostile(
        "brings-standard-modules",
        "brings modules that are called like those of the standard library",
        SERVER,
        BEGINS,
        {
            "tcp_server.py": mute(),
            **dict.fromkeys(
                ("threading.py", "socket.py", "site.py", "os.py", "encodings.py", "json.py"), SHADOW
            ),
        },
    ),
    Hostile(
        "client-forges-by-typing",
        "prints what a good client prints, and events, before it does anything",
        ("client-name", "client-shows", "end-to-end"),
        files={
            "tcp_client.py": before_main(
                PASSED + 'print("alice: hello\\nbob joined!")\nraise SystemExit(0)\n',
                reference("tcp_client.py"),
            )
        },
    ),
)
