"""Which chats cannot be driven here, and exactly why: they are declined, which is no mark."""

from __future__ import annotations

import ast
import ipaddress
import re
import sys
from collections.abc import Iterable, Sequence

from grader.chat.own.seat import Seat
from grader.fact import Fact, fact
from grader.submission.own.pair import Pair
from grader.submission.own.reading import Module

VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"
GRAPHICAL = {
    "tkinter",
    "customtkinter",
    "PyQt5",
    "PyQt6",
    "PySide2",
    "PySide6",
    "pygame",
    "kivy",
    "wx",
}
WINDOWS = {"msvcrt", "winsound", "winreg", "_winapi", "win32api", "win32con"}
MISSING = re.compile(r"^ModuleNotFoundError: No module named '([^']+)'", re.MULTILINE)
LACKING = re.compile(r"^(FileNotFoundError: .*)$", re.MULTILINE)
SYNTAX = re.compile(r"^((?:Syntax|Indentation|Tab)Error: .*)$", re.MULTILINE)
OUTSIDE = re.compile(r"^OSError: \[Errno (?:99|101|113)\]|Network is unreachable", re.MULTILINE)


def by_source(pair: Pair, server: Sequence[Module], client: Sequence[Module]) -> Fact | None:
    """Why it cannot be driven, going by what stands in its files."""
    for path, modules in ((pair.server, server), (pair.client, client)):
        if not modules or modules[0].path != path:
            return _unparsed(path.name, path.read_bytes())
        for module in modules:
            for name in sorted({full.partition(".")[0] for full in module.names.values()}):
                if name in GRAPHICAL:
                    return fact("own-graphical", file=module.path.name, module=name)
                if name in WINDOWS and sys.platform != "win32":
                    return fact("own-windows", file=module.path.name, module=name)
    return None


def _unparsed(file: str, source: bytes) -> Fact:
    try:
        compile(source, file, "exec", dont_inherit=True)
    except (SyntaxError, ValueError) as error:
        return fact("own-syntax", file=file, error=str(error), version=VERSION)
    return fact("own-unreadable", file=file)


def by_running(seats: Iterable[Seat]) -> Fact | None:
    """Why it cannot be driven, going by what its programs complained before anybody could talk."""
    for seat in seats:
        file, text = seat.program.script.name, seat.program.complaints()
        if seat.alive or not text:
            continue
        if found := MISSING.search(text):
            return fact("own-module-missing", file=file, module=found[1])
        if found := LACKING.search(text):
            return fact("own-file-missing", file=file, error=found[1])
        if found := SYNTAX.search(text):
            return fact("own-syntax", file=file, error=found[1], version=VERSION)
        if OUTSIDE.search(text):
            address = next(iter(_addresses(seat)), "?")
            return fact("own-address-outside", file=file, address=address)
    return None


def _addresses(seat: Seat) -> list[str]:
    """Addresses in a file that are not of this machine."""
    found = []
    tree = ast.parse(seat.program.script.read_bytes())
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            try:
                address = ipaddress.ip_address(node.value)
            except ValueError:
                continue
            if not address.is_loopback and not address.is_unspecified:
                found.append(node.value)
    return found
