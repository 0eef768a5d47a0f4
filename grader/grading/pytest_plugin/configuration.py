"""What the checks are run on: the options of plain pytest, or a request that is ready-made."""

from __future__ import annotations

import pytest

from grader import language
from grader.fact import FactError
from grader.grading import options
from grader.grading.pytest_plugin.check_run import CHECK_RUN, CheckRun
from grader.grading.request import Request
from grader.language import _
from grader.reports.sentences import say

REQUEST = pytest.StashKey[Request]()


class RequestGiven:
    """A pytest plugin that brings the request as it is: then the options do not count."""

    def __init__(self, request: Request) -> None:
        self._request = request

    @pytest.hookimpl(tryfirst=True)
    def pytest_configure(self, config: pytest.Config) -> None:
        """Leave the request where the checks look for it."""
        config.stash[REQUEST] = self._request


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options that the checks add to pytest."""
    add = parser.getgroup("chat lab").addoption
    add("--submission", dest="path", metavar="PATH", help=_(options.FOLDER_HELP))
    options.add_to(add, "en")


def pytest_configure(config: pytest.Config) -> None:
    """Choose the language, find the submission, prepare the sandbox."""
    try:
        if REQUEST not in config.stash:
            language.use(config.option.lang)
            config.stash[REQUEST] = options.request_of(config.option)
        config.stash[CHECK_RUN] = CheckRun(config.stash[REQUEST])
    except FactError as error:
        raise pytest.UsageError(say(error.fact)) from None
    except ValueError as error:
        raise pytest.UsageError(str(error)) from None


def pytest_unconfigure(config: pytest.Config) -> None:
    """Clean up."""
    if CHECK_RUN in config.stash:
        config.stash[CHECK_RUN].close()


def pytest_report_header(config: pytest.Config) -> str:
    """Say what is graded, and how the draws can be replayed."""
    request = config.stash[REQUEST]
    return f"submission: {request.label}, --seed {request.seed}"
