"""Texts that stand in a source: which line has made a message, and for which words it looks."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from grader.submission.tree import Module

LEAST = 3  # characters that a text must have of its own, or any line could have made it
# What is only shown is no message.
SHOWN = {"print", "input", "exit", "Exception", "OSError", "ValueError"}
LONGEST, MOST_GAPS = 200, 3  # characters of a message; values that are put into a text
ANYTHING = ".*?"
IN_BRACES = re.compile(r"\{[A-Za-z_][\w.]*\}")
STARTS_OR_ENDS = {"startswith", "endswith"}


@dataclass(frozen=True)
class Made:
    """A text in a source that makes a message: its line, and whether an ``f`` is forgotten."""

    file: str
    line: int
    unfilled: bool  # it has a name in braces, which came as it stands


@dataclass(frozen=True)
class Sought:
    """A word that a condition looks for anywhere in a text, at its beginning or at its end."""

    file: str
    line: int
    word: str
    how: str  # "in", "startswith" or "endswith"

    def is_in(self, text: str) -> bool:
        """Whether the condition holds for this text."""
        if self.how == "in":
            return self.word in text
        return text.startswith(self.word) if self.how == "startswith" else text.endswith(self.word)


def made(
    modules: Sequence[Module], message: str, *, ended: bool = False, least: int = LEAST
) -> Made | None:
    """The one text of a source that a message was made of, word for word; None for several.

    ``ended`` says that it has a newline of its own, ``least`` how many characters, but for blanks,
    must be its own.
    """
    found: dict[tuple[str, int], tuple[int, bool]] = {}
    for module in modules:
        for node in _outermost(module):
            if ended and not _ends(node):
                continue
            pattern, letters = _pattern(node)
            if letters >= least and _fits(pattern, message.strip("\n")):
                unfilled = isinstance(node, ast.Constant) and bool(IN_BRACES.search(message))
                found[module.file, node.lineno] = letters, unfilled
    most = max((letters for letters, _ in found.values()), default=0)
    best = [Made(*at, unfilled) for at, (letters, unfilled) in found.items() if letters == most]
    return best[0] if len(best) == 1 else None


def _outermost(module: Module) -> Iterator[ast.expr]:
    """The texts that are no part of a longer one, but for those that are shown or explain."""
    for node in ast.walk(module.tree):
        if not isinstance(node, (ast.Constant, ast.JoinedStr, ast.BinOp)):
            continue
        parent = module.parents.get(node)
        inner = isinstance(parent, (ast.JoinedStr, ast.FormattedValue, ast.Expr))
        inner = inner or (isinstance(parent, ast.BinOp) and isinstance(parent.op, ast.Add))
        if not inner and not _is_shown(module, node):
            yield node


def _is_shown(module: Module, node: ast.expr) -> bool:
    for above in module.above(node):
        if isinstance(above, ast.stmt):
            return isinstance(above, ast.Raise)
        if isinstance(above, ast.Call):
            return module.name(above.func).rpartition(".")[2] in SHOWN
    return False


def _fits(pattern: str, message: str) -> bool:
    """Whether a text makes a message; of long ones nothing is said: matching would take ages."""
    pattern = re.sub(rf"(?:{re.escape(ANYTHING)})+", lambda _: ANYTHING, pattern)
    if len(message) > LONGEST or pattern.count(ANYTHING) > MOST_GAPS:
        return False
    return re.fullmatch(pattern, message, re.DOTALL) is not None


def _ends(node: ast.expr) -> bool:
    """Whether a text of the source itself ends with a newline."""
    while isinstance(node, ast.BinOp):
        node = node.right
    last = node.values[-1] if isinstance(node, ast.JoinedStr) and node.values else node
    return isinstance(last, ast.Constant) and str(last.value).endswith("\n")


def _pattern(node: ast.expr) -> tuple[str, int]:
    """What texts an expression makes, as a regular expression, and its own characters in them."""
    if isinstance(node, ast.Constant):
        return _literal(node.value)
    if isinstance(node, ast.JoinedStr):
        parts = [_pattern(value) for value in node.values]
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        parts = [_pattern(node.left), _pattern(node.right)]
    else:
        return ANYTHING, 0
    return "".join(pattern for pattern, _ in parts), sum(letters for _, letters in parts)


def _literal(value: object) -> tuple[str, int]:
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else value
    if not isinstance(text, str):
        return ANYTHING, 0
    text = text.strip("\n")
    return re.escape(text), sum(not c.isspace() for c in text)


def sought(modules: Sequence[Module]) -> Iterator[Sought]:
    """The words for which conditions look, but for those that must be the whole text."""
    for module in modules:
        for node in ast.walk(module.tree):
            word, how = _word(node)
            if isinstance(word, ast.Constant) and isinstance(word.value, str) and word.value:
                yield Sought(module.file, word.lineno, word.value, how)


def _word(node: ast.AST) -> tuple[ast.expr | None, str]:
    """What a condition looks for, and how."""
    if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.In):
        return node.left, "in"
    if not isinstance(node, ast.Call) or not node.args or not isinstance(node.func, ast.Attribute):
        return None, ""
    return (node.args[0], node.func.attr) if node.func.attr in STARTS_OR_ENDS else (None, "")
