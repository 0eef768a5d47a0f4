"""Two programs side by side, with what they share marked: for the page of pairs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from grader.classroom.similarity.sources import given
from grader.classroom.similarity.winnow import prints

COLOURS = 6
NEAR = 4  # lines between two places that are one region


@dataclass(frozen=True)
class Line:
    """A line of a program; the number of the region that it is in, or -1."""

    number: int
    text: str
    region: int

    @property
    def colour(self) -> int:
        """Which of the colours it has."""
        return self.region % COLOURS if self.region >= 0 else -1


Side = list[tuple[str, list[Line]]]  # files with their lines


def sides(one: Mapping[str, str], other: Mapping[str, str]) -> tuple[Side, Side]:
    """Both, with the same number for a region on either side."""
    first, second = prints(one), prints(other)
    shared = sorted((first.keys() & second.keys()) - given(), key=lambda value: first[value])
    regions: dict[int, int] = {}
    region, end, file = -1, -NEAR - 1, ""
    for value in shared:
        place = first[value]
        if place.file != file or place.first > end + NEAR:
            region, file = region + 1, place.file
        end = place.last
        regions[value] = region
    return (
        _side(one, {value: (first[value], regions[value]) for value in shared}),
        _side(other, {value: (second[value], regions[value]) for value in shared}),
    )


def _side(files: Mapping[str, str], places: Mapping[int, tuple[tuple[str, int, int], int]]) -> Side:
    marked: dict[tuple[str, int], int] = {}
    for (name, first, last), region in places.values():
        for line in range(first, last + 1):
            marked.setdefault((name, line), region)
    return [
        (
            name,
            [
                Line(number, text, marked.get((name, number), -1))
                for number, text in enumerate(files[name].splitlines(), 1)
            ],
        )
        for name in sorted(files)
        if any(at[0] == name for at in marked)
    ]
