"""Grading again on each save: an evening of gradings."""

from __future__ import annotations

import importlib.util
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from support.made_up import check_result, grade_result
from support.watcher import END_OF_PAGE

from grader.assignment import rubric
from grader.assignment.variants import TCP
from grader.cli import last_run, watch
from grader.cli import main as command
from grader.grading import runner
from grader.grading.request import Request
from grader.result.grade import GradeResult
from grader.result.verdict import Verdict

PASS, FAIL = Verdict.PASS, Verdict.FAIL


class Evening:
    """Gradings and saves, one after the other; at the end Ctrl+C, while nothing is graded."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.results: list[GradeResult | BaseException] = []
        self.saves: list[Callable[[], object]] = []
        self.requests: list[Request] = []
        monkeypatch.setattr(runner, "grade", self._grade)
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
    monkeypatch.setenv(last_run.FOLDER, str(tmp_path / "cache"))
    return Evening(monkeypatch)


def nothing() -> None:
    """Save what was there."""


def found(verdict: Verdict) -> GradeResult:
    return grade_result(check_result("tcp.starts"), check_result("tcp.join-notice", verdict))


def pages(capsys: pytest.CaptureFixture[str]) -> list[str]:
    """The pages that were printed."""
    return capsys.readouterr().out.split(END_OF_PAGE)[:-1]


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
    planned = [request.planned() for request in evening.requests]
    assert planned[0] == rubric.check_ids((TCP,))
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
    evening.results = [runner.Stopped(), found(PASS)]
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
