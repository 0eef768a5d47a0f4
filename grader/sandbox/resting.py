"""Runs inside a student's process, before its file: its threads rest within what they do.

Not imported by the grader, which hands boot.py the text of this file. A lock that is missing shows:
each thread pauses every few lines of the student's file, ``path``, so that another one runs in the
middle of its work. The main thread and all that ``threading`` starts are traced
(``threading.settrace``); those that ``_thread`` starts are not.
"""

import itertools
import sys
import threading
import time
import types

TYPE_CHECKING = False
if TYPE_CHECKING:
    path = ""

LINES = 23  # between two rests; a prime, so that a short loop rests at another line each time
REST = 1e-6  # seconds; the system makes more of it

lines = itertools.count(1)  # of all threads; no lock: a line counted twice is no harm


def at_line(_frame: types.FrameType, _event: str, _arg: object) -> object:
    """Rest now and then."""
    if next(lines) % LINES == 0:
        time.sleep(REST)
    return at_line


def at_call(frame: types.FrameType, _event: str, _arg: object) -> object:
    """Trace the functions of the student's file."""
    return at_line if frame.f_code.co_filename == path else None


threading.settrace(at_call)  # type: ignore[arg-type]
sys.settrace(at_call)  # type: ignore[arg-type]
