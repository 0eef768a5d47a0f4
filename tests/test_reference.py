"""The reference earns everything that there is to earn."""

from __future__ import annotations

import grading

from grader import rubric, score
from grader.verdict import Verdict


def test_the_reference_passes_every_check() -> None:
    """Each check of both variants passes: 100 points and all stars, twice."""
    found = grading.verdicts(grading.REFERENCE)
    wrong = grading.differences(found, dict.fromkeys(rubric.check_ids(), (Verdict.PASS,)))
    assert not wrong, "\n".join(wrong)
    variants = [
        score.variant_result(
            variant, [check for id_, check in found.items() if id_.startswith(f"{variant}.")]
        )
        for variant in rubric.VARIANTS
    ]
    assert [(v.points, v.mark) for v in variants] == [(100, 100), (100, 80)]
    assert [v.stars for v in variants] == [v.max_stars for v in variants]
    assert score.submission_mark(variants) == 100
