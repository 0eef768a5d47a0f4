"""Write docs/result.schema.json from the classes of a result, so that they cannot disagree.

    python -m kit.schema            write it
    python -m kit.schema --check    exit with 1 if it is not what would be written

Exit status: 0 written or up to date; 1 not up to date; 2 the file cannot be read or written.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from grader.result import codec

COMMAND = "python -m kit.schema"
PATH = Path(__file__).resolve().parent.parent / "docs" / "result.schema.json"


def text() -> str:
    """The file as it should be."""
    return json.dumps(codec.schema(), indent=2) + "\n"


def main(arguments: Sequence[str] | None = None, path: Path = PATH) -> int:
    """The command line; returns the exit status."""
    parser = argparse.ArgumentParser(prog=COMMAND, description="Write the schema of a result.")
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit with 1 if it is not up to date"
    )
    options = parser.parse_args(arguments)
    new = text()
    try:
        old = path.read_text(encoding="utf-8") if path.exists() else ""
        if new != old and not options.check:
            path.write_text(new, encoding="utf-8", newline="\n")
    except UnicodeDecodeError:
        print(f"{path.name}: expected UTF-8 text", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"{path.name}: {error.strerror}", file=sys.stderr)
        return 2
    if new != old and options.check:
        print(f"{path.name}: stale\nrun: {COMMAND}", file=sys.stderr)
        return 1
    print(f"{path.name} is up to date" if new == old else f"written: {path.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
