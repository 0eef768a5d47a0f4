"""What is to be graded, and how: made once, sent whole to each worker process, as one JSON text."""

from __future__ import annotations

import json

import msgspec

from grader.assignment import modes, rubric
from grader.assignment.check_ids import check_id, name_of, variant_of
from grader.assignment.variants import variant
from grader.fact import Fact


class Request(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is to be graded, and how.

    No field has a default: :mod:`grader.grading.options` alone says what is meant when nothing is.
    """

    label: str  # the submission, as the user gave it
    variants: tuple[str, ...]  # their names
    seed: int
    submission: str  # a folder; empty where single files are graded
    server: str
    client: str
    checks: tuple[str, ...]  # ids; empty means all
    first: frozenset[str]  # ids of checks that go before the others
    jobs: int  # how many worlds are played side by side, where they can be kept apart
    portable: bool  # use nothing that only Linux has
    sandbox: str  # "auto" or a level
    mode: str  # "protocol", the kit's, or "own"
    dialect: str  # for the latter: what a person knows of it, as TOML
    notes: tuple[Fact, ...]  # missing files and the like, for the report

    def of_variant(self, name: str) -> Request:
        """The part of it that concerns one variant."""
        return msgspec.structs.replace(self, variants=(name,))

    def planned(self) -> tuple[str, ...]:
        """The ids of the checks to tell of, in order, variant by variant."""
        return self._in_order(set(self.checks))

    def with_needs(self) -> tuple[str, ...]:
        """The ids of the checks to run: also those that somebody's verdict depends on."""
        needed = {
            check_id(variant_of(id_), need)
            for id_ in self.checks
            for need in rubric.row(name_of(id_)).needs
        }
        return self._in_order(needed | set(self.checks))

    def _in_order(self, wanted: set[str]) -> tuple[str, ...]:
        ids = modes.check_ids(self.mode, map(variant, self.variants))
        chosen = [id_ for id_ in ids if not wanted or id_ in wanted]
        order = {name: number for number, name in enumerate(self.variants)}
        chosen.sort(key=lambda id_: (order[variant_of(id_)], id_ not in self.first))
        return tuple(chosen)


def dumps(request: Request) -> str:
    """The request as one line of JSON."""
    # In ASCII, by json: a path may have bytes that are no UTF-8, which msgspec does not write.
    return json.dumps(msgspec.to_builtins(request))


def loads(text: str | bytes) -> Request:
    """The request that :func:`dumps` wrote.

    Raises ValueError for anything else; it names a field that is missing, unknown or wrong.
    """
    return msgspec.convert(json.loads(text), Request)
