"""``--watch``: grades again on each save, first the checks that have not passed yet."""

from __future__ import annotations

import contextlib
import importlib.util
import sys
import threading
from argparse import Namespace
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import final

import msgspec

from grader.assignment import rubric
from grader.assignment.check_ids import check_id
from grader.assignment.variants import VARIANTS, Role
from grader.cli import last_run
from grader.cli.exit_status import CannotGoOn
from grader.cli.keys import Keys
from grader.cli.last_run import Verdicts
from grader.cli.progress import grade
from grader.fact import FactError
from grader.grading import runner
from grader.grading.options import request_of, usual_folder
from grader.grading.request import Request
from grader.language import _
from grader.reports.sentences import say
from grader.reports.terminal.console import make_console
from grader.reports.terminal.screen import END, Screen
from grader.result.grade import GradeResult
from grader.result.verdict import Verdict

PRESS = 0.1  # seconds between two looks at the keyboard
LOOK = 1.0  # seconds between two looks at the files, whatever the system tells
STOP_TIME = 2.0  # seconds for its thread to end


class Unavailable(CannotGoOn):
    """Nothing can be watched; the text says what is missing."""


def run(options: Namespace) -> None:
    """Grade again and again; Ctrl+C ends it. In the middle of a grading, it is raised."""
    if importlib.util.find_spec("watchfiles") is None:
        line = _("--watch needs the package watchfiles; install it with: {command}")
        raise Unavailable(line.format(command=f"{sys.executable} -m pip install watchfiles"))
    if not (options.path or options.server or options.client):
        options.path = str(usual_folder())  # also once it is gone: another one is not meant
    request = request_of(options)
    before = {} if options.no_cache else last_run.recall(request)
    with Saves(request) as saves, Keys() as keys:
        screen = Screen(
            make_console(), trace=options.trace, only_next=options.next, keys=keys.are_there
        )
        while True:
            saves.saved.clear()
            result = _graded(options, before, saves.saved, screen)
            saves.idle = partial(_answer, keys, screen, result) if keys.are_there else None
            try:
                if result is not None:
                    screen.draw(result, before)
                    before = last_run.merged(before, result)
                    if not options.no_cache:
                        last_run.remember(request, before)
                saves.wait()
            except KeyboardInterrupt:
                return


def _answer(keys: Keys, screen: Screen, result: GradeResult | None) -> None:
    """Do what a key asks for. Raises KeyboardInterrupt for the one that ends it."""
    key = keys.pressed()
    if key and key in END:
        raise KeyboardInterrupt
    if key and result is not None:
        screen.answer(key, result)


def _graded(
    options: Namespace, before: Verdicts, stop: threading.Event, screen: Screen
) -> GradeResult | None:
    """What a grading finds; None where a save stopped it, or where nothing can be graded now."""
    try:
        request = msgspec.structs.replace(request_of(options), first=first(before))
    except FactError as error:
        problem = say(error.fact)
        screen.say(_("{problem}; waiting for the next save").format(problem=problem))
        return None
    try:
        result = grade(request, stop)
    except runner.Stopped:
        return None
    if result.interrupted:
        raise KeyboardInterrupt
    return result


def first(before: Verdicts) -> frozenset[str]:
    """The checks that have not passed yet, with all that they need.

    So each of them ends as it does in the order of the rubric.
    """
    ids = set()
    for variant in VARIANTS:
        rows = rubric.rows(variant)
        verdicts = {row.name: before.get(check_id(variant.name, row.name)) for row in rows}
        names = {name for name, verdict in verdicts.items() if verdict is not Verdict.PASS}
        for row in reversed(rows):  # what a check needs stands above it
            if row.name in names:
                names |= set(row.needs)
        ids |= {check_id(variant.name, name) for name in names}
    return frozenset(ids)


@final
class Saves:
    """Tells when a file of the submission has been saved; listens in a thread of its own."""

    def __init__(self, request: Request) -> None:
        self.saved = threading.Event()
        self.idle: Callable[[], None] | None = None  # is called again and again while waiting
        self._request = request
        self._stamps = stamps(request)
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._listen, daemon=True)

    def __enter__(self) -> Saves:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._end.set()
        self._thread.join(STOP_TIME)  # Ctrl+C may have left what it waits for locked

    def wait(self) -> None:
        """Wait for the next save."""
        # Windows needs a timeout for Ctrl+C; somebody who presses a key does not want to wait.
        while not self.saved.wait(PRESS if self.idle else LOOK):
            if self.idle:
                self.idle()

    def _listen(self) -> None:
        import watchfiles

        folders = _folders(self._request)
        while not self._end.is_set():
            # There may be no folder just now, or the system may have no watches left.
            with contextlib.suppress(OSError, RuntimeError):
                for _changes in watchfiles.watch(
                    *folders,
                    watch_filter=None,
                    stop_event=self._end,
                    rust_timeout=round(LOOK * 1000),
                    yield_on_timeout=True,
                    recursive=False,
                ):
                    self._look()
            self._look()
            self._end.wait(LOOK)

    def _look(self) -> None:
        # The files are what counts: the system also tells of what lies beside them, and
        # nothing any more of a folder that has been replaced by another one.
        now = stamps(self._request)
        if now != self._stamps:
            self._stamps = now
            self.saved.set()


def files(request: Request) -> list[Path]:
    """The files that are watched: those given, or in a folder the ones that can be imported.

    So neither the other variant's count, nor what an editor puts beside them for a while.
    """
    if not request.submission:
        return [Path(path) for path in (request.server, request.client) if path]
    others = (variant for variant in VARIANTS if variant.name not in request.variants)
    beside = {variant.file(role) for variant in others for role in Role}
    try:
        modules = sorted(Path(request.submission).glob("*.py"))
    except OSError:
        return []
    return [path for path in modules if path.stem.isidentifier() and path.name not in beside]


def _folders(request: Request) -> set[Path]:
    if request.submission:
        return {Path(request.submission)}
    return {path.parent for path in files(request)}


def stamps(request: Request) -> dict[Path, tuple[int, int, int]]:
    """For each file that is there, what a save changes."""
    stamp_of = {}
    for path in files(request):
        with contextlib.suppress(OSError):
            status = path.stat()
            stamp_of[path] = (status.st_mtime_ns, status.st_size, status.st_ino)
    return stamp_of
