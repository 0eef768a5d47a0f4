"""Pairs of a class, the most alike first.

What many have in common weighs little, and what more than half of the class has nothing: it is the
assignment. The score of a pair is what both share over what the smaller one has.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Set
from itertools import combinations

from grader.classroom.similarity.pairs import Pair
from grader.classroom.similarity.winnow import Prints

FEWEST = 5  # shared fingerprints
LEAST = 0.05  # score
SMALL = 4  # people; in a smaller class nothing is what most have


def weights(of_class: Iterable[Prints]) -> dict[int, float]:
    """What each fingerprint weighs, by how many have it."""
    everybody = list(of_class)
    having = Counter(value for one in everybody for value in one)
    most = len(everybody) / 2 if len(everybody) > SMALL else len(everybody)
    return {
        value: math.log(1 + len(everybody) / count) if count <= most or count == 1 else 0.0
        for value, count in having.items()
    }


def ranked(
    of_class: Mapping[str, Prints],
    others: Mapping[str, Prints],
    known: Set[int],
    skipped: Set[tuple[str, str]] = frozenset(),
) -> list[Pair]:
    """The pairs within a class, and of somebody of it with one of the others.

    ``known`` are fingerprints of what everybody was given. ``skipped`` are pairs of ids that are
    one submission, of a team.
    """
    mine = {id_: prints.keys() - known for id_, prints in of_class.items()}
    theirs = {id_: prints.keys() - known for id_, prints in others.items()}
    weight = weights(
        {value: found[value] for value in mine[id_]} for id_, found in of_class.items()
    )
    rare = max(weight.values(), default=1.0)
    whole = {id_: sum(weight[value] for value in found) for id_, found in mine.items()}
    other_whole = {
        id_: sum(weight.get(value, rare) for value in found) for id_, found in theirs.items()
    }
    made = []
    for (one, other), shared in _shared(mine, weight).items():
        if (one, other) not in skipped:
            made.append(_pair(one, other, shared, min(whole[one], whole[other])))
    for one, found in mine.items():
        for other, foreign in theirs.items():
            shared_values = [weight[value] for value in found & foreign]
            shared = (sum(shared_values), len(shared_values))
            made.append(_pair(one, other, shared, min(whole[one], other_whole[other])))
    wanted = (pair for pair in made if pair.shared >= FEWEST and pair.score >= LEAST)
    return sorted(wanted, key=lambda pair: (-pair.score, pair.one, pair.other))


def _shared(
    mine: Mapping[str, Set[int]], weight: Mapping[int, float]
) -> dict[tuple[str, str], tuple[float, int]]:
    """What each pair of a class shares: its weight, and how many fingerprints that is."""
    owners: dict[int, list[str]] = {}
    for id_ in sorted(mine):
        for value in mine[id_]:
            if weight[value]:
                owners.setdefault(value, []).append(id_)
    found: dict[tuple[str, str], tuple[float, int]] = {}
    for value, ids in owners.items():
        for pair in combinations(ids, 2):
            heavy, count = found.get(pair, (0.0, 0))
            found[pair] = (heavy + weight[value], count + 1)
    return found


def _pair(one: str, other: str, shared: tuple[float, int], smaller: float) -> Pair:
    score = shared[0] / smaller if smaller else 0.0
    return Pair(round(min(score, 1.0), 3), one, other, shared[1])
