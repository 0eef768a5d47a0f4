"""Grading again on each save."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

import lifelines
import programs
import pytest
import support
from made_up import check_result, grade_result
from support import needs_posix

from grader import __main__ as command
from grader import arguments, memory, rubric, session, watch
from grader.session import Request
from grader.verdict import GradeResult, Verdict

PASS, FAIL = Verdict.PASS, Verdict.FAIL
END = "Ctrl+C ends\n"  # of each page


@pytest.fixture
def lab4(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A submission in the current folder."""
    monkeypatch.chdir(tmp_path)
    return programs.write_programs(tmp_path / "lab4")


def request(*words: str) -> Request:
    """What these arguments ask for."""
    return arguments.request(arguments.parser().parse_args(words))


# The files.


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
        assert saves.saved.wait(support.PATIENCE)
    assert threading.enumerate() == before


def test_a_folder_that_comes_back_is_watched(lab4: Path) -> None:
    """A folder may be away for a while."""
    with watch.Saves(request()) as saves:
        lab4.rename("away")
        assert saves.saved.wait(support.PATIENCE)
        saves.saved.clear()
        Path("away").rename("lab4")
        assert saves.saved.wait(support.PATIENCE)


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
        assert saves.saved.wait(support.PATIENCE)


# The order.


def test_open_checks_go_first() -> None:
    """A check that has not passed goes first, with what it needs, in the rubric's order."""
    known = {**dict.fromkeys(rubric.check_ids(), PASS), "udp.storm": FAIL, "udp.leave-notice": FAIL}
    first = watch.first(known)
    planned = Request("lab4", ("udp",), 1, first=first).planned("udp")
    assert planned[:6] == tuple(
        f"udp.{name}"
        for name in ("starts", "handshake", "two-users", "leave-notice", "client-name", "storm")
    )
    assert sorted(planned) == sorted(rubric.check_ids(("udp",)))
    assert not any(id_.startswith("tcp.") for id_ in first)


@pytest.mark.parametrize("id_", rubric.check_ids())
def test_needs_go_before(id_: str) -> None:
    """Whatever is open, all that it needs, in turn, has run before it."""
    first = watch.first({**dict.fromkeys(rubric.check_ids(), PASS), id_: FAIL})
    variant = id_.partition(".")[0]
    for name in (i.partition(".")[2] for i in first):
        assert {f"{variant}.{need}" for need in rubric.row(name).needs} <= first
    assert id_ in first


def test_at_first_the_order_is_the_rubrics() -> None:
    """Where nothing is known, no check goes before another one."""
    wanted = Request("lab4", ("tcp",), 1, first=watch.first({}))
    assert wanted.planned("tcp") == rubric.check_ids(("tcp",))


# Again and again.


class Evening:
    """Gradings and saves, one after the other; at the end Ctrl+C, while nothing is graded."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.results: list[GradeResult | BaseException] = []
        self.saves: list[Callable[[], object]] = []
        self.requests: list[Request] = []
        monkeypatch.setattr(session, "grade", self._grade)
        monkeypatch.setattr(watch.Saves, "wait", lambda saves: self._wait())

    def _grade(self, request: Request, progress: object, stop: threading.Event) -> GradeResult:
        self.requests.append(request)
        result = self.results.pop(0)
        if isinstance(result, BaseException):
            raise result
        return result

    def _wait(self) -> None:
        if not self.saves:
            raise KeyboardInterrupt
        self.saves.pop(0)()


@pytest.fixture
def evening(lab4: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Evening:
    monkeypatch.setenv(memory.FOLDER, str(tmp_path / "cache"))
    return Evening(monkeypatch)


def nothing() -> None:
    """Save what was there."""


def found(verdict: Verdict) -> GradeResult:
    return grade_result(check_result("tcp.starts"), check_result("tcp.join-notice", verdict))


def pages(capsys: pytest.CaptureFixture[str]) -> list[str]:
    """The pages that were printed."""
    return capsys.readouterr().out.split(END)[:-1]


def test_what_has_changed_is_shown(evening: Evening, capsys: pytest.CaptureFixture[str]) -> None:
    """Each page says what is different from the one before it."""
    evening.results = [found(FAIL), found(PASS), found(PASS)]
    evening.saves = [nothing, nothing]
    assert command.main(["--watch"]) == 0
    first, second, third = pages(capsys)
    assert "since" not in first
    assert "tcp.join-notice  FAIL → PASS" in second
    assert "no verdict has changed" in third


def test_the_next_grading_begins_with_what_failed(evening: Evening) -> None:
    """From the second grading on, the order is by what is known."""
    evening.results = [found(FAIL), found(PASS)]
    evening.saves = [nothing]
    command.main(["--watch", "--variant", "tcp"])
    planned = [request.planned("tcp") for request in evening.requests]
    assert planned[0] == rubric.check_ids(("tcp",))
    assert "tcp.join-notice" in evening.requests[1].first


def test_names_are_drawn_anew(evening: Evening) -> None:
    """Each grading has a seed of its own, unless one is given."""
    evening.results = [found(PASS)] * 4
    evening.saves = [nothing] * 3
    command.main(["--watch"])
    assert len({request.seed for request in evening.requests}) > 1


def test_the_evening_before_is_known(evening: Evening, capsys: pytest.CaptureFixture[str]) -> None:
    """The first page is compared with the last one of the last time."""
    for verdict in (FAIL, PASS):
        evening.results = [found(verdict)]
        command.main(["--watch"])
    assert "FAIL → PASS" in pages(capsys)[1]


def test_without_the_cache_nothing_is_kept(evening: Evening, tmp_path: Path) -> None:
    """With --no-cache an evening leaves nothing behind."""
    evening.results = [found(FAIL)]
    command.main(["--watch", "--no-cache"])
    assert not (tmp_path / "cache").exists()


def test_a_stopped_grading_is_followed_by_another(
    evening: Evening, capsys: pytest.CaptureFixture[str]
) -> None:
    """What a grading had found when a save stopped it is shown to nobody."""
    evening.results = [session.Stopped(), found(PASS)]
    evening.saves = [nothing]
    assert command.main(["--watch"]) == 0
    assert len(pages(capsys)) == 1


def test_a_submission_may_be_away(
    evening: Evening, lab4: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A folder that is gone ends nothing: it is said in a line, and the next save is awaited."""
    evening.results = [found(PASS), found(FAIL)]
    evening.saves = [lambda: lab4.rename("away"), lambda: Path("away").rename("lab4")]
    assert command.main(["--watch"]) == 0
    _, second = pages(capsys)
    assert "lab4: no such folder; " in second
    assert "waiting for the next save" in second
    assert "PASS → FAIL" in second


def test_the_graders_fault_ends_nothing(
    evening: Evening, capsys: pytest.CaptureFixture[str]
) -> None:
    """A page with an ERROR is followed by others, and what was known before stays known."""
    evening.results = [found(PASS), found(Verdict.ERROR), found(FAIL)]
    evening.saves = [nothing, nothing]
    assert command.main(["--watch"]) == 0
    assert "PASS → FAIL" in pages(capsys)[2]


def test_ctrl_c_in_the_middle(evening: Evening, capsys: pytest.CaptureFixture[str]) -> None:
    """An interrupted grading has a status of its own, and no page."""
    evening.results = [grade_result(mark=None, interrupted=True)]
    assert command.main(["--watch"]) == 130
    assert pages(capsys) == []


def test_nothing_to_watch_at_the_beginning(
    evening: Evening, capsys: pytest.CaptureFixture[str]
) -> None:
    """A folder that was never there is a wrong argument."""
    with pytest.raises(SystemExit) as caught:
        command.main(["--watch", "lab5"])
    assert caught.value.code == 2
    assert "lab5: no such folder" in capsys.readouterr().err


def test_a_package_that_is_missing(
    evening: Evening, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where there is no watchfiles, the line says how to get it."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(SystemExit) as caught:
        command.main(["--watch"])
    assert caught.value.code == 3
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert "-m pip install watchfiles" in err


# The whole of it, as a process.


class Reader:
    """Reads pages as they come."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream

    def page(self) -> str:
        """The next page."""
        text = ""
        while not text.endswith(END):
            line = self._stream.readline()
            assert line, f"expected a page, got {text!r}"
            text += line
        return text


# Where the tests run in the background, Ctrl+C is ignored, and so in all below.
STARTED = """\
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
from grader.__main__ import main
sys.exit(main(sys.argv[1:]))
"""


@contextlib.contextmanager
def watching(*words: str) -> Iterator[subprocess.Popen[str]]:
    """A grader that watches, ended afterwards."""
    with subprocess.Popen(
        [sys.executable, "-B", "-c", STARTED, "--watch", "--portable", *words],
        cwd=support.ROOT,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        try:
            yield process
        finally:
            process.kill()


@needs_posix
def test_a_fault_that_comes_and_goes(lab4: Path) -> None:
    """A save that breaks something is graded, and so is the one that mends it."""
    with watching(str(lab4), "--only", "udp.starts") as process:
        assert process.stdout is not None
        reader = Reader(process.stdout)
        assert "✓ PASS" in reader.page()
        (lab4 / "udp_server.py").write_text("def")
        assert "udp.starts  PASS → FAIL" in reader.page()
        (lab4 / "udp_server.py").write_text(programs.UDP_SERVER)
        assert "udp.starts  FAIL → PASS" in reader.page()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=support.PATIENCE)
    assert (process.returncode, out, err) == (0, "", "")


@needs_posix
def test_a_save_in_the_middle_of_a_grading(lab4: Path, tmp_path: Path) -> None:
    """The grading is stopped, nothing of it is left running, and what was saved is graded."""
    with lifelines.lifeline(tmp_path) as line:
        (lab4 / "tcp_server.py").write_text(f"{line.source}\nwhile True: pass")
        with watching(str(lab4), "--only", "tcp.starts") as process:
            assert process.stdout is not None
            line.come()
            (lab4 / "tcp_server.py").write_text(programs.TCP_SERVER)
            assert line.gone()
            assert "✓ PASS" in Reader(process.stdout).page()


@needs_posix
def test_ctrl_c_ends_what_runs(lab4: Path, tmp_path: Path) -> None:
    """In the middle of a grading, Ctrl+C leaves no process; the status is 130."""
    with lifelines.lifeline(tmp_path) as line:
        (lab4 / "tcp_server.py").write_text(f"{line.source}\nwhile True: pass")
        with watching(str(lab4), "--only", "tcp.starts") as process:
            line.come()
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=support.PATIENCE)
        assert line.gone()
    assert (process.returncode, out, err) == (130, "", "")
