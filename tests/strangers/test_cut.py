"""Ten of the strangers' programs that are judged rightly, each by the checks it is about."""

from __future__ import annotations

from dataclasses import replace

import pytest
from submissions.strangers import Program
from support import boxes

from strangers import grading, judging

CUT = {
    "visitor-is-a-thread": ("tcp.two-users", "tcp.server-threads"),
    "colours-the-whole-line": ("tcp.client-shows",),
    "udp-postman-thread": ("udp.many-users", "udp.leave-notice"),
    "udp-client-without-connect": ("udp.client-sends",),
    "first-is-deaf-in-company": ("tcp.many-users",),
    "leave-kept-from-the-first": ("tcp.leave-notice",),
    "client-drops-every-second-line": ("tcp.client-shows",),
    "udp-no-way-back": ("udp.two-users", "udp.rejoin"),
    "decoy-sleepers-beside-selectors": ("tcp.two-users", "tcp.server-threads"),
    "relay-daemon-left-behind": ("tcp.two-users", "tcp.end-to-end"),
}
PROGRAMS = grading.named(grading.PROGRAMS, CUT)


@pytest.mark.skipif("namespaces" not in boxes.BOXES, reason="needs namespaces")
@pytest.mark.parametrize(
    ("kind", "program"), PROGRAMS, ids=[f"{kind}-{program.name}" for kind, program in PROGRAMS]
)
def test_judged_as_it_should_be(kind: str, program: Program) -> None:
    """The verdicts are those of a just examiner, and nothing is left behind."""
    checks = CUT[program.name]
    graded = grading.grade(kind, program, 0, "", checks)
    assert set(graded.verdicts) == set(checks)
    wrong = judging.judge(program, replace(graded, seconds=0))
    assert not wrong, f"{wrong} {graded.messages}"
