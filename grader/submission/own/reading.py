"""The source of a program with the modules beside it, parsed once."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from grader.submission.source import MAX_BYTES, MAX_MODULES, dotted, imported_names

LEAVES = {"close", "shutdown", "exit", "_exit", "quit", "stop", "disconnect", "kill"}


def parsed(path: Path) -> ast.Module | None:
    """The tree of a file; None for one that cannot be parsed."""
    try:
        return ast.parse(path.read_bytes()) if path.stat().st_size <= MAX_BYTES else None
    except (OSError, SyntaxError, ValueError, RecursionError, MemoryError):
        return None


@dataclass(frozen=True)
class Module:
    """One file: its tree, and what its imported names stand for."""

    path: Path
    tree: ast.Module

    @cached_property
    def names(self) -> dict[str, str]:
        """What each imported name stands for."""
        return imported_names(self.tree)

    @cached_property
    def constants(self) -> dict[str, str]:
        """Texts that have a name: ``QUIT = "/exit"``."""
        found = {}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
                for target in node.targets:
                    if isinstance(target, ast.Name) and isinstance(node.value.value, str):
                        found[target.id] = node.value.value
        return found

    def calls(self) -> list[tuple[str, ast.Call]]:
        """Every call, with the dotted name of what is called."""
        found = []
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                name = dotted(node.func, self.names)
                if not name and isinstance(node.func, ast.Attribute):
                    name = f".{node.func.attr}"
                found.append((name, node))
        return found


def program(path: Path, top: Path) -> list[Module]:
    """A program and all of the submission's own modules that it imports."""
    modules: list[Module] = []
    todo, seen = [path], set[Path]()
    while todo and len(seen) < MAX_MODULES:
        file = todo.pop(0)
        if file in seen:
            continue
        seen.add(file)
        tree = parsed(file)
        if tree is not None:
            module = Module(file, tree)
            modules.append(module)
            todo += imported(module, top, path.parent)
    return modules


def imported(module: Module, top: Path, beside: Path) -> list[Path]:
    """The files of the submission that a module imports, packages too."""
    wanted: list[str] = []
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            wanted += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            wanted += [base, *(f"{base}.{alias.name}".strip(".") for alias in node.names)]
    found: dict[Path, None] = {}
    for name in wanted:
        for folder in dict.fromkeys((beside, module.path.parent, top)):
            stem = folder.joinpath(*name.split(".")) if name else folder
            for candidate in (stem.with_suffix(".py"), stem / "__init__.py"):
                if name and candidate.is_file() and candidate != module.path:
                    found[candidate] = None
    return list(found)


def texts(node: ast.AST, module: Module, others: dict[str, str]) -> list[str]:
    """The texts that an expression is or names: constants, also in tuples and behind names."""
    if isinstance(node, ast.Constant):
        if isinstance(node.value, bytes):
            return [node.value.decode(errors="replace")]
        return [node.value] if isinstance(node.value, str) else []
    if isinstance(node, ast.Tuple | ast.List | ast.Set):
        return [text for item in node.elts for text in texts(item, module, others)]
    if isinstance(node, ast.Name | ast.Attribute):
        known = {**others, **module.constants} if isinstance(node, ast.Name) else others
        name = node.id if isinstance(node, ast.Name) else node.attr
        return [known[name]] if name in known else []
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return texts(node.func.value, module, others)  # "quit".encode()
    return []
