"""What a program in the namespaces sees of this machine."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import needs_linux

from grader import bubblewrap

FOLDER, BOOT, HIDDEN = Path("/srv/work"), Path("/srv/kit/grader/boot.py"), Path("/srv/kit")


def shown(command: list[str]) -> dict[str, str]:
    """What is bound read-only, by where it is seen."""
    return {
        command[at + 2]: command[at + 1]
        for at, word in enumerate(command)
        if word in ("--ro-bind", "--ro-bind-try")
    }


def pairs(command: list[str], option: str) -> list[str]:
    return [command[at + 1] for at, word in enumerate(command) if word == option]


@needs_linux
def test_of_the_kit_only_boot_is_shown() -> None:
    """Neither the grader nor the folder that the submission came from is bound."""
    found = shown(bubblewrap.command(FOLDER, BOOT, HIDDEN, Path("/usr"), 3))
    ours = {seen: real for seen, real in found.items() if real.startswith("/srv")}
    assert ours == {bubblewrap.SUBMISSION: str(FOLDER), bubblewrap.BOOT: str(BOOT)}


@needs_linux
def test_an_interpreter_elsewhere_is_shown() -> None:
    """A Python that is not the system's is bound where it is, its parents made passable."""
    home = Path("/opt/people/python")
    command = bubblewrap.command(FOLDER, BOOT, HIDDEN, home, 3)
    assert shown(command)[str(home)] == str(home)
    assert {"/opt", "/opt/people"} <= set(pairs(command, "--dir"))


@needs_linux
@pytest.mark.parametrize("kit", ["/usr/share/kit", "/opt/python/kit"])
def test_a_kit_inside_of_what_is_shown_is_covered(kit: str) -> None:
    """Where the kit lies below the system's folders or the interpreter's, it is hidden."""
    command = bubblewrap.command(FOLDER, BOOT, Path(kit), Path("/opt/python"), 3)
    assert kit in pairs(command, "--tmpfs")
    assert "/srv/kit" not in bubblewrap.command(FOLDER, BOOT, HIDDEN, Path("/usr"), 3)


@needs_linux
def test_what_is_writable_has_a_size() -> None:
    """Every file system in memory that a program may write to is limited."""
    command = bubblewrap.command(FOLDER, BOOT, HIDDEN, Path("/usr"), 3)
    for place in (bubblewrap.HOME, "/dev/shm"):
        at = command.index(place)
        assert command[at - 1] == "--tmpfs"
        assert "--size" in command[at - 5 : at]
    assert pairs(command, "--remount-ro") == ["/dev", "/"]
