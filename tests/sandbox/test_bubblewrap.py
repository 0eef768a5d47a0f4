"""What a program in the namespaces sees of this machine."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.worlds import needs_linux

from grader.sandbox import bubblewrap

FOLDER, HIDDEN = Path("/srv/work"), Path("/srv/kit")
COPIED = {bubblewrap.BOOT: 4, "/etc/hosts": 5}


def shown(command: list[str]) -> dict[str, str]:
    """What is bound read-only, by where it is seen."""
    return {
        command[at + 2]: command[at + 1] for at, word in enumerate(command) if word == "--ro-bind"
    }


def pairs(command: list[str], option: str) -> list[str]:
    return [command[at + 1] for at, word in enumerate(command) if word == option]


@needs_linux
def test_of_the_kit_nothing_is_bound() -> None:
    """Neither the grader nor the folder that the submission came from is bound."""
    found = shown(bubblewrap.command(FOLDER, COPIED, HIDDEN, Path("/usr"), 3))
    ours = {seen: real for seen, real in found.items() if real.startswith("/srv")}
    assert ours == {bubblewrap.SUBMISSION: str(FOLDER)}


@needs_linux
def test_small_files_are_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The start and the few settings that there are come as copies that anybody can read."""
    boot, hosts = tmp_path / "boot.py", tmp_path / "hosts"
    hosts.touch()
    monkeypatch.setattr(bubblewrap, "SETTINGS", (str(hosts), str(tmp_path / "missing")))
    copies = bubblewrap.copies(boot)
    assert copies == {bubblewrap.BOOT: boot, str(hosts): hosts}
    command = bubblewrap.command(FOLDER, {str(hosts): 7}, HIDDEN, Path("/usr"), 3)
    at = command.index(str(hosts))
    assert command[at - 4 : at] == ["--perms", "644", "--file", "7"]


@needs_linux
def test_an_interpreter_elsewhere_is_shown() -> None:
    """A Python that is not the system's is bound where it is, its parents made passable."""
    home = Path("/opt/people/python")
    command = bubblewrap.command(FOLDER, COPIED, HIDDEN, home, 3)
    assert shown(command)[str(home)] == str(home)
    assert {"/opt", "/opt/people"} <= set(pairs(command, "--dir"))


@needs_linux
@pytest.mark.parametrize("kit", ["/usr/share/kit", "/opt/python/kit"])
def test_a_kit_inside_of_what_is_shown_is_covered(kit: str) -> None:
    """Where the kit lies below the system's folders or the interpreter's, it is hidden."""
    command = bubblewrap.command(FOLDER, COPIED, Path(kit), Path("/opt/python"), 3)
    assert kit in pairs(command, "--tmpfs")
    assert "/srv/kit" not in bubblewrap.command(FOLDER, COPIED, HIDDEN, Path("/usr"), 3)


@needs_linux
def test_what_is_writable_has_a_size() -> None:
    """Every file system in memory that a program may write to is limited."""
    command = bubblewrap.command(FOLDER, COPIED, HIDDEN, Path("/usr"), 3)
    for place in (bubblewrap.HOME, "/dev/shm"):
        at = command.index(place)
        assert command[at - 1] == "--tmpfs"
        assert "--size" in command[at - 5 : at]
    assert pairs(command, "--remount-ro") == ["/dev", "/"]
