"""Mutants made from the reference by rule: what nobody has thought of is tried as well.

Each function of the four files but ``main()`` is taken: every statement removed, every condition
negated, every lock left out, ``send`` and ``sendall`` exchanged; besides, every bound removed.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

REFERENCE = Path(__file__).resolve().parents[2] / "reference"
FILES = ("tcp_server.py", "tcp_client.py", "udp_server.py", "udp_client.py")
BOUNDS = {  # constants of the reference, and what they are without a bound
    "MAX_LINE": "float('inf')",
    "MAX_WAITING": "float('inf')",
    "CLOSE_TIME": "None",
    "LEAVE_TIME": "None",
}
SOCKETS = ("connection", "client")  # what a socket is called in the reference
EXCHANGED = {"send": "sendall", "sendall": "send"}


@dataclass(frozen=True)
class Generated:
    """One mutant: the reference's file with one change."""

    name: str  # "tcp_server:join:remove-3"
    file: str
    text: str  # the first line of what was changed, without its comment
    source: str


def mutants(file: str) -> Iterator[Generated]:
    """All mutants of one file of the reference, always the same in the same order."""
    text = (REFERENCE / file).read_text(encoding="utf-8")
    tree = ast.parse(text)
    lines = text.splitlines()
    original = ast.unparse(tree)
    numbers: Counter[str] = Counter()
    for place, rule, line in changes(tree):
        source = ast.unparse(tree) + "\n"
        key = f"{Path(file).stem}:{place}:{rule}"
        numbers[key] += 1
        if source.strip() != original:
            changed = lines[line - 1].partition("  # ")[0].strip()
            yield Generated(f"{key}-{numbers[key]}", file, changed, source)


def everything() -> tuple[Generated, ...]:
    """The mutants of all four files."""
    return tuple(mutant for file in FILES for mutant in mutants(file))


def changes(tree: ast.Module) -> Iterator[tuple[str, str, int]]:
    """Change the tree in one way after the other; tell where, by which rule and in which line.

    The change is undone when the next one is asked for.
    """
    for place, function in functions(tree):
        for body, at in statements(function.body):
            yield from _removed(place, body, at)
        for node in ast.walk(function):
            if isinstance(node, (ast.If, ast.While)):
                yield from _negated(place, node)
            elif isinstance(node, ast.Attribute):
                yield from _exchanged(place, node)
        for body, at in statements(function.body):
            yield from _unlocked(place, body, at)
    for node in tree.body:
        if isinstance(node, ast.Assign):
            yield from _unbound(node)


def functions(tree: ast.Module) -> Iterator[tuple[str, ast.FunctionDef]]:
    """The functions and methods of a file but ``main()``, with their names."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name != "main":
            yield node.name, node
        elif isinstance(node, ast.ClassDef):
            for method in node.body:
                if isinstance(method, ast.FunctionDef):
                    yield f"{node.name}.{method.name}", method


def statements(body: list[ast.stmt]) -> Iterator[tuple[list[ast.stmt], int]]:
    """Each statement of a body, from top to bottom: the list that it is in, and where."""
    for at, node in enumerate(body):
        yield body, at
        for field in ("body", "orelse", "finalbody"):
            yield from statements(getattr(node, field, []))
        for handler in getattr(node, "handlers", []):
            yield from statements(handler.body)


def _removed(place: str, body: list[ast.stmt], at: int) -> Iterator[tuple[str, str, int]]:
    node = body[at]
    text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    if text or isinstance(node, ast.Pass):
        return  # a docstring, and what does nothing
    body[at] = ast.Pass()
    yield place, "remove", node.lineno
    body[at] = node


def _negated(place: str, node: ast.If | ast.While) -> Iterator[tuple[str, str, int]]:
    test = node.test
    node.test = ast.UnaryOp(ast.Not(), test)
    yield place, "negate", node.lineno
    node.test = test


def _unlocked(place: str, body: list[ast.stmt], at: int) -> Iterator[tuple[str, str, int]]:
    node = body[at]
    if not isinstance(node, ast.With):
        return
    if not all(ast.unparse(item.context_expr).endswith("lock") for item in node.items):
        return
    body[at] = ast.If(ast.Constant(value=True), node.body, [])
    yield place, "unlock", node.lineno
    body[at] = node


def _exchanged(place: str, node: ast.Attribute) -> Iterator[tuple[str, str, int]]:
    of_socket = ast.unparse(node.value).rpartition(".")[2] in SOCKETS
    if not of_socket or node.attr not in EXCHANGED:
        return
    name = node.attr
    node.attr = EXCHANGED[name]
    yield place, node.attr, node.lineno
    node.attr = name


def _unbound(node: ast.Assign) -> Iterator[tuple[str, str, int]]:
    name = ast.unparse(node.targets[0])
    if name not in BOUNDS:
        return
    value = node.value
    node.value = ast.parse(BOUNDS[name], mode="eval").body
    yield name, "unbound", node.lineno
    node.value = value
