"""From verdicts to points, stars and marks."""

from __future__ import annotations

import pytest
from support.made_up import check_result

from grader.assignment import rubric, variants
from grader.assignment.variants import UDP
from grader.result import score
from grader.result.check import CheckResult
from grader.result.grade import VariantResult
from grader.result.verdict import Verdict


def checks(variant: str, **verdicts: Verdict) -> list[CheckResult]:
    """All checks passed, but for these: ``client_name=Verdict.FAIL``."""
    named = {f"{variant}.{k.replace('_', '-')}": v for k, v in verdicts.items()}
    assert named.keys() <= set(rubric.check_ids((variants.variant(variant),)))
    return [
        check_result(i, named.get(i, Verdict.PASS))
        for i in rubric.check_ids((variants.variant(variant),))
    ]


def graded(variant: str, **verdicts: Verdict) -> VariantResult:
    return score.variant_result(variant, checks(variant, **verdicts))


@pytest.mark.parametrize(("variant", "mark"), [("tcp", 100.0), ("udp", 80.0)])
def test_full_mark(variant: str, mark: float) -> None:
    """Who passes everything gets all points, times the weight of the variant."""
    result = graded(variant)
    assert (result.points, result.max_points, result.mark) == (100, 100, mark)


@pytest.mark.parametrize(("variant", "mark"), [("tcp", 89.0), ("udp", 71.2)])
def test_lost_points_are_weighed(variant: str, mark: float) -> None:
    """Lost points count with the weight of the variant."""
    result = graded(variant, client_shows=Verdict.FAIL, client_sends=Verdict.SKIP)
    assert (result.points, result.mark) == (89, mark)


@pytest.mark.parametrize("verdict", [Verdict.FAIL, Verdict.TODO, Verdict.SKIP])
def test_mandatory_check_not_passed(verdict: Verdict) -> None:
    """While a mandatory check has not passed the mark is 0, and the points are kept."""
    result = graded("tcp", server_threads=verdict)
    assert (result.points, result.mark) == (90, 0.0)
    assert result.mandatory_failed == ("server-threads",)


def test_a_check_may_be_mandatory_in_one_variant_alone() -> None:
    """Over TCP the client's threads cost their points, over UDP the mark."""
    assert graded("tcp", client_threads=Verdict.FAIL).mark == 95.0
    over_udp = graded("udp", client_threads=Verdict.FAIL)
    assert (over_udp.points, over_udp.mark) == (85, 0.0)
    assert over_udp.mandatory_failed == ("client-threads",)


def test_stars_are_counted_apart() -> None:
    """Stars earn no points and cost none."""
    result = graded("tcp", storm=Verdict.FAIL, hundred=Verdict.SKIP)
    assert result.mark == 100.0
    assert result.max_stars - result.stars == 2


def test_failing_star_of_the_graders_own_does_not_hide_the_mark() -> None:
    """The grader's own fault in a star leaves the mark known."""
    assert graded("tcp", storm=Verdict.ERROR).mark == 100.0


def test_error_hides_the_mark() -> None:
    """After the grader's own fault in a core check the mark is not known."""
    assert graded("tcp", client_name=Verdict.ERROR).mark is None


def test_mandatory_error_hides_the_mark() -> None:
    """The grader's own fault in a mandatory check is not the student's 0."""
    assert graded("tcp", server_threads=Verdict.ERROR).mark is None


def test_missing_check_hides_the_mark() -> None:
    """While a core check has not run the mark is not known."""
    assert score.variant_result("udp", checks("udp")[1:]).mark is None


def test_missing_star_does_not_hide_the_mark() -> None:
    """A star that has not run changes nothing about the mark."""
    core = [c for c in checks("udp") if not c.star]
    result = score.variant_result("udp", core)
    assert (result.mark, result.stars) == (80.0, 0)


def test_maximum_is_that_of_the_rubric() -> None:
    """What could be earned does not depend on what has run."""
    result = score.variant_result("udp", [])
    assert (result.points, result.max_points) == (0, 100)
    assert result.max_stars == sum(row.star for row in rubric.rows(UDP))


def test_better_variant_counts() -> None:
    """The mark of the submission is the better of the two."""
    poor = graded("tcp", server_threads=Verdict.FAIL)
    assert score.submission_mark([poor, graded("udp")]) == 80.0
    assert score.submission_mark([graded("tcp"), graded("udp")]) == 100.0


def test_one_variant_alone() -> None:
    """With one variant alone its mark is that of the submission."""
    assert score.submission_mark([graded("udp")]) == 80.0


def test_unknown_mark_of_a_variant() -> None:
    """While the mark of one variant is not known, neither is that of the submission."""
    unknown = graded("udp", client_name=Verdict.ERROR)
    assert score.submission_mark([graded("tcp"), unknown]) is None


def test_nothing_graded() -> None:
    """Without any variant there is no mark."""
    assert score.submission_mark([]) is None
