"""Makes the tests in this folder checks: see :mod:`grader.grading.pytest_plugin`."""

import pytest

from grader.checks import judging
from grader.checks.client_stories import CLIENT_STORIES
from grader.checks.stories import STORIES
from grader.grading.pytest_plugin import jobs

# pytest finds hooks and fixtures by their names.
from grader.grading.pytest_plugin.configuration import (  # noqa: F401
    pytest_addoption,
    pytest_configure,
    pytest_report_header,
    pytest_unconfigure,
)
from grader.grading.pytest_plugin.execution import (  # noqa: F401
    _chat,
    _journals,
    pytest_pyfunc_call,
)
from grader.grading.pytest_plugin.selection import (  # noqa: F401
    pytest_collection_modifyitems,
    pytest_generate_tests,
    pytest_itemcollected,
)
from grader.grading.pytest_plugin.verdicts import pytest_runtest_makereport  # noqa: F401


def pytest_sessionstart(session: pytest.Session) -> None:
    """Say which checks look at journals, and of which scenarios."""
    session.config.stash[jobs.STORIES] = jobs.Stories(
        judging.SERVER_OR_CLIENT, judging.scenarios, STORIES, CLIENT_STORIES
    )
