"""How a student's process is isolated: three levels, and which of them this machine has.

``namespaces``  bubblewrap: its own processes, files and network; nothing of the grader in sight
``user``        a user of its own, where the grader is root; files closed by Landlock if possible
``limits``      limits on what it may use; files closed by Landlock where the kernel has it
"""

from __future__ import annotations

import contextlib
import os
import sys
from dataclasses import replace

from grader.fact import Fact, FactError, fact
from grader.sandbox import LEVELS, bubblewrap, landlock, pseudo_terminal
from grader.sandbox.box import Box, scratch_folder
from grader.sandbox.free_port import FreePorts
from grader.submission.intake import LISTED, READABLE

FIRST_UID, UIDS = 20000, 40000  # nobody's on an ordinary system
TRIAL_TIME = 30  # seconds
# It finds what lies beside it, whoever it runs as; and how it ends can be known: where a parent
# has children waited for by nobody, every status would be 0.
TRIAL_STATUS = 7
TRIAL = {
    "trial.py": f"import beside, socket, threading\nraise SystemExit({TRIAL_STATUS})\n",
    "beside.py": "",
}


class Unavailable(FactError):
    """A level that this machine does not have; the fact says why, and what to do."""


def choose(wanted: str = "auto", *, portable: bool = False) -> tuple[Box, Fact | None]:
    """The level asked for, or the best available one; and what was missing for a better one.

    ``portable`` asks for what every system has. Raises Unavailable when the level asked for
    cannot be had.
    """
    if portable:
        return Box("limits", "open"), None
    missing: list[Fact] = []
    for level in LEVELS if wanted == "auto" else (wanted,):
        try:
            box = replace(_box(level), terminals=pseudo_terminal.available())
            return box, next(iter(missing), None)
        except Unavailable as error:
            missing.append(fact("no-level", level=level, reason=error.fact))
    raise Unavailable(missing[0])


def _box(level: str) -> Box:
    """A box of this level. Raises Unavailable."""
    root = sys.platform != "win32" and os.geteuid() == 0
    uid = FIRST_UID + os.getpid() % UIDS if root else 0
    if level == "namespaces":
        if sys.platform != "linux":
            raise Unavailable(fact("linux-alone"))
        if not bubblewrap.program():
            raise Unavailable(fact("bubblewrap-missing"))
        return _strictest(Box(level, "private", uid), "bubblewrap-fails")
    if level == "user":
        if not root:
            raise Unavailable(fact("root-alone"))
        files = "landlock" if landlock.version() else "open"
        return _strictest(Box(level, files, uid), "python-out-of-reach", folder=sys.base_prefix)
    if landlock.version():
        with contextlib.suppress(Unavailable):
            return _strictest(Box(level, "landlock"), "landlock-fails")
    if sys.platform == "linux":
        with contextlib.suppress(Unavailable):
            return _strictest(Box(level, "open"), "landlock-fails")
    return Box(level, "open")


def _strictest(box: Box, complaint: str, **arguments: str) -> Box:
    """The box itself, strict if a program comes through that. Raises Unavailable."""
    if sys.platform == "linux":
        with contextlib.suppress(Unavailable):
            return _proven(replace(box, strict=True), complaint, **arguments)
    return _proven(box, complaint, **arguments)


def _proven(box: Box, complaint: str, **arguments: str) -> Box:
    """The box itself, if a program comes through it. Raises Unavailable."""
    with scratch_folder() as folder:
        (shown := folder / "trial").mkdir()
        for name, text in TRIAL.items():
            (shown / name).write_text(text, encoding="utf-8")
            (shown / name).chmod(READABLE)
        shown.chmod(LISTED)
        (room := folder / "room").mkdir()
        try:
            process = box.start(shown / "trial.py", [], room, FreePorts().fresh())
        except OSError as error:
            raise Unavailable(fact(complaint, reason=str(error), **arguments)) from None
        try:
            process.wait(TRIAL_TIME)
        finally:
            process.end()
        lines = process.stderr.read().decode(errors="replace").strip().splitlines()
        process.close()
    if process.status == TRIAL_STATUS:
        return box
    reason = lines[-1] if lines else str(process.status)
    raise Unavailable(fact(complaint, reason=reason, **arguments))
