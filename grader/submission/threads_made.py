"""Where a submission makes its threads, and whether it starts them: as its source says."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from grader.submission.tree import Function, Module, within

THREAD = "threading.Thread"


class Use(Enum):
    """What becomes of a thread that is made."""

    STARTED = "started"  # or handed on, to be started elsewhere
    FORGOTTEN = "forgotten"  # never started
    RUN = "run"  # run() is called in place of start()
    NOT_CALLED = "not-called"  # start is named, not called


@dataclass(frozen=True)
class Made:
    """A ``Thread(target=...)``; ``target`` is the function's last name, or the one called.

    ``ran`` is the line with run(), or with start.
    """

    file: str
    line: int
    target: str
    calls_target: bool  # the function is called there, and what it returns is the target
    use: Use
    ran: int = 0


def made(modules: Sequence[Module]) -> tuple[Made, ...]:
    """All threads with a target that has a name."""
    return tuple(one for module in modules for one in _made(modules, module))


def _made(modules: Sequence[Module], module: Module) -> Iterator[Made]:
    for call in module.calls():
        if module.name(call.func) != THREAD:
            continue
        target = next((k.value for k in call.keywords if k.arg == "target"), None)
        if target is None:
            continue
        is_call = isinstance(target, ast.Call)
        name = module.name(target.func if isinstance(target, ast.Call) else target)
        use, ran = _use(modules, module, call)
        last = name.rpartition(".")[2]
        if last:
            yield Made(module.file, target.lineno, last, is_call, use, ran)


def _use(modules: Sequence[Module], module: Module, call: ast.Call) -> tuple[Use, int]:
    """What is done with a thread: it is used at once, kept under a name, or forgotten."""
    parent = module.parents[call]
    if isinstance(parent, ast.Attribute):
        return _done_with([_method(module, parent)])
    if isinstance(parent, ast.Expr):
        return Use.FORGOTTEN, 0
    if isinstance(parent, ast.Assign) and len(parent.targets) == 1:
        kept = parent.targets[0]
        if isinstance(kept, ast.Name):
            return _done_with(_uses(module, module.function_of(call) or module.tree, kept.id))
        if isinstance(kept, ast.Attribute):
            return _done_with([use for m in modules for use in _uses(m, m.tree, kept.attr)])
    return Use.STARTED, 0


def _uses(module: Module, scope: ast.AST, name: str) -> list[tuple[str, int, bool]]:
    """How a variable, or an attribute of this name, is used where it can be."""
    nodes = (node for node in ast.walk(scope) if _is_read(node, name))
    return [_method(module, module.parents[node]) for node in nodes]


def _is_read(node: ast.AST, name: str) -> bool:
    if isinstance(node, ast.Global | ast.Nonlocal):
        return name in node.names  # somebody else may start it
    is_named = isinstance(node, ast.Name) and node.id == name
    is_named = is_named or (isinstance(node, ast.Attribute) and node.attr == name)
    return is_named and isinstance(getattr(node, "ctx", None), ast.Load)


def _method(module: Module, node: ast.AST) -> tuple[str, int, bool]:
    """The name of a method or an attribute, its line, and whether it is called."""
    if not isinstance(node, ast.Attribute):
        return "", 0, False  # it is handed on
    parent = module.parents[node]
    return node.attr, node.lineno, isinstance(parent, ast.Call) and parent.func is node


def _done_with(uses: Sequence[tuple[str, int, bool]]) -> tuple[Use, int]:
    """What becomes of a thread that is used so."""
    if any(not name or (name == "start" and called) for name, _line, called in uses):
        return Use.STARTED, 0
    for name, line, called in uses:
        if name == "start":
            return Use.NOT_CALLED, line
        if name == "run" and called:
            return Use.RUN, line
    return Use.FORGOTTEN, 0


def returns_nothing(modules: Sequence[Module], name: str) -> bool:
    """Whether all functions of this name are the program's and return nothing."""
    named = [f for module in modules for f in module.functions() if f.name == name]
    return bool(named) and not any(map(_returns, named))


def _returns(function: Function) -> bool:
    for node in within(function):
        if isinstance(node, ast.Yield | ast.YieldFrom):
            return True
        if isinstance(node, ast.Return) and node.value is not None:
            return True
    return bool(function.decorator_list)
