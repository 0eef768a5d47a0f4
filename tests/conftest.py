"""What all tests share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from grader import memory


@pytest.fixture(autouse=True, scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Whoever runs the tests finds nothing of them in their own cache."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(memory.FOLDER, str(tmp_path_factory.mktemp("cache")))
        yield
