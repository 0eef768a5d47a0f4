"""What a source does with its sockets, as far as the names of what it calls tell."""

from __future__ import annotations

import ast
from collections.abc import Collection, Sequence

from grader.submission.tree import Module

Line = tuple[str, int]  # the file, and the number
LISTENS = {"listen", "create_server", "start_server", "TCPServer", "ThreadingTCPServer"}
BINDS = {"bind", "create_datagram_endpoint", "UDPServer", "ThreadingUDPServer"}


def calls(modules: Sequence[Module], names: Collection[str]) -> list[Line]:
    """The lines that call a function or a method of one of these names."""
    return [
        (module.file, call.lineno)
        for module in modules
        for call in module.calls()
        if _last_name(module, call.func) in names
    ]


def mentions(modules: Sequence[Module], name: str) -> list[Line]:
    """The lines in which a name, or an attribute of this name, stands."""
    return [
        (module.file, node.lineno)
        for module in modules
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Name | ast.Attribute) and _last_name(module, node) == name
    ]


def _last_name(module: Module, node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr  # also of what has no name: socket.socket().bind
    return module.name(node).rpartition(".")[2]
