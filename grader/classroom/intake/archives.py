"""Archives opened with care: what is in them goes into a folder, or is refused with a reason.

Nothing that an archive says of itself is believed: names and sizes are looked at while it is
unpacked. One entry is refused alone (a link, a name that leads out of the folder); an archive that
is encrypted, damaged or too large is refused as a whole.
"""

from __future__ import annotations

import bz2
import contextlib
import gzip
import lzma
import re
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any

from grader.fact import Fact, fact, writable

ZIP, TAR = (".zip",), (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz", ".tar.xz", ".txz")
UNOPENED = (".7z", ".rar", ".gz", ".bz2", ".xz", ".zst", ".arj", ".cab", ".lzh")
MAX_DEPTH = 3  # archives in one another
PIECE = 1 << 16
MARGIN = 2048  # bytes that a tar has beside those of an entry
BROKEN = (
    *(zipfile.BadZipFile, tarfile.TarError, lzma.LZMAError, zlib.error, gzip.BadGzipFile),
    *(EOFError, NotImplementedError, RuntimeError, UnicodeError, ValueError, OSError),
)
IN_UTF_8, ENCRYPTED = 0x800, 0x1  # flags of an entry of a zip


class Refused(Exception):
    """An archive is refused as a whole; the fact says why."""

    def __init__(self, why: Fact) -> None:
        super().__init__(why.code)
        self.fact = why


@dataclass
class Room:
    """How much may still be unpacked, and what was refused so far."""

    entries: int
    size: int  # bytes
    troubles: list[Fact] = field(default_factory=list)

    def entry(self) -> None:
        """Count an entry. Raises Refused."""
        self.entries -= 1
        if self.entries < 0:
            raise Refused(fact("too-many-entries"))

    def take(self, count: int) -> None:
        """Count bytes. Raises Refused."""
        self.size -= count
        if self.size < 0:
            raise Refused(fact("too-many-bytes"))


def is_archive(name: str) -> bool:
    """Whether a file is called like an archive that can be opened."""
    return name.casefold().endswith((*ZIP, *TAR))


def is_unopened(name: str) -> bool:
    """Whether a file is called like an archive that cannot be opened here."""
    return name.casefold().endswith(UNOPENED) and not is_archive(name)


def stem(name: str) -> str:
    """The name of an archive without its ending."""
    ends = sorted((*ZIP, *TAR, *UNOPENED), key=len, reverse=True)
    end = next((end for end in ends if name.casefold().endswith(end)), "")
    return name[: len(name) - len(end)] or name


def unpack(path: Path, folder: Path, room: Room, depth: int = 1, *, within: bool = True) -> None:
    """Unpack an archive into a folder; if ``within``, each archive in it into one beside it.

    What is refused is told in ``room.troubles``; the rest of it is there.
    """
    try:
        entries = _zip(path) if path.name.casefold().endswith(ZIP) else _tar(path, room)
        _write_all(entries, folder, room)
    except Refused as refused:
        room.troubles.append(fact("archive-refused", file=path.name, reason=refused.fact))
    except BROKEN as error:
        reason = fact("archive-damaged", error=str(error) or type(error).__name__)
        room.troubles.append(fact("archive-refused", file=path.name, reason=reason))
    if within:
        unpack_within(folder, room, depth)


def unpack_within(folder: Path, room: Room, depth: int = 0) -> None:
    """Unpack the archives that lie in a folder, each into one beside it, and name the others."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        if is_unopened(path.name):
            room.troubles.append(fact("archive-unopened", file=path.name))
        elif is_archive(path.name) and not path.name.startswith("."):
            if depth >= MAX_DEPTH:
                deep = fact("too-deep", count=MAX_DEPTH)
                room.troubles.append(fact("archive-refused", file=path.name, reason=deep))
                continue
            inside = path.with_name(f"{stem(path.name)}.unpacked")
            with contextlib.suppress(OSError):
                inside.mkdir()
                unpack(path, inside, room, depth + 1)


@dataclass
class _Entry:
    name: str
    trouble: Fact | None
    file: IO[bytes] | None


def _write_all(entries: Iterator[_Entry], folder: Path, room: Room) -> None:
    for entry in entries:
        room.entry()
        trouble = entry.trouble or _unsafe(entry.name)
        if trouble is None and entry.file is not None:
            trouble = _write(entry.file, folder / PurePosixPath(entry.name), room)
        if trouble is not None:
            name = writable(entry.name)
            room.troubles.append(fact("entry-refused", file=name, reason=trouble))


def _write(source: IO[bytes], target: Path, room: Room) -> Fact | None:
    """Write one file; why that cannot be, if it is this system that says so."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as file:
            while piece := source.read(PIECE):
                room.take(len(piece))
                file.write(piece)
    except FileExistsError:
        return fact("entry-twice")
    except (NotADirectoryError, IsADirectoryError, PermissionError) as error:
        return fact("is-unreadable", reason=error.strerror or "")
    return None


def _unsafe(name: str) -> Fact | None:
    """Why nothing is to be written under this name."""
    parts = re.split(r"[/\\]", name)
    if ".." in parts:
        return fact("leads-out")
    if name.startswith(("/", "\\")) or re.match(r"[A-Za-z]:", name):
        return fact("is-absolute")
    if any(not part.isprintable() or len(part.encode("utf-8", "replace")) > 200 for part in parts):
        return fact("is-no-name")
    return None


def _zip(path: Path) -> Iterator[_Entry]:
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            if info.flag_bits & ENCRYPTED:
                raise Refused(fact("is-encrypted"))
            name = _decoded(info).replace("\\", "/")
            kind = info.external_attr >> 16 & 0o170000
            if kind not in (0, 0o100000, 0o040000):
                yield _Entry(name, fact("is-link"), None)
            elif info.is_dir() or kind == 0o040000:
                yield _Entry(name, None, None)
            else:
                with archive.open(info) as file:
                    yield _Entry(name, None, file)


def _decoded(info: zipfile.ZipInfo) -> str:
    """The name of an entry: archives of old have it in the encoding of some machine."""
    if info.flag_bits & IN_UTF_8 or info.filename.isascii():
        return info.filename
    raw = info.filename.encode("cp437", "replace")
    for encoding in ("utf-8", "cp866"):
        with contextlib.suppress(UnicodeError):
            return raw.decode(encoding)
    return info.filename


class _Counted:
    """What a tar is read from: so much comes out of it unpacked and no more."""

    def __init__(self, file: IO[bytes], most: int) -> None:
        self._file, self._left = file, most

    def read(self, count: int) -> bytes:
        """Read so many bytes, or all that there are. Raises Refused."""
        pieces: list[bytes] = []
        while count > 0 and (piece := self._file.read(min(count, PIECE))):
            pieces.append(piece)
            count -= len(piece)
            self._left -= len(piece)
            if self._left < 0:
                raise Refused(fact("too-many-bytes"))
        return b"".join(pieces)


def _tar(path: Path, room: Room) -> Iterator[_Entry]:
    with contextlib.ExitStack() as opened:
        stream = opened.enter_context(_plain_tar(path))
        counted: Any = _Counted(stream, room.size + MARGIN * room.entries)
        archive = opened.enter_context(tarfile.open(fileobj=counted, mode="r|"))
        for info in archive:
            if info.isdir():
                yield _Entry(info.name, None, None)
            elif not info.isreg():
                yield _Entry(info.name, fact("is-link"), None)
            else:
                yield _Entry(info.name, None, archive.extractfile(info))


def _plain_tar(path: Path) -> IO[bytes]:
    """The tar in a file, unpacked as it is read."""
    name = path.name.casefold()
    opener: Callable[[Path], Any] = Path.open
    if name.endswith((".gz", ".tgz")):
        opener = gzip.open
    elif name.endswith((".bz2", ".tbz")):
        opener = bz2.open
    elif name.endswith((".xz", ".txz")):
        opener = lzma.open
    stream: IO[bytes] = path.open("rb") if opener is Path.open else opener(path)
    return stream
