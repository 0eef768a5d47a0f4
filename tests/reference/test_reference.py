"""The reference earns everything that there is to earn."""

from __future__ import annotations

from support import gradings

from grader.assignment import rubric
from grader.assignment.variants import VARIANTS
from grader.result import score
from grader.result.verdict import Verdict


def test_the_reference_passes_every_check() -> None:
    """Each check of both variants passes: 100 points and all stars, twice."""
    found = gradings.verdicts(gradings.REFERENCE)
    wrong = gradings.differences(found, dict.fromkeys(rubric.check_ids(), (Verdict.PASS,)))
    assert not wrong, "\n".join(wrong)
    variants = [
        score.variant_result(
            variant.name, [check for id_, check in found.items() if id_.startswith(f"{variant}.")]
        )
        for variant in VARIANTS
    ]
    assert [(v.points, v.mark) for v in variants] == [(100, 100), (100, 80)]
    assert [v.stars for v in variants] == [v.max_stars for v in variants]
    assert score.submission_mark(variants) == 100
