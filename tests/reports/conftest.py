"""What the tests of the reports share."""

from __future__ import annotations

import io
import os
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.reports import wording
from grader.reports.terminal import table
from grader.reports.terminal.console import make_console
from grader.result.grade import GradeResult

GOLDEN = Path(__file__).parent / "terminal" / "golden"


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the tests may have set what rich looks at, or use another shell."""
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setattr(wording, "join_arguments", shlex.join)


@pytest.fixture
def page() -> Callable[..., str]:
    """Render a score table to text, in the encoding of some output."""

    def render(
        result: GradeResult, width: int = 80, encoding: str = "utf-8", **options: Any
    ) -> str:
        options.setdefault("command", "python3 noxfile.py -s grade --")  # on Windows too
        data = io.BytesIO()
        file = io.TextIOWrapper(data, encoding=encoding, newline="\n")
        table.write(result, make_console(file, width=width), **options)
        file.flush()
        return data.getvalue().decode(encoding)

    return render


@pytest.fixture
def same_as_golden() -> Callable[[str, str], None]:
    """Compare a page with a kept one; UPDATE_GOLDEN=1 keeps it anew.

    Blanks at the ends of lines, which nobody sees, are left out.
    """

    def compare(name: str, text: str) -> None:
        path = GOLDEN / f"{name}.txt"
        text = "".join(f"{line.rstrip()}\n" for line in text.splitlines())
        if os.environ.get("UPDATE_GOLDEN") == "1":
            path.write_text(text, encoding="utf-8", newline="\n")
        assert text == path.read_text(encoding="utf-8")

    return compare
