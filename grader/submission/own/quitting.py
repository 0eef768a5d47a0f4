"""By which words one leaves a chat, as its source has them."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from enum import Enum

from grader.submission.own.reading import LEAVES, Module, texts

KNOWN = {
    "exit", "quit", "q", "bye", "leave", "close", "stop", "out", "end", "x", "disconnect", "logout",
    "goodbye", "exit()", "quit()", "e", "esc", "done", "finish", "end chat", "q!", "log out", "off",
    "выход", "выйти", "стоп", "пока", "конец", "покинуть", "завершить", "закрыть", "отключиться",
    "до свидания", "в", "йгше",
}  # fmt: skip
LONGEST = 16  # characters
MOST = 4  # words that are worth a try


class Leaves(Enum):
    """Whether a program leaves after a comparison."""

    NO = 0
    PERHAPS = 1  # it returns, from whatever that is
    FOR_GOOD = 2  # it breaks out of a loop, closes or exits


def words(client: Sequence[Module], server: Sequence[Module]) -> tuple[str, ...]:
    """The words that may make a client leave, the likeliest first."""
    scores: dict[str, int] = {}
    for modules, bonus in ((client, 2), (server, 0)):
        constants = {n: t for module in modules for n, t in module.constants.items()}
        for module in modules:
            for text, leaves in _compared(module, constants):
                word = text.strip("\r\n")
                known = word.strip(" /!.\\:").lower() in KNOWN
                if not word.strip() or len(word) > LONGEST or (" " in word.strip() and not known):
                    continue
                strongly = leaves is Leaves.FOR_GOOD
                score = 3 * known + 3 * strongly + (leaves is Leaves.PERHAPS)
                score += bonus * (known or strongly)
                scores[word] = max(scores.get(word, 0), score)
    likely = [word for word, score in scores.items() if score >= 3]
    return tuple(sorted(likely, key=lambda word: -scores[word])[:MOST])


def _compared(module: Module, constants: dict[str, str]) -> Iterator[tuple[str, Leaves]]:
    """Texts that something is compared with, and whether it goes on to leave then."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.If | ast.While):
            ends = Leaves.FOR_GOOD if isinstance(node, ast.While) else _leaves(node.body)
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


def _leaves(body: Sequence[ast.stmt]) -> Leaves:
    perhaps = Leaves.NO
    for statement in body:
        for node in ast.walk(statement):
            if isinstance(node, ast.Break):
                return Leaves.FOR_GOOD
            if isinstance(node, ast.Return):
                perhaps = Leaves.PERHAPS
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
                name = node.func.id if isinstance(node.func, ast.Name) else name
                if name in LEAVES:
                    return Leaves.FOR_GOOD
    return perhaps
