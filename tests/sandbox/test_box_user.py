"""Who a program runs as, and what is there for this user."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from support import boxes, worlds
from support.boxes import BOXES, each_level
from support.worlds import needs_linux, needs_posix

from grader.assignment.variants import TCP, Role
from grader.sandbox import bubblewrap, levels
from grader.sandbox.box import Box, scratch_folder
from grader.sandbox.network import Network
from grader.submission import intake

SYSTEM_PYTHON = Path("/usr/bin/python3")


@pytest.fixture(name="anybodys_python")
def _anybodys_python(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Python that another user can run as well; the one here may be in somebody's home."""
    if not SYSTEM_PYTHON.exists():
        pytest.skip("needs a Python in /usr/bin")
    monkeypatch.setattr(sys, "_base_executable", str(SYSTEM_PYTHON), raising=False)
    monkeypatch.setattr(sys, "base_prefix", "/usr")


def said(box: Box, source: str, folder: Path, network: Network = worlds.LOOPBACK) -> str:
    """What a program prints in the sandbox, complaints included."""
    script = folder / "submission" / "program.py"
    script.parent.mkdir()
    script.write_text(source)
    with worlds.started(script, boxes.room(folder), box=box, network=network) as child:
        printed, complaints = worlds.communicate(child)
    return (printed + complaints).decode()


@needs_posix
@each_level
def test_the_user_has_a_name(box: Box, scratch: Path) -> None:
    """Whoever a program runs as has a name, a home and an entry among the users."""
    source = (
        "import getpass, os, pwd\n"
        "pwd.getpwuid(os.getuid())\n"
        "print(getpass.getuser(), os.environ['USER'], os.environ['LOGNAME'], os.getcwd() == "
        "os.path.expanduser('~'))"
    )
    assert said(box, source, scratch) == "student student student True\n"


@needs_linux
def test_other_programs_find_the_user_too(scratch: Path) -> None:
    """In the namespaces the entry is in a file, for all that a program may start."""
    box = BOXES.get("namespaces")
    if box is None:
        pytest.skip("needs namespaces")
    source = "import subprocess\nsubprocess.run(['id', '-un'])\nsubprocess.run(['id', '-gn'])"
    assert said(box, source, scratch) == "student\nstudent\n"


@needs_linux
@each_level
def test_services_have_numbers(box: Box, scratch: Path) -> None:
    """A program finds the usual ports and protocols by their names."""
    if box.level != "namespaces" and not os.path.isfile("/etc/services"):
        pytest.skip("needs a machine that has them")
    source = (
        "import socket\n"
        "print(socket.getservbyname('http'), socket.getservbyname('domain', 'udp'))\n"
        "print(socket.getservbyport(22), socket.getprotobyname('udp'))"
    )
    assert said(box, source, scratch) == "80 53\nssh 17\n"


@needs_linux
def test_services_without_a_list(scratch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the namespaces there are some also where the machine itself has no list."""
    box = BOXES.get("namespaces")
    if box is None:
        pytest.skip("needs namespaces")
    monkeypatch.setattr(bubblewrap, "SETTINGS", bubblewrap.SETTINGS[:2])
    monkeypatch.setattr(os.path, "isfile", lambda path: False)
    source = (
        "import socket\nprint(socket.getservbyname('http'), socket.getprotobyname('tcp'),"
        " open('/etc/services').read().count('/tcp'))"
    )
    assert said(box, source, scratch) == "80 6 6\n"


@pytest.fixture(params=[0o027, 0o077, 0o777], ids=oct)
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    """A umask of the grader's parent that closes what it makes to others."""
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


@needs_posix
@each_level
def test_no_umask_closes_a_level(box: Box, umask: int) -> None:
    """What can be had can be had whatever a parent has set."""
    del umask
    assert levels.choose(box.level)[0] == box


@needs_posix
@each_level
def test_what_was_handed_in_is_there(box: Box, umask: int, tmp_path: Path) -> None:
    """Modules, packages in packages and data can be imported and read, whoever reads them."""
    del umask
    old = os.umask(0o077)
    folder = tmp_path / "mine"
    for name, text in {
        "tcp_server.py": "import common\nimport pack.deep.inner\nprint(pack.deep.inner.READ)",
        "common.py": "PORT = 1",
        "pack/__init__.py": "",
        "pack/deep/inner.py": "READ = open(__file__.replace('inner.py', 'data.json')).read()",
        "pack/deep/data.json": "{}",
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    os.umask(old)
    found = intake.in_folder(folder)
    with scratch_folder() as copy, scratch_folder() as tools, scratch_folder() as place:
        script = intake.copied(found, copy).files[TCP, Role.SERVER]
        compiled = box.compiled(tools)
        with worlds.started(script, place, box=compiled) as child:
            printed, complaints = worlds.communicate(child)
    assert (printed, complaints) == (b"{}\n", b"")


@each_level
def test_nobody_is_root(box: Box, scratch: Path) -> None:
    """Root's gradings run programs as another user, where the level has one."""
    found = said(box, "import os\nprint(os.getuid(), os.geteuid(), os.getgroups())", scratch)
    if box.uid:
        assert found == f"{box.uid} {box.uid} []\n"
    else:
        assert found.startswith(f"{os.getuid()} ")


@needs_linux
@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="needs root")
@pytest.mark.usefixtures("anybodys_python")
def test_root_starts_programs_as_another_user(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The level `user`: another user's process, which may not end root's."""
    with scratch_folder() as folder:
        box, _ = levels.choose("user")
        source = f"import os\nprint(os.getuid())\nos.kill({os.getpid()}, 0)"
        found = said(box, source, folder)
    assert found.startswith(f"{box.uid}\n")
    assert "PermissionError" in found
