"""The submission's server in one check: started, found, and started again."""

from __future__ import annotations

import time
from pathlib import Path

from grader.assignment.variants import TCP, Variant
from grader.chat.dialect import Dialect
from grader.chat.failure import Failure
from grader.chat.participants.base import STARTING
from grader.chat.program import Program
from grader.chat.transcript import Transcript
from grader.fact import fact
from grader.result.check import SERVER
from grader.result.verdict import Evidence
from grader.sandbox.box import Site
from grader.sandbox.clock import TICK, Deadline
from grader.sandbox.network import DEFAULT_PORT, Address


class Server:
    """A program that a check runs as often as it wants; ``address`` is where to find it."""

    def __init__(self, variant: Variant, dialect: Dialect, site: Site) -> None:
        self.process: Program | None = None  # the last one
        self.address: Address | None = None
        self._variant, self._profile, self._site = variant, dialect, site
        self._arguments: list[str] = []

    def start(
        self, script: Path, transcript: Transcript, *, restless: bool = False, traced: bool = False
    ) -> Program:
        """Start it, with the same arguments each time."""
        if self.process is None:
            transcript.step(fact("server-starts"))
            self._arguments = self._site.network.server_arguments(self._variant)
        else:
            transcript.step(fact("server-starts-again"))
        self.process = Program(
            script,
            self._arguments,
            self._site,
            who=SERVER,
            transcript=transcript,
            restless=restless,
            traced=traced,
        )
        return self.process

    def find(self, *, ready: bool) -> Address:
        """Where it is: what is known already, or once it is ``ready``.

        Raises Failure when it does not get there.
        """
        predicted = None
        if not ready:
            predicted = self._site.network.predict(self._variant, self._profile.address)
        self.address = predicted or self._await_listening()
        return self.address

    def _await_listening(self) -> Address:
        assert self.process is not None
        patience = self._profile.patience
        deadline = Deadline(self.process.sample, patience=patience, **STARTING)
        while True:
            address = self._site.network.find(self._variant, [self.process.top])
            if address is not None:
                self._profile.address = address
                return address
            if not self.process.alive or deadline.over():
                raise self.not_started()
            time.sleep(TICK / 5)

    @property
    def ended(self) -> bool:
        """Whether it was started and has ended."""
        return self.process is not None and not self.process.alive

    def not_started(self) -> Failure:
        """The failure when the server does not get ready."""
        assert self.process is not None
        if self._variant is TCP:
            expected, nothing = "listens-tcp", "nothing-listens-tcp"
        else:
            expected, nothing = "bound-udp", "nothing-bound-udp"
        return Failure(
            fact("server-not-started"),
            expected=fact(expected, port=DEFAULT_PORT),
            got=self.process.how_it_ended() if self.ended else fact(nothing),
            evidence=[Evidence.END_OF_STREAM if self.ended else Evidence.QUIET],
        )
