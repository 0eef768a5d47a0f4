"""What was known of a submission after the last run, kept in the user's cache."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import NoReturn

import msgspec
import platformdirs
import pytest
from support.made_up import check_result, grade_result
from support.watcher import request
from support.worlds import needs_posix

from grader.cli import last_run
from grader.cli.last_run import Verdicts
from grader.result.verdict import Verdict

REQUEST = request(Path("/home/alice/lab4"), variants=("tcp",))
KNOWN: Verdicts = {"tcp.starts": Verdict.PASS, "tcp.handshake": Verdict.FAIL}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The cache: not there yet."""
    made = tmp_path / "not" / "yet"
    monkeypatch.setenv(last_run.FOLDER, str(made))
    return made


@pytest.fixture
def file(folder: Path) -> Path:
    """The file in the cache, after a run."""
    last_run.remember(REQUEST, KNOWN)
    (found,) = folder.iterdir()
    return found


def test_nothing_is_known_at_first() -> None:
    """Before the first run nothing is known, and no folder is made by asking."""
    assert last_run.recall(REQUEST) == {}


@pytest.mark.usefixtures("file")
def test_what_is_kept_is_known() -> None:
    """The verdicts of the last run are known at the next one."""
    assert last_run.recall(REQUEST) == KNOWN


@pytest.mark.usefixtures("file")
@pytest.mark.parametrize(
    "paths", [{"submission": "/home/bob/lab4"}, {"submission": "", "server": "/home/alice/lab4"}]
)
def test_submissions_are_kept_apart(paths: dict[str, str]) -> None:
    """Nothing is known of another submission."""
    assert last_run.recall(msgspec.structs.replace(REQUEST, **paths)) == {}


@pytest.mark.usefixtures("file")
def test_the_seed_and_the_variant_are_not_part_of_the_submission() -> None:
    """It is the same submission, however it is graded."""
    assert last_run.recall(msgspec.structs.replace(REQUEST, seed=2, variants=("udp",))) == KNOWN


def test_nothing_tells_whose_it_is(file: Path) -> None:
    """Neither the name of the file nor what is in it has the path."""
    assert "alice" not in file.name + file.read_text(encoding="utf-8")


BROKEN = {
    "empty": b"",
    "not JSON": b"\xff{",
    "cut off": b'{"version": 1, "verdicts": {"tcp.sta',
    "a list": b"[]",
    "another version": b'{"version": 2, "verdicts": {"tcp.starts": "PASS"}}',
    "no verdicts": b'{"version": 1}',
    "verdicts that are none": b'{"version": 1, "verdicts": 5}',
    "an unknown verdict": b'{"version": 1, "verdicts": {"tcp.starts": "\\u001b[2J"}}',
    "a verdict that is a list": b'{"version": 1, "verdicts": {"tcp.starts": []}}',
    "the grader's fault": b'{"version": 1, "verdicts": {"tcp.starts": "ERROR"}}',
    "too deep": b"[" * 50_000,
    "too long": b'{"version": 1, "verdicts": {' + b" " * last_run.MAX_BYTES + b"}}",
}


@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_as_good_as_none(data: bytes, file: Path) -> None:
    """Whatever is in the file, there is no error; the next run makes it good."""
    file.write_bytes(data)
    assert last_run.recall(REQUEST) == {}
    last_run.remember(REQUEST, KNOWN)
    assert last_run.recall(REQUEST) == KNOWN


def test_only_checks_are_known(file: Path) -> None:
    """A check that the rubric lacks (any more) is left out: its name is shown to nobody."""
    verdicts = {"tcp.starts": "PASS", "\x1b[2J": "PASS", "udp.gone": "FAIL"}
    file.write_text(json.dumps({"version": last_run.VERSION, "verdicts": verdicts}))
    assert last_run.recall(REQUEST) == {"tcp.starts": Verdict.PASS}


@needs_posix
def test_a_pipe_is_not_waited_for(file: Path) -> None:
    """What is no file is not opened."""
    file.unlink()
    os.mkfifo(file)
    assert last_run.recall(REQUEST) == {}


def test_a_cache_that_cannot_be_made_is_no_error(folder: Path) -> None:
    """Where nothing can be written, nothing is known the next time."""
    folder.parent.parent.mkdir(exist_ok=True)
    folder.parent.write_text("a file, not a folder")
    last_run.remember(REQUEST, KNOWN)
    assert last_run.recall(REQUEST) == {}


def test_a_full_disk_leaves_what_was_there(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file is written whole or not at all."""

    def full(*_: object) -> NoReturn:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    last_run.remember(REQUEST, {"tcp.starts": Verdict.FAIL})
    assert last_run.recall(REQUEST) == KNOWN
    assert list(file.parent.iterdir()) == [file]


def test_it_can_be_turned_off(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With an empty variable nothing is kept."""
    monkeypatch.setenv(last_run.FOLDER, "")
    monkeypatch.chdir(folder.parent.parent)
    last_run.remember(REQUEST, KNOWN)
    assert last_run.recall(REQUEST) == {}
    assert not list(folder.parent.parent.iterdir())


def test_the_cache_is_the_users(
    folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Without the variable it is where the system wants it."""
    monkeypatch.delenv(last_run.FOLDER)
    monkeypatch.setattr(platformdirs, "user_cache_dir", lambda *_, **__: str(tmp_path / "users"))
    last_run.remember(REQUEST, KNOWN)
    assert len(list((tmp_path / "users").iterdir())) == 1


def test_a_run_of_some_checks_adds_to_what_is_known() -> None:
    """What did not run is known from before."""
    result = grade_result(check_result("tcp.handshake"), check_result("tcp.two-users"), mark=None)
    assert last_run.merged(KNOWN, result) == {
        "tcp.starts": Verdict.PASS,
        "tcp.handshake": Verdict.PASS,
        "tcp.two-users": Verdict.PASS,
    }


def test_the_graders_fault_overwrites_nothing() -> None:
    """A check that the grader failed in is known from before."""
    result = grade_result(check_result("tcp.handshake", Verdict.ERROR), mark=None)
    assert last_run.merged(KNOWN, result) == KNOWN


def test_an_interruption_overwrites_nothing() -> None:
    """What had been checked before an interruption may be checked on a half-saved file."""
    result = grade_result(check_result("tcp.handshake"), mark=None, interrupted=True)
    assert last_run.merged(KNOWN, result) == KNOWN


def test_a_user_without_a_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nobody knows a home for the user, nothing is kept, and nobody is bothered."""

    def nowhere(*names: object, **options: object) -> NoReturn:
        raise RuntimeError("could not determine the home directory")

    monkeypatch.delenv(last_run.FOLDER)
    monkeypatch.setattr(platformdirs, "user_cache_dir", nowhere)
    last_run.remember(REQUEST, KNOWN)
    assert last_run.recall(REQUEST) == {}
