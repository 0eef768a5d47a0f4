"""How a check ends when it does not pass."""

from __future__ import annotations

from collections.abc import Iterable

from grader.fact import Fact, FactError
from grader.result.check import Point
from grader.result.verdict import Difference, Evidence


class Failure(Exception):
    """The submission did not do what the check asks for: FAIL."""

    def __init__(
        self,
        message: Fact,
        *,
        expected: Fact | None = None,
        got: Fact | None = None,
        evidence: Iterable[Evidence] = (),
        point: Point | None = None,
        wrong: bool = False,
    ) -> None:
        """Keep what there is to say; it is ``wrong`` where something came that should not have."""
        super().__init__(message.code)
        self.message = message
        self.expected = expected
        self.got = got
        self.evidence = tuple(evidence)
        self.point = point
        self.wrong = wrong or (point is not None and point.kind is not Difference.MISSING)


class Unmet(FactError):
    """The check cannot be run, for a reason that is not its own: SKIP."""
