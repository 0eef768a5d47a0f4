"""Runs the checks in processes of their own, and makes a result of what they report."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import psutil
import pytest
from support import boxes, lifelines, programs
from support.watcher import Watcher, checks_of, request, verdicts
from support.worlds import PATIENCE, interrupted, needs_linux, needs_posix

from grader.assignment import rubric
from grader.assignment.variants import NAMES, UDP
from grader.fact import Fact, fact
from grader.grading import runner
from grader.grading.events import Done
from grader.grading.worker_process import WorkerProcess
from grader.result.grade import GradeResult
from grader.result.verdict import Reason, Verdict


@pytest.fixture
def workers(monkeypatch: pytest.MonkeyPatch) -> dict[str, WorkerProcess]:
    """The workers of the grading, by variant: killing one is as a crash would be."""
    started: dict[str, WorkerProcess] = {}

    class Kept(WorkerProcess):
        def __init__(self, variant: str, *arguments: Any) -> None:
            super().__init__(variant, *arguments)
            started[variant] = self

    monkeypatch.setattr(runner, "WorkerProcess", Kept)
    return started


def test_whole_grading(tmp_path: Path) -> None:
    """A result has what was asked for: the label, the seed, the notes, each variant."""
    folder = programs.write_programs(tmp_path)
    note = fact("role-not-given", role="client")
    wanted = request(folder, "tcp.starts", "udp.starts", notes=(note,), seed=7)
    result = runner.grade(wanted, Watcher())
    assert (result.submission, result.seed, result.notes) == ("mine", 7, (note,))
    assert [v.name for v in result.variants] == ["tcp", "udp"]
    assert verdicts(result) == {"tcp.starts": Verdict.PASS, "udp.starts": Verdict.PASS}
    assert result.sandbox.level == next(iter(boxes.BOXES))
    assert not result.interrupted


@pytest.fixture(scope="module")
def partial(tmp_path_factory: pytest.TempPathFactory) -> tuple[GradeResult, Watcher]:
    """Two checks of UDP, graded once for several tests."""
    folder = programs.write_programs(tmp_path_factory.mktemp("partial"))
    watcher = Watcher()
    return runner.grade(request(folder, "udp.starts", "udp.handshake"), watcher), watcher


def test_partial_grading(partial: tuple[GradeResult, Watcher]) -> None:
    """Where only some checks have run there is no mark."""
    result, _ = partial
    (udp,) = result.variants
    assert (udp.points, udp.max_points, udp.mark, result.mark) == (6, 100, None, None)


def test_variant_without_checks_is_left_out(tmp_path: Path) -> None:
    """A variant of which no check is asked for is not graded."""
    folder = programs.write_programs(tmp_path)
    wanted = request(folder, "udp.starts", variants=NAMES)
    assert [v.name for v in runner.grade(wanted, Watcher()).variants] == ["udp"]


def test_progress_is_told(partial: tuple[GradeResult, Watcher]) -> None:
    """Whoever watches is told of each check as it begins and ends."""
    _, watcher = partial
    for id_ in ("udp.starts", "udp.handshake"):
        mine = [what for what, told in watcher.seen if told == id_]
        assert mine == ["started", "finished"]
    assert len(watcher.seen) == 4


def drawn(folder: Path, seed: int) -> tuple[Fact, ...]:
    result = runner.grade(request(folder, "udp.handshake", seed=seed), Watcher())
    return checks_of(result)["udp.handshake"].steps


def test_seed_replays_the_names(tmp_path: Path, partial: tuple[GradeResult, Watcher]) -> None:
    """The same seed draws the same names, also where a check is run alone."""
    steps = checks_of(partial[0])["udp.handshake"].steps
    assert steps == drawn(programs.write_programs(tmp_path), 1)


def test_another_seed_draws_other_names(
    tmp_path: Path, partial: tuple[GradeResult, Watcher]
) -> None:
    """Another seed draws other names and texts."""
    steps = checks_of(partial[0])["udp.handshake"].steps
    assert steps != drawn(programs.write_programs(tmp_path), 2)


def test_worker_that_cannot_begin(tmp_path: Path) -> None:
    """When the worker ends before it has begun, every check is an ERROR with its last words."""
    result = runner.grade(request(tmp_path / "nothing", variants=("udp",)), Watcher())
    assert set(verdicts(result)) == set(rubric.check_ids((UDP,)))
    assert set(verdicts(result).values()) == {Verdict.ERROR}
    assert result.has_error
    assert result.mark is None
    check = checks_of(result)["udp.starts"]
    assert check.reason is Reason.WORKER
    assert check.message is not None and check.message.code == "worker-ended"
    said = check.message.arguments["reason"]
    assert isinstance(said, Fact) and "no such folder" in str(said.arguments["text"])


@needs_posix
def test_worker_that_crashes(tmp_path: Path, workers: dict[str, WorkerProcess]) -> None:
    """When the worker is gone in the middle, what is known stays and the rest is an ERROR."""
    with lifelines.lifeline(tmp_path) as line:
        server = lifelines.spins_the_second_time(programs.TCP_SERVER, line, tmp_path / "marker")
        folder = programs.write_programs(tmp_path / "submission", tcp_server=server)

        def crash(what: str) -> None:
            if what == "started tcp.handshake":
                line.come()
                workers["tcp"].kill()

        result = runner.grade(
            request(folder, "tcp.starts", "tcp.handshake", "tcp.storm", portable=True),
            Watcher(crash),
        )
        assert line.gone()
    assert verdicts(result) == {
        "tcp.starts": Verdict.FAIL,  # its second start: the first one was the probe's
        "tcp.handshake": Verdict.ERROR,
        "tcp.storm": Verdict.ERROR,
    }
    lost = checks_of(result)["tcp.handshake"]
    assert lost.reason is Reason.WORKER
    assert lost.message is not None and lost.message.code == "worker-ended"
    assert result.mark is None and result.has_error and not result.interrupted


@needs_linux
def test_a_daemon_that_outlives_its_worker(
    tmp_path: Path, workers: dict[str, WorkerProcess]
) -> None:
    """Once the worker is gone, its daemons are found, whatever they have done to be nobody's."""
    with lifelines.lifeline(tmp_path) as line:
        server = (
            f"import os, sys\nif os.fork() == 0:\n    os.setsid()\n    if os.fork(): os._exit(0)\n"
            f"    {line.source.strip().replace(chr(10), '; ')}\n"
            "    os.set_inheritable(lifeline.fileno(), True)\n    os.chdir('/')\n"
            "    os.execve(sys.executable, ['python', '-c', 'import time; time.sleep(600)'], {})\n"
            "input()"
        )
        folder = programs.write_programs(tmp_path / "submission", tcp_server=server)

        def crash(what: str) -> None:
            if what == "started tcp.starts":
                line.come()
                workers["tcp"].kill()

        runner.grade(request(folder, "tcp.starts", portable=True), Watcher(crash))
        assert line.gone()
    assert not psutil.Process().children()


@needs_posix
def test_crash_of_one_variant_leaves_the_other(
    tmp_path: Path, workers: dict[str, WorkerProcess]
) -> None:
    """When the worker of one variant crashes, the other is graded to its end."""
    # The one hangs; the other fails only after it was idle for a while.
    folder = programs.write_programs(tmp_path, tcp_server="while True: pass", udp_server="input()")

    def crash(what: str) -> None:
        if what == "started tcp.starts":
            workers["tcp"].kill()

    result = runner.grade(request(folder, "tcp.starts", "udp.starts"), Watcher(crash))
    assert verdicts(result) == {"tcp.starts": Verdict.ERROR, "udp.starts": Verdict.FAIL}


def interrupt(what: str) -> None:
    if what == "started tcp.handshake":
        raise KeyboardInterrupt


@needs_posix
def test_interruption(tmp_path: Path) -> None:
    """Ctrl+C ends the grading at once, with what is known, and leaves no process."""
    with lifelines.lifeline(tmp_path) as line:
        server = line.source + programs.TCP_SERVER
        folder = programs.write_programs(tmp_path / "submission", tcp_server=server)
        wanted = request(folder, "tcp.starts", "tcp.handshake", portable=True)
        result = runner.grade(wanted, Watcher(interrupt))
        assert line.gone()
    assert result.interrupted
    assert result.mark is None
    assert verdicts(result) == {"tcp.starts": Verdict.PASS}
    assert not result.has_error
    assert not psutil.Process().children()


@needs_posix
def test_an_interruption_leaves_nothing_locked() -> None:
    """Whenever Ctrl+C comes, the worker's listener can go on telling, and so comes to its end."""
    for moment in range(1000):
        events = runner.Events()
        for event in (Done(), None):
            events.put(("udp", event))
        reports = {"udp": runner.WorkerReport()}
        over = interrupted(lambda: runner._listen(events, reports, Watcher(), None), moment)  # noqa: B023
        telling = threading.Thread(target=events.put, args=(("udp", None),), daemon=True)
        telling.start()
        telling.join(PATIENCE)
        assert not telling.is_alive(), moment
        if not over:
            break
    assert 1 < moment < 999


def test_stop(tmp_path: Path) -> None:
    """Another thread ends a grading at any time; nothing of it is left running."""
    stop = threading.Event()
    with lifelines.lifeline(tmp_path) as line:
        folder = programs.write_programs(
            tmp_path / "submission", tcp_server=f"{line.source}\nwhile True: pass"
        )

        def wait_and_stop() -> None:
            line.come()
            stop.set()

        thread = threading.Thread(target=wait_and_stop)
        thread.start()
        with pytest.raises(runner.Stopped):
            runner.grade(request(folder, "tcp.starts", portable=True), Watcher(), stop)
        thread.join()
        assert line.gone()
    assert not psutil.Process().children()


@needs_posix
def test_whole_grading_has_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A grading that takes too long is ended, and what has no verdict is an ERROR."""
    monkeypatch.setattr(runner, "LIMIT", 0)
    folder = programs.write_programs(tmp_path)
    result = runner.grade(request(folder, "tcp.starts"), Watcher())
    assert verdicts(result) == {"tcp.starts": Verdict.ERROR}


def test_single_files(tmp_path: Path) -> None:
    """Single files are graded as a folder is; what needs the other file is skipped."""
    folder = programs.write_programs(tmp_path)
    wanted = request(
        Path(), "tcp.client-name", "tcp.starts", submission="", client=str(folder / "tcp_client.py")
    )
    result = runner.grade(wanted, Watcher())
    assert verdicts(result) == {"tcp.starts": Verdict.SKIP, "tcp.client-name": Verdict.PASS}


def test_portable(tmp_path: Path) -> None:
    """What every system has is enough for a verdict."""
    folder = programs.write_programs(tmp_path)
    result = runner.grade(request(folder, "udp.starts", portable=True), Watcher())
    assert (result.sandbox.network, result.sandbox.clock) == ("free-port", "wall")
    assert verdicts(result) == {"udp.starts": Verdict.PASS}


def test_some_checks_go_first(tmp_path: Path) -> None:
    """Checks that are to go first do so; the result is in the order of the rubric all the same."""
    folder = programs.write_programs(tmp_path)
    ids = ("udp.starts", "udp.handshake", "udp.two-users")
    watcher = Watcher()
    wanted = request(folder, *ids, first=frozenset({"udp.two-users"}))
    result = runner.grade(wanted, watcher)
    begun = [id_ for what, id_ in watcher.seen if what == "started"]
    assert begun[0] == "udp.two-users"
    assert sorted(begun) == sorted(ids)
    assert tuple(verdicts(result)) == ids
