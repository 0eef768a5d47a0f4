"""Two programs side by side, with what they share marked: for the page of pairs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from grader.classroom.similarity.sources import given
from grader.classroom.similarity.winnow import prints

COLOURS = 6
NEAR = 4  # lines between two places that are one region
AROUND = 3  # lines that are shown before and after a region


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
    found = [(name, _lines(name, files[name], marked)) for name in sorted(files)]
    return [(name, lines) for name, lines in found if lines]


def _lines(name: str, text: str, marked: Mapping[tuple[str, int], int]) -> list[Line]:
    """The lines of a file that are shared, and a few around them; a gap is a line of its own."""
    wanted = {n + off for file, n in marked if file == name for off in range(-AROUND, AROUND + 1)}
    made: list[Line] = []
    for number, line in enumerate(text.splitlines(), 1):
        if number in wanted:
            made.append(Line(number, line, marked.get((name, number), -1)))
        elif made and made[-1].number:
            made.append(Line(0, "⋮", -1))
    return made if any(line.region >= 0 for line in made) else []
