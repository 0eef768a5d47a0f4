"""Server and client are found by what they do."""

from __future__ import annotations

from pathlib import Path

from grader.assignment.variants import TCP, UDP
from grader.submission.own import pair

TCP_SERVER = "import socket\ns = socket.socket()\ns.bind(('', 1))\ns.listen()\ns.accept()\n"
TCP_CLIENT = "import socket\ns = socket.socket()\ns.connect(('', 1))\ns.send(input().encode())\n"
UDP_SERVER = "from socket import *\ns = socket(AF_INET, SOCK_DGRAM)\ns.bind(a)\ns.recvfrom(9)\n"
UDP_CLIENT = "from socket import *\ns = socket(AF_INET, SOCK_DGRAM)\ns.sendto(input(), a)\n"


def written(folder: Path, **files: str) -> Path:
    """A folder with these files."""
    for name, text in files.items():
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    return folder


def test_names_do_not_matter(tmp_path: Path) -> None:
    """Whatever the files are called, the one that listens is the server."""
    found = pair.in_folder(written(tmp_path, one=TCP_CLIENT, two=TCP_SERVER)).pairs[TCP]
    assert (found.server.name, found.client.name) == ("two.py", "one.py")


def test_both_variants_may_lie_in_one_folder(tmp_path: Path) -> None:
    """Programs with datagrams are a pair of their own."""
    folder = written(tmp_path, a=TCP_SERVER, b=TCP_CLIENT, c=UDP_SERVER, d=UDP_CLIENT)
    found = pair.in_folder(folder).pairs
    assert found[TCP].server.name == "a.py" and found[UDP].server.name == "c.py"


def test_of_numbered_copies_the_first_is_taken(tmp_path: Path) -> None:
    """Which one was taken, and what else there was, is told."""
    folder = written(tmp_path, server=TCP_SERVER, client1=TCP_CLIENT, client2=TCP_CLIENT)
    found = pair.in_folder(folder)
    assert found.pairs[TCP].client.name == "client1.py"
    assert [note.arguments["others"] for note in found.notes] == [("client2.py",)]


def test_modules_are_part_of_who_imports_them(tmp_path: Path) -> None:
    """A server may listen in a module that its file imports."""
    start = "from net import serve\nserve()\n"
    folder = written(tmp_path, net=TCP_SERVER, start=start, client=TCP_CLIENT)
    assert pair.in_folder(folder).pairs[TCP].server.name == "start.py"


def test_nothing_is_found_in_other_programs(tmp_path: Path) -> None:
    """A program that has nothing to do with sockets is neither."""
    assert not pair.in_folder(written(tmp_path, hello="print('hello')\n")).pairs


def test_programs_of_one_folder_belong_together(tmp_path: Path) -> None:
    """Of several pairs one is taken, not the server of one and the client of another."""
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    written(tmp_path / "a", client=TCP_CLIENT)
    written(tmp_path / "b", zserver=TCP_SERVER, zclient=TCP_CLIENT)
    found = pair.in_folder(tmp_path).pairs[TCP]
    assert found.server.parent == found.client.parent == tmp_path / "b"


def test_several_chats_are_told(tmp_path: Path) -> None:
    """Where each of two folders has a whole chat, nobody knows which one is meant."""
    for name in "ab":
        (tmp_path / name).mkdir()
        written(tmp_path / name, server=TCP_SERVER, client=TCP_CLIENT)
    assert pair.several(tmp_path) == [tmp_path / "a", tmp_path / "b"]
    assert pair.several(tmp_path / "a") == []
