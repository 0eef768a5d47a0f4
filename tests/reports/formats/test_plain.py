"""One check in plain lines."""

from __future__ import annotations

import pytest
from support import samples
from support.made_up import step

from grader.reports.explanation import whose_fault
from grader.reports.formats import plain
from grader.result.verdict import Verdict


@pytest.mark.parametrize("name", samples.SAMPLES)
def test_every_line_can_be_shown(name: str) -> None:
    """No line holds a control character, whatever a submission wrote."""
    result = samples.SAMPLES[name]()
    lines = [line for check in result.checks for line in plain.details(result, check)]
    for line in [*lines, *plain.summary(result)]:
        assert line.isprintable(), line


def test_a_failure_says_what_to_do() -> None:
    """Why, steps, expected, got, the mistake, the task and the command, in this order."""
    result = samples.failing()
    (check,) = (check for check in result.checks if check.id == "tcp.vanish-once")
    first, *lines = plain.details(result, check)
    assert first == "a leave notice does not come exactly once"
    starts = [line.split()[0] for line in lines if line[0] != " "]
    labels = ["expected:", "got:", "classic:", "read:", "replay:"]
    assert starts == ["1.", "2.", *labels]


def test_of_many_steps_the_ends_are_told() -> None:
    """The first and the last steps are there, with their numbers; between them a count."""
    steps = tuple(step("sends-long", name="alice", count=at) for at in range(1, 101))
    result = samples.graded({"tcp.storm": samples.failed(transcript=steps)})
    (check,) = (check for check in result.checks if check.id == "tcp.storm")
    lines = plain.details(result, check)
    told = [line.split(".")[0] for line in lines if "characters" in line]
    assert told == [str(at) for at in (*range(1, 7), *range(95, 101))]
    assert "… 88 more" in lines


def test_what_passed_needs_no_words() -> None:
    """There is nothing to say about a check that passed."""
    result = samples.full()
    assert not any(plain.details(result, check) for check in result.checks)


@pytest.mark.parametrize("name", ["graders-fault", "core-error", "machine-busy"])
def test_an_error_is_not_the_students(name: str) -> None:
    """It is said whose fault it is, and no task is named."""
    result = samples.SAMPLES[name]()
    (check,) = (check for check in result.checks if check.verdict is Verdict.ERROR)
    lines = plain.details(result, check)
    assert whose_fault(check) in lines
    assert not any(line.startswith("read:") for line in lines)
