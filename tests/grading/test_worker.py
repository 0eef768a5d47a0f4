"""The process in which the checks run, spoken to as the grader does."""

from __future__ import annotations

import contextlib
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support import boxes, lifelines, programs, worlds
from support.watcher import request
from support.worlds import needs_linux

from grader.grading.events import Done, Event, Finished, Planned, Started
from grader.grading.request import Request, dumps
from grader.grading.titles import titles
from grader.result import codec
from grader.result.verdict import Verdict


@contextlib.contextmanager
def worker(
    asked: str, program: tuple[str, str] = ("-m", "grader.grading.worker")
) -> Iterator[subprocess.Popen[str]]:
    """A worker whose input stays open, ended afterwards."""
    with subprocess.Popen(
        [sys.executable, "-B", *program],
        cwd=worlds.ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
    ) as process:
        assert process.stdin is not None
        process.stdin.write(asked + "\n")
        process.stdin.flush()
        try:
            yield process
        finally:
            process.kill()


def events(asked: Request) -> list[Event]:
    """What a worker tells until it ends by itself."""
    with worker(dumps(asked)) as process:
        assert process.stdout is not None
        return [codec.decode(line, Event) for line in process.stdout]


def kinds(told: list[Event]) -> list[type[Event]]:
    return [type(event) for event in told]


def tcp(folder: Path, **fields: Any) -> Request:
    """A request to grade one variant."""
    return request(folder, variants=("tcp",), **fields)


def id_of(event: Event) -> str:
    """The check that an event is about; nothing for the others."""
    match event:
        case Started(id=id_):
            return id_
        case Finished(result=result):
            return result.id
    return ""


def test_events_are_told_in_order(tmp_path: Path) -> None:
    """First what is planned, then each check's begin before its end, then that all is done."""
    folder = programs.write_programs(tmp_path)
    told = events(request(folder, "udp.starts", "udp.handshake"))
    names = ("starts", "handshake")
    planned, *events_of_checks, done = told
    assert isinstance(planned, Planned)
    assert planned.titles == {f"udp.{name}": titles()[name] for name in names}
    assert planned.sandbox.level == next(iter(boxes.BOXES))
    for name in names:
        started, finished = (e for e in events_of_checks if id_of(e) == f"udp.{name}")
        assert started == Started(f"udp.{name}")
        assert isinstance(finished, Finished)
        assert finished.result.verdict is Verdict.PASS
    assert len(events_of_checks) == 2 * len(names)
    assert done == Done()


def test_nothing_but_events_is_on_the_output(tmp_path: Path) -> None:
    """What the submission or pytest prints does not get between the events."""
    noise = "import sys\nprint('{\"type\": \"Done\"}'); print('noise', file=sys.stderr)\n"
    folder = programs.write_programs(tmp_path, udp_server=noise + programs.UDP_SERVER)
    told = events(request(folder, "udp.starts"))
    assert kinds(told) == [Planned, Started, Finished, Done]


def test_failed_checks_are_work_done(tmp_path: Path) -> None:
    """A check that fails is told, and the work is done all the same."""
    folder = programs.write_programs(tmp_path, udp_server="1 / 0")
    told = events(request(folder, "udp.starts"))
    finished = told[-2]
    assert isinstance(finished, Finished) and finished.result.verdict is Verdict.FAIL
    assert told[-1] == Done()


def test_nothing_to_grade(tmp_path: Path) -> None:
    """Without anything to grade, the worker tells nothing."""
    assert events(request(tmp_path, variants=("udp",))) == []


def test_settings_for_pytest_do_not_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the user has set for other tests does not change the checks."""
    monkeypatch.setenv("PYTEST_ADDOPTS", "--nonsense")
    monkeypatch.setenv("PYTEST_PLUGINS", "nonsense")
    folder = programs.write_programs(tmp_path)
    told = events(request(folder, "udp.starts"))
    assert told[-1] == Done()


@pytest.mark.parametrize(
    ("asked", "named"), [("{}", "label"), ('{"colour": 1}', "colour"), ("", "Expecting value")]
)
def test_a_request_that_is_none(asked: str, named: str) -> None:
    """A worker that is asked for something else tells nothing, and complains in a line."""
    done = worlds.python("-B", "-m", "grader.grading.worker", input=asked)
    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert (done.stdout, done.stderr.count("\n")) == ("", 1)
    assert named in done.stderr


LEVELS: list[dict[str, Any]] = [{"portable": True}, *({"sandbox": level} for level in boxes.BOXES)]


@pytest.fixture
def _in_the_background() -> Iterator[None]:
    """What a shell without job control does to what it starts with an ampersand."""
    usual = signal.signal(signal.SIGINT, signal.SIG_IGN)
    yield
    signal.signal(signal.SIGINT, usual)


@needs_linux
@pytest.mark.usefixtures("_in_the_background")
def test_a_worker_in_the_background_ends_as_well(tmp_path: Path) -> None:
    """Where Ctrl+C is ignored, the worker stops all the same when whoever asked is gone."""
    test_end_of_the_input_is_the_end({"portable": True}, tmp_path)


# A worker that never gets to the end of cleaning up.
STUCK = """
import sys, threading
from grader.chat.world import World
from grader.grading import worker
worker.STOP_TIME = 0.1
World.close = lambda chat: threading.Event().wait()
sys.exit(worker.main())
"""


@needs_linux
def test_a_worker_that_cannot_clean_up_ends_as_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where an interruption leaves something locked, the worker ends what runs, and itself."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))  # its folders stay
    plate = lifelines.Nameplate()
    folder = programs.write_programs(tmp_path, tcp_server=plate.source + "while True: pass")
    with worker(dumps(tcp(folder)), program=("-c", STUCK)) as process:
        plate.come()
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(worlds.PATIENCE) == pytest.ExitCode.INTERRUPTED
    assert plate.gone()


@needs_linux
@pytest.mark.parametrize("level", LEVELS, ids=str)
def test_end_of_the_input_is_the_end(level: dict[str, Any], tmp_path: Path) -> None:
    """When whoever asked is gone, the worker stops in the middle and ends what it started."""
    plate = lifelines.Nameplate()
    folder = programs.write_programs(tmp_path, tcp_server=plate.source + "while True: pass")
    with worker(dumps(tcp(folder, **level))) as process:
        plate.come()
        assert process.stdin is not None and process.stdout is not None
        process.stdin.close()
        told = [codec.decode(line, Event) for line in process.stdout]
        assert process.wait(worlds.PATIENCE) == pytest.ExitCode.INTERRUPTED
    assert plate.gone()
    assert set(kinds(told)) <= {Planned, Started}


@needs_linux
def test_a_namespace_ends_with_the_worker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even when the worker is killed, nothing that it started in a namespace is left."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))  # it cannot remove its folders
    if "namespaces" not in boxes.BOXES:
        pytest.skip("needs namespaces")
    plate = lifelines.Nameplate()
    folder = programs.write_programs(tmp_path, tcp_server=plate.source + "while True: pass")
    with worker(dumps(tcp(folder, sandbox="namespaces"))) as process:
        plate.come()
        process.kill()
    assert plate.gone()
