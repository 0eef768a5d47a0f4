"""``python -m grader [PATH]``: arguments in, exit status out."""

import sys
from collections.abc import Callable, Sequence
from importlib.util import find_spec

from grader import start

if __name__ == "__main__":
    start.leave_alone()
    start.forget_parents()

from grader.cli.main import main


def of_a_class() -> Callable[[Sequence[str] | None], int]:
    """The commands for a whole class."""
    from grader.classroom.command import run

    return run


if __name__ == "__main__":
    # A handout lacks that package; there, as elsewhere for ./class, it is a folder to grade.
    wanted = sys.argv[1:2] == ["class"] and find_spec("grader.classroom") is not None
    sys.exit(main(command=of_a_class if wanted else None))
