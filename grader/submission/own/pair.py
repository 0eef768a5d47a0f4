"""Finds server and client of a chat whatever its files are called, by what they do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from grader.assignment.variants import TCP, UDP, Variant
from grader.fact import Fact, fact
from grader.submission import alongside
from grader.submission.own import arguments
from grader.submission.own.reading import Module, imported, program
from grader.submission.source import port_numbers

SERVES = {"listen", "accept", "create_server", "serve_forever", "start_server"}
CALLS = {"connect", "connect_ex", "create_connection", "open_connection"}
SENDS = {"sendto", "sendmsg", "send", "sendall", "connect"}
TYPES = re.compile(r"^(input|.*stdin.*|.*getpass|.*prompt|.*readline)$")
CALLED = re.compile(r"([\w.]+)\s*\(")
NAMED_SERVER = re.compile("serv|host|сервер", re.IGNORECASE)
NAMED_CLIENT = re.compile("client|user|cli|клиент|sender", re.IGNORECASE)


@dataclass(frozen=True)
class Does:
    """What the source of one program does with sockets."""

    path: Path
    datagrams: bool
    serves: bool  # waits for others to come
    calls: bool  # comes to somebody else
    types: bool  # reads its keyboard
    binds: bool


@dataclass(frozen=True)
class Pair:
    """Server and client of one variant, and the words that make one file either of them."""

    server: Path
    client: Path
    server_word: str = ""
    client_word: str = ""


@dataclass(frozen=True)
class Pairs:
    """What was found in a folder."""

    folder: Path
    pairs: dict[Variant, Pair] = field(default_factory=dict)
    notes: tuple[Fact, ...] = ()


def in_folder(folder: Path) -> Pairs:
    """Look through a folder for chats of each variant."""
    files = [path for _folder, inside in alongside.folders(folder) for path in inside]
    return among([path for path in files if path.suffix == ".py"], folder)


def several(folder: Path) -> list[Path]:
    """The folders below this one that each have a whole chat, where there is more than one."""
    whole = []
    for below, files in alongside.folders(folder):
        programs = [path for path in files if path.suffix == ".py"]
        if programs and among(programs, below).pairs:
            if below == folder:
                return []
            whole.append(below)
    return whole if len(whole) > 1 else []


def among(files: Sequence[Path], folder: Path) -> Pairs:
    """Find the pairs among these files."""
    programs = {path: program(path, folder) for path in files}
    used = {
        other
        for path, modules in programs.items()
        if modules and modules[0].path == path
        for other in imported(modules[0], folder, path.parent)
    }
    does = [_does(path, modules) for path, modules in programs.items() if path not in used]
    pairs: dict[Variant, Pair] = {}
    notes: list[Fact] = []
    for variant in (TCP, UDP):
        mine = [one for one in does if one.datagrams == (variant is UDP)]
        pair = _pair(mine, programs)
        if pair is not None:
            pairs[variant] = pair
            notes += _others(pair, mine, folder)
    return Pairs(folder, pairs, tuple(notes))


def named(server: Path, client: Path) -> Pairs:
    """The pair that somebody has named; only its variant is found out."""
    folder = server.parent
    modules = program(server, folder)
    variant = UDP if _does(server, modules).datagrams else TCP
    words = arguments.role_words(modules) if server == client else ("", "")
    return Pairs(folder, {variant: Pair(server, client, *words)})


def _does(path: Path, modules: Sequence[Module]) -> Does:
    files = {path, *(module.path for module in modules)}
    texts = " ".join(file.read_text("utf-8", "replace") for file in files)
    calls = [name for module in modules for name, _call in module.calls()]
    if not modules or modules[0].path != path:  # it may be of another version of Python
        calls += CALLED.findall(texts)
    ends = {name.rpartition(".")[2] for name in calls}
    datagrams = "SOCK_DGRAM" in texts or ("sendto" in ends and "recvfrom" in ends)
    datagrams = datagrams and "accept" not in ends
    types = any(TYPES.match(name) for name in calls) or "stdin" in texts
    binds = "bind" in ends
    if datagrams:
        serves, comes = binds and "recvfrom" in ends, types and bool(ends & SENDS)
    else:
        serves, comes = bool(ends & SERVES), bool(ends & CALLS)
    return Does(path, datagrams, serves, comes, types, binds)


def _pair(does: Sequence[Does], programs: dict[Path, list[Module]]) -> Pair | None:
    servers = sorted((d for d in does if d.serves), key=_as_server)
    clients = sorted((d for d in does if d.calls), key=_as_client)
    two = [(s, c) for s in servers for c in clients if s.path != c.path]
    if two:
        server, client = min(two, key=_apart)
        return Pair(server.path, client.path)
    for both in servers:
        if both in clients:
            words = arguments.role_words(programs[both.path])
            if all(words):
                return Pair(both.path, both.path, *words)
    return None


def _apart(two: tuple[Does, Does]) -> tuple[bool, bool]:
    """How little two programs have in common: a folder, and a number that may be a port."""
    server, client = (one.path for one in two)
    ports = set(port_numbers(server)) & set(port_numbers(client))
    return server.parent != client.parent, not ports


def _as_server(does: Does) -> tuple[bool, ...]:
    name = does.path.name
    return does.calls, not NAMED_SERVER.search(name), bool(NAMED_CLIENT.search(name)), does.types


def _as_client(does: Does) -> tuple[bool, bool, bool, str]:
    name = does.path.name
    return does.serves, not NAMED_CLIENT.search(name), bool(NAMED_SERVER.search(name)), name


def _others(pair: Pair, does: Iterable[Does], folder: Path) -> list[Fact]:
    """What else could have been meant, and how to say so."""
    chosen = {pair.server, pair.client}
    others = [one.path for one in does if (one.serves or one.calls) and one.path not in chosen]
    names = tuple(str(path.relative_to(folder)) for path in others)
    if not names:
        return []
    server, client = (str(path.relative_to(folder)) for path in (pair.server, pair.client))
    return [fact("own-chosen", server=server, client=client, others=names)]
