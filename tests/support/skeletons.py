"""Small programs with gaps, and programs run to their end."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kit import skeleton

ROOT = skeleton.ROOT
MAIN = '\n\nif __name__ == "__main__":\n    main()\n'
OPENS = "    # >>> task 3: split the byte stream\n"
CONTRACT = "    #: Comes in: bytes.\n    #:\n    #: Goes out: lines.\n"
CODE = "    return 1\n"
CLOSES = "    # <<< task 3\n"
GAP = f"def read():\n{OPENS}{CONTRACT}{CODE}{CLOSES}"
PROGRAM = """\
import sys
import threading


def work():
    # >>> task 3: split the byte stream
    return 1
    # <<< task 3


def main():
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
"""
FIRST_TASKS = {
    "tcp_server.py": "task 1: open the listening socket",
    "tcp_client.py": "task 8: connect and answer the name request",
    "udp_server.py": "task 12: bind the socket",
    "udp_client.py": "task 17: open the socket, send the name",
}
each_file = pytest.mark.parametrize("name", skeleton.FILES)


def run(path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a program to its end."""
    return subprocess.run(
        [sys.executable, str(path), *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
