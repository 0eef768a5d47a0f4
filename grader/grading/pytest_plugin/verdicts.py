"""From how a check ended, in pytest's words, to its result."""

from __future__ import annotations

from collections.abc import Generator

import pytest

from grader.chat.failure import Failure
from grader.grading.outcome import Outcome, explain, result_of
from grader.grading.pytest_plugin.check_run import CHECK_RUN
from grader.grading.pytest_plugin.execution import OUTCOME
from grader.grading.pytest_plugin.selection import check_id, title
from grader.reports.sentences import say
from grader.result.verdict import Verdict


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn how the check ended into a verdict."""
    report = yield
    error = call.excinfo.value if call.excinfo else None
    if isinstance(error, (KeyboardInterrupt, SystemExit, pytest.exit.Exception)):
        return report
    if call.when == "call" or error is not None:
        outcome = item.stash.get(OUTCOME, Outcome())
        result = result_of(check_id(item), title(item), error, outcome)
        item.config.stash[CHECK_RUN].results[result.id] = result
        if isinstance(error, Failure):
            report.longrepr = explain(result)
        if result.verdict in (Verdict.SKIP, Verdict.TODO):
            report.outcome = "skipped"
            report.longrepr = (str(item.path), 0, f"{result.verdict.value}: {say(result.message)}")
    return report
