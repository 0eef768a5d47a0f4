"""Functions of which something is expected that they never return."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from grader.submission.tree import Function, Module, within

NOTHING: tuple[bool | None, ...] = (None,)
UNTRUE: tuple[bool | None, ...] = (None, False)


@dataclass(frozen=True)
class Lacking:
    """A call of a function that ends, in its ``last`` line, without what the call needs.

    It is a ``condition`` that can never be true, or a value is used that there is not.
    """

    file: str
    line: int
    function: str
    last: int
    condition: bool


def lacking(modules: Sequence[Module]) -> Iterator[Lacking]:
    """All such calls of functions that the modules define once."""
    for module in modules:
        for call in module.calls():
            name = call.func.id if isinstance(call.func, ast.Name) else ""
            named = [f for m in modules for f in m.functions() if f.name == name]
            if len(named) != 1 or isinstance(named[0], ast.AsyncFunctionDef):
                continue
            condition = _is_condition(module, call)
            short = UNTRUE if condition else NOTHING
            if (condition or _is_used(module, call)) and _falls_short(named[0], short):
                last = named[0].end_lineno or named[0].lineno
                yield Lacking(module.file, call.lineno, name, last, condition)


def _is_condition(module: Module, call: ast.Call) -> bool:
    """Whether something depends on a call's being true."""
    child: ast.AST = call
    for parent in module.above(call):
        if isinstance(parent, ast.If | ast.While):
            return child is parent.test
        if not isinstance(parent, ast.BoolOp | ast.UnaryOp):
            return False
        child = parent
    return False


def _is_used(module: Module, call: ast.Call) -> bool:
    """Whether a call's result goes under a name that is read, or at once to another function."""
    parent = module.parents[call]
    if isinstance(parent, ast.Call):
        return call in parent.args and module.name(parent.func) != "print"
    if not isinstance(parent, ast.Assign) or len(parent.targets) != 1:
        return False
    kept, scope = parent.targets[0], module.function_of(call) or module.tree
    return isinstance(kept, ast.Name) and any(
        isinstance(node, ast.Name) and node.id == kept.id and isinstance(node.ctx, ast.Load)
        for node in ast.walk(scope)
    )


def _falls_short(function: Function, short: tuple[bool | None, ...]) -> bool:
    """Whether a function goes on to its end, and nothing that it returns is more than this."""
    nodes = list(within(function))
    if function.decorator_list or any(isinstance(n, ast.Yield | ast.YieldFrom) for n in nodes):
        return False
    returned = (node.value for node in nodes if isinstance(node, ast.Return))
    values = (v.value if isinstance(v, ast.Constant) else v for v in returned)
    return all(any(v is one for one in short) for v in values) and _goes_on(function)


def _goes_on(function: Function) -> bool:
    """Whether its last statement lets it come to its end; one that raises never does."""
    last = function.body[-1]
    endless = isinstance(last, ast.While) and isinstance(last.test, ast.Constant)
    return not isinstance(last, ast.Raise | ast.Return) and not endless
