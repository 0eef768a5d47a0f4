"""Starts nox; the Python of the kit's environment runs it by its path, so nothing of ours is near.

Ctrl+C while nox is being imported leaves no traceback, and what nox does not know is one line.
"""

import argparse
import importlib
import signal
import sys
from typing import NoReturn

WRONG_ARGUMENTS = 2  # as an exit status


def complain(_parser: argparse.ArgumentParser, message: str) -> NoReturn:
    """Say what is wrong in one line; most often the two dashes are missing."""
    hint = ""
    if "--" not in sys.argv:
        at = next((n for n, word in enumerate(sys.argv) if n > 2 and f" {word}" in message), None)
        words = "--next" if at is None else " ".join(sys.argv[at:])
        hint = f"; what the grader is to get follows --, as in: -s grade -- {words}"
    sys.stderr.write(f"noxfile.py: {message}{hint}\n")
    sys.exit(WRONG_ARGUMENTS)


def main() -> None:
    """Run nox with the arguments of this process."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    nox = importlib.import_module("nox.__main__")
    argparse.ArgumentParser.error = complain  # type: ignore[assignment]
    sys.argv[0] = "nox"
    signal.signal(signal.SIGINT, signal.default_int_handler)
    nox.main()


if __name__ == "__main__":
    main()
