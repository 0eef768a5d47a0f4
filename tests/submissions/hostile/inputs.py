"""Submissions whose files are not what they should be, or not what they seem to be.

``server`` is the server file of the submission, which is the reference's before.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from submissions.hostile import MARK, REFERENCE, SERVER, Hostile, Places

ALL = frozenset(SERVER)
ANSWER = (REFERENCE / "tcp_server.py").read_bytes()
THREADS = ("starts", "two-users", "server-threads")
Make = Callable[[Path, Places], None]


def instead(make: Make) -> Make:
    """Something else in place of the server."""

    def replace(folder: Path, places: Places) -> None:
        (folder / "tcp_server.py").unlink()
        make(folder / "tcp_server.py", places)

    return replace


def content(data: bytes) -> Make:
    """A server of these bytes."""
    return lambda folder, _: (folder / "tcp_server.py").write_bytes(data) and None


def odd(name: str, attempts: str, make: Make) -> Hostile:
    """A row for what cannot be graded."""
    return Hostile(name, attempts, SERVER, make=make)


def legal(name: str, attempts: str, data: bytes) -> Hostile:
    """A row for what is unusual and right."""
    return Hostile(name, attempts, SERVER, ALL, make=content(data))


def text(name: str, attempts: str, source: str, **modules: str) -> Hostile:
    """A row for a server that never gets to its end."""
    files = {"tcp_server.py": source} | {f"{name}.py": more for name, more in modules.items()}
    return Hostile(name, attempts, SERVER, files=files)


def sparse(server: Path, places: Places) -> None:
    """A gigabyte of nothing."""
    with server.open("wb") as file:
        file.truncate(1 << 30)


def chain_of_classes(length: int) -> str:
    """Subclasses of subclasses of threads, those that come first in need of those below."""
    classes = "".join(f"class C{i}(C{i + 1}): pass\n" for i in range(length))
    return f"import threading\n{classes}class C{length}(threading.Thread): pass\n"


def threads(name: str, attempts: str, deep: str) -> Hostile:
    """The reference, with a module that is hard to read for whoever looks for threads."""
    server = "if False:\n    import deep\n" + MARK + ANSWER.decode()
    return Hostile(name, attempts, THREADS, set(THREADS), {"tcp_server.py": server, "deep.py": deep})


INPUTS = (
    odd("is-a-fifo", "is a pipe that nobody writes to", instead(lambda s, _: os.mkfifo(s))),
    odd("is-a-device", "is endless", instead(lambda s, _: s.symlink_to("/dev/zero"))),
    odd(
        "is-a-link-to-the-reference",
        "is a link to the answer",
        instead(lambda s, p: s.symlink_to(p.kit / "reference/tcp_server.py")),
    ),
    odd(
        "is-a-link-to-what-is-beside-it",
        "is a link to another submission",
        instead(lambda s, p: s.symlink_to(f"../{p.beside.name}/tcp_server.py")),
    ),
    odd("is-a-link-to-itself", "is a link to itself", instead(lambda s, _: s.symlink_to(s.name))),
    odd("is-a-folder", "is a folder", instead(lambda s, _: s.mkdir())),
    odd("is-a-gigabyte", "is larger than can be read", instead(sparse)),
    odd(
        "is-not-utf-8",
        "is text in an encoding that it does not name",
        content(b"'\xff'\n" + ANSWER),
    ),
    odd("is-utf-16", "is text in UTF-16", content(ANSWER.decode().encode("utf-16"))),
    odd("has-null-bytes", "has null bytes in it", content(b"\0" * 9 + ANSWER)),
    odd("is-empty", "is empty", content(b"")),
    legal("has-a-byte-order-mark", "begins with a byte order mark", b"\xef\xbb\xbf" + ANSWER),
    legal("has-windows-line-ends", "has CRLF line ends", ANSWER.replace(b"\n", b"\r\n")),
    legal("names-its-encoding", "is in Latin-1 and says so", b"# coding: latin-1\n# \xff\n" + ANSWER),
    text("is-no-python", "is not Python", "def serve(:\n"),
    text("ends-at-once", "ends well before it has begun", MARK + "import os; os._exit(0)\n"),
    text("never-gets-ready", "never gets past its first line", MARK + "while True: pass\n"),
    text(
        "imports-without-end",
        "imports a module that never ends",
        MARK + "import helper\n",
        helper="while True: pass\n",
    ),
    text(
        "imports-itself",
        "imports itself, which it does again",
        MARK + "import sys; sys.modules.pop('tcp_server', None); import tcp_server\n",
    ),
    threads(
        "chain-of-attributes",
        "has an expression so deep that a look at it may never come back",
        "x" + ".y" * 1500 + "()\n",
    ),
    threads(
        "signs-without-end",
        "has an expression so deep that it may break a parser",
        "x = " + "-" * 20000 + "1\n",
    ),
    threads(
        "chain-of-classes",
        "has classes that are looked through again for each of them",
        chain_of_classes(5000),
    ),
    threads("a-megabyte-of-sums", "has source that takes long to read", "1+1;" * 60_000 + "\n"),
)
