"""How a check ends when it does not pass."""

from __future__ import annotations

from collections.abc import Iterable

from grader.result.check import Point
from grader.result.verdict import Evidence


class Failure(Exception):
    """The submission did not do what the check asks for: FAIL."""

    def __init__(
        self,
        message: str,
        *,
        expected: str = "",
        got: str = "",
        hint: str = "",
        evidence: Iterable[Evidence] = (),
        point: Point | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.expected = expected
        self.got = got
        self.hint = hint
        self.evidence = tuple(evidence)
        self.point = point


class Unmet(Exception):
    """The check cannot be run, for a reason that is not its own: SKIP."""
