"""What a line of a program may share with other threads: as its source says, without running it.

Where the source cannot be read, a line may share everything, and stands inside of no lock.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from grader.submission.stacks import Frame
from grader.submission.tree import modules, statements

LOCKS = {"Lock", "RLock", "Condition", "Semaphore", "BoundedSemaphore", "allocate_lock"}
CHANGING = {
    *("append", "appendleft", "extend", "insert", "add", "update", "setdefault", "put"),
    *("remove", "discard", "pop", "popleft", "popitem", "clear", "__setitem__", "__delitem__"),
}
# Methods of texts and bytes, and functions, that look at nothing but what they are given; and those
# that wait for data, before which a thread has done all that it had to.
APART = {
    *("split", "rsplit", "splitlines", "partition", "rpartition", "strip", "lstrip", "rstrip"),
    *("decode", "encode", "startswith", "endswith", "removeprefix", "removesuffix", "lower"),
    *("format", "join", "replace", "title", "upper", "isalnum"),
    *("print", "len", "str", "int", "bytes", "bytearray", "isinstance", "repr", "range"),
    "suppress",
    *("recv", "recvfrom", "recv_into", "accept", "readline", "read"),
}
BODIES = {"body", "orelse", "finalbody", "handlers", "cases", "decorator_list"}


@dataclass(frozen=True)
class Line:
    """What a line does, and in the ``with`` of which locks it stands, the innermost last."""

    shares: bool = True  # it may see, or change, what others see
    changes: bool = True  # it may change that
    only_calls: bool = False  # all that it may share is what it calls
    locks: tuple[tuple[int, str], ...] = ()  # the line of the with statement, the lock's last name


class Sharing:
    """The lines of one program."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        try:
            self._modules = modules(sources)
            self._locks = set(self._names_of_locks())
        except RecursionError:  # what nests so deep is not read
            self._modules, self._locks = (), set()
        self._known: dict[Frame, Line] = {}

    def line(self, frame: Frame) -> Line:
        """The line that a frame is in."""
        if frame not in self._known:
            self._known[frame] = self._line(frame)
        return self._known[frame]

    def _names_of_locks(self) -> Iterator[str]:
        for module in self._modules:
            made = (n for n in ast.walk(module.tree) if isinstance(n, (ast.Assign, ast.AnnAssign)))
            for node in made:
                kind = module.name(node.value.func) if isinstance(node.value, ast.Call) else ""
                if kind.rpartition(".")[2] in LOCKS:
                    yield from map(_last, _targets(node))

    def _line(self, frame: Frame) -> Line:
        inside = statements(self._modules, frame)
        if not inside:
            return Line()
        held = [
            (statement.lineno, name)
            for statement in inside
            if isinstance(statement, ast.With) and statement.body[0].lineno <= frame.line
            for name in (_last(item.context_expr) for item in statement.items)
            if name in self._locks
        ]
        nodes = [n for n in _head(inside[-1]) if getattr(n, "lineno", frame.line) == frame.line]
        sharing = [node for node in nodes if _shares(node)]
        only_calls = len(sharing) == 1 and isinstance(sharing[0], ast.Call)
        return Line(bool(sharing), any(map(_changes, nodes)), only_calls, tuple(held))


def _head(statement: ast.stmt) -> Iterator[ast.AST]:
    """A statement and all that is in it, but for the statements further in."""
    todo: list[ast.AST] = [statement]
    while todo:
        node = todo.pop()
        yield node
        for name, value in ast.iter_fields(node):
            if name not in BODIES or not isinstance(value, list):
                parts = value if isinstance(value, list) else [value]
                todo += [part for part in parts if isinstance(part, ast.AST)]


def _targets(node: ast.Assign | ast.AnnAssign) -> list[ast.expr]:
    return node.targets if isinstance(node, ast.Assign) else [node.target]


def _last(node: ast.AST) -> str:
    """``lock`` for ``lock`` and for ``self.lock``."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _shares(node: ast.AST) -> bool:
    """Whether it calls, looks into or goes through something; names alone say little."""
    kinds = (ast.Subscript, ast.For, ast.comprehension, ast.Delete, ast.AugAssign)
    if isinstance(node, ast.With):
        return not all(isinstance(item.context_expr, ast.Call) for item in node.items)
    if isinstance(node, ast.Call):
        return _last(node.func) not in APART
    if isinstance(node, ast.Attribute):
        return node.attr not in APART
    looks = isinstance(node, ast.Compare) and any(
        isinstance(op, (ast.In, ast.NotIn)) for op in node.ops
    )
    return isinstance(node, kinds) or looks


def _changes(node: ast.AST) -> bool:
    """Whether it puts something into something else, or takes it away."""
    if isinstance(node, (ast.Subscript, ast.Attribute)):
        return isinstance(node.ctx, (ast.Store, ast.Del))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return node.func.attr in CHANGING
    return isinstance(node, ast.AugAssign)
