"""What is known of a class, in one SQLite file of the output folder.

Each change is one transaction, which SQLite writes whole or not at all: a process may be killed and
a disk may be full at any moment. One process at a time has a class: it holds a lock that the system
takes away from it when it ends, however it ends.
"""

from __future__ import annotations

import contextlib
import sqlite3
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from pathlib import Path
from types import TracebackType
from typing import final

import msgspec

from grader.classroom.keys import Options, digest, key
from grader.classroom.people import Attempt, Decision, Files, Person
from grader.classroom.schema import SCHEMA, locked
from grader.fact import FactError, fact
from grader.result import codec
from grader.result.grade import GradeResult

NAME = "class.sqlite"
VERSION = "1"
SYNCHRONOUS = "FULL"  # a transaction is on the disk when it has ended
KEEP = "INSERT OR REPLACE INTO results VALUES (?, ?, ?, ?, ?, ?, ?)"


class Stored(msgspec.Struct, frozen=True):
    """A result of the store: a grading, or why there is none."""

    digest: str
    grader: str
    options: Options
    result: GradeResult | None
    failure: str


@final
class Store:
    """A class as it is stored. Raises FactError where that cannot be read or written.

    ``writing`` makes the folder and the file, and has the class for itself.
    """

    def __init__(self, folder: Path, *, writing: bool = True) -> None:
        self.folder = folder
        self._lock: sqlite3.Connection | None = None
        self._base: sqlite3.Connection = sqlite3.connect(":memory:")
        try:
            if writing:
                folder.mkdir(parents=True, exist_ok=True)
                self._lock = locked(folder)
            elif not (folder / NAME).is_file():
                raise FactError(fact("no-class", path=str(folder)))
            self._base = sqlite3.connect(folder / NAME, timeout=30, isolation_level=None)
            self._base.execute(f"PRAGMA synchronous = {SYNCHRONOUS}")
            with self._changing():
                for statement in SCHEMA.split(";"):
                    self._base.execute(statement)
            self._expect_version()
        except (OSError, sqlite3.Error) as error:
            self.close()
            raise FactError(fact("class-unusable", path=str(folder), reason=str(error))) from None
        except FactError:
            self.close()
            raise

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let others have the class."""
        self._base.close()
        if self._lock is not None:
            self._lock.close()

    @contextlib.contextmanager
    def _changing(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all of it or nothing."""
        try:
            self._base.execute("BEGIN IMMEDIATE")
            try:
                yield self._base
                self._base.execute("COMMIT")
            except BaseException:
                with contextlib.suppress(sqlite3.Error):  # SQLite may have done so by itself
                    self._base.execute("ROLLBACK")
                raise
        except sqlite3.Error as error:
            why = fact("class-unusable", path=str(self.folder / NAME), reason=str(error))
            raise FactError(why) from None

    def _expect_version(self) -> None:
        if self.setting("version", VERSION) != VERSION:
            raise FactError(fact("class-of-another-version", path=str(self.folder / NAME)))

    def setting(self, name: str, default: str) -> str:
        """A setting of the class; the first time that it is asked for it becomes ``default``."""
        rows = self._base.execute("SELECT value FROM settings WHERE name = ?", (name,))
        found = rows.fetchone()
        if found is None:
            self.set(name, default)
        return str(found[0]) if found else default

    def set(self, name: str, value: str) -> None:
        """Change a setting."""
        with self._changing() as base:
            base.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", (name, value))

    def take_in(self, handed: Iterable[tuple[Person, Files]]) -> None:
        """Take people in; files that somebody had not handed in before are a new attempt.

        Who was there before and is not there now stays: what is late may come by itself.
        """
        with self._changing() as base:
            for person, files in handed:
                data = (person.id, codec.encode(person))
                base.execute("INSERT OR REPLACE INTO people VALUES (?, ?)", data)
                if files:
                    self._attempt(base, person.id, files)

    @staticmethod
    def _attempt(base: sqlite3.Connection, person: str, files: Files) -> None:
        this = digest(files)
        packed = zlib.compress(msgspec.msgpack.encode(files))
        base.execute("INSERT OR IGNORE INTO contents VALUES (?, ?)", (this, packed))
        # What lies there now is the last attempt, also where it is an earlier one that came back.
        base.execute("DELETE FROM attempts WHERE person = ? AND digest = ?", (person, this))
        rows = base.execute("SELECT max(number) FROM attempts WHERE person = ?", (person,))
        number = (rows.fetchone()[0] or 0) + 1
        base.execute("INSERT INTO attempts VALUES (?, ?, ?)", (person, number, this))

    def people(self) -> list[Person]:
        """Everybody, in the order of their ids."""
        rows = self._base.execute("SELECT data FROM people ORDER BY id")
        return [codec.decode(data, Person) for (data,) in rows]

    def attempts(self) -> list[Attempt]:
        """Everybody's attempts, in their order."""
        rows = self._base.execute("SELECT * FROM attempts ORDER BY person, number")
        return [Attempt(*row) for row in rows]

    def files(self, digest_: str) -> Files:
        """The files that a digest stands for. Raises KeyError where they are not kept."""
        rows = self._base.execute("SELECT files FROM contents WHERE digest = ?", (digest_,))
        found = rows.fetchone()
        if found is None:
            raise KeyError(digest_)
        return msgspec.msgpack.decode(zlib.decompress(found[0]), type=Files)

    def keep(self, one: Stored) -> None:
        """Store a result, in place of an earlier one with its key."""
        with self._changing() as base:
            base.execute(KEEP, _row(one))

    def has(self, key_: str) -> bool:
        """Whether there is a result under this key."""
        rows = self._base.execute("SELECT 1 FROM results WHERE key = ?", (key_,))
        return rows.fetchone() is not None

    def results(self, digest_: str) -> list[Stored]:
        """All results of these contents, the latest one last."""
        columns = "SELECT grader, options, result, failure FROM results"
        order = "WHERE digest = ? ORDER BY graded_at, key"
        rows = self._base.execute(f"{columns} {order}", (digest_,))
        return [
            Stored(digest_, grader, codec.decode(how, Options), _unpacked(packed), failure)
            for grader, how, packed, failure in rows
        ]

    def forget(
        self,
        person: str,
        nobody: Person,
        digests: Sequence[tuple[str, str]],
        results: Iterable[Stored],
        shared: Set[str],
        prints: Mapping[str, list[int]],
    ) -> None:
        """Put nobody in the place of a person, and other digests in the place of the files.

        What is ``shared`` with others stays for them.
        """
        with self._changing() as base:
            base.execute("DELETE FROM people WHERE id = ?", (person,))
            base.execute("DELETE FROM decisions WHERE person = ?", (person,))
            base.execute("DELETE FROM attempts WHERE person = ?", (person,))
            base.execute("INSERT INTO people VALUES (?, ?)", (nobody.id, codec.encode(nobody)))
            for number, (old, new) in enumerate(digests, 1):
                base.execute("INSERT INTO attempts VALUES (?, ?, ?)", (nobody.id, number, new))
                packed = zlib.compress(msgspec.msgpack.encode(prints[old]))
                base.execute("INSERT INTO prints VALUES (?, ?, ?)", (new, nobody.name, packed))
                if old not in shared:
                    base.execute("DELETE FROM contents WHERE digest = ?", (old,))
                    base.execute("DELETE FROM results WHERE digest = ?", (old,))
            for one in results:
                base.execute(KEEP, _row(one))

    def clean(self) -> None:
        """Write the file anew: nothing that was deleted is left in it."""
        try:
            self._base.execute("VACUUM")
        except sqlite3.Error as error:
            why = fact("class-unusable", path=str(self.folder / NAME), reason=str(error))
            raise FactError(why) from None

    def prints(self) -> list[tuple[str, list[int]]]:
        """What is left of those who were forgotten: fingerprints, and a word for each."""
        rows = self._base.execute("SELECT year, data FROM prints ORDER BY year, digest")
        packed = ((year, zlib.decompress(data)) for year, data in rows)
        return [(year, msgspec.msgpack.decode(data, type=list[int])) for year, data in packed]

    def decide(self, decision: Decision) -> None:
        """Store a teacher's decision, in place of an earlier one about the same."""
        about = (decision.person, decision.check)
        with self._changing() as base:
            base.execute("DELETE FROM decisions WHERE person = ? AND check_id = ?", about)
            insert = "INSERT INTO decisions (person, check_id, data) VALUES (?, ?, ?)"
            base.execute(insert, (*about, codec.encode(decision)))

    def decisions(self) -> list[Decision]:
        """All decisions, the earliest first."""
        rows = self._base.execute("SELECT data FROM decisions ORDER BY number")
        return [codec.decode(data, Decision) for (data,) in rows]


def _row(one: Stored) -> tuple[object, ...]:
    """A result as a row of its table."""
    packed = None if one.result is None else zlib.compress(codec.encode(one.result))
    named = (key(one.digest, one.grader, one.options), one.digest, one.grader)
    return (*named, codec.encode(one.options), packed, one.failure, time.time())


def _unpacked(packed: bytes | None) -> GradeResult | None:
    return None if packed is None else codec.decode(zlib.decompress(packed), GradeResult)
