"""The skeleton, before anything is written, is told what to write first."""

from __future__ import annotations

from support import gradings

from grader.assignment import rubric
from grader.assignment.variants import VARIANTS
from grader.result import score
from grader.result.verdict import Verdict

# The checks that can be tried at once; all others wait for one of these.
TODO = {"tcp.starts", "tcp.client-name", "udp.starts", "udp.client-name"}


def test_the_skeleton_is_all_to_do() -> None:
    """The first checks say what is to be written, all others that or what they wait for."""
    found = gradings.verdicts(gradings.ROOT / "lab4")
    expected = {
        id_: (Verdict.TODO,) if id_ in TODO else (Verdict.TODO, Verdict.SKIP)
        for id_ in rubric.check_ids()
    }
    wrong = gradings.differences(found, expected)
    assert not wrong, "\n".join(wrong)
    for variant in VARIANTS:
        checks = [check for check in found.values() if check.variant == variant.name]
        assert score.variant_result(variant.name, checks).mark == 0
