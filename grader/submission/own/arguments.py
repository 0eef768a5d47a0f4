"""What a program takes on its command line, as its source has it."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from enum import Enum

from grader.submission.own.reading import Module, texts


class Takes(Enum):
    """What one argument stands for."""

    HOST = "host"
    PORT = "port"
    NAME = "name"
    ROOM = "room"


KINDS = (
    (Takes.PORT, re.compile("port|порт", re.IGNORECASE)),
    (Takes.ROOM, re.compile("room|channel", re.IGNORECASE)),
    (Takes.HOST, re.compile(r"host|addr|\bip|ip\b|_ip|server|target", re.IGNORECASE)),
    (Takes.NAME, re.compile("name|nick|user|login|who|alias", re.IGNORECASE)),
)
SERVERS = re.compile("server|serve|listen|host|^-?-?s$|сервер", re.IGNORECASE)
CLIENTS = re.compile("client|connect|join|user|^-?-?c$|клиент", re.IGNORECASE)
Argument = Takes | str  # what is to be put there, or the word itself


def of(modules: Sequence[Module]) -> tuple[Argument, ...]:
    """The arguments that a program needs; none where it takes none, or all have defaults."""
    found = _of_argparse(modules)
    return found or _of_argv(modules)


def role_words(modules: Sequence[Module]) -> tuple[str, str]:
    """The first arguments that make one file the server and the client; empty without."""
    words: list[str] = []
    for module in modules:
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Compare) and _mentions_role(node, module):
                for side in (node.left, *node.comparators):
                    words += texts(side, module, module.constants)
        for _name, call in module.calls():
            if isinstance(call.func, ast.Attribute) and call.func.attr == "add_argument":
                for keyword in call.keywords:
                    if keyword.arg == "choices":
                        words += texts(keyword.value, module, module.constants)
            if isinstance(call.func, ast.Attribute) and call.func.attr == "add_parser":
                words += [text for arg in call.args for text in texts(arg, module, {})]
    servers = [word for word in words if SERVERS.search(word) and not CLIENTS.search(word)]
    clients = [word for word in words if CLIENTS.search(word)]
    return (servers or [""])[0], (clients or [""])[0]


def _mentions_role(node: ast.Compare, module: Module) -> bool:
    text = ast.unparse(node)
    return bool(re.search("argv|mode|role|choice|args|cmd|command", text)) and bool(module)


def _kind(text: str) -> Takes | None:
    for kind, pattern in KINDS:
        if pattern.search(text):
            return kind
    return None


def _of_argparse(modules: Sequence[Module]) -> tuple[Argument, ...]:
    positional: list[Argument] = []
    options: list[Argument] = []
    for module in modules:
        for _name, call in module.calls():
            if not isinstance(call.func, ast.Attribute) or call.func.attr != "add_argument":
                continue
            flags = [text for arg in call.args for text in texts(arg, module, module.constants)]
            given = {keyword.arg: keyword.value for keyword in call.keywords}
            if not flags:
                continue
            kind = _kind(flags[-1])
            if flags[0].startswith("-"):
                required = given.get("required")
                if isinstance(required, ast.Constant) and required.value:
                    options += [flags[-1], kind or Takes.NAME]
            elif "nargs" not in given and "choices" not in given:
                positional.append(kind or Takes.NAME)
    return (*positional, *options)


def _of_argv(modules: Sequence[Module]) -> tuple[Argument, ...]:
    """By the variables that get ``sys.argv[1]`` and so on, or by their order."""
    found: dict[int, Takes | None] = {}
    for module in modules:
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Assign) and "argv" in (text := ast.unparse(node.value)):
                target = ast.unparse(node.targets[0])
                numbers = [int(n) for n in re.findall(r"argv\[(\d+)\]", text)]
                if re.search(r"argv\[1:", text) and isinstance(node.targets[0], ast.Tuple):
                    for place, part in enumerate(node.targets[0].elts, 1):
                        found[place] = _kind(ast.unparse(part))
                elif len(numbers) == 1:
                    as_port = Takes.PORT if "int(" in text else None
                    found[numbers[0]] = _kind(target) or as_port
            elif isinstance(node, ast.Call | ast.Subscript):
                text = ast.unparse(node)
                for number in re.findall(r"argv\[(\d+)\]", text):
                    whole = re.search(rf"int\([\w.]*argv\[{number}\]\)", text)
                    found.setdefault(int(number), None)
                    if whole and found[int(number)] is None:
                        found[int(number)] = Takes.PORT
    places = [found[number] for number in range(1, max(found, default=0) + 1) if number in found]
    left = [kind for kind in (Takes.HOST, Takes.PORT, Takes.NAME) if kind not in places]
    return tuple(kind or (left.pop(0) if left else Takes.NAME) for kind in places)
