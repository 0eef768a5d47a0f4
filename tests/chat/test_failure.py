"""How a check ends when it does not pass."""

from __future__ import annotations

from grader.chat.failure import Failure, Unmet
from grader.fact import fact
from grader.result.verdict import Evidence


def test_failure_is_its_message() -> None:
    """As an exception, a failure reads as the code of its message."""
    assert str(Failure(fact("not-let-in", name="bob"), expected=fact("none"))) == "not-let-in"


def test_evidence_is_kept_whole() -> None:
    """Evidence may come from anything that can be gone through once."""
    assert Failure(fact("not-sent"), evidence=iter([Evidence.SEEN])).evidence == (Evidence.SEEN,)


def test_unmet_is_no_failure() -> None:
    """What skips a check is not taken for its failure, nor the other way round."""
    assert not issubclass(Unmet, Failure) and not issubclass(Failure, Unmet)
