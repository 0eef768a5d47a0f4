"""A port and a copy of the reference for a demo."""

from __future__ import annotations

import contextlib
import shutil
import socket
from pathlib import Path

import pytest
from support.demo import REFERENCE


@pytest.fixture
def port() -> int:
    """Return a port of this test's own, free for TCP and UDP."""
    while True:
        with (
            socket.socket(socket.AF_INET, socket.SOCK_STREAM) as tcp,
            socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp,
        ):
            tcp.bind(("127.0.0.1", 0))
            with contextlib.suppress(OSError):
                udp.bind(tcp.getsockname())
                return int(tcp.getsockname()[1])


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Return a copy of the reference that a test may spoil."""
    files = shutil.ignore_patterns("__pycache__", ".*")
    return Path(shutil.copytree(REFERENCE, tmp_path / "reference", ignore=files))
