"""What all checks that one pytest runs share."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest

from grader.assignment.variants import Role, Variant, variant
from grader.chat.dialect import Dialect
from grader.chat.participants.terminal import Terminal
from grader.chat.played import Played
from grader.chat.world import Chat
from grader.fact import Fact, fact
from grader.grading.looking import Found
from grader.grading.request import Request
from grader.result.check import CheckResult
from grader.result.grade import SandboxInfo
from grader.sandbox import activity, levels, limits, networks, reaper
from grader.sandbox.box import scratch_folder
from grader.submission import intake


class CheckRun:
    """The submission and its sandbox, what was learnt of it, and the results so far."""

    def __init__(self, request: Request) -> None:
        submission = _submission(request)
        self._staging = contextlib.ExitStack()
        copy = self._staging.enter_context(scratch_folder())
        tools = self._staging.enter_context(scratch_folder())
        self.request = request
        self.submission = intake.copied(submission, copy)
        self.dialects = {variant(name): Dialect() for name in request.variants}
        # What the probes were that have been played: the grader's own fault, or none.
        self.probed: dict[tuple[Variant, Role], Exception | None] = {}
        self.played: dict[tuple[Variant, str], Played | Exception] = {}  # by the scenario's name
        self.found: dict[tuple[Variant, str], Found] = {}  # likewise
        self.results: dict[str, CheckResult] = {}
        self.remarks: list[Fact] = []
        reaper.adopt_orphans()
        limits.allow_many_files()
        if request.portable:
            activity.disable()
        # The network first: for an ordinary user it brings a user namespace.
        self.networks, no_network = networks.best(portable=request.portable)
        box, no_level = levels.choose(request.sandbox, portable=request.portable)
        self.box = box.compiled(tools)
        self.shortage = limits.shortage(self.box.uid)
        self.sandbox = SandboxInfo(
            level=self.box.level,
            files=self.box.files,
            network=self.networks.kind,
            clock="idle-aware" if activity.supported() else "wall",
            notes=tuple(filter(None, (no_level, no_network))),
        )

    def remark(self, chat: Chat) -> None:
        """Note what is odd about a submission and costs nothing."""
        for one in chat.everybody():
            if isinstance(one, Terminal) and one.speaks_aside:
                self.note(fact("speaks-aside", file=one.process.script.name))

    def note(self, *told: Fact) -> None:
        """Note these remarks, each once."""
        self.remarks += [one for one in told if one not in self.remarks]

    def close(self) -> None:
        """Remove the copy of the submission, and what starts its programs."""
        self._staging.close()


CHECK_RUN = pytest.StashKey[CheckRun]()


def _submission(request: Request) -> intake.Submission:
    """The files, whatever their variant: a check whose file is missing says so itself."""
    if request.submission:
        return intake.in_folder(Path(request.submission))
    server, client = (Path(path) if path else None for path in (request.server, request.client))
    return intake.from_files(variant(request.variants[0]), server, client)
