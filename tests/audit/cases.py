"""What is audited: submissions of which is known how they have to be graded, and generated ones."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from submissions.correct import CORRECT
from submissions.mutants import tcp_client, tcp_server, udp_client, udp_server
from support import gradings

from audit import generated
from grader.assignment import rubric
from grader.result.verdict import Verdict

KINDS = ("reference", "correct", "hand", "generated")
TABLES = {
    "tcp_server.py": tcp_server.MUTANTS,
    "tcp_client.py": tcp_client.MUTANTS,
    "udp_server.py": udp_server.MUTANTS,
    "udp_client.py": udp_client.MUTANTS,
}
# What --goal grades, besides the reference and the skeleton.
GOAL = (
    "hand:tcp_server:no-join-notice",
    "hand:tcp_server:no-reuseaddr",
    "hand:tcp_client:shows-nothing",
    "hand:udp_server:no-leave-notice",
    "hand:udp_client:shows-nothing",
)
SKELETON_TODO = {"tcp.starts", "tcp.client-name", "udp.starts", "udp.client-name"}


@dataclass(frozen=True)
class Case:
    """One submission: its files, the checks to run, and the names of those that must fail."""

    name: str  # "hand:tcp_server:no-join-notice"
    text: str  # what is wrong with it, or the line that was changed
    files: Mapping[str, str]  # besides these, the reference's
    checks: tuple[str, ...]  # ids
    fails: Set[str] | None = frozenset()  # None: not known, as with generated mutants

    @property
    def kind(self) -> str:
        """Where it comes from: one of KINDS, caught or goal."""
        return self.name.partition(":")[0]

    @property
    def short(self) -> str:
        """Its name without the kind."""
        return self.name.partition(":")[2]

    @cached_property
    def fingerprint(self) -> str:
        """Says whether the files have changed since a grading."""
        whole = {
            file: self.files.get(file) or (gradings.REFERENCE / file).read_text(encoding="utf-8")
            for file in gradings.FILES
        }
        return hashlib.sha256(json.dumps([whole, self.checks]).encode()).hexdigest()[:12]

    def allowed(self, id_: str) -> tuple[Verdict, ...]:
        """The verdicts of a check that are right."""
        if self.short.endswith("skeleton"):
            return (Verdict.TODO if id_ in SKELETON_TODO else Verdict.SKIP,)
        if self.fails is None:
            return (Verdict.PASS, Verdict.FAIL, Verdict.SKIP)
        if id_.partition(".")[2] in self.fails and id_ in self._concerned:
            return (Verdict.FAIL,)
        right = self.kind == "correct" or not self.fails
        return (Verdict.PASS,) if right else (Verdict.PASS, Verdict.SKIP)

    @cached_property
    def _concerned(self) -> Set[str]:
        return frozenset(gradings.concerned(self.files))


def reference() -> Iterator[Case]:
    """The reference, and the skeleton that nobody has touched."""
    yield Case("reference:reference", "the complete answer", {}, rubric.check_ids())
    lab4 = {f: (gradings.ROOT / "lab4" / f).read_text(encoding="utf-8") for f in gradings.FILES}
    yield Case("reference:skeleton", "nothing is written yet", lab4, rubric.check_ids())


def correct() -> Iterator[Case]:
    """Correct submissions that are built otherwise."""
    for one in CORRECT:
        if one.posix and os.name != "posix":
            continue
        sources = one.sources(gradings.REFERENCE)
        yield Case(
            f"correct:{one.name}", one.name, sources, gradings.concerned(one.files), one.loses
        )


def by_hand() -> Iterator[Case]:
    """The mutants of the tests."""
    for file, table in TABLES.items():
        checks = gradings.concerned([file])
        for mutant in table:
            name = f"hand:{Path(file).stem}:{mutant.name}"
            source = mutant.source(file, gradings.REFERENCE)
            yield Case(name, mutant.fault, {file: source}, checks, mutant.fails)


def by_rule() -> Iterator[Case]:
    """The mutants made by rule."""
    for one in generated.everything():
        checks = gradings.concerned([one.file])
        yield Case(f"generated:{one.name}", one.text, {one.file: one.source}, checks, None)


def caught() -> Iterator[Case]:
    """The mutants of the tests once more, with nothing but the checks that must find them."""
    for case in by_hand():
        checks = tuple(id_ for id_ in case.checks if Verdict.FAIL in case.allowed(id_))
        yield Case(f"caught:{case.short}", case.text, case.files, checks, case.fails)


def everything() -> tuple[Case, ...]:
    """The cases that an audit grades if nothing else is said, kind by kind."""
    return (*reference(), *correct(), *by_hand(), *by_rule())


def known() -> tuple[Case, ...]:
    """All cases that a log may tell of."""
    return (*everything(), *caught(), *goal())


def goal() -> tuple[Case, ...]:
    """The few that --goal grades whole, again and again."""
    hand = {case.name: case for case in by_hand()}
    chosen = (*reference(), *(hand[name] for name in GOAL))
    return tuple(
        Case(f"goal:{case.short}", case.text, case.files, rubric.check_ids(), case.fails)
        for case in chosen
    )
