"""The command line: arguments in, exit status out."""

from __future__ import annotations

import contextlib
import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import lifelines
import programs
import pytest
import support
from made_up import check_result, grade_result
from support import needs_posix

from grader import __main__ as command
from grader import memory, plugin, rubric, session
from grader.reports import github
from grader.session import Request
from grader.verdict import GradeResult, Verdict

SCHEMA = support.read_json(support.ROOT / "docs" / "result.schema.json")
FULL = grade_result(check_result("tcp.starts"))


class Graded:
    """Takes the place of the grading: keeps the request, and returns a made-up result."""

    def __init__(self) -> None:
        self.result = FULL
        self.request: Request | None = None

    def __call__(self, request: Request, progress: object) -> GradeResult:
        del progress
        self.request = request
        return self.result


@pytest.fixture
def graded(monkeypatch: pytest.MonkeyPatch) -> Graded:
    made = Graded()
    monkeypatch.setattr(session, "grade", made)
    return made


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder: a submission in lab4, and single files."""
    programs.write_programs(tmp_path / "lab4")
    for role in ("server", "client"):
        (tmp_path / f"{role}.py").write_text(programs.PROGRAMS[f"tcp_{role}.py"])
        (tmp_path / f"my_udp_{role}.py").write_text(programs.PROGRAMS[f"udp_{role}.py"])
    monkeypatch.chdir(tmp_path)
    return tmp_path


def requested(graded: Graded, *arguments: str) -> Request:
    """What is asked for by these arguments."""
    assert command.main(arguments) == 0
    assert graded.request is not None
    return graded.request


WRONG: dict[str, tuple[list[str], str]] = {
    "unknown folder": (["nothing"], "no such folder"),
    "empty folder": (["empty"], "nothing to grade"),
    "file for a folder": (["server.py"], "use --server"),
    "unknown check": (["--only", "nonsense"], "no such check"),
    "no check at all": (["--only", ","], "--only"),
    "check of the other variant": (["--variant", "tcp", "--only", "stranger"], "no such check"),
    "folder and file": (["lab4", "--server", "server.py"], "not both"),
    "bad variant": (["--variant", "sctp"], "--variant"),
    "file for both variants": (["--server", "server.py", "--variant", "all"], "--variant"),
    "only with a limit": (["--only", "starts", "--fail-under", "50"], "--fail-under"),
    "missing output folder": (["--output", "nowhere/result.txt"], "nowhere"),
    "output is a folder": (["--output", "empty"], "--output"),
    "seed that is no number": (["--seed", "x"], "--seed"),
    "mark that is no number": (["--fail-under", "x"], "--fail-under"),
    "mark that is none": (["--fail-under", "nan"], "--fail-under"),
    "missing server": (["--server", "nothing.py"], "nothing.py"),
    "folder for a server": (["--server", "lab4"], "lab4"),
    "unknown format": (["--format", "xml"], "--format"),
    "unknown language": (["--lang", "de"], "--lang: de: expected one of en, ru"),
    "no language": (["--lang"], "--lang"),
    "unknown option": (["--nonsense"], "--nonsense"),
    "two folders": (["lab4", "lab4"], "lab4"),
    "watch and a file": (["--watch", "--output", "result.txt"], "--output"),
    "watch and another format": (["--watch", "--format", "json"], "--format"),
    "watch and a list": (["--watch", "--list"], "--list"),
    "next and another format": (["--next", "--format", "json"], "--format"),
}


@pytest.mark.usefixtures("graded")
@pytest.mark.parametrize(("arguments", "named"), WRONG.values(), ids=WRONG)
def test_wrong_arguments(
    arguments: list[str], named: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is wrong with the arguments is said in one line, with status 2."""
    (here / "empty").mkdir()
    with pytest.raises(SystemExit) as caught:
        command.main(arguments)
    out, err = capsys.readouterr()
    assert caught.value.code == 2
    assert out == ""
    assert err.startswith("grader: ") and err.count("\n") == 1
    assert named in err


def test_default(graded: Graded, here: Path) -> None:
    """Without arguments both variants of lab4 are graded, all their checks."""
    request = requested(graded)
    assert (request.label, request.submission) == ("lab4", str(here / "lab4"))
    assert request.variants == ("tcp", "udp")
    assert request.checks == () and not request.portable


@pytest.mark.usefixtures("here")
def test_seed_is_drawn(graded: Graded) -> None:
    """Without a seed one is drawn, another one each time."""
    assert len({requested(graded).seed for _ in range(4)}) > 1


@pytest.mark.usefixtures("here")
def test_seed_is_taken(graded: Graded) -> None:
    """A seed that is given is used, 0 too."""
    assert requested(graded, "--seed", "0").seed == 0


@pytest.mark.usefixtures("here")
def test_variant(graded: Graded) -> None:
    """One variant can be graded alone."""
    assert requested(graded, "--variant", "udp").variants == ("udp",)
    assert requested(graded, "--variant", "all").variants == ("tcp", "udp")


@pytest.mark.usefixtures("here")
def test_language(
    graded: Graded, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The language is the one asked for, else that of the environment."""
    assert requested(graded).lang == "en"
    assert "what it shows" in capsys.readouterr().out
    assert requested(graded, "--lang", "ru").lang == "ru"
    assert "что она показывает" in capsys.readouterr().out
    monkeypatch.setenv("LANGUAGE", "ru_RU")
    assert requested(graded).lang == "ru"
    assert requested(graded, "--lang=en").lang == "en"


@pytest.mark.usefixtures("here")
def test_complaints_are_in_the_language_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    """What is wrong with the arguments is said in the language that they ask for."""
    with pytest.raises(SystemExit) as caught:
        command.main(["nothing", "--lang", "ru"])
    assert caught.value.code == 2
    err = capsys.readouterr().err
    assert err.startswith("grader: nothing: такой папки нет; ожидалась папка с файлами tcp_server")
    assert err.endswith(" (см. --help)\n") and err.count("\n") == 1


def test_list_in_russian(capsys: pytest.CaptureFixture[str]) -> None:
    """The checks have titles in the language asked for."""
    assert command.main(["--list", "--lang", "ru"]) == 0
    line = capsys.readouterr().out.splitlines()[0]
    expected = "tcp.starts 4 балла задание 1 Сервер занимает свой порт и продолжает работать."
    assert " ".join(line.split()) == expected


ONLY = {
    "name": (["starts"], ("tcp.starts", "udp.starts")),
    "id": (["udp.starts"], ("udp.starts",)),
    "several": (["starts", "udp.handshake"], ("tcp.starts", "udp.starts", "udp.handshake")),
    "commas": (["tcp.starts,tcp.handshake"], ("tcp.starts", "tcp.handshake")),
    "twice": (["udp.starts", "starts"], ("udp.starts", "tcp.starts")),
}


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(("words", "ids"), ONLY.values(), ids=ONLY)
def test_only(words: list[str], ids: tuple[str, ...], graded: Graded) -> None:
    """Checks are chosen by name, in all variants, or by id, in one."""
    assert requested(graded, "--only", *words).checks == ids


@pytest.mark.usefixtures("here")
def test_only_in_one_variant(graded: Graded) -> None:
    """A name means the checks of the variants that are graded."""
    assert requested(graded, "--variant", "udp", "--only", "starts").checks == ("udp.starts",)


def test_single_files(graded: Graded, here: Path) -> None:
    """A server and a client can be graded without a folder."""
    request = requested(graded, "--server", "server.py", "--client", "client.py")
    assert (request.server, request.client) == (str(here / "server.py"), str(here / "client.py"))
    assert (request.variants, request.submission, request.notes) == (("tcp",), "", ())


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("arguments", "variant"),
    [
        (["--server", "server.py"], "tcp"),
        (["--client", "my_udp_client.py"], "udp"),
        (["--server", "server.py", "--variant", "udp"], "udp"),
    ],
)
def test_variant_of_a_single_file(arguments: list[str], variant: str, graded: Graded) -> None:
    """The variant of a single file is the one given, else the one in its name, else TCP."""
    request = requested(graded, *arguments)
    assert request.variants == (variant,)
    assert len(request.notes) == 1


@pytest.mark.usefixtures("here")
def test_portable(graded: Graded) -> None:
    """Who wants nothing that only Linux has gets it."""
    assert requested(graded, "--portable").portable


def error() -> GradeResult:
    return grade_result(check_result("tcp.starts", Verdict.ERROR), mark=None)


STATUS: dict[str, tuple[GradeResult, list[str], int]] = {
    "graded": (FULL, [], 0),
    "graded, with a poor mark": (grade_result(mark=0.0), [], 0),
    "high enough": (FULL, ["--fail-under", "100"], 0),
    "too low": (grade_result(mark=49.9), ["--fail-under", "50"], 1),
    "no mark": (grade_result(mark=None), ["--fail-under", "0"], 1),
    "grader failed": (error(), [], 3),
    "grader failed, and too low": (error(), ["--fail-under", "50"], 3),
    "interrupted": (grade_result(mark=None, interrupted=True), [], 130),
    "interrupted, and too low": (
        grade_result(mark=None, interrupted=True), ["--fail-under", "50"], 130
    ),
}  # fmt: skip


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(("result", "arguments", "status"), STATUS.values(), ids=STATUS)
def test_status(result: GradeResult, arguments: list[str], status: int, graded: Graded) -> None:
    """The exit status says how the grading went."""
    graded.result = result
    assert command.main(arguments) == status


@pytest.mark.usefixtures("here", "graded")
def test_output(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A result file takes the place of what was there, and nothing else is printed."""
    (here / "result.json").write_text("old " * 10_000)
    assert command.main(["--format", "json", "--output", "result.json"]) == 0
    assert support.read_json(here / "result.json")["submission"] == "lab4"
    assert capsys.readouterr() == ("", "")
    assert sorted(path.name for path in here.glob("*.json")) == ["result.json"]


@pytest.mark.usefixtures("graded")
def test_output_that_cannot_be_written(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the result cannot be written that is said, and what was there stays."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    (here / "result.txt").write_text("old")
    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(SystemExit) as caught:
        command.main(["--output", "result.txt"])
    assert caught.value.code == 3
    assert "No space left on device" in capsys.readouterr().err
    assert [path.read_text() for path in here.glob("*.txt")] == ["old"]


@pytest.mark.usefixtures("here", "graded")
def test_table(capsys: pytest.CaptureFixture[str]) -> None:
    """By default the score table is printed."""
    command.main([])
    out, err = capsys.readouterr()
    assert "starts" in out and "lab4" in out
    assert err == ""


@pytest.mark.usefixtures("here", "graded")
def test_json(capsys: pytest.CaptureFixture[str]) -> None:
    """The JSON result alone is on the standard output, and keeps to the schema."""
    command.main(["--format", "json"])
    jsonschema.validate(json.loads(capsys.readouterr().out), SCHEMA)


WITHOUT_SUMMARY = {"not on GitHub": None, "no file": "nowhere/summary"}


@pytest.mark.usefixtures("here")
def test_github(
    here: Path, graded: Graded, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The summary goes to the file that GitHub names, the annotations are printed."""
    graded.result = failed()
    monkeypatch.setenv(github.SUMMARY, str(here / "summary.md"))
    assert command.main(["--format", "github"]) == 0
    assert (here / "summary.md").read_text(encoding="utf-8") == github.dumps(failed())
    assert capsys.readouterr() == (github.workflow_commands(failed()), "")


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("path", WITHOUT_SUMMARY.values(), ids=WITHOUT_SUMMARY)
def test_github_without_a_summary(
    path: str | None,
    graded: Graded,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where GitHub names no file, or one that cannot be written, both are printed."""
    graded.result = failed()
    monkeypatch.setenv(github.SUMMARY, path or "")
    command.main(["--format", "github"])
    both = github.dumps(failed()) + github.workflow_commands(failed())
    assert capsys.readouterr() == (both, "")


def test_github_in_a_file(
    here: Path, graded: Graded, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who names a file gets the summary there and nowhere else."""
    graded.result = failed()
    monkeypatch.setenv(github.SUMMARY, str(here / "summary.md"))
    command.main(["--format", "github", "--output", "mine.md"])
    assert (here / "mine.md").read_text(encoding="utf-8") == github.dumps(failed())
    assert not (here / "summary.md").exists()
    assert capsys.readouterr() == (github.workflow_commands(failed()), "")


@pytest.mark.usefixtures("here", "graded")
def test_what_an_output_cannot_write(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a narrow code page the signs of a format are Python escapes."""
    data = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(data, encoding="cp1252"))
    assert command.main(["--format", "markdown"]) == 0
    assert b"| \\u2705 PASS |" in data.getvalue()


def failed() -> GradeResult:
    return grade_result(check_result("tcp.starts", Verdict.FAIL, message="it does not start"))


@pytest.mark.usefixtures("here")
def test_next(graded: Graded, capsys: pytest.CaptureFixture[str]) -> None:
    """With --next the page has the mark and one check, and nothing else."""
    graded.result = failed()
    assert command.main(["--next"]) == 0
    out, err = capsys.readouterr()
    lines = [line for line in out.splitlines() if line.strip()]
    assert lines[0].startswith("mark  ")
    assert "FAIL  tcp.starts" in lines[1]
    assert "sandbox" not in out
    assert err == ""


@pytest.mark.usefixtures("here")
def test_the_last_run_is_known(graded: Graded, capsys: pytest.CaptureFixture[str]) -> None:
    """The table says what has changed since the run before, and nothing at the first one."""
    graded.result = failed()
    command.main([])
    assert "since" not in capsys.readouterr().out
    graded.result = FULL
    command.main([])
    assert "since    the last run: 1 check more passes: tcp.starts" in capsys.readouterr().out
    command.main([])
    assert "since" not in capsys.readouterr().out


LEAVES_NOTHING = {
    "another format": ["--format", "json"],
    "a file": ["--output", "result.txt"],
    "no cache": ["--no-cache"],
}


@pytest.mark.usefixtures("graded")
@pytest.mark.parametrize("arguments", LEAVES_NOTHING.values(), ids=LEAVES_NOTHING)
def test_only_a_page_for_people_is_remembered(
    arguments: list[str], here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever grades many submissions, or wants nothing kept, leaves nothing in the cache."""
    monkeypatch.setenv(memory.FOLDER, str(here / "cache"))
    assert command.main(arguments) == 0
    assert not (here / "cache").exists()
    assert command.main([]) == 0
    assert (here / "cache").exists()


@pytest.mark.usefixtures("graded")
def test_nothing_is_kept_beside_the_submission(here: Path) -> None:
    """The folder of a submission is as it was."""
    before = sorted(here.rglob("*"))
    command.main([])
    assert sorted(here.rglob("*")) == before


def test_list(capsys: pytest.CaptureFixture[str]) -> None:
    """The list has a line for each check: id, points, task and title."""
    assert command.main(["--list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == list(rubric.check_ids())
    expected = f"tcp.starts 4 points task 1 {plugin.titles()['starts']}"
    assert lines[0].split() == expected.split()
    assert any(" star " in line for line in lines)


def test_list_of_one_variant(capsys: pytest.CaptureFixture[str]) -> None:
    """The list can be that of one variant."""
    command.main(["--list", "--variant", "udp"])
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == list(rubric.check_ids(("udp",)))


def test_help(capsys: pytest.CaptureFixture[str]) -> None:
    """The help tells of all exit statuses."""
    with pytest.raises(SystemExit) as caught:
        command.main(["--help"])
    assert caught.value.code == 0
    assert "exit status: 0 graded" in capsys.readouterr().out


# The whole of it, as a process.


def grader(*arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    return support.python("-B", "-m", "grader", *arguments, **options)


def test_grading_from_the_command_line(tmp_path: Path) -> None:
    """A grading prints JSON that keeps to the schema, and ends with status 0."""
    programs.write_programs(tmp_path)
    done = grader(str(tmp_path), "--only", "starts", "--format", "json", "--seed", "5")
    assert (done.returncode, done.stderr) == (0, "")
    found = json.loads(done.stdout)
    jsonschema.validate(found, SCHEMA)
    assert (found["seed"], found["mark"]) == (5, None)
    assert [c["id"] for v in found["variants"] for c in v["checks"]] == ["tcp.starts", "udp.starts"]


def test_trace(tmp_path: Path) -> None:
    """With a trace, the transcript of a check that passed is shown too."""
    programs.write_programs(tmp_path)
    done = grader(str(tmp_path), "--only", "udp.handshake", "--trace")
    assert done.returncode == 0
    assert "-- the server starts --" in done.stdout


def test_wrong_argument_from_the_command_line() -> None:
    """A wrong argument is one line on standard error."""
    done = grader("nothing-here")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1


@contextlib.contextmanager
def nobody() -> Iterator[int]:
    """The end of a pipe whose reader is gone."""
    read, write = os.pipe()
    os.close(read)
    yield write
    os.close(write)


def for_nobody(*arguments: str) -> tuple[int, str]:
    """Status and complaints of a grader whose output nobody reads."""
    with nobody() as pipe:
        done = grader(*arguments, stdout=pipe, stderr=subprocess.PIPE, capture_output=False)
    return done.returncode, done.stderr


@needs_posix
@pytest.mark.parametrize("format_", ["table", "json"])
def test_result_for_a_reader_who_is_gone(format_: str, tmp_path: Path) -> None:
    """When whoever reads the output is gone, nobody is told so by a traceback."""
    programs.write_programs(tmp_path)
    status, complaints = for_nobody(str(tmp_path), "--only", "udp.starts", "--format", format_)
    assert (status, complaints) == (3, "")


@needs_posix
def test_list_for_a_reader_who_is_gone() -> None:
    """The list for a reader who is gone ends without a traceback too."""
    assert for_nobody("--list")[1] == ""


STARTED = """\
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
from grader.__main__ import main
sys.exit(main(sys.argv[1:]))
"""


@needs_posix
def test_ctrl_c(tmp_path: Path) -> None:
    """Ctrl+C ends the grading with what is known, status 130, and no process left."""
    with lifelines.lifeline(tmp_path) as line:
        server = lifelines.spins_the_second_time(programs.TCP_SERVER, line, tmp_path / "marker")
        folder = programs.write_programs(tmp_path / "submission", tcp_server=server)
        arguments = str(folder), "--variant", "tcp", "--format", "json", "--portable"
        with subprocess.Popen(
            # Where the tests run in the background, Ctrl+C is ignored, and so in all below.
            [sys.executable, "-B", "-c", STARTED, *arguments],
            cwd=support.ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        ) as process:
            try:
                line.come()
                process.send_signal(signal.SIGINT)
                out, err = process.communicate(timeout=support.PATIENCE)
            finally:
                process.kill()
        assert line.gone()
    assert (process.returncode, err) == (130, "")
    found = json.loads(out)
    assert found["interrupted"] is True
    (tcp,) = found["variants"]
    assert [(c["id"], c["verdict"]) for c in tcp["checks"]] == [("tcp.starts", "PASS")]
