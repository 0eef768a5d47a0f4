"""Whose is what: the names that Moodle, Canvas, Gradescope, GitHub and people give to folders.

Each layout turns what lies in a folder into parts: an owner, and the paths of the owner's with the
names that they are to have. Only what the LMS itself has added to a name is taken away from it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from grader.assignment.variants import VARIANTS, Role
from grader.classroom.intake.archives import is_archive, is_unopened, stem
from grader.classroom.people import plain_name, slug

EXPECTED = tuple(variant.file(role) for variant in VARIANTS for role in Role)
METADATA = "submission_metadata.yml"
# Of a canvas file: the name, late or not, the user, the attachment, the name of the file.
CANVAS = re.compile(r"([^_]+)_(?:(late)_)?(\d+)_(\d+)_(.+)", re.IGNORECASE | re.DOTALL)
CANVAS_ANONYMOUS = re.compile(r"(anon)_(?:(late)_)?(\w+?)_(\d+)_(.+)", re.IGNORECASE | re.DOTALL)
# Of Gradescope's list: a folder, and the indented lines below it.
GRADESCOPE = re.compile(r"^([^\s:][^\n]*):[ ]*\n((?:[ ]+.*\n|\n|- .*\n)*)", re.MULTILINE)
PREFIXED = re.compile(r"(.+?)[-_. ]+((?:tcp|udp)_(?:server|client)\.py)")
LISTS = (".csv", ".yml", ".yaml", ".json", ".toml", ".xlsx", ".ods")


@dataclass
class Part:
    """What one person, or one team, handed in."""

    id: str
    name: str
    paths: dict[str, Path] = field(default_factory=dict)  # by the names that they are to have
    place: str = ""  # what it was called
    late: bool = False
    email: str = ""
    names: tuple[str, ...] = ()  # what a roster may know the owner by


def parts(folder: Path) -> list[Part]:
    """The parts of a class in a folder, in the order of their ids; none where it has none."""
    paths = sorted(p for p in folder.iterdir() if not p.name.startswith((".", "__MACOSX")))
    layout = next(layout for fits, layout in LAYOUTS if fits(paths))
    return _with_ids(layout(paths))


def is_one_submission(folder: Path) -> bool:
    """Whether the files to grade lie in the folder itself: then it is nobody's class."""
    return any((folder / name).is_file() for name in EXPECTED)


def _is_moodle(paths: Sequence[Path]) -> bool:
    return any(_moodle_name(path.name) for path in paths)


def _moodle_name(name: str) -> list[str]:
    """The parts of a name that Moodle gives: name, id, plugin, kind, rest; or none."""
    found = name.split("_", 4)
    fits = len(found) >= 4 and found[1].isdigit() and found[2] == "assignsubmission"
    return found if fits else []


def _moodle(paths: Sequence[Path]) -> list[Part]:
    made: dict[str, Part] = {}
    for path in paths:
        name = _moodle_name(path.name)
        if not name:
            continue
        part = made.setdefault(name[1], Part(name[1], name[0], place=path.name))
        rest = name[4] if len(name) > 4 and name[4] else ""
        part.paths[rest if rest and path.is_file() else path.name] = path
    return list(made.values())


def _is_gradescope(paths: Sequence[Path]) -> bool:
    return any(path.name == METADATA for path in paths)


def _gradescope(paths: Sequence[Path]) -> list[Part]:
    (listed,) = [path for path in paths if path.name == METADATA]
    folders = {path.name: path for path in paths if path.is_dir()}
    made = []
    text = listed.read_text(encoding="utf-8", errors="replace")
    for name, block in GRADESCOPE.findall(text):
        path = folders.pop(name.strip("\"'"), None)
        if path is None:
            continue
        for owner in re.split(r"^\s*- (?=:)", block, flags=re.MULTILINE)[1:] or [block]:
            value = {
                key: found[1].strip().strip("\"'")
                for key in ("name", "sid", "email")
                if (found := re.search(rf":{key}:[ ]*(\S.*)$", owner, re.MULTILINE))
            }
            who = value.get("name") or path.name
            id_ = value.get("sid") or slug(who)
            made.append(Part(id_, who, {path.name: path}, path.name, email=value.get("email", "")))
    return made + [Part(slug(name), name, {name: path}, name) for name, path in folders.items()]


def _is_canvas(paths: Sequence[Path]) -> bool:
    files = [path for path in paths if path.is_file() and not path.name.endswith(LISTS)]
    fitting = [path for path in files if _canvas_name(path.name)]
    return bool(fitting) and 2 * len(fitting) > len(paths)


def _canvas_name(name: str) -> re.Match[str] | None:
    return CANVAS_ANONYMOUS.fullmatch(name) or CANVAS.fullmatch(name)


def _canvas(paths: Sequence[Path]) -> list[Part]:
    made: dict[str, Part] = {}
    numbers: dict[tuple[str, str], int] = {}
    for path in paths:
        found = _canvas_name(path.name)
        if found is None:
            continue
        name, late, user, _attachment, rest = found.groups()
        shown = f"anon {user}" if name.lower() == "anon" else name
        part = made.setdefault(user, Part(user, shown, place=path.name, names=(shown,)))
        part.late |= late is not None
        file, number = _without_number(rest)
        if number >= numbers.get((user, file), -1):  # handed in again: the latest counts
            numbers[user, file] = number
            part.paths[file] = path
    return list(made.values())


def _without_number(name: str) -> tuple[str, int]:
    """``tcp_server.py`` and 1 for ``tcp_server-1.py``, which is what Canvas makes of the second."""
    found = re.fullmatch(r"(.+)-(\d+)(\.\w+)", name)
    if found and (f"{found[1]}{found[3]}" in EXPECTED or is_archive(name)):
        return f"{found[1]}{found[3]}", int(found[2])
    return name, 0


def _plain(paths: Sequence[Path]) -> list[Part]:
    made: dict[str, Part] = {}
    for path in paths:
        name, file = _owner(path)
        if name:
            part = made.setdefault(name, Part(slug(name), name, place=path.name, names=(name,)))
            part.paths[file] = path
    return list(made.values())


def _owner(path: Path) -> tuple[str, str]:
    """Whose a path is by its name, and what it is to be called; nobody's is a list of the class."""
    if path.is_dir():
        name = path.name
        assignment = path.parent.name.removesuffix("-submissions")
        if assignment != path.parent.name:  # as GitHub Classroom calls them
            name = name.removeprefix(f"{assignment}-")
        return name, path.name
    if path.name.casefold().endswith(LISTS):
        return "", ""
    if found := PREFIXED.fullmatch(path.name):
        return found[1], found[2]
    if is_archive(path.name) or is_unopened(path.name):
        return stem(path.name), path.name
    return path.stem, path.name


Layout = Callable[[Sequence[Path]], list[Part]]
LAYOUTS: tuple[tuple[Callable[[Sequence[Path]], bool], Layout], ...] = (
    (_is_moodle, _moodle),
    (_is_gradescope, _gradescope),
    (_is_canvas, _canvas),
    (lambda _paths: True, _plain),
)


def _with_ids(made: list[Part]) -> list[Part]:
    """The same in order, no two with ids that are one file's name on some system."""
    made.sort(key=lambda part: (plain_name(part.id), part.place))
    seen: dict[str, int] = {}
    for part in made:
        part.id = slug(part.id)
        count = seen[part.id.casefold()] = seen.get(part.id.casefold(), 0) + 1
        if count > 1:
            part.id = f"{part.id}-{count}"
    return made
