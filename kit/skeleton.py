"""Make lab4/, what students fill in, from reference/, the complete answer.

In place of each gap (see :mod:`kit.gaps`) stands an error that says which task it is. The last two lines of a
reference file call ``main()``; the skeleton catches ``NotImplementedError`` there and says which task comes next.

    python -m kit.skeleton            write lab4/, but not over a file that differs
    python -m kit.skeleton --force    write lab4/
    python -m kit.skeleton --check    exit with 1 if lab4/ is not what would be written

With ``--lang ru`` all that people read in it is in Russian; only ``task 3`` in NotImplementedError stays what it is.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from grader import language
from grader.assignment.variants import VARIANTS, Role
from grader.language import N_, _
from kit import remarks
from kit.gaps import Gap, MarkerError, parse, tasks

FILES = tuple(variant.file(role) for variant in VARIANTS for role in Role)
COMMAND = "python -m kit.skeleton"
ROOT = Path(__file__).resolve().parent.parent

HEADER = (
    N_("{tasks}. Read tasks.md: it explains each task. Do them in the order of their numbers."),
    N_(
        'Write your code in place of each "raise NotImplementedError"; the comment above it '
        "says what to do."
    ),
    N_("Use Python's standard library only."),
)

CALL_MAIN = '\n\nif __name__ == "__main__":\n    main()\n'

SAY_NEXT_TASK = '''

def say_next_task(error):
    """Say in one line which task is to be written next."""
{said}

'''

SAID = """    print(f"not written yet: {error} (see tasks.md, {str(error).partition(':')[0]})", file=sys.stderr)"""
SAID_OTHERWISE = """\
    error = str(error).replace("task ", "{word}", 1)
    print(f"{sentence}", file=sys.stderr)"""

IN_THREADS = '''
def say_next_task_of_thread(args):
    """The same for a thread; any other error is shown as always."""
    if isinstance(args.exc_value, NotImplementedError):
        say_next_task(args.exc_value)
    else:
        threading.__excepthook__(args)

'''

CATCH = """
if __name__ == "__main__":
{hook}    try:
        main()
    except NotImplementedError as error:
        say_next_task(error)
        sys.exit(1)
"""

SET_HOOK = "    threading.excepthook = say_next_task_of_thread\n"


class BuildError(Exception):
    """The skeleton cannot be made: one line that names the file and says why."""


def texts(source: str) -> Iterator[str]:
    """All that people read in the skeleton of a reference file, as it is to be translated."""
    for part in parse(source):
        if isinstance(part, Gap):
            yield from filter(None, (part.title, " ".join(part.contract)))
        else:
            yield from remarks.remarks([part])
    yield from remarks.remarks((SAY_NEXT_TASK + IN_THREADS).splitlines())


def generate(source: str) -> str:
    """Make the skeleton of one reference file."""
    lines: list[str] = []
    for part in parse(source):
        lines.extend(part.lines() if isinstance(part, Gap) else [remarks.translated(part)])
    text = "\n".join(lines) + "\n"
    if not text.endswith(CALL_MAIN):
        raise MarkerError(
            source.count("\n"), 'expected the file to end with: if __name__ == "__main__": main()'
        )
    threads = re.search(r"^import threading$", text, flags=re.MULTILINE) is not None
    numbers = sorted(tasks(source))
    if not numbers:
        raise MarkerError(1, "no task in this file")
    which = _("Tasks {first} to {last}") if len(numbers) > 1 else _("Task {first}")
    header = _(HEADER[0]).format(tasks=which.format(first=numbers[0], last=numbers[-1]))
    header = "".join(f"# {line}\n" for line in (header, *map(_, HEADER[1:])))
    end = SAY_NEXT_TASK + (IN_THREADS if threads else "")
    end = "".join(f"{remarks.translated(line)}\n" for line in end.splitlines()).replace(
        "{said}", said()
    )
    return "".join(
        (header, text.removesuffix(CALL_MAIN), end, CATCH.format(hook=SET_HOOK if threads else ""))
    )


def said() -> str:
    """The lines of the skeleton that say which task comes next."""
    sentence = _("not written yet: {error} (see tasks.md, {task})")
    if sentence.startswith("not written yet"):
        return SAID
    word = _("task {number}").format(number="")
    sentence = sentence.replace("{task}", "{error.partition(':')[0]}")
    return SAID_OTHERWISE.replace("{word}", word).replace("{sentence}", sentence)


def build(reference: Path) -> dict[str, str]:
    """Make all skeletons: file name to text."""
    files: dict[str, str] = {}
    owners: dict[int, str] = {}
    for name in FILES:
        shown = f"{reference.name}/{name}"
        try:
            source = (reference / name).read_text(encoding="utf-8")
            files[name] = generate(source)
        except MarkerError as error:
            raise BuildError(f"{shown}:{error.line}: {error}") from error
        except UnicodeDecodeError as error:
            raise BuildError(f"{shown}: not UTF-8: {error}") from error
        except OSError as error:
            raise BuildError(f"{shown}: {error.strerror}") from error
        for gap in parse(source):
            if isinstance(gap, Gap) and owners.setdefault(gap.number, name) != name:
                raise BuildError(
                    f"{shown}:{gap.line}: task {gap.number} is already in {owners[gap.number]}"
                )
    return files


def write(reference: Path, lab4: Path, *, force: bool = False) -> list[str]:
    """Write all skeletons; return the names of the files.

    A file that is there and differs may hold somebody's work: BuildError, unless ``force``.
    """
    files = build(reference)
    changed = [line for line in check(reference, lab4) if line.endswith(": stale")]
    if changed and not force:
        names = ", ".join(line.removesuffix(": stale") for line in changed)
        raise BuildError(
            f"{names}: not what would be written; if nobody's work is in there, use --force"
        )
    lab4.mkdir(exist_ok=True)
    for name, text in files.items():
        with (lab4 / name).open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
    return list(files)


def check(reference: Path, lab4: Path) -> list[str]:
    """Compare lab4 with what would be written; return a line for each file that differs."""
    files = build(reference)
    there = {path.name for path in lab4.glob("*.py")}
    differences = [f"{lab4.name}/{name}: missing" for name in files if name not in there]
    differences += [
        f"{lab4.name}/{name}: extra, not in {reference.name}/"
        for name in sorted(there - files.keys())
    ]
    for name in files:
        if (
            name in there
            and (lab4 / name).read_bytes().replace(b"\r\n", b"\n") != files[name].encode()
        ):
            differences.append(f"{lab4.name}/{name}: stale")
    return differences


def main(arguments: Sequence[str] | None = None, root: Path = ROOT) -> int:
    """The command line; return the exit status."""
    parser = argparse.ArgumentParser(prog=COMMAND, description="Make lab4/ from reference/.")
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit with 1 if lab4/ is not up to date"
    )
    parser.add_argument(
        "--lang", choices=language.LANGUAGES, default="en", help="the language of all comments"
    )
    parser.add_argument(
        "--force", action="store_true", help="write over files in lab4/ that differ"
    )
    options = parser.parse_args(arguments)
    language.use(options.lang)
    try:
        if not options.check:
            names = write(root / "reference", root / "lab4", force=options.force)
            print(f"written to lab4: {', '.join(names)}")
            return 0
        differences = check(root / "reference", root / "lab4")
    except BuildError as error:
        print(error, file=sys.stderr)
        return 2
    finally:
        language.use("en")
    if differences:
        print(*differences, f"run: {COMMAND} --force", sep="\n", file=sys.stderr)
        return 1
    print("lab4 is up to date")
    return 0


if __name__ == "__main__":
    sys.exit(main())
