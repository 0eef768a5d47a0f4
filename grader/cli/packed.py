"""A submission in a zip, such as ``nox -s hand-in`` makes: graded as its folder would be."""

from __future__ import annotations

import contextlib
import zipfile
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from grader.language import _

MOST, BYTES = 200, 16 << 20  # files, and bytes of all of them


@contextlib.contextmanager
def opened(options: Namespace) -> Iterator[str]:
    """Have ``options.path`` name a folder; yields what the submission is called, or nothing.

    Raises ValueError, with a line for the user, where a zip cannot be unpacked.
    """
    path = Path(options.path or "")
    if path.suffix.lower() != ".zip" or not path.is_file() or getattr(options, "watch", False):
        yield ""
        return
    with TemporaryDirectory(prefix="chat-lab-") as folder:
        try:
            unpack(path, Path(folder))
        except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError) as error:
            line = _("{path}: cannot be read ({reason})")
            raise ValueError(line.format(path=path, reason=error)) from None
        options.path = folder
        yield path.name


def unpack(path: Path, folder: Path) -> None:
    """Write the ordinary files of a zip into a folder. Raises BadZipFile and OSError."""
    with zipfile.ZipFile(path) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        if len(entries) > MOST or sum(entry.file_size for entry in entries) > BYTES:
            raise zipfile.BadZipFile(_("too many files, or too large ones"))
        for entry in entries:
            name = PurePosixPath(entry.filename.replace("\\", "/"))
            if name.is_absolute() or ".." in name.parts or ":" in entry.filename:
                continue
            target = folder.joinpath(*name.parts)
            target.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(entry) as source:
                target.write_bytes(source.read(BYTES + 1)[:BYTES])
