"""The pictures of the demo in ``docs``: the reference at work, in each language.

    python -m kit.pictures            draw them
    python -m kit.pictures --check    exit with 1 if they are not what would be drawn

The servers and clients in them really run, for two seconds. The score table beside them is drawn
by a test, from a result that it makes up: ``tests/kit/test_screenshot.py``.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from grader import language

COMMAND = "python -m kit.pictures"
ROOT = Path(__file__).resolve().parent.parent
TIME = 120  # seconds for a demo


def name(picture: str, lang: str) -> str:
    """The file of a picture in a language: ``demo.svg``, ``demo.ru.svg``."""
    return f"{picture}.svg" if lang == "en" else f"{picture}.{lang}.svg"


def drawn(lang: str) -> str:
    """The demo in this language. Raises CalledProcessError."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "demo.svg"
        demo = [sys.executable, str(ROOT / "reference" / "demo.py"), "--fast", "--lang", lang]
        command = [*demo, "--svg", str(file)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, timeout=TIME)
        return file.read_text(encoding="utf-8")


def main(arguments: Sequence[str] | None = None, folder: Path = ROOT / "docs") -> int:
    """The command line; returns the exit status."""
    parser = argparse.ArgumentParser(prog=COMMAND, description="Draw the demo, or: --check.")
    parser.add_argument("--check", action="store_true", help="write nothing; 1 if one is stale")
    options = parser.parse_args(arguments)
    stale = False
    for lang in language.LANGUAGES:
        path = folder / name("demo", lang)
        text = drawn(lang)
        same = path.exists() and path.read_text(encoding="utf-8") == text
        if not options.check and not same:
            path.write_text(text, encoding="utf-8", newline="\n")
        if options.check and not same:
            print(f"docs/{path.name}: stale\nrun: {COMMAND}", file=sys.stderr)
            stale = True
        else:
            print(f"docs/{path.name} is up to date" if same else f"written: docs/{path.name}")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
