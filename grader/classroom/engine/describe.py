"""What a machine grades with: asked of every machine of a cluster before anything is graded.

``python -m grader.classroom.engine.describe LEVEL`` prints it as one line of JSON; LEVEL is a level
of the sandbox, "auto" or "portable".
"""

from __future__ import annotations

import platform
import subprocess
import sys

import msgspec

from grader import start
from grader.classroom.keys import fingerprint
from grader.sandbox import levels

COMMAND = (sys.executable, "-B", start.__file__, "grader.classroom.engine.describe")
PATIENCE = 120  # seconds
PORTABLE = "portable"


class Machine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a machine grades with."""

    grader: str  # fingerprint
    python: str
    level: str  # of the sandbox; empty where the one asked for is not there


def python() -> str:
    """The Python of this process, such as "3.11"."""
    return ".".join(platform.python_version_tuple()[:2])


def described(wanted: str) -> Machine:
    """What this machine grades with."""
    portable = wanted == PORTABLE
    try:
        level = levels.choose("auto" if portable else wanted, portable=portable)[0].level
    except levels.Unavailable:
        level = ""
    return Machine(fingerprint(), python(), level)


def of_this_machine(wanted: str) -> bytes:
    """The same as JSON, found out by a process of its own: a worker of a cluster has threads."""
    command = [*COMMAND, wanted]
    env = start.environment()
    return subprocess.run(
        command, stdout=subprocess.PIPE, env=env, timeout=PATIENCE, check=True
    ).stdout


if __name__ == "__main__":
    sys.stdout.buffer.write(msgspec.json.encode(described(sys.argv[1])))
