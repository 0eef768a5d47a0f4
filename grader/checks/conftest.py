"""Makes the tests in this folder checks: see :mod:`grader.grading.pytest_plugin`."""

from grader.grading.pytest_plugin import (  # noqa: F401 (pytest finds hooks and fixtures by name)
    _chat,
    pytest_addoption,
    pytest_collection_modifyitems,
    pytest_configure,
    pytest_generate_tests,
    pytest_pyfunc_call,
    pytest_report_header,
    pytest_runtest_makereport,
    pytest_unconfigure,
)
