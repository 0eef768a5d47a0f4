"""Who is in a class: names, groups and addresses from a list, and who is absent."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec
from msgspec.structs import replace

from grader.classroom import tables
from grader.classroom.people import Handed, Person, plain_name, slug
from grader.fact import FactError, fact, writable

POINTS_POSSIBLE = "points possible"  # a line of a Canvas gradebook that is nobody


class Listed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A person of the list."""

    id: str
    name: str
    group: str = ""
    email: str = ""
    user: str = ""  # what they are called where they hand in
    late: bool = False


def read(path: Path) -> tuple[Listed, ...]:
    """The list in a file. Raises FactError where it is none."""
    table = tables.load(path)
    known = [what for what in ("id", "name", "last", "email", "user") if _has(table, what)]
    if not known:
        raise FactError(fact("no-roster", path=str(path), headings=", ".join(table.headings[:8])))
    made = [_listed(table, row) for row in table.rows]
    return tuple(one for one in made if one is not None)


def _has(table: tables.Table, what: str) -> bool:
    return table.column(what) is not None


def _listed(table: tables.Table, row: Sequence[str]) -> Listed | None:
    value = {what: writable(table.value(row, what)) for what in tables.HEADINGS}
    name = value["name"] or f"{value['first']} {value['last']}".strip()
    if value["last"] and value["last"].casefold() not in name.casefold():
        name = f"{value['first'] or name} {value['last']}".strip()
    if name.casefold() == POINTS_POSSIBLE:
        return None
    id_ = lms_id(value["id"]) or value["user"] or value["email"] or name
    late = value["late"].casefold() in ("1", "yes", "true", "late", "да")
    if not id_:
        return None
    return Listed(id_, name or id_, value["group"], value["email"], value["user"], late)


def lms_id(text: str) -> str:
    """The id in what a list has for it: Moodle writes ``Participant 12345``."""
    found = re.fullmatch(r"[^\d\W]{5,}\s*(\d+)", text.strip())
    return found[1] if found else text.strip()


def joined(handed: Iterable[Handed], listed: Sequence[Listed]) -> Iterator[Handed]:
    """Everybody of the list and everybody who handed in, with what the list knows of them.

    A team hands in once: each member that the list has in a group of that name gets the files.
    """
    by = _Index(listed)
    there: set[str] = set()
    for one in handed:
        found = by.person(one)
        team = [] if found else by.team(one.person.name)
        for member in [found] if found else team:
            there.add(member.id)
            yield _with(one, member)
        if not found and not team:
            yield one
    for member in listed:
        if member.id not in there:
            empty = Person(slug(member.id), member.name, absent=True)
            yield _with(Handed(empty, {}), member)


def _with(one: Handed, listed: Listed) -> Handed:
    person = replace(
        one.person,
        id=slug(listed.id),
        name=listed.name,
        group=listed.group,
        email=listed.email or one.person.email,
        late=one.person.late or listed.late,
    )
    return replace(one, person=person)


class _Index:
    """A list, by everything that somebody may be known by."""

    def __init__(self, listed: Sequence[Listed]) -> None:
        self._exact: dict[str, Listed] = {}
        self._named: dict[str, list[Listed]] = {}
        self._groups: dict[str, list[Listed]] = {}
        for one in listed:
            for word in filter(None, (one.id, one.email, one.user)):
                self._exact.setdefault(word.casefold(), one)
            for name in {plain_name(one.name), _run_together(one.name)}:
                self._named.setdefault(name, []).append(one)
            if one.group:
                self._groups.setdefault(plain_name(one.group), []).append(one)

    def person(self, one: Handed) -> Listed | None:
        """Who it is: by an id, an address or a user's name, else by a name that only one has."""
        for word in filter(None, one.names):
            if found := self._exact.get(word.casefold()):
                return found
        for word in filter(None, one.names):
            for name in (plain_name(word), word.casefold()):
                if len(found_by_name := self._named.get(name, [])) == 1:
                    return found_by_name[0]
        return None

    def team(self, name: str) -> list[Listed]:
        """The members of a team of this name."""
        return self._groups.get(plain_name(name), [])


def _run_together(name: str) -> str:
    """``ivanovivan`` for "Ivan Ivanov", as Canvas writes it: the last name first."""
    last, comma, first = name.partition(",")
    words = re.findall(r"\w+", name.casefold())
    if comma:
        return "".join(re.findall(r"\w+", f"{last}{first}".casefold()))
    return "".join([*words[-1:], *words[:-1]])
