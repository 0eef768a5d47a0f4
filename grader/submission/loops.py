"""What stands in the way in a loop: the one that accepts connections, or one that returns."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from grader.submission.stacks import Frame, Stack
from grader.submission.tree import Function, Loop, Module, methods, statements, within

RECEIVES = {"recv", "recv_into", "recvfrom", "recvmsg", "read", "readline", "readlines"}
OF_SOCKETS = {"socket.py"}  # whose functions read from a file that a socket was made
OF_THREADS = {"threading.py"}


@dataclass(frozen=True)
class Held:
    """A thread that is kept from accepting: by what it does ``at`` a line, ``below`` the loop's."""

    thread: str
    at: Frame
    below: Frame
    joins: bool  # it waits for another thread to end, not for data


@dataclass(frozen=True)
class Returned:
    """A function that returns one of several things although it is looped over."""

    file: str
    line: int
    function: str


def held(modules: Sequence[Module], stacks: Sequence[Stack]) -> tuple[Held, ...]:
    """The threads that should accept and wait for something else."""
    return tuple(one for stack in stacks if stack.still for one in _held(modules, stack))


def _held(modules: Sequence[Module], stack: Stack) -> Iterator[Held]:
    at = stack.frames[0]
    here = statements(modules, at)
    if not here:
        return
    called = methods(here[0], at.line)
    reads_lines = any(isinstance(s, ast.For) and s.iter.lineno == at.line for s in here)
    reads = bool(called & RECEIVES) or (reads_lines and OF_SOCKETS.issubset(stack.called))
    joins = "join" in called and OF_THREADS.issuperset(stack.called)
    if "accept" in called or not (reads or joins):
        return
    for frame in stack.frames[:1] if joins else stack.frames:
        loops = [s for s in statements(modules, frame) if isinstance(s, Loop)]
        if any("accept" in methods(loop) for loop in loops):
            yield Held(stack.thread, at, frame, joins)
            return


def returned(modules: Sequence[Module]) -> tuple[Returned, ...]:
    """The functions that return within a loop what they should yield."""
    looped_over = {name for module in modules for name in _looped_over(module)}
    return tuple(
        Returned(module.file, line, function.name)
        for module in modules
        for function in module.functions()
        if function.name in looped_over
        for line in _returns_each(module, function)[:1]
    )


def _looped_over(module: Module) -> Iterator[str]:
    """The functions whose results are looped over: at once, or under a name."""
    named: dict[str, str] = {}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
            called = module.name(node.value.func).rpartition(".")[2]
            named.update({t.id: called for t in node.targets if isinstance(t, ast.Name)})
    for node in ast.walk(module.tree):
        if isinstance(node, ast.For):
            if isinstance(node.iter, ast.Call):
                yield module.name(node.iter.func).rpartition(".")[2]
            elif isinstance(node.iter, ast.Name) and node.iter.id in named:
                yield named[node.iter.id]


def _returns_each(module: Module, function: Function) -> list[int]:
    """The lines in which a function returns, in a ``for``, whatever element comes first."""
    nodes = list(within(function))
    if any(isinstance(node, ast.Yield | ast.YieldFrom) for node in nodes):
        return []
    lines = []
    for node in nodes:
        if isinstance(node, ast.Return) and isinstance(node.value, ast.Name | ast.Call):
            loop = next(a for a in module.above(node) if not isinstance(a, ast.With | ast.Try))
            if isinstance(loop, ast.For) and _names(loop.target) & _names(node.value):
                lines.append(node.lineno)
    return sorted(lines)


def _names(node: ast.AST) -> set[str]:
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
