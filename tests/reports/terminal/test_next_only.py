"""What comes next, alone."""

from __future__ import annotations

import io
from typing import Any

import pytest
from msgspec.structs import replace
from support import samples
from support.made_up import check_result

from grader.assignment import rubric
from grader.assignment.variants import TCP
from grader.fact import fact
from grader.reports.terminal import next_only
from grader.reports.terminal.console import make_console
from grader.result.check import Place
from grader.result.grade import GradeResult
from grader.result.verdict import Verdict


def page(result: GradeResult, **options: Any) -> list[str]:
    """The lines of the page."""
    file = io.StringIO()
    next_only.write(result, make_console(file, width=80), command="grade --", **options)
    return [line.rstrip() for line in file.getvalue().splitlines() if line.strip()]


def test_the_next_check_is_explained() -> None:
    """Below the mark stands the open check of the lowest task, and no other one."""
    lines = page(samples.failing())
    assert lines[0] == "mark  83 of 100, the better of tcp 83 and udp 0"
    assert lines[2].startswith("tcp  ✓ 1 ") and "✗ 5" in lines[2]
    assert lines[3].startswith("✗ FAIL  tcp.join-notice: ")
    assert "    alice is not told who joined" in lines
    assert "    expected  'bob joined!'" in lines
    assert "    got       'bob  joined!'" in lines
    assert "    read      tasks.md, task 5" in lines
    assert lines[-1].endswith("--only tcp.join-notice --seed 123 --trace")
    assert not any("client-shows" in line or "skipped" in line for line in lines)


def test_the_hint_is_there() -> None:
    """What to look at next belongs to the explanation."""
    change = samples.failed(message=fact("own-join-told"))
    lines = page(samples.graded({"tcp.join-not-to-self": change}))
    assert "    hint      send the join notice to everyone except the newcomer" in lines


def test_a_task_that_is_not_written_yet() -> None:
    """A check that waits for its task names it, and the command to try it."""
    lines = page(samples.skeleton())
    assert lines[0] == "mark  0 of 100"
    assert lines[1].startswith("… TODO  tcp.starts: ")
    assert lines[2] == "next  task 1: write this first (see tasks.md)"
    assert lines[3] == "then  grade -- lab4 --only tcp.starts"
    assert len(lines) == 4


def test_a_task_that_is_written() -> None:
    """Who has written the first task is told so, although it earns nothing by itself yet."""
    message = fact("task", number=2, title="accept connections")
    waits = replace(check_result("tcp.starts", Verdict.TODO), task=2, message=message)
    rest = [check_result(id_, Verdict.SKIP) for id_ in rubric.check_ids((TCP,))[1:]]
    lines = page(samples.result([waits, *rest]))
    assert lines[1] == "tcp: task 1 is written, 2 is next, 100 points × 1.0 to earn"
    assert lines[2].startswith("tcp  ✓ 1 ▸ 2 accept connections")
    assert lines[4] == "next  task 2: accept connections (see tasks.md)"


def test_with_its_transcript() -> None:
    """With trace the transcript of this check follows."""
    lines = page(samples.failing(), trace=True)
    assert "    transcript" in lines
    assert sum(line.strip() == "transcript" for line in lines) == 1


def test_the_points_are_there() -> None:
    """Whoever has earned points, sees them while the mark is still 0."""
    lines = page(replace(samples.mandatory_missing(), mark=0.0))
    assert lines[:3] == [
        "mark  0 of 100",
        "tcp  90 of 100 points, mark 0, 4 of 4 stars",
        " server-threads is mandatory: 90 points wait for it",
    ]


def test_the_notes_are_there() -> None:
    """What the whole page notes is not hidden here."""
    lines = page(samples.file_missing())
    assert any(line.startswith("note  udp_server.py is missing") for line in lines)


def test_checks_that_could_not_run() -> None:
    """Where others have passed, it is not said that nothing could be run."""
    skipped = samples.skipped(fact("file-missing", file="tcp_server.py"))
    lines = page(samples.graded({"tcp.starts": skipped}))
    assert lines[-1] == "next  see the notes above: the other checks could not run"


def test_the_line_of_the_gap() -> None:
    """A task that is not written is named with its file and line."""
    place = Place("tcp_server.py", 70)
    first = samples.skeleton()
    tcp, *others = first.variants
    checks = tuple(replace(c, place=place) for c in tcp.checks)
    lines = page(replace(first, variants=(replace(tcp, checks=checks), *others)))
    assert lines[2] == "next  task 1: write this first (tcp_server.py, line 70; see tasks.md)"


def test_a_star_comes_last() -> None:
    """With the full mark, what is next is a star that did not pass."""
    lines = page(samples.graded({"tcp.storm": samples.failed(message=fact("storm-lost"))}))
    assert lines[0].startswith("mark  100 of 100")
    assert lines[1].startswith("✗ FAIL  tcp.storm")


def test_nothing_is_left() -> None:
    """When all is done that is said."""
    assert len(page(samples.full())) == 2
    assert "passed" in page(samples.full())[1]


def test_the_graders_fault_is_not_next() -> None:
    """A check that the grader failed in is not the student's to work at."""
    error = {"tcp.starts": samples.became(Verdict.ERROR)}
    assert page(samples.graded(error))[-1].startswith("next  grade again; report")


def test_a_busy_machine_is_not_next() -> None:
    """There is nothing to report where only the machine was busy."""
    assert (
        page(samples.machine_busy())[-1]
        == "next  grade again when fewer programs run on this machine"
    )


@pytest.mark.parametrize("name", samples.SAMPLES)
def test_every_result_has_a_page(name: str) -> None:
    """Whatever was found, the page is short and harmless."""
    lines = page(samples.SAMPLES[name]())
    assert 2 <= len(lines) < 60
    assert all(line.isprintable() for line in lines)
