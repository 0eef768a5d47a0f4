"""Grading, with a line on the terminal that says how far it has got."""

from __future__ import annotations

import sys
import threading

from grader.grading import runner
from grader.grading.request import Request
from grader.reports.terminal.console import make_console
from grader.reports.terminal.live import Live
from grader.result.grade import GradeResult


def grade(request: Request, stop: threading.Event | None = None) -> GradeResult:
    """What a grading finds. Raises Stopped when ``stop`` is set meanwhile, by another thread."""
    with Live(make_console(sys.stderr), request.planned()) as live:
        return runner.grade(request, live, stop)
