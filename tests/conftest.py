"""What all tests share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from grader import language
from grader.cli import last_run
from grader.sandbox.box import scratch_folder


@pytest.fixture(autouse=True, scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Whoever runs the tests finds nothing of them in their own cache."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(last_run.FOLDER, str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(autouse=True, scope="session")
def english() -> Iterator[None]:
    """The tests talk English, whatever the machine does; so does what they start."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LANGUAGE", "en")
        yield


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    """A test that has talked another language leaves none of it behind."""
    yield
    language.use("en")


@pytest.fixture
def scratch() -> Iterator[Path]:
    """An empty folder that another user can pass through, unlike pytest's own."""
    with scratch_folder() as folder:
        yield folder
