"""A chat over TCP and over UDP, in each kind of network."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support import worlds

from grader.chat.world import Chat


@pytest.fixture(params=worlds.NETWORKS)
def kind(request: pytest.FixtureRequest) -> str:
    """The kind of the network that the check takes place in."""
    return str(request.param)


@pytest.fixture(params=["tcp", "udp"])
def variant(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def world(tmp_path: Path, variant: str, kind: str) -> Iterator[Chat]:
    with worlds.world(tmp_path, variant, kind) as made:
        yield made
