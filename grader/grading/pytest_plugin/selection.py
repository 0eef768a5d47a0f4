"""Which checks run, in which order."""

from __future__ import annotations

import pytest

from grader.assignment import rubric
from grader.assignment.check_ids import check_id as make_id
from grader.assignment.variants import variant
from grader.grading import titles
from grader.grading.pytest_plugin.configuration import REQUEST

FIXTURES = ("chat", "journals")  # what a check is given: a world of its own, or journals
BACKSTOP = 300  # seconds for one check; its own deadlines end it long before


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One item for each variant that has the check."""
    given = next((name for name in FIXTURES if name in metafunc.fixturenames), None)
    if given:
        row = rubric.row(titles.check_name(metafunc.function.__name__))
        asked = map(variant, metafunc.config.stash[REQUEST].variants)
        here = [graded for graded in asked if row.has(graded)]
        metafunc.parametrize(given, here, indirect=True, ids=str)


def pytest_itemcollected(item: pytest.Item) -> None:
    """Let ``-k`` find a check by its id, in which names have hyphens."""
    item.extra_keyword_matches.add(check_id(item))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Only the checks asked for, and those that they need, in the order of the request."""
    request = config.stash[REQUEST]
    in_rubric = rubric.check_ids(map(variant, request.variants))
    checks = [item for item in items if check_id(item) in in_rubric]
    order = {id_: number for number, id_ in enumerate(request.with_needs())}
    chosen = [item for item in checks if check_id(item) in order]
    chosen.sort(key=lambda item: order[check_id(item)])
    config.hook.pytest_deselected(items=[item for item in checks if item not in chosen])
    items[:] = chosen
    for item in items:
        item.add_marker(pytest.mark.timeout(BACKSTOP))


def check_id(item: pytest.Item) -> str:
    """``tcp.join-notice`` for ``test_join_notice[tcp]``; nothing for other tests."""
    callspec = getattr(item, "callspec", None)
    params = callspec.params if callspec is not None else {}
    given = next((params[name] for name in FIXTURES if name in params), None)
    if given is None:
        return ""
    name = titles.check_name(item.originalname)  # type: ignore[attr-defined]
    return make_id(given.name, name)


def title(item: pytest.Item) -> str:
    """The line that students read."""
    return titles.title(getattr(item, "function").__doc__)  # noqa: B009 (Item has no such type)
