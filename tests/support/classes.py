"""Classes that nobody graded: stored results of many people, made up at once."""

from __future__ import annotations

import random
import zipfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from msgspec.structs import replace

from grader.assignment.variants import NAMES
from grader.classroom import settings
from grader.classroom.engine.task import Outcome, Task
from grader.classroom.keys import Options, digest, fingerprint
from grader.classroom.people import Files, Person
from grader.classroom.settings import Settings
from grader.classroom.store import Store, Stored
from grader.fact import fact
from grader.result.check import CheckResult
from grader.result.grade import GradeResult
from support.changes import IDS, Change, failed, graded
from support.made_up import step

OPTIONS = Options(NAMES, 1, False, "auto", (), "protocol", "3.11")
KNOWN = Settings(OPTIONS)
GROUPS = ("A", "B", "C")
FIRST = ("Ann", "Bob", "Carol", "Пётр", "Мария", "Юлия", "Ёлка", "Dave")
MESSAGES = (fact("message-missing", name="alice"), fact("echoed"), fact("came-twice"))


def files(text: str) -> Files:
    """What somebody handed in."""
    return {"tcp_server.py": text.encode()}


def person(id_: str, **fields: object) -> Person:
    """Somebody of a class."""
    return replace(Person(id_, f"Name of {id_}"), **fields)  # type: ignore[arg-type]


def stored(store: Store, results: Mapping[str, GradeResult | str | None]) -> None:
    """Store people, by their ids, each with a result, a failure, or nothing that is graded yet."""
    store.take_in([(person(id_), files(id_)) for id_ in results])
    for id_, found in results.items():
        if found is not None:
            keep(store, files(id_), found)
    settings.save(store, KNOWN)


def keep(
    store: Store,
    what: Files,
    found: GradeResult | str,
    options: Options = OPTIONS,
    grader: str = "",
) -> None:
    """Store a result, or a failure."""
    by = grader or fingerprint()
    if isinstance(found, str):
        store.keep(Stored(digest(what), by, options, None, found))
    else:
        store.keep(Stored(digest(what), by, options, found, ""))


def one_failed(id_: str = "tcp.many-users", **fields: object) -> GradeResult:
    """A result in which one check has failed."""
    return graded({id_: failed(message=fact("echoed"), **fields)}, over=("tcp",))


def failing_some(chance: float, draw: random.Random) -> GradeResult:
    """A result in which some checks have failed."""

    def change(check: CheckResult) -> CheckResult:
        events = tuple(step("says", name="alice", text=f"text {n}") for n in range(8))
        message = draw.choice(MESSAGES)
        return failed(message=message, mistake="sender-included", transcript=events)(check)

    changes: dict[str, Change] = {id_: change for id_ in IDS if draw.random() < chance}
    return graded(changes)


def crowd(store: Store, count: int, seed: int = 1) -> None:
    """Store a class of many, in three groups and two languages, with some who need a look."""
    draw = random.Random(seed)
    people: list[tuple[Person, Files]] = []
    for number in range(count):
        one = Person(
            f"{1000 + number}",
            f"{draw.choice(FIRST)} {draw.choice('АБВABC')}{number}",
            group=draw.choice(GROUPS),
            email=f"s{number}@example.org",
            late=number % 17 == 5,
            absent=number % 40 == 39,
        )
        people.append((one, {} if one.absent or number % 50 == 7 else files(one.id)))
    store.take_in(people)
    for number, (_one, what) in enumerate(people):
        if what:
            failure = number % 60 == 11
            keep(store, what, "it broke" if failure else failing_some(draw.random() / 2, draw))
    settings.save(store, KNOWN)


def folder_of(path: Path, names: Iterable[str], text: Callable[[str], str] = str) -> Path:
    """A folder with files in it, by their names, which may have folders in them."""
    for name in names:
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_text(text(name) or "x", encoding="utf-8")
    return path


def zipped(path: Path, files: Mapping[str, bytes]) -> Path:
    """A zip of these files."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


Run = Callable[..., tuple[int, str, str]]  # a command: its status and what it printed


class Grader:
    """Takes the place of the gradings: what it finds, by what somebody handed in."""

    def __init__(self, found: dict[str, GradeResult | str]) -> None:
        self.found = found
        self.asked: list[str] = []

    def __call__(self, task: Task) -> Outcome:
        text = task.files["tcp_server.py"].decode()
        self.asked.append(text)
        found = self.found.get(text, graded())
        return Outcome(failure=found) if isinstance(found, str) else Outcome(found)
