"""The source of a submission as syntax trees, and where in them its running frames are."""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from grader.submission.source import dotted, imported_names
from grader.submission.stacks import Frame

MAX_CHARACTERS = 200_000  # of a file; a longer one is not read
Function = ast.FunctionDef | ast.AsyncFunctionDef
Loop = (ast.While, ast.For)
Scope = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@dataclass(frozen=True)
class Module:
    """One file: its tree, what each node is in, and what its imported names stand for."""

    file: str
    tree: ast.Module
    parents: Mapping[ast.AST, ast.AST]
    names: Mapping[str, str]

    def above(self, node: ast.AST) -> Iterator[ast.AST]:
        """What a node is in, the innermost first."""
        while node in self.parents:
            node = self.parents[node]
            yield node

    def function_of(self, node: ast.AST) -> Function | None:
        """The innermost function that a node is in."""
        return next((a for a in self.above(node) if isinstance(a, Function)), None)

    def functions(self) -> Iterator[Function]:
        """All functions, methods too."""
        return (node for node in ast.walk(self.tree) if isinstance(node, Function))

    def calls(self) -> Iterator[ast.Call]:
        """All calls."""
        return (node for node in ast.walk(self.tree) if isinstance(node, ast.Call))

    def name(self, node: ast.AST) -> str:
        """What a name, or an attribute of one, stands for."""
        return dotted(node, self.names)


def modules(sources: Mapping[str, str]) -> tuple[Module, ...]:
    """These files, as far as they can be parsed."""
    parsed = (_module(file, text) for file, text in sorted(sources.items()))
    return tuple(module for module in parsed if module is not None)


@functools.lru_cache(maxsize=8)  # of the checks that fail, many look at the same files
def _module(file: str, text: str) -> Module | None:
    if len(text) > MAX_CHARACTERS:
        return None
    try:
        tree = ast.parse(text)
        parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
        return Module(file, tree, parents, imported_names(tree))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def statements(modules: Sequence[Module], frame: Frame) -> list[ast.stmt]:
    """The statements of its function that a frame is in, the outermost first.

    None where the source has no such function there: it has been saved again since, or the frame
    is one of a lambda.
    """
    found: list[ast.stmt] = []
    function = "<module>"
    inside = [s for module in modules if module.file == frame.file for s in module.tree.body]
    while statement := next((s for s in inside if _spans(s, frame.line)), None):
        found.append(statement)
        if isinstance(statement, Scope):
            function, found = statement.name, []
        inside = list(_inner(statement))
    return found if function == frame.function else []


def _inner(node: ast.AST) -> Iterator[ast.stmt]:
    """The statements in another one, but for those further in."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.stmt):
            yield child
        elif isinstance(child, (ast.ExceptHandler, ast.match_case)):
            yield from _inner(child)


def _spans(node: ast.stmt | ast.expr, line: int) -> bool:
    return node.lineno <= line <= (node.end_lineno or node.lineno)


def within(node: ast.AST) -> Iterator[ast.AST]:
    """All that a node has in it, but for what is in a function or a class that is defined there."""
    todo = [node]
    while todo:
        for child in ast.iter_child_nodes(todo.pop()):
            if not isinstance(child, Scope | ast.Lambda):
                todo.append(child)
                yield child


def methods(statement: ast.stmt, line: int = 0) -> set[str]:
    """The methods that a statement calls, in one line or in all: ``recv`` for ``c.recv(1024)``."""
    calls = [node for node in within(statement) if isinstance(node, ast.Call)]
    return {
        call.func.attr
        for call in calls
        if isinstance(call.func, ast.Attribute) and (not line or _spans(call, line))
    }
