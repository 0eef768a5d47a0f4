"""Whatever can be read as a result can be shown: it may be of another rubric, or made by hand."""

from __future__ import annotations

import io

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from support.random_results import RESULTS

from grader import language
from grader.reports import FORMATS, dumps
from grader.reports.terminal import next_only, table
from grader.reports.terminal.console import make_console
from grader.result.grade import GradeResult

each_language = pytest.mark.parametrize("lang", language.LANGUAGES)
# The same ones each time; a failure is told at once, since making it small takes minutes.
any_result = settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@each_language
@pytest.mark.parametrize("format", FORMATS)
@given(result=RESULTS)
@any_result
def test_any_result_has_every_format(format: str, lang: str, result: GradeResult) -> None:
    """No code, argument, name or number makes a report fail, and each is text for a file."""
    language.use(lang)
    assert dumps(result, format).encode("utf-8")


@each_language
@given(result=RESULTS)
@any_result
def test_any_result_has_a_page_in_a_terminal(lang: str, result: GradeResult) -> None:
    """With all transcripts and diagrams; nothing of a result's reaches the terminal as it is."""
    language.use(lang)
    file = io.StringIO()
    table.write(result, make_console(file, width=80), trace=True)
    next_only.write(result, make_console(file, width=80), trace=True)
    lines = file.getvalue().replace("\N{NO-BREAK SPACE}", " ").splitlines()
    assert all(line.isprintable() for line in lines)
