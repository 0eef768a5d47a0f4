"""Programs by people who had not seen the grader, and the verdicts that a just examiner gives them.

``correct`` is right in unusual ways, ``broken`` has one fault each, ``cheating`` is after points or
the machine. What is said of each was written before it was graded, and says nothing of how.
"""

from __future__ import annotations

import shutil
from collections.abc import Set
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Program:
    """A submission, with the names of the checks that it must not pass.

    All other checks of its files must pass. ``files`` are those of the four that it has; what
    they import lies beside them. A check behind one that fails may be skipped instead.
    """

    name: str  # its folder
    files: tuple[str, ...]
    what: str
    fails: Set[str] = frozenset()
    either: Set[str] = frozenset()  # both verdicts can be defended
    one_of: Set[str] = frozenset()  # the fault shows in one of these at least, whichever
    why: str = ""
    links: tuple[tuple[str, str], ...] = ()  # symbolic links in its folder, and where they lead

    def lay_out(self, kind: str, folder: Path) -> None:
        """Copy it to a folder that is not there yet; ``kind`` is where it comes from."""
        shutil.copytree(FOLDER / kind / self.name, folder)
        for name, target in self.links:
            (folder / name).symlink_to(target)
