"""What the source of a submission tells without running it."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

MAX_MODULES = 20
MAX_BYTES = 500_000  # of a program and its modules together; the rest is not read


@dataclass
class Threads:
    """Which ways of doing several things at once a program uses."""

    made: bool = False  # a threading.Thread, or a subclass of it, is made
    others: list[str] = field(default_factory=list)  # asyncio, select, _thread, ...


Module = tuple[str, ast.Module, dict[str, str]]  # name, tree, imported names

RIVALS = (
    "asyncio", "select", "selectors", "_thread", "multiprocessing", "subprocess",
    "socketserver", "concurrent.futures",
)  # fmt: skip


def threads(path: Path) -> Threads:
    """Read a program, and the modules beside it that it imports, for its use of threads.

    What nests too deep to be read has none.
    """
    try:
        return _threads(path)
    except RecursionError:
        return Threads()


def _threads(path: Path) -> Threads:
    modules = _program(path)
    kinds = _kinds_of_thread(modules)
    threads = Threads()
    for _, tree, names in modules:
        mentioned = [dotted(node, names) for node in ast.walk(tree)]
        calls = [dotted(n.func, names) for n in ast.walk(tree) if isinstance(n, ast.Call)]
        threads.made = threads.made or any(call in kinds for call in calls)
        threads.others += [r for r in RIVALS if any(_within(n, r) for n in names.values())]
        threads.others += ["os.fork"] if "os.fork" in mentioned else []
    threads.others = sorted(set(threads.others))
    return threads


def files(path: Path) -> list[Path]:
    """A program, and the modules beside it that it imports, as far as they can be parsed."""
    try:
        return [path.with_name(f"{stem}.py") for stem, _tree, _names in _program(path)]
    except RecursionError:
        return []


def port_numbers(path: Path) -> list[int]:
    """Whole numbers in a program that may be the port it connects to, at most eight."""
    tree = _parse(path)
    if tree is None:
        return []
    own = _bound(tree)
    constants = (node for node in ast.walk(tree) if isinstance(node, ast.Constant))
    numbers = (node.value for node in constants if node not in own)
    ports = (n for n in numbers if type(n) is int and 1024 <= n <= 65535)
    # Powers of two are the sizes of buffers.
    return list(dict.fromkeys(n for n in ports if n & (n - 1)))[:8]


def _bound(tree: ast.Module) -> set[ast.AST]:
    """What is written in calls of ``bind``: a port that must be free for the program."""
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    binding = (c for c in calls if isinstance(c.func, ast.Attribute) and c.func.attr == "bind")
    return {node for call in binding for node in ast.walk(call)}


def _parse(path: Path, most: int = MAX_BYTES) -> ast.Module | None:
    try:
        return ast.parse(path.read_bytes()) if path.stat().st_size <= most else None
    except (OSError, SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def imported_names(tree: ast.Module) -> dict[str, str]:
    """What each imported name stands for: ``{"Thread": "threading.Thread"}``."""
    names = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.asname:
                    names[alias.asname] = alias.name
                else:
                    names[alias.name.partition(".")[0]] = alias.name
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                if alias.name == "*":
                    names.update({n: f"{node.module}.{n}" for n in ("Thread", "Timer")})
                names[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    # Another name given by assignment: ``T = threading.Thread``.
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            kind = dotted(node.value, names)
            if kind == "threading.Thread":
                names[node.targets[0].id] = kind
    return names


def _program(path: Path) -> list[Module]:
    """The program and the modules beside it, as far as they can be parsed."""
    modules: list[Module] = []
    todo, seen, size = [path], set[Path](), 0
    while todo and len(seen) < MAX_MODULES:
        file = todo.pop()
        tree = _parse(file, MAX_BYTES - size) if file not in seen else None
        size += file.stat().st_size if tree is not None else 0
        seen.add(file)
        if tree is not None:
            modules.append((file.stem, tree, imported_names(tree)))
            todo += _beside(file, tree)
    return modules


def _kinds_of_thread(modules: list[Module]) -> set[str]:
    """Thread itself, its subclasses, theirs, and so on."""
    made_from: dict[str, set[str]] = {}
    for stem, tree, names in modules:
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                for base in node.bases:
                    # As its own module names it, and as the others do.
                    classes = {node.name, f"{stem}.{node.name}"}
                    made_from.setdefault(dotted(base, names), set()).update(classes)
    kinds, todo = set[str](), {"threading.Thread"}
    while todo:
        kind = todo.pop()
        kinds.add(kind)
        todo |= made_from.get(kind, set()) - kinds
    return kinds


def _within(name: str, module: str) -> bool:
    return name == module or name.startswith(f"{module}.")


def dotted(node: ast.AST, names: Mapping[str, str]) -> str:
    """A name with its attributes, ``threading.Thread``; nothing for what is neither."""
    if isinstance(node, ast.Name):
        return names.get(node.id, node.id)
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value, names)}.{node.attr}"
    return ""


def _beside(module: Path, tree: ast.Module) -> list[Path]:
    """Modules in the same folder that this one imports."""
    wanted = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            wanted |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            wanted.add(node.module)
    return [p for name in sorted(wanted) if (p := module.parent / f"{name}.py").is_file()]
