"""Two programs of one check meet in the network that both are in, and nowhere else."""

from __future__ import annotations

import contextlib
import secrets
import socket
from pathlib import Path

import pytest
from support import boxes, worlds
from support.boxes import each_closed_level, each_level
from support.worlds import needs_linux

from grader.sandbox import landlock
from grader.sandbox.box import Box

pytestmark = needs_linux
needs_scopes = pytest.mark.skipif(
    landlock.version() < landlock.SCOPES, reason="needs Landlock 6 (Linux 6.12)"
)

# A program that listens at a Unix socket, connects to it itself, and lets a child do so.
LISTENS = """\
import os, socket, sys
place = {place!r}
listener = socket.socket(socket.AF_UNIX)
listener.bind(place)
listener.listen()
def connect():
    socket.socket(socket.AF_UNIX).connect(place)
connect()
if os.fork() == 0:
    connect()
    os._exit(0)
print(os.wait()[1], os.path.abspath("s"), flush=True)
input()
"""
CONNECTS = """\
import socket
try: socket.socket(socket.AF_UNIX).connect({place!r})
except OSError: print("refused")
else: print("connected")
"""
REFUSED = "refused\n"


def script(folder: Path, name: str, source: str) -> Path:
    path = folder / "submission" / f"{name}.py"
    path.parent.mkdir(exist_ok=True)
    path.write_text(source)
    return path


def met(box: Box, scratch: Path, place: str) -> tuple[str, str]:
    """What the one that listens says of itself, and how the other one fares."""
    room = boxes.room(scratch)
    listens = script(scratch, "listens", LISTENS.format(place=place))
    with worlds.started(listens, room, box=box) as one:
        status, found = one.stdout.readline().decode().split()
        seen = found if place == "s" else place
        connects = script(scratch, "connects", CONNECTS.format(place=seen))
        with worlds.started(connects, room, box=box) as two:
            printed, complaints = worlds.communicate(two)
    return status, (printed + complaints).decode()


@needs_scopes
@each_level
def test_not_at_an_abstract_socket(box: Box, scratch: Path) -> None:
    """A program reaches its own abstract sockets, and no other program does."""
    assert met(box, scratch, f"\0{secrets.token_hex(8)}") == ("0", REFUSED)


@each_closed_level
def test_not_in_a_folder(box: Box, scratch: Path) -> None:
    """Each has a folder of its own: a program does not find what another one keeps in its."""
    room = boxes.room(scratch)
    writes = "import os\nopen('note', 'w').write('psst')\nprint(os.getcwd(), flush=True)\ninput()"
    with worlds.started(script(scratch, "writes", writes), room, box=box) as one:
        place = one.stdout.readline().decode().strip()
        looks = f"import glob\nprint(glob.glob('*') + glob.glob('../*/note'))\nopen('{place}/note')"
        with worlds.started(script(scratch, "looks", looks), room, box=box) as two:
            printed, complaints = worlds.communicate(two)
    assert printed == b"[]\n"
    assert b"PermissionError" in complaints or b"FileNotFoundError" in complaints


@each_closed_level
def test_a_program_finds_its_own_socket_in_its_folder(box: Box, scratch: Path) -> None:
    """What libraries do between processes of one program goes on working."""
    status, other = met(box, scratch, "s")
    assert status == "0"
    if box.level == "namespaces" or landlock.version() >= 9:
        assert other == REFUSED


@needs_scopes
@each_level
def test_no_abstract_socket_outside(box: Box, scratch: Path) -> None:
    """In whatever network: what listens outside is out of reach."""
    name = f"\0{secrets.token_hex(8)}"
    with contextlib.closing(socket.socket(socket.AF_UNIX)) as listener:
        listener.bind(name)
        listener.listen()
        path = script(scratch, "connects", CONNECTS.format(place=name))
        with worlds.started(path, boxes.room(scratch), box=box) as program:
            printed, complaints = worlds.communicate(program)
    assert (printed, complaints) == (REFUSED.encode(), b"")


@each_level
def test_no_socket_in_a_folder_outside(box: Box, scratch: Path) -> None:
    """A daemon that listens at a file is out of reach where that is not in sight."""
    if box.level != "namespaces" and landlock.version() < 9:
        pytest.skip("needs Landlock 9 (Linux 7.1)")
    with contextlib.closing(socket.socket(socket.AF_UNIX)) as listener:
        listener.bind(str(scratch / "daemon"))
        listener.listen()
        path = script(scratch, "connects", CONNECTS.format(place=str(scratch / "daemon")))
        with worlds.started(path, boxes.room(scratch), box=box) as program:
            printed, complaints = worlds.communicate(program)
    assert (printed, complaints) == (REFUSED.encode(), b"")
