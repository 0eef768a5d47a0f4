"""Submissions that want points they have not earned, or harm: what each of them must not get."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field
from pathlib import Path

LEVELS = frozenset({"namespaces", "user", "limits"})
WALLS = frozenset({"namespaces"})  # what would hurt the machine without them
APART = frozenset({"namespaces", "user"})  # what would hurt the user whose processes they are
REFERENCE = Path(__file__).resolve().parents[3] / "reference"
BEFORE_MAIN = '\n\nif __name__ == "__main__":\n'

# Survivors are found by the name that each program gives itself; its children inherit it.
MARK = 'import ctypes; ctypes.CDLL(None).prctl(15, b"@TOKEN@")\n'  # PR_SET_NAME, prctl(2)


@dataclass(frozen=True)
class Places:
    """What an attack is told, so that it need not search."""

    token: str  # the name of its processes
    kit: Path  # the kit that grades it, the reference included
    beside: Path  # somebody else's submission, complete and right
    result: Path  # the file that the result is written to

    @property
    def scratch(self) -> Path:
        """Where the grader makes the folders that programs run in."""
        return self.result.with_name("scratch")

    def told(self, text: str) -> str:
        """The text with what it is told filled in."""
        text = text.replace("@TOKEN@", self.token).replace("@KIT@", str(self.kit))
        return text.replace("@BESIDE@", str(self.beside)).replace("@RESULT@", str(self.result))


def nothing(folder: Path, places: Places) -> None:
    """Make no more than the texts."""


@dataclass(frozen=True)
class Hostile:
    """One submission: the reference but for ``files``, and but for what ``make`` does to it.

    Of ``checks``, which are those that matter, only ``passes`` may pass. ``stopped_at`` are the
    levels of the sandbox that keep it from doing more harm than that.
    """

    name: str
    attempts: str  # one sentence
    checks: tuple[str, ...]
    passes: Set[str] = frozenset()
    files: Mapping[str, str] = field(default_factory=dict)
    variant: str = "tcp"
    make: Callable[[Path, Places], None] = nothing
    stopped_at: frozenset[str] = LEVELS

    def write(self, folder: Path, places: Places) -> None:
        """Make the submission in this folder, which is there and empty."""
        for path in REFERENCE.glob(f"{self.variant}_*.py"):
            text = path.read_text(encoding="utf-8")
            (folder / path.name).write_text(text, encoding="utf-8")
        for name, text in self.files.items():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(places.told(text), encoding="utf-8")
        self.make(folder, places)


def reference(file: str, *edits: tuple[str, str]) -> str:
    """A file of the reference with edits, each of a text that occurs there once."""
    text = (REFERENCE / file).read_text(encoding="utf-8")
    for old, new in edits:
        if text.count(old) != 1:
            raise ValueError(f"{text.count(old)} times in {file}, not once: {old}")
        text = text.replace(old, new)
    return MARK + text


def before_main(attack: str, program: str) -> str:
    """The program with an attack in it, which runs once all is defined, before main()."""
    if program.count(BEFORE_MAIN) != 1:
        raise ValueError(f"expected one call of main(), got {program.count(BEFORE_MAIN)}")
    return program.replace(BEFORE_MAIN, f"\n\n{attack}{BEFORE_MAIN}")


def mute(attack: str = "") -> str:
    """The reference's server, but that it passes no messages on, with an attack in it."""
    deaf = reference("tcp_server.py", ("        send_to_others(line, user)\n", "        pass\n"))
    return before_main(attack, deaf)


def only_if(found: str) -> str:
    """The reference's server, which begins only if the function ``found`` is true."""
    ends = 'if not found():\n    import sys; sys.exit("found nothing")\n'
    return MARK + found + ends + reference("tcp_server.py")


SERVER = ("starts", "handshake", "two-users")
BEGINS = frozenset({"starts", "handshake"})  # what mute() may pass, if its attack lets it
CLIENT = ("client-name", "client-shows", "client-sends", "client-leaves")
