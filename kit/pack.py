"""Packs the kit: a handout for students, an autograder for Gradescope.

``python -m kit.pack handout|gradescope`` writes ``dist/lab4-handout.zip`` or
``dist/gradescope.zip``. Neither holds the reference or the tests. The skeleton is made
from the reference again: what somebody wrote into ``lab4/`` is not handed out.

With ``--lang ru`` all that students read is in Russian, and so is the grader unless told otherwise.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from grader import language
from kit import editor, pictures, sample, skeleton, wheels

ROOT = Path(__file__).resolve().parent.parent
WHEN = (2020, 1, 1, 0, 0, 0)  # the same files make the same zip
TEXT, PROGRAM = 0o644, 0o755
EDITOR = ".vscode/tasks.json"
# In each language that the grader talks: whatever it is set to, what it names is there.
PAGES = (
    *("tasks.md", "hints.md", "questions.md"),
    *("tasks.ru.md", "hints.ru.md", "questions.ru.md"),
)
OF_TEACHERS = "grader/classroom/"
PICTURES = ("demo", "score-table")
COMMON = ("noxfile.py", "pyproject.toml", "LICENSE")
PREFACE = """\
# The chat lab

You write a chat for many users with `socket` and `threading`, by filling in a skeleton. You
need Python 3.10 or newer with pip, on Linux, macOS or Windows, and nothing else. This grades what
is in `lab4/`:

    python3 noxfile.py -s grade

On Windows, write `py noxfile.py` in place of `python3 noxfile.py`. The first run installs a few
packages into `.nox/`, in this folder, and takes about ten seconds more.

![A server and three clients](docs/demo.svg)

![The score table of a submission](docs/score-table.svg)
"""


class PackError(Exception):
    """The zip cannot be made; the text says why."""


def handout(root: Path, lang: str = "en") -> dict[str, bytes]:
    """What students get: tasks, hints, skeleton, grader."""
    shown = [f"docs/{pictures.name(picture, lang)}" for picture in PICTURES]
    files = {**_grader(root, lang), **_copied(root, *PAGES, EDITOR, *shown)}
    document = f"docs/{sample.name(lang)}"
    files[document] = (root / document).read_bytes()
    files["README.md"] = _readme(root, lang).encode()
    language.use(lang)
    try:
        skeletons = skeleton.build(root / "reference")
        files[EDITOR] = editor.translated(files[EDITOR])
    finally:
        language.use("en")
    for name, text in skeletons.items():
        files[f"lab4/{name}"] = files[f"grader/skeleton/{name}.txt"] = text.encode()
    return files


def gradescope(root: Path, lang: str = "en") -> dict[str, bytes]:
    """What Gradescope gets: the grader, and the two scripts that it calls."""
    scripts = _copied(root, "autograder/setup.sh", "autograder/run_autograder")
    files = {Path(name).name: data for name, data in scripts.items()}
    return {**_grader(root, lang), **files}


PACKS: Mapping[str, tuple[str, Callable[[Path, str], dict[str, bytes]]]] = {
    "handout": ("lab4-handout.zip", handout),
    "gradescope": ("gradescope.zip", gradescope),
}


def write(files: Mapping[str, bytes], target: Path) -> None:
    """Write a zip, whole or not at all. Raises OSError."""
    target.parent.mkdir(exist_ok=True)
    beside = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        with zipfile.ZipFile(beside, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in sorted(files):
                entry = zipfile.ZipInfo(name, WHEN)
                entry.compress_type = zipfile.ZIP_DEFLATED
                mode = PROGRAM if files[name].startswith(b"#!") else TEXT
                entry.external_attr = (0o100000 | mode) << 16  # a regular file
                archive.writestr(entry, files[name])
        os.replace(beside, target)
    finally:
        beside.unlink(missing_ok=True)


def _grader(root: Path, lang: str) -> dict[str, bytes]:
    grader = root / "grader"
    paths = [path for kind in ("*.py", "*.mo.gz") for path in grader.rglob(kind)]
    paths += (grader / "reports" / "html" / "templates").iterdir()
    names = [path.relative_to(root).as_posix() for path in paths]
    names = [name for name in names if not name.startswith(OF_TEACHERS)]
    files = _copied(root, *COMMON, "grader/checks/pytest.ini", *names)
    if lang != "en":
        default = language.HANDED_OUT.relative_to(language.FOLDER.parent.parent).as_posix()
        files[default] = f"{lang}\n".encode()
    return files


def _copied(root: Path, *names: str) -> dict[str, bytes]:
    try:
        contents = {name: (root / name).read_bytes() for name in names}
    except OSError as error:
        raise PackError(f"{error.filename}: {error.strerror}") from None
    texts = {name: data.replace(b"\r\n", b"\n") for name, data in contents.items()}
    return {name: contents[name] if name.endswith(".gz") else texts[name] for name in names}


def _readme(root: Path, lang: str) -> str:
    """The part of a README for students, with what they need before it."""
    name = "README.md" if lang == "en" else f"README.{lang}.md"
    (text,) = _copied(root, name).values()
    parts = re.split(r"^(?=## )", text.decode(), flags=re.MULTILINE)
    students = {"en": "## For students\n", "ru": "## Студентам\n"}[lang]
    section = next((part for part in parts if part.startswith(students)), None)
    if section is None:
        raise PackError(f"{name}: expected a section '{students.strip()}'")
    before = PREFACE if lang == "en" else parts[0]
    return f"{before.rstrip()}\n\n{section.rstrip()}\n"


def main(arguments: Sequence[str] | None = None, root: Path = ROOT) -> int:
    """The command line; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m kit.pack", description="Pack the kit.")
    parser.add_argument("what", choices=tuple(PACKS), help="for students, or for Gradescope")
    parser.add_argument("--lang", choices=language.LANGUAGES, default="en", help="of all texts")
    parser.add_argument(
        "--offline", action="store_true", help="with all packages: for rooms without a network"
    )
    options = parser.parse_args(arguments)
    name, pack = PACKS[options.what]
    if options.offline:
        name = name.replace(".zip", "-offline.zip")
    if options.lang != "en":
        name = name.replace(".zip", f".{options.lang}.zip")
    try:
        files = pack(root, options.lang)
        if options.offline:
            files |= wheels.fetched()
        write(files, root / "dist" / name)
    except (PackError, skeleton.BuildError, wheels.NotFetched, OSError) as error:
        print(f"kit.pack: {error}", file=sys.stderr)
        return 2
    print(f"written: dist/{name}, {len(files)} files")
    return 0


if __name__ == "__main__":
    sys.exit(main())
