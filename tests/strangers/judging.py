"""Compares what the grader says of a program with what should be said of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from submissions.strangers import Program
from support import gradings

from grader.assignment import rubric
from strangers.grading import Graded

NAMES = frozenset(id_.partition(".")[2] for id_ in rubric.check_ids())
SLOW = 60  # seconds


@dataclass(frozen=True)
class Wrong:
    """What is wrong with a grading: ids of checks, and words for everything else."""

    passes: tuple[str, ...] = ()
    fails: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()
    others: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.passes or self.fails or self.errors or self.others)


def unknown(program: Program) -> frozenset[str]:
    """Checks that the truth names and the grader lacks."""
    return frozenset(program.fails | program.either | program.one_of) - NAMES


def judge(program: Program, graded: Graded) -> Wrong:
    """What is wrong with this grading."""
    return Wrong(
        tuple(_passes(program, graded.verdicts)),
        tuple(_fails(program, graded.verdicts)),
        tuple(id_ for id_, verdict in graded.verdicts.items() if verdict == "ERROR"),
        tuple(_others(graded)),
    )


def _passes(program: Program, verdicts: Mapping[str, str]) -> list[str]:
    own = _own(program, verdicts)
    passed = [id_ for id_ in own if verdicts[id_] == "PASS"]
    not_passed = {_name(id_) for id_ in own} - {_name(id_) for id_ in passed}
    excused = program.one_of if program.one_of & not_passed else frozenset()
    wrong = [id_ for id_ in passed if _name(id_) in program.fails - excused]
    asked = program.one_of & {_name(id_) for id_ in own}
    if asked and not excused and not asked & {_name(id_) for id_ in wrong}:
        wrong.append(f"one of {', '.join(sorted(asked))}")
    return wrong


def _fails(program: Program, verdicts: Mapping[str, str]) -> list[str]:
    wrong = []
    failed = {_variant(id_) for id_, verdict in verdicts.items() if verdict in {"FAIL", "ERROR"}}
    for id_ in _own(program, verdicts):
        skipped = verdicts[id_] == "SKIP" and _variant(id_) not in failed
        allowed = program.fails | program.either | program.one_of
        if _name(id_) not in allowed and (verdicts[id_] in {"FAIL", "TODO"} or skipped):
            wrong.append(id_)
    return wrong


def _others(graded: Graded) -> list[str]:
    if graded.status is None:  # whoever was ended could not tidy up
        return [f"ended after {graded.seconds:.0f} s"]
    found = [f"{graded.seconds:.0f} s"] if graded.seconds > SLOW else []
    if graded.status or not graded.verdicts:
        found.append(f"the grader ended with {graded.status}")
    return [*found, *(f"left behind: {name}" for name in graded.left)]


def _own(program: Program, verdicts: Mapping[str, str]) -> list[str]:
    """The checks all of whose files the program has."""
    others = set(gradings.FILES) - set(program.files)
    foreign = gradings.concerned(others)
    return [id_ for id_ in verdicts if id_ not in foreign]


def _name(id_: str) -> str:
    return id_.partition(".")[2]


def _variant(id_: str) -> str:
    return id_.partition(".")[0]
