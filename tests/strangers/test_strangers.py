"""The programs of strangers: the truth about them is whole, and wrong verdicts are found."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from submissions.strangers import FOLDER, Program
from support import gradings

from strangers import grading, judging, measure, report
from strangers.grading import PROGRAMS, Graded
from strangers.judging import Wrong

SERVER = ("tcp_server.py",)
EVERY = grading.named(PROGRAMS)
every = pytest.mark.parametrize(
    ("kind", "program"), EVERY, ids=[f"{kind}-{program.name}" for kind, program in EVERY]
)


@pytest.mark.parametrize("kind", PROGRAMS)
def test_each_folder_has_its_row(kind: str) -> None:
    """Every folder is a program of the table, and the other way round."""
    names = [program.name for program in PROGRAMS[kind]]
    assert sorted(names) == sorted(path.name for path in (FOLDER / kind).iterdir())


@every
def test_truth_is_whole(kind: str, program: Program) -> None:
    """The files are those of the folder, and no check is in two minds."""
    there = {path.name for path in (FOLDER / kind / program.name).iterdir()}
    assert set(program.files) == there & set(gradings.FILES)
    assert not program.fails & program.either
    assert program.one_of <= program.fails | program.either
    assert judging.unknown(program) <= {"nothing-after-leave"}
    assert program.what and program.why


def test_no_file_is_a_link() -> None:
    """A checkout and an archive are the same on every system."""
    assert not [path for path in FOLDER.rglob("*") if path.is_symlink()]


@pytest.mark.parametrize(
    ("verdicts", "wrong"),
    [
        ("PASS FAIL PASS", Wrong()),
        ("PASS FAIL FAIL", Wrong()),
        ("PASS SKIP SKIP", Wrong()),
        ("PASS PASS PASS", Wrong(passes=("tcp.two-users",))),
        ("FAIL SKIP SKIP", Wrong(fails=("tcp.starts",))),
        ("TODO FAIL PASS", Wrong(fails=("tcp.starts",))),
        ("SKIP SKIP SKIP", Wrong(fails=("tcp.starts",))),
        ("ERROR FAIL PASS", Wrong(errors=("tcp.starts",))),
        ("PASS ERROR PASS", Wrong(errors=("tcp.two-users",))),
        ("SKIP FAIL PASS", Wrong()),
    ],
)
def test_wrong_verdicts(verdicts: str, wrong: Wrong) -> None:
    """What must fail must not pass, what must pass must not fail, and nothing is an ERROR."""
    program = Program("late", SERVER, "", fails={"two-users"}, either={"storm"})
    assert judging.judge(program, graded(verdicts)) == wrong


@pytest.mark.parametrize(
    ("verdicts", "wrong"),
    [
        ("PASS FAIL PASS", ()),
        ("PASS PASS FAIL", ()),
        ("PASS PASS PASS", ("tcp.two-users",)),
    ],
)
def test_one_of_several_is_enough(verdicts: str, wrong: tuple[str, ...]) -> None:
    """A fault that may show in several checks has to show in one."""
    fault = {"two-users", "storm"}
    program = Program("late", SERVER, "", {"two-users"}, {"storm"}, one_of=fault)
    assert judging.judge(program, graded(verdicts)).passes == wrong
    unsure = Program("late", SERVER, "", either=fault, one_of=fault)
    expected = ("one of storm, two-users",) if wrong else ()
    assert judging.judge(unsure, graded(verdicts)).passes == expected


def test_checks_of_other_files_do_not_count() -> None:
    """A client that was not handed in is skipped, whatever is said of it."""
    record = replace(graded("PASS PASS PASS"), verdicts={"tcp.client-name": "SKIP"})
    assert not judging.judge(Program("late", SERVER, "", {"client-name"}), record)
    assert not judging.judge(Program("late", SERVER, ""), record)


@pytest.mark.parametrize(
    ("changes", "others"),
    [
        ({"seconds": 61.0}, ("61 s",)),
        ({"seconds": 120.0, "status": None, "left": ("result",)}, ("ended after 120 s",)),
        ({"status": 3}, ("the grader ended with 3",)),
        ({"verdicts": {}}, ("the grader ended with 0",)),
        ({"left": ("sleep",)}, ("left behind: sleep",)),
    ],
)
def test_what_else_is_wrong(changes: dict[str, object], others: tuple[str, ...]) -> None:
    """A grading ends in time, with a result, and leaves nothing behind."""
    record = replace(graded("PASS PASS PASS"), **changes)  # type: ignore[arg-type]
    assert judging.judge(Program("late", SERVER, ""), record).others == others


def test_tables() -> None:
    """A row for each kind, and one for each program that is judged wrongly, with how often."""
    name = PROGRAMS["correct"][0].name
    runs = [
        replace(graded(verdicts), name=name, number=number)
        for number, verdicts in enumerate(("PASS PASS PASS", "PASS PASS FAIL"))
    ]
    found = report.judged(runs)
    head, _, row = report.kinds(found).splitlines()
    assert head.startswith("| kind | programs | gradings | judged right | wrong passes")
    assert row == "| correct | 1 | 2 | 0 | 0 | 1 | 0 | 0 | 2, 2 |"
    assert f"| `correct/{name}` |  | tcp.storm (1×) |  |  |" in report.page(found)


def test_the_log_comes_back(tmp_path: Path) -> None:
    """A measurement that was interrupted goes on where it ended."""
    record = replace(graded("PASS FAIL SKIP"), left=("sleep",))
    assert list(grading.read(tmp_path / "log")) == []
    grading.append(tmp_path / "log", record)
    (read,) = grading.read(tmp_path / "log")
    assert judging.judge(Program("late", SERVER, ""), read).others == ("left behind: sleep",)


def test_unknown_names(capsys: pytest.CaptureFixture[str]) -> None:
    """A name that no program has is said, and nothing is graded."""
    assert measure.main(["--only", "no-such-program"]) == 2
    assert "expected names of programs, got no-such-program" in capsys.readouterr().err


DAEMON = "import os, signal; os.fork() or (os.setsid(), os.close(1), signal.pause())"


@pytest.mark.skipif(sys.platform != "linux", reason="orphans are adopted on Linux only")
def test_what_is_left_is_named_and_ended() -> None:
    """A process that outlives its grader is found, also one that has daemonised."""
    said = alone("30", sys.executable, "-c", DAEMON)
    assert said["status"] == 0
    assert len(said["left"]) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="there is no signal to wait for")
def test_what_hangs_is_ended() -> None:
    """A grader that takes too long is ended, and has no status."""
    said = alone("0.1", sys.executable, "-c", "import signal; signal.pause()")
    assert said == {"status": None, "left": []}


def alone(*words: str) -> Any:
    done = subprocess.run(
        [sys.executable, str(grading.ALONE), *words], stdout=subprocess.PIPE, check=True, timeout=60
    )
    return json.loads(done.stdout)


def graded(verdicts: str) -> Graded:
    checks = ("tcp.starts", "tcp.two-users", "tcp.storm")
    found = dict(zip(checks, verdicts.split(), strict=True))
    return Graded("correct", "late", 0, "abc", 2.5, 0, found)
