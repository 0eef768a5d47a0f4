"""How long a story waits, by what it has found out about its program so far."""

from __future__ import annotations

from grader.chat.stage import Stage
from grader.sandbox.clock import Deadline

IDLE = 0.004  # seconds of stillness after which a program has nothing more to say for now
SHORTER = 0.45  # seconds: once something has not come, the next is waited for only so long
ENOUGH = 3  # gaps after which a story has nothing new to tell
BUSY = 1.0  # seconds of processor time for a program that never rests
BRIEFLY = 0.1  # seconds: it is not waited for to rest again
MOMENT = 0.03  # seconds: the same where nobody comes or goes


class Pace:
    """Waits less once something has not come, or once the program has never rested."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._gaps = 0  # how often something has not come
        # Until the program was never still in a wait for that, or where it is known for it.
        self._rests = not stage.dialect.restless

    def deadline(self, **usual: float) -> Deadline:
        """The deadline for all that is due next; ``usual`` are its limits at first."""
        limits = {"quiet": SHORTER} if self._gaps else usual
        return self._stage.deadline(**(limits if self._rests else limits | {"budget": BUSY}))

    def miss(self) -> None:
        """Count that something has not come."""
        self._gaps += 1

    @property
    def has_gaps(self) -> bool:
        """Whether something has not come."""
        return bool(self._gaps)

    @property
    def has_enough(self) -> bool:
        """Whether so much has not come that there is nothing new to tell."""
        return self._gaps >= ENOUGH

    def settle(self, idle: float = IDLE, *, briefly: float = BRIEFLY) -> bool:
        """Wait until the program is idle; False if it never was.

        Once it was not, what is due has come or was waited for: all that is given is a moment for
        what ought not to come.
        """
        cap = {} if self._rests else {"cap": briefly}
        still = self._stage.settle(idle, **cap)
        self._rests = self._rests and still
        return still
