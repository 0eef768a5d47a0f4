"""How a check ends when it does not pass."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from grader.fact import Fact, FactError
from grader.result.check import Point
from grader.result.verdict import Difference, Evidence


@dataclass(frozen=True)
class Shortfall:
    """All that a :class:`Failure` says, as plain data."""

    message: Fact
    expected: Fact | None
    got: Fact | None
    evidence: tuple[Evidence, ...]
    point: Point | None
    wrong: bool

    def failure(self) -> Failure:
        """The exception that says so."""
        return Failure(
            self.message,
            expected=self.expected,
            got=self.got,
            evidence=self.evidence,
            point=self.point,
            wrong=self.wrong,
        )


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
        task: int | None = None,
    ) -> None:
        """Keep what there is to say; it is ``wrong`` where something came that should not have.

        ``task`` is the one to read again where it is not the check's own.
        """
        super().__init__(message.code)
        self.message = message
        self.expected = expected
        self.got = got
        self.evidence = tuple(evidence)
        self.point = point
        self.task = task
        self.wrong = wrong or (point is not None and point.kind is not Difference.MISSING)

    @property
    def shortfall(self) -> Shortfall:
        """The same as plain data, which another process can read."""
        given = self.message, self.expected, self.got, self.evidence, self.point, self.wrong
        return Shortfall(*given)


class Unmet(FactError):
    """The check cannot be run, for a reason that is not its own: SKIP."""
