"""How a check ends when it does not pass."""

from __future__ import annotations

from grader.chat.failure import Failure, Unmet
from grader.result.verdict import Evidence


def test_failure_is_its_message() -> None:
    """As an exception, a failure reads as its message."""
    assert str(Failure("the server did not start", expected="a server")) == (
        "the server did not start"
    )


def test_evidence_is_kept_whole() -> None:
    """Evidence may come from anything that can be gone through once."""
    assert Failure("no", evidence=iter([Evidence.SEEN])).evidence == (Evidence.SEEN,)


def test_unmet_is_no_failure() -> None:
    """What skips a check is not taken for its failure, nor the other way round."""
    assert not issubclass(Unmet, Failure) and not issubclass(Failure, Unmet)
