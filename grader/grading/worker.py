"""The process in which the checks run: pytest inside, one JSON object a line outside.

``python -m grader.grading.worker PYTEST-OPTION ...`` writes events to standard output:

- ``{"event": "planned", "titles": {ID: TITLE}, "sandbox": {...}}``
- ``{"event": "started", "id": ID}`` and ``{"event": "finished", "result": {...}}``
- ``{"event": "done"}``

What pytest itself prints goes to standard error. When standard input ends, whoever asked
for the grading is gone: the worker stops, and ends everything that it started.
"""

from __future__ import annotations

import _thread
import json
import os
import signal
import sys
import threading
import time
from collections.abc import Generator
from typing import IO, Any

import pytest

from grader.grading import pytest_plugin
from grader.grading.pytest_plugin import check_id
from grader.sandbox import reaper

STOP_TIME = 5  # seconds for the checks to clean up once they are interrupted


class Streamer:
    """A pytest plugin that writes an event for everything that happens."""

    def __init__(self, out: IO[str], asker: int) -> None:
        self._out = out
        self._asker = asker  # a descriptor that ends with whoever asked for the grading

    def _write(self, event: str, **fields: Any) -> None:
        self._out.write(json.dumps({"event": event, **fields}, default=vars) + "\n")
        self._out.flush()

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Tell what will be run, and where; from here on listen for the end of the input."""
        # Not earlier: a process with two threads cannot make a user namespace.
        threading.Thread(target=_stop_with, args=(self._asker,), daemon=True).start()
        grading = session.config.stash[pytest_plugin.GRADING]
        self._write(
            "planned",
            titles={check_id(item): pytest_plugin.title(item) for item in session.items},
            sandbox=grading.sandbox,
        )

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Tell that a check begins, and how it ended."""
        self._write("started", id=check_id(item))
        result = yield
        found = item.config.stash[pytest_plugin.GRADING].results.get(check_id(item))
        if found is not None:  # none when it was interrupted
            self._write("finished", result=found)
        return result

    def pytest_sessionfinish(self, exitstatus: int) -> None:
        """Tell that nothing was left out."""
        if exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
            self._write("done")


def main(options: list[str]) -> int:
    """Run the checks; see the module's docstring."""
    for name in [name for name in os.environ if name.startswith("PYTEST_")]:
        del os.environ[name]
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    # A shell that starts jobs in the background makes them ignore Ctrl+C, which stops this one.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    # pytest takes the standard streams for itself; and what anything below prints must not
    # get between the events.
    asker, out = os.dup(0), os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    # Plain tracebacks and assertions: those that pytest makes take a tenth of a grading.
    base = ["-p", "no:cacheprovider", "-p", "pytest_timeout", "-q", "--tb=native", "--assert=plain"]
    checks = pytest_plugin.CHECKS
    base += ["-c", str(checks / "pytest.ini"), f"--rootdir={checks}", f"--confcutdir={checks}"]
    return int(pytest.main([*base, *options, str(checks)], plugins=[Streamer(out, asker)]))


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
    sys.exit(main(sys.argv[1:]))
