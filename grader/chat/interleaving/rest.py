"""How long to wait for the threads of a server: until all of them are done or blocked."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

from grader.chat.pace import BRIEFLY, IDLE, SHORTER, Pace
from grader.chat.stage import Stage
from grader.sandbox import clock
from grader.sandbox.clock import Deadline, Sample
from grader.sandbox.tracing import Tracing

LOOK = 0.0007  # seconds between two looks at what the threads do
BEGUN = 0.03  # seconds in which a thread begins with what came for it, if it is not held
RESTING = 0.05  # seconds: who does not rest in them wakes by the clock
REACHED = 1.0  # seconds in which a thread gets to a line, if it does


class Rest(Pace):
    """Looks at the threads themselves, where a story would wait for a while of stillness."""

    def __init__(self, stage: Stage, *, wakes: bool = False) -> None:
        super().__init__(stage)
        self.wakes = wakes  # whether its threads wake by the clock

    def deadline(self, **usual: float) -> Deadline:
        """The deadline for all that is due next: what has not come is looked at once more."""
        return super().deadline(**{"quiet": SHORTER, **usual})

    def settle(self, idle: float = IDLE, *, briefly: float = BRIEFLY) -> bool:
        """Wait until all threads are done or blocked; False if they never were."""
        return self.wait() or super().settle(idle, briefly=briefly)

    def switches(self) -> int:
        """How often the server's threads have been given a processor so far."""
        now = self._sample()
        return now.context_switches if now else 0

    def wait(self, since: int = -1) -> bool:
        """Wait until all threads are done or blocked; False where they wake by the clock.

        Where they had something to do ``since`` so many switches, one of them has begun with it.
        """
        if self.wakes:
            return False
        if self._looked(time.monotonic() + BEGUN, lambda: False, since):
            return True
        self.wakes = not self._looked(time.monotonic() + RESTING, lambda: False)
        return not self.wakes

    def is_held(self, tracing: Tracing, since: int) -> bool:
        """Wait until a thread is held, or all have done what they had to ``since`` then."""
        until = time.monotonic() + REACHED
        held = partial(tracing.is_held, LOOK)
        return held() or self._looked(until, held, since) == "over" or tracing.is_held(0)

    def _looked(self, until: float, over: Callable[[], bool], since: int = -1) -> str:
        """Look again and again: whether all rest, or something is over; nothing at the end."""
        before = self._sample()
        while time.monotonic() < until:
            if over():
                return "over"
            time.sleep(LOOK)
            now = self._sample()
            if now and now.context_switches > since and clock.rests(before, now):
                return "rests"
            before = now
        return ""

    def _sample(self) -> Sample | None:
        return self._stage.processes[0].sample()
