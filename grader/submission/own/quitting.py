"""By which words one leaves a chat, as its source has them."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from grader.submission.own.reading import LEAVES, Module, texts

KNOWN = {
    "exit", "quit", "q", "bye", "leave", "close", "stop", "out", "end", "x", "disconnect", "logout",
    "goodbye", "выход", "выйти", "стоп", "пока", "конец", "quit()", "exit()", "}", "e",
}  # fmt: skip
LONGEST = 16  # characters
MOST = 4  # words that are worth a try


def words(client: Sequence[Module], server: Sequence[Module]) -> tuple[str, ...]:
    """The words that may make a client leave, the likeliest first."""
    scores: dict[str, int] = {}
    for modules, bonus in ((client, 2), (server, 0)):
        constants = {n: t for module in modules for n, t in module.constants.items()}
        for module in modules:
            for text, leaves in _compared(module, constants):
                word = text.strip("\r\n")
                if not word.strip() or len(word) > LONGEST or " " in word.strip():
                    continue
                known = word.strip(" /!.\\:").lower() in KNOWN
                score = 3 * known + 3 * leaves + bonus * (known or leaves)
                scores[word] = max(scores.get(word, 0), score)
    likely = [word for word, score in scores.items() if score >= 3]
    return tuple(sorted(likely, key=lambda word: -scores[word])[:MOST])


def _compared(module: Module, constants: dict[str, str]) -> Iterator[tuple[str, bool]]:
    """Texts that something is compared with, and whether it goes on to leave then."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.If | ast.While):
            ends = isinstance(node, ast.While) or _leaves(node.body)
            for word in _tested(node.test, module, constants):
                yield word, ends
        elif isinstance(node, ast.Match):
            for case in node.cases:
                for part in ast.walk(case.pattern):
                    if isinstance(part, ast.MatchValue):
                        for word in texts(part.value, module, constants):
                            yield word, _leaves(case.body)


def _tested(test: ast.expr, module: Module, constants: dict[str, str]) -> Iterator[str]:
    for node in ast.walk(test):
        if isinstance(node, ast.Compare):
            for side in (node.left, *node.comparators):
                yield from texts(side, module, constants)
        elif _matches(node):
            yield from texts(node.args[0], module, constants)  # type: ignore[attr-defined]


def _matches(node: ast.AST) -> bool:
    """Whether this is a call such as ``text.startswith("/quit")``."""
    methods = ("startswith", "endswith", "match", "fullmatch")
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return False
    return bool(node.args) and node.func.attr in methods


def _leaves(body: Sequence[ast.stmt]) -> bool:
    for statement in body:
        for node in ast.walk(statement):
            if isinstance(node, ast.Break | ast.Return):
                return True
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
                name = node.func.id if isinstance(node.func, ast.Name) else name
                if name in LEAVES:
                    return True
    return False
