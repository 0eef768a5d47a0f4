"""What the source of a submission tells without running it."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from grader.submission import source


def threads(folder: Path, text: str) -> source.Threads:
    program = folder / "tcp_server.py"
    program.write_text(text, encoding="utf-8")
    return source.threads(program)


MADE = {
    "direct": "import threading\nthreading.Thread(target=print).start()",
    "another name for the module": "import threading as t\nt.Thread(target=print).start()",
    "from-import": "from threading import Thread\nThread(target=print).start()",
    "from-import under another name": "from threading import Thread as T\nT().start()",
    "star import": "from threading import *\nThread().start()",
    "another name by assignment": "import threading\nT = threading.Thread\nT().start()",
    "subclass": "import threading\nclass User(threading.Thread): pass\nUser().start()",
    "subclass of a from-import": (
        "from threading import Thread\nclass User(Thread): pass\nUser().start()"
    ),
    "subclass of a subclass": (
        "from threading import Thread\nclass A(Thread): pass\nclass B(A): pass\nB().start()"
    ),
    "in a function": "import threading\ndef serve():\n    threading.Thread().start()",
    "imported in a function": "def serve():\n    import threading\n    threading.Thread().start()",
    "in a list": "import threading\nall = [threading.Thread() for _ in range(3)]",
}
NOT_MADE = {
    "nothing": "print('hello')",
    "empty": "",
    "unused import": "import threading\nfrom threading import Thread",
    "comment": "# threading.Thread(target=serve).start()",
    "string": "import threading\ntext = 'threading.Thread(target=serve).start()'",
    "docstring": '"""threading.Thread().start()"""\nimport threading',
    "only a lock": "import threading\nlock = threading.Lock()",
    "only a timer": "import threading\nthreading.Timer(1, print).start()",
    "only named": "import threading\nthreading.Thread\nT = threading.Thread",
    "a class of their own": "class Thread: pass\nThread()",
    "another module's Thread": "from stuff import Thread\nThread()",
    "subclass that is never made": "import threading\nclass User(threading.Thread): pass",
    "syntax error": "import threading\nthreading.Thread(",
    "a null byte": "import threading\nthreading.Thread()\0",
    "not UTF-8 but pretends": "# coding: nonsense\nimport threading\nthreading.Thread()",
    "deeply nested": "import threading\n" + "(" * 5000 + ")" * 5000,
}


@pytest.mark.parametrize("text", MADE.values(), ids=MADE)
def test_thread_is_made(text: str, tmp_path: Path) -> None:
    """A thread that the program makes is seen, however it is spelled."""
    assert threads(tmp_path, text).made


@pytest.mark.parametrize("text", NOT_MADE.values(), ids=NOT_MADE)
def test_no_thread_is_made(text: str, tmp_path: Path) -> None:
    """What only looks like making a thread is not taken for it."""
    assert not threads(tmp_path, text).made


@pytest.mark.parametrize(
    "text", ["import helper\nhelper.serve()", "from helper import serve\nserve()"]
)
def test_thread_made_by_a_module_beside(text: str, tmp_path: Path) -> None:
    """A module in the same folder belongs to the program."""
    (tmp_path / "helper.py").write_text("import threading\ndef serve(): threading.Thread().start()")
    assert threads(tmp_path, text).made


@pytest.mark.parametrize(
    "text", ["import helper\nhelper.User().start()", "from helper import User\nUser().start()"]
)
def test_subclass_of_a_module_beside(text: str, tmp_path: Path) -> None:
    """A kind of thread from a module in the same folder is a thread."""
    (tmp_path / "helper.py").write_text("import threading\nclass User(threading.Thread): pass")
    assert threads(tmp_path, text).made


def test_module_that_is_not_imported_does_not_count(tmp_path: Path) -> None:
    """What merely lies beside the program is not part of it."""
    (tmp_path / "helper.py").write_text("import threading\nthreading.Thread()")
    assert not threads(tmp_path, "import socket").made


def test_modules_that_import_each_other(tmp_path: Path) -> None:
    """A circle of imports is gone through once."""
    (tmp_path / "helper.py").write_text("import tcp_server")
    assert not threads(tmp_path, "import helper").made


def test_missing_file_makes_nothing(tmp_path: Path) -> None:
    """A file that cannot be read makes no threads, and that is no error."""
    assert not source.threads(tmp_path / "nothing.py").made


@pytest.mark.parametrize(
    ("text", "rivals"),
    [
        ("from concurrent.futures import ThreadPoolExecutor", ["concurrent.futures"]),
        ("import concurrent.futures", ["concurrent.futures"]),
        ("import _thread", ["_thread"]),
        ("from _thread import start_new_thread", ["_thread"]),
        ("import asyncio", ["asyncio"]),
        ("from asyncio import run", ["asyncio"]),
        ("import select, selectors", ["select", "selectors"]),
        ("from socketserver import ThreadingTCPServer", ["socketserver"]),
        ("import multiprocessing as mp", ["multiprocessing"]),
        ("import os\nos.fork()", ["os.fork"]),
        ("from os import fork\nfork()", ["os.fork"]),
        ("import os\nos.getpid()", []),
        ("import threading", []),
        ("import selection", []),
    ],
)
def test_rivals_are_named(text: str, rivals: list[str], tmp_path: Path) -> None:
    """Other ways of doing several things at once are named, each once."""
    assert threads(tmp_path, text).others == rivals


def ports(folder: Path, text: str) -> list[int]:
    program = folder / "tcp_client.py"
    program.write_text(text, encoding="utf-8")
    return source.port_numbers(program)


def test_port_number_is_found(tmp_path: Path) -> None:
    """A number that can be a port may be the hard-coded one."""
    assert ports(tmp_path, "connect(('127.0.0.1', 5555))") == [5555]


@pytest.mark.parametrize("number", ["80", "1023", "65536", "1024", "16384", "True", "5555.0"])
def test_number_that_is_no_port(number: str, tmp_path: Path) -> None:
    """Too small, too large, the size of a buffer or no whole number: not a port."""
    assert ports(tmp_path, f"x = {number}") == []


def test_port_that_a_program_binds_is_its_own(tmp_path: Path) -> None:
    """Nobody else may take it; a port to connect to is another one."""
    assert ports(tmp_path, "s.bind(('', 5002))\ns.connect(('', 5001))") == [5001]


def test_port_numbers_are_in_order_and_once_each(tmp_path: Path) -> None:
    """Each number is told once, in the order of the program."""
    assert ports(tmp_path, "a = 5001\nb = 5003\nc = 5001") == [5001, 5003]


def test_port_numbers_are_eight_at_most(tmp_path: Path) -> None:
    """A program full of numbers does not fill the machine with open ports."""
    assert ports(tmp_path, f"x = {list(range(5001, 5101))}") == list(range(5001, 5009))


def test_no_port_numbers_in_a_program_that_is_none(tmp_path: Path) -> None:
    """A program with a syntax error has no numbers."""
    assert ports(tmp_path, "x = (5555") == []


def test_what_nests_too_deep_has_no_threads(tmp_path: Path) -> None:
    """An attack on the reader is a program without threads, not a fault of the grader's."""
    path = tmp_path / "deep.py"
    path.write_text("x" + ".y" * 1500)
    assert source.threads(path) == source.Threads()


def test_a_long_chain_of_subclasses(tmp_path: Path) -> None:
    """The last of thousands of subclasses, written in whatever order, is a thread."""
    path = tmp_path / "chain.py"
    names = ["threading.Thread", *(f"C{n}" for n in range(3000))]
    lines = [f"class {made}({base}): pass" for base, made in itertools.pairwise(names)]
    path.write_text("import threading\n" + "\n".join(reversed(lines)) + "\nC2999()\n")
    assert source.threads(path).made


def test_not_more_is_read_than_anybody_writes(tmp_path: Path) -> None:
    """Past half a million bytes, modules beside the program are not read."""
    (tmp_path / "long.py").write_text("#" * source.MAX_BYTES + "\nimport threading\n")
    (tmp_path / "program.py").write_text("import long\n")
    assert source.threads(tmp_path / "program.py") == source.Threads()


def test_files(tmp_path: Path) -> None:
    """A program and the modules beside it that it imports, not the others."""
    for name, text in {"a": "import b, os", "b": "from c import d", "c": "", "e": ""}.items():
        (tmp_path / f"{name}.py").write_text(text)
    assert {path.name for path in source.files(tmp_path / "a.py")} == {"a.py", "b.py", "c.py"}
    (tmp_path / "a.py").write_text("def (")
    assert source.files(tmp_path / "a.py") == []
