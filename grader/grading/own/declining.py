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
    "tkinter", "customtkinter", "PyQt5", "PyQt6", "PySide2", "PySide6", "pygame", "kivy", "wx",
    "turtle", "curses",
}  # fmt: skip
WINDOWS = {"msvcrt", "winsound", "winreg", "_winapi", "win32api", "win32con"}
MISSING = re.compile(r"^ModuleNotFoundError: No module named '([^']+)'", re.MULTILINE)
DISPLAY = re.compile(r"^(_tkinter|tkinter|turtle|_curses|pygame)\.\w*[Ee]rror: ", re.MULTILINE)
LACKING = re.compile(r"^(FileNotFoundError: .*)$", re.MULTILINE)
SYNTAX = re.compile(r"^((?:Syntax|Indentation|Tab)Error: .*)$", re.MULTILINE)
OUTSIDE = re.compile(r"^OSError: \[Errno (?:99|101|113)\]|is unreachable|gaierror", re.MULTILINE)


def by_source(pair: Pair, server: Sequence[Module], client: Sequence[Module]) -> Fact | None:
    """Why it cannot be driven, going by what stands in its files."""
    for path, modules in ((pair.server, server), (pair.client, client)):
        if not modules or modules[0].path != path:
            return _unparsed(path.name, path.read_bytes())
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
            return _missing(file, found[1])
        if found := DISPLAY.search(text):
            return fact("own-graphical", file=file, module=found[1].lstrip("_"))
        if found := LACKING.search(text):
            return fact("own-file-missing", file=file, error=found[1])
        if found := SYNTAX.search(text):
            return fact("own-syntax", file=file, error=found[1], version=VERSION)
        if OUTSIDE.search(text):
            return fact("own-address-outside", file=file, address="?")
    return None


def _missing(file: str, module: str) -> Fact:
    top = module.partition(".")[0]
    if top.lstrip("_") in GRAPHICAL:
        return fact("own-graphical", file=file, module=module)
    if top in WINDOWS and sys.platform != "win32":
        return fact("own-windows", file=file, module=module)
    return fact("own-module-missing", file=file, module=module)


def by_address(programs: Iterable[Sequence[Module]]) -> Fact | None:
    """Which address that is not this machine's stands in a program that came nowhere."""
    for modules in programs:
        for module in modules:
            for text in map(_text, ast.walk(module.tree)):
                if text and _is_outside(text):
                    return fact("own-address-outside", file=module.path.name, address=text)
    return None


def _text(node: ast.AST) -> str:
    is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return str(node.value) if is_text else ""  # type: ignore[attr-defined]


def _is_outside(text: str) -> bool:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    return not (address.is_loopback or address.is_unspecified or address.is_multicast)
