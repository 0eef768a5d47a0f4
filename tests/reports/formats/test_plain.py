"""One check in plain lines."""

from __future__ import annotations

import pytest
from support import samples

from grader.reports import wording
from grader.reports.formats import plain
from grader.result.verdict import Verdict


@pytest.mark.parametrize("name", samples.SAMPLES)
def test_every_line_can_be_shown(name: str) -> None:
    """No line holds a control character, whatever a submission wrote."""
    result = samples.SAMPLES[name]()
    checks = [check for variant in result.variants for check in variant.checks]
    lines = [line for check in checks for line in plain.details(result, check)]
    for line in [*lines, *plain.summary(result)]:
        assert line.isprintable(), line


def test_a_failure_says_what_to_do() -> None:
    """Steps, expected, got, hint, the task and the command, in this order."""
    result = samples.failing()
    (check,) = (c for c in result.variants[0].checks if c.id == "tcp.join-notice")
    lines = plain.details(result, check)
    starts = [line.split()[0] for line in lines if line[0] != " "]
    assert starts[-8:] == ["1.", "2.", "3.", "expected:", "got:", "hint:", "read:", "replay:"]


def test_of_many_steps_the_ends_are_told() -> None:
    """The first and the last steps are there, with their numbers; between them a count."""
    many = samples.failed(steps=tuple(f"step {at}" for at in range(1, 101)))
    result = samples.graded({"tcp.storm": many})
    (check,) = (c for c in result.variants[0].checks if c.id == "tcp.storm")
    lines = plain.details(result, check)
    told = [line.split(".")[0] for line in lines if "step" in line]
    assert told == [str(at) for at in (*range(1, 7), *range(95, 101))]
    assert "… 88 more" in lines


def test_what_passed_needs_no_words() -> None:
    """There is nothing to say about a check that passed."""
    result = samples.full()
    assert all(not plain.details(result, c) for v in result.variants for c in v.checks)


def test_an_error_is_not_the_students() -> None:
    """The grader's own fault is called so, and no task is named."""
    result = samples.graders_fault()
    checks = [c for v in result.variants for c in v.checks if c.verdict is Verdict.ERROR]
    lines = plain.details(result, checks[0])
    assert wording.graders_fault() in lines
    assert not any(line.startswith("read:") for line in lines)
