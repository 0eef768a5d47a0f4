"""Grading again on each save: what a save is, and what is graded first."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from support import programs, worlds

from grader.assignment import rubric
from grader.assignment.variants import TCP, UDP
from grader.cli import arguments, watch
from grader.grading import options
from grader.grading.request import Request
from grader.result.verdict import Verdict

PASS, FAIL = Verdict.PASS, Verdict.FAIL


def request(*words: str, first: frozenset[str] = frozenset()) -> Request:
    """What these arguments ask for."""
    asked = options.request_of(arguments.parser().parse_args(words))
    return msgspec.structs.replace(asked, first=first)


def test_files_of_a_folder(lab4: Path) -> None:
    """In a folder the four files are watched, and modules that they may import."""
    (lab4 / "helpers.py").touch()
    found = [path.name for path in watch.files(request())]
    assert found == sorted([*programs.PROGRAMS, "helpers.py"])


def test_files_of_one_variant(lab4: Path) -> None:
    """What is not graded is not watched."""
    found = [path.name for path in watch.files(request("--variant", "udp"))]
    assert found == ["udp_client.py", "udp_server.py"]


def test_single_files(lab4: Path) -> None:
    """Of files given by themselves only these are watched."""
    found = watch.files(request("--server", "lab4/tcp_server.py"))
    assert found == [lab4 / "tcp_server.py"]


LEFT_BY_EDITORS = (
    *("tcp_server.py~", ".tcp_server.py.swp", "4913", "#tcp_server.py#", ".#tcp_server.py"),
    *("tcp_server.py___jb_tmp___", ".goutputstream-AB12.py", "tcp_server.tmp-1.py"),
    *("__pycache__", "notes.txt"),
)


def test_what_editors_leave_is_no_save(lab4: Path) -> None:
    """Files that come and go beside the submission change nothing."""
    before = watch.stamps(request())
    for name in LEFT_BY_EDITORS:
        (lab4 / name).mkdir() if name == "__pycache__" else (lab4 / name).touch()
    (lab4 / "__pycache__" / "tcp_server.cpython-313.pyc").touch()
    assert watch.stamps(request()) == before


def in_place(path: Path) -> None:
    path.write_text("print()\n")


def replaced(path: Path) -> None:
    new = path.with_name(f".{path.name}.tmp")
    new.write_text(path.read_text())
    new.replace(path)


def folder_replaced(path: Path) -> None:
    shutil.copytree(path.parent, path.parent.with_name("other"))
    shutil.rmtree(path.parent)
    path.parent.with_name("other").rename(path.parent)


SAVES = (in_place, replaced, Path.unlink, folder_replaced)


@pytest.mark.parametrize("save", SAVES)
def test_a_save_is_told(save: Callable[[Path], None], lab4: Path) -> None:
    """A file that is written, replaced or removed is noticed, however that is done."""
    before = threading.enumerate()
    with watch.Saves(request()) as saves:
        save(lab4 / "tcp_server.py")
        assert saves.saved.wait(worlds.PATIENCE)
    assert threading.enumerate() == before


def test_a_folder_that_comes_back_is_watched(lab4: Path) -> None:
    """A folder may be away for a while."""
    with watch.Saves(request()) as saves:
        lab4.rename("away")
        assert saves.saved.wait(worlds.PATIENCE)
        saves.saved.clear()
        Path("away").rename("lab4")
        assert saves.saved.wait(worlds.PATIENCE)


def test_without_help_of_the_system_saves_are_seen_too(
    lab4: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The system may have no more watches to give."""

    def refused(*_: object, **__: object) -> Iterator[None]:
        raise OSError(28, "OS file watch limit reached")

    monkeypatch.setattr("watchfiles.watch", refused)
    monkeypatch.setattr(watch, "LOOK", 0.001)
    with watch.Saves(request()) as saves:
        in_place(lab4 / "tcp_server.py")
        assert saves.saved.wait(worlds.PATIENCE)


@pytest.mark.usefixtures("lab4")
def test_open_checks_go_first() -> None:
    """A check that has not passed goes first, with what it needs, in the rubric's order."""
    known = {**dict.fromkeys(rubric.check_ids(), PASS), "udp.storm": FAIL, "udp.leave-notice": FAIL}
    first = watch.first(known)
    planned = request("--variant", "udp", first=first).planned()
    names = ("many-users", "leave-notice", "storm")
    assert planned[:3] == tuple(f"udp.{name}" for name in names)
    assert sorted(planned) == sorted(rubric.check_ids((UDP,)))
    assert not any(id_.startswith("tcp.") for id_ in first)


@pytest.mark.parametrize("id_", rubric.check_ids())
def test_needs_go_before(id_: str) -> None:
    """Whatever is open, all that it needs, in turn, has run before it."""
    first = watch.first({**dict.fromkeys(rubric.check_ids(), PASS), id_: FAIL})
    variant = id_.partition(".")[0]
    for name in (i.partition(".")[2] for i in first):
        assert {f"{variant}.{need}" for need in rubric.row(name).needs} <= first
    assert id_ in first


@pytest.mark.usefixtures("lab4")
def test_at_first_the_order_is_the_rubrics() -> None:
    """Where nothing is known, no check goes before another one."""
    planned = request("--variant", "tcp", first=watch.first({})).planned()
    assert planned == rubric.check_ids((TCP,))
