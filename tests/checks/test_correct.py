"""Correct submissions of all sorts earn all points; only stars depend on how they are built."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from submissions.correct import CORRECT, FOLDER, Correct
from support import gradings

from grader.assignment import rubric
from grader.result.verdict import Verdict


@pytest.mark.parametrize("correct", CORRECT, ids=[correct.name for correct in CORRECT])
def test_correct_submissions_earn_all_points(correct: Correct, tmp_path: Path) -> None:
    """Every core check passes, and exactly the named stars are lost or skipped."""
    if correct.posix and os.name != "posix":
        pytest.skip("needs a terminal as POSIX has it")
    folder = gradings.write_submission(tmp_path, correct.sources(gradings.REFERENCE))
    checks = tuple(
        id_
        for id_ in gradings.concerned(correct.files)
        if not (correct.slow and rubric.row(id_.partition(".")[2]).star)
    )
    stars = dict.fromkeys(correct.loses, Verdict.FAIL)
    stars |= dict.fromkeys(correct.skips, Verdict.SKIP)
    expected = {id_: (stars.get(id_.partition(".")[2], Verdict.PASS),) for id_ in checks}
    wrong = gradings.differences(gradings.verdicts(folder, checks), expected)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("correct", CORRECT, ids=[correct.name for correct in CORRECT])
def test_only_stars_are_lost(correct: Correct) -> None:
    """What a correct submission may lose are stars of its own files."""
    known = {id_.partition(".")[2] for id_ in gradings.concerned(correct.files)}
    lacks = correct.loses | correct.skips
    assert lacks <= known
    assert all(rubric.row(name).star for name in lacks)


def test_no_file_is_forgotten() -> None:
    """Every file in the folder belongs to a submission of the table."""
    there = {(path.parent.name, path.name) for path in FOLDER.glob("*/*.py")}
    assert there == {(c.base, file) for c in CORRECT if c.base for file in c.files}
