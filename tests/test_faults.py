"""Faults of the grader's own: nobody's points are lost or won, and what is known is told."""

from __future__ import annotations

import ast
import contextlib
import errno
import io
import itertools
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import jsonschema
import lifelines
import programs
import psutil
import pytest
import support
from made_up import check_result, grade_result
from rich.console import Console
from support import needs_linux, needs_posix
from test_session import Watcher, checks_of, request, verdicts

from grader import __main__ as command
from grader import reports, rubric, session, translations, work
from grader.reports.live import Live
from grader.verdict import GradeResult, Verdict

SCHEMA = support.read_json(support.ROOT / "docs" / "result.schema.json")
KNOWN = grade_result(check_result("tcp.starts"))


def no_room(*_: object, **__: object) -> NoReturn:
    """What takes the place of a call that writes, on a full disk."""
    raise OSError(errno.ENOSPC, "No space left on device")


def break_worker(monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    """Run this code in each worker before anything else."""
    fault = f"exec({fault!r}); ".replace("{", "{{").replace("}", "}}")
    monkeypatch.setattr(work, "START", work.START.replace("from grader", fault + "from grader"))


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The current folder has a submission, and grading it is done at once."""
    programs.write_programs(tmp_path / "lab4")
    monkeypatch.setattr(session, "grade", lambda *_: KNOWN)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def grader(*arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    """A whole grading, as a process."""
    return support.python("-B", "-m", "grader", *arguments, **options)


def one_check(folder: Path) -> list[str]:
    """The arguments for a short grading."""
    programs.write_programs(folder / "lab4")
    return [str(folder / "lab4"), "--only", "udp.starts", "--format", "json", "--portable"]


# The worker.


# Whoever runs these tests may have had signals ignored, as nohup does.
HEEDING = """\
import signal, sys
for name in ("SIGHUP", "SIGTERM"):
    signal.signal(getattr(signal, name, signal.SIGTERM), signal.SIG_DFL)
from grader.__main__ import main
sys.exit(main(sys.argv[1:]))
"""


@contextlib.contextmanager
def busy(folder: Path, line: lifelines.Lifeline, *more: str) -> Iterator[subprocess.Popen[str]]:
    """A grading of TCP that has passed the first check and hangs in the second."""
    server = lifelines.spins_the_second_time(programs.TCP_SERVER, line, folder / "marker")
    programs.write_programs(folder / "lab4", tcp_server=server)
    arguments = ["--variant", "tcp", "--format", "json", "--portable", *more]
    with subprocess.Popen(
        [sys.executable, "-B", "-c", HEEDING, str(folder / "lab4"), *arguments],
        cwd=support.ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        try:
            line.come()
            yield process
        finally:
            process.kill()


@needs_posix
def test_worker_is_killed(tmp_path: Path) -> None:
    """What was found before is told, the rest is an ERROR, there is no mark, the status is 3."""
    with lifelines.lifeline(tmp_path) as line:
        with busy(tmp_path, line) as process:
            (worker,) = psutil.Process(process.pid).children()
            worker.kill()
            out, err = process.communicate(timeout=support.PATIENCE)
        assert line.gone()
    assert (process.returncode, err) == (3, "")
    found = json.loads(out)
    jsonschema.validate(found, SCHEMA)
    (tcp,) = found["variants"]
    assert [c["id"] for c in tcp["checks"]] == list(rubric.check_ids(("tcp",)))
    assert [c["verdict"] for c in tcp["checks"]] == ["PASS"] + ["ERROR"] * (len(tcp["checks"]) - 1)
    assert (tcp["points"], tcp["mark"], found["mark"]) == (4, None, None)


@needs_posix
def test_worker_is_killed_with_daemons_about(tmp_path: Path) -> None:
    """What a submission has started apart from itself does not outlive a worker that is killed."""
    with lifelines.lifeline(tmp_path) as line:
        child = f"import os; os.chdir('/')\n{line.source}\nwhile True: pass"
        daemon = "import subprocess, sys\n"
        daemon += f"subprocess.Popen([sys.executable, '-c', {child!r}], start_new_session=True)\n"
        folder = programs.write_programs(tmp_path / "lab4", tcp_server=daemon + "input()")

        def kill(what: str) -> None:
            line.come()
            for worker in psutil.Process().children():
                worker.kill()

        session.grade(request(folder, "tcp.starts", portable=True), Watcher(kill))
        assert line.gone()


@needs_posix
def test_grader_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the grader itself is killed, its worker ends what runs, and ends."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))  # it cannot remove its folder
    with lifelines.lifeline(tmp_path) as line, busy(tmp_path, line) as process:
        workers = psutil.Process(process.pid).children()
        process.kill()
        assert line.gone()
        assert not psutil.wait_procs(workers, support.PATIENCE)[1]


@needs_linux
def test_worker_has_no_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that gets no memory leaves an ERROR in every check, and no mark."""
    few = "import resource; resource.setrlimit(resource.RLIMIT_AS, (1 << 20, 1 << 20))"
    break_worker(monkeypatch, few)
    result = session.grade(request(programs.write_programs(tmp_path), variants=("udp",)), Watcher())
    assert set(verdicts(result).values()) == {Verdict.ERROR}
    assert result.mark is None


def test_check_runs_out_of_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A check that runs out of memory is an ERROR, and the others have their verdicts."""
    fault = """\
import sys
sys.path[0] = ROOT
from grader import chat
def deliver(*_):
    raise MemoryError
chat.Chat.deliver = deliver
"""
    break_worker(monkeypatch, fault.replace("ROOT", repr(work.ROOT)))
    folder = programs.write_programs(tmp_path)
    wanted = request(folder, "udp.handshake", "udp.two-users", "udp.rejoin")
    assert verdicts(session.grade(wanted, Watcher())) == {
        "udp.handshake": Verdict.PASS,
        "udp.two-users": Verdict.ERROR,
        "udp.rejoin": Verdict.SKIP,
    }


def test_worker_has_no_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a check cannot have its folder, that is an ERROR."""
    fault = """\
import errno, tempfile
def no_room(*_, **__):
    raise OSError(errno.ENOSPC, 'No space left on device')
tempfile.mkdtemp = no_room
"""
    break_worker(monkeypatch, fault)
    wanted = request(programs.write_programs(tmp_path), "udp.starts", portable=True)
    result = session.grade(wanted, Watcher())
    check = checks_of(result)["udp.starts"]
    assert check.verdict is Verdict.ERROR
    assert "No space left on device" in check.message


@pytest.mark.parametrize("error", [OSError(errno.EAGAIN, "busy"), RuntimeError("busy")])
def test_worker_cannot_start(
    error: Exception, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where one variant's worker cannot be started, the other variant is graded all the same."""

    class Broken(work.Work):
        def __init__(self, variant: str, *arguments: Any) -> None:
            if variant == "tcp":
                raise error
            super().__init__(variant, *arguments)

    monkeypatch.setattr(session, "Work", Broken)
    wanted = request(programs.write_programs(tmp_path), "tcp.starts", "udp.starts")
    result = session.grade(wanted, Watcher())
    assert verdicts(result) == {"tcp.starts": Verdict.ERROR, "udp.starts": Verdict.PASS}
    assert "busy" in checks_of(result)["tcp.starts"].message


@pytest.mark.parametrize(
    ("package", "words"),
    [
        ("rich", ["--list"]),
        ("psutil", ["--list"]),
        ("platformdirs", ["--list"]),
        ("jinja2", ["reference", "--only", "tcp.starts", "--format", "html"]),
    ],
)
def test_package_is_missing(package: str, words: list[str]) -> None:
    """Without a package the status is the grader's fault, and a line says what to do."""
    source = (
        f"import runpy, sys; sys.modules[{package!r}] = None; "
        f"sys.argv = ['grader', *{words}]; runpy.run_module('grader', run_name='__main__')"
    )
    done = subprocess.run(
        [sys.executable, "-c", source],
        cwd=Path(__file__).parent.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 3
    assert done.stderr.startswith(f"grader: a package is missing ({package}")
    assert done.stderr.count("\n") == 1


def test_plugin_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without a plugin that the checks need, every check is an ERROR that names it."""
    fault = """\
from importlib.machinery import PathFinder
find = PathFinder.find_spec
PathFinder.find_spec = lambda name, *rest: name != 'pytest_timeout' and find(name, *rest) or None
"""
    break_worker(monkeypatch, fault)
    assert command.main(one_check(tmp_path)) == 3
    found = json.loads(capsys.readouterr().out)
    (check,) = found["variants"][0]["checks"]
    assert (check["verdict"], found["mark"]) == ("ERROR", None)
    assert "pytest_timeout" in check["message"]


# The clock.


def jumping() -> Iterator[float]:
    """A clock that jumps by days, forwards and backwards."""
    return (1e9 + n * (-1) ** n * 1e5 for n in itertools.count())


def test_clock_jumps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the clock is set while a grading runs, no verdict changes and no time is lost."""
    times = jumping()
    monkeypatch.setattr(time, "time", lambda: next(times))
    break_worker(
        monkeypatch,
        "import itertools, time\n"
        "times = (1e9 + n * (-1) ** n * 1e5 for n in itertools.count())\n"
        "time.time = lambda: next(times)\n",
    )
    folder = programs.write_programs(tmp_path, udp_server=programs.UDP_SERVER)
    result = session.grade(request(folder, "udp.starts", "udp.two-users"), Watcher())
    assert set(verdicts(result).values()) == {Verdict.PASS}
    assert 0 < result.duration_s < support.PATIENCE


def test_nothing_depends_on_the_clock_on_the_wall() -> None:
    """The grader takes its time from a clock that nobody can set."""
    settable = {"time.time", "time.time_ns", "time.ctime", "time.localtime", "time.gmtime"}
    # The date in the head of a catalog is a constant, and no part of a grading.
    grading = set((support.ROOT / "grader").rglob("*.py")) - {Path(translations.__file__)}
    for path in grading:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute):
                assert ast.unparse(node) not in settable, f"{path}:{node.lineno}"
            if isinstance(node, ast.ImportFrom):
                names = {f"{node.module}.{alias.name}" for alias in node.names}
                assert not names & settable and node.module != "datetime", path
            if isinstance(node, ast.Import):
                assert "datetime" not in {alias.name for alias in node.names}, path


# Disks.


def test_result_file_on_a_full_disk(
    known: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """On a full disk the file that was there stays, no other is left, the result is printed."""
    (known / "result.json").write_text("old", encoding="utf-8")
    monkeypatch.setattr(os, "fsync", no_room)
    with pytest.raises(SystemExit) as caught:
        command.main(["--format", "json", "--output", "result.json"])
    assert caught.value.code == 3
    out, err = capsys.readouterr()
    assert json.loads(out)["mark"] == KNOWN.mark
    assert "No space left on device" in err and err.count("\n") == 1
    assert (known / "result.json").read_text(encoding="utf-8") == "old"
    assert sorted(path.name for path in known.iterdir()) == ["lab4", "result.json"]


@needs_linux
@pytest.mark.parametrize("output", ["/dev/full", "/proc/result.json"], ids=["full", "read-only"])
def test_result_file_that_cannot_be_written(output: str, tmp_path: Path) -> None:
    """Where nothing can be written, that is said in one line and the result is printed."""
    done = grader(*one_check(tmp_path), "--output", output)
    assert done.returncode == 3
    assert done.stderr.startswith("grader: cannot write the result: ")
    assert done.stderr.count("\n") == 1
    jsonschema.validate(json.loads(done.stdout), SCHEMA)


@needs_linux
def test_output_on_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A result that cannot be printed for want of room is status 3, without a traceback."""
    monkeypatch.delenv("PYTHONUNBUFFERED", raising=False)  # Python tries again at its exit
    with open("/dev/full", "w", encoding="utf-8") as full:
        done = grader(
            *one_check(tmp_path), stdout=full, stderr=subprocess.PIPE, capture_output=False
        )
    assert done.returncode == 3
    assert done.stderr.startswith("grader: cannot write the result: ")
    assert done.stderr.count("\n") == 1


@pytest.mark.usefixtures("known")
def test_no_room_for_the_grader(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A fault that nobody has thought of is status 3 too, never that of a low mark."""
    monkeypatch.setattr(session, "grade", no_room)
    assert command.main([]) == 3
    assert "No space left on device" in capsys.readouterr().err


def test_folder_that_is_graded_stays_as_it_is(tmp_path: Path) -> None:
    """A submission that can only be read is graded, and nothing is written beside it."""
    folder = programs.write_programs(tmp_path / "lab4")
    before = sorted((path.name, path.stat().st_mtime_ns) for path in folder.iterdir())
    folder.chmod(0o555)
    try:
        wanted = request(folder, "udp.starts", "udp.client-name")
        result = session.grade(wanted, Watcher())
    finally:
        folder.chmod(0o755)
    assert set(verdicts(result).values()) == {Verdict.PASS}
    after = sorted((path.name, path.stat().st_mtime_ns) for path in folder.iterdir())
    assert after == before


# Whoever reads, and the terminal.


@needs_posix
def test_output_that_is_a_pipe(tmp_path: Path) -> None:
    """A result can be written to a device, even when that leads to a pipe."""
    done = grader(*one_check(tmp_path), "--output", "/dev/stdout")
    assert (done.returncode, done.stderr) == (0, "")
    jsonschema.validate(json.loads(done.stdout), SCHEMA)


@needs_posix
@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-"])
def test_standard_stream_that_is_closed(closed: str, tmp_path: Path) -> None:
    """Without one of the standard streams the grading goes on, and the result can be kept."""
    kept = tmp_path / "result.json"
    started = [sys.executable, "-B", "-m", "grader", *one_check(tmp_path), "--output", str(kept)]
    done = subprocess.run(
        ["sh", "-c", f'exec "$@" {closed}', "sh", *started],
        cwd=support.ROOT,
        capture_output=True,
        timeout=support.PATIENCE,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    jsonschema.validate(support.read_json(kept), SCHEMA)


class Gone(io.StringIO):
    """A terminal that is gone."""

    def write(self, text: str) -> NoReturn:
        raise OSError(errno.EIO, "Input/output error")


def test_progress_on_a_terminal_that_is_gone() -> None:
    """When nobody can see how far the grading has got, it goes on."""
    out = sys.stdout
    with Live(Console(file=Gone(), force_terminal=True), ["tcp.starts"]) as live:
        live.started("tcp.starts", "a check")
        live.finished(check_result("tcp.starts"))
    assert sys.stdout is out


@needs_posix
@pytest.mark.parametrize("number", [signal.SIGTERM, getattr(signal, "SIGHUP", None)])
def test_whoever_asks_the_grader_to_end(number: signal.Signals, tmp_path: Path) -> None:
    """Any signal to end is Ctrl+C: what is known is told, status 130, and no process is left."""
    with lifelines.lifeline(tmp_path) as line:
        with busy(tmp_path, line) as process:
            process.send_signal(number)
            out, err = process.communicate(timeout=support.PATIENCE)
        assert line.gone()
    assert (process.returncode, err) == (130, "")
    found = json.loads(out)
    assert found["interrupted"] is True and found["mark"] is None
    assert [c["verdict"] for c in found["variants"][0]["checks"]] == ["PASS"]


AT_TERMINAL = """\
import fcntl, os, signal, sys, termios
signal.signal(signal.SIGHUP, signal.SIG_DFL)
os.setsid()
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
"""


@needs_posix
@pytest.mark.parametrize(("kept", "status"), [(True, 130), (False, 3)], ids=["file", "printed"])
def test_terminal_is_closed(kept: bool, status: int, tmp_path: Path) -> None:
    """Closing the terminal ends all; what is known is in the result file, if there is one."""
    with lifelines.lifeline(tmp_path) as line:
        server = lifelines.spins_the_second_time(programs.TCP_SERVER, line, tmp_path / "marker")
        programs.write_programs(tmp_path / "lab4", tcp_server=server)
        arguments = [str(tmp_path / "lab4"), "--variant", "tcp", "--portable"]
        if kept:
            arguments += ["--format", "json", "--output", str(tmp_path / "result.json")]
        ours, theirs = os.openpty()
        started = ["-B", "-m", "grader", *arguments]
        with subprocess.Popen(
            [sys.executable, "-c", AT_TERMINAL, *started],
            cwd=support.ROOT,
            env={**os.environ, "TERM": "xterm"},
            **dict.fromkeys(("stdin", "stdout", "stderr"), theirs),
        ) as process:
            os.close(theirs)
            try:
                line.come()
                os.close(ours)
                assert process.wait(support.PATIENCE) == status
            finally:
                process.kill()
        assert line.gone()
    if kept:
        assert support.read_json(tmp_path / "result.json")["interrupted"] is True


@needs_posix
def test_grader_that_outlives_its_terminal(known: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the end of the terminal is to be ignored, as nohup wants it, the grading goes on."""

    def graded(*_: object) -> GradeResult:
        signal.raise_signal(signal.SIGHUP)
        return KNOWN

    monkeypatch.setattr(session, "grade", graded)
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        assert command.main([]) == 0
    finally:
        signal.signal(signal.SIGHUP, before)


# What a result says.


def test_error_in_a_mandatory_check_is_no_mark_of_nought() -> None:
    """A mandatory check in which the grader failed is not one that was not passed."""
    failed = check_result("tcp.server-threads", Verdict.ERROR)
    text = reports.table_text(grade_result(check_result("tcp.starts"), failed, mark=None))
    assert "no mark: the grader itself failed in a check" in text
    assert "mark 0" not in text
