"""What is right and wrong about an explanation, the tables, and the log."""

from __future__ import annotations

from pathlib import Path

import pytest
from submissions.mistakes import MISTAKES
from support.changes import failed, graded, skipped

from grader.fact import fact
from grader.result import codec
from grader.result.check import Place, Raised
from mistakes import grading, measure, report
from mistakes.explained import EXPLAINED, LINES
from mistakes.grading import Graded
from mistakes.judging import BY_NAME, Judged, Told, judge

NAME = "passes-on-what-is-not-defined"
SECONDS = 2.5
LOST = ("many-users", "survives-leave", "survives-vanish", "end-to-end")


def explained(line: int = 1, error: str = "NameError", **fields: object) -> Judged:
    """The judgement of a grading in which this was said of a mistake."""
    place = Place("tcp_server.py", line)
    raised = Raised(place, "", error, "", "", "")
    told = {"task": 6, "place": place, "raised": (raised,)} | fields
    needs = skipped(fact("needs", check="two-users"))
    changes = {"tcp.two-users": failed(**told)} | {f"tcp.{name}": needs for name in LOST}
    return judge(of(changes))


def of(changes: dict[str, object]) -> Graded:
    result = graded(changes, ["tcp"])  # type: ignore[arg-type]
    return Graded(NAME, "", "", SECONDS, codec.encode(result).decode())


def wrong_line() -> int:
    (mistake,) = grading.named([NAME])
    program = mistake.program(grading.gradings.REFERENCE).splitlines()
    return next(n for n, text in enumerate(program, 1) if mistake.line in text)


def test_all_right() -> None:
    """Verdicts, task, line and cause are those of the truth."""
    judged = explained(wrong_line())
    assert judged.wrong == ()
    assert (judged.task, judged.line, judged.cause) == (Told.RIGHT,) * 3
    assert judged.right


def test_all_wrong() -> None:
    """Another task, another line, and what is not the cause."""
    judged = explained(task=5, error="KeyError")
    assert (judged.task, judged.line, judged.cause) == (Told.WRONG,) * 3
    assert not judged.right


def test_little_is_told() -> None:
    """Without a cause and a line nothing is wrong."""
    judged = explained(place=None, raised=())
    assert (judged.line, judged.cause) == (Told.NONE,) * 2
    assert judged.right


def test_verdicts() -> None:
    """What must fail and what must not; what cannot be tried may do either but pass."""
    judged = judge(of({"tcp.starts": failed()}))
    assert judged.wrong == (
        "starts FAIL",
        "two-users PASS",
        *(f"{name} PASS" for name in LOST),
    )


def test_names_are_those_of_mistakes() -> None:
    """Nothing is allowed to a mistake that there is not."""
    assert set(EXPLAINED) | set(LINES) <= set(BY_NAME)
    assert len(BY_NAME) == len(MISTAKES)


def test_tables() -> None:
    """How many are right, and what is wrong about each."""
    text = report.page([explained(wrong_line()), explained(task=5)])
    assert "| task | 1 | 0 | 1 |" in text
    assert f"| `{NAME}` | right | right | right | right | NameError | 2 |" in text
    assert "wrong (5, not 6)" in text


def test_the_log_comes_back(tmp_path: Path) -> None:
    """A measurement that was interrupted goes on where it ended."""
    record = of({})
    assert list(grading.read(tmp_path / "log")) == []
    grading.append(tmp_path / "log", record)
    assert list(grading.read(tmp_path / "log")) == [record]


def test_unknown_names(capsys: pytest.CaptureFixture[str]) -> None:
    """A name that no mistake has is said, and nothing is graded."""
    assert measure.main(["--only", "no-such-mistake"]) == 2
    assert "expected names of mistakes, got no-such-mistake" in capsys.readouterr().err


def test_a_state_for_each_program() -> None:
    """A program that has changed is graded again."""
    (one,), (other,) = (grading.named([name]) for name in list(BY_NAME)[:2])
    assert grading.state_of(one) != grading.state_of(other)
    assert grading.state_of(one) == grading.state_of(one)
