"""Which thread waits for which lock, and which one holds it: as the source and the stacks say.

A thread that stands in the line of ``with lock:`` or ``lock.acquire()`` waits for it. One that
stands inside, or behind that line in the same block and before a ``lock.release()``, holds it.
Nothing is said of who holds a lock that may be another one of the same name.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from grader.submission.stacks import Frame, Stack
from grader.submission.tree import Function, Loop, Module, statements

PART_OF_LOCKS = {"threading.py"}  # whose functions a thread may be in that waits for a lock
ONCE = {"main"}  # functions that are taken to run once


@dataclass(frozen=True)
class Wait:
    """A thread that waits for a lock; ``taken`` is where the ``holder`` took it, if known."""

    thread: str
    lock: str
    at: Frame
    holder: str = ""
    by_itself: bool = False
    taken: Frame | None = None


@dataclass(frozen=True)
class _Taking:
    """A lock that a frame waits for, or holds, and whether its name means one lock alone."""

    lock: str
    line: int
    only: tuple[str, str] | None  # the file, and the class or nothing
    reentrant: bool


def waits(modules: Sequence[Module], stacks: Sequence[Stack]) -> tuple[Wait, ...]:
    """All threads that wait for a lock, first those that hold it themselves."""
    found = [
        _wait(modules, stacks, stack, taking)
        for stack in stacks
        if stack.still and PART_OF_LOCKS.issuperset(stack.called)
        for taking in _waited_for(modules, stack.frames[0])
    ]
    return tuple(sorted(found, key=lambda wait: (wait.taken is None, not wait.by_itself)))


def _wait(
    modules: Sequence[Module], stacks: Sequence[Stack], waiter: Stack, taking: _Taking
) -> Wait:
    wait = Wait(waiter.thread, taking.lock, waiter.frames[0])
    holders = [waiter, *(stack for stack in stacks if stack is not waiter)]
    for stack in holders if taking.only else ():
        if stack is waiter and taking.reentrant:
            continue
        for frame in stack.frames:
            for held in _held(modules, frame):
                if (held.lock, held.only) == (taking.lock, taking.only):
                    taken = Frame(frame.file, held.line, frame.function)
                    return replace(
                        wait, holder=stack.thread, by_itself=stack is waiter, taken=taken
                    )
    return wait


def _waited_for(modules: Sequence[Module], frame: Frame) -> Iterator[_Taking]:
    """The lock in whose ``with`` a frame stands; a body in the same line may stand there too."""
    for statement in statements(modules, frame)[-1:]:
        if isinstance(statement, ast.With) and statement.body[0].lineno > frame.line:
            locks = [item.context_expr for item in statement.items]
            here = [lock for lock in locks if lock.lineno <= frame.line <= _last(lock)]
            if len(here) == 1:
                yield from _taking(modules, frame, statement, here)
        elif lock := _called_on(statement, "acquire"):
            yield from _taking(modules, frame, statement, [lock])


def _held(modules: Sequence[Module], frame: Frame) -> Iterator[_Taking]:
    """The locks that a frame holds, by a ``with`` around its line or ``acquire()`` before it."""
    for statement in statements(modules, frame):
        if isinstance(statement, ast.With) and statement.body[0].lineno <= frame.line:
            locks = [item.context_expr for item in statement.items]
            yield from _taking(modules, frame, statement, locks)
        module = _module(modules, frame)
        for acquiring, lock in _acquired(module.parents[statement], statement):
            yield from _taking(modules, frame, acquiring, [lock])


def _acquired(block: ast.AST, statement: ast.stmt) -> list[tuple[ast.stmt, ast.expr]]:
    """The locks that are taken in a block before one of its statements, and not given back."""
    bodies = (getattr(block, name, []) for name in ("body", "orelse", "finalbody"))
    body: list[ast.stmt] = next((b for b in bodies if statement in b), [])
    held: dict[str, tuple[ast.stmt, ast.expr]] = {}
    for earlier in body[: body.index(statement)] if body else ():
        if lock := _called_on(earlier, "acquire"):
            held[ast.unparse(lock)] = earlier, lock
        elif lock := _called_on(earlier, "release"):
            held.pop(ast.unparse(lock), None)
    return list(held.values())


def _called_on(statement: ast.stmt, method: str) -> ast.expr | None:
    """What a statement calls a method of, and does nothing else."""
    call = statement.value if isinstance(statement, ast.Expr) else None
    called = call.func if isinstance(call, ast.Call) and not (call.args or call.keywords) else None
    return called.value if isinstance(called, ast.Attribute) and called.attr == method else None


def _module(modules: Sequence[Module], frame: Frame) -> Module:
    return next(module for module in modules if module.file == frame.file)


def _taking(
    modules: Sequence[Module], frame: Frame, statement: ast.stmt, locks: Sequence[ast.expr]
) -> Iterator[_Taking]:
    for taken in locks:
        root = taken
        while isinstance(root, ast.Attribute):
            root = root.value
        if isinstance(root, ast.Name):
            lock = ast.unparse(taken)
            only = _only(modules, _module(modules, frame), statement, root.id)
            yield _Taking(lock, taken.lineno, only, _is_reentrant(modules, lock))


def _last(node: ast.expr) -> int:
    return node.end_lineno or node.lineno


def _only(
    modules: Sequence[Module], module: Module, statement: ast.stmt, root: str
) -> tuple[str, str] | None:
    """Where a name has one meaning alone: in the file, or in a class of which one object is made.

    Nothing for a variable of a function, which may be another object each time.
    """
    function = module.function_of(statement)
    if function is None:
        return module.file, ""
    parent = module.parents[function]
    own = [argument.arg for argument in function.args.args]
    if isinstance(parent, ast.ClassDef) and own[:1] == [root]:
        return (module.file, parent.name) if _made_once(modules, parent.name) else None
    return None if _is_local(function, root) else (module.file, "")


def _is_local(function: Function, name: str) -> bool:
    nodes = list(ast.walk(function))
    if any(isinstance(node, ast.Global) and name in node.names for node in nodes):
        return False
    stored = (n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store))
    return name in {*stored, *(n.arg for n in nodes if isinstance(n, ast.arg))}


def _made_once(modules: Sequence[Module], kind: str) -> bool:
    """Whether one object of a class is made, in the module itself or in a function run once."""
    made = [
        (module, call)
        for module in modules
        for call in module.calls()
        if module.name(call.func).rpartition(".")[2] == kind
    ]
    if len(made) != 1:
        return False
    module, call = made[0]
    function = module.function_of(call)
    looped = any(isinstance(node, (*Loop, ast.comprehension)) for node in module.above(call))
    return not looped and (function is None or function.name in ONCE)


def _is_reentrant(modules: Sequence[Module], lock: str) -> bool:
    """Whether a lock of that name may be taken again by the thread that holds it."""
    last = lock.rpartition(".")[2]
    for module in modules:
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
                names = {module.name(target).rpartition(".")[2] for target in node.targets}
                made = module.name(node.value.func).rpartition(".")[2]
                if last in names and made in ("RLock", "Condition"):
                    return True
    return False
