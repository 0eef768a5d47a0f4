"""The process in which the checks run: pytest inside, one JSON object a line outside.

``python -m grader.grading.worker`` reads a request, one line of JSON, from its standard input and
writes events to its standard output, one line for each of :mod:`grader.grading.events`.

pytest's own output goes to standard error. Standard input stays open: when it ends, the outer
process is gone, so the worker stops, and ends everything that it started.
"""

from __future__ import annotations

import _thread
import functools
import os
import signal
import sys
import threading
import time
from collections.abc import Generator
from typing import BinaryIO

import pytest

from grader.assignment import modes
from grader.grading import request
from grader.grading.events import Done, Event, Finished, Planned, Started
from grader.grading.pytest_plugin.check_run import CHECK_RUN
from grader.grading.pytest_plugin.configuration import REQUEST, RequestGiven
from grader.grading.pytest_plugin.selection import check_id, title
from grader.grading.pytest_plugin.side_by_side import SideBySide, Telling
from grader.grading.titles import CHECKS
from grader.result import codec
from grader.sandbox import limits, reaper

STOP_TIME = 5  # seconds for the checks to clean up once they are interrupted


class EventWriter(Telling):
    """A pytest plugin that writes an event for everything that happens."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._told: set[str] = set()  # ids; other checks run because these need them
        self._begun: set[str] = set()

    def write(self, event: Event) -> None:
        """Tell one thing."""
        self._out.write(codec.encode(event) + b"\n")
        self._out.flush()

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Tell what will be run, and where."""
        self._told = set(session.config.stash[REQUEST].planned())
        told = [item for item in session.items if check_id(item) in self._told]
        titles = {check_id(item): title(item) for item in told}
        self.write(Planned(titles, session.config.stash[CHECK_RUN].sandbox))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Tell that a check begins, and how it ended."""
        self.begun(item)
        reported = yield
        self.judged(item)
        return reported

    def begun(self, item: pytest.Item) -> None:
        """Tell that a check begins, once."""
        id_ = check_id(item)
        if id_ in self._told and id_ not in self._begun:
            self._begun.add(id_)
            self.write(Started(id_))

    def judged(self, item: pytest.Item) -> None:
        """Tell how a check has ended, once."""
        id_ = check_id(item)
        result = item.config.stash[CHECK_RUN].results.get(id_)
        if id_ in self._told and result is not None:  # none when it was interrupted
            self._told.remove(id_)
            self.write(Finished(result))

    def mute(self) -> None:
        """Tell nothing of what happens in this process from now on."""
        self._told.clear()

    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        """Tell that nothing was left out."""
        if exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
            self.write(Done(tuple(session.config.stash[CHECK_RUN].remarks)))


def main() -> int:
    """Run the checks; see the module's docstring."""
    for name in [name for name in os.environ if name.startswith("PYTEST_")]:
        del os.environ[name]
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    limits.undo_those_of_parents()
    # A shell that starts jobs in the background makes them ignore Ctrl+C, which stops this one.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    # pytest takes the standard streams for itself; and what anything below prints must not
    # get between the events.
    asker, out = os.dup(0), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    try:
        with open(asker, "rb", buffering=0, closefd=False) as lines:
            asked = request.loads(lines.readline())
    except ValueError as error:
        sys.stderr.write(f"request: {error}\n")
        return int(pytest.ExitCode.USAGE_ERROR)
    if asked.mode == modes.OWN:
        # Imported where it is needed: it takes longer than what the other mode needs of it.
        from grader.grading.own import worker as own_worker

        own_worker.run(asked, EventWriter(out).write, functools.partial(_listen, asker))
        return 0
    # Plain tracebacks and assertions: those that pytest makes take a tenth of a grading.
    options = ["-p", "no:cacheprovider", "-p", "pytest_timeout", "-q"]
    options += ["--tb=native", "--assert=plain"]
    options += ["-c", str(CHECKS / "pytest.ini"), f"--rootdir={CHECKS}", f"--confcutdir={CHECKS}"]
    events = EventWriter(out)
    listen = functools.partial(_listen, asker)
    plugins = [RequestGiven(asked), events, SideBySide(asked.jobs, asker, events, listen)]
    return int(pytest.main([*options, str(CHECKS)], plugins=plugins))


def _listen(asker: int) -> None:
    """Stop, from now on, once the input is at its end."""
    # Not earlier: a process with two threads cannot make a user namespace.
    threading.Thread(target=_stop_with, args=(asker,), daemon=True).start()


def _stop_with(asker: int) -> None:
    while os.read(asker, 4096):
        pass
    _thread.interrupt_main()
    # It may come at any moment, also where it leaves a lock locked that cleaning up needs. This
    # thread ends with the process; if the process has not ended by then, it never will.
    time.sleep(STOP_TIME)
    reaper.end_orphans()
    os._exit(pytest.ExitCode.INTERRUPTED)


if __name__ == "__main__":
    sys.exit(main())
