"""What is different from what was known before."""

from __future__ import annotations

import io
from collections.abc import Mapping

import pytest
from support import samples

from grader.reports.terminal import since_last_run
from grader.reports.terminal.console import make_console
from grader.result.grade import GradeResult
from grader.result.verdict import Verdict

PASS, FAIL, SKIP = Verdict.PASS, Verdict.FAIL, Verdict.SKIP
ALL_PASSED = dict.fromkeys(samples.IDS, PASS)


def written(before: Mapping[str, Verdict], result: GradeResult, encoding: str = "utf-8") -> str:
    """The lines about the changes, in the encoding of some output."""
    data = io.BytesIO()
    file = io.TextIOWrapper(data, encoding=encoding, newline="\n")
    since_last_run.write(before, result, make_console(file, width=80))
    file.flush()
    return data.getvalue().decode(encoding)


@pytest.mark.parametrize("before", [{}, ALL_PASSED], ids=["the first run", "nothing changed"])
def test_no_change(before: Mapping[str, Verdict]) -> None:
    """Where nothing was known or nothing has changed, the summary says nothing."""
    assert since_last_run.summary(before, samples.full()) == []


def test_summary_of_one() -> None:
    """A single check is one check."""
    before = {**ALL_PASSED, "tcp.storm": FAIL}
    assert since_last_run.summary(before, samples.full()) == [
        "the last run: 1 more check passes: tcp.storm"
    ]


def test_summary_of_gains_and_losses() -> None:
    """What passes now and what does so no longer are a line each."""
    before = {**ALL_PASSED, "tcp.starts": FAIL, "tcp.storm": SKIP}
    result = samples.graded({"udp.storm": samples.failed()})
    assert since_last_run.summary(before, result) == [
        "the last run: 2 more checks pass: tcp.starts, tcp.storm",
        "1 check no longer passes: udp.storm",
    ]


def test_many_are_counted() -> None:
    """A long list of names is cut: the line is to be read."""
    before = dict.fromkeys(samples.IDS, FAIL)
    (line,) = since_last_run.summary(before, samples.full())
    assert line.startswith(f"the last run: {len(samples.IDS)} more checks pass: tcp.starts, ")
    assert line.endswith(f" and {len(samples.IDS) - 5} more")


def test_other_changes_are_no_news_for_the_summary() -> None:
    """From SKIP to FAIL is neither better nor worse."""
    result = samples.graded({"udp.storm": samples.failed()})
    assert since_last_run.summary({**ALL_PASSED, "udp.storm": SKIP}, result) == []


@pytest.mark.parametrize("name", ["graders-fault", "core-error"])
def test_the_graders_fault_is_no_change(name: str) -> None:
    """A check that the grader failed in is as it was."""
    assert since_last_run.changes(ALL_PASSED, samples.SAMPLES[name]()) == ()


def test_lines() -> None:
    """Each change is a line with both verdicts; better and worse come first."""
    before = {**ALL_PASSED, "tcp.starts": SKIP, "udp.storm": FAIL}
    result = samples.graded({"tcp.starts": samples.failed()})
    lines = written(before, result).splitlines()
    assert [line.rstrip() for line in lines] == [
        "",
        "since the last run",
        "  udp.storm   FAIL → PASS",
        "  tcp.starts  SKIP → FAIL",
    ]


@pytest.mark.parametrize("encoding", ["ascii", "cp437", "cp1252"])
def test_a_narrow_encoding_gets_another_arrow(encoding: str) -> None:
    """The lines can be written in every encoding."""
    text = written({**ALL_PASSED, "udp.storm": FAIL}, samples.full(), encoding)
    assert "udp.storm  FAIL -> PASS" in text


def test_many_lines_are_cut() -> None:
    """What comes before the changes is to stay on the screen."""
    text = written(dict.fromkeys(samples.IDS, FAIL), samples.full())
    assert text.count("FAIL → PASS") == 12
    assert text.endswith(f"  and {len(samples.IDS) - 12} more\n")


def test_a_save_that_changes_nothing_is_answered() -> None:
    """Whoever saved is told that it was seen."""
    assert "no verdict has changed" in written(ALL_PASSED, samples.full())


def test_the_first_run_has_nothing_to_compare_with() -> None:
    """Where nothing was known there is no line."""
    assert written({}, samples.full()) == ""
