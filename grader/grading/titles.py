"""The titles of the checks, read from their sources: neither pytest nor a check is imported."""

from __future__ import annotations

import ast
from pathlib import Path

CHECKS = Path(__file__).resolve().parents[1] / "checks"


def titles() -> dict[str, str]:
    """The title of every check by its name: the docstring, the line that students read."""
    title_of = {}
    for path in sorted(CHECKS.glob("test_*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                title_of[check_name(node.name)] = title(ast.get_docstring(node))
    return title_of


def title(docstring: str | None) -> str:
    """A docstring as one line."""
    return " ".join((docstring or "").split())


def check_name(function: str) -> str:
    """``join-notice`` for ``test_join_notice``."""
    return function.removeprefix("test_").replace("_", "-")
