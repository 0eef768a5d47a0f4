"""Keep ``grader/locale`` up to date: what is to be translated, and what is.

    python -m kit.translations            collect all sentences, update and compile
    python -m kit.translations --check    exit with 1 if something is missing or not up to date

A sentence is what stands in ``_(…)``, ``N_(…)``, ``ngettext(…)`` or ``NP_(…)``, the docstring of a
check, and what students read in the skeleton. They are collected on every run; no file lists them.
A catalog does not say where a sentence stands, and all dates in it are the same: it changes only
when a sentence changes, not when a file moves.
"""

from __future__ import annotations

import argparse
import ast
import gzip
import io
import re
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime, timezone
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po

from grader import language
from kit import skeleton

COMMAND = "python -m kit.translations"
ROOT = Path(__file__).resolve().parent.parent
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2), "NP_": (1, 2)}
WHEN = datetime(2020, 1, 1, tzinfo=timezone.utc)
PLACEHOLDER = re.compile(r"{[^{}]*}")
# Header lines that Babel adds and nobody needs.
NEEDLESS = re.compile(
    rb'^"(?:Report-Msgid-Bugs-To|Last-Translator|Language-Team|Generated-By): .*\n', re.MULTILINE
)
HEADER = "# What the grader says. A new sentence is added by: nox -s translations"


def found(root: Path = ROOT) -> Catalog:
    """All sentences that are to be translated, in the order of the files."""
    catalog = _empty(None)
    for path in sorted((root / "grader").rglob("*.j2")):
        _collect(catalog, path, "jinja2")
    folders = (root / "grader", root / "kit")
    for path in sorted(path for folder in folders for path in folder.rglob("*.py")):
        _collect(catalog, path, "python")
        if path.match("grader/checks/test_*.py"):
            for title in _titles(path):
                catalog.add(title)
    for path in (root / "reference" / file for file in skeleton.FILES):
        if path.exists():
            for text in skeleton.texts(path.read_text(encoding="utf-8")):
                catalog.add(text)
    return catalog


def _collect(catalog: Catalog, path: Path, method: str) -> None:
    """Add the sentences of a file, which is written in a language that Babel reads."""
    with path.open("rb") as file:
        for _line, message, _comments, _context in extract(method, file, KEYWORDS):
            catalog.add(message)


def _titles(path: Path) -> Iterator[str]:
    """The docstrings of the checks in a file, each on one line."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            yield " ".join((ast.get_docstring(node) or "").split())


def _empty(code: str | None) -> Catalog:
    return Catalog(
        locale=code,
        domain=language.DOMAIN,
        header_comment=HEADER,
        project="chat-lab-kit",
        version="1",
        charset="utf-8",
        creation_date=WHEN,
        revision_date=WHEN,
        fuzzy=False,
    )


def po(code: str, root: Path = ROOT) -> Path:
    """The file of one language; what it compiles to lies beside it, packed."""
    return root / "grader" / "locale" / code / "LC_MESSAGES" / f"{language.DOMAIN}.po"


def mo(code: str, root: Path = ROOT) -> Path:
    """What the file of one language is compiled to, for those who have no Babel."""
    return language.compiled(code, root / "grader" / "locale")


def read(code: str, root: Path = ROOT) -> Catalog:
    """The sentences of one language, as they are now; none where there is no file."""
    path = po(code, root)
    sentences = _empty(code)
    if path.exists():
        with path.open("rb") as file:
            there = read_po(file, locale=code, domain=language.DOMAIN)
        for message in there:
            if message.id:
                sentences.add(message.id, message.string, flags=message.flags)
        sentences.obsolete = there.obsolete
    return sentences


def update(root: Path = ROOT) -> None:
    """Write all of ``grader/locale``: a new sentence is empty, an old one becomes obsolete."""
    template = found(root)
    for code in language.LANGUAGES[1:]:
        catalog = read(code, root)
        catalog.update(template, no_fuzzy_matching=True, update_creation_date=False)
        _write(catalog, po(code, root))
        compiled = io.BytesIO()
        write_mo(compiled, catalog)
        # Without a date, so that the same sentences are the same bytes.
        mo(code, root).write_bytes(gzip.compress(compiled.getvalue(), mtime=0))


def _write(catalog: Catalog, path: Path) -> None:
    text = io.BytesIO()
    write_po(text, catalog, width=100, no_location=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(NEEDLESS.sub(b"", text.getvalue()))


def complaints(root: Path = ROOT) -> list[str]:
    """A line for everything in ``grader/locale`` that is not as it should be."""
    template = {message.id for message in found(root) if message.id}
    lines: list[str] = []
    for code in language.LANGUAGES[1:]:
        catalog = read(code, root)
        there = {message.id: message for message in catalog if message.id}
        wrong = {}
        for id_ in template | there.keys() | catalog.obsolete.keys():
            reason = "obsolete" if id_ not in template else _wrong(there.get(id_))
            if reason:
                wrong[id_] = reason
        lines += [f"{code}: {reason}: {_short(id_)}" for id_, reason in wrong.items()]
        if not wrong and not _is_compiled(catalog, mo(code, root)):
            lines.append(f"{code}: the .mo is not what the .po compiles to")
    return sorted(lines)


def _wrong(message: Message | None) -> str:
    """What is wrong with one translation, or nothing."""
    if message is None:
        return "missing"
    if message.fuzzy:
        return "fuzzy"
    ids, strings = _forms(message.id), _forms(message.string)
    if not all(strings):
        return "untranslated"
    expected = set(PLACEHOLDER.findall(ids[-1]))
    if any(set(PLACEHOLDER.findall(text)) != expected for text in strings):
        return "other placeholders"
    return ""


def _forms(text: str | Sequence[str] | None) -> tuple[str, ...]:
    return (text or "",) if isinstance(text, str | None) else tuple(text)


def _short(id_: str | Sequence[str]) -> str:
    return repr(_forms(id_)[0])[:70]


def _is_compiled(catalog: Catalog, path: Path) -> bool:
    if not path.exists():
        return False
    with gzip.open(path) as file:
        return _texts(read_mo(file)) == _texts(catalog)


def _texts(catalog: Catalog) -> dict[tuple[str, ...], tuple[str, ...]]:
    return {_forms(message.id): _forms(message.string) for message in catalog if message.id}


def main(arguments: Sequence[str] | None = None, root: Path = ROOT) -> int:
    """The command line; returns the exit status."""
    parser = argparse.ArgumentParser(prog=COMMAND, description="Update grader/locale.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 if stale")
    options = parser.parse_args(arguments)
    if not options.check:
        update(root)
    wrong = complaints(root)
    if wrong:
        print(*wrong, sep="\n", file=sys.stderr)
        print(f"run: {COMMAND}, then translate what is new", file=sys.stderr)
        return 1
    print("grader/locale is up to date")
    return 0


if __name__ == "__main__":
    sys.exit(main())
