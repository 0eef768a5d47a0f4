"""Numbers in place of names: everywhere in a class but in one file apart from it.

What people have written into their files stays as it is. Names are not even stored with the class:
the file of names lies beside its folder, and can be kept elsewhere.
"""

from __future__ import annotations

import csv
import dataclasses
import io
import random
from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import replace

from grader import reports
from grader.classroom import tables
from grader.classroom.people import Person
from grader.classroom.rows import Row
from grader.fact import Fact, FactError, fact

HEADER = ("number", "id", "name", "group", "email", "place")
ROOM = 9000  # numbers at first; more where that is too few


def key_file(out: Path) -> Path:
    """Where the names are: beside the folder of the class."""
    return out.with_name(f"{out.name}-names.csv")


class Names:
    """Who is behind each number. Raises FactError for a file that is no such list."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._people: dict[str, Person] = {}  # by their numbers
        if path.exists():
            table = tables.load(path)
            if table.headings != HEADER:
                raise FactError(fact("no-names", path=str(path)))
            for row in table.rows:
                number, id_, name, group, email, place = (*row, *HEADER)[: len(HEADER)]
                self._people[number] = Person(id_, name, group, email, place=place)
        self._numbers = {person.id: number for number, person in self._people.items()}

    def hidden(self, person: Person) -> Person:
        """The person as the class knows them; who is new draws a number."""
        number = self._numbers.get(person.id) or self._drawn()
        self._numbers[person.id] = number
        self._people[number] = person
        troubles = tuple(_without_texts(trouble) for trouble in person.troubles)
        return replace(
            person, id=number, name=f"№ {number}", email="", place="", there=(), troubles=troubles
        )

    def _drawn(self) -> str:
        most = max(ROOM, 4 * len(self._people))
        while (number := str(1000 + random.SystemRandom().randrange(most))) in self._people:
            pass
        return number

    def forget(self, numbers: Sequence[str]) -> None:
        """Nobody is behind these numbers any more."""
        for number in numbers:
            self._people.pop(number, None)

    def restored(self, rows: Sequence[Row]) -> list[Row]:
        """The rows under the names of those whom they are about."""
        return [self._restored(row) for row in rows]

    def _restored(self, row: Row) -> Row:
        found = self._people.get(row.person.id)
        if found is None:
            return row
        known = replace(
            row.person,
            id=found.id,
            name=found.name,
            group=found.group,
            email=found.email,
            place=found.place,
        )
        return dataclasses.replace(row, person=known)

    def save(self) -> None:
        """Write the file. Raises FactError."""
        file = io.StringIO()
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for number, one in sorted(self._people.items()):
            writer.writerow([number, one.id, one.name, one.group, one.email, one.place])
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            reports.write_whole(self._path, file.getvalue().encode("utf-8", "backslashreplace"))
        except OSError as error:
            why = fact("class-unusable", path=str(self._path), reason=str(error))
            raise FactError(why) from None


def _without_texts(trouble: Fact) -> Fact:
    """The same fact without names of files, which may be those of people."""

    def hidden(value: object) -> object:
        if isinstance(value, Fact):
            return _without_texts(value)
        return value if isinstance(value, int | float) else "…"

    made = {name: hidden(value) for name, value in trouble.arguments.items()}
    return Fact(trouble.code, made)  # type: ignore[arg-type]  # each is an argument
