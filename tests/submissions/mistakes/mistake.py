"""What one mistake is: a small change of a reference file, and what is true about it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

# What nobody sees any more when nothing gets from one user to another.
TALK = (
    "join-notice",
    "two-users",
    "many-users",
    "leave-notice",
    "survives-leave",
    "survives-vanish",
    "end-to-end",
)
# What still holds, in a way, when nothing is said.
QUIET = ("join-not-to-self", "sender-excluded")
# What nobody sees of a server that does not run, and of a client that does not get into a chat.
NO_UDP_SERVER = ("handshake", *TALK, *QUIET)
NO_TCP_SERVER = (*NO_UDP_SERVER, "server-threads")
NO_CLIENT = ("client-shows", "client-sends", "client-leaves", "client-threads", "end-to-end")


@dataclass(frozen=True)
class Mistake:
    """A program with one mistake that students make, and the truth about it.

    The program is the file of ``variant`` and ``role`` of the reference with ``edits``, each of a
    text that occurs once, or ``source``, when the mistake needs another structure. The other
    files are those of the reference. The truth is what a fair teacher says who has read the
    tasks, in names of core checks of this variant:

    - ``fails``: these fail; the smallest set that the mistake costs;
    - ``out_of_reach``: these do not pass, they fail or cannot be tried. When ``fails`` is empty,
      some check fails all the same;
    - ``either``: nobody can complain, whatever the verdict is;
    - all others pass.

    ``stars`` are lost for sure (others may be, too). ``line`` is a text in the wrong line of the
    student's file, or in the line next to what is missing. ``task`` is the one to read again.
    """

    name: str
    variant: str
    role: str
    task: int
    line: str
    why: str
    edits: tuple[tuple[str, str], ...] = ()
    source: str = ""
    fails: tuple[str, ...] = ()
    out_of_reach: tuple[str, ...] = ()
    either: tuple[str, ...] = ()
    stars: tuple[str, ...] = ()
    classic: str = ""
    compiles: bool = True

    @property
    def file(self) -> str:
        """The name of the student's file."""
        return f"{self.variant}_{self.role}.py"

    def program(self, reference: Path) -> str:
        """The text of the student's file. Raises ValueError when an edit does not fit."""
        if self.source:
            return self.source
        text = (reference / self.file).read_text(encoding="utf-8")
        for old, new in self.edits:
            if (found := text.count(old)) != 1:
                raise ValueError(f"{self.name}: expected once, got {found} times: {old!r}")
            text = text.replace(old, new)
        return text
