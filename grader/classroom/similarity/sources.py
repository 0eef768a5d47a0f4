"""What a class is compared with: everybody's files, what all were given, and what is known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from grader.classroom.intake.layouts import EXPECTED
from grader.classroom.keys import GRADER
from grader.classroom.people import Files
from grader.classroom.similarity.winnow import Place, prints

KIT = GRADER.parent
OF_KIT = "kit/"  # before the names of its programs: no id of a person has that sign
REFERENCE = f"{OF_KIT}reference"
CORRECT = Path("tests") / "submissions" / "correct"
PAGES = ("tasks.md", "hints.md", "tasks.ru.md", "hints.ru.md")
CODE = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)


def texts(files: Files) -> dict[str, str]:
    """The programs of a submission."""
    return {
        name: data.decode("utf-8-sig", "replace")
        for name, data in files.items()
        if name.endswith(".py")
    }


@cache
def given(kit: Path = KIT) -> frozenset[int]:
    """The fingerprints of what everybody was given: the skeleton, and code in tasks and hints."""
    found: set[int] = set()
    for files in _skeletons(kit):
        found |= prints(files).keys()
    for name in PAGES:
        text = _read(kit / name)
        for number, code in enumerate(CODE.findall(text)):
            found |= prints({f"{name}-{number}": code}).keys()
    return frozenset(found)


def _skeletons(kit: Path) -> Iterable[Mapping[str, str]]:
    """The skeleton, made anew where that can be: somebody may have filled in what lies there."""
    if not (kit / "kit").is_dir():
        return
    from kit import skeleton

    yield skeleton.build(kit / "reference")


@cache
def models(kit: Path = KIT) -> dict[str, dict[int, Place]]:
    """The fingerprints of what people may have found: the reference and correct answers."""
    folders = [kit / "reference"]
    if (kit / CORRECT).is_dir():
        folders += sorted(path for path in (kit / CORRECT).iterdir() if path.is_dir())
    found = {}
    for folder in folders:
        if read := _programs(folder):
            found[f"{OF_KIT}{folder.name}"] = prints(read)
    return found


def model_texts(name: str, kit: Path = KIT) -> dict[str, str]:
    """The files of such a program, by its name; nothing for another name."""
    name = name.removeprefix(OF_KIT)
    return _programs(kit / name if name == "reference" else kit / CORRECT / name)


def _programs(folder: Path) -> dict[str, str]:
    """The files of the lab in a folder."""
    return {name: _read(folder / name) for name in EXPECTED if (folder / name).is_file()}


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
